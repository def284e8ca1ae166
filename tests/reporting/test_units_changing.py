"""Reports over a change of units: each task is in one report of a period, whoever answers, and closed periods stand."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.factories import NOON, World, make_period, make_task, make_unit, make_user
from tests.factories.changing import make_change
from tiendo.accounts.models import Role, User
from tiendo.orgs.models import Unit, UnitChange
from tiendo.orgs.reorganisation import Kind
from tiendo.oversight.actions.changing_units import undo_units
from tiendo.papers.docx import render_docx
from tiendo.plans.actions.handing import hand_over, undo_reorganisation
from tiendo.plans.models import Plan, Task
from tiendo.plans.queries import unanswered
from tiendo.plans.states import WorkState
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Period
from tiendo.reporting.papers.consolidation import ReportFacts
from tiendo.reporting.papers.freezing import facts_as_data
from tiendo.reporting.papers.gathering import facts_of, gathered
from tiendo.reporting.papers.letterheads import letterhead
from tiendo.reporting.papers.paper import Letterhead, Mark, report_paper
from tiendo.reporting.queries import latest_accepted, tasks_of
from tiendo.reporting.routing import next_desk, superiors_above
from tiendo.reporting.rules import Values

HALF = Values(state=WorkState.IN_PROGRESS, percent=Decimal(50), result="Đã lắp 6 trạm")
OPENED = datetime(2026, 6, 14, 17, tzinfo=UTC)
CLOSED = NOON + timedelta(days=16)
LATER = NOON + timedelta(days=30)
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 20)
HEAD = Letterhead("UBND tỉnh", "Sở KH&CN", "BC-SKHCN", "Lai Châu", "UBND tỉnh", "Giám đốc", "Trần A")
NAMES = ("a1", "a2", "b1")
Shares = dict[str, str]  # task → code of the unit in whose report it is
Change = Callable[[World, dict[str, Task], date, datetime], list[UnitChange]]


@pytest.fixture
def tasks(world: World, plan: Plan) -> dict[str, Task]:
    units = {"a": world.unit_a, "b": world.unit_b}
    return {name: make_task(plan, by=world.chi, lead=units[name[0]]) for name in NAMES}


def opened(plan: Plan, world: World, *, at: datetime = OPENED) -> Period:
    """By the act itself, so that the units asked are those in force that day."""
    days = {"data_from": date(2026, 1, 1), "data_to": date(2026, 7, 1)}
    if at > NOON:
        days = {"data_from": date(2026, 7, 1), "data_to": date(2026, 10, 1)}
    period = make_period(plan, opened_at=None, opens_at=at, due_at=at + timedelta(days=30), **days)
    return actions.open_period(period=period, by=world.chi, at=at)


def shares(period: Period, tasks: dict[str, Task]) -> Shares:
    """Fails where a task is in two reports; one in none is left out."""
    names = {task.pk: name for name, task in tasks.items()}
    found: Shares = {}
    for duty in period.duties.select_related("unit", "period"):
        for pk in tasks_of(duty).values_list("pk", flat=True):
            assert names[pk] not in found
            found[names[pk]] = duty.unit.code
    return found


def merge(world: World, tasks: dict[str, Task], on: date, at: datetime) -> list[UnitChange]:
    return [make_change(Kind.MERGE, world.unit_a, world.unit_b, to=("so-moi",), on=on, at=at)]


def split(world: World, tasks: dict[str, Task], on: date, at: datetime) -> list[UnitChange]:
    """By default to Cục hai, the second task to Cục một."""
    change = make_change(Kind.SPLIT, world.unit_a, to=("cuc-mot", "cuc-hai"), on=on, at=at)
    taker = Unit.objects.get(code="cuc-mot")
    choices = {(tasks["a2"].pk, world.unit_a.pk): taker.pk}
    hand_over(change=change, choices=choices, source="Điều 3", by=world.chi, at=at)
    return [change]


def chain(world: World, tasks: dict[str, Task], on: date, at: datetime) -> list[UnitChange]:
    """A goes to B, and B to a third the day after."""
    first = make_change(Kind.MERGE, world.unit_a, to=(world.unit_b,), on=on, at=at)
    return [first, make_change(Kind.RENAME, world.unit_b, to=("so-ba",), on=on + timedelta(days=1), at=at)]


def dissolve(world: World, tasks: dict[str, Task], on: date, at: datetime) -> list[UnitChange]:
    return [make_change(Kind.DISSOLVE, world.unit_a, on=on, at=at)]


CHANGES: dict[Change, Shares] = {
    merge: dict.fromkeys(NAMES, "so-moi"),
    split: {"a1": "cuc-hai", "a2": "cuc-mot", "b1": "so-y-te"},
    chain: dict.fromkeys(NAMES, "so-ba"),
    dissolve: {"b1": "so-y-te"},
}
BEFORE: Shares = {"a1": "so-xay-dung", "a2": "so-xay-dung", "b1": "so-y-te"}
each_change = pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)


def take_back(changes: list[UnitChange], world: World, *, at: datetime) -> None:
    for each in reversed(changes):
        undo_reorganisation(change=each, reason="Ghi nhầm", by=world.chi, at=at)


@each_change
@pytest.mark.parametrize("on", [MARCH, JUNE], ids=["before-it-opened", "while-open"])
def test_an_open_period_keeps_its_reports_and_the_next_asks_who_answers_now(
    world: World, plan: Plan, tasks: dict[str, Task], change: Change, on: date
) -> None:
    period = opened(plan, world)
    assert shares(period, tasks) == BEFORE
    change(world, tasks, on, NOON)
    assert shares(period, tasks) == BEFORE
    following = opened(plan, world, at=NOON + timedelta(days=1))
    assert shares(following, tasks) == CHANGES[change]
    lost = set(NAMES) - set(CHANGES[change])
    assert {task.pk for task in unanswered(Task.objects.all(), on=JUNE + timedelta(days=9))} == {
        tasks[name].pk for name in lost
    }


@each_change
def test_an_undo_leaves_the_reports_of_an_open_period_as_they_are(
    world: World, plan: Plan, tasks: dict[str, Task], change: Change
) -> None:
    """And the next period asks those units again, as if there had been no change."""
    period = opened(plan, world)
    changes = change(world, tasks, JUNE, NOON)
    take_back(changes, world, at=NOON + timedelta(hours=1))
    assert shares(period, tasks) == BEFORE
    assert shares(opened(plan, world, at=NOON + timedelta(days=1)), tasks) == BEFORE


@each_change
@pytest.mark.parametrize("on", [MARCH, JUNE], ids=["before-it-opened", "while-open"])
def test_units_that_took_tasks_over_are_asked_and_an_undo_takes_back_what_nobody_began(
    world: World, plan: Plan, tasks: dict[str, Task], change: Change, on: date
) -> None:
    """Only the task that goes elsewhere than the default successor leaves its report, for one of its new unit."""
    period = opened(plan, world)
    asked = set(period.duties.values_list("pk", flat=True))
    changes = change(world, tasks, on, NOON)
    actions.ask_newcomers(by=None, at=NOON)
    assert shares(period, tasks) == BEFORE | ({"a2": "cuc-mot"} if change is split else {})
    for each in reversed(changes):
        undo_units(change=each, reason="Ghi nhầm", by=world.chi, at=NOON + timedelta(hours=1))
    assert shares(period, tasks) == BEFORE
    assert set(period.duties.values_list("pk", flat=True)) == asked


def report(duty: Duty, tasks: list[Task], writer: User, head: User, world: World, *, at: datetime) -> None:
    """Written, sent and accepted by the acts of the people themselves."""
    for task in tasks:
        actions.save_draft(duty=duty, task=task, values=HALF, revision=0, by=writer, at=at)
    actions.send_duty(duty=duty, by=head, at=at)
    actions.accept_duty(duty=duty, by=world.chi, at=at)


@each_change
def test_the_old_units_report_is_sent_by_whoever_answers_for_the_unit(
    world: World, plan: Plan, tasks: dict[str, Task], change: Change
) -> None:
    """All of it, tasks handed elsewhere too; of a unit without successor its own people finish it."""
    duty = opened(plan, world).duties.get(unit=world.unit_a)
    change(world, tasks, JUNE, NOON)
    holder = {merge: "so-moi", split: "cuc-hai", chain: "so-ba", dissolve: "so-xay-dung"}[change]
    unit = Unit.objects.get(code=holder)
    officer, head = make_user("moi", unit, Role.OFFICER), make_user("truong-moi", unit, Role.HEAD)
    report(duty, [tasks["a1"], tasks["a2"]], officer, head, world, at=NOON + timedelta(hours=1))
    assert Duty.objects.get(pk=duty.pk).status == "accepted"
    assert set(latest_accepted(Task.objects.all())) == {tasks["a1"].pk, tasks["a2"].pk}


@pytest.fixture
def closed(world: World, plan: Plan, tasks: dict[str, Task]) -> Period:
    """Unit A's report is in, that of unit B is missing; closed in the middle of July."""
    period = opened(plan, world)
    duty = period.duties.get(unit=world.unit_a)
    report(duty, [tasks["a1"], tasks["a2"]], world.an, world.binh, world, at=NOON - timedelta(hours=2))
    return period


