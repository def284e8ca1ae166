"""Vietnamese ways of writing numbers, money, dates and labels, as tables."""

from datetime import date
from decimal import Decimal

import pytest

from tiendo.papers import numbers


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("1234.5", None, "1.234,5"),
        ("1234567", None, "1.234.567"),
        ("0", None, "0"),
        ("-1234.50", None, "-1.234,5"),
        ("100", None, "100"),
        ("1E+3", None, "1.000"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("12", 2, "12,00"),
        ("0.005", 2, "0,01"),
        ("-0.001", 2, "0,00"),
    ],
)
def test_format_number(value: str, places: int | None, text: str) -> None:
    assert numbers.format_number(Decimal(value), places) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("99.6", 1, "99,6"),
        ("99.6", 0, "99"),
        ("99.96", 1, "99,9"),
        ("99.999999", 2, "99,99"),
        ("100", 1, "100"),
        ("100.01", 1, "100,1"),
        ("112.34", 1, "112,3"),
        ("50.0", 1, "50"),
        ("33.35", 1, "33,3"),
        ("62.57", 1, "62,5"),
        ("0.04", 1, "0,1"),
        ("-0.04", 1, "-0,1"),
        ("0", 1, "0"),
    ],
)
def test_format_percent_never_rounds_to_a_whole_that_is_not_so(value: str, places: int, text: str) -> None:
    assert numbers.format_percent(Decimal(value), places) == text


def test_money_in_dong_and_in_millions() -> None:
    assert numbers.format_dong(1_250_000) == "1.250.000 đồng"
    assert numbers.format_million_dong(Decimal(1_250_000)) == "1,25 triệu đồng"
    assert numbers.format_million_dong(15_780_512_345, 1) == "15.780,5 triệu đồng"


@pytest.mark.parametrize(
    ("day", "short", "words"),
    [
        (date(2026, 2, 5), "05/02/2026", "ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 10), "10/01/2026", "ngày 10 tháng 01 năm 2026"),
        (date(2026, 3, 9), "09/03/2026", "ngày 09 tháng 3 năm 2026"),
        (date(2025, 12, 31), "31/12/2025", "ngày 31 tháng 12 năm 2025"),
    ],
)
def test_dates(day: date, short: str, words: str) -> None:
    assert (numbers.format_date(day), numbers.date_in_words(day)) == (short, words)


def test_blank_date_leaves_room_that_cannot_be_squeezed() -> None:
    text = numbers.blank_date_in_words(2026)
    assert " ".join(text.split()) == "ngày tháng năm 2026"
    assert "  " not in text
    assert text.count("\u00a0") >= 8


def test_list_labels_follow_the_vietnamese_alphabet() -> None:
    labels = [numbers.list_label(n) for n in range(1, 26)]
    assert " ".join(labels) == "a b c d đ e g h i k l m n o p q r s t u v x y aa ab"


@pytest.mark.parametrize(
    ("value", "text"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (49, "XLIX"), (399, "CCCXCIX")]
)
def test_roman(value: int, text: str) -> None:
    assert numbers.roman(value) == text


@pytest.mark.parametrize("write", [numbers.roman, numbers.list_label])
def test_labels_are_counted_from_one(write: object) -> None:
    with pytest.raises(ValueError, match="1"):
        write(0)  # type: ignore[operator]
