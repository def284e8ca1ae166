"""Cells named in few words: nothing is left out, and little else comes along."""

from hypothesis import given
from hypothesis import strategies as st

from tiendo.indicators import boxes as module
from tiendo.indicators.boxes import MOST_BOXES, Box, boxes
from tiendo.indicators.figures import Cell

CELLS = st.sets(
    st.builds(
        Cell,
        st.integers(1, 4),
        st.integers(1, 6),
        st.sampled_from(["2025", "2025-Q1", "2025-Q2"]),
        st.sampled_from(["", "xa=A"]),
    ),
    max_size=60,
)


def held(box: Box) -> set[Cell]:
    return {Cell(i, u, p, s) for i in box.indicators for u in box.units for p in box.periods for s in box.slices}


@given(CELLS)
def test_every_cell_is_in_a_box(cells: set[Cell]) -> None:
    assert cells <= set().union(*(held(box) for box in boxes(cells)))


def test_one_full_table_is_one_box() -> None:
    cells = {Cell(1, unit, f"2025-Q{quarter}") for unit in range(1, 9) for quarter in range(1, 5)}
    (box,) = boxes(cells)
    assert held(box) == cells


def test_what_is_asked_of_one_period_is_not_asked_of_another() -> None:
    """Many units in one quarter, one unit in the year: two boxes without a row too many."""
    cells = {Cell(1, unit, "2025-Q1") for unit in range(1, 100)} | {Cell(2, 1, "2025")}
    assert sum(len(held(box)) for box in boxes(cells)) == len(cells)


def test_more_units_than_are_listed_stand_apart() -> None:
    """Or the one unit asked of the other indicator would be read with all of them."""
    wide = {Cell(1, unit, "2025") for unit in range(module.MOST_NAMED + 1)}
    apart = sorted(boxes(wide | {Cell(2, 1, "2025")}), key=lambda box: len(box.units))
    assert [(len(box.units), set(box.indicators)) for box in apart] == [(1, {2}), (module.MOST_NAMED + 1, {1})]


def test_one_question_has_few_parts_however_ragged_the_table() -> None:
    ragged = {Cell(unit, unit, f"{1900 + unit}") for unit in range(MOST_BOXES + 5)}
    (box,) = boxes(ragged)
    assert ragged <= held(box)
    assert boxes(set()) == []
