from decimal import Decimal

import pytest

from tiendo.plans.rates import share
from tiendo.ui.formats import percent_text


@pytest.mark.parametrize(
    ("part", "whole", "expected", "printed"),
    [
        (28, 69, "40.5", "40,5"),
        (16, 68, "23.5", "23,5"),
        (1, 3, "33.3", "33,3"),
        (2999, 3000, "99.9", "99,9"),
        (9996, 10_000, "99.9", "99,9"),
        (0, 5, "0.0", "0"),
        (5, 5, "100.0", "100"),
        (1, 100_000, "0.0", "0"),
    ],
)
def test_a_share_is_cut_to_one_decimal_and_printed_as_it_is(part: int, whole: int, expected: str, printed: str) -> None:
    rate = share(part, whole)
    assert str(rate) == expected
    assert percent_text(Decimal(expected)) == f"{printed}\N{NO-BREAK SPACE}%"


def test_a_share_of_nothing_is_not_known() -> None:
    assert share(0, 0) is None


def test_only_the_whole_reads_a_hundred() -> None:
    full = {(part, whole) for whole in range(1, 1200, 7) for part in range(whole + 1) if share(part, whole) == 100}
    assert all(part == whole for part, whole in full)
