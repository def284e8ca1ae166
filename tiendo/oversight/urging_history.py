"""Every urging by hand, reminder by rule and word to those above, with its answer, of a unit or of a task (R019)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from gettext import gettext as _
from typing import Any

from django.conf import settings
from django.db.models import Min, OuterRef, Q, Subquery
from django.urls import reverse

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.oversight.followup_workflow import Act
from tiendo.oversight.models import FollowUpStep
from tiendo.plans.models import Task
from tiendo.plans.queries import openable
from tiendo.reporting.models import Reminder, Stay, Submission, TaskReminder, Urging

MOST = 200  # lines of a page, the newest


class Way(StrEnum):
    """How the word was said: by a person, by a rule, or by a rule to those above."""

    HAND = "hand"
    RULE = "rule"
    ABOVE = "above"


WAY_WORDS: dict[Way, str] = {
    Way.HAND: _("Đôn đốc"),
    Way.RULE: _("Hệ thống nhắc"),
    Way.ABOVE: _("Báo lên cấp trên"),
}
REPORT, TASK, DESK, FOLLOW_UP = _("báo cáo"), _("nhiệm vụ"), _("báo cáo nằm lâu một nơi"), _("việc được giao")


@dataclass(frozen=True)
class Line:
    """One word said: when, how, to which unit, about what, by whom (empty for the clock), and the answer to it.

    `url` is empty where the reader may not open it. `seen_at` is when somebody of the unit confirmed reading it;
    `answered_at` when what was asked for came.
    """

    at: datetime
    way: Way
    unit: Unit
    about: str
    subject: str
    url: str
    said: str = ""
    by: str = ""
    task: str = ""  # the code of the one it is about, whose page `url` opens
    seen_at: datetime | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True)
class _Scope:
    """Whose words: of these units (None: of any), about this task (None: about anything)."""

    unit_ids: frozenset[int] | None
    task: Task | None

    def of(self, unit: str, task: str = "") -> Q:
        """The condition on rows that name the unit and the task by these columns."""
        found = Q() if self.unit_ids is None else Q(**{f"{unit}__in": self.unit_ids})
        return found & Q(**{task: self.task}) if task and self.task else found


def history_of_unit(unit_ids: Iterable[int], user: User) -> Sequence[Line]:
    """Of the units with these ids, the newest first; a reader who does not read everything sees their own units'."""
    seen = frozenset(unit_ids)
    own = seen if user.access.reads_everything else seen & user.access.held_unit_ids
    scope = _Scope(own, None)
    found = [*_urgings(scope), *_task_reminders(scope), *_follow_ups(scope), *_reminders(scope), *_stays(scope)]
    return _linked(_newest(found), user)


def history_of_task(task: Task, user: User) -> Sequence[Line]:
    """About one task, the newest first; of other units only for those who read everything."""
    scope = _Scope(None if user.access.reads_everything else user.access.held_unit_ids, task)
    return _newest([*_urgings(scope), *_task_reminders(scope), *_follow_ups(scope)])


def _linked(lines: Sequence[Line], user: User) -> Sequence[Line]:
    """A task that was handed elsewhere since is named without a link, in one query for all."""
    opened = openable(user, (line.task for line in lines))
    return [replace(line, url="") if line.task and line.task not in opened else line for line in lines]


def _newest(lines: Iterable[Line]) -> Sequence[Line]:
    return sorted(lines, key=lambda line: line.at, reverse=True)[:MOST]


def _urgings(scope: _Scope) -> Iterable[Line]:
    rows = Urging.objects.filter(scope.of("unit_id", "task"))
    rows = rows.annotate(sent_after=_first_word("task", "sent_at"))
    for row in rows.select_related("unit", "duty__period", "task", "sent_by").order_by("-sent_at")[:MOST]:
        about, subject, url = _of_urging(row)
        answered = row.sent_after  # type: ignore[attr-defined]
        if row.duty and row.duty.sent_at and row.duty.sent_at >= row.sent_at:
            answered = row.duty.sent_at
        common: dict[str, Any] = {"seen_at": row.seen_at, "answered_at": answered}
        common["task"] = row.task.code if row.task else ""
        yield Line(row.sent_at, Way.HAND, row.unit, about, subject, url, row.message, row.sent_by.full_name, **common)
        if row.escalated_at:
            yield Line(row.escalated_at, Way.ABOVE, row.unit, about, subject, url, **common)


