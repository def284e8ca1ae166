"""Units that merge, split or take another name within the year: each task and each report count on one card."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.factories import (
    NOON,
    World,
    make_card,
    make_content,
    make_criteria,
    make_cycle,
    make_duty,
    make_entry,
    make_figure,
    make_indicator,
    make_period,
    make_submission,
    make_task,
    make_user,
)
from tests.factories.changing import make_change
from tiendo.accounts.models import Post, Role
from tiendo.evaluation.actions.cycles import open_cycle
from tiendo.evaluation.actions.snapshots import freeze
from tiendo.evaluation.cards import wanted_cards
from tiendo.evaluation.exporting import exported
from tiendo.evaluation.gathering import gather
from tiendo.evaluation.models import Cycle, Snapshot
from tiendo.evaluation.states import Subject
from tiendo.indicators.spans import span_of
from tiendo.orgs.models import Unit
from tiendo.orgs.queries import renamings
from tiendo.orgs.reorganisation import Kind
from tiendo.plans.actions.handing import hand_over, undo_reorganisation
from tiendo.plans.models import Charge, Plan, Task

MARCH = date(2026, 3, 1)
BEFORE, LATER = NOON - timedelta(days=40), NOON + timedelta(days=1)
DUE = datetime(2026, 6, 1, tzinfo=UTC)
Change = Callable[[World, list[Task], datetime], object]


@pytest.fixture
def tasks(world: World, plan: Plan) -> list[Task]:
    """Two of unit A, one of unit B, each unit with a report that was due; A's came in."""
    made = [make_task(plan, by=world.chi, lead=unit) for unit in (world.unit_a, world.unit_a, world.unit_b)]
    opened = datetime(2026, 5, 1, tzinfo=UTC)
    period = make_period(plan, due_at=DUE, data_to=date(2026, 5, 1), opens_at=opened, opened_at=opened)
    duties = [make_duty(period, unit) for unit in (world.unit_a, world.unit_b)]
    entry = make_entry(duties[0], made[0], saved_by=world.an)
    make_submission(entry, by=world.binh, at=DUE - timedelta(days=5), accepted_by=world.chi)
    return made


def merge(world: World, tasks: list[Task], at: datetime) -> object:
    return make_change(Kind.MERGE, world.unit_a, world.unit_b, to=("so-moi",), on=MARCH, at=at)


def absorb(world: World, tasks: list[Task], at: datetime) -> object:
    return make_change(Kind.MERGE, world.unit_a, to=(world.unit_b,), on=MARCH, at=at)


def split(world: World, tasks: list[Task], at: datetime) -> object:
    """By default to Cục hai, the second task to Cục một."""
    change = make_change(Kind.SPLIT, world.unit_a, to=("cuc-mot", "cuc-hai"), on=MARCH, at=at)
    choices = {(tasks[1].pk, world.unit_a.pk): Unit.objects.get(code="cuc-mot").pk}
    return hand_over(change=change, choices=choices, source="Điều 3", by=world.chi, at=at)


def chain(world: World, tasks: list[Task], at: datetime) -> object:
    absorb(world, tasks, at)
    return make_change(Kind.RENAME, world.unit_b, to=("so-ba",), on=MARCH + timedelta(days=30), at=at)


# Where tasks are when the change was known at the opening: the three tasks in turn, then the reports of A and B.
CARDS: dict[Change, tuple[str, ...]] = {
    merge: ("so-moi",) * 5,
    absorb: ("so-y-te",) * 5,
    split: ("cuc-hai", "cuc-mot", "so-y-te", "cuc-hai", "so-y-te"),
    chain: ("so-ba",) * 5,
}
OLD = ("so-xay-dung", "so-xay-dung", "so-y-te", "so-xay-dung", "so-y-te")
each_change = pytest.mark.parametrize("change", CARDS, ids=lambda change: change.__name__)


def opened(plan: Plan, world: World) -> Cycle:
    """With a card for every department that stands on the last day, as the act of opening makes them."""
    cycle = make_cycle(make_criteria(plan, by=world.chi, decided_by=world.decision_maker), by=world.chi)
    for unit in Unit.objects.in_force(cycle.data_to - timedelta(days=1)).filter(kind="department"):
        make_card(cycle, unit)
    return cycle


