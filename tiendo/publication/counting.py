"""The official numbers of a set of tasks: four cells, what needs attention, two named rates. Pure.

Rate (a): completed of all. Rate (b): completed of what had to be done by now, that is completed plus unfinished
overdue; the Government's own task reports appear to use it (domain §4). A rate over nothing is None, never 0 or 100.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from gettext import gettext as _

from tiendo.plans.rates import share

CELLS = ("done_on_time", "done_late", "open_in_time", "open_overdue")
CONCERNS = ("due_soon", "without_lead", "without_report")
NOT_COUNTED = "not_counted"  # the cell of a cancelled task: listed, in none of the four


@dataclass(frozen=True)
class Standing:
    """What counting needs to know of one task."""

    cell: str
    due_soon: bool
    has_lead: bool
    has_report: bool


def count(tasks: Iterable[Standing]) -> dict[str, int]:
    """Every number by its name: CELLS, CONCERNS, "total" (the sum of the cells) and "cancelled"."""
    numbers = dict.fromkeys([*CELLS, *CONCERNS, "total", "cancelled"], 0)
    for task in tasks:
        if task.cell == NOT_COUNTED:
            numbers["cancelled"] += 1
            continue
        numbers["total"] += 1
        numbers[task.cell] += 1
        numbers["due_soon"] += task.due_soon
        numbers["without_lead"] += not task.has_lead
        numbers["without_report"] += not task.has_report
    return numbers


def rates(counts: Mapping[str, int]) -> dict[str, str | None]:
    """Both completion rates in per cent with one decimal as text, or None over nothing."""
    done = counts["done_on_time"] + counts["done_late"]
    return {"of_all": rate(done, counts["total"]), "of_due": rate(done, done + counts["open_overdue"])}


def rate(part: int, whole: int) -> str | None:
    """Per cent by the rule the whole house keeps (`plans.rates`), as text; short of the whole it never reads 100."""
    percent = share(part, whole)
    return None if percent is None else str(percent)


WORDS: dict[str, str] = {
    "total": _("tổng số nhiệm vụ"),
    "done_on_time": _("hoàn thành đúng hạn"),
    "done_late": _("hoàn thành quá hạn"),
    "open_in_time": _("chưa hoàn thành, trong hạn"),
    "open_overdue": _("chưa hoàn thành, quá hạn"),
    "due_soon": _("sắp đến hạn"),
    "without_lead": _("chưa rõ cơ quan chủ trì"),
    "without_report": _("chưa có báo cáo"),
}


@dataclass(frozen=True)
class Change:
    """One number in the last release (None: there was none) and in this one."""

    name: str
    before: int | None
    now: int

    @property
    def label(self) -> str:
        """The Vietnamese message a face translates."""
        return WORDS[self.name]

    @property
    def difference(self) -> int:
        return self.now - (self.before or 0)


def changes(now: Mapping[str, int], before: Mapping[str, int] | None) -> list[Change]:
    """Every number of `now` beside the one of the release before."""
    return [Change(name, before.get(name) if before else None, now[name]) for name in ("total", *CELLS, *CONCERNS)]
