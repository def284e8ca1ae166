"""Write a difficulty down: from scratch, from a task, or from what a report told; change it while it is the unit's."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tiendo.accounts.permissions import no, require
from tiendo.oversight.actions.difficulties import register_difficulty, write_difficulty
from tiendo.oversight.difficulty_permissions import can_do
from tiendo.oversight.difficulty_queries import stamp
from tiendo.oversight.difficulty_workflow import Act, IllegalMove
from tiendo.oversight.models import Difficulty
from tiendo.plans.models import Plan, Task
from tiendo.reporting.models import Duty, Entry, Submission
from tiendo.ui.saying import said
from tiendo.ui.stamps import carried
from tiendo.ui.typed import whole_number
from tiendo.web.oversight.difficulty_forms import DifficultyForm
from tiendo.web.requests import SignedInRequest


@require_http_methods(["GET", "POST"])
def difficulty_add(request: SignedInRequest) -> HttpResponse:
    """A new draft; `bao_cao`, `soan` or `nhiem_vu` in the address fill it beforehand."""
    if not request.user.access.held_unit_ids:
        require(no(_("Khó khăn do người của chính đơn vị gặp khó khăn ghi.")))
    told = _submission(request)
    initial = _initial(request, told)
    form = DifficultyForm(request.POST or None, user=request.user, on=timezone.localdate(), initial=initial)
    if request.method == "POST" and form.is_valid():
        data, now = form.cleaned_data, timezone.now()
        where = {"plan": data["plan"], "unit": data["unit"], "tasks": data["tasks"], "submission": told}
        try:
            made = register_difficulty(words=form.words(), by=request.user, at=now, **where)
        except IllegalMove as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("Đã ghi vào sổ. Thủ trưởng đơn vị gửi cơ quan đầu mối."))
            return redirect("oversight:difficulty-detail", made.pk)
    return render(request, "web/oversight/difficulty_write.html", {"form": form, "told": told})


@require_http_methods(["GET", "POST"])
def difficulty_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Other words while it is a draft, or was returned."""
    rows = Difficulty.objects.visible_to(request.user).select_related("unit", "plan")
    difficulty = get_object_or_404(rows, pk=pk)
    try:
        require(can_do(request.user, difficulty, Act.WRITE))
    except IllegalMove as error:
        messages.error(request, said(error))
        return redirect("oversight:difficulty-detail", pk)
    day = timezone.localdate()
    form = DifficultyForm(
        request.POST or None, user=request.user, on=day, fixed=difficulty, initial=_standing(difficulty)
    )
    seen = carried(request.POST.get("seen"), stamp(difficulty), fit=form.is_valid())
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"words": form.words(), "tasks": form.cleaned_data["tasks"]}
        given["seen"] = request.POST.get("seen")
        try:
            write_difficulty(difficulty=difficulty, by=request.user, at=timezone.now(), **given)
        except IllegalMove as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("oversight:difficulty-detail", pk)
    context = {"form": form, "difficulty": difficulty, "seen": seen}
    return render(request, "web/oversight/difficulty_write.html", context)


def _standing(difficulty: Difficulty) -> dict[str, Any]:
    names = ("kind", "cause_kind", "title", "cause", "measure")
    tasks = list(difficulty.tasks.values_list("code", flat=True))
    return {name: getattr(difficulty, name) for name in names} | {"tasks": tasks}


def _submission(request: SignedInRequest) -> Submission | None:
    """The report named in the address, of a unit of this person."""
    if (number := whole_number(request.GET.get("bao_cao", ""))) is None:
        return None
    rows = Submission.objects.filter(entry__duty__unit_id__in=request.user.access.held_unit_ids)
    return get_object_or_404(rows.select_related("entry__task__plan", "entry__duty__unit"), pk=number)


def _initial(request: SignedInRequest, told: Submission | None) -> dict[str, Any]:
    """What is known beforehand: the words of the report, sent or still being written, its task, unit and plan."""
    held = request.user.access.held_unit_ids
    if told is not None:
        return {**_from_row(told.entry.task, told.difficulty), "unit": told.entry.duty.unit.code}
    if (number := whole_number(request.GET.get("soan", ""))) is not None:
        duties = Duty.objects.visible_to(request.user).filter(unit_id__in=held)
        entry = get_object_or_404(Entry.objects.filter(duty__in=duties).select_related("task__plan"), pk=number)
        return {**_from_row(entry.task, entry.difficulty), "unit": entry.duty.unit.code}
    post = request.user.main_post
    initial: dict[str, Any] = {"unit": post.unit.code if post else None}
    if code := request.GET.get("nhiem_vu"):
        task = get_object_or_404(Task.objects.visible_to(request.user).select_related("plan"), code=code)
        return {**_from_row(task, ""), **initial}
    first = Plan.objects.visible_to(request.user).first()
    return {"plan": first.code if first else None, **initial}


def _from_row(task: Task, difficulty: str) -> dict[str, Any]:
    return {"plan": task.plan.code, "tasks": [task.code], "title": difficulty}
