"""Public pages. Each answers from one approved release or from those of all plans; see `released` for what they share.

Lists, search and agencies speak of all plans together; a plan's text, its groups and its numbers stand by themselves.
"""

from collections import defaultdict
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tiendo.orgs.words import fold
from tiendo.plans.finding import words_of
from tiendo.portal.forms import TaskFilter
from tiendo.portal.released import page, released, released_now
from tiendo.portal.sentences import standing
from tiendo.portal.tree import tree_of
from tiendo.publication.models import PublishedTask, Release
from tiendo.publication.queries import Wanted, find_tasks, numbered_releases, released_tasks, released_units

PER_PAGE = 50


@released_now
def home(request: HttpRequest, releases: list[Release]) -> HttpResponse:
    """The numbers of one plan, the one with the newest figures, and where to read of the others."""
    release, plans = releases[0], several(releases)
    states = (release.summary.get("indicators") or {"states": {}})["states"]
    context = {"release": release, "summary": release.summary, "plans": plans, "plan": plans and code_of(release)}
    return page(request, "home", {**context, "indicators_met": states.get("met", 0) + states.get("exceeded", 0)})


@released_now
def search(request: HttpRequest, releases: list[Release]) -> HttpResponse:
    """Tasks and agencies that hold every word typed, with or without Vietnamese marks; else tasks that hold some."""
    typed = request.GET.get("q", "")[:200]
    words = words_of(typed)
    if not words:
        return page(request, "search", {"release": releases[0], "typed": typed, "asked": False})
    found = find_tasks(releases, Wanted(q=typed))
    units = [unit for unit in released_units(releases) if all(word in fold(unit.name) for word in words)]
    context = {"release": releases[0], "typed": typed, "asked": True, "units": units, "is_partial": found.is_partial}
    return page(request, "search", {**context, "page": paged(request, found.rows)})


@released_now
def plan(request: HttpRequest, releases: list[Release], plan: str | None = None) -> HttpResponse:
    """The text of one plan; without a code in the address, of the only one there is, or the list of all."""
    if plan is None and len(releases) > 1:
        return page(request, "plan_list", {"release": releases[0], "plans": releases})
    return plan_text(request, of_plan(releases, plan)[0])


def plan_text(request: HttpRequest, release: Release) -> HttpResponse:
    """The plan as text, each task under the passage that assigns it."""
    tasks = defaultdict(list)
    for task in release.tasks.only("release", "code", "title", "cell", "item_path").order_by("position"):
        tasks[task.item_path].append(task)
    return page(request, "plan", {"release": release, "nodes": tree_of(release.items.all(), tasks)})


@released_now
def group(request: HttpRequest, releases: list[Release], code: str, plan: str | None = None) -> HttpResponse:
    """A group of one plan; an address without the plan means the first plan that has such a group."""
    found = [(each, row) for each in of_plan(releases, plan) for row in each.summary["groups"] if row["code"] == code]
    if not found:
        raise Http404
    release, shown = found[0]
    tasks = paged(request, released_tasks([release], Wanted(group=code)))
    several_plans = several(releases) and code_of(release)
    return page(request, "group", {"release": release, "group": shown, "page": tasks, "plan": several_plans})


@released_now
def unit_list(request: HttpRequest, releases: list[Release]) -> HttpResponse:
    """Agencies by kind, each with its numbers."""
    kinds = defaultdict(list)
    for unit in released_units(releases):
        kinds[unit.kind].append(unit)
    return page(request, "unit_list", {"release": releases[0], "kinds": in_order(kinds)})


@released_now
def unit(request: HttpRequest, releases: list[Release], code: str) -> HttpResponse:
    """What an agency is charged with by name, and apart from it what it shares as a member of a group."""
    shown = released_units(releases, code)
    if not shown:
        raise Http404
    given = paged(request, released_tasks(releases, Wanted(unit=code)))
    shared = paged(request, released_tasks(releases, Wanted(member=code)), "chung", "folded")
    return page(request, "unit", {"release": releases[0], "unit": shown[0], "page": given, "shared": shared})


@released_now
def task_list(request: HttpRequest, releases: list[Release]) -> HttpResponse:
    """Every task, narrowed by state, agency, group or words; the numbers of the first page lead here."""
    form = TaskFilter(releases, request.GET)
    wanted = form.wanted()
    tasks, is_partial = PublishedTask.objects.none(), False
    if wanted:
        found = find_tasks(releases, wanted)
        tasks, is_partial = found.rows, found.is_partial
    context = {"release": releases[0], "form": form, "page": paged(request, tasks), "is_partial": is_partial}
    return page(request, "task_list", context)


@released_now
def task(request: HttpRequest, releases: list[Release], code: str) -> HttpResponse:
    """One task: progress, resources, results, its history, and where each figure comes from."""
    shown = get_object_or_404(PublishedTask, release__in=releases, code=code)
    release = next(release for release in releases if release.pk == shown.release_id)
    sentence = standing(shown.data, localdate(release.data_as_of))
    return page(request, "task", {"release": release, "task": shown, "record": shown.data, "sentence": sentence})


@released_now
def release_list(request: HttpRequest, releases: list[Release]) -> HttpResponse:
    context = {"release": releases[0], "releases": numbered_releases(), "plans": several(releases)}
    return page(request, "release_list", context)


@released
def release(request: HttpRequest, release: Release) -> HttpResponse:
    """A release by its number; old ones stay where they are."""
    return page(request, "release", {"release": release, "summary": release.summary})


@released
def about(request: HttpRequest, release: Release) -> HttpResponse:
    """What is published, how it is counted, and how anybody can check it without us."""
    return page(request, "about", {"release": release, "summary": release.summary})


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines are welcome on public pages; the signed-in side asks to be left alone."""
    lines = ["User-agent: *", "Disallow: /lam-viec/", f"Disallow: {reverse('portal:search')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def several(releases: list[Release]) -> list[Release]:
    """The releases when they are of more than one plan: only then does a page speak of plans."""
    return releases if len(releases) > 1 else []


def code_of(release: Release) -> str:
    return str(release.summary["plan"]["code"])


def of_plan(releases: list[Release], plan: str | None) -> list[Release]:
    """Those of one plan, all without one. Raises Http404 for a plan that is not public."""
    found = [release for release in releases if plan is None or code_of(release) == plan]
    if not found:
        raise Http404
    return found


def paged(
    request: HttpRequest, tasks: "QuerySet[PublishedTask]", key: str = "page", *unread: str
) -> "Page[PublishedTask]":
    """One page of a list, without the whole records or what `unread` names instead; a number out of range gives the
    nearest. `key` is where the address says which page.
    """
    return Paginator(tasks.defer(*(unread or ("data", "folded"))), PER_PAGE).get_page(request.GET.get(key))


def in_order(kinds: dict[str, list[Any]]) -> list[tuple[str, list[Any]]]:
    """The committee first, then departments, then communes, then everybody else; those with tasks are counted."""
    words = {
        "committee": _("Ủy ban nhân dân tỉnh"),
        "department": _("Sở, ban, ngành"),
        "commune": _("Xã, phường"),
        "district": _("Cấp huyện (đến hết tháng 6 năm 2025)"),
        "party": _("Cơ quan Đảng, Mặt trận, đoàn thể"),
        "national": _("Cơ quan trung ương"),
        "other": _("Tổ chức khác"),
    }
    return [(word, kinds[kind]) for kind, word in words.items() if kind in kinds]