def made_again(period: Period) -> tuple[str, str, bytes]:
    """The facts kept, the facts gathered once more from the rows, and the paper: all as they are written."""
    period = Period.objects.get(pk=period.pk)
    kept, again = facts_of(period), gathered(period)[0]
    return _bytes(kept), _bytes(again), _paper(kept)


def _bytes(facts: ReportFacts) -> str:
    return json.dumps(facts_as_data(facts), ensure_ascii=False)


def _paper(facts: ReportFacts) -> bytes:
    paper = report_paper(facts, HEAD, Mark(7, "ab" * 32), at=CLOSED, illustrative=False)
    return render_docx(paper, made_at=CLOSED)


@each_change
@pytest.mark.parametrize("on", [MARCH, JUNE])
def test_a_closed_period_is_made_again_the_same_after_a_change_recorded_later_and_after_its_undo(
    world: World, tasks: dict[str, Task], closed: Period, change: Change, on: date
) -> None:
    """Though the change has effect from a day within the period."""
    actions.close_period(period=closed, by=world.chi, at=CLOSED)
    first = made_again(closed)
    assert first[0] == first[1]
    changes = change(world, tasks, on, LATER)
    assert made_again(closed) == first
    take_back(changes, world, at=LATER + timedelta(days=1))
    assert made_again(closed) == first


