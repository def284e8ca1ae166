from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.calendars.working_days import OfficeCalendar

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
# Friday 12 June 2026 off by announcement, Saturday 13 June worked instead.
OFFICE = OfficeCalendar(frozenset([date(2026, 6, 12)]), frozenset([date(2026, 6, 13)]))
MOMENTS = st.datetimes(datetime(2025, 12, 20), datetime(2026, 7, 1), timezones=st.just(UTC))


def at(day: int, hour: int = 0, minute: int = 0, month: int = 6) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def test_the_office_has_its_own_days():
    assert OFFICE.is_working(date(2026, 6, 13))
    assert not OFFICE.is_working(date(2026, 6, 12))
    assert OFFICE.between(date(2026, 6, 11), date(2026, 6, 15)) == 2
    assert OFFICE.add(date(2026, 6, 11), 1) == date(2026, 6, 13)
    assert OfficeCalendar().add(date(2026, 6, 11), 1) == date(2026, 6, 12)


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2026, 6, 11), date(2026, 6, 11)),
        (date(2026, 6, 12), date(2026, 6, 11)),
        (date(2026, 6, 14), date(2026, 6, 13)),
        (date(2026, 2, 18), date(2026, 2, 13)),  # in the Tết week
    ],
)
def test_a_day_off_moves_to_the_working_day_before(day, moved):
    assert OFFICE.at_or_before(day) == moved


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (at(9), at(10), "1"),
        (at(9, 16), at(10, 8), "0.666666"),  # eight hours of each day
        (at(9, 6), at(9, 18), "0.5"),
        (at(11, 12), at(13), "0.5"),  # the announced day off counts nothing
        (at(13), at(15), "1"),  # the Saturday worked instead counts, the Sunday does not
        (at(14, 3), at(14, 20), "0"),
        (at(13, 12, month=2), at(23, 12, month=2), "1"),  # over Tết: two halves
        (at(9, 10), at(9, 10), "0"),
    ],
)
def test_working_time_between_two_moments(start, end, days):
    assert abs(OFFICE.elapsed(start, end) - Decimal(days)) <= Decimal("0.000001")


def test_days_are_those_of_viet_nam():
    # 17:00 UTC is midnight in Viet Nam: Thursday the 11th begins, then comes the announced day off.
    assert OFFICE.elapsed(datetime(2026, 6, 10, 17, tzinfo=UTC), datetime(2026, 6, 12, 17, tzinfo=UTC)) == 1


@given(st.lists(MOMENTS, min_size=3, max_size=3).map(sorted))
def test_parts_add_up_to_the_last_digit(moments):
    first, middle, last = moments
    assert OFFICE.elapsed(first, middle) + OFFICE.elapsed(middle, last) == OFFICE.elapsed(first, last)


@given(st.datetimes(datetime(2026, 1, 30), datetime(2026, 3, 1)), st.integers(0, 40 * 24))
def test_working_time_against_counting_hours(start, hours):
    begun = start.replace(minute=0, second=0, microsecond=0, tzinfo=VIETNAM)
    worked = sum(OFFICE.is_working((begun + timedelta(hours=number)).date()) for number in range(hours))
    days = OFFICE.elapsed(begun, begun + timedelta(hours=hours))
    assert abs(days - Decimal(worked) / 24) <= Decimal("0.000002")


@pytest.mark.parametrize(
    ("start", "end"),
    [(at(10), at(9)), (datetime(2026, 6, 9), at(10)), (at(9), datetime(2026, 6, 10))],
)
def test_no_answer_backwards_or_without_a_zone(start, end):
    with pytest.raises(ValueError, match=r"comes before|with a zone"):
        OFFICE.elapsed(start, end)
