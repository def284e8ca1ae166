"""Workbooks as blocks: every sheet in order, hidden ones included, cut into title lines and tables."""

from collections.abc import Callable
from gettext import gettext as _

from tiendo.intake.reading.blocks import Read
from tiendo.intake.reading.sheet_blocks import Blocks
from tiendo.intake.reading.xls import open_xls
from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.plans.spreadsheets.progress import Progress, part
from tiendo.plans.spreadsheets.workbook import Workbook
from tiendo.plans.spreadsheets.xlsx import open_xlsx

OPENING = 0.9  # share of the time that goes into opening the file


def read_xlsx(data: bytes, progress: Progress) -> Read:
    """Blocks of an Excel workbook, one plain line for each row that says something.

    Raises Unreadable when Excel itself could not open it, it is too large, or it holds no text.
    """
    return _read(data, progress, open_xlsx)


def read_xls(data: bytes, progress: Progress) -> Read:
    """The same for Excel files of before 2007."""
    return _read(data, progress, open_xls)


def _read(data: bytes, progress: Progress, opened: Callable[[bytes, Progress], Workbook]) -> Read:
    book = opened(data, part(progress, 0, OPENING))
    found = Blocks()
    for sheet in book.sheets:
        found.add(sheet.grid)
    if not found.lines:
        raise Unreadable(_("Bảng tính không có chữ nào; hãy kiểm tra lại tệp nguồn."))
    remarks = [remark for sheet in book.sheets for remark in sheet.remarks()]
    if book.linked:
        remarks.append(_("Bảng tính lấy giá trị từ tệp khác; chỉ giá trị đã lưu trong tệp này được đọc."))
    progress(1)
    return Read(tuple(found.blocks), tuple(found.lines), remarks=tuple(remarks))
