"""A unit's report as an Excel workbook: downloaded to be filled in, handed in, looked through and taken."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.plans.files import MEDIA_TYPES, RefusedFile, too_large
from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.plans.states import STATE_WORDS, WorkState
from tiendo.plans.storage import read_file
from tiendo.reporting.actions.unit_workbook import OutOfDate, drop_workbook, receive_workbook, take_workbook
from tiendo.reporting.models import Duty, UnitWorkbook
from tiendo.reporting.permissions import can_draft_entry
from tiendo.reporting.workbooks.changes import CellChange
from tiendo.reporting.workbooks.reading import read_report
from tiendo.reporting.workbooks.shape import Value
from tiendo.reporting.workbooks.stored import compare, workbook_of
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.context import is_illustrative
from tiendo.ui.formats import number_text
from tiendo.ui.saying import said
from tiendo.web.requests import SignedInRequest

MARK = "|"  # between a task's code and a field in what the page sends back


class WorkbookForm(forms.Form):
    """The workbook of a report, filled in."""

    file = forms.FileField(
        label=gettext_lazy("Tệp Excel đã điền"),
        help_text=gettext_lazy("Tệp .xlsx tải xuống từ trang này; tối đa 20 MB."),
        widget=forms.FileInput({"accept": ".xlsx"}),
    )


@require_GET
def workbook_get(request: SignedInRequest, pk: int) -> HttpResponse:
    """The workbook, filled as the editor is, as an attachment."""
    duty = _duty(request, pk)
    require(can_draft_entry(request.user, duty, at=timezone.now()))
    response = HttpResponse(
        workbook_of(duty, at=timezone.now(), illustrative=is_illustrative()), content_type=MEDIA_TYPES["xlsx"]
    )
    name = f"bao-cao-{duty.unit.code}-{duty.pk}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@require_http_methods(["GET", "POST"])
def workbook_upload(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand in a filled workbook: what differs is shown before anything changes."""
    duty = _duty(request, pk)
    require(can_draft_entry(request.user, duty, at=timezone.now()))
    form = WorkbookForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        try:
            if form.is_valid():
                return redirect("reporting:workbook-review", pk=_receive(request, duty, form).pk)
        except (RefusedFile, Unreadable, IllegalMove) as refusal:
            form.add_error("file", said(refusal))
    waiting = UnitWorkbook.objects.visible_to(request.user).waiting().filter(duty=duty).select_related("uploaded_by")
    context = {"duty": duty, "form": form, "waiting": waiting}
    return render(request, "web/reporting/workbook_upload.html", context, status=status)


@require_GET
def workbook_review(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the workbook would change now, cell by cell, and what it cannot."""
    return _review(request, _workbook(request, pk))


@require_POST
def workbook_take(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write the chosen rows into the report, all or none."""
    book = _workbook(request, pk)
    try:
        taken = _take(request, book)
    except OutOfDate as error:
        return _review(request, book, said(error), status=409)
    except (IllegalMove, ValidationError) as error:
        messages.error(request, " ".join(error.messages) if isinstance(error, ValidationError) else said(error))
        return redirect("reporting:workbook-review", pk=pk)
    words = ngettext("Đã lưu %(n)d nhiệm vụ từ tệp Excel.", "Đã lưu %(n)d nhiệm vụ từ tệp Excel.", taken)
    messages.success(request, words % {"n": taken})
    book.refresh_from_db()
    if book.decided_at is None:
        return redirect("reporting:workbook-review", pk=pk)
    return redirect("reporting:duty-detail", pk=book.duty_id)


@require_POST
def workbook_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Leave the workbook; the report stays as it is."""
    book = _workbook(request, pk)
    try:
        drop_workbook(workbook=book, by=request.user, at=timezone.now())
    except IllegalMove as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã bỏ tệp Excel; báo cáo giữ nguyên."))
    return redirect("reporting:duty-detail", pk=book.duty_id)


def _duty(request: SignedInRequest, pk: int) -> Duty:
    return get_object_or_404(Duty.objects.visible_to(request.user).select_related("period__plan", "unit"), pk=pk)


def _workbook(request: SignedInRequest, pk: int) -> UnitWorkbook:
    books = UnitWorkbook.objects.visible_to(request.user)
    return get_object_or_404(books.select_related("duty__period__plan", "duty__unit", "file", "uploaded_by"), pk=pk)


def _receive(request: SignedInRequest, duty: Duty, form: WorkbookForm) -> UnitWorkbook:
    upload = form.cleaned_data["file"]
    if (upload.size or 0) > settings.TIENDO_MAX_UPLOAD_BYTES:
        raise RefusedFile(too_large(settings.TIENDO_MAX_UPLOAD_BYTES))  # before it is read into memory
    name = upload.name or ""
    return receive_workbook(duty=duty, data=upload.read(), name=name, by=request.user, at=timezone.now())


def _take(request: SignedInRequest, book: UnitWorkbook) -> int:
    """How many tasks were written."""
    entries = take_workbook(
        workbook=book,
        codes=request.POST.getlist("row"),
        over=_over(request.POST.getlist("over")),
        seen=request.POST.get("seen", ""),
        by=request.user,
        at=timezone.now(),
    )
    return len(entries)


def _over(given: list[str]) -> Mapping[str, set[str]]:
    """Task code → fields of conflicts in which the file's side was chosen."""
    found: dict[str, set[str]] = defaultdict(set)
    for each in given:
        code, _mark, name = each.rpartition(MARK)
        found[code].add(name)
    return found


def _review(request: SignedInRequest, book: UnitWorkbook, refusal: str = "", status: int = 200) -> HttpResponse:
    found = compare(read_report(read_file(book.file)), book.duty, at=timezone.now())
    context = {
        "book": book,
        "duty": book.duty,
        "found": found,
        "rows": [(row, [_shown(cell) for cell in row.cells]) for row in found.rows],
        "conflicts": sum(len(row.conflicts) for row in found.rows),
        "refusal": refusal,
        "can_draft": can_draft_entry(request.user, book.duty, at=timezone.now()),
    }
    return render(request, "web/reporting/workbook_review.html", context, status=status)


def _shown(cell: CellChange) -> dict[str, Any]:
    return {"cell": cell, "now": _words(cell.now), "new": _words(cell.new)}


def _words(value: Value) -> str:
    """A value as it is written on the page; "" when there is none."""
    match value:
        case None:
            return ""
        case WorkState():
            return _(STATE_WORDS[value])
        case Decimal():
            return number_text(value)
        case date():
            return f"{value:%d/%m/%Y}"
    return value
