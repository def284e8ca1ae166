"""What the signs and functions of a formula mean, for numbers with gaps and for units of measure. Pure.

The same tree is worked out twice: once over `Kind`, to see that what is added and compared measures the same thing, and
for each cell over numbers, where a `Gap` spreads through everything but `coalesce`.
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _

from pint.util import UnitsContainer

from tiendo.ui.sentences import Sentence


@dataclass(frozen=True)
class Gap:
    """What stands where a number would: the codes that lack a value, or a denominator of 0."""

    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """What an expression measures, with words for messages; `number` is known of written numbers alone."""

    dimension: UnitsContainer
    words: str
    number: Decimal | None = None


Amount = Decimal | Gap


def _amounts(work: Callable[..., Amount]) -> Callable[..., Amount]:
    """The same for amounts of which some may be gaps: all codes that are missing are named."""

    def lifted(*amounts: Amount) -> Amount:
        gaps = [each for each in amounts if isinstance(each, Gap)]
        if gaps:
            return Gap(tuple(dict.fromkeys(code for gap in gaps for code in gap.missing)))
        return work(*amounts)

    return lifted


def _divide(one: Decimal, other: Decimal) -> Amount:
    return one / other if other else Gap()


def _power(base: Decimal, exponent: Decimal) -> Amount:
    return Gap() if not base and exponent < 0 else Decimal(1) if not exponent else base**exponent


def _first_there(*amounts: Amount) -> Amount:
    """The first that is a number; when none is, the gap of all."""
    there = [each for each in amounts if not isinstance(each, Gap)]
    return there[0] if there else _amounts(_sum)(*amounts)


def _sum(*numbers: Decimal) -> Decimal:
    return sum(numbers, Decimal(0))


AMOUNT_SIGNS: Mapping[type[ast.AST], Callable[..., Amount]] = {
    ast.Add: _amounts(lambda one, other: one + other),
    ast.Sub: _amounts(lambda one, other: one - other),
    ast.Mult: _amounts(lambda one, other: one * other),
    ast.Div: _amounts(_divide),
    ast.Pow: _amounts(_power),
    ast.USub: _amounts(lambda one: -one),
    ast.UAdd: _amounts(lambda one: one),
}
AMOUNT_FUNCTIONS: Mapping[str, Callable[..., Amount]] = {
    "min": _amounts(lambda *numbers: min(numbers)),
    "max": _amounts(lambda *numbers: max(numbers)),
    "abs": _amounts(abs),
    "sum": _amounts(_sum),
    "mean": _amounts(lambda *numbers: _sum(*numbers) / len(numbers)),
    "coalesce": _first_there,
}


def _alike(*kinds: Kind) -> Kind:
    """The kind that all share; a written 0 is of every kind.

    Raises ValueError, with a sentence, when two differ.
    """
    first, *others = [each for each in kinds if each.number != 0] or kinds[:1]
    for other in others:
        if other.dimension != first.dimension:
            raise ValueError(
                Sentence.of(
                    _("Không cộng, trừ hay so sánh được “{one}” với “{other}”: hai đơn vị đo hai thứ khác nhau."),
                    one=first.words,
                    other=other.words,
                )
            )
    return Kind(first.dimension, first.words)


def _product(one: Kind, other: Kind) -> Kind:
    return Kind(one.dimension * other.dimension, _joined(one, "×", other))


def _quotient(one: Kind, other: Kind) -> Kind:
    return Kind(one.dimension / other.dimension, _joined(one, "/", other))


def _joined(one: Kind, sign: str, other: Kind) -> str:
    """A plain number adds no word to what is measured."""
    if not other.dimension:
        return one.words
    return other.words if not one.dimension and sign == "×" else f"{one.words}{sign}{other.words}"


def _raised(base: Kind, exponent: Kind) -> Kind:
    power = int(exponent.number or 0)
    return Kind(base.dimension**power, f"{base.words}^{power}" if base.dimension else base.words)


def _negative(kind: Kind) -> Kind:
    return Kind(kind.dimension, kind.words, None if kind.number is None else -kind.number)


KIND_SIGNS: Mapping[type[ast.AST], Callable[..., Kind]] = {
    ast.Add: _alike,
    ast.Sub: _alike,
    ast.Mult: _product,
    ast.Div: _quotient,
    ast.Pow: _raised,
    ast.USub: _negative,
    ast.UAdd: lambda kind: kind,
}
KIND_FUNCTIONS: Mapping[str, Callable[..., Kind]] = dict.fromkeys(AMOUNT_FUNCTIONS, _alike)
