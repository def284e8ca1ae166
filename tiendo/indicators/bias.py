"""Does a unit estimate too high or too low? Pure: pairs of an estimate and the first official value of the same cell.

The signed relative error of a pair is (estimate − official) / |official|, in percent; the bias is their mean. Pairs
whose official value is 0 have no relative error and are counted apart. Below `LEAST` pairs nothing is said: one good or
bad guess is no habit. A bias within `EVEN` percent of 0 counts as none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from gettext import gettext as _

from tiendo.ui.sentences import Sentence

LEAST = 3
EVEN = Decimal("0.5")
HUNDREDTH = Decimal("0.01")


class Lean(StrEnum):
    """Which way the estimates lean."""

    OVER = "over"
    UNDER = "under"
    EVEN = "even"


LEAN_WORDS: dict[Lean, str] = {
    Lean.OVER: _("ước cao hơn thực tế"),
    Lean.UNDER: _("ước thấp hơn thực tế"),
    Lean.EVEN: _("ước sát thực tế"),
}


@dataclass(frozen=True)
class Pair:
    """The last estimate before a cell's first official value, and that value."""

    period: str
    estimate: Decimal
    official: Decimal

    @property
    def error(self) -> Decimal | None:
        """In percent of the official value, positive when estimated too high; None when that is 0."""
        return (self.estimate - self.official) * 100 / abs(self.official) if self.official else None


@dataclass(frozen=True)
class Bias:
    """The mean of `n` errors, rounded to hundredths of a percent; `refusal` says why there is none."""

    n: int
    left_out: int
    mean: Decimal | None
    lean: Lean | None
    refusal: str = ""


def bias_of(pairs: Sequence[Pair]) -> Bias:
    """The bias shown by the pairs of one unit and indicator."""
    errors = [pair.error for pair in pairs]
    known = [error for error in errors if error is not None]
    left_out = len(errors) - len(known)
    if len(known) < LEAST:
        pattern = _("Mới có {n} kỳ có cả số ước và số chính thức; cần ít nhất {least} kỳ.")
        return Bias(len(known), left_out, None, None, Sentence.of(pattern, n=len(known), least=LEAST))
    mean = sum(known, Decimal(0)) / len(known)
    lean = Lean.EVEN if abs(mean) <= EVEN else Lean.OVER if mean > 0 else Lean.UNDER
    return Bias(len(known), left_out, mean.quantize(HUNDREDTH, rounding=ROUND_HALF_UP), lean)
