"""Answers of the coordinator: alone and many at once, on what was really seen; flags worked out on sending; threads."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import World, make_duty, make_entry, make_period, make_submission, make_task, make_user
from tiendo.accounts.models import Role, User
from tiendo.audit.models import Event
from tiendo.audit.queries import find_break
from tiendo.notices.models import Notice
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import WorkState
from tiendo.reporting import actions
from tiendo.reporting.flagging import flags_again
from tiendo.reporting.flags import Code
from tiendo.reporting.models import Duty, Entry, Period, Remark, Submission
from tiendo.reporting.reviewing import drafts, for_page, items, kind_counts, of_kind, queue
from tiendo.reporting.rules import Values
from tiendo.reporting.workflow import IllegalMove

HALF = Values(state=WorkState.IN_PROGRESS, percent=Decimal(50), result="Đã lắp 6 trạm")
LONG = "Đã lắp đặt 12 trạm phát sóng tại các xã vùng cao, nghiệm thu 10 trạm"


def send(world: World, duty: Duty, task: Task, now: datetime, values: Values = HALF) -> Entry:
    entry = Entry.objects.filter(duty=duty, task=task).first()
    revision = entry.revision if entry else 0
    saved = actions.save_draft(duty=duty, task=task, values=values, revision=revision, by=world.an, at=now)
    actions.send_duty(duty=duty, by=world.binh, at=now)
    return Entry.objects.get(pk=saved.pk)


@pytest.fixture
def sent(world: World, duty: Duty, task: Task, now: datetime) -> Entry:
    return send(world, duty, task, now)


@pytest.fixture
def vu(world: World) -> User:
    """A second coordinator."""
    return make_user("vu", world.coordinator_unit, Role.COORDINATOR, full_name="Lý Thị Vụ")


@pytest.fixture
def resent(world: World, sent: Entry, now: datetime) -> Entry:
    """Returned and sent again while an old page still shows the first submission."""
    actions.return_entry(entry=sent, reason="Thiếu số liệu", by=world.chi, at=now)
    return send(world, sent.duty, sent.task, now, replace(HALF, percent=Decimal(60)))


def test_a_stale_accept_from_an_old_page_is_refused_for_what_changed(
    world: World, resent: Entry, plan: Plan, now: datetime
) -> None:
    events = Event.objects.count()
    for act in (
        lambda: actions.accept_entry(entry=resent, number=1, by=world.chi, at=now),
        lambda: actions.return_entry(entry=resent, reason="Lại thiếu", number=1, by=world.chi, at=now),
    ):
        with pytest.raises(IllegalMove, match="gửi lại"):
            act()
    outcome = actions.accept_entries(duty=resent.duty, seen={resent.pk: 1}, by=world.chi, at=now)
    assert outcome.accepted == ()
    assert "gửi lại" in outcome.refused[resent.pk]
    assert Event.objects.count() == events
    assert actions.accept_entry(entry=resent, number=2, by=world.chi, at=now).status == "accepted"


def test_the_button_of_an_old_page_takes_no_report_sent_since(world: World, resent: Entry, now: datetime) -> None:
    duty = Duty.objects.get(pk=resent.duty_id)
    with pytest.raises(IllegalMove, match="gửi lại"):
        actions.accept_duty(duty=duty, by=world.chi, at=now, seen="2020-01-01T00:00:00+00:00")
    resent.refresh_from_db()
    assert resent.status == "submitted"
    assert actions.accept_duty(duty=duty, by=world.chi, at=now, seen=duty.sending_mark).status == "accepted"


def test_a_bulk_accept_takes_what_is_unchanged_and_names_the_rest(
    world: World, duty: Duty, plan: Plan, now: datetime
) -> None:
    tasks = [make_task(plan, by=world.chi, lead=world.unit_a) for _ in range(3)]
    entries = [make_entry(duty, task, saved_by=world.an) for task in tasks]
    for entry in entries:
        make_submission(entry, by=world.binh)
    seen = {entries[0].pk: 1, entries[1].pk: 7, entries[2].pk: 1}
    outcome = actions.accept_entries(duty=duty, seen=seen, by=world.chi, at=now)
    assert [entry.pk for entry in outcome.accepted] == [entries[0].pk, entries[2].pk]
    assert set(outcome.refused) == {entries[1].pk}
    assert [Task.objects.get(pk=task.pk).percent for task in tasks] == [40, None, 40]
    duty.refresh_from_db()
    assert (duty.status, duty.accepted_at) == ("submitted", None)
    assert find_break() is None


@pytest.mark.parametrize("second", ["accept", "return", "bulk"])
def test_when_two_reviewers_answer_one_wins_and_the_other_is_told_by_whom(
    world: World, sent: Entry, vu: User, second: str, now: datetime
) -> None:
    actions.accept_entry(entry=sent, number=1, by=world.chi, at=now)
    events = Event.objects.count()
    if second == "bulk":
        told = actions.accept_entries(duty=sent.duty, seen={sent.pk: 1}, by=vu, at=now).refused[sent.pk]
    else:
        acts: dict[str, Callable[[], object]] = {
            "accept": lambda: actions.accept_entry(entry=sent, number=1, by=vu, at=now),
            "return": lambda: actions.return_entry(entry=sent, reason="Thiếu", number=1, by=vu, at=now),
        }
        with pytest.raises(IllegalMove) as caught:
            acts[second]()
        told = str(caught.value)
    assert "Vàng Thị Chi đã xử lý trước" in told
    assert Event.objects.count() == events
    assert Submission.objects.get().decided_by == world.chi


@pytest.mark.parametrize("who", ["officer", "head", "decision_maker", "inspector", "other_unit"])
def test_only_the_coordinator_accepts_many(world: World, sent: Entry, who: str, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        actions.accept_entries(duty=sent.duty, seen={sent.pk: 1}, by=world.people[who], at=now)
    sent.refresh_from_db()
    assert sent.status == "submitted"


def test_an_entry_of_another_report_is_not_accepted_with_this_one(
    world: World, sent: Entry, plan: Plan, now: datetime
) -> None:
    other = make_duty(make_period(plan), world.unit_b)
    assert actions.accept_entries(duty=other, seen={sent.pk: 1}, by=world.chi, at=now).accepted == ()
    sent.refresh_from_db()
    assert sent.status == "submitted"


def test_accepting_takes_as_many_queries_for_ten_items_as_for_two(world: World, plan: Plan, now: datetime) -> None:
    counts = []
    for number in (1, 2, 10):  # the first of all makes the head of the log
        duty = make_duty(make_period(plan), world.unit_a)
        entries = [
            make_entry(duty, make_task(plan, by=world.chi, lead=world.unit_a), saved_by=world.an) for _ in range(number)
        ]
        for entry in entries:
            make_submission(entry, by=world.binh)
        with CaptureQueriesContext(connection) as queries:
            actions.accept_duty(duty=duty, by=world.chi, at=now)
        counts.append(len(queries))
    assert counts[1] == counts[2]
    assert Submission.objects.filter(verdict="accepted").count() == 13


def test_a_return_never_touches_what_was_sent(world: World, sent: Entry, resent: Entry) -> None:
    first, second = resent.submissions.all()
    assert (first.percent, first.verdict, first.reason) == (Decimal(50), "returned", "Thiếu số liệu")
    assert (second.percent, second.verdict) == (Decimal(60), "waiting")
    told = Notice.objects.filter(kind="report.returned")
    assert {notice.user for notice in told} == {world.an, world.binh}
    assert {notice.body for notice in told} == {"Thiếu số liệu"}


# Flags, worked out on sending


def accepted_before(world: World, plan: Plan, task: Task, now: datetime, **values: object) -> None:
    due_at = now - timedelta(days=100)
    period = make_period(plan, opens_at=due_at - timedelta(days=30), due_at=due_at)
    entry = make_entry(make_duty(period, world.unit_a), task, saved_by=world.an, **values)
    make_submission(entry, by=world.binh, accepted_by=world.chi)


def codes(entry: Entry) -> set[Code]:
    return {flag.code for flag in flags_again(entry.submissions.get().flags)}


def test_flags_are_worked_out_on_sending_and_kept(
    world: World, plan: Plan, task: Task, duty: Duty, now: datetime
) -> None:
    accepted_before(world, plan, task, now, percent=80, money_used=900, result="Việc khác")
    entry = send(world, duty, task, now, replace(HALF, money_used=Decimal(100)))
    assert codes(entry) == {Code.REGRESSION, Code.MONEY_FALLEN}
    assert flags_again(entry.submissions.get().flags)[0].sentence == "Tỷ lệ giảm còn 50%, trước đó là 80%."


def test_money_of_the_year_before_is_no_measure(
    world: World, plan: Plan, task: Task, duty: Duty, now: datetime
) -> None:
    accepted_before(world, plan, task, now, percent=10, money_used=900, result="Việc khác")
    Period.objects.exclude(pk=duty.period_id).update(data_from=datetime(2025, 1, 1), data_to=datetime(2026, 1, 1))
    assert codes(send(world, duty, task, now, replace(HALF, money_used=Decimal(100)))) == set()


def test_a_text_near_identical_to_another_units_names_it_to_the_reviewer_only(
    world: World, plan: Plan, period: Period, duty: Duty, task: Task, now: datetime
) -> None:
    theirs = make_duty(period, world.unit_b)
    other = make_task(plan, by=world.chi, lead=world.unit_b)
    head = make_user("truong-b", world.unit_b, Role.HEAD)
    values = replace(HALF, result=LONG.replace("10", "9"))
    actions.save_draft(duty=theirs, task=other, values=values, revision=0, by=world.dung, at=now)
    actions.send_duty(duty=theirs, by=head, at=now)
    actions.save_draft(duty=duty, task=task, values=replace(HALF, result=LONG), revision=0, by=world.an, at=now)
    assert [item.flags for item in drafts(duty, on=now.date())] == [()]  # a unit is not shown what others write
    actions.send_duty(duty=duty, by=world.binh, at=now)
    flag = flags_again(Entry.objects.get(duty=duty).submissions.get().flags)[0]
    assert flag.code == Code.SAME_AS_OTHER
    assert "Sở Y tế" in flag.sentence


def test_the_same_words_in_another_period_are_no_copy(
    world: World, plan: Plan, duty: Duty, task: Task, now: datetime
) -> None:
    elsewhere = make_duty(make_period(plan), world.unit_b)
    other = make_entry(elsewhere, make_task(plan, by=world.chi, lead=world.unit_b), saved_by=world.dung, result=LONG)
    make_submission(other, by=world.finance)
    assert codes(send(world, duty, task, now, replace(HALF, result=LONG))) == set()


# The queue


def test_the_queue_sorts_by_what_is_unusual_and_counts_each_kind(
    world: World, plan: Plan, duty: Duty, now: datetime
) -> None:
    tasks = [make_task(plan, by=world.chi, lead=world.unit_a) for _ in range(3)]
    entries = [make_entry(duty, task, saved_by=world.an) for task in tasks]
    rows = [make_submission(entry, by=world.binh) for entry in entries]
    flag = {"code": "jump", "severity": "notice", "pattern": "Tăng.", "values": {}}
    Submission.objects.filter(pk=rows[2].pk).update(flags=[flag])
    entries[1].parts.create(unit=world.unit_b, state="disputed", asked_at=now, due_at=now)
    everything = queue(world.chi, at=now)
    assert [row.entry_id for row in everything] == [entries[1].pk, entries[2].pk, entries[0].pk]
    assert kind_counts(everything) == {"all": 3, "flagged": 2, "clean": 1, "late": 0, "disputed": 1}
    assert [row.entry_id for row in of_kind(everything, "clean")] == [entries[0].pk]
    found = items(list(for_page(everything)))
    assert [item.is_clean for item in found] == [False, False, True]
    assert not queue(world.dung, at=now).exists()


def test_completion_that_a_coordinating_unit_may_still_dispute_is_not_clean(
    world: World, duty: Duty, task: Task, now: datetime
) -> None:
    entry = make_entry(duty, task, saved_by=world.an, state="completed", percent=100, completed_on=now.date())
    make_submission(entry, by=world.binh)
    assert queue(world.chi, at=now).get().is_clean  # type: ignore[attr-defined]
    part = entry.parts.create(unit=world.unit_b, state="asked", asked_at=now, due_at=now)
    assert not queue(world.chi, at=now).get().is_clean  # type: ignore[attr-defined]
    part.state = "silent"
    part.save()
    assert queue(world.chi, at=now).get().is_clean  # type: ignore[attr-defined]


# Threads


def test_both_sides_talk_until_the_item_is_accepted(world: World, sent: Entry, now: datetime) -> None:
    actions.add_remark(entry=sent, text="Đề nghị nói rõ", by=world.chi, at=now)
    actions.add_remark(entry=sent, text="Đã bổ sung", by=world.an, at=now)
    assert [(remark.said_by, remark.said_for) for remark in sent.remarks.all()] == [
        (world.chi, world.coordinator_unit),
        (world.an, world.unit_a),
    ]
    told = Notice.objects.filter(kind="report.remark")
    assert {(notice.user.username, notice.body) for notice in told} == {
        ("an", "Đề nghị nói rõ"),
        ("binh", "Đề nghị nói rõ"),
        ("chi", "Đã bổ sung"),
    }
    actions.accept_entry(entry=sent, by=world.chi, at=now)
    with pytest.raises(PermissionDenied, match="đã được tiếp nhận"):
        actions.add_remark(entry=sent, text="Thêm nữa", by=world.an, at=now)


@pytest.mark.parametrize("who", ["decision_maker", "finance", "inspector", "administrator", "other_unit"])
def test_nobody_else_talks(world: World, sent: Entry, who: str, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        actions.add_remark(entry=sent, text="Xin hỏi", by=world.people[who], at=now)
    assert not Remark.objects.exists()


def test_there_is_nothing_to_talk_about_before_it_is_sent(world: World, duty: Duty, task: Task, now: datetime) -> None:
    draft = make_entry(duty, task, saved_by=world.an)
    for by, text in ((world.chi, "Xin hỏi"), (world.an, " ")):
        with pytest.raises(PermissionDenied):
            actions.add_remark(entry=draft, text=text, by=by, at=now)
