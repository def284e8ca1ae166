import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.calendars.working_days import add_working_days, is_working_day, working_days_between

TET_2026 = [date(2026, 2, day) for day in (16, 17, 18, 19, 20)]


@pytest.mark.parametrize("day", TET_2026)
def test_tet_is_off(day):
    assert not is_working_day(day)


def test_counting_over_tet():
    # Friday 13 February and Monday 23 February are the working days on either side.
    assert working_days_between(date(2026, 2, 13), date(2026, 2, 24)) == 2
    assert add_working_days(date(2026, 2, 13), 1) == date(2026, 2, 23)
    assert add_working_days(date(2026, 2, 23), -1) == date(2026, 2, 13)


def test_counting_over_the_new_year():
    # Thursday 1 January 2026 is off.
    assert working_days_between(date(2025, 12, 30), date(2026, 1, 6)) == 4
    assert add_working_days(date(2025, 12, 31), 1) == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 4, 27), False),  # Hùng Kings' day fell on Sunday, so Monday is off
        (date(2026, 4, 30), False),
        (date(2026, 5, 1), False),
        (date(2026, 9, 2), False),
        (date(2026, 6, 13), False),  # Saturday
        (date(2026, 6, 15), True),
        (date(2025, 5, 2), False),  # off in exchange for Saturday 26 April
        (date(2025, 4, 26), True),
    ],
)
def test_public_holidays_and_exchanged_days(day, works):
    assert is_working_day(day) is works


def test_days_announced_afterwards_are_passed_in():
    friday, saturday = date(2026, 6, 12), date(2026, 6, 13)
    extra = {"days_off": [friday], "make_up_days": [saturday]}
    assert not is_working_day(friday, **extra)
    assert is_working_day(saturday, **extra)
    assert working_days_between(date(2026, 6, 11), date(2026, 6, 15), **extra) == 2
    assert add_working_days(date(2026, 6, 11), 1, **extra) == saturday


def test_make_up_day_wins_over_day_off():
    day = date(2026, 2, 17)
    assert is_working_day(day, days_off=[day], make_up_days=[day])


def test_february_has_as_many_working_days_as_its_length_allows():
    # 2028 is a leap year whose 29 February is a Tuesday.
    assert is_working_day(date(2028, 2, 29))
    assert working_days_between(date(2028, 2, 28), date(2028, 3, 1)) == 2


def test_from_is_counted_and_to_is_not():
    monday = date(2026, 6, 15)
    assert working_days_between(monday, monday) == 0
    assert working_days_between(monday, monday + timedelta(days=1)) == 1


def test_counting_backwards_is_refused():
    with pytest.raises(ValueError, match="comes before"):
        working_days_between(date(2026, 6, 15), date(2026, 6, 14))


def test_adding_none_is_the_day_itself_or_the_next_working_one():
    assert add_working_days(date(2026, 6, 15), 0) == date(2026, 6, 15)
    assert add_working_days(date(2026, 6, 13), 0) == date(2026, 6, 15)


@given(start=st.dates(date(2024, 1, 1), date(2028, 12, 31)), number=st.integers(1, 60))
def test_adding_and_counting_agree(start, number):
    end = add_working_days(start, number)
    assert is_working_day(end)
    assert working_days_between(start + timedelta(days=1), end + timedelta(days=1)) == number


def test_holidays_are_loaded_only_when_asked_for():
    program = "import sys, tiendo.calendars.working_days; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_process_that_loaded_the_calendar_answers_without_loading_it_again():
    code = (
        "import sys; from datetime import date; from tiendo.calendars import working_days as days;"
        "print('holidays' in sys.modules); days.load_calendar(); print('holidays' in sys.modules);"
        "before = days._calendar.cache_info().misses; days.is_working_day(date(2026, 7, 6));"
        "print(days._calendar.cache_info().misses - before)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert said == ["False", "True", "0"]
