"""The story as it is read back: for each of its days what the house says, and where it is seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.config.story_2025.script import DAYS, PLAN_CODE
from tiendo.orgs.models import Unit
from tiendo.plans.as_at import PlanAsAt
from tiendo.plans.models import Plan, Task
from tiendo.reporting.as_at import plan_at
from tiendo.reporting.models import IssuedReport

NUMBER_WORDS = {
    "total": gettext_noop("tổng số nhiệm vụ"),
    "done_on_time": gettext_noop("hoàn thành đúng hạn"),
    "done_late": gettext_noop("hoàn thành quá hạn"),
    "open_in_time": gettext_noop("chưa hoàn thành, trong hạn"),
    "open_overdue": gettext_noop("chưa hoàn thành, quá hạn"),
}


@dataclass(frozen=True)
class Day:
    """One day: units in force; code of the unit answering as lead → (tasks, finished, overdue); per task its lead and
    deadline; the addresses at which this is seen."""

    on: date
    version: int | None
    units: int
    totals: dict[str, tuple[int, int, int]]
    leads: dict[str, str]
    due: dict[str, date | None]
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Issued:
    """An issued report: its period, the day, its official numbers by name, and where it is seen."""

    period: str
    on: date
    numbers: dict[str, int]
    page: str


def days() -> list[Day]:
    plan = Plan.objects.get(code=PLAN_CODE)
    return [_day(plan, on) for on in DAYS]


def _day(plan: Plan, on: date) -> Day:
    found = plan_at(plan, on, tasks=Task.objects.all())
    tree, card = reverse("orgs:unit-tree"), reverse("plans:plan-as-at", args=[plan.code])
    return Day(
        on=on,
        version=found.version.number if found.version else None,
        units=Unit.objects.in_force(on).count(),
        totals=_totals(found),
        leads=_leads(found),
        due={task.code: task.due_on for task in found.tasks if task.cell},
        pages=(f"{card}?ngay={on:%Y-%m-%d}", f"{tree}?ngay={on:%Y-%m-%d}"),
    )


def _totals(found: PlanAsAt) -> dict[str, tuple[int, int, int]]:
    rows = [row for row in found.by_then_unit() if row.unit]
    return {row.unit.code: (row.total, row.finished, row.overdue) for row in rows if row.unit}


def _leads(found: PlanAsAt) -> dict[str, str]:
    """Tasks that count that day, each with the unit that answers."""
    leads = {task.code: found.unit(task.lead.unit_id) for task in found.tasks if task.lead and task.cell}
    return {code: unit.code for code, unit in leads.items() if unit}


def issued() -> list[Issued]:
    """Reports in the order in which they were issued."""
    rows = IssuedReport.objects.filter(period__plan__code=PLAN_CODE).select_related("period").order_by("issued_at")
    return [
        Issued(
            row.period.name, localdate(row.issued_at), _numbers(row), reverse("reporting:report-detail", args=[row.pk])
        )
        for row in rows
    ]


def _numbers(report: IssuedReport) -> dict[str, int]:
    kept = {each["key"]: each["value"] for each in report.figures}
    return {name: int(kept[name]) for name in NUMBER_WORDS}


def lines() -> Iterator[str]:
    """The story in words, day by day; then the reports."""
    names = dict(Unit.objects.values_list("code", "short_name"))
    for day in days():
        words = _("Ngày {on}: kế hoạch phiên bản {version}, {units} đơn vị đang hoạt động")
        yield words.format(on=f"{day.on:%d/%m/%Y}", version=day.version, units=day.units)
        for code, (total, finished, overdue) in sorted(day.totals.items(), key=lambda each: names[each[0]]):
            said = _("  {unit}: {total} nhiệm vụ, hoàn thành {finished}, quá hạn {overdue} ({tasks})")
            tasks = ", ".join(task.rpartition("-")[2] for task, lead in day.leads.items() if lead == code)
            yield said.format(unit=names[code], total=total, finished=finished, overdue=overdue, tasks=tasks)
        yield from (_("  Xem tại: {page}").format(page=page) for page in day.pages)
    for report in issued():
        numbers = ", ".join(f"{_(NUMBER_WORDS[name])} {value}" for name, value in report.numbers.items())
        words = _("Báo cáo {period}, phát hành {on}: {numbers}")
        yield words.format(period=report.period, on=f"{report.on:%d/%m/%Y}", numbers=numbers)
        yield _("  Xem tại: {page}").format(page=report.page)
