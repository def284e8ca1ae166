"""Lịch sử: everything that happened to one task, by kind, each line with its act and its document."""

from collections import Counter

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tiendo.accounts.permissions import can_see_audit
from tiendo.plans.models import Task
from tiendo.plans.queries import task_for_page
from tiendo.plans.timeline import KIND_WORDS, Kind
from tiendo.ui.saying import said
from tiendo.web.audit.words import lines_of
from tiendo.web.plans.history.gathering import Shown, event_of, history_of
from tiendo.web.requests import SignedInRequest

PAGE = 50


@require_GET
def task_history(request: SignedInRequest, code: str) -> HttpResponse:
    """Every line this person may see; `loai` narrows them to one kind."""
    task = _task(request, code)
    found = history_of(task, request.user)
    chosen = request.GET.get("loai", "")
    shown = [line for line in found if line.kind == chosen] if chosen in set(Kind) else found
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    context = {"task": task, "page": page, "kinds": _kinds(found), "chosen": chosen, "total": len(found)}
    return render(request, "web/plans/task_history_page.html", context)


@require_GET
def task_act_record(request: SignedInRequest, code: str, seq: int) -> HttpResponse:
    """The act behind a line, as the log keeps it: for those who see the line."""
    task = _task(request, code)
    event = event_of(task, request.user, seq)
    if event is None:
        raise Http404
    (line,) = lines_of([event])
    context = {"task": task, "event": event, "line": line, "may_see_log": bool(can_see_audit(request.user))}
    return render(request, "web/plans/task_act_record.html", context)


def _task(request: SignedInRequest, code: str) -> Task:
    try:
        return task_for_page(request.user, code)
    except Task.DoesNotExist:
        raise Http404 from None


def _kinds(found: list[Shown]) -> list[tuple[str, str, int]]:
    """The kinds that occur, in words, with how many lines each has."""
    counts = Counter(line.kind for line in found)
    return [(kind.value, said(words), counts[kind]) for kind, words in KIND_WORDS.items() if counts[kind]]
