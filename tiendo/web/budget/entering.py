"""The unit's side: its tasks with their money, and the form in which it is entered."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from tiendo.accounts.models import Role
from tiendo.accounts.permissions import holds
from tiendo.budget import actions
from tiendo.budget.dividing import gave_way
from tiendo.budget.models import MoneyLine
from tiendo.budget.permissions import can_enter_workbook
from tiendo.budget.queries import ledger_of, sources_in_use, spending_tasks, spending_units
from tiendo.plans.files import RefusedFile, too_large
from tiendo.plans.holding import part_holder
from tiendo.plans.models import Task
from tiendo.plans.storage import read_file
from tiendo.ui.saying import said
from tiendo.web.budget.forms import MoneyForm
from tiendo.web.budget.rows import task_rows
from tiendo.web.budget.shown import money_tabs, year_asked, years
from tiendo.web.requests import SignedInRequest

PAGE = 25


@require_GET
def money_list(request: SignedInRequest) -> HttpResponse:
    """The tasks whose money one may enter, this year's amounts beside last year's."""
    on = timezone.localdate()
    year = year_asked(request, on)
    if not holds(request.user, Role.FINANCE) and not request.user.access.held_unit_ids:
        raise PermissionDenied(_("Kinh phí do cán bộ, thủ trưởng cơ quan thực hiện hoặc cơ quan tài chính nhập."))
    tasks = spending_tasks(request.user).order_by("plan", "position").only("code", "title")
    page = Paginator(tasks, PAGE).get_page(request.GET.get("page"))
    context = {
        "year": year,
        "last_year": year - 1,
        "years": years(request.user, on),
        "tabs": money_tabs(request.user, "money-list", on),
        "page": page,
        "rows": task_rows(request.user, page.object_list, year),
        "may_upload": bool(can_enter_workbook(request.user)),
    }
    return render(request, "web/budget/money_list.html", context)


@require_http_methods(["GET", "POST"])
def money_enter(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Enter one source's amounts; the ledger of this year and the year before stands below."""
    task = get_object_or_404(Task.objects.visible_to(request.user).select_related("plan"), code=code)
    on = timezone.localdate()
    if not 2000 <= year <= on.year + 1:
        raise Http404
    units = spending_units(request.user, task)
    if not units:
        raise PermissionDenied(_("Kinh phí do cán bộ, thủ trưởng cơ quan thực hiện hoặc cơ quan tài chính nhập."))
    posted = (request.POST or None, request.FILES or None)
    form = MoneyForm(*posted, units=units, sources=sources_in_use(on), initial={"as_of": on})
    if request.method == "POST" and form.is_valid() and _enter(request, form, task, year):
        return redirect("budget:money-enter", code=code, year=year)
    context = {"task": task, "year": year, "form": form, "ledger": _ledger(request, task, year), "units": units}
    return render(request, "web/budget/money_enter.html", context, status=422 if form.errors else 200)


@require_GET
def money_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The file behind a line, always as an attachment."""
    line = get_object_or_404(MoneyLine.objects.visible_to(request.user).select_related("evidence"), pk=pk)
    holder = part_holder(line.task_id, line.unit_id, on=timezone.localdate())
    own = holder in request.user.access.held_unit_ids
    if line.evidence is None or not (own or request.user.access.reads_everything):
        raise Http404
    response = HttpResponse(read_file(line.evidence), content_type=line.evidence.media_type)
    name = line.evidence_name or "chung-tu"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _enter(request: SignedInRequest, form: MoneyForm, task: Task, year: int) -> bool:
    """Whether the amounts were taken; what stands in the way is put beside its field."""
    typed = form.cleaned_data
    named = {name: typed[name] for name in ("unit", "source", "as_of", "document", "note")}
    try:
        attached = _attached(typed["file"])
        lines = actions.enter_money(
            task=task, year=year, amounts=form.amounts, attached=attached, by=request.user, at=timezone.now(), **named
        )
    except ValidationError as error:
        for name, faults in error.message_dict.items():
            form.add_error(name if name in form.fields else None, faults)
    except RefusedFile as error:
        form.add_error("file", said(error))
    except (actions.NothingNew, PermissionDenied) as error:
        form.add_error(None, said(error))
    else:
        words = ngettext(
            "Đã ghi %(n)d số, chờ Sở Tài chính xác nhận.", "Đã ghi %(n)d số, chờ Sở Tài chính xác nhận.", len(lines)
        )
        messages.success(request, words % {"n": len(lines)})
        return True
    return False


def _attached(upload: Any) -> actions.Attached | None:
    if not upload:
        return None
    if (upload.size or 0) > settings.TIENDO_MAX_UPLOAD_BYTES:
        raise RefusedFile(too_large(settings.TIENDO_MAX_UPLOAD_BYTES))  # before it is read into memory
    return actions.Attached(upload.read(), upload.name or "")


def _ledger(request: SignedInRequest, task: Task, year: int) -> list[tuple[int, list[MoneyLine], frozenset[int]]]:
    """The lines of the year and of the year before, and those that gave way to lines of sources."""
    lines = ledger_of(request.user, task)
    held = [(each, [line for line in lines if line.year == each]) for each in (year, year - 1)]
    return [(each, rows, gave_way(rows)) for each, rows in held]
