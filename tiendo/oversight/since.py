"""What those who took over did since a change of units: said before the change is undone, or why it cannot be."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from gettext import gettext as _
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware

from tiendo.accounts.models import User
from tiendo.budget.models import MoneyLine
from tiendo.indicators.models import Observation
from tiendo.indicators.states import Standing
from tiendo.orgs.models import Unit, UnitChange
from tiendo.oversight.models import Difficulty, FollowUp, Proposal
from tiendo.plans.holding import Holding, holding
from tiendo.plans.models import Assignment, Task
from tiendo.reporting.models import Submission
from tiendo.ui.sentences import Sentence


@dataclass(frozen=True)
class Since:
    """How many reports they sent on the tasks they took over, those of these tasks the reader may see, what else."""

    reports: int
    tasks: tuple[Task, ...] = ()
    others: tuple[Sentence, ...] = ()


def reported_since(change: UnitChange, user: User) -> Since:
    """What units that stood before the change did from its day on, about tasks it passed to them and in their own name.

    A unit that the change made and that has done any of it keeps the change from being undone; one that stood before
    does not: an undo re-points nothing, and what it did stays done.
    """
    pairs = change.successions.filter(undone_at=None).values_list("predecessor_id", "successor_id")
    handed = change.handovers.filter(undone_at=None).values_list("predecessor_id", "successor_id")
    gone, takers = _apart([*pairs, *handed])
    made = set(Unit.objects.filter(made_by=change).values_list("pk", flat=True))
    takers -= made
    if not takers:
        return Since(0)
    before = holding(on=change.effective_on - timedelta(days=1))
    passed = _tasks_of(gone, before).exclude(pk__in=_tasks_of(takers, before).values("pk"))
    morning = make_aware(datetime.combine(change.effective_on, time()))
    sent = Submission.objects.filter(entry__task__in=passed, entry__duty__unit__in=takers, submitted_at__gte=morning)
    seen = Task.objects.visible_to(user).filter(pk__in=sent.values("entry__task"))
    others = tuple(_others(takers, passed, morning, change.effective_on))
    return Since(sent.count(), tuple(seen.order_by("plan", "position")), others)


def done_by(units: Collection[Unit]) -> list[Sentence]:
    """What stands in the name of these units, each kind with how many; nothing while they have done nothing."""
    sent = Submission.objects.filter(entry__duty__unit__in=units)
    rows = [(_("{n} báo cáo đã gửi"), sent), *_kinds(Q(unit__in=units))]
    return list(_counted(rows))


def _others(takers: set[int], passed: "QuerySet[Task]", morning: datetime, day: date) -> Iterator[Sentence]:
    """Beside reports; a value entered since speaks for the joined unit, whatever the task."""
    about = {
        Difficulty: Q(tasks__in=passed, written_at__gte=morning),
        FollowUp: Q(task__in=passed, made_at__gte=morning),
        Proposal: Q(task__in=passed, written_at__gte=morning),
        Observation: Q(period_end__gte=day, recorded_at__gte=morning),
        MoneyLine: Q(task__in=passed, entered_at__gte=morning),
    }
    rows = [(words, found.filter(about[found.model]).distinct()) for words, found in _kinds(Q(unit__in=takers))]
    return _counted(rows)


def _kinds(theirs: Q) -> list[tuple[str, "QuerySet[Any]"]]:
    values = Observation.objects.exclude(standing=Standing.RETURNED.value)
    money = MoneyLine.objects.exclude(state=MoneyLine.State.RETURNED)
    return [
        (_("{n} khó khăn, vướng mắc"), Difficulty.objects.filter(theirs)),
        (_("{n} việc phải theo dõi"), FollowUp.objects.filter(theirs)),
        (_("{n} đề nghị sửa đổi kế hoạch"), Proposal.objects.filter(theirs)),
        (_("{n} số liệu chỉ tiêu"), values.filter(theirs)),
        (_("{n} dòng kinh phí"), money.filter(theirs)),
    ]


def _counted(rows: list[tuple[str, "QuerySet[Any]"]]) -> Iterator[Sentence]:
    for words, found in rows:
        if number := found.count():
            yield Sentence.of(words, n=number)


def _apart(pairs: list[tuple[int, int]]) -> tuple[set[int], set[int]]:
    return {before for before, _after in pairs}, {after for _before, after in pairs}


def _tasks_of(units: set[int], before: Holding) -> "QuerySet[Task]":
    held = frozenset(unit for each in units for unit in before.held_by(each))
    parts = Assignment.objects.in_force().answered_by(held, known=before)
    return Task.objects.filter(pk__in=parts.values("task"))
