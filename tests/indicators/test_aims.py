"""Points of a target ledger before they are written."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tiendo.indicators.aims import Aim, aim_text, faults, line_text
from tiendo.indicators.states import Comparator, Purpose

END = Aim(Purpose.FINAL, date(2030, 12, 31), Decimal(80))


@pytest.mark.parametrize(
    ("comparator", "value", "upper", "text"),
    [
        ("ge", "80", None, "≥ 80"),
        ("gt", "0.7", None, "> 0,7"),
        ("eq", "60", None, "60"),
        ("le", "3", None, "≤ 3"),
        ("lt", "4", None, "< 4"),
        ("between", "18", "20", "18 – 20"),
        ("ge", "1200", None, "≥ 1.200"),
    ],
)
def test_a_target_reads_as_papers_print_it(comparator: str, value: str, upper: str | None, text: str) -> None:
    assert aim_text(comparator, Decimal(value), Decimal(upper) if upper else None) == text


def test_a_pair_says_what_passes_and_what_is_full() -> None:
    assert aim_text("ge", Decimal(2), None, Decimal(3)) == "≥ 2 (đủ: 3)"
    assert line_text(replace(END, value=Decimal(2), full_value=Decimal(3))) == "≥ 2 (đủ: 3)"


def test_a_point_without_a_value_says_nothing() -> None:
    assert aim_text("ge", None) == ""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"comparator": Comparator.BETWEEN}, "upper"),
        ({"upper": Decimal(90)}, "upper"),
        ({"comparator": Comparator.BETWEEN, "upper": Decimal(70)}, "upper"),
        ({"full_value": Decimal(80)}, "full_value"),
        ({"value": Decimal("0.0000001")}, "value"),
        ({"value": Decimal(10) ** 18}, "value"),
        ({"purpose": Purpose.BASELINE, "full_value": Decimal(90)}, "value"),
    ],
)
def test_a_point_that_cannot_be_written_says_where(changes: dict[str, object], field: str) -> None:
    assert [name for name, _words in faults(replace(END, **changes))] == [field]  # type: ignore[arg-type]


def test_a_whole_point_has_no_fault() -> None:
    both = replace(END, comparator=Comparator.BETWEEN, upper=Decimal(80))
    assert [*faults(END), *faults(both)] == []


def test_points_of_one_place_differ_in_what_they_say() -> None:
    more = replace(END, value=Decimal(85))
    assert (more.place, more.says == END.says) == (END.place, False)
