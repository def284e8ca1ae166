"""Rows of an annex and targets of a clause, as a document's reading left them, turned into indicators to define. Pure.

Nothing is guessed in silence: a row carries in `doubts` what a person should look at before taking it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from gettext import gettext as _
from typing import Any

from tiendo.indicators.aims import Aim, faults
from tiendo.indicators.measures import code_for
from tiendo.indicators.states import Comparator, Direction, Firmness, Measure, Purpose

SIGNS = {
    ">=": Comparator.AT_LEAST,
    ">": Comparator.MORE_THAN,
    "<=": Comparator.AT_MOST,
    "<": Comparator.LESS_THAN,
    "range": Comparator.BETWEEN,
    "growth": Comparator.AT_LEAST,
}
SMALLER_IS_BETTER = {"rank"}
NO_YEAR = _("Văn bản không nói đến năm nào.")
NO_AMOUNT = _("Mục tiêu bằng lời: cần thang mức có tiêu chuẩn, hoặc một con số.")
BARE = _("Con số không có dấu so sánh, đang hiểu là “từ mức này trở lên”; hãy xem lại.")
SEVERAL = _("Có nhiều ngưỡng mà không rõ mỗi ngưỡng cho phạm vi nào.")
NO_UNIT = _("Thiếu đơn vị tính.")
Parts = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Row:
    """One target of the plan. `origin` is its item in the first version, `nth` tells apart the targets of a clause.

    `leads` are codes of units that the document names. A row that is not `ready` has to be completed by hand.
    """

    item: int
    origin: int
    nth: int
    path: str
    name: str
    unit_text: str
    printed: str
    firmness: Firmness
    aims: tuple[Aim, ...]
    leads: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.origin}.{self.nth}"

    @property
    def section(self) -> str:
        """The numbered place in the document, as it is printed there: of several items of one section, the section."""
        return self.path.partition("#")[0]

    @property
    def unit_code(self) -> str:
        """Empty when the document gives no unit of measure."""
        return code_for(self.unit_text) if self.unit_text.strip() else ""

    @property
    def direction(self) -> Direction:
        """Down where smaller is better by its unit or by its sign; up otherwise."""
        falling = any(aim.comparator in (Comparator.AT_MOST, Comparator.LESS_THAN) for aim in self.aims)
        return Direction.DOWN if falling or self.unit_code in SMALLER_IS_BETTER else Direction.UP

    @property
    def measure(self) -> Measure:
        return Measure.LEVEL if NO_AMOUNT in self.doubts else Measure.NUMBER

    @property
    def decimals(self) -> int:
        """As many as the document prints; a share gets one."""
        most = max((_decimals(aim) for aim in self.aims), default=0)
        return max(most, 1) if self.unit_code == "percent" else most

    @property
    def scopes(self) -> tuple[str, ...]:
        """Categories of its thresholds, when it has several."""
        return tuple(dict.fromkeys(aim.category for aim in self.aims if aim.category))

    @property
    def is_ready(self) -> bool:
        return bool(self.aims and self.unit_code) and SEVERAL not in self.doubts


@dataclass(frozen=True)
class Place:
    """Where a row stands: its item, the item's first row, its path and words."""

    item: int
    origin: int
    path: str
    text: str


def annex_row(place: Place, details: Mapping[str, Any]) -> Row:
    """The target of one row of an indicator table; `details` as the import kept them."""
    target = details.get("target") or {}
    leads = tuple(each["unit"] for each in details.get("lead") or () if each.get("unit"))
    return _row(
        place, 0, place.text, details.get("unit_text") or "", str(target.get("raw") or ""),
        target.get("parts") or (), details.get("horizon"), target.get("firm", True), leads,
    )  # fmt: skip


def clause_rows(place: Place, details: Mapping[str, Any], read: Callable[[str], Parts]) -> Iterator[Row]:
    """The targets that the words of a clause set; `read` takes an amount as printed apart, as for a target cell."""
    for nth, target in enumerate(details.get("targets") or ()):
        amount = str(target.get("amount") or "")
        unit = "%" if "%" in amount else ""
        parts = read(amount) if amount else ()
        yield _row(place, nth, target["measure"], unit, amount, parts, target.get("horizon"), target["firm"], ())


def _row(
    place: Place,
    nth: int,
    name: str,
    unit: str,
    printed: str,
    parts: Parts,
    horizon: object,
    firm: bool,
    leads: tuple[str, ...],
) -> Row:
    year, doubts = _year(horizon), []
    if not unit.strip():
        doubts.append(NO_UNIT)
    if not parts:
        doubts.append(NO_AMOUNT)
    elif year is None:
        doubts.append(NO_YEAR)
    if any(part["comparator"] == "=" for part in parts):
        doubts.append(BARE)
    falling = bool(unit.strip()) and code_for(unit) in SMALLER_IS_BETTER
    aims = tuple(_aims(parts, year, printed, firm, falling)) if year else ()
    if len({aim.category for aim in aims}) < len(aims):
        doubts.append(SEVERAL)
        aims = ()
    firmness = Firmness.FIRM if firm else Firmness.ASPIRATIONAL
    return Row(place.item, place.origin, nth, place.path, name, unit, printed, firmness, aims, leads, tuple(doubts))


def _aims(parts: Parts, year: int, printed: str, firm: bool, falling: bool) -> Iterator[Aim]:
    for part in parts:
        try:
            value = Decimal(part["value"])
            upper = Decimal(part["value_to"]) if part.get("value_to") else None
        except InvalidOperation:
            continue
        bare = Comparator.AT_MOST if falling else Comparator.AT_LEAST
        aim = Aim(
            purpose=Purpose.FINAL,
            due_on=date(year, 12, 31),
            value=value,
            comparator=Comparator.BETWEEN if upper is not None else SIGNS.get(part["comparator"], bare),
            upper=upper,
            category=str(part.get("basis") or "") if len(parts) > 1 else "",
            firmness=Firmness.FIRM if firm and part.get("firm", True) else Firmness.ASPIRATIONAL,
            printed=printed,
        )
        if not any(faults(aim)):
            yield aim


def _year(horizon: object) -> int | None:
    """The last year that the horizon names."""
    years = re.findall(r"(?<!\d)20\d\d(?!\d)", str(horizon or ""))
    return int(years[-1]) if years else None


def _decimals(aim: Aim) -> int:
    numbers = [each for each in (aim.value, aim.upper) if each is not None]
    return max(0, *(-int(each.normalize().as_tuple().exponent) for each in numbers))
