"""What reporting costs the units: one period unit by unit, and the last periods side by side."""

import csv
import io
from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.orgs.models import Unit
from tiendo.papers.text import clean
from tiendo.papers.workbook import Kind, Sheet, SheetColumn, Value, render_workbook
from tiendo.plans.files import MEDIA_TYPES
from tiendo.reporting.burden import Burden, together
from tiendo.reporting.burden_keeping import known_burdens
from tiendo.reporting.burden_reading import burdens_of
from tiendo.reporting.models import Duty, Period, UnitWorkbook
from tiendo.reporting.permissions import can_read_issued
from tiendo.ui.context import is_illustrative
from tiendo.web.requests import SignedInRequest

PERIODS = 6
BOM = "\ufeff"  # spreadsheets take the file for UTF-8
RISKY = ("=", "+", "-", "@", "\t", "\r")


@require_GET
def burden_period(request: SignedInRequest, pk: int) -> HttpResponse:
    """One period: every unit's burden, the most minutes first."""
    require(can_read_issued(request.user))
    period = _period(request, pk)
    burdens = sorted(known_burdens([period])[period.pk], key=lambda each: (-each.minutes, -each.fields.typed))
    asked, idle = ([each for each in burdens if bool(each.tasks) is has] for has in (True, False))
    context = {"period": period, "burdens": asked, "idle": idle, "all": together(burdens)}
    return render(request, "web/reporting/burden_period.html", context)


@require_GET
def burden_trend(request: SignedInRequest) -> HttpResponse:
    """The last periods side by side, for all units together or for the one named by `don_vi`."""
    require(can_read_issued(request.user))
    unit = get_object_or_404(Unit, code=request.GET["don_vi"]) if request.GET.get("don_vi") else None
    opened = Period.objects.visible_to(request.user).exclude(opened_at=None).select_related("plan")
    periods = list(opened.order_by("-due_at", "-pk")[:PERIODS])
    known = known_burdens(periods)
    rows = [(period, _of(period, known[period.pk], unit)) for period in periods]
    shown = [(period, burden) for period, burden in rows if unit is None or burden.unit_code]
    context = {"unit": unit, "rows": shown, "most": max((burden.minutes for _period, burden in shown), default=0)}
    return render(request, "web/reporting/burden_trend.html", context)


@require_GET
def burden_file(request: SignedInRequest, pk: int, format: str) -> HttpResponse:
    """The table of one period as CSV or XLSX."""
    require(can_read_issued(request.user))
    period = _period(request, pk)
    if format not in ("csv", "xlsx"):
        raise Http404
    rows = [_row(burden) for burden in known_burdens([period])[period.pk]]
    data = _csv(rows) if format == "csv" else _xlsx(period, rows)
    response = HttpResponse(data, content_type="text/csv; charset=utf-8" if format == "csv" else MEDIA_TYPES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="ganh-nang-{period.pk}.{format}"'
    return response


def unit_tools(user: User, duty: Duty, *, inside: bool) -> dict[str, object]:
    """For the report's own page, to people of the unit: what it asks of them, and workbooks they handed in."""
    if not inside:
        return {}
    workbooks = UnitWorkbook.objects.visible_to(user).waiting().filter(duty=duty)
    return {"burden": burdens_of(duty.period, [duty])[0], "workbooks": workbooks}


def _period(request: SignedInRequest, pk: int) -> Period:
    return get_object_or_404(Period.objects.visible_to(request.user).select_related("plan"), pk=pk)


def _of(period: Period, burdens: Sequence[Burden], unit: Unit | None) -> Burden:
    """The period's burden of all units together, or of one; without a report of it an empty one."""
    own = next((each for each in burdens if unit and each.unit_code == unit.code), None)
    return own or together([] if unit else burdens, period=period.name)


def _columns() -> tuple[SheetColumn, ...]:
    counts = (
        _("Nhiệm vụ"),
        _("Ô được hỏi"),
        _("Ô điền sẵn"),
        _("Ô phải nhập"),
        _("Ô nhập lại"),
        _("Phút làm việc"),
        _("Lần nhắc"),
        _("Lượt đôn đốc"),
        _("Nội dung bị trả lại"),
    )
    code, name = SheetColumn(_("Mã đơn vị"), 16), SheetColumn(_("Đơn vị"), 40)
    return (code, name, *(SheetColumn(words, 12, Kind.WHOLE) for words in counts))


def _row(burden: Burden) -> Sequence[Value]:
    fields = burden.fields
    counts = (burden.tasks, fields.asked, fields.filled, fields.typed, fields.again, burden.minutes)
    return (burden.unit_code, burden.unit, *counts, burden.reminders, burden.urgings, burden.returns)


def _csv(rows: Sequence[Sequence[Value]]) -> bytes:
    """Words never become formulas in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    if is_illustrative():
        writer.writerow([_("Dữ liệu minh họa, không phải số liệu thật")])
    writer.writerow(column.title for column in _columns())
    writer.writerows([_harmless(str(value)) for value in row] for row in rows)
    return (BOM + out.getvalue()).encode()


def _harmless(text: str) -> str:
    text = clean(text)
    return f"'{text}" if text.startswith(RISKY) else text


def _xlsx(period: Period, rows: Sequence[Sequence[Value]]) -> bytes:
    note = _("Dữ liệu minh họa, không phải số liệu thật") if is_illustrative() else ""
    sheet = Sheet(_("Gánh nặng báo cáo"), _columns(), rows, note)
    return render_workbook([sheet], made_at=timezone.now(), title=period.name)
