"""Documents of higher bodies: how far each is carried out, and who says which plan or task carries it out (R027)."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tiendo.accounts.permissions import require
from tiendo.plans import actions
from tiendo.plans.detailing import in_main_plans
from tiendo.plans.models import HigherDocument, Mandate, Plan, Task
from tiendo.plans.permissions import can_assign_task
from tiendo.plans.queries import by_higher
from tiendo.web.plans.forms import MandateForm, SourceForm
from tiendo.web.plans.views.asking import ask
from tiendo.web.requests import SignedInRequest


def higher_list(request: SignedInRequest) -> HttpResponse:
    """Every document the plans carry out, with its tasks counted by the very lists that open from the numbers."""
    rows = by_higher(in_main_plans(Task.objects.visible_to(request.user)), on=timezone.localdate())
    return render(request, "web/plans/higher_list.html", {"rows": rows, "may_link": can_assign_task(request.user)})


def task_mandate(request: SignedInRequest, code: str) -> HttpResponse:
    """The coordinator says that a task carries out a document."""
    task = get_object_or_404(Task.objects.visible_to(request.user).select_related("plan"), code=code)
    require(can_assign_task(request.user))
    back = reverse("plans:task-detail", args=[task.code])
    return _link(request, task.plan, task, f"{task.code} · {task.title}", back)


def plan_mandate(request: SignedInRequest, code: str) -> HttpResponse:
    """The coordinator says that a whole plan carries out a document."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user), code=code)
    require(can_assign_task(request.user))
    return _link(request, plan, None, f"{plan.code} · {plan.title}", reverse("plans:plan-detail", args=[plan.code]))


def mandate_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """The coordinator says that it is no longer so."""
    require(can_assign_task(request.user))
    found = Mandate.objects.in_force().filter(plan__in=Plan.objects.visible_to(request.user))
    mandate = get_object_or_404(found.select_related("document", "plan", "task"), pk=pk)
    owner = mandate.task or mandate.plan
    back = reverse(f"plans:{'task' if mandate.task else 'plan'}-detail", args=[owner.code])
    form = SourceForm(request.POST or None)
    title = _("Thôi gắn với %(document)s") % {"document": mandate.document}
    return _act(
        request,
        form,
        title,
        lambda **who: actions.end_mandate(mandate=mandate, **form.cleaned_data, **who),
        eyebrow=f"{owner.code} · {owner.title}",
        back=back,
    )


def _link(request: SignedInRequest, plan: Plan, task: Task | None, eyebrow: str, back: str) -> HttpResponse:
    form = MandateForm(request.POST or None)

    def act(**who: Any) -> object:
        data = form.cleaned_data
        return actions.carry_out(
            number=data["number"], plan=plan, task=task, named=form.named, source=data["source"], **who
        )

    return _act(request, form, _("Gắn với văn bản cấp trên"), act, eyebrow=eyebrow, back=back)


def _act(
    request: SignedInRequest, form: forms.Form, title: str, act: Callable[..., object], *, eyebrow: str, back: str
) -> HttpResponse:
    """Ask on a page of its own, with the numbers already known to choose from."""
    known = HigherDocument.objects.values_list("number", flat=True)
    shown = {"eyebrow": eyebrow, "back": back, "known": known}
    return ask(request, form, title, act, back=back, template="web/plans/mandate_act.html", shown=shown)
