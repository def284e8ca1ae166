"""A yearly evaluation from its opening to its publication, through the acts, and every act refused to the others."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import (
    NOON,
    TODAY,
    World,
    make_assessor,
    make_card,
    make_criteria,
    make_cycle,
    make_duty,
    make_entry,
    make_evidence,
    make_judgement,
    make_period,
    make_submission,
    make_user,
)
from tiendo.accounts.models import Role, User
from tiendo.audit.models import Event
from tiendo.evaluation.actions.cycles import advance, cancel_cycle, end_assessor, name_assessor, open_cycle
from tiendo.evaluation.actions.cycles import record_adjustment as adjust
from tiendo.evaluation.actions.deciding import decide_cycle, publish_cycle
from tiendo.evaluation.actions.judging import save_judgement, submit_card
from tiendo.evaluation.actions.objections import answer_objection, raise_objection
from tiendo.evaluation.actions.snapshots import take_snapshot
from tiendo.evaluation.conditions import lacking
from tiendo.evaluation.models import Assessor, Cycle, Judgement, Objection, Result, Scorecard, Snapshot
from tiendo.evaluation.states import Answer, Stage, Subject, Voice
from tiendo.evaluation.workflow import IllegalMove
from tiendo.notices.models import Notice
from tiendo.plans.models import Plan, Task

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=11)  # the day after the last for assessing oneself
AFTER = NOON + timedelta(days=30)  # after the window of objections


@pytest.fixture
def cycle(world: World, plan: Plan, task: Task) -> Cycle:
    return make_cycle(make_criteria(plan, by=world.chi, decided_by=world.decision_maker), by=world.chi)


@pytest.fixture
def card(cycle: Cycle, world: World) -> Scorecard:
    return make_card(cycle, world.unit_a)


def _open(world: World, plan: Plan, by: User, **changes: object) -> Cycle:
    given: dict[str, object] = {
        "title": "",
        "year": 2026,
        "subject": Subject.UNIT,
        "criteria": changes.pop("criteria", None) or make_criteria(plan, by=world.chi, decided_by=world.decision_maker),
        "plan_version": plan.version,
        "data_from": date(2026, 1, 1),
        "data_to": date(2026, 7, 2),
        "self_until": TODAY,
        "groups": ["so-nganh"],
        "at": NOON,
    }
    return open_cycle(by=by, **(given | changes))  # type: ignore[arg-type]


def test_opening_makes_a_card_for_every_unit_of_the_groups_and_tells_them(world: World, plan: Plan) -> None:
    cycle = _open(world, plan, world.chi)
    units = set(cycle.scorecards.values_list("unit__code", flat=True))
    assert units == {"so-khcn", "so-tai-chinh", "thanh-tra", "so-xay-dung", "so-y-te"}
    assert set(cycle.scorecards.values_list("group", flat=True)) == {"so-nganh"}
    assert Event.objects.get(act="evaluation.cycle.open").detail["cards"] == 5
    assert Notice.objects.filter(user=world.binh, kind="evaluation.moved").count() == 1


def test_heads_have_a_card_for_each_term_cut_to_the_days_of_the_data(world: World, plan: Plan) -> None:
    old = make_user("cu", world.unit_b, Role.HEAD, valid_from=date(2024, 1, 1), valid_to=date(2026, 3, 1))
    new = make_user("moi", world.unit_b, Role.HEAD, valid_from=date(2026, 3, 1))
    cycle = _open(world, plan, world.chi, subject=Subject.HEAD)
    rows = cycle.scorecards.filter(unit=world.unit_b).values_list("head", "head_from", "head_to")
    assert list(rows) == [
        (old.pk, date(2026, 1, 1), date(2026, 3, 1)),
        (new.pk, date(2026, 3, 1), date(2026, 7, 2)),
    ]
    assert cycle.scorecards.filter(unit=world.unit_a, head=world.binh).count() == 1


def test_a_delegate_who_signs_for_a_head_has_no_card(world: World, plan: Plan) -> None:
    deputy = make_user("pho", world.unit_a, Role.HEAD)
    deputy.posts.update(delegated_by="Quyết định 5/QĐ-SXD")
    assert not _open(world, plan, world.chi, subject=Subject.HEAD).scorecards.filter(head=deputy).exists()


def test_nothing_opens_under_a_set_that_is_not_in_force(world: World, plan: Plan) -> None:
    criteria = make_criteria(plan, by=world.chi, decided_by=world.decision_maker)
    criteria.status = "retired"
    criteria.save()
    with pytest.raises(IllegalMove):
        _open(world, plan, world.chi, criteria=criteria)
    assert (Cycle.objects.count(), Event.objects.count()) == (0, 0)


def test_a_group_the_set_does_not_compare_is_refused_by_name(world: World, plan: Plan) -> None:
    with pytest.raises(IllegalMove, match="không có nhóm nhom-la"):
        _open(world, plan, world.chi, groups=["so-nganh", "nhom-la"])
    assert (Cycle.objects.count(), Event.objects.count()) == (0, 0)


def test_the_same_year_under_the_same_set_opens_once(world: World, plan: Plan) -> None:
    criteria = make_criteria(plan, by=world.chi, decided_by=world.decision_maker)
    _open(world, plan, world.chi, criteria=criteria)
    with pytest.raises(IllegalMove):
        _open(world, plan, world.chi, criteria=criteria)


@pytest.mark.parametrize("person", ["an", "binh", "dung", "decision_maker", "inspector", "administrator"])
def test_only_the_coordinator_opens(world: World, plan: Plan, person: str) -> None:
    with pytest.raises(PermissionDenied):
        _open(world, plan, getattr(world, person))
    assert (Cycle.objects.count(), Event.objects.count()) == (0, 0)


def test_the_stage_names_who_is_still_silent_and_moves_on_after_the_last_day(
    cycle: Cycle, card: Scorecard, world: World
) -> None:
    with pytest.raises(IllegalMove, match="Sở Xây dựng"):
        advance(cycle=cycle, by=world.chi, at=NOON)
    moved = advance(cycle=cycle, by=world.chi, at=LATER)
    assert moved.stage == Stage.CONSOLIDATION
    assert Event.objects.get(act="evaluation.cycle.advance").detail["silent"] == 1


def test_the_last_good_day_of_self_assessment_is_included(cycle: Cycle, card: Scorecard, world: World) -> None:
    last = NOON + timedelta(days=10)
    with pytest.raises(IllegalMove):
        advance(cycle=cycle, by=world.chi, at=last)


def test_the_officer_drafts_and_only_the_head_sends(cycle: Cycle, card: Scorecard, world: World) -> None:
    _say(card, world.an, Voice.SELF, level=4)
    _say(card, world.an, Voice.SELF, criterion="sang-kien", value=3)
    with pytest.raises(PermissionDenied):
        submit_card(scorecard=card, by=world.an, at=NOON)
    sent = submit_card(scorecard=card, by=world.binh, at=NOON)
    assert (sent.submitted_by, sent.submitted_at) == (world.binh, NOON)
    with pytest.raises(PermissionDenied):
        _say(card, world.an, Voice.SELF, level=1)


def test_nothing_is_sent_while_a_criterion_has_no_word(cycle: Cycle, card: Scorecard, world: World) -> None:
    _say(card, world.an, Voice.SELF, level=4)
    with pytest.raises(IllegalMove, match="Sáng kiến"):
        submit_card(scorecard=card, by=world.binh, at=NOON)


def test_a_changed_mind_is_the_next_number_and_the_word_before_stays(
    cycle: Cycle, card: Scorecard, world: World
) -> None:
    _say(card, world.an, Voice.SELF, level=4, reason="Đầu tiên")
    _say(card, world.binh, Voice.SELF, level=3, reason="Sau khi xem lại")
    rows = Judgement.objects.order_by("number").values_list("number", "level", "is_current", "reason")
    assert list(rows) == [(1, 4, False, "Đầu tiên"), (2, 3, True, "Sau khi xem lại")]


@pytest.mark.parametrize(("level", "value"), [(None, None), (9, None), (None, 3)])
def test_a_judged_criterion_takes_a_level_of_its_rubric(
    cycle: Cycle, card: Scorecard, world: World, level: int | None, value: int | None
) -> None:
    with pytest.raises(PermissionDenied):
        _say(card, world.an, Voice.SELF, level=level, value=value)
    assert not Judgement.objects.exists()


@pytest.mark.parametrize("person", ["dung", "chi", "inspector", "decision_maker", "finance", "administrator"])
def test_nobody_else_speaks_for_the_unit(cycle: Cycle, card: Scorecard, world: World, person: str) -> None:
    with pytest.raises(PermissionDenied):
        _say(card, getattr(world, person), Voice.SELF, level=3)
    assert (Judgement.objects.count(), Event.objects.count()) == (0, 0)


def test_the_coordinator_does_not_consolidate_the_card_of_their_own_unit(cycle: Cycle, world: World) -> None:
    own, other = make_card(cycle, world.coordinator_unit), make_card(cycle, world.unit_a)
    _at(cycle, Stage.CONSOLIDATION)
    with pytest.raises(PermissionDenied):
        _say(_again(own), world.chi, Voice.COORDINATOR, level=3)
    assert _say(_again(other), world.chi, Voice.COORDINATOR, level=3).voice == Voice.COORDINATOR


def test_a_group_needs_two_assessors_who_neither_decide_nor_inspect(
    cycle: Cycle, card: Scorecard, world: World
) -> None:
    _at(cycle, Stage.CONSOLIDATION)
    with pytest.raises(IllegalMove, match="Sở, ban, ngành"):
        advance(cycle=cycle, by=world.chi, at=LATER)
    for person in (world.decision_maker, world.inspector):
        with pytest.raises(PermissionDenied):
            _name(cycle, person, world)
    first = _name(cycle, world.finance, world)
    _name(cycle, world.dung, world)
    assert advance(cycle=cycle, by=world.chi, at=LATER).stage == Stage.APPRAISAL
    end_assessor(assessor=first, by=world.chi, at=LATER)
    assert cycle.assessors.filter(ended_at=None).count() == 1


def test_assessors_do_not_hear_each_other_before_both_have_spoken(cycle: Cycle, card: Scorecard, world: World) -> None:
    one, two = _two(cycle, world)
    _at(cycle, Stage.APPRAISAL)
    _say(_again(card), one, Voice.ASSESSOR, level=3)
    for person in (two, world.chi, world.inspector, world.decision_maker, world.binh):
        assert not _heard(person), person
    assert _heard(one) == {3}
    _say(_again(card), two, Voice.ASSESSOR, level=4)
    for person in (one, two, world.chi, world.inspector):
        assert _heard(person) == {3, 4}, person
    for person in (world.binh, world.an, world.dung):
        assert not _heard(person), person
    _at(cycle, Stage.OBJECTION)
    assert (_heard(world.binh), _heard(world.dung)) == ({3, 4}, set())


def test_what_two_have_said_stands(cycle: Cycle, card: Scorecard, world: World) -> None:
    one, two = _two(cycle, world)
    third = make_user("ba", world.finance_unit, Role.OFFICER)
    make_assessor(cycle, third, by=world.chi)
    _at(cycle, Stage.APPRAISAL)
    _say(_again(card), one, Voice.ASSESSOR, level=3)
    _say(_again(card), two, Voice.ASSESSOR, level=4)
    for person in (one, third):
        with pytest.raises(IllegalMove):
            _say(_again(card), person, Voice.ASSESSOR, level=1)


def test_a_referee_speaks_only_where_the_two_are_too_far_apart(cycle: Cycle, card: Scorecard, world: World) -> None:
    one, two = _two(cycle, world)
    referee = make_user("trong-tai", world.finance_unit, Role.FINANCE)
    make_assessor(cycle, referee, by=world.chi, voice="referee")
    _at(cycle, Stage.APPRAISAL)
    _say(_again(card), one, Voice.ASSESSOR, level=1)
    with pytest.raises(IllegalMove):
        _say(_again(card), referee, Voice.REFEREE, level=3)
    _say(_again(card), two, Voice.ASSESSOR, level=4)
    with pytest.raises(IllegalMove, match="người thẩm định thứ ba"):
        advance(cycle=cycle, by=world.chi, at=LATER, objection_until=TODAY + timedelta(days=20))
    _say(_again(card), referee, Voice.REFEREE, level=3)
    moved = advance(cycle=cycle, by=world.chi, at=LATER, objection_until=TODAY + timedelta(days=20))
    assert moved.stage == Stage.OBJECTION


def test_an_assessor_does_not_judge_the_unit_they_work_in(cycle: Cycle, card: Scorecard, world: World) -> None:
    make_assessor(cycle, world.an, by=world.chi)
    _at(cycle, Stage.APPRAISAL)
    with pytest.raises(PermissionDenied):
        _say(_again(card), world.an, Voice.ASSESSOR, level=4)


def test_objections_close_after_the_last_good_day(cycle: Cycle, card: Scorecard, world: World) -> None:
    cycle.objection_until = TODAY
    _at(cycle, Stage.OBJECTION)
    late_evening = NOON + timedelta(hours=11)  # 23:00 in Vietnam, the same day
    raised = raise_objection(scorecard=_again(card), criterion="quy-che", text="Thiếu", by=world.binh, at=late_evening)
    assert raised.pk
    with pytest.raises(PermissionDenied):
        raise_objection(
            scorecard=_again(card), criterion="quy-che", text="x", by=world.binh, at=NOON + timedelta(hours=13)
        )
    assert Objection.objects.count() == 1


@pytest.mark.parametrize("person", ["an", "dung", "chi", "inspector", "decision_maker", "administrator"])
def test_only_the_head_objects(cycle: Cycle, card: Scorecard, world: World, person: str) -> None:
    cycle.objection_until = TODAY
    _at(cycle, Stage.OBJECTION)
    with pytest.raises(PermissionDenied):
        raise_objection(scorecard=_again(card), criterion="quy-che", text="x", by=getattr(world, person), at=NOON)
    assert (Objection.objects.count(), Event.objects.count()) == (0, 0)


def test_whoever_judged_the_criterion_does_not_answer_the_objection(
    cycle: Cycle, card: Scorecard, world: World
) -> None:
    cycle.objection_until = TODAY
    _at(cycle, Stage.OBJECTION)
    make_judgement(card, by=world.chi, voice="coordinator")
    objection = raise_objection(scorecard=_again(card), criterion="quy-che", text="x", by=world.binh, at=NOON)
    with pytest.raises(PermissionDenied):
        _answer(objection, world.chi)
    other = make_user("chi-2", world.coordinator_unit, Role.COORDINATOR)
    assert _answer(objection, other).answered_by == other
    with pytest.raises(IllegalMove):
        _answer(objection, other)


def test_an_assessor_speaks_again_only_on_what_was_granted(cycle: Cycle, card: Scorecard, world: World) -> None:
    one, _other = _two(cycle, world)
    make_judgement(card, by=one, level=1)
    cycle.objection_until = TODAY
    _at(cycle, Stage.OBJECTION)
    with pytest.raises(IllegalMove):
        _say(_again(card), one, Voice.ASSESSOR, level=4)
    objection = raise_objection(scorecard=_again(card), criterion="quy-che", text="x", by=world.binh, at=NOON)
    _answer(objection, world.chi)
    assert _say(_again(card), one, Voice.ASSESSOR, level=4).number == 2


def test_from_opening_to_publication(world: World, plan: Plan, task: Task) -> None:
    """The whole way; the result, the hash and the adjustment stand, and the units learn of it."""
    _reported(plan, task, world)
    cycle = _open(world, plan, world.chi)
    card = cycle.scorecards.get(unit=world.unit_a)
    _say(card, world.an, Voice.SELF, level=4)
    _say(card, world.an, Voice.SELF, criterion="sang-kien", value=3)
    submit_card(scorecard=card, by=world.binh, at=NOON)
    one, two = _two(cycle, world)
    advance(cycle=cycle, by=world.chi, at=LATER)
    _say(_again(card), world.chi, Voice.COORDINATOR, criterion="sang-kien", value=2)
    advance(cycle=cycle, by=world.chi, at=LATER)
    for each in cycle.scorecards.all():
        _say(_again(each), one, Voice.ASSESSOR, level=3)
        _say(_again(each), two, Voice.ASSESSOR, level=3)
    advance(cycle=cycle, by=world.chi, at=LATER, objection_until=TODAY + timedelta(days=20))
    objected = raise_objection(scorecard=_again(card), criterion="bao-cao", text="Đã gửi", by=world.binh, at=LATER)
    _answer(objected, world.chi, Answer.REJECTED)
    with pytest.raises(IllegalMove, match="Chưa chốt"):
        _decide(cycle, world.decision_maker)
    snapshot = take_snapshot(cycle=cycle, by=world.chi, at=AFTER)
    assert snapshot.purpose == Snapshot.Purpose.FINAL
    _decide(cycle, world.decision_maker)
    adjust(cycle=cycle, text="Giao thêm người", document="15/KH-UBND", task=task.code, by=world.chi, at=AFTER)
    done = publish_cycle(cycle=cycle, by=world.chi, at=AFTER)
    assert (done.stage, done.adjustments[0]["task"]) == (Stage.PUBLISHED, task.code)
    result = Result.objects.get(snapshot=snapshot, scorecard=card)
    assert result.score is not None
    assert result.rank == 1
    assert Notice.objects.filter(user=world.binh).count() >= 3


def test_who_opened_does_not_decide(world: World, plan: Plan, task: Task) -> None:
    both = make_user("ca-hai", world.province, Role.DECISION_MAKER)
    cycle = make_cycle(make_criteria(plan, by=world.chi, decided_by=world.decision_maker), by=both, stage="objection")
    with pytest.raises(PermissionDenied):
        _decide(cycle, both)


def test_a_decision_waits_for_the_last_word_to_be_counted(cycle: Cycle, card: Scorecard, world: World) -> None:
    cycle.objection_until = TODAY
    _at(cycle, Stage.OBJECTION)
    objection = raise_objection(scorecard=_again(card), criterion="quy-che", text="x", by=world.binh, at=NOON)
    with pytest.raises(IllegalMove, match="chưa được trả lời"):
        _decide(cycle, world.decision_maker)
    take_snapshot(cycle=cycle, by=world.chi, at=NOON)
    _answer(objection, world.chi, at=LATER)
    with pytest.raises(IllegalMove, match="hãy chốt lại"):
        _decide(cycle, world.decision_maker)


@pytest.mark.parametrize("moment", [LATER - timedelta(minutes=1), LATER, LATER + timedelta(minutes=1)])
def test_a_word_the_snapshot_does_not_hold_is_waited_for_whatever_its_clock_says(
    cycle: Cycle, card: Scorecard, world: World, moment: datetime
) -> None:
    """A low mark that arrives while the facts are frozen, with an earlier time, is not left out of the score."""
    cycle.objection_until = TODAY - timedelta(days=1)
    _at(cycle, Stage.OBJECTION)
    take_snapshot(cycle=cycle, by=world.chi, at=LATER)
    assert lacking(cycle, on=LATER.date()) == []
    Judgement.objects.create(
        scorecard=card, criterion="quy-che", voice=Voice.ASSESSOR, number=1, level=1, reason="x",
        said_by=world.dung, said_at=moment,
    )  # fmt: skip
    with pytest.raises(IllegalMove, match="hãy chốt lại"):
        _decide(cycle, world.decision_maker)
    take_snapshot(cycle=cycle, by=world.chi, at=LATER)
    assert lacking(cycle, on=LATER.date()) == []


def test_nothing_is_decided_before_its_data_end(cycle: Cycle, card: Scorecard, world: World) -> None:
    """Nor by numbers counted before that day: what came after it would be in no score."""
    cycle.objection_until = TODAY - timedelta(days=1)
    _at(cycle, Stage.OBJECTION)
    take_snapshot(cycle=cycle, by=world.chi, at=NOON)
    before = Event.objects.count()
    with pytest.raises(IllegalMove, match="Kỳ số liệu chưa hết"):
        decide_cycle(cycle=cycle, decision="99/QĐ-UBND", conclusion="", by=world.decision_maker, at=NOON)
    with pytest.raises(IllegalMove, match="hãy chốt lại"):
        _decide(cycle, world.decision_maker)
    assert Event.objects.count() == before
    take_snapshot(cycle=cycle, by=world.chi, at=NOON + timedelta(days=1))
    assert _decide(cycle, world.decision_maker).stage == Stage.DECIDED


def test_a_cancelled_cycle_keeps_everything_and_frees_the_year(cycle: Cycle, card: Scorecard, world: World) -> None:
    with pytest.raises(PermissionDenied):
        cancel_cycle(cycle=cycle, reason=" ", by=world.chi, at=NOON)
    done = cancel_cycle(cycle=cycle, reason="Hoãn theo chỉ đạo", by=world.chi, at=NOON)
    assert (done.stage, Scorecard.objects.count()) == (Stage.CANCELLED, 1)


Say = Callable[..., Judgement]


def _say(card: Scorecard, by: User, voice: Voice, **given: object) -> Judgement:
    values: dict[str, object] = {"criterion": "quy-che", "reason": "Theo biên bản.", "at": NOON}
    return save_judgement(scorecard=card, voice=voice, by=by, **(values | given))  # type: ignore[arg-type]


def _heard(user: User) -> set[int | None]:
    fresh = User.objects.get(pk=user.pk)
    return set(Judgement.objects.visible_to(fresh).values_list("level", flat=True))


def _again(card: Scorecard) -> Scorecard:
    return Scorecard.objects.select_related("cycle__criteria", "unit").get(pk=card.pk)


def _at(cycle: Cycle, stage: Stage) -> None:
    cycle.stage = stage.value
    cycle.save()


def _two(cycle: Cycle, world: World) -> tuple[User, User]:
    """Two assessors who work in no unit that is judged."""
    people = [make_user(name, world.province, Role.OFFICER) for name in ("tham-dinh-1", "tham-dinh-2")]
    for person in people:
        make_assessor(cycle, person, by=world.chi)
    return people[0], people[1]


def _name(cycle: Cycle, user: User, world: World) -> Assessor:
    return name_assessor(cycle=cycle, group="so-nganh", user=user, voice=Voice.ASSESSOR, by=world.chi, at=NOON)


def _answer(objection: Objection, by: User, answer: Answer = Answer.UPHELD, at: object = NOON) -> Objection:
    return answer_objection(objection=objection, answer=answer, text="Đã xem lại.", by=by, at=at)  # type: ignore[arg-type]


def _decide(cycle: Cycle, by: User) -> Cycle:
    return decide_cycle(cycle=cycle, decision="99/QĐ-UBND", conclusion="Đạt", by=by, at=AFTER)


def _reported(plan: Plan, task: Task, world: World) -> None:
    period = make_period(plan, data_from=date(2026, 1, 1), data_to=date(2026, 6, 15))
    duty = make_duty(period, world.unit_a)
    entry = make_entry(duty, task, saved_by=world.an, state="completed", percent=100, completed_on=date(2026, 5, 1))
    make_evidence(entry, by=world.an)
    make_submission(entry, by=world.binh, accepted_by=world.chi)
