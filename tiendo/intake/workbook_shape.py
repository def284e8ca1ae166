"""The workbook of a plan that goes out to be edited and comes back: its sheets, columns and guidance. Pure.

Headings are found by their words, so columns may be moved, hidden or left out. Everything is Vietnamese whoever asks
for it: the file is a paper, and the words of its headings are what it is read by.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _

from tiendo.papers.workbook import SheetColumn

SCHEMA = "tiendo.workbook/1"
GUIDANCE, MARKS, ORIGINALS = "Hướng dẫn", "_tiendo", "_goc"
ERASE = "(xóa)"
DROP = "x"
UNITS, GROUPS, DROPS = "ds_co_quan", "ds_nhom", "ds_bo"
SPARE_ROWS = 60


@dataclass(frozen=True)
class Column:
    """A column: the field it fills, its heading and how it is filled in. `erasable`: "(xóa)" may empty it."""

    field: str
    heading: str
    width: int
    hint: str
    choices: str = ""
    locked: bool = False
    erasable: bool = True

    def on_paper(self) -> SheetColumn:
        return SheetColumn(self.heading, self.width, choices=self.choices, hint=self.hint, locked=self.locked)


@dataclass(frozen=True)
class Form:
    """One sheet that is filled in: rows of one kind of thing, `name` the field it is known by."""

    kind: str
    title: str
    name: str
    columns: tuple[Column, ...]

    def column(self, field: str) -> Column:
        return next(column for column in self.columns if column.field == field)


CODE = Column(
    "code", _("Mã"), 16, _("Không sửa. Dòng thêm mới để trống; mã được cấp khi chấp nhận."), locked=True, erasable=False
)
NUMBER = Column("number", _("Số thứ tự"), 10, _("Số thứ tự ghi trong văn bản, ví dụ 1, 13.1, 12đ."))
GROUP = Column("group", _("Nhóm"), 26, _("Chọn một nhóm của kế hoạch."), choices=GROUPS)
DROPPED = Column(
    "drop", _("Bỏ"), 6, _("Ghi x để đề nghị bỏ dòng này, và ghi lý do ở cột bên cạnh."), choices=DROPS, erasable=False
)
REASON = Column("reason", _("Lý do bỏ"), 30, _("Văn bản hoặc lý do để bỏ dòng này."), erasable=False)
LEAD = Column("lead", _("Cơ quan chủ trì"), 30, _("Một cơ quan; chọn trong danh sách."), choices=UNITS)

TASKS = Form(
    "task",
    _("Nhiệm vụ"),
    "title",
    (
        CODE,
        NUMBER,
        GROUP,
        Column("title", _("Nhiệm vụ"), 45, _("Tên ngắn của nhiệm vụ."), erasable=False),
        Column("description", _("Nội dung"), 60, _("Nguyên văn nội dung được giao."), erasable=False),
        Column("product", _("Sản phẩm"), 32, _("Kết quả phải có khi hoàn thành.")),
        LEAD,
        Column("coordinating", _("Cơ quan phối hợp"), 36, _("Mỗi cơ quan cách nhau bằng dấu chấm phẩy.")),
        Column(
            "due",
            _("Thời hạn"),
            20,
            _("Ví dụ: 30/6/2026; Tháng 5/2026; Quý II/2026; Hết năm 2026; Trước ngày 15/8/2026; Thường xuyên."),
        ),
        DROPPED,
        REASON,
    ),
)
INDICATORS = Form(
    "indicator",
    _("Chỉ tiêu"),
    "name",
    (
        CODE,
        NUMBER,
        Column("group", _("Nhóm"), 26, _("Nhóm của chỉ tiêu trong văn bản.")),
        Column("name", _("Chỉ tiêu"), 50, _("Tên chỉ tiêu."), erasable=False),
        Column("unit_text", _("Đơn vị tính"), 14, _("Ví dụ: %, người, doanh nghiệp.")),
        Column("target", _("Mục tiêu"), 20, _("Ví dụ: ≥ 80; 16 - 18; ≤ 3 Đông Nam Á; ≤ 50 Thế giới.")),
        Column("horizon", _("Năm"), 8, _("Năm phải đạt, ví dụ 2030.")),
        LEAD,
        DROPPED,
        REASON,
    ),
)
FORMS = (TASKS, INDICATORS)


def guidance(plan: str, title: str, version: int, day: str, *, illustrative: bool) -> Iterator[tuple[str, str]]:
    """The rows of the guidance sheet: what, and how."""
    yield _("Kế hoạch"), f"{plan}: {title}"
    yield _("Phiên bản"), _("{number}, tải xuống ngày {day}").format(number=version, day=day)
    if illustrative:
        yield _("Dữ liệu minh họa"), _("Số liệu trong tệp này không phải số liệu thật.")
    yield (
        _("Sửa"),
        _("Sửa ngay trong ô của trang “Nhiệm vụ” và “Chỉ tiêu”; sắp xếp, lọc, ẩn hoặc đổi chỗ các cột đều được."),
    )
    yield _("Ô để trống"), _("Giữ nguyên giá trị đang có; không bao giờ xóa gì.")
    yield _("Xóa một giá trị"), _("Ghi (xóa) vào ô đó.")
    yield _("Thêm dòng"), _("Ghi vào các dòng trống ở cuối bảng, để trống cột “Mã”.")
    yield (
        _("Bỏ một dòng"),
        _("Ghi x ở cột “Bỏ” và lý do ở cột “Lý do bỏ”. Xóa dòng khỏi bảng không làm nhiệm vụ mất đi."),
    )
    yield _("Không sửa"), _("Cột “Mã”, dòng tiêu đề, tên các trang tính và các trang tính ẩn.")
    yield (
        _("Nộp lại"),
        _("Ở trang của kế hoạch, chọn “Nộp lại tệp Excel”. Kế hoạch chỉ thay đổi khi các khác biệt được chấp nhận."),
    )
    for form in FORMS:
        for column in form.columns:
            yield _("Cột “{heading}” ({sheet})").format(heading=column.heading, sheet=form.title), column.hint
