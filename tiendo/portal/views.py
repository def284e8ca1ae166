"""Public pages. Each answers from one approved release; see `released` for what they share."""

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
from tiendo.portal.forms import TaskFilter
from tiendo.portal.released import page, released
from tiendo.portal.sentences import standing
from tiendo.portal.tree import tree_of
from tiendo.publication.models import PublishedTask, PublishedUnit, Release
from tiendo.publication.queries import Wanted, numbered_releases, released_tasks, released_units

PER_PAGE = 50


@released
def home(request: HttpRequest, release: Release) -> HttpResponse:
    return page(request, "home", {"release": release, "summary": release.summary})


@released
def search(request: HttpRequest, release: Release) -> HttpResponse:
    """Tasks and agencies that hold every word typed, with or without Vietnamese marks."""
    typed = request.GET.get("q", "")[:200]
    words = fold(typed).split()
    tasks = released_tasks(release, Wanted(q=typed)) if words else release.tasks.none()
    units = [unit for unit in released_units(release) if words and all(w in fold(unit.name) for w in words)]
    context = {"release": release, "typed": typed, "asked": bool(words), "units": units, "page": paged(request, tasks)}
    return page(request, "search", context)


@released
def plan(request: HttpRequest, release: Release) -> HttpResponse:
    """The plan as text, each task under the passage that assigns it."""
    tasks = defaultdict(list)
    for task in release.tasks.only("release", "code", "title", "cell", "item_path").order_by("position"):
        tasks[task.item_path].append(task)
    return page(request, "plan", {"release": release, "nodes": tree_of(release.items.all(), tasks)})


@released
def group(request: HttpRequest, release: Release, code: str) -> HttpResponse:
    found = [group for group in release.summary["groups"] if group["code"] == code]
    if not found:
        raise Http404
    tasks = released_tasks(release, Wanted(group=code))
    return page(request, "group", {"release": release, "group": found[0], "page": paged(request, tasks)})


@released
def unit_list(request: HttpRequest, release: Release) -> HttpResponse:
    """Agencies by kind, each with its numbers."""
    kinds = defaultdict(list)
    for unit in released_units(release):
        kinds[unit.kind].append(unit)
    return page(request, "unit_list", {"release": release, "kinds": in_order(kinds)})


@released
def unit(request: HttpRequest, release: Release, code: str) -> HttpResponse:
    shown = get_object_or_404(PublishedUnit, release=release, code=code)
    tasks = released_tasks(release, Wanted(unit=code))
    return page(request, "unit", {"release": release, "unit": shown, "page": paged(request, tasks)})


@released
def task_list(request: HttpRequest, release: Release) -> HttpResponse:
    """Every task, narrowed by state, agency, group or words; the numbers of the first page lead here."""
    form = TaskFilter(release, request.GET)
    wanted = form.wanted()
    tasks = released_tasks(release, wanted) if wanted else release.tasks.none()
    return page(request, "task_list", {"release": release, "form": form, "page": paged(request, tasks)})


@released
def task(request: HttpRequest, release: Release, code: str) -> HttpResponse:
    """One task: progress, resources, results, its history, and where each figure comes from."""
    shown = get_object_or_404(PublishedTask, release=release, code=code)
    sentence = standing(shown.data, localdate(release.data_as_of))
    return page(request, "task", {"release": release, "task": shown, "record": shown.data, "sentence": sentence})


@released
def release_list(request: HttpRequest, release: Release) -> HttpResponse:
    return page(request, "release_list", {"release": release, "releases": numbered_releases()})


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


def paged(request: HttpRequest, tasks: "QuerySet[PublishedTask]") -> "Page[PublishedTask]":
    """One page of a list, without the whole records; a page number out of range gives the nearest."""
    return Paginator(tasks.defer("data", "folded"), PER_PAGE).get_page(request.GET.get("page"))


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
