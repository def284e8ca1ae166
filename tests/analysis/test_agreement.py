from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tiendo.analysis.agreement import agreement

LEVELS = st.integers(1, 5)
PAIRS = st.lists(st.tuples(LEVELS, LEVELS), min_size=1, max_size=30)


def test_a_worked_example() -> None:
    # Squared differences 0, 0, 1, 4: mean 1.25. By chance, every first level with every second: 32 / 16 = 2.
    found = agreement([(1, 1), (3, 3), (2, 3), (4, 2)])
    assert found.exact == Decimal("0.5000")
    assert found.kappa == Decimal("0.3750")  # 1 - 1.25 / 2


def test_nothing_judged_is_no_agreement_and_no_disagreement() -> None:
    assert (agreement([]).n, agreement([]).exact, agreement([]).kappa) == (0, None, None)


def test_one_level_for_everything_leaves_kappa_open() -> None:
    found = agreement([(3, 3), (3, 3)])
    assert (found.exact, found.kappa) == (Decimal("1.0000"), None)


@given(PAIRS)
def test_judges_change_places_and_nothing_changes(pairs: list[tuple[int, int]]) -> None:
    assert agreement(pairs) == agreement([(second, first) for first, second in pairs])


@given(PAIRS)
def test_kappa_never_passes_one_and_is_one_only_for_equal_levels(pairs: list[tuple[int, int]]) -> None:
    found = agreement(pairs)
    if found.kappa is not None:
        assert found.kappa <= 1
        assert (found.kappa == 1) == all(first == second for first, second in pairs)
