"""Things units must do: every act in every state by everybody, two pairs of eyes, successors, who is told."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import NOON, TODAY, World, make_unit, make_user
from tests.factories.following import make_direction, make_follow_up
from tiendo.accounts.models import Role, User
from tiendo.audit.models import Event
from tiendo.notices.models import Notice
from tiendo.orgs.models import Succession, Unit
from tiendo.oversight.actions import following_up as acts
from tiendo.oversight.followup_queries import to_confirm
from tiendo.oversight.followup_workflow import MOVES, Act, IllegalMove, Party, State, acts_open, may, move
from tiendo.oversight.models import FollowUp, FollowUpStep
from tiendo.plans.models import Plan, Task
from tiendo.ui.saying import said

ALLOWED: dict[tuple[State, Party], set[Act]] = {
    (State.OPEN, Party.OFFICER): {Act.NOTE},
    (State.OPEN, Party.HEAD): {Act.NOTE, Act.REPORT},
    (State.OPEN, Party.ASKER): {Act.EXTEND, Act.CANCEL},
    (State.OPEN, Party.CLOCK): {Act.ESCALATE},
    (State.REPORTED, Party.CLOCK): {Act.REMIND, Act.PRESS},
    (State.REPORTED, Party.ASKER): {Act.CLOSE, Act.RETURN, Act.CANCEL},
}
LEADS_TO = {
    Act.NOTE: State.OPEN,
    Act.REPORT: State.REPORTED,
    Act.RETURN: State.OPEN,
    Act.CLOSE: State.CLOSED,
    Act.EXTEND: State.OPEN,
    Act.CANCEL: State.CANCELLED,
    Act.ESCALATE: State.OPEN,
    Act.REMIND: State.REPORTED,
    Act.PRESS: State.REPORTED,
}


@pytest.mark.parametrize(("state", "party"), list(product(State, Party)))
def test_the_table_opens_these_acts_and_no_others(state: State, party: Party) -> None:
    expected = ALLOWED.get((state, party), set())
    assert acts_open(state, frozenset({party})) == expected
    assert {act for act in Act if may(state, act, frozenset({party}))} == expected


@pytest.mark.parametrize(("state", "act"), list(product(State, Act)))
def test_each_act_leads_to_one_state_or_is_refused_with_a_sentence(state: State, act: Act) -> None:
    if (state, act) in MOVES:
        assert move(state, act).to == LEADS_TO[act]
    else:
        with pytest.raises(IllegalMove, match="Không thể"):
            move(state, act)


def test_what_has_ended_stays_ended() -> None:
    assert not [act for state, act in MOVES if state in (State.CLOSED, State.CANCELLED)]


PERSON_ACTS: dict[Act, Callable[..., FollowUp]] = {
    Act.NOTE: lambda **given: acts.note_follow_up(note="Đã mời thầu", **given),
    Act.REPORT: lambda **given: acts.report_follow_up(note="Đã phủ sóng 12 xã", **given),
    Act.RETURN: lambda **given: acts.return_follow_up(reason="Thiếu biên bản", **given),
    Act.CLOSE: lambda **given: acts.close_follow_up(**given),
    Act.EXTEND: lambda **given: acts.extend_follow_up(due_on=TODAY + timedelta(days=30), reason="Mưa lũ", **given),
    Act.CANCEL: lambda **given: acts.cancel_follow_up(reason="Đã có kế hoạch khác", **given),
}
MAY = {
    "officer": {Act.NOTE},
    "head": {Act.NOTE, Act.REPORT},
    "coordinator": {Act.RETURN, Act.CLOSE, Act.EXTEND, Act.CANCEL},
    "decision_maker": {Act.RETURN, Act.CLOSE, Act.EXTEND, Act.CANCEL},
}
PEOPLE = [
    "officer",
    "head",
    "coordinator",
    "decision_maker",
    "finance",
    "inspector",
    "administrator",
    "other_unit",
]


def _in_state(plan: Plan, world: World, state: State) -> FollowUp:
    item = make_follow_up(plan, world.unit_a, by=world.decision_maker)
    if state in (State.REPORTED, State.CLOSED):
        acts.report_follow_up(follow_up=item, note="Xong", by=world.binh, at=NOON)
    if state == State.CLOSED:
        acts.close_follow_up(follow_up=item, by=world.chi, at=NOON)
    if state == State.CANCELLED:
        acts.cancel_follow_up(follow_up=item, reason="Thôi", by=world.chi, at=NOON)
    item.refresh_from_db()
    return item


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_do_what_in_each_state(plan: Plan, world: World, state: State, who: str) -> None:
    """In full: what the table does not open to a person changes nothing and is not recorded."""
    for act, do in PERSON_ACTS.items():
        item = _in_state(plan, world, state)
        events, steps, notices = Event.objects.count(), FollowUpStep.objects.count(), Notice.objects.count()
        if act in MAY.get(who, set()) and (state, act) in MOVES:
            assert do(follow_up=item, by=world.people[who], at=NOON).state == LEADS_TO[act]
            assert FollowUpStep.objects.count() == steps + 1
            assert Event.objects.filter(act=f"oversight.followup.{act}").exists()
            continue
        error = IllegalMove if act in MAY.get(who, set()) else PermissionDenied
        with pytest.raises(error):
            do(follow_up=item, by=world.people[who], at=NOON)
        item.refresh_from_db()
        assert item.state == state
        counts = (Event.objects.count(), FollowUpStep.objects.count(), Notice.objects.count())
        assert counts == (events, steps, notices)


def _open(plan: Plan, world: World, by: User, **fields: object) -> FollowUp:
    values = {"text": "Báo cáo phương án", "unit": world.unit_a, "due_on": TODAY + timedelta(days=9)} | fields
    return acts.open_follow_up(plan=plan, by=by, at=NOON, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("who", PEOPLE)
def test_only_those_who_direct_give_work_after_a_direction(plan: Plan, world: World, who: str) -> None:
    direction = make_direction(plan, by=world.chi)
    if who in {"coordinator", "decision_maker"}:
        assert _open(plan, world, world.people[who], direction=direction).state == State.OPEN
        return
    with pytest.raises(PermissionDenied):
        _open(plan, world, world.people[who], direction=direction)
    assert not FollowUp.objects.exists()
    assert not Event.objects.exists()


def test_the_people_of_the_unit_are_told_what_and_until_when(plan: Plan, world: World, task: Task) -> None:
    item = _open(plan, world, world.chi, direction=make_direction(plan, by=world.chi), task=task)
    told = Notice.objects.filter(about=f"oversight.followup:{item.pk}")
    assert set(told.values_list("user__username", flat=True)) == {"an", "binh"}
    notice = told.first()
    assert notice is not None
    assert "Báo cáo phương án" in said(notice.sentence)
    assert "10/07/2026" in said(notice.sentence)
    assert [step.act for step in item.steps.all()] == [Act.OPEN]


def test_the_coordinator_hears_that_it_is_done_and_the_unit_that_it_is_not(plan: Plan, world: World) -> None:
    item = _open(plan, world, world.decision_maker, direction=make_direction(plan, by=world.chi))
    Notice.objects.all().delete()
    acts.report_follow_up(follow_up=item, note="Đã xong", by=world.binh, at=NOON)
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"chi", "chu-tich"}
    Notice.objects.all().delete()
    acts.return_follow_up(follow_up=item, reason="Chưa đủ", by=world.chi, at=NOON)
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"an", "binh"}
    assert "Chưa đủ" in Notice.objects.values_list("body", flat=True)


def test_nobody_closes_what_they_reported(plan: Plan, world: World) -> None:
    """Even somebody who changed post between the two."""
    item = make_follow_up(plan, world.unit_a, by=world.decision_maker)
    acts.report_follow_up(follow_up=item, note="Xong", by=world.binh, at=NOON)
    world.binh.posts.update(role=Role.COORDINATOR, unit=world.coordinator_unit)
    moved = User.objects.get(pk=world.binh.pk)
    with pytest.raises(PermissionDenied, match="người khác phải xác nhận"):
        acts.close_follow_up(follow_up=item, by=moved, at=NOON)
    assert acts.close_follow_up(follow_up=item, by=world.chi, at=NOON).ended_at == NOON


def test_nobody_asks_or_closes_for_their_own_unit(plan: Plan, world: World) -> None:
    head = make_user("both", world.coordinator_unit, Role.HEAD)
    head.posts.create(unit=world.coordinator_unit, role=Role.COORDINATOR, title="", valid_from=date(2025, 1, 1))
    own = User.objects.get(pk=head.pk)
    with pytest.raises(PermissionDenied, match="người của đơn vị được giao"):
        _open(plan, world, own, direction=make_direction(plan, by=world.chi), unit=world.coordinator_unit)
    item = make_follow_up(plan, world.coordinator_unit, by=world.decision_maker)
    acts.report_follow_up(follow_up=item, note="Xong", by=own, at=NOON)
    with pytest.raises(PermissionDenied):
        acts.close_follow_up(follow_up=item, by=own, at=NOON)


def test_the_successor_answers(plan: Plan, world: World) -> None:
    """The item names the unit it was given to; whoever holds its duties that day does what it must."""
    item = make_follow_up(plan, world.unit_a, by=world.decision_maker)
    heir = make_unit("so-moi", "Sở Mới")
    Succession.objects.create(
        predecessor=world.unit_a, successor=heir, kind="merge", effective_on=date(2026, 3, 1), decision="NQ 1"
    )
    chief = make_user("thu-truong", heir, Role.HEAD)
    assert FollowUp.objects.visible_to(chief).get() == item
    acts.report_follow_up(follow_up=item, note="Xong", by=chief, at=NOON)
    item.refresh_from_db()
    assert (item.state, item.unit) == (State.REPORTED, world.unit_a)


@pytest.mark.parametrize("words", ["", "  \n"])
def test_empty_words_are_refused(plan: Plan, world: World, words: str) -> None:
    item = make_follow_up(plan, world.unit_a, by=world.decision_maker)
    with pytest.raises(PermissionDenied, match="Hãy ghi"):
        acts.report_follow_up(follow_up=item, note=words, by=world.binh, at=NOON)
    with pytest.raises(PermissionDenied, match="Hãy ghi"):
        acts.cancel_follow_up(follow_up=item, reason=words, by=world.chi, at=NOON)
    with pytest.raises(PermissionDenied, match="Hãy ghi"):
        _open(plan, world, world.chi, direction=make_direction(plan, by=world.chi), text=words)
    assert FollowUpStep.objects.count() == 1


def test_a_day_gone_by_is_no_deadline(plan: Plan, world: World) -> None:
    """Unless the direction itself was given before it: a paper recorded late."""
    direction = make_direction(plan, by=world.chi)
    with pytest.raises(IllegalMove, match="sau ngày giao"):
        _open(plan, world, world.chi, direction=direction, due_on=TODAY - timedelta(days=1))
    old = make_direction(plan, by=world.chi, given_on=TODAY - timedelta(days=20))
    item = _open(plan, world, world.chi, direction=old, due_on=TODAY - timedelta(days=1))
    for day in (item.due_on, TODAY - timedelta(days=1)):
        with pytest.raises(IllegalMove):
            acts.extend_follow_up(follow_up=item, due_on=day, reason="Mưa", by=world.chi, at=NOON)


def test_a_longer_day_asks_the_clock_anew(plan: Plan, world: World) -> None:
    item = make_follow_up(plan, world.unit_a, by=world.chi, due_on=TODAY - timedelta(days=3), escalated_at=NOON)
    later = TODAY + timedelta(days=5)
    item = acts.extend_follow_up(follow_up=item, due_on=later, reason="Mưa lũ", by=world.chi, at=NOON)
    assert (item.due_on, item.escalated_at) == (later, None)
    assert item.steps.get(act=Act.EXTEND).due_on == later


def _seen(user: User) -> list[Unit]:
    return [item.unit for item in FollowUp.objects.visible_to(user).order_by("pk")]


def test_who_sees_which(plan: Plan, world: World) -> None:
    for unit in (world.unit_a, world.unit_b):
        make_follow_up(plan, unit, by=world.chi)
    assert _seen(world.an) == _seen(world.binh) == [world.unit_a]
    assert _seen(world.dung) == [world.unit_b]
    for person in (world.chi, world.decision_maker, world.inspector):
        assert len(_seen(person)) == 2
    assert not _seen(world.administrator)


def test_whoever_has_any_post_in_the_unit_confirms_nothing_of_its_work(plan: Plan, world: World) -> None:
    """The coordinator and the inspector of a unit are its people too, also standing in for somebody else."""
    item = make_follow_up(plan, world.coordinator_unit, by=world.decision_maker)
    head = make_user("truong-khcn", world.coordinator_unit, Role.HEAD)
    acts.report_follow_up(follow_up=item, note="Xong", by=head, at=NOON)
    assert not to_confirm(world.chi).exists()
    with pytest.raises(PermissionDenied, match="người của đơn vị được giao"):
        acts.close_follow_up(follow_up=item, by=world.chi, at=NOON)
    assert to_confirm(world.decision_maker).get() == item
    assert acts.close_follow_up(follow_up=item, by=world.decision_maker, at=NOON).ended_at == NOON
