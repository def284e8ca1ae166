"""Acts on one task, each a small form page; what the house refuses is shown in the form, so nothing typed is lost."""

from collections.abc import Callable, Collection
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tiendo.accounts.permissions import Decision, require
from tiendo.accounts.queries import heads, people_of, with_posts
from tiendo.orgs.models import Unit
from tiendo.oversight.replaced_queries import waiting_changes
from tiendo.plans import actions
from tiendo.plans.actions.tasks import HAND_FILLED
from tiendo.plans.models import Assignment, Task
from tiendo.plans.permissions import can_assign_task, can_charge_head, can_charge_officer, can_hide_task
from tiendo.publication.actions import withhold_task
from tiendo.web.audit.words import FIELD_WORDS
from tiendo.web.plans.forms import (
    AssignForm,
    ChargeForm,
    ConfirmForm,
    DeadlineForm,
    FieldForm,
    HideForm,
    SourceForm,
)
from tiendo.web.plans.views.asking import ask
from tiendo.web.requests import SignedInRequest


def task_assign(request: SignedInRequest, code: str) -> HttpResponse:
    """The coordinator charges a unit, or a group of units, with a part."""
    task = _task(request, code, can_assign_task(request.user))
    units = Unit.objects.visible_to(request.user).in_force(timezone.localdate())
    form = AssignForm(request.POST or None, units=units, initial={"role": request.GET.get("role", "lead")})
    return _act(
        request,
        task,
        form,
        _("Giao cho đơn vị"),
        lambda **who: _assign(task, form.named, who),
        fields=("lead", "coordinating", "performing"),
    )


def _assign(task: Task, named: dict[str, Any], who: dict[str, Any]) -> None:
    act = actions.assign_group if "group" in named else actions.assign_unit
    act(task=task, **named, **who)


def task_unassign(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """The coordinator ends a unit's part."""
    task = _task(request, code, can_assign_task(request.user))
    assignment = get_object_or_404(
        Assignment.objects.in_force().filter(task=task).select_related("unit", "group", "task"), pk=pk
    )
    form = SourceForm(request.POST or None)
    title = _("Thôi giao cho %(unit)s (%(role)s)") % {
        "unit": assignment.words,
        "role": assignment.get_role_display(),
    }
    return _act(
        request,
        task,
        form,
        title,
        lambda **who: actions.unassign_unit(assignment=assignment, **form.cleaned_data, **who),
        fields=(assignment.role,),
    )


def task_deadline(request: SignedInRequest, code: str) -> HttpResponse:
    """The coordinator writes the next line of the deadline ledger."""
    task = _task(request, code, can_assign_task(request.user))
    form = DeadlineForm(request.POST or None, initial={"due_on": task.due_on})

    def act(**who: Any) -> object:
        data = form.cleaned_data
        return actions.set_deadline(task=task, due=form.due, reason=data["reason"], source=data["source"], **who)

    return _act(request, task, form, _("Ghi thời hạn"), act, fields=("due",))


def task_field(request: SignedInRequest, code: str, field: str) -> HttpResponse:
    """The coordinator fills by hand what the document does not give, or mends it."""
    task = _task(request, code, can_assign_task(request.user))
    if field not in HAND_FILLED:
        raise Http404
    label = str(FIELD_WORDS[field])
    form = FieldForm(request.POST or None, label=label.capitalize(), initial={"value": getattr(task, field)})
    title = _("Điền bằng tay: %(field)s") % {"field": label}
    return _act(
        request,
        task,
        form,
        title,
        lambda **who: actions.set_field(task=task, field=field, **form.cleaned_data, **who),
        fields=(field,),
    )


def task_head(request: SignedInRequest, code: str) -> HttpResponse:
    """The coordinator names the accountable head."""
    task = _task(request, code, can_charge_head(request.user))
    today = timezone.localdate()
    form = ChargeForm(request.POST or None, people=with_posts(heads(on=today), by=request.user, on=today))
    return _act(
        request,
        task,
        form,
        _("Ghi người đứng đầu chịu trách nhiệm"),
        lambda **who: actions.charge_head(task=task, **form.cleaned_data, **who),
    )


def task_officer(request: SignedInRequest, code: str) -> HttpResponse:
    """The head of the lead unit gives the task to one of the unit's people (R018)."""
    task = _task(request, code)
    require(can_charge_officer(request.user, task))
    today = timezone.localdate()
    people = people_of(request.user.access.headed_unit_ids, on=today)
    form = ChargeForm(request.POST or None, people=with_posts(people, by=request.user, on=today))
    return _act(
        request,
        task,
        form,
        _("Giao cho cán bộ"),
        lambda **who: actions.charge_officer(task=task, **form.cleaned_data, **who),
    )


def task_hide(request: SignedInRequest, code: str) -> HttpResponse:
    """The decision-maker keeps a task from the public, for a stated reason."""
    task = _task(request, code, can_hide_task(request.user))
    form = HideForm(request.POST or None)
    return _act(
        request,
        task,
        form,
        _("Không công khai nhiệm vụ"),
        lambda **who: withhold_task(task=task, **form.cleaned_data, **who),
    )


def task_show(request: SignedInRequest, code: str) -> HttpResponse:
    """The decision-maker lets the next release show the task again."""
    task = _task(request, code, can_hide_task(request.user))
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    return _act(request, task, form, _("Cho công khai lại nhiệm vụ"), lambda **who: actions.show_task(task=task, **who))


def _task(request: SignedInRequest, code: str, decision: Decision | None = None) -> Task:
    task = get_object_or_404(Task.objects.visible_to(request.user).select_related("plan"), code=code)
    if decision is not None:
        require(decision)
    return task


def _act(
    request: SignedInRequest,
    task: Task,
    form: forms.Form,
    title: str,
    act: Callable[..., object],
    *,
    fields: Collection[str] = (),
) -> HttpResponse:
    """Ask on a page of the task, which warns where a decided change of one of the `fields` waits for its day."""
    back = reverse("plans:task-detail", args=[task.code])
    shown = {"task": task, "waiting": waiting_changes(task, fields) if fields else []}
    return ask(request, form, title, act, back=back, template="web/plans/task_act.html", shown=shown)
