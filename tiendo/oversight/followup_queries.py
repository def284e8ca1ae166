"""Reads about things units must do: lists that open from counts, a direction with its items, what waits for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from gettext import gettext as _

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import holds
from tiendo.oversight.followup_workflow import Act, State
from tiendo.oversight.models import Direction, FollowUp, FollowUpQuerySet, FollowUpStep, Meeting, TeamMember
from tiendo.plans.holding import rows_of
from tiendo.plans.models import Task


class Shown(StrEnum):
    """The lists into which items fall; each but ALL is one side of the same count, and none overlap."""

    IN_TIME = "in_time"
    LATE = "late"
    REPORTED = "reported"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    ALL = "all"


SHOWN_WORDS: dict[Shown, str] = {
    Shown.IN_TIME: _("Đang thực hiện"),
    Shown.LATE: _("Quá hạn"),
    Shown.REPORTED: _("Chờ xác nhận"),
    Shown.CLOSED: _("Đã xong"),
    Shown.CANCELLED: _("Thôi theo dõi"),
    Shown.ALL: _("Tất cả"),
}


class Source(StrEnum):
    """From what an item comes; the values name the columns."""

    DIRECTION = "direction"
    INSPECTION = "inspection"
    DIFFICULTY = "difficulty"


SOURCE_WORDS: dict[Source, str] = {
    Source.DIRECTION: _("chỉ đạo"),
    Source.INSPECTION: _("kiểm tra"),
    Source.DIFFICULTY: _("xử lý khó khăn"),
}


def condition_of(shown: Shown, on: date) -> Q:
    """Which items stand in a list on the day."""
    late = Q(state=State.OPEN, due_on__lt=on)
    return {
        Shown.IN_TIME: Q(state=State.OPEN, due_on__gte=on),
        Shown.LATE: late,
        Shown.REPORTED: Q(state=State.REPORTED),
        Shown.CLOSED: Q(state=State.CLOSED),
        Shown.CANCELLED: Q(state=State.CANCELLED),
        Shown.ALL: Q(),
    }[shown]


def counts_of(items: FollowUpQuerySet, on: date) -> Mapping[Shown, int]:
    """How many stand in each list, in one query."""
    # Over the row numbers: a person seen through a team would else be counted once for each place in it.
    rows = FollowUp.objects.filter(pk__in=items.order_by().values("pk"))
    counted = {each.value: Count("pk", filter=condition_of(each, on)) for each in Shown if each != Shown.ALL}
    found = rows.aggregate(all=Count("pk"), **counted)
    return {each: found[each.value] for each in Shown}


@dataclass(frozen=True)
class Narrowed:
    """What a reader asks for; what is not asked narrows nothing."""

    plan_id: int | None = None
    unit_id: int | None = None
    source: str = ""
    words: str = ""


def narrowed(items: FollowUpQuerySet, asked: Narrowed) -> FollowUpQuerySet:
    if asked.plan_id:
        items = items.filter(plan_id=asked.plan_id)
    if asked.unit_id:
        items = items.filter(unit_id=asked.unit_id)
    if asked.source in set(Source):
        items = items.filter(**{f"{asked.source}__isnull": False})
    if asked.words:
        items = items.filter(
            Q(text__icontains=asked.words)
            | Q(direction__text__icontains=asked.words)
            | Q(task__code__iexact=asked.words.strip())
        )
    return items


def for_list(items: FollowUpQuerySet) -> FollowUpQuerySet:
    """With everything a row of a list names, in one query."""
    return items.select_related("unit", "task", "direction__meeting", "inspection", "difficulty")


def to_report(user: User) -> FollowUpQuerySet:
    """What units of the reader still have to do, the nearest day first."""
    held = user.access.held_unit_ids
    mine = rows_of(held, FollowUp.objects.all())
    return FollowUp.objects.filter(mine, state=State.OPEN) if held else FollowUp.objects.none()


def to_confirm(user: User) -> FollowUpQuerySet:
    """What was reported as done and this person may close: never their own unit's, never what they reported."""
    mine = Q()
    if holds(user, Role.COORDINATOR, Role.DECISION_MAKER):
        mine |= Q(inspection=None)
    if user.access.headed_unit_ids:
        mine |= Q(difficulty__authority__in=user.access.headed_unit_ids)
    if holds(user, Role.INSPECTOR):
        mine |= Q(inspection__isnull=False)
    team = TeamMember.objects.filter(inspection=OuterRef("inspection"), user=user, ended_at=None)
    own = FollowUpStep.objects.filter(follow_up=OuterRef("pk"), by=user, act=Act.REPORT)
    rows = FollowUp.objects.filter(state=State.REPORTED).filter(mine | Exists(team) if mine else Exists(team))
    access = user.access
    there = access.held_unit_ids | access.unit_ids | access.signing_unit_ids
    return rows.exclude(unit_id__in=there).exclude(rows_of(there, FollowUp.objects.all())).filter(~Exists(own))


def visible_directions(user: User) -> QuerySet[Direction]:
    """All for those who read everything; a unit those from which it has something to do."""
    if user.access.reads_everything:
        return Direction.objects.all()
    return Direction.objects.filter(pk__in=FollowUp.objects.visible_to(user).values("direction"))


def directions_with_items(directions: QuerySet[Direction], user: User) -> QuerySet[Direction]:
    """Each with `items` the reader may see, in a constant number of queries."""
    items = for_list(FollowUp.objects.visible_to(user)).order_by("due_on", "pk")
    return directions.select_related("meeting__unit", "plan", "recorded_by").prefetch_related(
        Prefetch("follow_ups", queryset=items, to_attr="items")
    )


def items_of_task(task: Task, user: User) -> FollowUpQuerySet:
    """What was asked of any unit about a task, the open ones first."""
    rows = for_list(FollowUp.objects.visible_to(user)).filter(task=task)
    return rows.order_by("ended_at", "due_on", "pk")


def meetings_seen_by(user: User) -> QuerySet[Meeting]:
    """All for those who read everything; a unit its own meetings and those that gave it something to do."""
    if user.access.reads_everything:
        return Meeting.objects.all()
    given = Q(pk__in=FollowUp.objects.visible_to(user).values("direction__meeting"))
    return Meeting.objects.filter(given | Q(unit_id__in=user.access.held_unit_ids))