def _of_urging(row: Urging) -> tuple[str, str, str]:
    if row.task:
        return TASK, row.task.title, reverse("plans:task-detail", args=[row.task.code])
    return REPORT, row.duty.period.name if row.duty else "", reverse("reporting:duty-detail", args=[row.duty_id])


def _first_word(task: str, since: str) -> Subquery:
    """When the unit to which the word was said first sent a report on the task after it; another's answers nothing."""
    told = Submission.objects.filter(entry__task=OuterRef(task), entry__duty__unit=OuterRef("unit"))
    told = told.filter(submitted_at__gte=OuterRef(since)).order_by()
    return Subquery(told.values("entry__task").annotate(first=Min("submitted_at")).values("first")[:1])


def _task_reminders(scope: _Scope) -> Iterable[Line]:
    rows = TaskReminder.objects.filter(scope.of("unit_id", "task"))
    rows = rows.annotate(sent_after=_first_word("task", "sent_at"))
    for row in rows.select_related("unit", "task").order_by("-sent_at")[:MOST]:
        url = reverse("plans:task-detail", args=[row.task.code])
        said, answered = str(row.get_occasion_display()), row.sent_after
        yield Line(
            row.sent_at, Way.RULE, row.unit, TASK, row.task.title, url, said, task=row.task.code, answered_at=answered
        )


def _follow_ups(scope: _Scope) -> Iterable[Line]:
    told = FollowUpStep.objects.filter(follow_up=OuterRef("follow_up"), act=Act.REPORT, at__gte=OuterRef("at"))
    steps = FollowUpStep.objects.filter(act=Act.ESCALATE).annotate(told=Subquery(told.order_by("at").values("at")[:1]))
    steps = steps.filter(scope.of("follow_up__unit_id", "follow_up__task"))
    for step in steps.select_related("follow_up__unit").order_by("-at")[:MOST]:
        item = step.follow_up
        url, answered = reverse("oversight:follow-up-detail", args=[item.pk]), step.told
        yield Line(step.at, Way.ABOVE, item.unit, FOLLOW_UP, item.text, url, answered_at=answered)


def _reminders(scope: _Scope) -> Iterable[Line]:
    rows = Reminder.objects.filter(scope.of("duty__unit_id")).select_related("duty__unit", "duty__period")
    for row in rows.order_by("-sent_at")[:MOST]:
        duty = row.duty
        answered = duty.sent_at if duty.sent_at and duty.sent_at >= row.sent_at else None
        url = reverse("reporting:duty-detail", args=[duty.pk])
        yield Line(row.sent_at, Way.RULE, duty.unit, REPORT, duty.period.name, url, answered_at=answered)
        if row.days_before == min(settings.TIENDO_REMIND_DAYS) < 0 and _was_unsent(row):
            yield Line(row.sent_at, Way.ABOVE, duty.unit, REPORT, duty.period.name, url, answered_at=answered)


def _was_unsent(row: Reminder) -> bool:
    """Those above were told with the last mark, unless the report had been sent once before."""
    first = row.duty.first_sent_at
    return first is None or first >= row.sent_at


def _stays(scope: _Scope) -> Iterable[Line]:
    """A report that lay too long: first whoever had it was asked, then those above; answered by leaving the desk."""
    rows = Stay.objects.exclude(warned_at=None, escalated_at=None).filter(scope.of("duty__unit_id"))
    for row in rows.select_related("duty__unit", "duty__period").order_by("-arrived_at")[:MOST]:
        url = reverse("reporting:duty-detail", args=[row.duty_id])
        for way, at in ((Way.RULE, row.warned_at), (Way.ABOVE, row.escalated_at)):
            if at:
                yield Line(at, way, row.duty.unit, DESK, row.duty.period.name, url, answered_at=row.left_at)