def placed(cycle: Cycle, tasks: list[Task]) -> tuple[str, ...]:
    """The card of each task and of each report; fails when one is on none or on two."""
    cards = gather(cycle, at=NOON).cards
    where = [(task.code, card.key) for card in cards for task in card.tasks]
    reports = [(name, card.key) for card in cards for name in card.reports.ids]
    assert max(Counter(name for name, _card in where + reports).values()) == 1
    assert sum(card.reports.owed for card in cards) == 2
    found = dict(where)
    return *(found[task.code] for task in tasks), *(key for _name, key in sorted(reports))


@each_change
def test_what_was_known_at_the_opening_counts_for_the_successor(
    world: World, plan: Plan, tasks: list[Task], change: Change
) -> None:
    change(world, tasks, BEFORE)
    cycle = opened(plan, world)
    assert placed(cycle, tasks) == CARDS[change]
    reported = {task.code: task.reported for card in gather(cycle, at=NOON).cards for task in card.tasks}
    assert reported[tasks[0].code] == Decimal(40)


@each_change
def test_a_change_recorded_since_moves_nothing_off_a_card(
    world: World, plan: Plan, tasks: list[Task], change: Change
) -> None:
    """A new unit has no card in this cycle; the old one's stays, and a frozen score is the same to the last byte."""
    cycle = opened(plan, world)
    facts = gather(cycle, at=NOON)
    snapshot = freeze(cycle, Snapshot.Purpose.PRELIMINARY, by=world.chi, at=NOON)
    scores = list(snapshot.results.values())
    written = exported(snapshot)
    change(world, tasks, LATER)
    assert placed(cycle, tasks) == OLD
    assert gather(cycle, at=NOON) == facts
    again = Snapshot.objects.get(pk=snapshot.pk)
    assert (exported(again), list(again.results.values())) == (written, scores)


def test_an_undo_after_the_opening_leaves_every_task_on_its_card(world: World, plan: Plan, tasks: list[Task]) -> None:
    change = make_change(Kind.MERGE, world.unit_a, to=(world.unit_b,), on=MARCH, at=BEFORE)
    cycle = opened(plan, world)
    undo_reorganisation(change=change, reason="Ghi nhầm", by=world.chi, at=LATER)
    assert placed(cycle, tasks) == CARDS[absorb]


def measured(world: World, plan: Plan) -> Cycle:
    """Ten points by the progress of an indicator."""
    content = make_content()
    measure = {"reads": "figure_progress", "indicator": "HSTT", "unit": "%", "zero_at": "0", "full_at": "100"}
    content["criteria"][3] |= {"measure": measure}
    values = {"frequency": "half", "lag_days": 0, "first_period": "2025-H1", "measured_kinds": ["department"]}
    indicator = make_indicator("HSTT", by=world.chi, **values)
    told = {"period": "2025-H2", "period_end": span_of("2025-H2").last_day, "not_computable": None}
    make_figure(indicator, world.unit_a, 60, progress=Decimal(60), **told)  # type: ignore[arg-type]
    criteria = make_criteria(plan, by=world.chi, decided_by=world.decision_maker, content=content)
    return make_cycle(criteria, by=world.chi, data_to=date(2026, 6, 30))


@pytest.mark.parametrize(("kind", "value"), [(Kind.RENAME, Decimal(60)), (Kind.MERGE, None)])
def test_a_figure_of_before_is_that_of_the_same_body_under_a_new_name_and_of_no_merged_one(
    world: World, plan: Plan, kind: Kind, value: Decimal | None
) -> None:
    old = (world.unit_a, world.unit_b) if kind == Kind.MERGE else (world.unit_a,)
    make_change(kind, *old, to=("so-moi",), on=MARCH, at=BEFORE)
    cycle = measured(world, plan)
    make_card(cycle, Unit.objects.get(code="so-moi"))
    (figure,) = gather(cycle, at=NOON).cards[0].figures
    assert (figure.period, figure.value) == ("2025-H2", value)