@each_change
def test_a_change_known_at_the_closing_stays_in_its_facts_when_it_is_undone(
    world: World, tasks: dict[str, Task], closed: Period, change: Change
) -> None:
    changes = change(world, tasks, JUNE, NOON)
    actions.close_period(period=closed, by=world.chi, at=CLOSED)
    first = made_again(closed)
    assert first[0] == first[1]
    leads = {line.code: line.lead for line in facts_of(Period.objects.get(pk=closed.pk)).lines}
    holders = {"a1": "so-xay-dung"} | CHANGES[change]
    assert leads[tasks["a1"].code] == Unit.objects.get(code=holders["a1"]).name
    take_back(changes, world, at=LATER)
    assert made_again(closed) == first


def next_boss(unit: Unit, period: Period, on: datetime) -> str:
    """Who signs where the unit has nobody: somebody of the unit above on the day."""
    return next_desk(period.duties.get(unit=unit), None, at=on).unit.code


def test_the_unit_above_that_signs_and_is_told_is_that_of_the_day(world: World, plan: Plan) -> None:
    """One announced for later is not above yet; one that passed to another is above no more."""
    moved, kept = make_unit("trung-tam", parent=world.unit_a), make_unit("chi-cuc", parent=world.unit_a)
    period = opened(plan, world)
    boss = make_user("truong-b", world.unit_b, Role.HEAD)
    make_change("move", moved, parent=world.unit_b, on=LATER.date())
    moved.refresh_from_db()
    assert superiors_above(moved, on=NOON.date()) == [world.binh]
    assert boss in superiors_above(moved, on=LATER.date())
    assert next_boss(moved, period, NOON) == world.unit_a.code
    make_change("merge", world.unit_a, to=(world.unit_b,), on=JUNE)
    assert next_boss(kept, period, NOON) == world.unit_b.code
    assert boss in superiors_above(kept, on=NOON.date())


def test_a_letterhead_names_the_unit_above_on_its_day(world: World, plan: Plan) -> None:
    moved = make_unit("trung-tam", parent=world.unit_a)
    make_change("move", moved, parent=world.unit_b, on=LATER.date())
    moved.refresh_from_db()
    named = [letterhead(moved, world.province, day, symbol="BC").parent_agency for day in (NOON.date(), LATER.date())]
    assert named == [world.unit_a.name, world.unit_b.name]
