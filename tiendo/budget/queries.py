"""Reads of the money ledger: sums by source, group and unit, what is odd, what waits, and the share of the budget."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import holds
from tiendo.budget.dividing import Part, short_of
from tiendo.budget.models import FundingSource, MoneyKind, MoneyLine, MoneyQuerySet, SpendingLine
from tiendo.budget.money import Flag, Kind, Line, Rate, Sums, flags_of, rate_of, sums_of, total_of
from tiendo.budget.permissions import SPENDS, finance_people
from tiendo.budget.share import Basis, Share, Sum, YearSums, headline, shares
from tiendo.budget.shipped import UNSPLIT
from tiendo.orgs.models import Unit, UnitKind
from tiendo.plans.detailing import in_main_plans
from tiendo.plans.holding import Holding, holding
from tiendo.plans.models import Assignment, Task, TaskQuerySet

SUMS = ("year", "basis", "item", "amount", "document")
Heading = tuple[str, str, str]  # what it is ordered by, its key, its words


@dataclass(frozen=True)
class MoneyCell:
    """The official amounts of one task, unit and source in one year, and what is odd about them."""

    task_id: int
    unit_id: int
    source_id: int
    source_code: str
    year: int
    sums: Sums
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class Total:
    """Sums of the cells under one heading; `words` is the heading, `key` what it stands for."""

    key: str
    words: str
    sums: Sums
    rate: Rate


@dataclass(frozen=True)
class Odd:
    """One task and unit with over-spending or falling figures; `source` is None for all sources together."""

    task: Task
    unit: Unit
    source: FundingSource | None
    sums: Sums
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class YearMoney:
    """A year's official money: all together, by source, by group of the plan, by unit, and what is odd.

    `silent` counts the tasks one may see that have no official figure of the year at all.
    """

    year: int
    total: Total
    by_source: list[Total]
    by_group: list[Total]
    by_unit: list[Total]
    odd: list[Odd]
    silent: int

    @property
    def is_empty(self) -> bool:
        return self.total.sums.is_empty


def year_money(user: User, year: int, *, on: date) -> YearMoney:
    """The official money of the tasks one may see, in a constant number of queries."""
    lines = MoneyLine.objects.visible_to(user).filter(year=year, task__plan__under=None)
    cells = cells_of(lines)
    tasks = Task.objects.select_related("group").in_bulk({cell.task_id for cell in cells})
    known = holding(on=on)
    units = Unit.objects.in_bulk({cell.unit_id for cell in cells} | {_answering(cell, known) for cell in cells})
    sources = FundingSource.objects.in_bulk()
    seen = in_main_plans(Task.objects.visible_to(user)).counted().count()
    told = sum(tasks[pk].state != "cancelled" for pk in {cell.task_id for cell in cells})

    def unit_of(cell: MoneyCell) -> Unit:
        return units[_answering(cell, known)]

    return YearMoney(
        year=year,
        total=_total("", "", cells),
        by_source=_by(cells, lambda cell: _of_source(sources[cell.source_id])),
        by_group=_by(cells, lambda cell: _of_group(tasks[cell.task_id])),
        by_unit=_by(cells, lambda cell: (unit_of(cell).sort_key, unit_of(cell).code, unit_of(cell).short_name)),
        odd=[_odd(cell, tasks, units, sources) for cell in odd_cells(cells, short_of(lines))],
        silent=seen - told,
    )


def _answering(cell: MoneyCell, known: Holding) -> int:
    """The unit that answers for the part whose money it is."""
    return known.of_part(cell.task_id, cell.unit_id)


def cells_of(lines: MoneyQuerySet) -> list[MoneyCell]:
    """The cells of the confirmed lines, by task, unit and source; two queries."""
    current: dict[tuple[int, ...], list[Line]] = defaultdict(list)
    codes: dict[int, str] = {}
    rows = lines.current().order_by("task__position", "task_id", "unit__sort_key", "source__position", "source_id")
    named = ("task_id", "unit_id", "source_id", "year")
    for *key, code, kind, amount, as_of in rows.values_list(*named, "source__code", "kind", "amount", "as_of"):
        current[tuple(key)].append(Line(Kind(kind), amount, as_of))
        codes[key[2]] = code
    spent: dict[tuple[int, ...], list[tuple[date, Decimal]]] = defaultdict(list)
    confirmed = lines.filter(state=MoneyLine.State.CONFIRMED, kind=MoneyKind.DISBURSED).order_by("number")
    for *key, as_of, amount in confirmed.values_list(*named, "as_of", "amount"):
        spent[tuple(key)].append((as_of, amount))
    found = []
    for key, held in current.items():
        task, unit, source, year = key
        sums = sums_of(held)
        odd = flags_of(sums, disbursed_before=spent[key])
        found.append(MoneyCell(task, unit, source, codes[source], year, sums, odd))
    return found


def odd_cells(cells: Iterable[MoneyCell], short: Container[Part] = ()) -> list[MoneyCell]:
    """Cells with a flag. Where some money has no source yet, all sources of the task and unit are judged together.

    `short` are the parts whose sources do not make up what was confirmed without them.
    """
    cells = list(cells)
    merged: dict[tuple[int, int, int], list[MoneyCell]] = defaultdict(list)
    for cell in cells:
        merged[cell.task_id, cell.unit_id, cell.year].append(cell)
    found = []
    for (task, unit, year), held in merged.items():
        own = [cell for cell in held if cell.flags]
        found += own
        more = [Flag.SPLIT_SHORT] if (task, unit, year) in short else []
        if len(held) > 1 and any(cell.source_code == UNSPLIT for cell in held):
            known = {flag for cell in own for flag in cell.flags}
            more += [flag for flag in flags_of(merged_sums(held)) if flag not in known]
        found += [MoneyCell(task, unit, 0, "", year, merged_sums(held), tuple(more))] if more else []
    return found


def merged_sums(cells: Iterable[MoneyCell]) -> Sums:
    """Cells together, whatever their sources."""
    return total_of(cell.sums for cell in cells)


def rate_of_cells(cells: Iterable[MoneyCell]) -> Rate:
    """The disbursement rate; sources of one task and unit count together, as one may be told without its sources."""
    merged: dict[tuple[int, int, int], list[MoneyCell]] = defaultdict(list)
    for cell in cells:
        merged[cell.task_id, cell.unit_id, cell.year].append(cell)
    return rate_of(merged_sums(held) for held in merged.values())


def _total(key: str, words: str, cells: list[MoneyCell]) -> Total:
    return Total(key, words, merged_sums(cells), rate_of_cells(cells))


def _by(cells: list[MoneyCell], heading: Callable[[MoneyCell], Heading]) -> list[Total]:
    """Totals under each heading (order, key, words), in order."""
    held: dict[Heading, list[MoneyCell]] = defaultdict(list)
    for cell in cells:
        held[heading(cell)].append(cell)
    return [
        _total(key, words, held[order, key, words]) for order, key, words in sorted(held, key=lambda each: each[:2])
    ]


def _of_source(source: FundingSource) -> Heading:
    return f"{source.position:06}", source.code, source.name


def _of_group(task: Task) -> Heading:
    if task.group is None:
        return "~", "", ""
    return f"{task.group.position:06}", task.group.code, task.group.short_title


def _odd(cell: MoneyCell, tasks: dict[int, Task], units: dict[int, Unit], sources: dict[int, FundingSource]) -> Odd:
    return Odd(tasks[cell.task_id], units[cell.unit_id], sources.get(cell.source_id), cell.sums, cell.flags)


def spending_tasks(user: User) -> TaskQuerySet:
    """Tasks whose money the person may enter: those of their units; of finance, every task that a unit carries out."""
    charged = Assignment.objects.in_force().filter(role__in=SPENDS, unit__isnull=False)
    if not holds(user, Role.FINANCE):
        charged = charged.answered_by(user.access.held_unit_ids)
    return Task.objects.visible_to(user).counted().filter(pk__in=charged.values("task"))


def spending_units(user: User, task: Task) -> list[Unit]:
    """Units of the task whose money the person may enter, the lead first."""
    charged = Assignment.objects.in_force().filter(task=task, role__in=SPENDS, unit__isnull=False)
    if not holds(user, Role.FINANCE):
        charged = charged.answered_by(user.access.held_unit_ids)
    ordered = sorted(charged.select_related("unit"), key=lambda each: (each.role != Assignment.Role.LEAD, each.pk))
    return [each.unit for each in ordered if each.unit is not None]


def sources_in_use(on: date) -> QuerySet[FundingSource]:
    return FundingSource.objects.filter(Q(retired_on=None) | Q(retired_on__gt=on))


def ledger_of(user: User, task: Task) -> list[MoneyLine]:
    """Every line of the task one may see, the newest year first, then by unit, source, kind and number."""
    rows = MoneyLine.objects.visible_to(user).filter(task=task)
    rows = rows.select_related("source", "unit", "entered_by", "decided_by", "evidence")
    order = {kind: place for place, kind in enumerate(MoneyKind.values)}
    found = rows.order_by("-year", "unit__sort_key", "source__position", "number")
    return sorted(found, key=lambda line: (-line.year, line.unit.sort_key, line.source.position, order[line.kind]))


def waiting_for(user: User, *, on: date) -> MoneyQuerySet:
    """Lines the person may confirm: of finance all but one's own; of the coordinator what finance entered."""
    waiting = MoneyLine.objects.visible_to(user).waiting().exclude(entered_by=user)
    if holds(user, Role.FINANCE):
        return waiting
    if not holds(user, Role.COORDINATOR):
        return waiting.none()
    return waiting.filter(entered_by__in=finance_people(on))


