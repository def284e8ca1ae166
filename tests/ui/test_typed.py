"""Numbers as officials type them."""

import pytest

from tiendo.ui.typed import parse_number, whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("45,5", "45.5"),
        ("45.5", "45.5"),
        ("99,6 %", "99.6"),
        ("0,05", "0.05"),
        ("0.500", "0.500"),
        ("-0.125 tỷ", "-125000000"),
        ("100", "100"),
        ("1.250.000", "1250000"),
        ("1.250", "1250"),
        ("1 250 000", "1250000"),
        ("1,250,000", "1250000"),
        ("1.250.000,5 đồng", "1250000.5"),
        ("1,25 tỷ", "1250000000"),
        ("1,25 tỉ đồng", "1250000000"),
        ("250 triệu", "250000000"),
        ("-3", "-3"),
    ],
)
def test_the_number_meant(text: str, number: str) -> None:
    assert str(parse_number(text)) == number


@pytest.mark.parametrize(
    "text", ["", "bốn", "1.25.0", "1,2,3", "1.2,5", "..", "1e9", "NaN", "12,", "0.125.000", "0.125,5", "5 tỷ triệu"]
)
def test_what_reads_two_ways_or_not_at_all_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse_number(text)


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("12", 12), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_a_number_in_an_address(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "-1", "1.5", " 1", "²", "١", "9" * 19, "9" * 5000, "a"])
def test_what_no_page_of_ours_sends_is_no_number(text: str) -> None:
    assert whole_number(text) is None
