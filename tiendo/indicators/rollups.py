"""How values of parts make the value of the whole, over units or over time, when some parts are missing. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from enum import StrEnum
from gettext import gettext as _

from tiendo.indicators.courses import DIGITS, STEP
from tiendo.indicators.states import Rollup
from tiendo.indicators.weighing import Weighed, weighted_mean
from tiendo.ui.sentences import Sentence

LARGEST = Decimal(10) ** 18
NAMED = 20  # missing parts that a sentence names before it only counts


class Policy(StrEnum):
    """What a missing part means for the whole: it is counted without it and says so, or it waits for all."""

    PARTIAL = "partial"
    ALL = "all"


@dataclass(frozen=True)
class Part:
    """One unit or one period, in the order of time. A ratio needs both sides, a weighted mean the weight."""

    key: str
    value: Decimal | None = None
    weight: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True)
class Rolled:
    """The value of the whole or the reason for none, from `counted` of `expected` parts; `missing` names the others."""

    value: Decimal | None
    reason: Sentence | None
    counted: int
    expected: int
    missing: tuple[str, ...]

    @property
    def is_partial(self) -> bool:
        return 0 < self.counted < self.expected

    @property
    def note(self) -> Sentence | None:
        """What a reader must know of a value made of some parts only."""
        return _lacking(self.counted, self.expected, self.missing) if self.is_partial else None


def roll_up(
    rule: Rollup, parts: Sequence[Part], policy: Policy = Policy.PARTIAL, scale: Decimal = Decimal(1)
) -> Rolled:
    """The value of the whole, at most 6 decimals. `scale` multiplies a ratio, such as 100 for percent.

    The order of parts matters to `LAST` alone, which takes the last part that has a value. No part with a value gives
    no value, never 0.
    """
    usable = _USABLE.get(rule, _has_value)
    there = [each for each in parts if usable(each)]
    missing = tuple(each.key for each in parts if not usable(each))
    if rule is Rollup.NONE or not there or (missing and policy is Policy.ALL):
        return Rolled(None, _why_none(rule, len(there), len(parts), missing), len(there), len(parts), missing)
    with localcontext(prec=DIGITS):
        found = _RULES[rule](there)
        if isinstance(found, Sentence):
            return Rolled(None, found, len(there), len(parts), missing)
        value = found * scale if rule is Rollup.RATIO else found
        if abs(value) >= LARGEST:
            return Rolled(None, Sentence.of(_("Kết quả quá lớn.")), len(there), len(parts), missing)
        value = value.quantize(STEP, rounding=ROUND_HALF_EVEN)
    return Rolled(value, None, len(there), len(parts), missing)


def _has_value(part: Part) -> bool:
    return part.value is not None


_USABLE: dict[Rollup, Callable[[Part], bool]] = {
    Rollup.WEIGHTED: lambda part: part.value is not None and part.weight is not None,
    Rollup.RATIO: lambda part: part.numerator is not None and part.denominator is not None,
}


def _values(parts: Sequence[Part]) -> list[Decimal]:
    return [each.value for each in parts if each.value is not None]


def _total(parts: Sequence[Part]) -> Decimal:
    return sum(_values(parts), Decimal(0))


def _weighted(parts: Sequence[Part]) -> Decimal | Sentence:
    found = weighted_mean([Weighed(each.key, each.value, each.weight) for each in parts])
    return found.reason or found.value or Decimal(0)


def _ratio(parts: Sequence[Part]) -> Decimal | Sentence:
    """Of the sums: units of different size do not count alike, which is the difference to a mean of ratios."""
    under = sum((each.denominator or Decimal(0) for each in parts), Decimal(0))
    over = sum((each.numerator or Decimal(0) for each in parts), Decimal(0))
    return over / under if under else Sentence.of(_("Tổng mẫu số bằng 0."))


_RULES: dict[Rollup, Callable[[Sequence[Part]], Decimal | Sentence]] = {
    Rollup.SUM: _total,
    Rollup.MEAN: lambda parts: _total(parts) / len(parts),
    Rollup.WEIGHTED: _weighted,
    Rollup.RATIO: _ratio,
    Rollup.LAST: lambda parts: _values(parts)[-1],
    Rollup.MAX: lambda parts: max(_values(parts)),
    Rollup.MIN: lambda parts: min(_values(parts)),
}


def _why_none(rule: Rollup, counted: int, expected: int, missing: tuple[str, ...]) -> Sentence:
    if rule is Rollup.NONE:
        return Sentence.of(_("Chỉ tiêu này không gộp."))
    if not counted:
        return Sentence.of(_("Chưa phần nào có số liệu để gộp."))
    return _lacking(counted, expected, missing)


def _lacking(counted: int, expected: int, missing: tuple[str, ...]) -> Sentence:
    named = ", ".join(missing[:NAMED])
    return Sentence.of(
        _("Mới có {counted} trên {expected} phần; thiếu {missing}."),
        counted=counted,
        expected=expected,
        missing=named if len(missing) <= NAMED else f"{named}…",
    )
