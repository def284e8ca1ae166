from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tiendo.plans.clarity import CLARITY_WORDS, Clarity
from tiendo.plans.models import Task
from tiendo.plans.queries import for_list, lacks_of, task_for_page, unclear, with_known
from tiendo.web.plans.card import card
from tiendo.web.plans.export import csv_response
from tiendo.web.plans.filters import TaskFilter
from tiendo.web.plans.kept import Keeper, scope_of
from tiendo.web.plans.lists import DIFFICULT, difficulties
from tiendo.web.plans.rows import Answers, row, rows
from tiendo.web.requests import SignedInRequest

PAGE = 25
KEPT: Keeper[SafeString] = Keeper()


def task_list(request: SignedInRequest) -> HttpResponse:
    """Tasks one may see, filtered by the address; htmx asks for the list alone."""
    today = timezone.localdate()
    part = "rows" if request.htmx else "filtered"  # type: ignore[attr-defined]
    asked = (scope_of(request.user), today, get_language(), part, request.GET.urlencode())
    written = KEPT.get(asked, lambda: _listed(request, f"web/plans/task_{part}.html", today))
    if part == "rows":
        response = HttpResponse(written)
    else:
        response = render(request, "web/plans/task_list.html", {"written": written})
    patch_vary_headers(response, ["HX-Request"])
    return response


def _listed(request: SignedInRequest, template: str, today: date) -> SafeString:
    """The list as it stands on the page: the same for all who may see the same tasks and ask for the same."""
    form = TaskFilter(request.GET, user=request.user, on=today)
    tasks = form.narrow(Task.objects.visible_to(request.user))
    page = Paginator(for_list(tasks).defer("description"), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": rows(page.object_list, on=today),
        "today": today,
        "difficulties": difficulties(page.object_list) if form.asked.get("concern") == DIFFICULT else {},
    }
    return render_to_string(template, context, request)


def task_export(request: SignedInRequest) -> StreamingHttpResponse:
    """The filtered list as CSV, all columns."""
    today = timezone.localdate()
    form = TaskFilter(request.GET, user=request.user, on=today)
    tasks = form.narrow(Task.objects.visible_to(request.user))
    return csv_response(request, tasks, on=today, name=f"nhiem-vu-{today:%Y%m%d}.csv")


def task_unclear(request: SignedInRequest) -> HttpResponse:
    """Tasks that lack one of the "6 rõ", and which."""
    today = timezone.localdate()
    form = TaskFilter(request.GET, user=request.user, on=today)
    tasks = form.narrow(unclear(Task.objects.visible_to(request.user).counted()))
    page = Paginator(with_known(for_list(tasks)), PAGE).get_page(request.GET.get("page"))
    answers = Answers(today)
    context = {
        "form": form,
        "page": page,
        "rows": [(row(task, answers, on=today), set(lacks_of(task))) for task in page.object_list],
        "six": [(clarity, _(CLARITY_WORDS[clarity])) for clarity in Clarity],
    }
    return render(request, "web/plans/task_unclear.html", context)


def task_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """One task with its clause, people, six "rõ", ledger, reports, evidence and history."""
    try:
        task = task_for_page(request.user, code)
    except Task.DoesNotExist:
        raise Http404 from None
    return render(request, "web/plans/task_detail.html", card(task, request.user, at=timezone.now()))
