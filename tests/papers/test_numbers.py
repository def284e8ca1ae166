"""Vietnamese ways of writing dates and labels on paper, as tables."""

from datetime import date

import pytest

from tiendo.papers import numbers


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
