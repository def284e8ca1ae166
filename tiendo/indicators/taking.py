"""What the plan in force says beside what is measured already: proposals for a person to take (R041)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from gettext import gettext as _

from django.db.models import Prefetch, QuerySet

from tiendo.indicators.aims import Aim
from tiendo.indicators.models import Indicator, TargetLine
from tiendo.indicators.points import aim_of
from tiendo.indicators.rows import Parts, Place, Row, annex_row, clause_rows
from tiendo.plans.models import ItemKind, Plan, PlanItem

NTH = re.compile(r"_(?P<nth>[0-9]+)$")


class Change(StrEnum):
    """What taking a proposal would do."""

    NEW = "new"
    TARGET = "target"
    SAME = "same"


CHANGE_WORDS: dict[Change, str] = {
    Change.NEW: _("chưa theo dõi"),
    Change.TARGET: _("mục tiêu đã đổi"),
    Change.SAME: _("đã theo dõi"),
}


@dataclass(frozen=True)
class Proposal:
    """A target of the plan, the indicator that measures it already, and what the ledger says at the same places."""

    row: Row
    indicator: Indicator | None
    change: Change
    was: tuple[Aim, ...] = ()


def proposals(plan: Plan, read: Callable[[str], Parts]) -> list[Proposal]:
    """Every target of the plan's latest version, in reading order. `read` takes printed amounts of clauses apart."""
    known = _known(plan)
    return [_proposal(row, known.get((row.origin, row.nth))) for row in rows_of(plan, read)]


def rows_of(plan: Plan, read: Callable[[str], Parts]) -> list[Row]:
    """Targets of the latest version: rows of its indicator tables, and amounts set by the words of its clauses."""
    found: list[Row] = []
    for item in plan.version.items.exclude(kind__in=[ItemKind.SECTION, ItemKind.TASK_ROW]).order_by("position"):
        place = Place(item.pk, item.origin_id or item.pk, item.path, item.text)
        if item.kind == ItemKind.INDICATOR_ROW:
            found.append(annex_row(place, item.details))
        else:
            found.extend(clause_rows(place, item.details, read))
    return found


def gone(plan: Plan) -> QuerySet[Indicator]:
    """Indicators in use whose row or clause the latest version no longer has: a person decides what becomes of them."""
    there = plan.version.items.all()
    firsts = [origin or pk for pk, origin in there.values_list("pk", "origin_id")]
    missing = PlanItem.objects.filter(version__plan=plan).exclude(pk__in=firsts).exclude(origin__in=firsts)
    return Indicator.objects.in_use().filter(plan=plan, item__in=missing.exclude(version=plan.version))


def code_for_row(plan: Plan, row: Row, letter: str = "") -> str:
    """The code a new indicator gets: the plan's, the path of its row, and which of several targets it is."""
    path = re.sub(r"[^A-Za-z0-9.-]+", ".", row.path).strip(".")
    return f"{plan.code}.{path}"[:50] + letter + (f"_{row.nth + 1}" if row.nth else "")


def _known(plan: Plan) -> dict[tuple[int, int], Indicator]:
    """First row of an item and place among its targets → the indicator that was taken from there."""
    lines = TargetLine.objects.in_force().filter(unit=None)
    rows = Indicator.objects.filter(plan=plan, item__isnull=False).select_related("item")
    found: dict[tuple[int, int], Indicator] = {}
    for indicator in rows.prefetch_related(Prefetch("targets", queryset=lines, to_attr="in_force")):
        assert indicator.item is not None
        nth = NTH.search(indicator.code)
        place = indicator.item.origin_id or indicator.item_id or 0, int(nth["nth"]) - 1 if nth else 0
        found.setdefault(place, indicator)
    return found


def _proposal(row: Row, indicator: Indicator | None) -> Proposal:
    if indicator is None:
        return Proposal(row, None, Change.NEW)
    lines: list[TargetLine] = indicator.in_force  # type: ignore[attr-defined]
    now = {aim.place: aim for aim in map(aim_of, lines)}
    was = tuple(now[aim.place] for aim in row.aims if aim.place in now)
    same = all(aim.place in now and _alike(now[aim.place], aim) for aim in row.aims)
    return Proposal(row, indicator, Change.SAME if same else Change.TARGET, was)


def _alike(one: Aim, other: Aim) -> bool:
    """The same threshold and firmness, whatever words were printed beside it."""
    return one.says[:-1] == other.says[:-1]
