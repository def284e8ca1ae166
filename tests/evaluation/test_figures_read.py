"""Which figure a score reads: of the period due last, whatever was delivered, so that no value kept back helps."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import (
    NOON,
    World,
    make_card,
    make_content,
    make_criteria,
    make_cycle,
    make_figure,
    make_indicator,
)
from tests.factories.clock import TODAY
from tiendo.evaluation.content import CardOf, FigureOf, Outcome
from tiendo.evaluation.gathering import gather
from tiendo.evaluation.measured import Measured, period_read
from tiendo.evaluation.models import Cycle
from tiendo.evaluation.scoring import score
from tiendo.indicators.models import Figure, Indicator, TaskTie
from tiendo.indicators.presence import Schedule
from tiendo.indicators.spans import span_of
from tiendo.indicators.states import Frequency, Rollup
from tiendo.orgs.models import Unit
from tiendo.plans.models import Plan, Task

pytestmark = pytest.mark.django_db

QUARTERLY = Measured(Schedule(Frequency.QUARTER, 30, "2025-Q1"), Rollup.LAST, ())
QUARTERS = ("2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2")


@pytest.fixture
def cycle(world: World, plan: Plan) -> Cycle:
    """Half of the points by the progress of an indicator, half by tasks."""
    content = make_content()
    measure = {"reads": "figure_progress", "indicator": "HSTT", "unit": "%", "zero_at": "0", "full_at": "100"}
    content["criteria"][3] |= {"measure": measure}
    return make_cycle(make_criteria(plan, by=world.chi, decided_by=world.decision_maker, content=content), by=world.chi)


@pytest.fixture
def quarterly(world: World) -> Indicator:
    values = {"frequency": "quarter", "lag_days": 0, "first_period": "2025-Q1", "measured_kinds": ["department"]}
    return make_indicator("HSTT", by=world.chi, **values)


def told(indicator: Indicator, unit: Unit, period: str, percent: int | None, **fields: object) -> Figure:
    values: dict[str, object] = {"period": period, "period_end": span_of(period).last_day}
    if percent is not None:
        values |= {"progress": Decimal(percent), "not_computable": None}
    return make_figure(indicator, unit, percent, **(values | fields))  # type: ignore[arg-type]


def read(cycle: Cycle) -> FigureOf:
    return _card(cycle).figures[0]


def outcome(cycle: Cycle) -> Outcome:
    return _card(cycle).tasks[0].outcomes[0]


def _card(cycle: Cycle) -> CardOf:
    return gather(cycle, at=NOON).cards[0]


def test_an_old_figure_does_not_speak_for_a_quarter_kept_back(
    cycle: Cycle, world: World, task: Task, quarterly: Indicator
) -> None:
    make_card(cycle, world.unit_a)
    TaskTie.objects.create(indicator=quarterly, task=task, recorded_by=world.chi, recorded_at=NOON)
    told(quarterly, world.unit_a, "2026-Q1", 100)
    found, tied = read(cycle), outcome(cycle)
    assert (found.period, found.figure, found.value, found.progress) == ("2026-Q2", None, None, None)
    assert (tied.period, tied.figure, tied.progress) == ("2026-Q2", None, None)
    assert found.why == tied.why == "thiếu số liệu kỳ quý II/2026"


def test_a_quarter_said_to_have_no_value_counts_as_none(cycle: Cycle, world: World, quarterly: Indicator) -> None:
    make_card(cycle, world.unit_a)
    told(quarterly, world.unit_a, "2026-Q1", 100)
    kept = told(quarterly, world.unit_a, "2026-Q2", None)
    found = read(cycle)
    assert (found.figure, found.progress) == (f"indicators.figure:{kept.pk}", None)
    assert found.why == "thiếu số liệu kỳ quý II/2026: Chưa có số liệu."


def test_a_period_not_due_yet_is_not_missed(cycle: Cycle, world: World, quarterly: Indicator) -> None:
    quarterly.passports.update(lag_days=30)
    make_card(cycle, world.unit_a)
    told(quarterly, world.unit_a, "2026-Q1", 80)
    assert (read(cycle).period, read(cycle).progress) == ("2026-Q1", Decimal(80))


def test_while_its_days_run_a_quarter_to_come_is_not_missed() -> None:
    year = date(2027, 1, 1)
    assert period_read(QUARTERLY, until=year, on=date(2026, 6, 15)) == span_of("2026-Q1")
    assert period_read(QUARTERLY, until=year, on=date(2026, 7, 30)) == span_of("2026-Q1")  # its last good day
    assert period_read(QUARTERLY, until=year, on=date(2026, 7, 31)) == span_of("2026-Q2")


def test_month_quarter_and_half_ending_the_same_day_are_told_apart(
    cycle: Cycle, world: World, quarterly: Indicator
) -> None:
    """Whatever the order they were written in."""
    make_card(cycle, world.unit_a)
    for period, percent in (("2026-Q2", 60), ("2026-M06", 95), ("2026-H1", 99)):
        told(quarterly, world.unit_a, period, percent)
    assert (read(cycle).period, read(cycle).progress) == ("2026-Q2", Decimal(60))


def test_a_sum_over_time_speaks_by_the_year(cycle: Cycle, world: World, quarterly: Indicator) -> None:
    quarterly.passports.update(over_time="sum")
    make_card(cycle, world.unit_a)
    told(quarterly, world.unit_a, "2025", 70)
    told(quarterly, world.unit_a, "2026-Q2", 95)
    assert (read(cycle).period, read(cycle).progress) == ("2025", Decimal(70))


def test_a_sum_of_some_quarters_is_no_sum(cycle: Cycle, world: World, quarterly: Indicator) -> None:
    """Of accidents the fewer the better: a quarter kept back must not make the year a good one."""
    quarterly.passports.update(over_time="sum", direction="down")
    make_card(cycle, world.unit_a)
    told(quarterly, world.unit_a, "2025", 70, made_from={"missing": ["2025-Q4"]})
    assert (read(cycle).value, read(cycle).why) == (None, "thiếu số liệu kỳ quý IV/2025")


def test_the_province_does_not_speak_for_a_unit_that_is_measured_and_silent(
    cycle: Cycle, world: World, task: Task, quarterly: Indicator
) -> None:
    make_card(cycle, world.unit_a)
    TaskTie.objects.create(indicator=quarterly, task=task, recorded_by=world.chi, recorded_at=NOON)
    told(quarterly, world.province, "2026-Q2", 90)
    assert (outcome(cycle).figure, outcome(cycle).progress) == (None, None)
    quarterly.passports.update(measured_kinds=["commune"])
    assert outcome(cycle).progress == Decimal(90)


def test_a_head_is_judged_by_the_figures_of_the_term(cycle: Cycle, world: World, quarterly: Indicator) -> None:
    make_card(cycle, world.unit_a, head=world.binh, head_to=date(2026, 4, 15))
    told(quarterly, world.unit_a, "2026-Q1", 40)
    told(quarterly, world.unit_a, "2026-Q2", 90)
    assert (read(cycle).period, read(cycle).progress) == ("2026-Q1", Decimal(40))


def test_an_indicator_untied_within_the_year_still_counts(
    cycle: Cycle, world: World, task: Task, quarterly: Indicator
) -> None:
    make_card(cycle, world.unit_a)
    past = NOON - timedelta(days=60)
    values = {"recorded_by": world.chi, "recorded_at": past, "ended_at": NOON - timedelta(days=5)}
    tie = TaskTie.objects.create(indicator=quarterly, task=task, **values)
    told(quarterly, world.unit_a, "2026-Q2", 20)
    assert outcome(cycle).progress == Decimal(20)
    TaskTie.objects.filter(pk=tie.pk).update(ended_at=past)
    assert _card(cycle).tasks[0].outcomes == ()


@given(st.lists(st.none() | st.integers(0, 130), min_size=4, max_size=4), st.integers(0, 3))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_keeping_back_the_later_values_of_any_history_never_raises_the_score(
    cycle: Cycle, world: World, task: Task, quarterly: Indicator, history: list[int | None], known: int
) -> None:
    Figure.objects.filter(indicator=quarterly).delete()
    if not cycle.scorecards.exists():
        make_card(cycle, world.unit_a)
        TaskTie.objects.create(indicator=quarterly, task=task, recorded_by=world.chi, recorded_at=NOON)
    for period, percent in zip(QUARTERS, history, strict=True):
        if percent is not None:
            told(quarterly, world.unit_a, period, percent)
    whole = score(gather(cycle, at=NOON)).cards[0].score
    Figure.objects.filter(indicator=quarterly, period__in=QUARTERS[known:]).delete()
    assert score(gather(cycle, at=NOON)).cards[0].score <= whole


@given(st.sampled_from(list(Frequency)), st.sampled_from(list(Rollup)), st.integers(0, 200), st.dates(date(2026, 1, 1)))
def test_the_period_read_is_over_and_due(often: Frequency, over: Rollup, lag: int, until: date) -> None:
    until = min(until, date(2040, 1, 1))
    found = period_read(Measured(Schedule(often, lag, "2024"), over, ()), until=until, on=TODAY)
    if found is not None:
        assert found.last_day < until
        assert found.last_day + timedelta(days=lag) < max(until, TODAY)
