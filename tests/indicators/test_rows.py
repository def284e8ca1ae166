"""Rows of annexes and targets of clauses become indicators to define; every doubt is told."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tiendo.indicators import rows
from tiendo.indicators.rows import Place, annex_row, clause_rows
from tiendo.indicators.states import Comparator, Direction, Firmness, Measure
from tiendo.intake.extraction.target_cells import parse_target

PLACE = Place(7, 3, "PL-I.9", "Hạng chuyển đổi số")


def row(raw: str, unit: str = "%", horizon: object = "2030") -> rows.Row:
    """The row of an annex whose target cell reads so, through the reader that imports use."""
    target = parse_target(raw)
    return annex_row(PLACE, {"unit_text": unit, "target": target, "horizon": horizon, "lead": [{"unit": "so-y-te"}]})


@pytest.mark.parametrize(
    ("raw", "unit", "comparator", "value", "upper"),
    [
        ("≥ 80", "%", Comparator.AT_LEAST, "80", None),
        ("> 92", "%", Comparator.MORE_THAN, "92", None),
        ("≤ 35", "hạng", Comparator.AT_MOST, "35", None),
        ("< 4", "giờ/năm", Comparator.LESS_THAN, "4", None),
        ("18 – 20", "%", Comparator.BETWEEN, "18", "20"),
        ("09", "điểm", Comparator.AT_LEAST, "9", None),
        ("0,4", "%", Comparator.AT_LEAST, "0.4", None),
        ("6.000", "hộ", Comparator.AT_LEAST, "6000", None),
        ("12", "hạng", Comparator.AT_MOST, "12", None),
    ],
)
def test_a_printed_target_is_read(raw: str, unit: str, comparator: Comparator, value: str, upper: str | None) -> None:
    [aim] = row(raw, unit).aims
    assert (aim.comparator, aim.value) == (comparator, Decimal(value))
    assert aim.upper == (Decimal(upper) if upper else None)
    assert (aim.due_on, aim.printed) == (date(2030, 12, 31), raw)


def test_two_thresholds_of_one_cell_are_two_categories() -> None:
    found = row("≤ 3 Đông Nam Á; ≤ 50 Thế giới", "hạng")
    assert [(aim.category, aim.value) for aim in found.aims] == [("Đông Nam Á", 3), ("Thế giới", 50)]
    assert (found.scopes, found.is_ready) == (("Đông Nam Á", "Thế giới"), True)


def test_two_thresholds_nobody_told_apart_wait_for_a_person() -> None:
    found = row("≥ 3; ≥ 50", "hạng")
    assert (rows.SEVERAL in found.doubts, found.aims, found.is_ready) == (True, (), False)


@pytest.mark.parametrize(("raw", "firmness"), [("phấn đấu ≥ 80", "aspirational"), ("≥ 80", "firm")])
def test_the_text_says_whether_it_binds(raw: str, firmness: str) -> None:
    found = row(raw)
    assert {found.firmness, *(aim.firmness for aim in found.aims)} == {Firmness(firmness)}


@pytest.mark.parametrize(
    ("raw", "unit", "direction"),
    [
        ("≤ 35", "hạng", "down"),
        ("< 4", "giờ", "down"),
        ("12", "hạng", "down"),
        ("≥ 80", "%", "up"),
        ("60", "điểm", "up"),
    ],
)
def test_the_sign_and_the_unit_say_which_way_is_better(raw: str, unit: str, direction: str) -> None:
    assert row(raw, unit).direction is Direction(direction)


def test_a_bare_number_is_doubted_and_can_be_taken() -> None:
    found = row("60", "điểm")
    assert (found.doubts, found.is_ready, found.decimals) == ((rows.BARE,), True, 0)


def test_words_alone_ask_for_a_rubric() -> None:
    found = row("Toàn tỉnh có sóng")
    assert (found.doubts, found.is_ready, found.measure) == ((rows.NO_AMOUNT,), False, Measure.LEVEL)


@pytest.mark.parametrize(("horizon", "year"), [("2030", 2030), ("2025-2028", 2028), ("đến năm 2027", 2027)])
def test_the_last_year_named_is_the_end(horizon: str, year: int) -> None:
    assert row("≥ 80", horizon=horizon).aims[0].due_on == date(year, 12, 31)


def test_without_a_year_or_a_unit_a_person_completes_it() -> None:
    assert (row("≥ 80", horizon=None).doubts, row("≥ 80", horizon=None).is_ready) == ((rows.NO_YEAR,), False)
    assert (row("≥ 80", unit="").doubts, row("≥ 80", unit="").is_ready) == ((rows.NO_UNIT,), False)


def test_a_share_keeps_one_decimal_and_a_count_none() -> None:
    assert [row("≥ 80").decimals, row("0,45").decimals, row("1.200", "hộ").decimals] == [1, 2, 0]


def test_a_clause_may_set_several_targets() -> None:
    targets: list[dict[str, Any]] = [
        {"measure": "cán bộ qua lớp kỹ năng số", "amount": "100%", "firm": False, "horizon": "2025"},
        {"measure": "hồ sơ nộp trực tuyến", "amount": "tối thiểu 80%", "firm": True, "horizon": None},
    ]
    first, second = clause_rows(PLACE, {"targets": targets}, lambda text: parse_target(text)["parts"])  # type: ignore[arg-type, return-value]
    assert (first.key, first.name, first.firmness) == ("3.0", "cán bộ qua lớp kỹ năng số", Firmness.ASPIRATIONAL)
    assert [(aim.value, aim.due_on.year) for aim in first.aims] == [(100, 2025)]
    assert (second.key, second.doubts) == ("3.1", (rows.NO_YEAR,))
