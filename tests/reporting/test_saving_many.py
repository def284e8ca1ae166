"""Several tasks written at once: as if saved one by one, all or none, in a number of queries that does not grow."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON, World, make_duty, make_entry, make_period, make_task
from tiendo.audit.models import Event
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import WorkState
from tiendo.reporting.actions.entries import Conflict, Draft, save_drafts
from tiendo.reporting.models import Duty, Entry
from tiendo.reporting.rules import Values

SAID = Values(state=WorkState.IN_PROGRESS, percent=Decimal(30), result="Đã khảo sát")


def tasks_of_a(world: World, plan: Plan, count: int) -> list[Task]:
    return [make_task(plan, by=world.chi, lead=world.unit_a, title=f"Việc {n}") for n in range(count)]


def drafts_of(tasks: Sequence[Task]) -> list[Draft]:
    return [Draft(task, SAID, 0) for task in tasks]


def test_each_is_saved_and_recorded_in_order(world: World, plan: Plan, duty: Duty) -> None:
    tasks = tasks_of_a(world, plan, 3)
    make_entry(duty, tasks[1], revision=0, result="")  # begun, nothing saved
    entries = save_drafts(duty=duty, drafts=drafts_of(tasks), by=world.an, at=NOON)
    assert [entry.task for entry in entries] == tasks
    for entry in Entry.objects.filter(duty=duty):
        assert (entry.result, entry.percent, entry.revision) == ("Đã khảo sát", Decimal(30), 1)
        assert (entry.saved_by, entry.saved_at, entry.writer_ids) == (world.an, NOON, [world.an.pk])
    events = Event.objects.filter(act="reporting.entry.save").order_by("seq")
    assert [(event.subject, event.detail) for event in events] == [
        (f"reporting.entry:{entry.pk}", {"revision": 1}) for entry in entries
    ]


def test_the_queries_do_not_grow_with_the_tasks(world: World, plan: Plan, duty: Duty) -> None:
    few, many = tasks_of_a(world, plan, 2), tasks_of_a(world, plan, 30)
    counts = []
    for tasks in (few, many):
        with CaptureQueriesContext(connection) as queries:
            save_drafts(duty=duty, drafts=drafts_of(tasks), by=world.an, at=NOON)
        counts.append(len([query for query in queries if not query["sql"].startswith("UPDATE")]))
    assert counts[1] <= counts[0]  # the first asks once for what the person may do
    assert len(queries) < 25


def test_they_fill_the_other_open_report(world: World, plan: Plan, duty: Duty) -> None:
    tasks = tasks_of_a(world, plan, 2)
    other = make_duty(make_period(plan), world.unit_a)
    save_drafts(duty=duty, drafts=drafts_of(tasks), by=world.an, at=NOON)
    filled = Entry.objects.filter(duty=other)
    assert {(entry.task, entry.result) for entry in filled} == {(task, "Đã khảo sát") for task in tasks}
    saves = Event.objects.filter(act="reporting.entry.save").order_by("seq")
    assert [event.detail["fills"] for event in saves] == [[filled.get(task=task).pk] for task in tasks]


def test_one_that_may_not_be_written_keeps_all_from_being_written(world: World, plan: Plan, duty: Duty) -> None:
    (own,) = tasks_of_a(world, plan, 1)
    theirs = make_task(plan, by=world.chi, lead=world.unit_b)
    for tasks, person in (([own, theirs], world.an), ([own], world.dung)):
        with pytest.raises(PermissionDenied):
            save_drafts(duty=duty, drafts=drafts_of(tasks), by=person, at=NOON)
    make_entry(duty, own, saved_by=world.binh, revision=4)
    with pytest.raises(Conflict):
        save_drafts(duty=duty, drafts=drafts_of([own]), by=world.an, at=NOON)
    assert Entry.objects.get(duty=duty).revision == 4
    assert not Event.objects.filter(act="reporting.entry.save").exists()


def test_nothing_to_save_asks_nothing(world: World, duty: Duty) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert save_drafts(duty=duty, drafts=[], by=world.an, at=NOON) == []
    assert not [query for query in queries if "reporting" in query["sql"]]
