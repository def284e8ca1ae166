"""Reads of what is public, shared by the portal and the open API: both answer from the same rows at the same moment."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from tiendo.accounts.models import User
from tiendo.plans.detailing import main_plans
from tiendo.plans.finding import Found, find, holding_all, words_of
from tiendo.plans.models import Plan, Task
from tiendo.publication.counting import CELLS, NOT_COUNTED, Change, changes
from tiendo.publication.models import PublishedTask, PublishedUnit, Release
from tiendo.publication.snapshot import take_snapshot

LISTS = (*CELLS, "due_soon", "without_lead", "without_report")
NEWEST_FIRST = ("-release__data_as_of", "-release__number")
IN_ORDER = (*NEWEST_FIRST, "position")


def current_releases() -> list[Release]:
    """What is public now: the newest approved release of each plan, the one with the newest figures first.

    By figures, not by number: an older plan's correction must not push a newer plan aside.
    """
    return list(Release.objects.current().select_related("corrects"))


def latest_release(plan: Plan | None = None) -> Release:
    """The first of the current releases, or the one of this plan. Raises Release.DoesNotExist before the first one."""
    releases = Release.objects.approved().select_related("corrects")
    return (releases.filter(plan=plan) if plan else releases).latest("data_as_of", "number")


def numbered_release(number: int) -> Release:
    """Approved, or withdrawn and then to be answered as gone. Raises Release.DoesNotExist for a number never given."""
    return Release.objects.numbered().select_related("corrects", "replaced_by").get(number=number)


def approved_releases() -> QuerySet[Release]:
    """Newest first."""
    return Release.objects.approved().order_by("-number")


def numbered_releases() -> QuerySet[Release]:
    """Approved and withdrawn ones, newest first."""
    return Release.objects.numbered().select_related("corrects", "replaced_by").order_by("-number")


def releases_naming(task: Task) -> list[Release]:
    """Approved releases that hold the task, newest first."""
    named = PublishedTask.objects.filter(code=task.code).values("release")
    return list(Release.objects.approved().filter(plan=task.plan_id, pk__in=named).order_by("-data_as_of", "-number"))


def names_hidden_task(release: Release) -> bool:
    """Whether a task that may no longer be named in public stands in the snapshot."""
    hidden = Task.objects.filter(plan=release.plan_id).exclude(not_public_reason=None)
    return release.tasks.filter(code__in=hidden.values("code")).exists()


def releases_for(user: User) -> QuerySet[Release]:
    """What the signed-in page lists, newest first."""
    return Release.objects.visible_to(user).select_related("plan", "proposed_by", "decided_by")


def changes_since_last(release: Release) -> list[Change]:
    """The numbers of a release beside those of the one public before it."""
    earlier = Release.objects.approved().filter(plan=release.plan_id, data_as_of__lt=release.data_as_of)
    last = earlier.order_by("-number").first()
    return changes(release.summary["counts"], last.summary["counts"] if last else None)


@dataclass(frozen=True)
class Preview:
    """What a proposal made now would freeze."""

    plan: Plan
    summary: dict[str, Any]
    changes: list[Change]


def preview(plan: Plan, *, at: datetime) -> Preview:
    """The numbers as they would be released now, beside those of the last release."""
    summary = take_snapshot(plan, at=at).summary
    last = Release.objects.approved().filter(plan=plan).order_by("-number").first()
    return Preview(plan, summary, changes(summary["counts"], last.summary["counts"] if last else None))


def plans_to_release(user: User) -> QuerySet[Plan]:
    """Plans with an accepted text and no proposal waiting; plans of units are part of no release."""
    waiting = Release.objects.filter(status=Release.Status.PROPOSED).values("plan")
    plans = main_plans(Plan.objects.visible_to(user))
    return plans.filter(versions__isnull=False).exclude(pk__in=waiting).distinct()


@dataclass(frozen=True)
class Wanted:
    """What a reader asks of the task list; None leaves that side open."""

    q: str = ""
    group: str | None = None
    unit: str | None = None
    lead: str | None = None
    state: str | None = None
    cell: str | None = None  # one of LISTS
    plan: str | None = None
    member: str | None = None  # a unit that shares the task as a member of a group


def released_tasks(releases: Iterable[Release], wanted: Wanted = Wanted()) -> QuerySet[PublishedTask]:
    """Tasks of the releases that answer every part of the question, plan by plan in the plan's order."""
    exact = {
        "group_code": wanted.group,
        "lead_code": wanted.lead,
        "state": wanted.state,
        "release__plan__code": wanted.plan,
    }
    tasks = PublishedTask.objects.filter(release__in=releases).order_by(*IN_ORDER)
    tasks = tasks.filter(**{name: value for name, value in exact.items() if value})
    if wanted.unit:
        tasks = tasks.filter(unit_codes__contains=f"|{wanted.unit}|")
    if wanted.member:
        tasks = tasks.filter(shared_codes__contains=f"|{wanted.member}|")
    tasks = holding_all(tasks, words_of(wanted.q))
    return in_list(tasks, wanted.cell) if wanted.cell else tasks


def find_tasks(releases: Iterable[Release], wanted: Wanted) -> Found[QuerySet[PublishedTask]]:
    """As `released_tasks`, best first, and when no task holds every word those that hold some."""
    return find(released_tasks(releases, replace(wanted, q="")), wanted.q, *IN_ORDER)


def in_list(tasks: QuerySet[PublishedTask], name: str) -> QuerySet[PublishedTask]:
    """The tasks behind one number of LISTS. Raises KeyError for another name."""
    if name in CELLS:
        return tasks.filter(cell=name)
    counted = tasks.exclude(cell=NOT_COUNTED)
    return {
        "due_soon": counted.filter(side="due_soon"),
        "without_lead": counted.filter(lead_name=None),
        "without_report": counted.filter(updated_on=None),
    }[name]


def released_units(releases: list[Release], code: str | None = None) -> list[PublishedUnit]:
    """Each agency once, or the one asked for, in Vietnamese order of their names.

    It is named as the first release that has it does; its numbers are those of all releases together.
    """
    place = {release.pk: number for number, release in enumerate(releases)}
    rows = PublishedUnit.objects.filter(release__in=releases, **({"code": code} if code else {}))
    units: dict[str, PublishedUnit] = {}
    for row in sorted(rows, key=lambda row: place[row.release_id]):
        shown = units.setdefault(row.code, row)
        if shown is not row:
            names = shown.counts.keys() | row.counts.keys()  # an older release has fewer
            shown.counts = {name: shown.counts.get(name, 0) + row.counts.get(name, 0) for name in names}
    return sorted(units.values(), key=lambda unit: (unit.sort_key, unit.pk))
