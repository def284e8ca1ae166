"""Any sequence of changes of units, single transfers of tasks and undos, on any days: nothing is lost or doubled."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import (
    NOON,
    World,
    make_duty,
    make_entry,
    make_evidence,
    make_indicator,
    make_money,
    make_observation,
    make_period,
    make_submission,
    make_task,
)
from tests.factories.changing import CHANGED_ON, make_change
from tests.oracles.succession import Passing, answering
from tiendo.budget.models import MoneyLine
from tiendo.indicators.models import Observation
from tiendo.orgs.actions import CannotUndo
from tiendo.orgs.models import Succession, Unit, UnitChange
from tiendo.orgs.queries import links, units_held_by
from tiendo.orgs.reorganisation import CannotReorganise, Kind
from tiendo.orgs.succession import roots
from tiendo.plans.actions.handing import hand_over, undo_reorganisation
from tiendo.plans.counting import by_lead
from tiendo.plans.holding import holding
from tiendo.plans.models import Assignment, Handover, Plan, Task
from tiendo.plans.queries import unanswered
from tiendo.reporting.as_at import plan_at
from tiendo.reporting.models import Duty, Entry, Evidence, Submission
from tiendo.reporting.queries import tasks_of

DAYS = [CHANGED_ON + timedelta(days=offset) for offset in (-1, 0, 90)]
FIRST = DAYS[0] - timedelta(days=1)
STEP = st.tuples(
    st.sampled_from([Kind.RENAME, Kind.MERGE, Kind.SPLIT, Kind.SPLIT, Kind.DISSOLVE, "hand", "hand", "undo"]),
    st.integers(0, 80),
    st.lists(st.integers(0, 7), min_size=1, max_size=2, unique=True),
    st.lists(st.integers(0, 9), min_size=1, max_size=2, unique=True),
    st.booleans(),
)


@pytest.fixture
def tasks(world: World, plan: Plan) -> list[Task]:
    """Six tasks of three units, one of nobody known; reports due, one written with evidence and accepted, money spent,
    a value measured in each unit."""
    units = [world.unit_a, world.unit_b, world.finance_unit]
    made = [
        make_task(plan, by=world.chi, lead=units[place % 3], coordinating=[units[(place + 1) % 3]])
        for place in range(5)
    ]
    lost = make_task(plan, by=world.chi)
    Assignment.objects.create(task=lost, role="lead", printed="các sở, ban, ngành", started_at=NOON)
    period, indicator = make_period(plan), make_indicator("HSTT", by=world.chi)
    for place, unit in enumerate(units):
        entry = make_entry(make_duty(period, unit), made[place], saved_by=world.an)
        make_evidence(entry, by=world.an)
        make_observation(indicator, unit, 40 + place, by=world.an, accepted_by=world.chi)
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    make_money(made[0], world.unit_a, by=world.an, confirmed_by=world.finance)
    return [*made, lost]


@contextmanager
def _and_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _change(step: Any, number: int) -> UnitChange | None:
    kind, offset, before, after, flag = step
    units = list(Unit.objects.standing().order_by("pk"))
    olds = [units[place % len(units)] for place in before]
    to = tuple(units[place % len(units)] if place < 5 else f"moi-{number}-{place}" for place in after)
    stays = flag and kind == Kind.SPLIT
    try:
        with transaction.atomic():
            return make_change(kind, *olds, to=to, on=CHANGED_ON + timedelta(days=offset), stays=stays)
    except CannotReorganise:
        return None


def _hand(step: Any, world: World) -> UnitChange | None:
    """Some parts a standing change lets go are handed to some unit; what the rules refuse changes nothing."""
    _hand_word, which, parts, takers, _flag = step
    changes = list(UnitChange.objects.filter(undone_at=None).order_by("pk"))
    if not changes:
        return None
    change, units = changes[which % len(changes)], list(Unit.objects.standing().order_by("pk"))
    before = holding(on=change.effective_on - timedelta(days=1))
    named = Assignment.objects.in_force().exclude(unit=None).order_by("pk").values_list("task_id", "unit_id")
    held = sorted({(task, before.of_part(task, unit)) for task, unit in named if unit})
    to = units[takers[0] % len(units)].pk
    choices = {held[place * 3 % len(held)]: to for place in parts}
    try:
        with transaction.atomic():
            hand_over(change=change, choices=choices, source="Điều 3", by=world.chi, at=NOON)
    except PermissionDenied:
        return None
    return change


def _undo(which: int, world: World) -> None:
    standing = list(UnitChange.objects.filter(undone_at=None).order_by("pk"))
    if standing:
        try:
            with transaction.atomic():
                undo_reorganisation(change=standing[which % len(standing)], reason="Nhầm", by=world.chi, at=NOON)
        except CannotUndo:
            return


def _passings() -> list[Passing]:
    """The changes that stand, as the oracle takes them, read from their rows and by nothing else."""
    found = []
    for change in UnitChange.objects.filter(undone_at=None):
        links = Succession.objects.filter(change=change, is_default=True, undone_at=None)
        rows = Handover.objects.filter(change=change, undone_at=None)
        own = {(row.task_id, row.predecessor_id): row.successor_id for row in rows}
        default = {link.predecessor_id: link.successor_id for link in links}
        found.append(Passing(change.effective_on, change.pk, default, own))
    return found


def _seen(plan: Plan, day: date) -> tuple[Any, ...]:
    """Everything the house says of a day: the plan as at it, in words, and its totals by unit."""
    at = plan_at(plan, day, tasks=Task.objects.all())
    return tuple(asdict(task) for task in at.tasks), tuple(
        (each.unit.pk if each.unit else None, each.total, each.overdue, each.is_gone) for each in at.by_then_unit()
    )


def _check_partition(tasks: list[Task], day: date) -> None:
    """Each task has one answering lead that day, or nobody; lists, counts and the oracle agree on which."""
    passings, every = _passings(), Task.objects.all()
    leads = {row.task_id: row.unit_id for row in Assignment.objects.filter(role="lead")}
    true = {task.pk: answering(task.pk, unit, day, passings) if (unit := leads[task.pk]) else None for task in tasks}
    known = holding(on=day)
    assert {pk: known.of_part(pk, leads[pk]) if leads[pk] else None for pk in true} == true
    for unit in Unit.objects.all():
        mine = {pk for pk, holder in true.items() if holder == unit.pk}
        held = units_held_by(frozenset({unit.pk}), on=day)
        assert set(every.of_units(held, "lead", on=day).values_list("pk", flat=True)) == mine
    counts = {count.unit.pk: count.total for count in by_lead(every, on=day, known=known)}
    assert sum(counts.values()) == sum(holder is not None for holder in true.values())
    _check_kept(passings, day)
    alive = set(Unit.objects.in_force(day).values_list("pk", flat=True))
    gone = {pk for pk, holder in true.items() if holder is not None and holder not in alive}
    assert set(unanswered(every, on=day).values_list("pk", flat=True)) == gone


def _check_kept(passings: list[Passing], day: date) -> None:
    """Each report, its evidence and each value measured has one unit that answers for it that day, as the unit's own.

    Reports and values are a unit's, not a task's: no handover of a single task moves them.
    """
    units = {unit: units_held_by(frozenset({unit}), on=day) for unit in Unit.objects.values_list("pk", flat=True)}
    for model, path in ((Duty, "unit"), (Evidence, "entry__duty__unit"), (Observation, "unit")):
        named = list(model._default_manager.order_by("pk").values_list("pk", path))
        true = {pk: answering(0, unit, day, passings) for pk, unit in named}
        held = [(pk, holder) for pk, unit in named for holder, own in units.items() if unit in own]
        assert sorted(held) == sorted(true.items())
        assert len(held) == 3


def _check_joined(passings: list[Passing], day: date) -> None:
    """On today's view of the past each unit of then is whole in one unit at most: in the one that has all of it."""
    known = links()
    then = set(Unit.objects.in_force(FIRST).values_list("pk", flat=True))
    units = Unit.objects.values_list("pk", flat=True)
    todays = [unit for unit in units if answering(0, unit, day, passings) == unit]
    made = {unit: roots(unit, FIRST, day, known) for unit in todays}
    for unit in then:
        whole = [each for each, found in made.items() if unit in found.whole]
        parts = [each for each, found in made.items() if unit in found.divided]
        holder = answering(0, unit, day, passings)
        assert whole in ([], [holder])
        assert bool(whole) != (holder in parts)


