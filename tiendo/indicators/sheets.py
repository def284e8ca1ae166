"""The workbook in which values are filled in: one row for each value due. Pure.

It comes back by dropping it on the page. Columns are found by their headings; a value left empty changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from gettext import gettext as _

from tiendo.indicators.checking import NO_VALUES
from tiendo.indicators.delivery import HEADINGS, NEEDED, Row, places_of, rows_of
from tiendo.indicators.states import STATUS_WORDS, Status
from tiendo.papers.workbook import Kind, Sheet, SheetColumn, render_workbook
from tiendo.plans.spreadsheets.grid import address
from tiendo.plans.spreadsheets.progress import ignore
from tiendo.plans.spreadsheets.workbook import SheetFacts
from tiendo.plans.spreadsheets.xlsx import open_xlsx
from tiendo.ui.formats import number_text

VALUES, GUIDANCE = "Số liệu", "Hướng dẫn"
BROKEN = "#LỖI"
STATUSES, REASONS = "ds_loai_so_lieu", "ds_ly_do"
COLUMNS = (
    SheetColumn(HEADINGS["indicator"], 14, locked=True, quiet=True),
    SheetColumn(_("Tên chỉ tiêu"), 42, locked=True, quiet=True),
    SheetColumn(_("Đơn vị tính"), 14, locked=True, quiet=True),
    SheetColumn(HEADINGS["unit"], 16, locked=True, quiet=True),
    SheetColumn(_("Tên đơn vị"), 24, locked=True, quiet=True),
    SheetColumn(HEADINGS["period"], 11, locked=True, quiet=True),
    SheetColumn(HEADINGS["slice"], 14, locked=True, quiet=True),
    SheetColumn(_("Kỳ trước"), 13, Kind.PLAIN, locked=True, quiet=True),
    SheetColumn(HEADINGS["status"], 14, choices=STATUSES, hint=_("Ước, chính thức hoặc điều chỉnh.")),
    SheetColumn(HEADINGS["value"], 16, Kind.PLAIN, hint=_("Ví dụ 45,5. Để trống nếu chưa có gì mới.")),
    SheetColumn(HEADINGS["no_value"], 28, choices=REASONS, hint=_("Chỉ chọn khi không có giá trị.")),
    SheetColumn(HEADINGS["note"], 34, hint=_("Nguồn, văn bản; số điều chỉnh thì ghi lý do.")),
)
ADVICE = (
    (_("Điền ở đâu"), _("Chỉ điền các cột không tô xám. Không xóa dòng tiêu đề.")),
    (_("Giá trị"), _("Ghi như trong công văn: 45,5; 1.250.000. Ô để trống giữ nguyên số đang có.")),
    (_("Không có số liệu"), _("Để trống giá trị và chọn lý do trong danh sách.")),
    (_("Loại số liệu"), _("Ước trước, rồi chính thức. Đã có số chính thức thì ghi điều chỉnh kèm lý do ở ghi chú.")),
    (_("Phân tổ"), _("Trống là số chung; dòng có phân tổ là một phần, ví dụ gioi=nữ.")),
)


@dataclass(frozen=True)
class TemplateRow:
    """One value that may be filled in, with what is known of it."""

    indicator: str
    name: str
    measured_in: str
    unit: str
    unit_name: str
    period: str
    slice: str
    before: Decimal | None
    status: Status
    value: Decimal | None
    no_value: str | None = None
    note: str = ""

    def cells(self) -> tuple[str | Decimal | None, ...]:
        """In the order of the columns."""
        reason = NO_VALUES[self.no_value] if self.no_value else None
        about = (self.indicator, self.name, self.measured_in, self.unit, self.unit_name, self.period, self.slice)
        return *about, _exact(self.before), STATUS_WORDS[self.status], _exact(self.value), reason, self.note


def write_template(rows: Sequence[TemplateRow], *, made_at: datetime, title: str, note: str = "") -> bytes:
    """The workbook. Equal input gives equal bytes."""
    filled = Sheet(VALUES, COLUMNS, [row.cells() for row in rows], note=note, fills_in=True, frozen_columns=2)
    advice = Sheet(GUIDANCE, (SheetColumn(_("Mục"), 24), SheetColumn(_("Cách điền"), 90)), ADVICE)
    lists = {STATUSES: list(STATUS_WORDS.values()), REASONS: list(NO_VALUES.values())}
    return render_workbook([filled, advice], made_at=made_at, title=title, lists=lists)


def read_template(data: bytes) -> list[Row]:
    """The rows of a filled workbook, numbered as Excel numbers them, from the first sheet that has the headings.

    Raises Unreadable with a sentence when the file cannot be read or no sheet has them.
    """
    sheets = open_xlsx(data, ignore).sheets
    found = [_lines(sheet) for sheet in sorted(sheets, key=lambda sheet: sheet.grid.name != VALUES)]
    with_headings = [lines for lines in found if any(places_of(cells).keys() >= NEEDED for _row, cells in lines)]
    return rows_of(with_headings[0] if with_headings else [])


def _lines(sheet: SheetFacts) -> list[tuple[int, list[str]]]:
    """The rows that say something; a formula without a value says so, or the row would pass for empty."""
    broken = {*sheet.uncomputed, *sheet.errors}
    lines = []
    for number, places in sheet.grid.lines():
        cells = [place.text for place in places]
        marks = [BROKEN if address(number, at) in broken else text for at, text in enumerate(cells, 1)]
        lines.append((number, marks))
    return lines


def _exact(value: Decimal | None) -> Decimal | str | None:
    """A number that a cell of Excel holds to its last digit, or its digits as text."""
    return number_text(value) if value is not None and len(value.normalize().as_tuple().digits) > 15 else value
