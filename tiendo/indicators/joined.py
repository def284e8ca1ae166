"""What a unit of today says of a period from before a change of units, made of those that came to it. Pure.

Nothing stored changes: the figures of then stay under the names of then. They are joined by the indicator's own rule
over units where that rule makes the value of a whole from its parts; of units that were divided nobody knows how much
went where.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from gettext import gettext as _

from tiendo.indicators.figures import Cell, Find, Rule, over_units
from tiendo.indicators.rollups import Policy
from tiendo.indicators.states import Rollup, Status
from tiendo.ui.sentences import Sentence

SOUND = frozenset({Rollup.SUM, Rollup.RATIO, Rollup.WEIGHTED, Rollup.MAX, Rollup.MIN})


@dataclass(frozen=True)
class Joined:
    """The value, or the sentence why it is not computable."""

    value: Decimal | None
    status: Status
    why: Sentence | None = None


def joined(cell: Cell, rule: Rule, whole: Mapping[int, str], divided: Mapping[int, str], find: Find) -> Joined | None:
    """The value of the unit in the cell as one body; None where none of the units it is made of has a figure.

    `whole` and `divided`: number → name of those in force in the period that came to it. A single one that came whole
    is the same body, and its figure is that of the unit.
    """
    parts = {**whole, **divided}
    own = {pk: find(cell._replace(unit_id=pk)) for pk in parts}
    if not any(own.values()):
        return None
    if divided:
        return _not(_("{units} đã chia, tách; không biết phần nào của số liệu về đơn vị này."), divided.values())
    if len(whole) == 1:
        [figure] = own.values()
        assert figure is not None
        return Joined(figure.value, figure.status, None if figure.value is not None else _without(whole.values()))
    if rule.over_units not in SOUND:
        return _not(_("Chỉ tiêu này không cộng gộp được số của {units}."), whole.values())
    made = over_units(cell, replace(rule, policy=Policy.ALL), whole, find)
    return Joined(made.value, made.status, made.no_value) if made else None


def _not(words: str, units: Collection[str]) -> Joined:
    return Joined(None, Status.ESTIMATE, Sentence.of(words, units=", ".join(sorted(units))))


def _without(units: Collection[str]) -> Sentence:
    return Sentence.of(_("{units} không có số liệu."), units=", ".join(units))
