"""Numbers, money and dates as they are written on screen."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tiendo.ui import formats

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        ("0", None, "0"),
        ("999", None, "999"),
        ("1000", None, "1.000"),
        ("12345.6", None, "12.345,6"),
        ("2.5000", None, "2,5"),
        ("100", None, "100"),
        ("1E+3", None, "1.000"),
        ("2.5", 2, "2,50"),
        ("0.005", 2, "0,00"),
        ("99.96", 1, "99,9"),
        ("-99.96", 1, "−99,9"),
        ("-1234.5", None, "−1.234,5"),
        ("-0.001", 2, "0,00"),
        ("12345678901234567890.12", None, "12.345.678.901.234.567.890,12"),
    ],
)
def test_number_text(number: str, places: int | None, text: str) -> None:
    assert formats.number_text(Decimal(number), places) == text


@pytest.mark.parametrize(
    ("percent", "text"),
    [
        ("99.6", "99,6"),
        ("99.96", "99,9"),
        ("99.999", "99,9"),
        ("100", "100"),
        ("115", "115"),
        ("0", "0"),
        ("-10", "−10"),
        ("-0.04", "−0,1"),
        ("62.57", "62,5"),
        ("99.999999", "99,9"),
        ("100.01", "100,1"),
        ("100.1", "100,1"),
        ("0.04", "0,1"),
        ("-0.14", "−0,2"),
        ("112.34", "112,3"),
    ],
)
def test_percent_is_cut_and_never_reads_a_whole_that_is_not_so(percent: str, text: str) -> None:
    assert formats.percent_number(Decimal(percent)) == text
    assert formats.percent_text(Decimal(percent)) == f"{text}\u00a0%"


@pytest.mark.parametrize(
    ("amount", "unit", "text"),
    [
        ("1250000000", "đồng", "1.250.000.000 đồng"),
        ("1250000000", "triệu", "1.250 triệu đồng"),
        ("1250000000", "tỷ", "1,25 tỷ đồng"),
        ("500", "nghìn", "0,5 nghìn đồng"),
    ],
)
def test_money_text(amount: str, unit: str, text: str) -> None:
    assert formats.money_text(Decimal(amount), unit).replace("\u00a0", " ") == text


@pytest.mark.parametrize("value", [None, "", "chưa rõ", True, float("nan"), Decimal("Infinity")])
def test_what_holds_no_number_is_none(value: object) -> None:
    assert formats.as_decimal(value) is None


def test_a_float_is_read_as_printed() -> None:
    assert formats.as_decimal(99.6) == Decimal("99.6")


def test_dates_are_day_first_with_zeros_in_the_local_zone() -> None:
    assert formats.date_text(date(2025, 2, 5), HANOI) == "05/02/2025"
    assert formats.date_text(datetime(2025, 12, 31, 18, 0, tzinfo=UTC), HANOI) == "01/01/2026"
    assert formats.moment_text(datetime(2025, 12, 31, 18, 5, tzinfo=UTC), HANOI) == "01/01/2026 01:05"
    assert formats.moment_text(date(2025, 2, 5), HANOI) == "05/02/2025"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("72.727273", "72,72"),  # 24 of 33: cut, so that what is below a threshold never reads as at it
        ("99.999999", "99,99"),
        ("-27.272727", f"{formats.MINUS}27,27"),
        ("84.375000", "84,375"),
        ("0.0375", "0,0375"),
        ("62.500000", "62,5"),
        ("100.000000", "100"),
    ],
)
def test_a_measured_value_keeps_what_was_recorded_and_cuts_what_never_ends(number: str, words: str) -> None:
    assert formats.measured_text(Decimal(number)) == words
