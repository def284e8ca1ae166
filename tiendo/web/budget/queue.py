"""Finance's desk: what waits for confirmation, many at once, or back with a reason."""

from collections.abc import Mapping, Sequence

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.budget import actions
from tiendo.budget.dividing import short_of
from tiendo.budget.models import MoneyLine
from tiendo.budget.permissions import can_see_queue
from tiendo.budget.queries import waiting_for
from tiendo.ui.saying import said
from tiendo.ui.typed import whole_number
from tiendo.web.budget.shown import divided_words, money_tabs
from tiendo.web.budget.waiting import waiting_rows
from tiendo.web.requests import SignedInRequest

PAGE = 50
TOLD = 5  # refusals named one by one


class ReturnForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Lý do trả lại"), widget=forms.Textarea(attrs={"rows": 3}))


@require_GET
def money_queue(request: SignedInRequest) -> HttpResponse:
    """Lines that wait, each beside what stands confirmed and what confirming it would make odd."""
    require(can_see_queue(request.user))
    on = timezone.localdate()
    lines = waiting_for(request.user, on=on).order_by("-year", "unit__sort_key", "task__position", "source", "kind")
    page = Paginator(lines.select_related("task", "unit", "source", "entered_by", "evidence"), PAGE)
    shown = page.get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": waiting_rows(list(shown.object_list)),
        "tabs": money_tabs(request.user, "money-queue", on),
    }
    return render(request, "web/budget/money_queue.html", context)


@require_POST
def money_confirm(request: SignedInRequest) -> HttpResponse:
    """Confirm the chosen lines; those that changed meanwhile are left and named."""
    require(can_see_queue(request.user))
    ids = [pk for each in request.POST.getlist("line") if (pk := whole_number(each)) is not None]
    seen = dict(MoneyLine.objects.visible_to(request.user).filter(pk__in=ids).values_list("pk", "task__code"))
    if not seen:
        messages.error(request, _("Hãy chọn ít nhất một dòng."))
        return redirect("budget:money-queue")
    outcome = actions.confirm_lines(ids=seen, by=request.user, at=timezone.now())
    taken = len(outcome.confirmed)
    if taken:
        words = ngettext("Đã xác nhận %(n)d dòng.", "Đã xác nhận %(n)d dòng.", taken)
        messages.success(request, words % {"n": taken})
    _tell_short(request, outcome.confirmed, seen)
    for pk, why in list(outcome.refused.items())[:TOLD]:
        messages.warning(request, f"{seen[pk]}: {said(why)}")
    if len(outcome.refused) > TOLD:
        messages.warning(request, _("Còn %(n)d dòng khác chưa xác nhận được.") % {"n": len(outcome.refused) - TOLD})
    return redirect("budget:money-queue")


def _tell_short(request: SignedInRequest, lines: Sequence[MoneyLine], codes: Mapping[int, str]) -> None:
    """Where the sources just confirmed leave part of an amount unexplained, say how much."""
    parts = {(line.task_id, line.unit_id, line.year): codes[line.pk] for line in lines}
    tasks = MoneyLine.objects.filter(task__in={line.task_id for line in lines})
    short = [(parts[part], each) for part, found in short_of(tasks).items() if part in parts for each in found]
    for code, divided in short[:TOLD]:
        messages.warning(request, f"{code}: {divided_words(divided)}")


@require_http_methods(["GET", "POST"])
def money_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return one line with the reason."""
    require(can_see_queue(request.user))
    rows = MoneyLine.objects.visible_to(request.user).select_related("task", "unit", "source", "entered_by")
    line = get_object_or_404(rows, pk=pk)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.return_money(line=line, reason=reason, by=request.user, at=timezone.now())
        except (actions.NotPossible, PermissionDenied) as why:
            form.add_error(None, said(why))
        else:
            messages.success(request, _("Đã trả lại; người nhập được báo kèm lý do."))
            return redirect("budget:money-queue")
    context = {"line": line, "form": form}
    return render(request, "web/budget/money_return.html", context, status=422 if form.errors else 200)
