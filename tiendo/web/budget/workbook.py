"""A whole year's money as an Excel sheet: downloaded, filled in, handed in again, all of it or nothing."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from tiendo.accounts.permissions import require
from tiendo.budget import actions
from tiendo.budget.permissions import can_enter_workbook
from tiendo.budget.sheets import BadRows
from tiendo.budget.workbooks import read_workbook, wanted_of, year_workbook
from tiendo.plans.files import MEDIA_TYPES, RefusedFile, inspect_file, too_large
from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.ui.context import is_illustrative
from tiendo.ui.saying import said
from tiendo.web.budget.forms import YearSheetForm
from tiendo.web.requests import SignedInRequest

TOLD = 30  # rows named one by one


@require_GET
def money_workbook_get(request: SignedInRequest, year: int) -> HttpResponse:
    """The year's sheet as it stands, as an attachment."""
    require(can_enter_workbook(request.user))
    on = _sensible(year)
    data = year_workbook(request.user, year, at=timezone.now(), on=on, illustrative=is_illustrative())
    response = HttpResponse(data, content_type=MEDIA_TYPES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="kinh-phi-{year}.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
def money_workbook(request: SignedInRequest, year: int) -> HttpResponse:
    """Hand in the filled sheet; a wrong row is named by its number and nothing of the sheet is taken."""
    require(can_enter_workbook(request.user))
    on = _sensible(year)
    form, faults = YearSheetForm(request.POST or None, request.FILES or None), list[str]()
    if request.method == "POST" and form.is_valid():
        try:
            taken = _take(request, form, year, on)
        except BadRows as bad:
            faults = [said(fault) for fault in bad.faults]
            form.add_error("file", _("Chưa ghi dòng nào; hãy sửa các dòng dưới đây trong tệp rồi nộp lại."))
        except (RefusedFile, Unreadable, PermissionDenied, actions.NothingNew) as why:
            form.add_error("file", said(why))
        except ValidationError as error:
            form.add_error("file", error.messages)
        else:
            words = ngettext("Đã ghi %(n)d số, chờ xác nhận.", "Đã ghi %(n)d số, chờ xác nhận.", taken)
            messages.success(request, words % {"n": taken})
            return redirect("budget:money-queue")
    context = {"year": year, "form": form, "faults": faults[:TOLD], "more": max(len(faults) - TOLD, 0)}
    return render(request, "web/budget/money_workbook.html", context, status=422 if form.errors else 200)


def _take(request: SignedInRequest, form: YearSheetForm, year: int, on: date) -> int:
    """How many lines were written."""
    upload = form.cleaned_data["file"]
    if (upload.size or 0) > settings.TIENDO_MAX_UPLOAD_BYTES:
        raise RefusedFile(too_large(settings.TIENDO_MAX_UPLOAD_BYTES))
    data = upload.read()
    inspect_file(data, upload.name or "", allowed=frozenset({"xlsx"}))
    rows = read_workbook(data, request.user, on=on)
    wanted = wanted_of(rows, year=year, by=request.user)
    return len(actions.enter_rows(wanted=wanted, by=request.user, at=timezone.now()))


def _sensible(year: int) -> date:
    """Today, for a year that money can be of. Raises Http404."""
    on = timezone.localdate()
    if not 2000 <= year <= on.year + 1:
        raise Http404
    return on
