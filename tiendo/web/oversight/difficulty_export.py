"""The register of difficulties as a workbook."""

from datetime import datetime
from decimal import ROUND_DOWN

from django.db.models import Prefetch
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tiendo.oversight.difficulty_queries import Line, for_list, lines
from tiendo.papers.workbook import Kind, Sheet, SheetColumn, Value, render_workbook
from tiendo.plans.files import MEDIA_TYPES
from tiendo.plans.models import Task
from tiendo.ui.context import is_illustrative
from tiendo.ui.formats import ONE_TENTH
from tiendo.web.oversight.difficulty_filters import DifficultyFilter
from tiendo.web.requests import SignedInRequest


@require_GET
def difficulty_export(request: SignedInRequest) -> HttpResponse:
    """The rows that the filters ask for, whole; of the tasks only those the reader may see."""
    now = timezone.now()
    rows = for_list(DifficultyFilter(request.GET, user=request.user).narrow(at=now))
    tasks = Prefetch("tasks", queryset=Task.objects.visible_to(request.user).only("code"))
    return _workbook([_cells(line) for line in lines(rows.prefetch_related(tasks), at=now)], now)


def _cells(line: Line) -> tuple[Value, ...]:
    row = line.difficulty
    return (
        row.title,
        row.get_kind_display(),
        row.get_cause_kind_display(),
        row.cause,
        row.measure,
        row.unit.name,
        "; ".join(task.code for task in row.tasks.all()),
        row.get_state_display(),
        row.authority.name if row.authority else "",
        row.sent_at,
        line.days_in_all.quantize(ONE_TENTH, rounding=ROUND_DOWN),
        line.reply.due_on if line.reply else None,
        line.days_over or None,
        row.decision,
        row.decision_number,
    )


def _workbook(rows: list[tuple[Value, ...]], now: datetime) -> HttpResponse:
    columns = (
        SheetColumn(_("Khó khăn, vướng mắc"), 50),
        SheetColumn(_("Loại"), 22),
        SheetColumn(_("Nguyên nhân"), 14),
        SheetColumn(_("Nguyên nhân cụ thể"), 36),
        SheetColumn(_("Đề xuất, kiến nghị"), 40),
        SheetColumn(_("Đơn vị nêu"), 26),
        SheetColumn(_("Nhiệm vụ"), 20),
        SheetColumn(_("Đang ở"), 24),
        SheetColumn(_("Cơ quan có thẩm quyền"), 26),
        SheetColumn(_("Gửi lúc"), 18, Kind.MOMENT),
        SheetColumn(_("Số ngày làm việc"), 12, Kind.PLAIN),
        SheetColumn(_("Hạn trả lời"), 14, Kind.DATE),
        SheetColumn(_("Quá hạn (ngày làm việc)"), 14, Kind.WHOLE),
        SheetColumn(_("Quyết định"), 40),
        SheetColumn(_("Số, ngày văn bản"), 22),
    )
    note = _("Dữ liệu minh họa, không phải số liệu thật") if is_illustrative() else ""
    data = render_workbook([Sheet(_("Khó khăn"), columns, rows, note)], made_at=now)
    response = HttpResponse(data, content_type=MEDIA_TYPES["xlsx"])
    response["Content-Disposition"] = 'attachment; filename="so-kho-khan.xlsx"'
    return response
