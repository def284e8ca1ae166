"""A plan as it stood on a past day, with its totals by the units of that day and by those of today."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiendo.orgs.models import Unit
from tiendo.plans.as_at import PlanAsAt, TaskAt
from tiendo.plans.holding import holding
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import STATE_WORDS
from tiendo.reporting.as_at import plan_at
from tiendo.ui.context import is_illustrative
from tiendo.web.plans.export import BOM, harmless
from tiendo.web.plans.numbers import WORDS
from tiendo.web.requests import SignedInRequest

PAGE = 50
COLUMNS = (
    gettext_lazy("Mã"),
    gettext_lazy("Nhiệm vụ"),
    gettext_lazy("Cơ quan chủ trì theo văn bản"),
    gettext_lazy("Cơ quan đảm nhiệm ngày ấy"),
    gettext_lazy("Cơ quan đảm nhiệm hôm nay"),
    gettext_lazy("Thời hạn ngày ấy"),
    gettext_lazy("Trạng thái ngày ấy"),
    gettext_lazy("Kết quả so với hạn"),
)


class DayForm(forms.Form):
    ngay = forms.DateField(label=gettext_lazy("Ngày"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def clean_ngay(self) -> date:
        day: date = self.cleaned_data["ngay"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Ngày ấy chưa đến."))
        return day


def plan_as_at(request: SignedInRequest, code: str) -> HttpResponse:
    """The plan on the day asked for, today unless told; both totals are of the same tasks and states."""
    found, form = _found(request, code)
    today = timezone.localdate()
    context = {
        "form": form,
        "plan": found.plan,
        "found": found,
        "today": today,
        "then": found.by_then_unit(),
        "now": found.by_unit_on(today),
        "page": Paginator(list(_rows(found, today)), PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "web/plans/plan_as_at.html", context, status=422 if form.errors else 200)


def plan_as_at_file(request: SignedInRequest, code: str) -> HttpResponse:
    """The same tasks as CSV."""
    found, _form = _found(request, code)
    out = io.StringIO()
    lines = [[_("Dữ liệu minh họa, không phải số liệu thật")]] if is_illustrative() else []
    head = [str(column) for column in COLUMNS]
    body = [[harmless(each) for each in row] for row in _rows(found, timezone.localdate())]
    csv.writer(out).writerows([*lines, head, *body])
    response = HttpResponse(BOM + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.plan.code}-{found.on:%Y-%m-%d}.csv"'
    return response


def _found(request: SignedInRequest, code: str) -> tuple[PlanAsAt, DayForm]:
    plan = get_object_or_404(Plan.objects.visible_to(request.user), code=code)
    today = timezone.localdate()
    form = DayForm({"ngay": request.GET.get("ngay") or today.isoformat()})
    on = form.cleaned_data["ngay"] if form.is_valid() else today
    return plan_at(plan, on, tasks=Task.objects.visible_to(request.user)), form


def _rows(found: PlanAsAt, today: date) -> Iterator[tuple[object, ...]]:
    known = holding(on=today)
    names = {unit.pk: unit.name for unit in (*found.units.values(), *Unit.objects.filter(pk__in=known.takers))}
    for task in found.tasks:
        named = task.lead.named_id if task.lead else None
        now = known.of_part(task.task_id, named) if named else None
        yield (task.code, task.title, *_units(task, names, now), *_state(task))


def _units(task: TaskAt, names: dict[int, str], now: int | None) -> tuple[str, str, str]:
    if task.lead is None:
        return "", "", ""
    if task.lead.named_id is None:
        return task.lead.printed or "", "", ""
    return names[task.lead.named_id], names[task.lead.unit_id or 0], names[now or 0]


def _state(task: TaskAt) -> tuple[date | None, str, str]:
    return task.due_on, _(STATE_WORDS[task.state.state]), str(WORDS[task.cell]) if task.cell else ""
