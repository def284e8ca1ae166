"""Who was urged, reminded and told above, and what came of it: of a unit, of a task, and of all units in numbers."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tiendo.orgs.models import Unit
from tiendo.orgs.queries import units_held_by
from tiendo.oversight.urging_history import WAY_WORDS, Line, Way, history_of_task, history_of_unit
from tiendo.oversight.urging_rules import Rules, rule_words
from tiendo.plans.models import Task
from tiendo.reporting.models import Urging
from tiendo.ui.saying import said
from tiendo.web.requests import SignedInRequest


@require_GET
def urging_list(request: SignedInRequest) -> HttpResponse:
    """Every unit with how often it was urged by hand, and how many urgings nobody has heeded; the rules in words."""
    seen = Urging.objects.visible_to(request.user)
    unheeded = Q(urgings__in=Urging.objects.unheeded())
    units = Unit.objects.filter(pk__in=seen.order_by().values("unit")).annotate(
        urged=Count("urgings", distinct=True),
        silent=Count("urgings", filter=unheeded, distinct=True),
        told_above=Count("urgings", filter=Q(urgings__escalated_at__isnull=False), distinct=True),
    )
    context = {"units": units.order_by("-silent", "-urged", "sort_key"), "rules": _rules()}
    return render(request, "web/oversight/urging_list.html", context)


@require_GET
def urging_unit(request: SignedInRequest, code: str) -> HttpResponse:
    """Of one unit, and of the units whose duties it holds today."""
    unit = get_object_or_404(Unit, code=code)
    held = units_held_by(frozenset({unit.pk}), on=timezone.localdate())
    if not request.user.access.reads_everything and not held & request.user.access.held_unit_ids:
        raise Http404
    lines = history_of_unit(held, request.user)
    context = {"unit": unit, "lines": _shown(lines), "counts": _counts(lines), "rules": _rules()}
    return render(request, "web/oversight/urging_unit.html", context)


@require_GET
def urging_task(request: SignedInRequest, code: str) -> HttpResponse:
    task = get_object_or_404(Task.objects.visible_to(request.user), code=code)
    lines = history_of_task(task, request.user)
    context = {"task": task, "lines": _shown(lines), "counts": _counts(lines), "rules": _rules()}
    return render(request, "web/oversight/urging_task.html", context)


def _shown(lines: Sequence[Line]) -> list[tuple[str, Line, str]]:
    """Each with its way and what it is about, in the reader's language."""
    return [(_(WAY_WORDS[line.way]), line, _(line.about)) for line in lines]


def _counts(lines: Sequence[Line]) -> list[tuple[str, int]]:
    ways = [line.way for line in lines]
    return [(_(WAY_WORDS[way]), ways.count(way)) for way in Way]


def _rules() -> list[str]:
    rules = Rules(
        remind=settings.TIENDO_REMIND_DAYS,
        task_late=settings.TIENDO_TASK_LATE_DAYS,
        stale=settings.TIENDO_STALE_DAYS,
        desk=settings.TIENDO_DESK_DAYS,
        escalate=settings.TIENDO_ESCALATE_DAYS,
    )
    return [said(words) for words in rule_words(rules)]
