from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from tiendo.calendars.periods import (
    VIETNAM,
    PeriodDates,
    Span,
    before,
    due_moment,
    half_year_periods,
    is_late,
    month,
    vietnam_date,
)


@pytest.mark.parametrize(
    ("day", "last_good"),
    [
        (date(2026, 6, 15), date(2026, 6, 14)),
        (date(2026, 12, 1), date(2026, 11, 30)),
        (date(2026, 1, 1), date(2025, 12, 31)),
        (date(2024, 3, 1), date(2024, 2, 29)),
        (date(2026, 3, 1), date(2026, 2, 28)),
    ],
)
def test_before_a_day_is_the_day_before(day, last_good):
    assert before(day) == last_good
    assert before(day, inclusive=True) == day


def test_due_moment_is_the_midnight_in_vietnam_that_ends_the_last_good_day():
    assert due_moment(date(2026, 6, 14)) == datetime(2026, 6, 14, 17, tzinfo=UTC)
    assert due_moment(date(2026, 12, 31)) == datetime(2027, 1, 1, tzinfo=VIETNAM)
    assert due_moment(date(2026, 6, 14)).tzinfo is UTC


@pytest.mark.parametrize(
    ("at", "late"),
    [
        (datetime(2026, 6, 14, 23, 59, 59, 999999, tzinfo=VIETNAM), False),
        (datetime(2026, 6, 15, tzinfo=VIETNAM), True),
        (datetime(2026, 6, 14, 16, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 6, 14, 17, tzinfo=UTC), True),
    ],
)
def test_late_begins_at_the_due_moment_itself(at, late):
    first, _ = half_year_periods(2026)
    assert is_late(at, first.due_at) is late


def test_lateness_needs_zones():
    with pytest.raises(ValueError, match="zone"):
        is_late(datetime(2026, 6, 14), due_moment(date(2026, 6, 14)))
    with pytest.raises(ValueError, match="zone"):
        is_late(datetime(2026, 6, 14, tzinfo=UTC), datetime(2026, 6, 15))
    with pytest.raises(ValueError, match="zone"):
        vietnam_date(datetime(2026, 6, 14))


def test_the_day_in_vietnam_begins_seven_hours_early():
    assert vietnam_date(datetime(2026, 12, 31, 16, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert vietnam_date(datetime(2026, 12, 31, 17, tzinfo=UTC)) == date(2027, 1, 1)


def test_half_year_periods_as_the_plan_sets_them():
    assert half_year_periods(2026, opens_days_before=30) == (
        PeriodDates("6 tháng đầu năm 2026", date(2025, 11, 15), date(2026, 6, 1), date(2026, 5, 16), date(2026, 6, 14)),
        PeriodDates(
            "6 tháng cuối năm 2026", date(2026, 6, 1), date(2026, 11, 15), date(2026, 11, 1), date(2026, 11, 30)
        ),
    )


def test_half_year_periods_read_inclusively_are_due_on_the_day_itself():
    assert [p.last_good_day for p in half_year_periods(2026, inclusive=True)] == [date(2026, 6, 15), date(2026, 12, 1)]


def test_half_year_data_joins_without_gap_or_overlap():
    periods = [period for year in range(2024, 2031) for period in half_year_periods(year)]
    assert all(one.data_to == following.data_from for one, following in pairwise(periods))
    assert all(one.data_to <= one.last_good_day and one.opens_on < one.last_good_day for one in periods)


@pytest.mark.parametrize(
    ("year", "number", "last"),
    [(2024, 2, 29), (2026, 2, 28), (2100, 2, 28), (2026, 4, 30), (2026, 12, 31), (2026, 1, 31)],
)
def test_month_ends(year, number, last):
    assert month(year, number).last_day == date(year, number, last)
    assert month(year, number).start == date(year, number, 1)


def test_span_holds_its_start_and_not_its_end():
    span = Span(date(2026, 1, 1), date(2026, 2, 1))
    assert date(2026, 1, 1) in span
    assert date(2026, 2, 1) not in span
