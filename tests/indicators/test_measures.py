"""Units of measure."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.indicators.measures import MEASURES, code_for, dimension_of, factor_of, measure_of

CODES = st.sampled_from(sorted(MEASURES))


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        ("3.5", "million_dong", "dong", "3500000"),
        ("1250", "million_dong", "billion_dong", "1.25"),
        ("0.1", "percent", "per_mille", "1"),
        ("0.12", "percent", "person_per_10000", "12"),
        ("2.5", "gbps", "mbps", "2500"),
        ("90", "minute", "hour", "1.5"),
        ("42.5", "million_dong_per_person", "dong_per_person", "42500000"),
    ],
)
def test_conversions_are_exact(value: str, source: str, target: str, expected: str) -> None:
    assert Decimal(value) * factor_of(source) / factor_of(target) == Decimal(expected)


@pytest.mark.parametrize(
    ("source", "target"), [("person", "household"), ("dong", "person"), ("percent", "point"), ("hour", "hour_per_year")]
)
def test_apples_are_not_pears(source: str, target: str) -> None:
    assert dimension_of(source) != dimension_of(target)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("%", "percent"),
        ("% GDP", "percent"),
        (" Điểm %", "percent_point"),
        ("người / vạn dân", "person_per_10000"),
        ("Tỷ đồng", "billion_dong"),
        ("bản", "village"),
        ("gói thầu", "x-goi-thau"),
        ("Gói  thầu", "x-goi-thau"),
    ],
)
def test_printed_words_find_their_unit_or_become_a_count_of_their_own(printed: str, code: str) -> None:
    assert code_for(printed) == code
    assert measure_of(code).code == code


def test_a_unit_nobody_defined_is_added_to_itself_alone() -> None:
    assert dimension_of("x-goi-thau") != dimension_of("x-hop-dong")
    assert factor_of("x-goi-thau") == 1


@pytest.mark.parametrize("code", ["", "no-such", "x-", "x-Ấ", "os.system"])
def test_a_code_that_is_none_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="Không có đơn vị tính"):
        measure_of(code)


@pytest.mark.parametrize("printed", ["", "  ", "…"])
def test_nothing_printed_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match="Thiếu đơn vị tính"):
        code_for(printed)


def test_a_long_unit_still_fits_its_column() -> None:
    assert len(code_for("một đơn vị tính rất dài mà không ai viết tắt bao giờ cả")) <= 40


@given(CODES)
def test_every_unit_has_a_name_a_kind_and_an_ascii_code_that_its_words_find(code: str) -> None:
    unit = measure_of(code)
    assert code.isascii()
    assert factor_of(code) > 0
    assert {code_for(words) for words in (unit.name, *unit.others)} == {code}
