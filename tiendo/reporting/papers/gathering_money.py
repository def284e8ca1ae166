"""Money that finance has confirmed, put in the place of what units reported: the confirmed number is the official one.

A report tells of its year up to its last day of data, and, once its period is closed, only what was confirmed before.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from gettext import gettext as _

from tiendo.budget.money import Sums
from tiendo.budget.queries import confirmed_sums
from tiendo.reporting.models import Period
from tiendo.reporting.papers.consolidation import TaskLine
from tiendo.reporting.prefilling import year_of


def with_confirmed_money(
    lines: Sequence[TaskLine], tasks: Sequence[int], period: Period, *, confirmed_by: datetime | None
) -> list[TaskLine]:
    """The lines with confirmed amounts where there are any, each naming them as its source; one query.

    `tasks` are the ids of the lines' tasks in the same order; what was confirmed after `confirmed_by` is left out.
    """
    last_day = period.data_to - timedelta(days=1)
    known = confirmed_sums(tasks, year=year_of(period.data_to), until=last_day, confirmed_by=confirmed_by)
    return [_line(line, known.get(task)) for line, task in zip(lines, tasks, strict=True)]


def _line(line: TaskLine, sums: Sums | None) -> TaskLine:
    if sums is None or (sums.allocated is None and sums.disbursed is None):
        return line
    assert sums.last_day is not None
    words = _("Sở Tài chính xác nhận, tính đến {day}").format(day=f"{sums.last_day:%d/%m/%Y}")
    return replace(
        line,
        money_used=_first(sums.disbursed, line.money_used),
        money_allocated=_first(sums.allocated, line.money_allocated),
        money_source=words,
    )


def _first(confirmed: Decimal | None, reported: Decimal | None) -> Decimal | None:
    return reported if confirmed is None else confirmed
