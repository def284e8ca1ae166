"""Days on each desk add up; a stop is shown beside the raw days and takes nothing from them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiendo.calendars.working_days import OfficeCalendar
from tiendo.oversight.difficulty_clock import Days, Stay, Stop, reply, step_days, whole

CALENDAR = OfficeCalendar()
START = datetime(2026, 6, 1, 3, tzinfo=UTC)  # a Monday
MINUTES = st.integers(0, 90 * 24 * 60)


def on_day(day: int, hour: int = 3) -> datetime:
    return datetime(2026, 6, day, hour, tzinfo=UTC)


def moments(numbers: list[int]) -> list[datetime]:
    return [START + timedelta(minutes=number) for number in sorted(numbers)]


@settings(max_examples=150, deadline=None)
@given(st.lists(MINUTES, min_size=2, max_size=8), st.lists(MINUTES, max_size=6))
def test_stays_add_up_and_stops_never_change_raw_days(steps: list[int], stopped: list[int]) -> None:
    times, marks = moments(steps), moments(stopped)
    end = times[-1]
    stays = [Stay("x", *pair) for pair in pairwise(times)]
    stops = [Stop(*pair) for pair in zip(marks[::2], marks[1::2], strict=False)]
    found = [step_days(stay, stops, CALENDAR, end) for stay in stays]
    bare = [step_days(stay, [], CALENDAR, end) for stay in stays]
    assert whole(found).raw == CALENDAR.elapsed(times[0], end)
    assert [each.raw for each in found] == [each.raw for each in bare]
    assert all(0 <= each.stopped <= each.raw and each.counted + each.stopped == each.raw for each in found)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 40), st.lists(MINUTES, max_size=6), st.integers(0, 90))
def test_a_stop_only_ever_moves_the_day_later(due: int, stopped: list[int], today: int) -> None:
    set_on, on = START.date() + timedelta(days=due), START.date() + timedelta(days=today)
    marks = moments(stopped)
    stops = [Stop(*pair) for pair in zip(marks[::2], marks[1::2], strict=False)]
    stay = Stay("authority", START)
    bare, found = reply(set_on, stay, [], CALENDAR, on), reply(set_on, stay, stops, CALENDAR, on)
    assert found.set_on == bare.set_on == bare.due_on == set_on
    assert found.due_on >= set_on
    assert found.days_over <= bare.days_over
    assert not (found.is_overdue and not bare.is_overdue)


def test_an_open_step_runs_to_the_moment_asked_for() -> None:
    stay = Stay("coordinator", on_day(1))
    assert step_days(stay, [], CALENDAR, on_day(3)) == Days(Decimal(2), Decimal(0))
    # Friday to Monday at the same hour: the weekend counts nothing.
    assert step_days(Stay("unit", on_day(5), on_day(8)), [], CALENDAR, on_day(30)).raw == 1


def test_a_stop_stands_beside_the_raw_days() -> None:
    days = step_days(Stay("authority", on_day(1), on_day(12)), [Stop(on_day(3), on_day(5))], CALENDAR, on_day(30))
    assert (days.raw, days.stopped, days.counted) == (9, 2, 7)


@pytest.mark.parametrize(
    ("today", "overdue", "over", "left"),
    [(9, False, 0, 1), (10, False, 0, 0), (11, True, 1, 0), (13, True, 2, 0), (15, True, 3, 0)],
)
def test_the_last_day_is_in_time_and_the_next_is_not(today: int, overdue: bool, over: int, left: int) -> None:
    found = reply(date(2026, 6, 10), Stay("authority", on_day(1)), [], CALENDAR, date(2026, 6, today))
    assert (found.is_overdue, found.days_over, found.days_left) == (overdue, over, left)


def test_a_stop_moves_the_day_by_its_working_days() -> None:
    stop = Stop(on_day(4), on_day(9))  # Thursday to Tuesday: three working days
    found = reply(date(2026, 6, 10), Stay("authority", on_day(1)), [stop], CALENDAR, date(2026, 6, 15))
    assert (found.due_on, found.stopped_days, found.is_overdue) == (date(2026, 6, 15), 3, False)


def test_lateness_is_not_stopped_away() -> None:
    late = Stop(on_day(11))
    found = reply(date(2026, 6, 10), Stay("authority", on_day(1)), [late], CALENDAR, date(2026, 6, 16))
    assert (found.due_on, found.is_overdue, found.is_stopped, found.days_over) == (date(2026, 6, 10), True, False, 4)


def test_while_it_stands_still_nobody_is_late_and_afterwards_the_rest_remains() -> None:
    stay, stops = Stay("authority", on_day(1)), [Stop(on_day(10))]
    standing = reply(date(2026, 6, 10), stay, stops, CALENDAR, date(2026, 6, 30))
    assert (standing.is_stopped, standing.is_overdue) == (True, False)
    resumed = [Stop(on_day(10), on_day(17))]
    assert reply(date(2026, 6, 10), stay, resumed, CALENDAR, date(2026, 6, 18)).days_over == 1


def test_stops_of_an_earlier_stay_move_nothing() -> None:
    found = reply(
        date(2026, 6, 20), Stay("authority", on_day(12)), [Stop(on_day(4), on_day(9))], CALENDAR, date(2026, 6, 12)
    )
    assert found.due_on == date(2026, 6, 20)


def test_an_answer_that_came_is_judged_by_the_day_it_came() -> None:
    found = reply(date(2026, 6, 10), Stay("authority", on_day(1), on_day(9)), [], CALENDAR, date(2026, 8, 1))
    assert not found.is_overdue
