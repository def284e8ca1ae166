"""When a programme's periods must be published (R064, R082), and what an objective lacks (R063)."""

from datetime import date

import pytest

from tiendo.indicators.publishing import Lack, PeriodLine, Publication, lacks, period_lines
from tiendo.indicators.states import Frequency


def lines(on: date, published: dict[str, date] | None = None, until: date | None = None) -> dict[str, PeriodLine]:
    found = period_lines(
        Frequency.QUARTER,
        since=date(2026, 2, 1),
        until=until,
        publish_days=20,
        published=published or {},
        on=on,
    )
    return {line.span.code: line for line in found}


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 3, 31), Publication.RUNNING),
        (date(2026, 4, 1), Publication.WAITING),
        (date(2026, 4, 20), Publication.WAITING),
        (date(2026, 4, 21), Publication.MISSED),
    ],
)
def test_silence_is_missed_from_the_day_after_the_last_good_one(on: date, state: Publication) -> None:
    assert lines(on)["2026-Q1"].state is state


@pytest.mark.parametrize(
    ("day", "state"), [(date(2026, 4, 20), Publication.PUBLISHED), (date(2026, 4, 21), Publication.LATE)]
)
def test_late_is_not_on_time(day: date, state: Publication) -> None:
    line = lines(date(2026, 6, 1), {"2026-Q1": day})["2026-Q1"]
    assert (line.state, line.first_published_on, line.publish_by) == (state, day, date(2026, 4, 20))


def test_periods_run_from_the_one_it_came_into_force_in_newest_first() -> None:
    assert list(lines(date(2026, 10, 1))) == ["2026-Q4", "2026-Q3", "2026-Q2", "2026-Q1"]


def test_an_ended_programme_owes_the_period_of_its_last_day_and_none_after() -> None:
    assert list(lines(date(2027, 5, 1), until=date(2026, 7, 1))) == ["2026-Q3", "2026-Q2", "2026-Q1"]


def test_before_it_begins_it_owes_nothing() -> None:
    assert lines(date(2025, 12, 31)) == {}


def test_an_objective_lacks_what_it_has_not() -> None:
    assert lacks(has_figure=False, has_unit=False, has_head=False) == [Lack.FIGURE, Lack.UNIT, Lack.HEAD]
    assert lacks(has_figure=True, has_unit=False, has_head=True) == [Lack.UNIT]
    assert lacks(has_figure=True, has_unit=True, has_head=True) == []