def _check_reports(tasks: list[Task]) -> None:
    """Each task is in one report of the open period, whatever was handed over or taken back since."""
    asked = [pk for duty in Duty.objects.all() for pk in tasks_of(duty).values_list("pk", flat=True)]
    assert sorted(asked) == sorted(task.pk for task in tasks[:-1])


def _rows() -> list[list[Any]]:
    """What decisions, reports, evidence, values and money name; no change of units may touch any of it."""
    kept = (Task, Assignment, Duty, Entry, Submission, Evidence, Observation, MoneyLine)
    return [list(model._default_manager.order_by("pk").values()) for model in kept]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=2, max_size=7))
def test_nothing_is_lost_doubled_or_changed_in_the_past(
    world: World, plan: Plan, tasks: list[Task], steps: list[Any]
) -> None:
    with _and_back():
        first, rows = {day: _seen(plan, day) for day in DAYS}, _rows()
        before = first
        for number, step in enumerate(steps):
            change = None
            if step[0] == "undo":
                _undo(step[1], world)
            else:
                change = _hand(step, world) if step[0] == "hand" else _change(step, number)
            now = {day: _seen(plan, day) for day in DAYS}
            past = [day for day in DAYS if change and day < change.effective_on]
            assert {day: now[day] for day in past} == {day: before[day] for day in past}
            before = now
        for day in DAYS:
            _check_partition(tasks, day)
            _check_joined(_passings(), day)
        _check_reports(tasks)
        assert _rows() == rows
        for change in UnitChange.objects.filter(undone_at=None).order_by("-pk"):
            undo_reorganisation(change=change, reason="Nhầm", by=world.chi, at=NOON)
        assert {day: _seen(plan, day) for day in DAYS} == first