@dataclass(frozen=True)
class ShareTable:
    """The 3 % rule of one budget: every year on each basis, and one share a year to draw and to warn by."""

    owner: Unit | None
    rows: list[Share]

    @cached_property
    def headline(self) -> list[Share]:
        return headline(self.rows)

    @property
    def latest(self) -> Share | None:
        """The newest year that gives a share."""
        given = [each for each in self.headline if each.percent is not None]
        return given[-1] if given else None


def budget_owners() -> QuerySet[Unit]:
    """Committees whose budget may be told: those in force."""
    return Unit.objects.standing().filter(kind=UnitKind.COMMITTEE, valid_to=None).order_by("sort_key", "pk")


def share_table(user: User, owner: Unit | None = None) -> ShareTable:
    """The share of one budget; without an owner, of the first committee that stands above the others."""
    owner = owner or budget_owners().filter(parent=None).first() or budget_owners().first()
    if owner is None:
        return ShareTable(None, [])
    lines = SpendingLine.objects.visible_to(user).filter(owner=owner, is_current=True)
    return ShareTable(owner, shares(year_sums(lines.values(*SUMS))))


def year_sums(rows: Iterable[Mapping[str, Any]]) -> list[YearSums]:
    """The two sums of each year and basis, from lines that stand, each as its fields SUMS."""
    found: dict[tuple[int, str], dict[str, Sum]] = defaultdict(dict)
    for row in rows:
        found[row["year"], row["basis"]][row["item"]] = Sum(row["amount"], row["document"])
    items = SpendingLine.Item
    return [
        YearSums(year, Basis(basis), total=sums.get(items.TOTAL), science=sums.get(items.SCIENCE))
        for (year, basis), sums in sorted(found.items())
    ]


def confirmed_sums(
    task_ids: Iterable[int], *, year: int, until: date, confirmed_by: datetime | None = None
) -> dict[int, Sums]:
    """Task id → its official money of the year as it stood: of each cell the newest line confirmed by that moment that
    speaks of a day no later than `until`. Money of no source gives way to money told by source. One query."""
    lines = MoneyLine.objects.filter(task_id__in=list(task_ids), year=year, state=MoneyLine.State.CONFIRMED)
    lines = lines.filter(as_of__lte=until)
    if confirmed_by is not None:
        lines = lines.filter(decided_at__lte=confirmed_by)
    newest: dict[tuple[int, int, str], dict[str, Line]] = defaultdict(dict)
    named = ("task_id", "unit_id", "kind", "source__code", "amount", "as_of")
    for task, unit, kind, source, amount, as_of in lines.order_by("number").values_list(*named):
        newest[task, unit, kind][source] = Line(Kind(kind), amount, as_of)
    found: dict[int, list[Line]] = defaultdict(list)
    for (task, _unit, _kind), by_source in newest.items():
        split = [line for source, line in by_source.items() if source != UNSPLIT]
        found[task] += split or list(by_source.values())
    return {task: sums_of(held) for task, held in found.items()}
