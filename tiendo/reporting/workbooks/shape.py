"""The workbook in which a unit fills in its report: its sheets, columns and guidance. Pure.

Columns are found by their headings, so they may be moved, hidden or sorted. Headings and guidance are Vietnamese
whoever asks for the file: it is a paper, and it is read by those words.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from gettext import gettext as _

from tiendo.papers.text import clean as writable
from tiendo.papers.workbook import Kind, SheetColumn
from tiendo.plans.spreadsheets.grid import CONTROLS
from tiendo.plans.spreadsheets.letters import clean

SCHEMA = "tiendo.unit-report/1"
REPORT, GUIDANCE, MARKS, ORIGINALS = "Báo cáo", "Hướng dẫn", "_tiendo", "_goc"
ERASE = "(xóa)"
STATES = "ds_trang_thai"
LONGEST_TEXT = 30_000  # characters; a cell of Excel holds 32,767
TEXTS = frozenset({"result", "difficulty"})

Value = str | Decimal | date | None


@dataclass(frozen=True)
class Column:
    """A column: the field it fills, its heading and how it is filled in. A `quiet` one is only to look at."""

    field: str
    heading: str
    width: int
    hint: str = ""
    kind: Kind = Kind.TEXT
    choices: str = ""
    quiet: bool = False

    def on_paper(self) -> SheetColumn:
        return SheetColumn(self.heading, self.width, self.kind, self.choices, self.hint, self.quiet, self.quiet)


CODE = Column("code", _("Mã"), 12, _("Không sửa."), quiet=True)
ABOUT = (
    CODE,
    Column("title", _("Nhiệm vụ"), 38, quiet=True),
    Column("product", _("Sản phẩm yêu cầu"), 24, quiet=True),
    Column("due", _("Thời hạn"), 13, quiet=True),
    Column("standing", _("Tình trạng"), 20, quiet=True),
)
BEFORE = (
    Column("before_state", _("Kỳ trước: trạng thái"), 15, quiet=True),
    Column("before_percent", _("Kỳ trước: tỷ lệ (%)"), 10, kind=Kind.PLAIN, quiet=True),
    Column("before_result", _("Kỳ trước: kết quả"), 34, quiet=True),
    Column("before_difficulty", _("Kỳ trước: khó khăn"), 24, quiet=True),
    Column("before_money_used", _("Kỳ trước: kinh phí đã sử dụng (đồng)"), 16, kind=Kind.WHOLE, quiet=True),
)
ESTIMATE = Column(
    "percent_estimate", _("Ước thực hiện đến 31/12 (%)"), 12, _("Từ 0 đến 100; ví dụ 80."), kind=Kind.PLAIN
)
ASKED = (
    Column("state", _("Trạng thái thực hiện"), 16, _("Chọn trong danh sách."), choices=STATES),
    Column("percent", _("Tỷ lệ hoàn thành (%)"), 12, _("Từ 0 đến 100; ví dụ 45,5."), kind=Kind.PLAIN),
    Column(
        "completed_on",
        _("Ngày hoàn thành"),
        13,
        _("Chỉ điền khi đã hoàn thành; ví dụ 15/06/2026."),
        kind=Kind.DATE,
    ),
    Column("result", _("Kết quả trong kỳ"), 45, _("Chỉ ghi việc mới làm được trong kỳ.")),
    Column("difficulty", _("Khó khăn, vướng mắc"), 32, _("Để trống nếu không có.")),
    Column(
        "money_allocated",
        _("Kinh phí được giao trong năm (đồng)"),
        18,
        _("Bằng đồng; ví dụ 1.250.000 hoặc 1,25 tỷ."),
        kind=Kind.WHOLE,
    ),
    Column(
        "money_used",
        _("Kinh phí đã sử dụng (đồng)"),
        18,
        _("Lũy kế từ đầu năm, bằng đồng; ví dụ 1.250.000 hoặc 1,25 tỷ."),
        kind=Kind.WHOLE,
    ),
)
BACKED = Column("documents", _("Minh chứng đã có"), 26, quiet=True)
EVIDENCE = (
    Column(
        "document_number",
        _("Thêm minh chứng: số, ký hiệu văn bản"),
        22,
        _("Ví dụ 15/BC-SXD. Nhiều văn bản thì ngăn bằng dấu chấm phẩy."),
    ),
    Column(
        "document_date",
        _("Thêm minh chứng: ngày văn bản"),
        16,
        _("Theo đúng thứ tự của các số; ví dụ 20/06/2026."),
        kind=Kind.DATE,
    ),
    Column(
        "document_url",
        _("Thêm minh chứng: liên kết (nếu có)"),
        24,
        _("Địa chỉ của văn bản, bắt đầu bằng http. Theo đúng thứ tự của các số."),
    ),
)
FILLED = (*ASKED, ESTIMATE, *EVIDENCE)
LABELS = {column.field: column.heading for column in FILLED}


def columns(*, asks_estimate: bool) -> tuple[Column, ...]:
    """Every column of the sheet in its order."""
    return (*ABOUT, *BEFORE, *ASKED, *((ESTIMATE,) if asks_estimate else ()), BACKED, *EVIDENCE)


def mark_of(value: Value) -> str:
    """What two equal values share, however they are written: words by their digest, spaces aside. Empty is ""."""
    match value:
        case None | "":
            return ""
        case Decimal():
            return f"{value.normalize():f}"
        case date():
            return value.isoformat()
    words = _one_form(str(value))
    return hashlib.sha256(words.encode()).hexdigest()[:32] if words else ""


def _one_form(text: str) -> str:
    """The words as they are after they were written to a workbook and read again, whatever program saved it."""
    return " ".join(clean(writable(text).translate(CONTROLS)).split())


def fingerprint(facts: Iterable[tuple[str, str]], originals: Iterable[tuple[str, ...]]) -> str:
    """One word for all that is hidden in the file; another one after anything of it was touched."""
    told = ["\t".join(map(_one_form, row)) for row in facts]
    told += sorted("\t".join(map(_one_form, row)) for row in originals)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def guidance(unit: str, period: str, due: str, day: str, *, asks_estimate: bool) -> Iterator[tuple[str, str]]:
    """The rows of the guidance sheet: what, and how."""
    yield _("Báo cáo của"), unit
    yield _("Kỳ báo cáo"), period
    yield _("Hạn nộp"), due
    yield _("Tải xuống"), day
    yield _("Điền"), _("Chỉ điền các cột không tô xám của trang “Báo cáo”. Có thể sắp xếp, lọc, ẩn hoặc đổi chỗ cột.")
    yield _("Ô để trống"), _("Giữ nguyên nội dung đang có; không bao giờ xóa gì.")
    yield _("Xóa một nội dung"), _("Ghi (xóa) vào ô đó.")
    yield _("Hàng tô xám"), _("Nhiệm vụ đã gửi hoặc đã tiếp nhận; không sửa được trong tệp.")
    yield _("Không sửa"), _("Cột “Mã”, dòng tiêu đề và các trang tính ẩn.")
    yield (
        _("Nộp tệp"),
        _("Ở trang báo cáo của đơn vị, chọn tệp đã điền. Bạn xem từng thay đổi trước khi lưu; chưa gửi đi đâu."),
    )
    yield _("Bí mật nhà nước"), _("Không ghi nội dung thuộc bí mật nhà nước vào tệp này.")
    for column in columns(asks_estimate=asks_estimate):
        if column.hint and not column.quiet:
            yield _("Cột “{heading}”").format(heading=column.heading), column.hint
