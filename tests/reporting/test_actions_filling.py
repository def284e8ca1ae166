"""One entry, many obligations: what is typed once fills every other open report that asks for it."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    NOON,
    World,
    make_duty,
    make_entry,
    make_evidence,
    make_period,
    make_plan,
    make_submission,
    make_task,
)
from tiendo.audit.models import Event
from tiendo.plans.actions import tie_twins
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import WorkState
from tiendo.reporting import actions
from tiendo.reporting.elsewhere import fills_of, find_said_elsewhere
from tiendo.reporting.models import Duty, Entry, Evidence, Period
from tiendo.reporting.rules import Values

FULL = Values(
    state=WorkState.IN_PROGRESS,
    percent=Decimal(50),
    result="Đã lắp 6 trạm",
    money_used=Decimal(1_000_000),
    percent_estimate=Decimal(90),
)


def save(duty: Duty, task: Task, world: World, at: datetime = NOON, values: Values = FULL, revision: int = 0) -> Entry:
    return actions.save_draft(duty=duty, task=task, values=values, revision=revision, by=world.an, at=at)


@pytest.fixture
def monthly(world: World, plan: Plan, duty: Duty) -> Duty:
    """Another report on the same plan, open at the same time, that asks for an estimate."""
    return make_duty(make_period(plan, "Tháng 6", asks_estimate=True), world.unit_a)


@pytest.fixture
def twin(world: World, task: Task) -> Task:
    """The same work in another plan, with its own deadline."""
    other = make_plan(world.province, "kh-71", "Kế hoạch thực hiện Nghị quyết 71")
    found = make_task(other, by=world.chi, lead=world.unit_a, due_on=date(2026, 9, 30))
    tie_twins(first=task, second=found, score=96, by=world.chi, at=NOON)
    return found


def test_a_save_fills_another_period_that_asks_for_the_task(
    world: World, duty: Duty, monthly: Duty, task: Task
) -> None:
    source = save(duty, task, world)
    filled = monthly.entries.get()
    assert (filled.filled_from, filled.state, filled.percent) == (source, "in_progress", Decimal(50))
    assert (filled.result, filled.money_used) == ("Đã lắp 6 trạm", Decimal(1_000_000))
    assert (filled.percent_estimate, filled.writer_ids, filled.saved_by) == (Decimal(90), [world.an.pk], world.an)
    event = Event.objects.get(act="reporting.entry.fill")
    assert (event.subject, event.detail) == (f"reporting.entry:{filled.pk}", {"source": source.pk})
    assert list(fills_of(source)) == [filled]


def test_only_what_is_asked_there_is_filled(world: World, plan: Plan, duty: Duty, task: Task) -> None:
    """The other report does not ask for an estimate, and its data ends in another year."""
    next_year = {"data_from": date(2026, 7, 1), "data_to": date(2027, 1, 2)}
    other = make_duty(make_period(plan, "Năm sau", **next_year), world.unit_a)
    save(duty, task, world)
    filled = other.entries.get()
    assert (filled.percent_estimate, filled.money_used, filled.percent) == (None, None, Decimal(50))


def test_a_save_fills_the_twin_in_another_plan(world: World, duty: Duty, task: Task, twin: Task) -> None:
    other = make_duty(make_period(twin.plan, "Quý II"), world.unit_a)
    source = save(duty, task, world)
    filled = other.entries.get()
    assert (filled.task, filled.filled_from, filled.result) == (twin, source, "Đã lắp 6 trạm")
    assert filled.task.due_on != source.task.due_on


def test_later_saves_follow_as_long_as_nobody_wrote_there(world: World, duty: Duty, monthly: Duty, task: Task) -> None:
    save(duty, task, world)
    save(duty, task, world, values=Values(state=WorkState.IN_PROGRESS, result="Đã lắp 9 trạm"), revision=1)
    filled = monthly.entries.get()
    assert (filled.result, filled.percent, filled.revision) == ("Đã lắp 9 trạm", None, 2)
    assert Event.objects.filter(act="reporting.entry.fill").count() == 1
    assert Event.objects.filter(act="reporting.entry.save").last().detail["fills"] == [filled.pk]  # type: ignore[union-attr]


def test_a_change_there_cuts_the_tie_and_is_never_overwritten(
    world: World, duty: Duty, monthly: Duty, task: Task
) -> None:
    save(duty, task, world)
    own = Values(state=WorkState.IN_PROGRESS, percent=Decimal(50), result="Trong tháng lắp 2 trạm")
    assert save(monthly, task, world, values=own, revision=1).filled_from is None
    save(duty, task, world, values=Values(result="Đã lắp 9 trạm"), revision=1)
    assert monthly.entries.get().result == "Trong tháng lắp 2 trạm"
    assert duty.entries.get().result == "Đã lắp 9 trạm"


def test_a_look_without_a_change_keeps_the_tie(world: World, duty: Duty, monthly: Duty, task: Task) -> None:
    source = save(duty, task, world)
    assert save(monthly, task, world, revision=1).filled_from == source


def test_an_entry_somebody_began_is_left_alone(world: World, duty: Duty, monthly: Duty, task: Task) -> None:
    make_entry(monthly, task, saved_by=world.binh)
    save(duty, task, world)
    assert monthly.entries.get().result == "Đã khảo sát 5 xã."


def test_an_entry_somebody_backed_is_left_alone(world: World, duty: Duty, monthly: Duty, task: Task) -> None:
    actions.add_document_evidence(
        duty=monthly, task=task, number="1/QĐ", dated=date(2026, 6, 1), by=world.binh, at=NOON
    )
    save(duty, task, world)
    assert (monthly.entries.get().revision, monthly.entries.get().filled_from) == (0, None)


def test_what_was_sent_is_not_filled_again(world: World, duty: Duty, monthly: Duty, task: Task, now: datetime) -> None:
    save(duty, task, world)
    Entry.objects.filter(duty=monthly).update(status="submitted")
    save(duty, task, world, values=Values(result="Đã lắp 9 trạm"), revision=1)
    assert monthly.entries.get().result == "Đã lắp 6 trạm"


def test_nothing_is_filled_in_another_unit_nor_in_a_closed_or_coming_period(
    world: World, plan: Plan, duty: Duty, task: Task
) -> None:
    make_duty(make_period(plan, "Đã khóa", closed_at=NOON), world.unit_a)
    make_duty(make_period(plan, "Chưa mở", opened_at=None), world.unit_a)
    make_duty(make_period(plan, "Đơn vị khác"), world.unit_b)
    make_duty(make_period(plan, "Không phát sinh"), world.unit_a, status="submitted", nothing_new=True)
    save(duty, task, world)
    assert list(Entry.objects.all()) == [duty.entries.get()]


def test_a_task_the_unit_no_longer_leads_there_is_not_filled(world: World, duty: Duty, task: Task, twin: Task) -> None:
    other = make_duty(make_period(twin.plan, "Quý II"), world.unit_a)
    twin.assignments.update(unit=world.unit_b)
    save(duty, task, world)
    assert not other.entries.exists()


def test_a_refused_save_fills_nothing(world: World, duty: Duty, monthly: Duty, task: Task) -> None:
    with pytest.raises(PermissionDenied):
        actions.save_draft(duty=duty, task=task, values=FULL, revision=0, by=world.dung, at=NOON)
    assert not Entry.objects.exists()
    assert not Event.objects.exists()


def test_nothing_new_in_one_period_says_nothing_of_another(
    world: World, plan: Plan, duty: Duty, monthly: Duty, task: Task
) -> None:
    earlier = make_period(
        plan, "Kỳ trước", closed_at=NOON, due_at=NOON - timedelta(days=90), opens_at=NOON - timedelta(days=120)
    )
    make_submission(
        make_entry(make_duty(earlier, world.unit_a), task, saved_by=world.an), by=world.binh, accepted_by=world.chi
    )
    actions.repeat_last(duty=duty, task=task, by=world.an, at=NOON)
    assert not monthly.entries.exists()


# Evidence


def test_evidence_is_referred_to_and_kept_once(world: World, duty: Duty, monthly: Duty, task: Task) -> None:
    first = actions.add_file_evidence(duty=duty, task=task, data=b"Bien ban", name="a.txt", by=world.an, at=NOON)
    save(duty, task, world)
    copy = Evidence.objects.get(entry__duty=monthly)
    assert (copy.copied_from, copy.file, copy.file_name) == (first, first.file, "a.txt")
    second = actions.add_document_evidence(
        duty=duty,
        task=task,
        number="12/QĐ",
        dated=date(2026, 6, 1),
        url="https://vanban.vidu.test/12",
        by=world.an,
        at=NOON,
    )
    assert Evidence.objects.get(copied_from=second).document_url == "https://vanban.vidu.test/12"
    actions.remove_evidence(evidence=first, by=world.an, at=NOON)
    live = Evidence.objects.filter(entry__duty=monthly, removed_at=None)
    assert [row.document_number for row in live] == ["12/QĐ"]


@pytest.mark.parametrize("moved", ["laid before the head", "closed"])
def test_evidence_follows_only_where_words_may_be_written(
    world: World, duty: Duty, monthly: Duty, task: Task, moved: str
) -> None:
    first = actions.add_file_evidence(duty=duty, task=task, data=b"Bien ban", name="a.txt", by=world.an, at=NOON)
    save(duty, task, world)
    if moved == "closed":
        actions.close_period(period=monthly.period, by=world.chi, at=NOON)
    else:
        actions.forward_duty(duty=monthly, by=world.an, at=NOON)
    actions.add_file_evidence(duty=duty, task=task, data=b"Quyet dinh", name="b.txt", by=world.an, at=NOON)
    actions.remove_evidence(evidence=first, by=world.an, at=NOON)
    there = Evidence.objects.filter(entry__duty=monthly)
    assert [(row.file_name, row.removed_at) for row in there] == [("a.txt", None)]


def test_evidence_added_there_cuts_the_tie(world: World, duty: Duty, monthly: Duty, task: Task) -> None:
    save(duty, task, world)
    actions.add_file_evidence(duty=monthly, task=task, data=b"Bien ban", name="a.txt", by=world.binh, at=NOON)
    filled = monthly.entries.get()
    assert (filled.filled_from, filled.writer_ids) == (None, sorted([world.an.pk, world.binh.pk]))
    assert not Evidence.objects.filter(entry__duty=duty).exists()


# What the editor may start from


def test_words_of_an_overlapping_report_are_found_and_those_of_another_unit_are_not(
    world: World, plan: Plan, period: Period, duty: Duty, task: Task
) -> None:
    said = make_entry(duty, task, saved_by=world.an)
    make_evidence(said, by=world.an)
    later = make_duty(make_period(plan, "Mở sau"), world.unit_a)
    theirs = make_duty(later.period, world.unit_b)
    assert find_said_elsewhere(later, task) == said
    assert find_said_elsewhere(theirs, task) is None
    next_half = {"data_from": period.data_to, "data_to": period.data_to + timedelta(days=90)}
    assert find_said_elsewhere(make_duty(make_period(plan, "Kỳ sau", **next_half), world.unit_a), task) is None


def test_queries_do_not_grow_with_the_reports_that_follow(world: World, plan: Plan, duty: Duty, task: Task) -> None:
    counts = []
    for number in (1, 3):
        while duty.unit.duties.count() <= number:
            make_duty(make_period(plan), world.unit_a)
        revision = duty.entries.get().revision if duty.entries.exists() else 0
        save(duty, task, world, revision=revision)  # ties the new ones
        with CaptureQueriesContext(connection) as taken:
            save(duty, task, world, revision=revision + 1)
        counts.append(len(taken))
    assert Entry.objects.filter(filled_from__duty=duty).count() == 3
    assert counts[0] == counts[1]
