"""Three states of a figure by date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.indicators.presence import Schedule, due_day, next_update, periods_due, presence_of
from tiendo.indicators.spans import span_of
from tiendo.indicators.states import Frequency, Presence

QUARTERLY = Schedule(Frequency.QUARTER, 30, "2025-Q2")
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
SCHEDULES = st.builds(
    Schedule,
    st.sampled_from(Frequency),
    st.integers(0, 400),
    st.sampled_from(["2025", "2025-H2", "2025-Q2", "2025-M05"]),
)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2025, 6, 30), "not_yet_due"),
        (date(2025, 7, 29), "not_yet_due"),
        (date(2025, 7, 30), "not_yet_due"),  # the due day itself
        (date(2025, 7, 31), "missing"),
    ],
)
def test_a_figure_is_missing_from_the_day_after_its_due_day(on: date, expected: str) -> None:
    assert due_day(QUARTERLY, span_of("2025-Q2")) == date(2025, 7, 30)
    assert presence_of(QUARTERLY, "2025-Q2", on, has_value=False) is Presence(expected)


def test_a_value_is_there_whenever_it_came() -> None:
    assert presence_of(QUARTERLY, "2025-Q2", date(2025, 5, 1), has_value=True) is Presence.VALUE
    assert presence_of(QUARTERLY, "2024-Q1", date(2026, 5, 1), has_value=True) is Presence.VALUE


@pytest.mark.parametrize("period", ["2025-Q1", "2025", "2025-M06"])
def test_nobody_owes_what_came_before_the_first_period_or_runs_by_another_clock(period: str) -> None:
    assert presence_of(QUARTERLY, period, date(2030, 1, 1), has_value=False) is Presence.NOT_YET_DUE


def test_periods_due_on_a_day() -> None:
    assert [span.code for span in periods_due(QUARTERLY, date(2026, 1, 30))] == ["2025-Q2", "2025-Q3"]
    assert [span.code for span in periods_due(QUARTERLY, date(2026, 1, 31))] == ["2025-Q2", "2025-Q3", "2025-Q4"]
    assert periods_due(QUARTERLY, date(2025, 1, 1)) == []


@pytest.mark.parametrize(
    ("on", "period", "due"),
    [
        (date(2025, 1, 1), "2025-Q2", date(2025, 7, 30)),
        (date(2025, 7, 30), "2025-Q2", date(2025, 7, 30)),
        (date(2025, 7, 31), "2025-Q3", date(2025, 10, 30)),
        (date(2025, 12, 31), "2025-Q4", date(2026, 1, 30)),
        (date(2026, 2, 1), "2026-Q1", date(2026, 4, 30)),
    ],
)
def test_the_next_update(on: date, period: str, due: date) -> None:
    assert next_update(QUARTERLY, on) == (span_of(period), due)


def test_a_changed_frequency_goes_on_from_the_period_of_its_first() -> None:
    assert Schedule(Frequency.YEAR, 0, "2025-Q3").first.code == "2025"
    assert Schedule(Frequency.MONTH, 0, "2025-Q3").first.code == "2025-M07"


@given(SCHEDULES, DAYS)
def test_the_next_update_is_the_first_period_not_yet_due(schedule: Schedule, on: date) -> None:
    span, due = next_update(schedule, on)
    assert due >= on
    owed = periods_due(schedule, on)
    assert span not in owed
    if owed:
        assert owed[-1].last_day + timedelta(days=1) == span.first_day
    else:
        assert span == schedule.first


@given(SCHEDULES, DAYS)
def test_missing_are_exactly_the_periods_due(schedule: Schedule, on: date) -> None:
    assert all(
        presence_of(schedule, span.code, on, has_value=False) is Presence.MISSING for span in periods_due(schedule, on)
    )
    span, _ = next_update(schedule, on)
    assert presence_of(schedule, span.code, on, has_value=False) is Presence.NOT_YET_DUE
