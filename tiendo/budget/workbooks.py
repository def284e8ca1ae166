"""The year's sheet of finance, from and to stored rows."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.budget.ledger import Wanted
from tiendo.budget.models import FundingSource, MoneyLine
from tiendo.budget.money import Kind
from tiendo.budget.permissions import SPENDS
from tiendo.budget.queries import sources_in_use
from tiendo.budget.sheets import Known, MoneyRow, RowMoney, read_sheet, write_sheet
from tiendo.orgs.words import fold
from tiendo.plans.models import Assignment, Task, TaskQuerySet


def year_workbook(user: User, year: int, *, at: datetime, on: date, illustrative: bool) -> bytes:
    """Every task and unit that carries it out, with what the ledger holds last of each source; `on` is today."""
    note = _(
        "Mỗi dòng là một nhiệm vụ, một cơ quan, một nguồn. Ô số tiền để trống thì số đang có được giữ nguyên. "
        "Số tiền tính bằng đồng; đã giải ngân là lũy kế từ đầu năm."
    )
    if illustrative:
        note = _("DỮ LIỆU MINH HỌA. ") + note
    sources = [source.name for source in sources_in_use(on)]
    return write_sheet(_rows(user, year), year=year, sources=sources, made_at=at, note=note)


def _rows(user: User, year: int) -> list[MoneyRow]:
    charged = _charged(Task.objects.visible_to(user).counted())
    held: dict[tuple[int, int], dict[FundingSource, dict[str, MoneyLine]]] = defaultdict(lambda: defaultdict(dict))
    lines = MoneyLine.objects.visible_to(user).newest().filter(year=year).exclude(state=MoneyLine.State.RETURNED)
    for line in lines.select_related("source").order_by("source__position", "source__code"):
        held[line.task_id, line.unit_id][line.source][line.kind] = line
    found = []
    for each in charged:
        assert each.unit is not None
        by_source = held.get((each.task_id, each.unit.pk))
        for source, known in by_source.items() if by_source else [(None, {})]:
            found.append(_row(each, source, known))
    return found


def _charged(tasks: TaskQuerySet) -> list[Assignment]:
    """Who carries out which of the tasks, in the plan's order, the lead first."""
    rows = Assignment.objects.in_force().filter(task__in=tasks, role__in=SPENDS, unit__isnull=False)
    rows = rows.select_related("task", "unit").order_by("task__plan", "task__position", "pk")
    return sorted(rows, key=lambda each: (each.task.plan_id, each.task.position, each.role != Assignment.Role.LEAD))


def _row(assignment: Assignment, source: FundingSource | None, known: dict[str, MoneyLine]) -> MoneyRow:
    task, unit = assignment.task, assignment.unit
    assert unit is not None
    return MoneyRow(
        task=task.code,
        title=task.title,
        unit=unit.code,
        unit_name=unit.short_name,
        source=source.name if source else "",
        amounts={Kind(kind): line.amount for kind, line in known.items()},
        as_of=max((line.as_of for line in known.values()), default=None),
        document=next((line.document for line in known.values() if line.document), ""),
    )


def read_workbook(data: bytes, user: User, *, on: date) -> list[RowMoney]:
    """The rows of a sheet that came back. Raises Unreadable or BadRows."""
    tasks = Task.objects.visible_to(user).counted()
    charged = Assignment.objects.in_force().filter(task__in=tasks, role__in=SPENDS, unit__isnull=False)
    pairs = list(charged.values_list("task_id", "unit_id", "unit__code"))
    sources = list(sources_in_use(on))
    known = Known(
        tasks=dict(tasks.values_list("code", "pk")),
        units={code: pk for _task, pk, code in pairs if pk is not None},
        sources={fold(name): each.pk for each in sources for name in (each.name, each.code)},
        charged=frozenset((task, unit) for task, unit, _code in pairs if unit is not None),
    )
    return read_sheet(data, known, on=on)


def wanted_of(rows: Iterable[RowMoney], *, year: int, by: User) -> list[Wanted]:
    """One wanted line for each amount; `actions.enter_rows` passes over those that the ledger holds already."""
    return [
        Wanted(row.task_id, row.source_id, row.unit_id, year, kind.value, amount, row.as_of, by, row.document, row.note)
        for row in rows
        for kind, amount in row.amounts.items()
    ]
