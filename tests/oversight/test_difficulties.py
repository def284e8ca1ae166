"""A difficulty from the unit to its end: every act by every person, the way without gaps, who is told what."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from tests.factories import NOON, World, make_duty, make_entry, make_period, make_plan, make_submission, make_task
from tests.factories.changing import make_change
from tests.factories.obstacles import REPLY_DUE_ON, WORDS, bring_to, make_difficulty, make_obstacle
from tiendo.accounts.models import Role, User
from tiendo.audit.models import Event
from tiendo.notices.models import Notice
from tiendo.orgs.queries import office_calendar
from tiendo.oversight.actions import difficulties as unit_acts
from tiendo.oversight.actions import difficulties_answering as answers
from tiendo.oversight.actions import difficulties_clock as clock
from tiendo.oversight.actions.difficulties_answering import Asked
from tiendo.oversight.difficulty_permissions import can_do
from tiendo.oversight.difficulty_queries import (
    for_list,
    lines,
    overdue,
    overdue_replies,
    told_in_reports,
    waiting_for,
    way_of,
)
from tiendo.oversight.difficulty_workflow import MOVES, Act, IllegalMove, Party, State
from tiendo.oversight.followup_workflow import IllegalMove as FollowUpIllegal
from tiendo.oversight.models import ClockStop, Difficulty, DifficultyStay, FollowUp
from tiendo.plans.files import RefusedFile
from tiendo.plans.models import Plan, Task
from tiendo.plans.storage import read_file

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)
PDF = b"%PDF-1.4\n%%EOF\n"


def do(act: Act, difficulty: Difficulty, world: World, by: User, **given: Any) -> Any:
    """The act with all it takes."""
    at = given.pop("at", LATER)
    asked = Asked(world.unit_b, "Bố trí kinh phí", date(2026, 8, 1))
    reasons = {"reason": "Vì còn thiếu số liệu"}
    acts: dict[Act, tuple[Any, dict[str, Any]]] = {
        Act.WRITE: (unit_acts.write_difficulty, {"words": WORDS}),
        Act.SEND: (unit_acts.send_difficulty, {}),
        Act.TAKE_BACK: (unit_acts.take_back_difficulty, {}),
        Act.WITHDRAW: (unit_acts.withdraw_difficulty, reasons),
        Act.STAND: (unit_acts.stand_difficulty, reasons),
        Act.REMOVE: (unit_acts.remove_difficulty, reasons),
        Act.RETURN: (answers.return_difficulty, reasons),
        Act.FORWARD: (answers.forward_difficulty, {"authority": world.province, "reply_due_on": date(2026, 7, 20)}),
        Act.DECLINE: (answers.decline_difficulty, reasons),
        Act.DECIDE: (answers.decide_difficulty, {"decision": "Đồng ý", "number": "15/QĐ-UBND"}),
        Act.FOLLOW: (answers.follow_decision, {"asked": asked}),
        Act.STOP: (clock.stop_reply_clock, reasons),
        Act.RESUME: (clock.resume_reply_clock, {}),
    }
    function, values = acts[act]
    return function(difficulty=difficulty, by=by, at=at, **(values | given))


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Event, Notice, DifficultyStay, ClockStop, FollowUp))


PARTIES = {
    "officer": {Party.OFFICER},
    "head": {Party.OFFICER, Party.HEAD},
    "coordinator": {Party.COORDINATOR},
    "decision_maker": {Party.AUTHORITY},
}


def attempt(act: Act, difficulty: Difficulty, world: World, name: str) -> str:
    """What came of it, and nothing left of it: the state reached and by whom the log says so, or a refusal."""
    with transaction.atomic():
        before = rows()
        try:
            do(act, difficulty, world, world.people[name])
        except (PermissionDenied, IllegalMove):
            assert (act, name, rows()) == (act, name, before)
            return "refused"
        state = Difficulty.objects.get(pk=difficulty.pk).state
        told = Event.objects.filter(act__startswith="oversight.", actor=world.people[name].username, at=LATER)
        assert told.exists()
        transaction.set_rollback(True)
        return state


@pytest.mark.parametrize("state", State)
def test_each_act_by_each_person(state: State, world: World, plan: Plan, task: Task) -> None:
    """Who may not leaves nothing behind; who may leads it where the table says, and the log tells."""
    difficulty = make_obstacle(state.value, plan, task, world)
    met, expected = {}, {}
    for act in Act:
        for name in world.people:
            move = MOVES.get((state, act))
            allowed = move is not None and move.by & PARTIES.get(name, set())
            if act == Act.RESUME:
                allowed = False  # the clock does not stand still; see below
            expected[act, name] = move.to.value if allowed and move else "refused"
            met[act, name] = attempt(act, difficulty, world, name)
    assert met == expected


def test_only_the_coordinator_lets_the_clock_run_again(world: World, plan: Plan, task: Task) -> None:
    difficulty = make_obstacle("forwarded", plan, task, world)
    do(Act.STOP, difficulty, world, world.chi, at=NOON + timedelta(hours=3))
    met = {name: attempt(Act.RESUME, difficulty, world, name) for name in world.people}
    assert met == dict.fromkeys(world.people, "refused") | {"coordinator": "forwarded"}


@pytest.mark.parametrize("state", State)
def test_who_sees_it_on_which_desk(state: State, world: World, plan: Plan, task: Task) -> None:
    """Bình and An always, Dũng never, readers once it was sent."""
    make_obstacle(state.value, plan, task, world)
    sent = state != State.DRAFT
    expected = dict.fromkeys(world.people, False) | {
        "officer": True,
        "head": True,
        **dict.fromkeys(("coordinator", "decision_maker", "finance", "inspector"), sent),
    }
    found = {name: Difficulty.objects.visible_to(person).exists() for name, person in world.people.items()}
    assert found == expected


def test_the_stays_follow_each_other_and_add_up(world: World, plan: Plan, task: Task) -> None:
    difficulty = make_obstacle("removed", plan, task, world)
    way = way_of(difficulty, at=LATER)
    assert [step.stay.desk for step in way.steps] == ["coordinator", "authority", "carrying_out"]
    assert [step.stay.unit for step in way.steps] == [world.coordinator_unit, world.province, world.unit_a]
    assert [step.stay.act for step in way.steps] == ["forward", "decide", "remove"]
    for earlier, later in zip(way.steps, way.steps[1:], strict=False):
        assert earlier.stay.left_at == later.stay.arrived_at
    assert way.whole.raw == sum(step.days.raw for step in way.steps)
    assert way.whole.raw * 24 * 3600 == pytest.approx(3 * 3600, abs=1)


def test_sent_back_and_sent_again_keeps_the_first_day(world: World, plan: Plan, task: Task) -> None:
    difficulty = make_obstacle("returned", plan, task, world)
    do(Act.WRITE, difficulty, world, world.an, words=WORDS, tasks=[task])
    again = do(Act.SEND, difficulty, world, world.binh)
    assert again.sent_at == NOON
    assert [step.stay.desk for step in way_of(again, at=LATER).steps] == ["coordinator", "unit", "coordinator"]


def test_the_coordinator_decides_within_its_own_power(world: World, plan: Plan, task: Task) -> None:
    decided = do(Act.DECIDE, make_obstacle("sent", plan, task, world), world, world.chi, data=PDF, name="qd.pdf")
    assert (decided.state, decided.authority, decided.decided_by) == ("decided", world.coordinator_unit, world.chi)
    assert read_file(decided.decision_file) == PDF


def test_a_decision_gives_units_things_to_do(world: World, plan: Plan, task: Task) -> None:
    asked = [Asked(world.unit_b, "Bố trí kinh phí", date(2026, 8, 1), task)]
    difficulty = make_obstacle("forwarded", plan, task, world)
    do(Act.DECIDE, difficulty, world, world.decision_maker, follow_ups=asked)
    (item,) = FollowUp.objects.all()
    assert (item.difficulty, item.unit, item.due_on, item.task) == (difficulty, world.unit_b, date(2026, 8, 1), task)
    assert not waiting_for(world.binh).exists()
    do(Act.FOLLOW, difficulty, world, world.chi)
    assert difficulty.follow_ups.count() == 2


def test_a_wrong_file_or_a_refused_thing_to_do_undoes_the_decision(world: World, plan: Plan, task: Task) -> None:
    difficulty = make_obstacle("forwarded", plan, task, world)
    before = rows()
    late = [Asked(world.unit_b, "Làm ngay", date(2026, 6, 1))]
    for given in ({"data": b"MZ", "name": "x.exe"}, {"follow_ups": late}):
        with pytest.raises((RefusedFile, IllegalMove, FollowUpIllegal)):
            do(Act.DECIDE, difficulty, world, world.decision_maker, **given)
    assert (rows(), Difficulty.objects.get(pk=difficulty.pk).state) == (before, "forwarded")


def test_what_is_given_back_or_still_stands_is_nobody_s_but_the_coordinator_s(
    world: World, plan: Plan, task: Task
) -> None:
    declined = do(Act.DECLINE, make_obstacle("forwarded", plan, task, world), world, world.decision_maker)
    stands = do(Act.STAND, make_obstacle("decided", plan, task, world), world, world.binh)
    for each in (declined, stands):
        assert (each.state, each.authority, each.reply_due_on) == ("sent", None, None)
    assert stands.decision == "Bổ sung 2 tỷ đồng trong quý III"
    assert stands.stays.filter(note__contains="120/QĐ-UBND: Bổ sung 2 tỷ").exists()


@pytest.mark.parametrize(
    ("act", "state", "given"),
    [
        (Act.WITHDRAW, "draft", {"reason": " "}),
        (Act.RETURN, "sent", {"reason": ""}),
        (Act.FORWARD, "sent", {"reply_due_on": date(2026, 7, 1)}),
        (Act.DECIDE, "sent", {"decision": ""}),
        (Act.DECIDE, "sent", {"number": " "}),
        (Act.STOP, "forwarded", {"reason": ""}),
        (Act.RESUME, "forwarded", {}),
        (Act.REMOVE, "decided", {"reason": ""}),
    ],
)
def test_words_and_days_are_asked_for(
    act: Act, state: str, given: dict[str, Any], world: World, plan: Plan, task: Task
) -> None:
    difficulty = make_obstacle(state, plan, task, world)
    before = rows()
    with pytest.raises(IllegalMove):
        do(act, difficulty, world, world.binh if act == Act.WITHDRAW else world.chi, **given)
    assert rows() == before


def test_not_to_itself_and_the_head_needs_no_reason(world: World, plan: Plan, task: Task) -> None:
    with pytest.raises(IllegalMove):
        do(Act.FORWARD, make_obstacle("sent", plan, task, world), world, world.chi, authority=world.unit_a)
    assert do(Act.REMOVE, make_obstacle("decided", plan, task, world), world, world.binh, reason="").ended_at == LATER


def test_only_the_unit_s_own_tasks_of_the_plan_are_linked(world: World, plan: Plan, task: Task) -> None:
    others = make_task(plan, by=world.chi, lead=world.unit_b)
    elsewhere = make_task(make_plan(world.province, "khac"), by=world.chi, lead=world.unit_a)
    for wrong in (others, elsewhere):
        with pytest.raises(IllegalMove):
            make_difficulty(plan, world.unit_a, by=world.an, tasks=[task, wrong])
    with pytest.raises(PermissionDenied):
        make_difficulty(plan, world.unit_a, by=world.dung)
    assert make_difficulty(plan, world.unit_a, by=world.an, tasks=[task]).tasks.get() == task
    with pytest.raises(IllegalMove):
        make_difficulty(plan, world.unit_a, by=world.an, title=" ")


def test_the_clock_stands_still_once_and_moving_on_lets_it_run(world: World, plan: Plan, task: Task) -> None:
    difficulty = make_obstacle("forwarded", plan, task, world)
    do(Act.STOP, difficulty, world, world.chi)
    with pytest.raises(IllegalMove):
        do(Act.STOP, difficulty, world, world.chi)
    do(Act.DECIDE, difficulty, world, world.decision_maker, at=LATER + timedelta(days=1))
    stop = difficulty.stops.get()
    assert (stop.resumed_at, stop.resumed_by) == (LATER + timedelta(days=1), world.decision_maker)
    way = way_of(Difficulty.objects.get(pk=difficulty.pk), at=NOON + timedelta(days=9))
    authority = way.steps[1].days
    assert (way.steps[1].stay.desk, authority.stopped, way.reply and way.reply.stopped_days) == ("authority", 1, 1)
    assert authority.raw > authority.counted > 0


def told(person: User, part: str) -> int:
    return Notice.objects.filter(user=person, kind="difficulty.moved", pattern__contains=part).count()


def test_those_whose_turn_it_is_are_told(world: World, plan: Plan, task: Task) -> None:
    make_obstacle("decided", plan, task, world)
    assert told(world.chi, "nêu khó khăn") == 1
    assert told(world.decision_maker, "chuyển đến") == told(world.an, "chuyển đến") == 1
    assert told(world.binh, "đã có quyết định") == told(world.chi, "đã có quyết định") == 1
    assert not Notice.objects.filter(user=world.dung).exists()


def test_an_answer_that_does_not_come_is_told_above_once(world: World, plan: Plan, task: Task) -> None:
    difficulty = make_obstacle("forwarded", plan, task, world)
    due = NOON + (REPLY_DUE_ON - NOON.date())
    assert clock.escalate_replies(by=None, at=due) == []
    assert clock.escalate_replies(by=None, at=due + timedelta(days=3)) == [difficulty]
    assert clock.escalate_replies(by=None, at=due + timedelta(days=4)) == []
    assert told(world.chi, "chưa trả lời") == told(world.decision_maker, "chưa trả lời") == 1
    assert Event.objects.get(act="oversight.difficulty.escalate").detail["days"] == 1
    forwarded = do(Act.FORWARD, difficulty, world, world.chi, authority=world.unit_b, at=due + timedelta(days=5))
    assert forwarded.escalated_at is None


def test_a_stopped_clock_is_not_late(world: World, plan: Plan, task: Task) -> None:
    difficulty = make_obstacle("forwarded", plan, task, world)
    do(Act.STOP, difficulty, world, world.chi)
    assert clock.escalate_replies(by=world.chi, at=NOON + timedelta(days=60)) == []
    do(Act.RESUME, difficulty, world, world.chi, at=NOON + timedelta(days=60))
    assert len(overdue_replies(Difficulty.objects.all(), at=NOON + timedelta(days=90))) == 1
    with pytest.raises(PermissionDenied):
        clock.escalate_replies(by=world.binh, at=NOON)


def test_a_stopped_clock_runs_again_by_itself_after_its_day_and_both_sides_hear(
    world: World, plan: Plan, task: Task
) -> None:
    """Stopped on a Wednesday to the end of Friday; the clock comes a week too late and makes it up."""
    difficulty = make_obstacle("forwarded", plan, task, world)
    do(Act.STOP, difficulty, world, world.chi, resume_by=LATER.date() + timedelta(days=2))
    assert clock.resume_stopped_clocks(by=None, at=LATER + timedelta(days=2)) == []
    late = LATER + timedelta(days=9)
    assert clock.resume_stopped_clocks(by=None, at=late) == [difficulty]
    assert clock.resume_stopped_clocks(by=None, at=late) == []
    stop = difficulty.stops.get()
    assert (localdate(stop.resumed_at), stop.resumed_by) == (LATER.date() + timedelta(days=3), None)
    assert all(told(each, "Tính tiếp") == 1 for each in (world.an, world.binh, world.decision_maker, world.chi))
    assert Event.objects.get(act="oversight.difficulty.resume").actor == "hệ thống"
    assert len(overdue_replies(Difficulty.objects.all(), at=NOON + timedelta(days=60))) == 1


@pytest.mark.parametrize(("days", "sentence"), [(-1, "đã qua"), (90, "Chỉ tạm dừng được")])
def test_a_clock_is_not_stopped_without_end(world: World, plan: Plan, task: Task, days: int, sentence: str) -> None:
    difficulty = make_obstacle("forwarded", plan, task, world)
    before = rows()
    with pytest.raises(IllegalMove, match=sentence):
        do(Act.STOP, difficulty, world, world.chi, resume_by=LATER.date() + timedelta(days=days))
    assert rows() == before
    do(Act.STOP, difficulty, world, world.chi)
    assert difficulty.stops.get().resume_by == office_calendar().add(LATER.date(), 10)


def test_only_the_coordinator_asks_the_clock_to_run_again_early(world: World, plan: Plan, task: Task) -> None:
    with pytest.raises(PermissionDenied):
        clock.resume_stopped_clocks(by=world.binh, at=NOON)


def test_late_answers_are_counted_as_they_are_listed(world: World, plan: Plan, task: Task) -> None:
    plain, still, moved, again = (make_obstacle("forwarded", plan, task, world) for _each in range(4))
    make_obstacle("decided", plan, task, world)
    late = NOON + (REPLY_DUE_ON - NOON.date()) + timedelta(days=4)
    for difficulty in (still, moved, again):
        do(Act.STOP, difficulty, world, world.chi)
    do(Act.RESUME, moved, world, world.chi, at=NOON + timedelta(days=8))
    do(Act.RESUME, again, world, world.chi, at=LATER)
    for at, expected in (
        (NOON, set()),
        (late, {plain.pk, again.pk}),
        (late + timedelta(days=30), {plain.pk, again.pk, moved.pk}),
    ):
        listed = overdue_replies(Difficulty.objects.all(), at=at)
        counted = overdue(Difficulty.objects.all(), at=at, show=8)
        assert {line.difficulty.pk for line in listed} == expected
        assert counted.count == len(expected)
        assert list(counted.longest) == listed
        assert overdue(Difficulty.objects.all(), at=at, show=1).longest == tuple(listed[:1])


def test_counting_late_answers_reads_none_of_them(world: World, plan: Plan, task: Task) -> None:
    def kept() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert overdue(Difficulty.objects.all(), at=NOON + timedelta(days=90)).longest == ()
        assert not any('"oversight_difficultystay"' in query["sql"] for query in seen.captured_queries)
        return len(seen)

    make_obstacle("forwarded", plan, task, world)
    once = kept()
    make_obstacle("forwarded", plan, task, world)
    assert kept() == once


def test_each_finds_what_waits_for_them(world: World, plan: Plan, task: Task) -> None:
    found = {state.value: make_obstacle(state.value, plan, task, world) for state in State}
    waits = {name: {row.state for row in waiting_for(person)} for name, person in world.people.items()}
    assert waits == {
        "officer": {"returned"},
        "head": {"draft", "returned", "decided"},
        "coordinator": {"sent"},
        "decision_maker": {"forwarded"},
        "finance": set(),
        "inspector": set(),
        "administrator": set(),
        "other_unit": set(),
    }
    assert len(found) == len(State)


def report(plan: Plan, task: Task, world: World, words: str = "Chưa có mặt bằng") -> Any:
    entry = make_entry(make_duty(make_period(plan), world.unit_a), task, saved_by=world.an, difficulty=words)
    return make_submission(entry, by=world.binh, accepted_by=world.chi)


def test_what_a_report_told_waits_until_it_is_in_the_register(world: World, plan: Plan, task: Task) -> None:
    submission = report(plan, task, world)
    for person, sees in ((world.an, True), (world.chi, True), (world.dung, False)):
        assert list(told_in_reports(person)) == ([submission] if sees else [])
    made = make_difficulty(plan, world.unit_a, by=world.an, tasks=[task], submission=submission)
    assert not told_in_reports(world.chi).exists()
    with pytest.raises(IllegalMove):
        make_difficulty(plan, world.unit_a, by=world.an, submission=submission)
    bring_to("withdrawn", made, world)
    assert list(told_in_reports(world.chi)) == [submission]


def test_a_report_of_another_unit_is_not_one_s_own(world: World, plan: Plan, task: Task) -> None:
    submission = report(plan, task, world)
    with pytest.raises(IllegalMove):
        make_difficulty(plan, world.unit_b, by=world.dung, submission=submission)


def test_blank_words_are_no_difficulty(world: World, plan: Plan, task: Task) -> None:
    report(plan, task, world, "  ")
    assert not told_in_reports(world.chi).exists()


def test_a_list_asks_as_much_for_three_as_for_one(world: World, plan: Plan, task: Task) -> None:
    counts = []
    for _time in range(2):
        make_obstacle("forwarded", plan, task, world)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert lines(for_list(Difficulty.objects.visible_to(world.chi)), at=LATER)
        counts.append(len(queries))
        make_obstacle("decided", plan, task, world)
    assert counts[0] == counts[1]


def test_a_successor_of_the_role_is_asked_nothing_it_may_not(world: World, plan: Plan, task: Task) -> None:
    """Reading everything is not deciding everything: finance and inspectors may do no act at all."""
    for state in State:
        difficulty = make_obstacle(state.value, plan, task, world)
        for person in (world.finance, world.inspector, world.administrator):
            assert not any(can_do(person, difficulty, act) for act in Act)
    assert Role.INSPECTOR in world.inspector.access.roles


def test_the_successor_goes_on_with_the_work_of_a_unit_that_ended(world: World, plan: Plan, task: Task) -> None:
    """Unit A was merged into B in March: B's people hold its difficulties, its tasks and what its reports told."""
    standing, told = make_obstacle("returned", plan, task, world), report(plan, task, world)
    make_change("merge", world.unit_a, to=(world.unit_b,), on=date(2026, 3, 1))
    dung, binh = (User.objects.get(pk=person.pk) for person in (world.dung, world.binh))
    assert list(Difficulty.objects.visible_to(dung)) == [standing]
    do(Act.WRITE, standing, world, dung, words=WORDS, tasks=[task])
    made = make_difficulty(plan, world.unit_b, by=dung, tasks=[task], submission=told)
    assert (made.unit, made.tasks.get()) == (world.unit_b, task)
    assert {row.pk for row in Difficulty.objects.visible_to(binh)} <= {standing.pk}
