"""The action plan of a unit: when each task starts and ends, by which steps, who works on it (R028)."""

from collections.abc import Callable

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tiendo.accounts.permissions import require
from tiendo.plans import actions
from tiendo.plans.models import Milestone, Task
from tiendo.plans.permissions import can_plan_work
from tiendo.plans.queries import for_list, gaps_of, with_workplan, without_workplan
from tiendo.plans.workplan import GAP_WORDS, Gap
from tiendo.web.plans.filters import TaskFilter
from tiendo.web.plans.forms import ConfirmForm, FinishForm, MilestoneForm, StartForm
from tiendo.web.plans.rows import Answers, row
from tiendo.web.plans.views.asking import ask
from tiendo.web.requests import SignedInRequest

PAGE = 25
Act = Callable[..., object]


def workplan(request: SignedInRequest) -> HttpResponse:
    """The lines that still lack a start, an end, milestones or a person, and which."""
    today = timezone.localdate()
    form = TaskFilter(request.GET, user=request.user, on=today)
    tasks = form.narrow(without_workplan(Task.objects.visible_to(request.user)))
    page = Paginator(with_workplan(for_list(tasks)), PAGE).get_page(request.GET.get("page"))
    answers = Answers(today)
    context = {
        "form": form,
        "page": page,
        "rows": [(row(task, answers, on=today), set(gaps_of(task))) for task in page.object_list],
        "gaps": [(gap, _(GAP_WORDS[gap])) for gap in Gap],
    }
    return render(request, "web/plans/workplan.html", context)


def task_start(request: SignedInRequest, code: str) -> HttpResponse:
    """The lead unit says when work begins."""
    task = _task(request, code)
    form = StartForm(request.POST or None, initial={"starts_on": task.starts_on})
    return _ask(
        request,
        task,
        form,
        _("Ghi ngày bắt đầu"),
        lambda **who: actions.set_start(task=task, **form.cleaned_data, **who),
    )


def milestone_add(request: SignedInRequest, code: str) -> HttpResponse:
    """The lead unit plans a step."""
    task = _task(request, code)
    form = MilestoneForm(request.POST or None)
    return _ask(
        request,
        task,
        form,
        _("Đặt mốc công việc"),
        lambda **who: actions.add_milestone(task=task, **form.cleaned_data, **who),
    )


def milestone_finish(request: SignedInRequest, pk: int) -> HttpResponse:
    """The step stands."""
    milestone = _milestone(request, pk)
    form = FinishForm(request.POST or None, initial={"done_on": timezone.localdate()})
    return _ask(
        request,
        milestone.task,
        form,
        _("Mốc đã xong: %(title)s") % {"title": milestone.title},
        lambda **who: actions.finish_milestone(milestone=milestone, **form.cleaned_data, **who),
    )


def milestone_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """The step is left out; it stays in the history."""
    milestone = _milestone(request, pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    return _ask(
        request,
        milestone.task,
        form,
        _("Bỏ mốc: %(title)s") % {"title": milestone.title},
        lambda **who: actions.remove_milestone(milestone=milestone, **who),
    )


def _ask(request: SignedInRequest, task: Task, form: forms.Form, title: str, act: Act) -> HttpResponse:
    require(can_plan_work(request.user, task))
    back = reverse("plans:task-detail", args=[task.code])
    return ask(request, form, title, act, back=back, template="web/plans/task_act.html", shown={"task": task})


def _task(request: SignedInRequest, code: str) -> Task:
    return get_object_or_404(Task.objects.visible_to(request.user).select_related("plan"), code=code)


def _milestone(request: SignedInRequest, pk: int) -> Milestone:
    seen = Milestone.objects.in_force().filter(task__in=Task.objects.visible_to(request.user))
    return get_object_or_404(seen.select_related("task__plan"), pk=pk)
