"""The figure that speaks for an indicator: the rule, and that its two forms, in Python and in SQL, never differ."""

from decimal import Decimal
from random import Random

import pytest

from tests.factories import World, make_figure, make_indicator
from tiendo.indicators.models import Figure, Indicator
from tiendo.indicators.newest import newest, spoken_frequency
from tiendo.indicators.spans import span_of
from tiendo.indicators.speaking import speaking
from tiendo.indicators.standing import with_standing
from tiendo.indicators.states import Frequency

PERIODS = [
    *("2024", "2025", "2026"),
    *("2025-H1", "2025-H2", "2026-H1"),
    *("2025-Q1", "2025-Q4", "2026-Q1", "2026-Q2"),
    *("2025-M01", "2025-M12", "2026-M06"),
]


def said(rows: list[tuple[str, int | None]], frequency: Frequency) -> str | None:
    found = newest(rows, frequency, lambda row: row)
    return found[0] if found else None


def test_the_newest_period_of_the_frequency_with_a_value_speaks() -> None:
    rows: list[tuple[str, int | None]] = [("2025-Q4", 1), ("2026", 3), ("2026-Q1", 2), ("2026-Q2", None)]
    assert said(rows, Frequency.QUARTER) == "2026-Q1"
    assert said(rows, Frequency.YEAR) == "2026"
    assert said(rows, Frequency.MONTH) is None


def test_without_any_value_the_newest_says_why() -> None:
    assert said([("2025", None), ("2026", None), ("2024", None)], Frequency.YEAR) == "2026"


def test_zero_is_a_value() -> None:
    assert said([("2025", 7), ("2026", 0)], Frequency.YEAR) == "2026"


def test_what_adds_up_over_time_speaks_by_the_year() -> None:
    assert spoken_frequency("quarter", "sum") is Frequency.YEAR
    assert spoken_frequency("quarter", "last") is Frequency.QUARTER


@pytest.mark.parametrize("over_time", ["last", "sum"])
@pytest.mark.parametrize("frequency", list(Frequency))
def test_python_and_sql_choose_the_same_figure(world: World, frequency: Frequency, over_time: str) -> None:
    dice = Random(f"{frequency}{over_time}")
    for _time in range(12):
        made = make_indicator(by=world.chi, frequency=frequency.value, over_time=over_time)
        for period in dice.sample(PERIODS, dice.randint(0, len(PERIODS))):
            value = None if dice.random() < 0.5 else Decimal(dice.randint(0, 3))
            make_figure(made, world.province, value, period=period, period_end=span_of(period).last_day)
    in_python = {row.indicator_id: row.pk for row in speaking(Figure.objects.all()).values()}
    in_sql = dict(with_standing(Indicator.objects.all()).values_list("pk", "figure_id"))
    assert in_sql == {pk: in_python.get(pk) for pk in in_sql}
    assert len(in_python) > 4
