"""The order of computed indicators."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.indicators.dependencies import in_order


def test_parts_come_before_what_is_made_of_them() -> None:
    assert in_order({"TL": ["A", "B"], "B": ["C"]}) == ["C", "A", "B", "TL"]


@pytest.mark.parametrize(
    ("needs", "path"),
    [
        ({"A": ["A"]}, "A → A"),
        ({"A": ["B"], "B": ["A"]}, "A → B → A"),
        ({"B": ["C"], "C": ["A"], "A": ["B"], "D": ["A"]}, "A → B → C → A"),
    ],
)
def test_a_cycle_is_refused_and_named_in_the_order_of_its_formulas(needs: dict[str, list[str]], path: str) -> None:
    with pytest.raises(ValueError, match=f"quay vòng: {path}\\."):
        in_order(needs)


@given(st.dictionaries(st.integers(0, 12), st.sets(st.integers(0, 12), max_size=4)))
def test_the_order_holds_for_any_needs_without_a_cycle(raw: dict[int, set[int]]) -> None:
    needs = {f"{code:02}": [f"{part:02}" for part in parts if part < code] for code, parts in raw.items()}
    order = in_order(needs)
    place = {code: position for position, code in enumerate(order)}
    assert all(place[part] < place[code] for code, parts in needs.items() for part in parts)
