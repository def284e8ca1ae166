"""Lines of finance's queue, each with what it would replace and what would be odd once it stood."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tiendo.budget.models import MoneyKind, MoneyLine
from tiendo.budget.money import Flag, Kind, Line, flags_of, sums_of
from tiendo.web.budget.shown import flag_words

Cell = tuple[int, int, int, int]


@dataclass(frozen=True)
class Waiting:
    """A line, the confirmed amount it would replace, and what is odd with it, in words."""

    line: MoneyLine
    stands: Decimal | None
    odd: list[str]


def waiting_rows(lines: Sequence[MoneyLine]) -> list[Waiting]:
    """One row for each line of a page, judged as if the lines of its cell on the page all stood; two queries."""
    confirmed = MoneyLine.objects.filter(task__in={line.task_id for line in lines}, state=MoneyLine.State.CONFIRMED)
    known = list(confirmed.filter(year__in={line.year for line in lines}).order_by("number"))
    return [_row(line, lines, known) for line in lines]


def _cell(line: MoneyLine) -> Cell:
    return (line.task_id, line.source_id, line.unit_id, line.year)


def _row(line: MoneyLine, page: Sequence[MoneyLine], known: Sequence[MoneyLine]) -> Waiting:
    cell = _cell(line)
    standing = {each.kind: each for each in known if each.is_current and _cell(each) == cell}
    after = standing | {each.kind: each for each in page if _cell(each) == cell}
    sums = sums_of(Line(Kind(each.kind), each.amount, each.as_of) for each in after.values())
    spent = [each for each in known if _cell(each) == cell and each.kind == MoneyKind.DISBURSED]
    dated = [(each.as_of, each.amount) for each in [*spent, *(each for each in [line] if each.kind == "disbursed")]]
    about = {
        MoneyKind.PLANNED: {Flag.ALLOCATED_OVER_PLANNED, Flag.OVER_PLANNED},
        MoneyKind.ALLOCATED: {Flag.ALLOCATED_OVER_PLANNED, Flag.OVER_ALLOCATED},
        MoneyKind.DISBURSED: {Flag.OVER_ALLOCATED, Flag.OVER_PLANNED, Flag.DISBURSED_FELL},
    }[MoneyKind(line.kind)]
    odd = [flag for flag in flags_of(sums, disbursed_before=dated) if flag in about]
    stands = standing.get(line.kind)
    return Waiting(line, stands.amount if stands else None, flag_words(odd))
