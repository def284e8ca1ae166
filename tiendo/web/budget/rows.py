"""Tasks with their money as rows of a page: this year's official and waiting amounts beside last year's."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tiendo.accounts.models import User
from tiendo.budget.models import MoneyLine
from tiendo.budget.money import Sums
from tiendo.budget.queries import MoneyCell, cells_of, merged_sums
from tiendo.plans.models import Task


@dataclass(frozen=True)
class TaskMoney:
    """One task: official sums of the year and the year before, how many lines wait, how many came back."""

    task: Task
    now: Sums
    before: Sums
    waiting: int
    returned: int


def task_rows(user: User, tasks: Iterable[Task], year: int) -> list[TaskMoney]:
    """The rows of a page of tasks, in a constant number of queries."""
    tasks = list(tasks)
    lines = MoneyLine.objects.visible_to(user).filter(task__in=tasks)
    cells: dict[tuple[int, int], list[MoneyCell]] = defaultdict(list)
    for cell in cells_of(lines.filter(year__in=(year, year - 1))):
        cells[cell.task_id, cell.year].append(cell)
    states: dict[tuple[int, str], int] = defaultdict(int)
    newest = lines.newest().filter(year=year).exclude(state=MoneyLine.State.CONFIRMED)
    for task, state in newest.values_list("task_id", "state"):
        states[task, state] += 1
    return [
        TaskMoney(
            task=task,
            now=merged_sums(cells[task.pk, year]),
            before=merged_sums(cells[task.pk, year - 1]),
            waiting=states[task.pk, MoneyLine.State.ENTERED],
            returned=states[task.pk, MoneyLine.State.RETURNED],
        )
        for task in tasks
    ]
