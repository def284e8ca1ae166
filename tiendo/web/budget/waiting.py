"""Lines of finance's queue, each with what it would replace and what would be odd once it stood."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tiendo.budget.models import MoneyKind, MoneyLine
from tiendo.budget.money import Divided, Flag, Kind, Line, flags_of, sums_of
from tiendo.budget.shipped import UNSPLIT
from tiendo.web.budget.shown import divided_words, flag_words

Cell = tuple[int, int, int, int]


@dataclass(frozen=True)
class Waiting:
    """A line, the confirmed amount it would replace, and what is odd with it, in words.

    `replaces` says which amount without sources it would take the place of, even where nothing is odd about that.
    """

    line: MoneyLine
    stands: Decimal | None
    odd: list[str]
    replaces: str = ""


def waiting_rows(lines: Sequence[MoneyLine]) -> list[Waiting]:
    """One row for each line of a page, judged as if the lines of its cell on the page all stood; two queries."""
    confirmed = MoneyLine.objects.filter(task__in={line.task_id for line in lines}, state=MoneyLine.State.CONFIRMED)
    known = list(confirmed.filter(year__in={line.year for line in lines}).select_related("source").order_by("number"))
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
    divided = _divided(line, page, known)
    if divided and divided.missing:
        odd.append(Flag.SPLIT_SHORT)
    return Waiting(line, stands.amount if stands else None, flag_words(odd), divided_words(divided) if divided else "")


def _divided(line: MoneyLine, page: Sequence[MoneyLine], known: Sequence[MoneyLine]) -> Divided | None:
    """What stands without sources and would give way, beside what all sources would then add up to."""
    like = [each for each in [*known, *page] if (*_part(each), each.kind) == (*_part(line), line.kind)]
    whole = next((each for each in like if each.is_current and each.source.code == UNSPLIT), None)
    if whole is None or line.source_id == whole.source_id:
        return None
    waiting = {each.source_id: each.amount for each in like if each.state == MoneyLine.State.ENTERED}
    told = {each.source_id: each.amount for each in like if each.is_current} | waiting
    del told[whole.source_id]
    return Divided(Kind(line.kind), whole.amount, sum(told.values(), Decimal(0)))


def _part(line: MoneyLine) -> tuple[int, int, int]:
    return (line.task_id, line.unit_id, line.year)
