"""How far two judges agree on ordered levels.

Method: share of equal levels, and Cohen's kappa with quadratic weights (J. Cohen, 1968): one less the observed
squared disagreement over that expected if each judge spread the levels over the cases by chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Agreement:
    """`n` cases judged by both; `exact` and `kappa` to four places. None: no case, or nothing to disagree about."""

    n: int
    exact: Decimal | None
    kappa: Decimal | None


def agreement(pairs: Sequence[tuple[int, int]]) -> Agreement:
    """Of pairs of levels, the first judge's and the second's.

    Kappa is None when both judges gave one and the same level to every case: agreement by chance is then certain.
    """
    n = len(pairs)
    if n == 0:
        return Agreement(0, None, None)
    equal = sum(1 for first, second in pairs if first == second)
    return Agreement(n, decimal(Fraction(equal, n)), _kappa(pairs))


def _kappa(pairs: Sequence[tuple[int, int]]) -> Decimal | None:
    n = len(pairs)
    observed = Fraction(sum((first - second) ** 2 for first, second in pairs), n)
    expected = Fraction(sum((first - second) ** 2 for first, _ in pairs for _, second in pairs), n * n)
    return None if expected == 0 else decimal(1 - observed / expected)


def decimal(value: Fraction) -> Decimal:
    """Rounded half up to four places."""
    scaled = value * 10_000
    whole = (abs(scaled) * 2 + 1) // 2
    return (Decimal(int(whole)) * PLACES).copy_sign(Decimal(1 if scaled >= 0 else -1))