def test_names_of_one_body_are_known_from_each_other(world: World) -> None:
    make_change(Kind.RENAME, world.unit_a, to=("hai",), on=MARCH, at=BEFORE)
    change = make_change(Kind.RENAME, Unit.objects.get(code="hai"), to=("ba",), on=MARCH + timedelta(days=9), at=BEFORE)
    one, two, three = world.unit_a.pk, Unit.objects.get(code="hai").pk, Unit.objects.get(code="ba").pk
    assert renamings() == {one: (two, three), two: (one, three), three: (two, one)}
    undo_reorganisation(change=change, reason="Ghi nhầm", by=world.chi, at=NOON)
    assert renamings() == {one: (two,), two: (one,)}


def opened_for_heads(plan: Plan, world: World) -> Cycle:
    criteria = make_criteria(plan, by=world.chi, decided_by=world.decision_maker)
    return open_cycle(
        title="",
        year=2026,
        subject=Subject.HEAD,
        criteria=criteria,
        plan_version=plan.version,
        data_from=date(2026, 1, 1),
        data_to=date(2026, 7, 2),
        self_until=NOON.date(),
        groups=["so-nganh"],
        by=world.chi,
        at=NOON,
    )


def terms(cycle: Cycle) -> dict[str, list[tuple[date | None, date | None]]]:
    """Unit's code → first and last day of each card of heads."""
    found: dict[str, list[tuple[date | None, date | None]]] = {}
    rows = cycle.scorecards.order_by("head_from").values_list("unit__code", "head_from", "head_to")
    for code, since, until in rows:
        found.setdefault(code, []).append((since, until))
    return found


JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 2)


def test_the_head_of_a_unit_that_ended_is_judged_up_to_its_end(world: World, plan: Plan) -> None:
    """By the tasks in charge that were due by then, and by the report that fell due; what came after is the other's."""
    due = {"early": date(2026, 2, 10), "late": date(2026, 6, 1)}
    tasks = {
        name: make_task(plan, by=world.chi, lead=world.unit_a, head=world.binh, due_on=day) for name, day in due.items()
    }
    second = make_user("truong-b", world.unit_b, Role.HEAD)
    for day in (date(2026, 2, 15), date(2026, 5, 15)):
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
        made = {"due_at": moment, "opens_at": moment - timedelta(days=9), "opened_at": moment - timedelta(days=9)}
        period = make_period(plan, f"Kỳ {day}", data_from=JANUARY, data_to=day - timedelta(days=9), **made)
        make_duty(period, world.unit_a, due_at=moment)
    make_change(Kind.MERGE, world.unit_a, to=(world.unit_b,), on=MARCH, at=BEFORE)
    charge = tasks["late"].charges.get()
    charge.valid_to = MARCH
    charge.save()
    Charge.objects.create(task=tasks["late"], user=second, kind=Charge.Kind.HEAD, valid_from=MARCH)
    cycle = opened_for_heads(plan, world)
    assert terms(cycle)["so-xay-dung"] == [(JANUARY, MARCH)]
    cards = {card.unit: card for card in gather(cycle, at=NOON).cards}
    found = {unit: {task.code for task in card.tasks} for unit, card in cards.items() if card.tasks}
    assert found == {"so-xay-dung": {tasks["early"].code}, "so-y-te": {tasks["late"].code}}
    assert (cards["so-xay-dung"].reports.owed, cards["so-y-te"].reports.owed) == (1, 1)


def test_a_term_goes_on_under_another_name(world: World, plan: Plan) -> None:
    make_change(Kind.RENAME, world.unit_a, to=("so-moi",), on=MARCH, at=BEFORE)
    new = Unit.objects.get(code="so-moi")
    Post.objects.create(user=world.binh, unit=new, role=Role.HEAD, title="Giám đốc", valid_from=MARCH)
    found = terms(opened_for_heads(plan, world))
    assert found["so-moi"] == [(JANUARY, JULY)]
    assert "so-xay-dung" not in found


def test_a_unit_that_ended_has_no_card_of_its_own(world: World, plan: Plan, tasks: list[Task]) -> None:
    """Its tasks and reports are on its successor's, once."""
    merge(world, tasks, BEFORE)
    wanted = wanted_cards(Subject.UNIT, {"department": "so-nganh"}, data_from=JANUARY, data_to=JULY)
    ended = {world.unit_a.pk, world.unit_b.pk}
    assert not ended & {each.unit_id for each in wanted}
