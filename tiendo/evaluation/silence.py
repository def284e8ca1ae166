"""Reports on tasks that were due and never came: what was said before them no longer speaks for the task."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tiendo.evaluation.models import Cycle
from tiendo.reporting.models import Duty, Submission

Said = tuple[int, int]  # task id, period id


@dataclass(frozen=True)
class Heard:
    """Of which tasks something was said in which periods: accepted or waiting for an answer, and sent back."""

    said: frozenset[Said]
    returned: frozenset[Said]

    def misses(self, task_id: int, duty: Duty) -> bool:
        """Nothing was sent at all, or what was sent of the task came back and was left so."""
        key = task_id, duty.period_id
        return key not in self.said and (duty.sent_at is None or key in self.returned)


def unanswered(cycle: Cycle, led: Iterable[tuple[int, Collection[Duty]]]) -> dict[int, list[Duty]]:
    """Task id → those of its lead's reports past due in which nothing was said of it; one query.

    `led`: each task with the reports past due while its lead led it. A report that waits for the coordinator is a word;
    "không phát sinh" is one too.
    """
    heard = _heard(cycle)
    found: dict[int, list[Duty]] = defaultdict(list)
    for task, duties in led:
        found[task] += [duty for duty in duties if heard.misses(task, duty)]
    return found


def _heard(cycle: Cycle) -> Heard:
    plan = cycle.plan_version.plan_id
    rows = Submission.objects.filter(entry__task__plan=plan, entry__duty__period__data_to__lte=cycle.data_to)
    said: dict[bool, set[Said]] = {True: set(), False: set()}
    for task, period, verdict in rows.values_list("entry__task_id", "entry__duty__period_id", "verdict"):
        said[verdict == Submission.Verdict.RETURNED].add((task, period))
    return Heard(frozenset(said[False]), frozenset(said[True]))
