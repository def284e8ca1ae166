"""Money on the page of one task: official sums by year, the ledger, and what the last report said where it differs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tiendo.accounts.models import User
from tiendo.budget.dividing import divided_short, gave_way
from tiendo.budget.models import MoneyLine
from tiendo.budget.money import Rate, Sums
from tiendo.budget.queries import cells_of, ledger_of, merged_sums, odd_cells, rate_of_cells, spending_units
from tiendo.plans.models import Task
from tiendo.reporting.models import Submission
from tiendo.reporting.prefilling import year_of
from tiendo.web.budget.shown import divided_words, flag_words, rate_words


@dataclass(frozen=True)
class YearPanel:
    """A year of the task: official sums, every line one may see, what is odd, and what a report said otherwise."""

    year: int
    sums: Sums
    rate: Rate
    why: str
    lines: list[MoneyLine]
    odd: list[str]
    divided: list[str]
    gave_way: frozenset[int]
    said: Decimal | None
    said_in: str

    @property
    def waiting(self) -> int:
        return sum(line.state == MoneyLine.State.ENTERED for line in self.lines)


@dataclass(frozen=True)
class MoneyPanel:
    years: list[YearPanel]
    enter_year: int | None


def money_panel(task: Task, user: User, reports: Iterable[Submission], *, on: date) -> MoneyPanel:
    """The newest year first; `reports` are the task's accepted ones."""
    lines, told = ledger_of(user, task), _told(reports)
    years = sorted({line.year for line in lines} | set(told), reverse=True)
    panels = [_year(user, task, year, lines, told.get(year)) for year in years]
    return MoneyPanel(panels, on.year if spending_units(user, task) else None)


def _told(reports: Iterable[Submission]) -> dict[int, Submission]:
    """Budget year → the accepted report that spoke of its money last."""
    spoken = [each for each in reports if each.money_used is not None and each.decided_at is not None]
    spoken.sort(key=lambda each: (each.entry.duty.period.data_to, each.decided_at))
    return {year_of(each.entry.duty.period.data_to): each for each in spoken}


def _year(user: User, task: Task, year: int, lines: list[MoneyLine], told: Submission | None) -> YearPanel:
    cells = cells_of(MoneyLine.objects.visible_to(user).filter(task=task, year=year))
    sums, rate = merged_sums(cells), rate_of_cells(cells)
    held = [line for line in lines if line.year == year]
    short = divided_short(held)
    differs = told is not None and told.money_used != sums.disbursed
    return YearPanel(
        year=year,
        sums=sums,
        rate=rate,
        why=rate_words(rate),
        lines=held,
        odd=flag_words(dict.fromkeys(flag for cell in odd_cells(cells, short) for flag in cell.flags)),
        divided=[divided_words(each) for found in short.values() for each in found],
        gave_way=gave_way(held),
        said=told.money_used if told and differs else None,
        said_in=str(told.entry.duty.period) if told and differs else "",
    )
