"""How one figure is made, where the modules it calls are not asked for alone."""

from decimal import Decimal

import pytest

from tiendo.indicators.figures import Cell, Known, Rule, of_sides
from tiendo.indicators.spans import Frequency
from tiendo.indicators.states import Status


@pytest.mark.parametrize(("part", "made"), [("", True), ("gioi=nam", True), ("gioi=khac", False)])
def test_a_ratio_has_no_part_its_passport_does_not_know(part: str, made: bool) -> None:
    rule = Rule(3, "TY_LE", "percent", Frequency.YEAR, numerator=1, denominator=2, slices=frozenset({"gioi=nam"}))
    known = Known(Decimal(4), Status.OFFICIAL)
    assert (of_sides(Cell(3, 1, "2025", part), rule, lambda cell: known) is not None) == made
