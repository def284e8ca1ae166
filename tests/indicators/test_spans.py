"""Periods by code."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.indicators.spans import Span, next_span, parts_of, span_of, span_on, spans, wholes_of
from tiendo.indicators.states import Frequency

DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
FREQUENCIES = st.sampled_from(Frequency)


@pytest.mark.parametrize(
    ("code", "first", "last", "name"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31), "năm 2025"),
        ("2025-H1", date(2025, 1, 1), date(2025, 6, 30), "6 tháng đầu năm 2025"),
        ("2025-H2", date(2025, 7, 1), date(2025, 12, 31), "6 tháng cuối năm 2025"),
        ("2025-Q3", date(2025, 7, 1), date(2025, 9, 30), "quý III/2025"),
        ("2024-M02", date(2024, 2, 1), date(2024, 2, 29), "tháng 2/2024"),
        ("2025-M02", date(2025, 2, 1), date(2025, 2, 28), "tháng 2/2025"),
        ("2025-M12", date(2025, 12, 1), date(2025, 12, 31), "tháng 12/2025"),
    ],
)
def test_a_code_says_its_days_and_its_name(code: str, first: date, last: date, name: str) -> None:
    span = span_of(code)
    assert (span.first_day, span.last_day, span.name, span.code) == (first, last, name, code)


@pytest.mark.parametrize(
    "code",
    ["", "25", "2025-Q0", "2025-Q5", "2025-H3", "2025-M0", "2025-M7", "2025-M13", "2025-Q01", "2025-X1", "2025 "],
)
def test_what_is_no_code_is_refused_with_its_text(code: str) -> None:
    with pytest.raises(ValueError, match="không phải mã kỳ"):
        span_of(code)


@given(DAYS, FREQUENCIES)
def test_a_day_lies_in_its_period_and_the_code_finds_it_again(day: date, frequency: Frequency) -> None:
    span = span_on(day, frequency)
    assert day in span
    assert span_of(span.code) == span


@given(DAYS, FREQUENCIES)
def test_periods_follow_one_another_without_gap_or_overlap(day: date, frequency: Frequency) -> None:
    span = span_on(day, frequency)
    assert next_span(span).first_day == span.last_day + timedelta(days=1)


@given(DAYS, FREQUENCIES, FREQUENCIES)
def test_the_parts_of_a_period_fill_it(day: date, frequency: Frequency, shorter: Frequency) -> None:
    whole = span_on(day, frequency)
    parts = parts_of(whole.code, shorter)
    if parts:
        assert (parts[0].first_day, parts[-1].last_day) == (whole.first_day, whole.last_day)
        assert all(whole in wholes_of(part.code) for part in parts)


def test_a_year_has_twelve_months_and_no_part_as_long_as_itself() -> None:
    assert [part.code for part in parts_of("2025-H2", Frequency.QUARTER)] == ["2025-Q3", "2025-Q4"]
    assert len(parts_of("2025", Frequency.MONTH)) == 12
    assert parts_of("2025", Frequency.YEAR) == parts_of("2025-Q1", Frequency.HALF) == []


def test_a_month_is_part_of_its_quarter_half_and_year() -> None:
    assert [whole.code for whole in wholes_of("2025-M07")] == ["2025-Q3", "2025-H2", "2025"]
    assert wholes_of("2025") == []


def test_all_periods_between_two_days_with_both_ends() -> None:
    codes = [span.code for span in spans(Frequency.QUARTER, date(2025, 12, 31), date(2026, 4, 1))]
    assert codes == ["2025-Q4", "2026-Q1", "2026-Q2"]
    assert spans(Frequency.YEAR, date(2026, 1, 1), date(2025, 1, 1)) == []


def test_a_span_can_be_made_from_its_parts() -> None:
    assert Span(Frequency.MONTH, 2025, 7).code == "2025-M07"
