"""Weighted means: weights are divided by their sum, whatever it is; what cannot be weighed is left out. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from gettext import gettext as _

from tiendo.indicators.courses import DIGITS
from tiendo.ui.sentences import Sentence


@dataclass(frozen=True)
class Weighed:
    """A value and its weight; either may be missing. `key` names it in messages."""

    key: str
    value: Decimal | None
    weight: Decimal | None


@dataclass(frozen=True)
class WeightedMean:
    """The mean, or the reason why there is none; the keys that counted and those left out."""

    value: Decimal | None
    reason: Sentence | None
    counted: tuple[str, ...]
    left_out: tuple[str, ...]


def weighted_mean(parts: Sequence[Weighed]) -> WeightedMean:
    """The sum of value times weight, divided by the sum of the weights of the values that are there.

    A part without value or without weight is left out and named. No weight at all, a negative one, or a sum of 0 give
    no mean: falling back to equal weights would be another figure under the same name.
    """
    counted = [each for each in parts if each.value is not None and each.weight is not None]
    names = tuple(each.key for each in counted)
    left_out = tuple(each.key for each in parts if each.value is None or each.weight is None)
    negative = [each.key for each in counted if each.weight is not None and each.weight < 0]
    if negative:
        reason = Sentence.of(_("Trọng số của {parts} nhỏ hơn 0."), parts=", ".join(negative))
        return WeightedMean(None, reason, (), left_out)
    if not counted:
        without = all(each.weight is None for each in parts)
        reason = Sentence.of(_("Chưa có trọng số nào.") if without else _("Không phần nào có cả giá trị và trọng số."))
        return WeightedMean(None, reason, (), left_out)
    with localcontext(prec=DIGITS):
        weights = sum((each.weight or Decimal(0) for each in counted), Decimal(0))
        total = sum(((each.value or Decimal(0)) * (each.weight or Decimal(0)) for each in counted), Decimal(0))
        if not weights:
            return WeightedMean(None, Sentence.of(_("Tổng các trọng số bằng 0.")), (), left_out)
        return WeightedMean(total / weights, None, names, left_out)
