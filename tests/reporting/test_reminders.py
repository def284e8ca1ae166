"""Marks around the last good day fall on working days, over weekends, New Year and Tết."""

from datetime import date, timedelta

import pytest

from tiendo.calendars.working_days import OfficeCalendar
from tiendo.reporting.reminders import mark_day, mark_due

MARKS = (7, 2, 0, -1, -3)
PLAIN = OfficeCalendar()
SUNDAY = date(2026, 6, 14)
TUESDAY = date(2026, 7, 14)


@pytest.mark.parametrize(
    ("on", "mark"),
    [
        (date(2026, 7, 2), None),
        (date(2026, 7, 3), 7),
        (date(2026, 7, 9), 7),
        (date(2026, 7, 10), 2),
        (date(2026, 7, 13), 2),
        (TUESDAY, 0),
        (date(2026, 7, 15), -1),
        (date(2026, 7, 16), -1),
        (date(2026, 7, 17), -3),
        (date(2026, 9, 1), -3),
    ],
)
def test_the_latest_mark_that_has_come_stands(on: date, mark: int | None) -> None:
    assert mark_due(TUESDAY, MARKS, on=on, calendar=PLAIN) == mark


def test_the_day_itself_moves_forward_from_a_day_off_and_the_days_after_begin_with_work() -> None:
    days = {mark: mark_day(SUNDAY, mark, PLAIN) for mark in MARKS}
    assert days == {
        7: date(2026, 6, 4),
        2: date(2026, 6, 11),
        0: date(2026, 6, 12),
        -1: date(2026, 6, 15),
        -3: date(2026, 6, 17),
    }


def test_from_december_into_january_new_year_does_not_count() -> None:
    assert mark_day(date(2027, 1, 5), 2, PLAIN) == date(2026, 12, 31)
    assert mark_day(date(2026, 12, 31), -1, PLAIN) == date(2027, 1, 4)


def test_over_tet_with_days_the_office_added() -> None:
    added = frozenset(date(2027, 2, 4) + timedelta(days=number) for number in range(8))
    office = OfficeCalendar(days_off=added)
    monday = date(2027, 2, 15)
    assert mark_day(monday, 1, office) == date(2027, 2, 12)
    assert mark_day(monday, 2, office) == date(2027, 2, 3)
    assert office.between(date(2027, 2, 3), monday) == 2


def test_once_late_the_marks_before_stand_no_more_not_even_for_a_clock_that_slept() -> None:
    assert mark_due(TUESDAY, (7, 2), on=TUESDAY, calendar=PLAIN) == 2
    assert mark_due(TUESDAY, (7, 2), on=TUESDAY + timedelta(days=1), calendar=PLAIN) is None


def test_late_on_friday_the_first_mark_after_waits_for_monday() -> None:
    friday = date(2026, 7, 17)
    assert [mark_due(friday, MARKS, on=friday + timedelta(days=days), calendar=PLAIN) for days in (0, 1, 2, 3)] == [
        0,
        None,
        None,
        -1,
    ]


def test_the_order_of_the_marks_does_not_matter_and_none_may_be_set() -> None:
    assert mark_due(TUESDAY, (-3, 0, 7), on=TUESDAY, calendar=PLAIN) == 0
    assert mark_due(TUESDAY, (), on=TUESDAY, calendar=PLAIN) is None
