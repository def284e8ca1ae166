"""Sums of money and what is odd about them: planned → allocated → disbursed, in whole đồng. Pure.

A kind nobody entered is None, never 0: "no figure" and "nothing spent" are two answers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from gettext import gettext as _
from itertools import pairwise

HUNDREDTH = Decimal("0.01")
MOST_MONEY = Decimal(10) ** 18  # đồng; the ledger holds eighteen digits


class Kind(StrEnum):
    PLANNED = "planned"
    ALLOCATED = "allocated"
    DISBURSED = "disbursed"


KIND_WORDS: dict[Kind, str] = {
    Kind.PLANNED: _("Kế hoạch vốn"),
    Kind.ALLOCATED: _("Đã giao"),
    Kind.DISBURSED: _("Đã giải ngân"),
}


class Flag(StrEnum):
    OVER_ALLOCATED = "over_allocated"
    OVER_PLANNED = "over_planned"
    ALLOCATED_OVER_PLANNED = "allocated_over_planned"
    DISBURSED_FELL = "disbursed_fell"
    SPLIT_SHORT = "split_short"


FLAG_WORDS: dict[Flag, str] = {
    Flag.OVER_ALLOCATED: _("giải ngân vượt số đã giao"),
    Flag.OVER_PLANNED: _("giải ngân vượt kế hoạch vốn, chưa có số giao"),
    Flag.ALLOCATED_OVER_PLANNED: _("số giao vượt kế hoạch vốn"),
    Flag.DISBURSED_FELL: _("số giải ngân thấp hơn số của ngày trước đó"),
    Flag.SPLIT_SHORT: _("các nguồn cộng lại còn thấp hơn số chưa phân nguồn đã xác nhận"),
}


class NoRate(StrEnum):
    """Why no disbursement rate can be given."""

    NO_ALLOCATED = "no_allocated"
    ALLOCATED_ZERO = "allocated_zero"
    NO_DISBURSED = "no_disbursed"


NO_RATE_WORDS: dict[NoRate, str] = {
    NoRate.NO_ALLOCATED: _("không tính được: chưa có số giao"),
    NoRate.ALLOCATED_ZERO: _("không tính được: số giao bằng 0"),
    NoRate.NO_DISBURSED: _("không tính được: chưa có số giải ngân"),
}


@dataclass(frozen=True)
class Line:
    """One amount in đồng; `as_of` is the day up to which it counts."""

    kind: Kind
    amount: Decimal
    as_of: date


@dataclass(frozen=True)
class Sums:
    """The three amounts of one cell or of many together, and the first and last day they speak of."""

    planned: Decimal | None = None
    allocated: Decimal | None = None
    disbursed: Decimal | None = None
    first_day: date | None = None
    last_day: date | None = None

    def of(self, kind: Kind) -> Decimal | None:
        return {Kind.PLANNED: self.planned, Kind.ALLOCATED: self.allocated, Kind.DISBURSED: self.disbursed}[kind]

    @property
    def is_empty(self) -> bool:
        return self.planned is None and self.allocated is None and self.disbursed is None


@dataclass(frozen=True)
class Rate:
    """Disbursed as a percentage of allocated, cut to two decimals, or the reason there is none.

    `silent` cells have an allocation and no disbursed figure: they count as not disbursed, so silence never raises the
    rate. `unallocated` cells have only a disbursed figure: they are left out.
    """

    percent: Decimal | None
    reason: NoRate | None = None
    silent: int = 0
    unallocated: int = 0


@dataclass(frozen=True)
class Divided:
    """An amount confirmed before without its sources, and what the sources told since then add up to, in đồng.

    From the first source on the sources are the official number, so the sum may fall though nothing was spent less.
    """

    kind: Kind
    whole: Decimal
    told: Decimal

    @property
    def missing(self) -> Decimal:
        """What no source accounts for yet; 0 when the sources make up the whole or more."""
        return max(self.whole - self.told, Decimal(0))


def sums_of(lines: Iterable[Line]) -> Sums:
    """Each kind added up; order does not matter; a kind without a line stays None."""
    known: dict[Kind, Decimal] = {}
    days: list[date] = []
    for line in lines:
        known[line.kind] = known.get(line.kind, Decimal(0)) + line.amount
        days.append(line.as_of)
    return Sums(
        planned=known.get(Kind.PLANNED),
        allocated=known.get(Kind.ALLOCATED),
        disbursed=known.get(Kind.DISBURSED),
        first_day=min(days, default=None),
        last_day=max(days, default=None),
    )


def total_of(cells: Iterable[Sums]) -> Sums:
    """Many cells together, as if their lines had been added at once."""
    cells = list(cells)
    return Sums(
        planned=_added(cell.planned for cell in cells),
        allocated=_added(cell.allocated for cell in cells),
        disbursed=_added(cell.disbursed for cell in cells),
        first_day=min((cell.first_day for cell in cells if cell.first_day), default=None),
        last_day=max((cell.last_day for cell in cells if cell.last_day), default=None),
    )


def _added(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def rate_of(cells: Iterable[Sums]) -> Rate:
    """The disbursement rate of one cell, or of many whose allocations are known."""
    cells = [cell for cell in cells if not cell.is_empty]
    held = [cell for cell in cells if cell.allocated is not None]
    silent = sum(cell.disbursed is None for cell in held)
    unallocated = sum(cell.allocated is None and cell.disbursed is not None for cell in cells)
    allocated = sum((cell.allocated for cell in held if cell.allocated is not None), Decimal(0))
    spent = [cell.disbursed for cell in held if cell.disbursed is not None]
    reason = _why_not(held, allocated, spent)
    if reason is not None:
        return Rate(None, reason, silent, unallocated)
    percent = (sum(spent, Decimal(0)) * 100 / allocated).quantize(HUNDREDTH, rounding=ROUND_DOWN)
    return Rate(percent, None, silent, unallocated)


def _why_not(held: list[Sums], allocated: Decimal, spent: list[Decimal]) -> NoRate | None:
    if not held:
        return NoRate.NO_ALLOCATED
    if allocated == 0:
        return NoRate.ALLOCATED_ZERO
    return None if spent else NoRate.NO_DISBURSED


def flags_of(cell: Sums, *, disbursed_before: Iterable[tuple[date, Decimal]] = ()) -> tuple[Flag, ...]:
    """What is odd about one cell. An amount equal to its limit is within it.

    `disbursed_before`: confirmed disbursed amounts of the cell as (day, amount); spending is cumulative, so one that is
    lower than that of an earlier day is odd.
    """
    found: list[Flag] = []
    if _exceeds(cell.disbursed, cell.allocated):
        found.append(Flag.OVER_ALLOCATED)
    if cell.allocated is None and _exceeds(cell.disbursed, cell.planned):
        found.append(Flag.OVER_PLANNED)
    if _exceeds(cell.allocated, cell.planned):
        found.append(Flag.ALLOCATED_OVER_PLANNED)
    if fell(disbursed_before):
        found.append(Flag.DISBURSED_FELL)
    return tuple(found)


def _exceeds(amount: Decimal | None, limit: Decimal | None) -> bool:
    return amount is not None and limit is not None and amount > limit


def fell(dated: Iterable[tuple[date, Decimal]]) -> bool:
    """True when some amount is below that of an earlier day; two of the same day are a correction, not a fall.

    Of one day the amount given last counts.
    """
    by_day: Mapping[date, Decimal] = dict(dated)
    amounts = [by_day[day] for day in sorted(by_day)]
    return any(later < earlier for earlier, later in pairwise(amounts))
