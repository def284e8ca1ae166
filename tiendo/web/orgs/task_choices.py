"""Which of several units a task goes to: by task, by branch of the plan, by the words of a function, by default."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.orgs.queries import units_held_by
from tiendo.orgs.words import fold
from tiendo.plans.holding import holding
from tiendo.plans.models import Assignment, Task

STAYS = "-"  # the choice of leaving a task with the unit that had it
Part = tuple[int, int]  # task id, id of the unit that hands it on


@dataclass(frozen=True)
class Taker:
    """One that tasks may go to; `mark` is what a choice names it by: its code, or STAYS."""

    mark: str
    name: str
    functions: str = ""
    is_default: bool = False


@dataclass(frozen=True)
class TaskLine:
    """A task of a unit that hands on, and where it goes: `own` by a choice for it alone, `to` in the end, `why`."""

    task: Task
    unit: Unit
    field: str
    own: str
    to: Taker
    why: str


@dataclass(frozen=True)
class BranchLine:
    """A branch of the plan, with the choice for all its tasks and the tasks themselves."""

    title: str
    field: str
    chosen: str
    tasks: tuple[TaskLine, ...]


def taken_by(title: str, takers: Sequence[Taker]) -> Taker | None:
    """The one taker whose function is named in the title, by the longest words; None when nobody's or a tie."""
    words = f" {fold(title)} "
    found: dict[int, list[Taker]] = {}
    for taker in takers:
        phrases = [fold(each) for each in taker.functions.replace("\n", ";").split(";")]
        longest = max((len(each) for each in phrases if each and f" {each} " in words), default=0)
        if longest:
            found.setdefault(longest, []).append(taker)
    best = found[max(found)] if found else []
    return best[0] if len(best) == 1 else None


def parts_of(predecessors: Sequence[Unit], on: date, user: User | None) -> list[tuple[Task, Unit]]:
    """Unfinished tasks that each of the units answers for on the day before, as far as the user may see them; all for
    None, which is for recording and never for a page."""
    before = holding(on=on - timedelta(days=1))
    units = {unit.pk: unit for unit in predecessors}
    held = units_held_by(frozenset(units), on=before.on)
    answered = Assignment.objects.in_force().answered_by(held, on=before.on, known=before)
    seen = (Task.objects.visible_to(user) if user else Task.objects.all()).unfinished()
    rows = answered.filter(task__in=seen).order_by("task__plan", "task__position", "task_id", "pk")
    found: dict[Part, tuple[Task, Unit]] = {}
    for row in rows.select_related("task__group", "task__plan"):
        holder = before.of_part(row.task_id, row.unit_id) if row.unit_id else None
        if holder in units:
            found.setdefault((row.task_id, holder), (row.task, units[holder]))
    return list(found.values())


def branches(parts: Sequence[tuple[Task, Unit]], takers: Sequence[Taker], given: Mapping[str, str]) -> list[BranchLine]:
    """The tasks by branch, each with where it goes as things are chosen so far."""
    marks = {taker.mark: taker for taker in takers}
    default = next(taker for taker in takers if taker.is_default)
    found: dict[tuple[int, int | None], list[tuple[Task, Unit]]] = {}
    for task, unit in parts:
        found.setdefault((task.plan_id, task.group_id), []).append((task, unit))
    lines = []
    for (plan, group), own in found.items():
        field = f"c-b-{plan}-{group or 0}"
        chosen = marks.get(given.get(field, ""))
        tasks = tuple(_line(task, unit, chosen, takers, marks, default, given) for task, unit in own)
        first = own[0][0]
        title = first.group.short_title if first.group else _("Nhiệm vụ không thuộc nhóm nào")
        lines.append(BranchLine(f"{first.plan.code}: {title}", field, chosen.mark if chosen else "", tasks))
    return lines


def _line(
    task: Task,
    unit: Unit,
    branch: Taker | None,
    takers: Sequence[Taker],
    marks: Mapping[str, Taker],
    default: Taker,
    given: Mapping[str, str],
) -> TaskLine:
    field = f"c-t-{task.pk}-{unit.pk}"
    own = marks.get(given.get(field, ""))
    named = taken_by(f"{task.title} {task.description}", takers)
    if own:
        to, why = own, _("chọn riêng")
    elif branch:
        to, why = branch, _("theo nhóm")
    elif named:
        to, why = named, _("theo chức năng")
    else:
        to, why = default, _("mặc định")
    return TaskLine(task, unit, field, own.mark if own else "", to, why)


def chosen(lines: Sequence[BranchLine]) -> dict[tuple[int, str], str]:
    """{(task id, code of the unit before): code of the taker} for every task that does not follow the default."""
    return {
        (line.task.pk, line.unit.code): line.to.mark
        for branch in lines
        for line in branch.tasks
        if not line.to.is_default
    }


def ids_of(choices: Mapping[Part, str]) -> dict[Part, int]:
    """The same with the ids of the units, once those that are made exist."""
    codes = {mark for mark in choices.values() if mark != STAYS}
    known = dict(Unit.objects.standing().filter(code__in=codes).values_list("code", "pk"))
    return {part: part[1] if mark == STAYS else known[mark] for part, mark in choices.items()}
