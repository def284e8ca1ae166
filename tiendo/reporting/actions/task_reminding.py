"""The clock asks the units that lead tasks grown late or stale, once for each occasion (R019)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import Fact, record_all
from tiendo.notices.actions import notify_all
from tiendo.notices.kinds import Kind
from tiendo.notices.letters import Letter
from tiendo.plans.holding import holding
from tiendo.plans.models import Assignment, Task, TaskQuerySet
from tiendo.reporting.models import Entry, ExtensionRequest, TaskReminder
from tiendo.reporting.people import people_by_unit
from tiendo.reporting.permissions import can_urge
from tiendo.reporting.workflow import EntryStatus
from tiendo.ui.sentences import Sentence

Occasion = TaskReminder.Occasion
WORDS = {
    Occasion.OVERDUE: gettext_noop("Nhiệm vụ “{task}” đã quá hạn từ sau ngày {day}."),
    Occasion.STALE: gettext_noop("Nhiệm vụ “{task}” chưa có báo cáo nào được tiếp nhận từ ngày {day}."),
}


def remind_of_tasks(*, by: User | None, at: datetime) -> list[TaskReminder]:
    """Ask the people of the unit that leads each unfinished task newly overdue or stale; a second run asks nobody.

    Nobody is asked about what lies elsewhere: while a word on the task waits with the coordinator, or a request for
    more time waits for its decision. A unit with nobody in the house is asked once it has somebody. `by` is None for
    the clock.
    """
    if by is not None:
        require(can_urge(by))
    found = [_remind(occasion, by=by, at=at) for occasion in Occasion if _due(occasion, localdate(at)).exists()]
    return [reminder for reminders in found for reminder in reminders]


@transaction.atomic
def _remind(occasion: Occasion, *, by: User | None, at: datetime) -> list[TaskReminder]:
    on = localdate(at)
    locked = Task.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=_due(occasion, on).values("pk"))
    pks = [task.pk for task in locked.order_by("pk")]
    # Asked again under the lock: another clock may have asked while this one waited.
    tasks = list(_due(occasion, on).filter(pk__in=pks).order_by("pk"))
    leads = _leads(tasks, on)
    people = people_by_unit(set(leads.values()), on=on)
    asked = [task for task in tasks if people.get(leads.get(task.pk, 0))]
    reminders = TaskReminder.objects.bulk_create(
        [_reminder(task, leads[task.pk], occasion, at) for task in asked], batch_size=200
    )
    facts = [
        Fact("reporting.task.remind", f"plans.task:{task.code}", {"occasion": occasion.value, "since": row.since})
        for task, row in zip(asked, reminders, strict=True)
    ]
    record_all(facts, actor=by.username if by else MACHINE, at=at)
    letters = [_letter(task, row, people[row.unit_id]) for task, row in zip(asked, reminders, strict=True)]
    notify_all(letters=letters, by=by, at=at)
    return reminders


def _due(occasion: Occasion, on: date) -> TaskQuerySet:
    """Those to be asked about that were not asked on this occasion, with the day it began as `since`."""
    tasks = Task.objects.filter(Exists(_lead()))
    if occasion == Occasion.OVERDUE:
        late = tasks.open_overdue(on - timedelta(days=settings.TIENDO_TASK_LATE_DAYS - 1)).annotate(since=F("due_on"))
        waiting = ExtensionRequest.objects.waiting().filter(task=OuterRef("pk"))
        tasks = late.filter(~Exists(waiting))
    else:
        tasks = tasks.stale(on).annotate(since=Coalesce("last_accepted_on", "followed_from"))
    asked = TaskReminder.objects.filter(task=OuterRef("pk"), occasion=occasion, since=OuterRef("since"))
    sent = Entry.objects.filter(task=OuterRef("pk"), status=EntryStatus.SUBMITTED, duty__period__closed_at=None)
    return tasks.filter(~Exists(asked), ~Exists(sent))


def _lead() -> QuerySet[Assignment]:
    rows = Assignment.objects.in_force().filter(role=Assignment.Role.LEAD, unit__isnull=False)
    return rows.filter(task=OuterRef("pk"))


def _leads(tasks: Sequence[Task], on: date) -> dict[int, int]:
    """Task id → the unit that answers for its lead that day."""
    rows = Assignment.objects.in_force().filter(task__in=tasks, role=Assignment.Role.LEAD, unit__isnull=False)
    known = holding(on=on)
    return {task: known.of_part(task, unit) for task, unit in rows.values_list("task_id", "unit_id") if unit}


def _reminder(task: Task, unit_id: int, occasion: Occasion, at: datetime) -> TaskReminder:
    since: date = task.since  # type: ignore[attr-defined]
    return TaskReminder(task=task, unit_id=unit_id, occasion=occasion, since=since, sent_at=at)


def _letter(task: Task, reminder: TaskReminder, people: list[User]) -> Letter:
    occasion = Occasion(reminder.occasion)
    return Letter(
        kind=Kind.TASK_LATE,
        to=people,
        sentence=Sentence.of(WORDS[occasion], task=task.title, day=f"{reminder.since:%d/%m/%Y}"),
        url=reverse("plans:task-detail", args=[task.code]),
        about=f"plans.task:{task.code}",
        key=f"plans.task:{task.pk}:{occasion}:{reminder.since:%Y-%m-%d}",
    )
