"""The data dictionary (R071, R087): every column of every table and every field of every record, in one place. Pure.

Names never change once published; new ones are added at the end. Files read the same in every language and hold the
words as they stand here; the page translates them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from gettext import pgettext
from typing import Any

from tiendo.calendars.deadlines import Cell
from tiendo.indicators.aims import aim_text
from tiendo.indicators.states import STATE_WORDS as STATE_OF_FIGURE
from tiendo.indicators.states import State
from tiendo.plans.states import STATE_WORDS, WorkState
from tiendo.publication.indicator_records import decimal
from tiendo.publication.records import shared_codes

Record = Mapping[str, Any]

# The types of columns; as plain words some of them have another English elsewhere.
TEXT, NUMBER = pgettext("kiểu dữ liệu", "chữ"), pgettext("kiểu dữ liệu", "số")
CODE, DAY = pgettext("kiểu dữ liệu", "mã"), pgettext("kiểu dữ liệu", "ngày")
MOMENT = pgettext("kiểu dữ liệu", "thời điểm")

CELL_WORDS = {**{cell.value: cell.label for cell in Cell}, "not_counted": "không tính (đã hủy)"}


@dataclass(frozen=True)
class Column:
    """One column of a CSV table: its name, type, meaning, and how its value is taken from a record."""

    name: str
    type: str
    meaning: str
    of: Callable[[Record], object]


def _state(record: Record) -> str:
    return STATE_WORDS[WorkState(record["progress"]["state"])]


def _names(units: list[Record]) -> str:
    return "; ".join(unit["name"] or "" for unit in units)


def _latest(record: Record) -> Record:
    return next((report for report in record["results"]["reports"]), {"text": None, "evidence": []})


def _papers(record: Record) -> str:
    return "; ".join(f"{paper['number']} ({paper['date']})" for paper in _latest(record)["evidence"])


def _origin(record: Record) -> str:
    origin = record["progress"]["origin"]
    if origin is None:
        return ""
    sent = f"Báo cáo {origin['period']} của {origin['unit']}, lần nộp {origin['submission']}"
    return f"{sent}, tiếp nhận {origin['accepted_on']}"


def _paper(record: Record) -> str:
    paper = record["document"]
    parts = [paper["annex"], paper["kind"], paper["symbol"] or paper["number"], paper["issued_on"]]
    return " ".join(part for part in parts if part)


def _status(record: Record) -> str | None:
    found: str | None = record["figure"].get("status")
    return found


def _state_words(record: Record) -> str:
    return STATE_OF_FIGURE[State(record["figure"].get("state", State.NO_DATA))]


def _way(record: Record) -> str | None:
    found: str | None = record["figure"].get("progress")
    return found


def _goal(record: Record) -> str:
    target = record["figure"].get("target")
    if not target:
        return ""
    value, upper, full = (decimal(target.get(name)) for name in ("value", "upper", "full_value"))
    return aim_text(target["comparator"], value, upper, full)


def _sources(record: Record) -> str:
    told = record["figure"].get("observations", [])
    return "; ".join(f"{each['source']} (lần {each['number']}, xác nhận {each['accepted_on']})" for each in told)


TASKS = (
    Column("ma", TEXT, _("Mã nhiệm vụ, không đổi giữa các đợt công bố"), lambda r: r["code"]),
    Column("so_thu_tu", TEXT, _("Số thứ tự trong văn bản giao"), lambda r: r["number"]),
    Column("nhiem_vu", TEXT, _("Tên nhiệm vụ"), lambda r: r["title"]),
    Column("noi_dung", TEXT, _("Nội dung giao"), lambda r: r["description"]),
    Column("ma_nhom", TEXT, _("Mã nhóm nhiệm vụ"), lambda r: (r["group"] or {}).get("code")),
    Column("nhom", TEXT, _("Tên nhóm nhiệm vụ"), lambda r: (r["group"] or {}).get("title")),
    Column("ma_co_quan_chu_tri", TEXT, _("Mã cơ quan chủ trì"), lambda r: (r["lead"] or {}).get("code")),
    Column(
        "co_quan_chu_tri", TEXT, _("Cơ quan chủ trì tại ngày chốt số liệu"), lambda r: (r["lead"] or {}).get("name")
    ),
    Column(
        "co_quan_phoi_hop",
        TEXT,
        _("Cơ quan phối hợp, cách nhau bởi dấu chấm phẩy"),
        lambda r: _names(r["coordinating"]),
    ),
    Column("co_quan_giam_sat", TEXT, _("Cơ quan giám sát"), lambda r: _names(r["supervising"])),
    Column("doanh_nghiep_thuc_hien", TEXT, _("Doanh nghiệp thực hiện"), lambda r: _names(r.get("performing", []))),
    Column("san_pham", TEXT, _("Sản phẩm phải có"), lambda r: r["product"]),
    Column("tham_quyen", TEXT, _("Cấp có thẩm quyền quyết định"), lambda r: r["authority"]),
    Column("thoi_han", DAY, _("Ngày cuối cùng còn đúng hạn"), lambda r: r["deadline"]["due_on"]),
    Column("thoi_han_ban_dau", DAY, _("Thời hạn đầu tiên được giao"), lambda r: r["deadline"]["original_due_on"]),
    Column("thoi_han_trong_van_ban", TEXT, _("Thời hạn như in trong văn bản"), lambda r: r["deadline"]["raw"]),
    Column("trang_thai", CODE, _("Trạng thái thực hiện"), lambda r: r["progress"]["state"]),
    Column("trang_thai_chu", TEXT, _("Trạng thái thực hiện bằng chữ"), _state),
    Column("ty_le", NUMBER, _("Tỷ lệ hoàn thành, phần trăm"), lambda r: r["progress"]["percent"]),
    Column("o_thong_ke", CODE, _("Một trong bốn ô thống kê tại ngày chốt số liệu"), lambda r: r["progress"]["cell"]),
    Column("o_thong_ke_chu", TEXT, _("Ô thống kê bằng chữ"), lambda r: CELL_WORDS[r["progress"]["cell"]]),
    Column("phia_thoi_han", CODE, _("Tình trạng so với thời hạn"), lambda r: r["progress"]["side"]),
    Column("ngay_hoan_thanh", DAY, _("Ngày hoàn thành"), lambda r: r["progress"]["completed_on"]),
    Column("ngay_cap_nhat", DAY, _("Ngày tiếp nhận báo cáo gần nhất"), lambda r: r["progress"]["updated_on"]),
    Column(
        "kinh_phi_da_su_dung",
        NUMBER,
        _("Kinh phí đã sử dụng từ đầu năm, đồng"),
        lambda r: r["resources"]["money_used"],
    ),
    Column("ket_qua", TEXT, _("Kết quả trong báo cáo gần nhất được tiếp nhận"), lambda r: _latest(r)["text"]),
    Column("minh_chung", TEXT, _("Số và ngày văn bản minh chứng"), _papers),
    Column("nguon_so_lieu", TEXT, _("Báo cáo mà số liệu tiến độ dựa vào"), _origin),
    Column("van_ban_giao", TEXT, _("Văn bản giao nhiệm vụ"), _paper),
    Column("vi_tri_trong_van_ban", TEXT, _("Vị trí của nhiệm vụ trong kế hoạch"), lambda r: r["item"]["path"]),
    Column(
        "ma_don_vi_cung_thuc_hien",
        TEXT,
        _("Mã các đơn vị thuộc nhóm được giao chung, cách nhau bởi dấu chấm phẩy"),
        lambda r: "; ".join(shared_codes(r)),
    ),
)

UNITS = (
    Column("ma", TEXT, _("Mã cơ quan, không đổi giữa các đợt công bố"), lambda r: r["code"]),
    Column("ten", TEXT, _("Tên cơ quan"), lambda r: r["name"]),
    Column("loai", CODE, _("Loại cơ quan"), lambda r: r["kind"]),
    Column("chu_tri", NUMBER, _("Số nhiệm vụ chủ trì (không kể nhiệm vụ đã hủy)"), lambda r: r["counts"]["total"]),
    Column("hoan_thanh_dung_han", NUMBER, _("Chủ trì, hoàn thành đúng hạn"), lambda r: r["counts"]["done_on_time"]),
    Column("hoan_thanh_qua_han", NUMBER, _("Chủ trì, hoàn thành quá hạn"), lambda r: r["counts"]["done_late"]),
    Column("trong_han", NUMBER, _("Chủ trì, chưa hoàn thành, trong hạn"), lambda r: r["counts"]["open_in_time"]),
    Column("qua_han", NUMBER, _("Chủ trì, chưa hoàn thành, quá hạn"), lambda r: r["counts"]["open_overdue"]),
    Column("phoi_hop_giam_sat", NUMBER, _("Số nhiệm vụ phối hợp hoặc giám sát"), lambda r: r["counts"]["helps"]),
    Column("ma_co_quan_ke_thua", TEXT, _("Mã cơ quan kế thừa, nếu đã sắp xếp lại"), lambda r: r["successor_code"]),
    Column("co_quan_ke_thua", TEXT, _("Tên cơ quan kế thừa"), lambda r: r["successor_name"]),
    Column(
        "cung_thuc_hien",
        NUMBER,
        _("Số nhiệm vụ cùng thực hiện với nhóm đơn vị; trống ở đợt công bố chưa đếm"),
        lambda r: r["counts"].get("shared"),
    ),
)

MONEY = (
    Column("ma_nhiem_vu", TEXT, _("Mã nhiệm vụ"), lambda r: r["task"]),
    Column("nhiem_vu", TEXT, _("Tên nhiệm vụ"), lambda r: r["title"]),
    Column("nam", NUMBER, _("Năm ngân sách; trống khi nhiệm vụ chưa có số nào được xác nhận"), lambda r: r["year"]),
    Column("ma_nguon", TEXT, _("Mã nguồn kinh phí"), lambda r: r["source"]["code"]),
    Column("nguon", TEXT, _("Tên nguồn kinh phí"), lambda r: r["source"]["name"]),
    Column("ma_co_quan", TEXT, _("Mã cơ quan sử dụng kinh phí"), lambda r: r["source"]["unit"]["code"]),
    Column("co_quan", TEXT, _("Tên cơ quan sử dụng kinh phí"), lambda r: r["source"]["unit"]["name"]),
    Column(
        "ke_hoach_von", NUMBER, _("Kế hoạch vốn, đồng; trống khi không có số liệu"), lambda r: r["source"]["planned"]
    ),
    Column("da_giao", NUMBER, _("Đã giao, đồng; trống khi không có số liệu"), lambda r: r["source"]["allocated"]),
    Column(
        "da_giai_ngan",
        NUMBER,
        _("Đã giải ngân lũy kế từ đầu năm, đồng; trống khi không có số liệu"),
        lambda r: r["source"]["disbursed"],
    ),
    Column("tinh_den", DAY, _("Ngày chốt số"), lambda r: r["source"]["as_of"]),
    Column("van_ban", TEXT, _("Văn bản giao vốn, chứng từ"), lambda r: "; ".join(r["source"]["documents"])),
    Column("ngay_xac_nhan", DAY, _("Ngày Sở Tài chính xác nhận"), lambda r: r["source"]["confirmed_on"]),
)

INDICATORS = (
    Column("ma_chi_tieu", TEXT, _("Mã chỉ tiêu, không đổi giữa các đợt công bố"), lambda r: r["code"]),
    Column("chi_tieu", TEXT, _("Tên chỉ tiêu"), lambda r: r["name"]),
    Column("don_vi_tinh", TEXT, _("Đơn vị tính"), lambda r: r["unit_text"]),
    Column("ma_co_quan_chu_tri", TEXT, _("Mã cơ quan chủ trì chỉ tiêu"), lambda r: (r["owner"] or {}).get("code")),
    Column("ma_don_vi", TEXT, _("Mã đơn vị được đo; trống khi chưa có số liệu nào"), lambda r: r["of"].get("code")),
    Column("don_vi", TEXT, _("Tên đơn vị được đo"), lambda r: r["of"].get("name")),
    Column("ky", TEXT, _("Kỳ: 2025, 2025-H1, 2025-Q3, 2025-M07"), lambda r: r["figure"].get("period")),
    Column("phan_to", TEXT, _("Phân tổ; trống là toàn bộ"), lambda r: r["figure"].get("slice")),
    Column("gia_tri", NUMBER, _("Giá trị; trống khi không có số liệu"), lambda r: r["figure"].get("value")),
    Column("loai_so_lieu", CODE, _("estimate: ước; official: chính thức; revised: điều chỉnh"), _status),
    Column("trang_thai", CODE, _("Kết quả so với mục tiêu"), lambda r: r["figure"].get("state", "no_data")),
    Column("trang_thai_chu", TEXT, _("Kết quả so với mục tiêu bằng chữ"), _state_words),
    Column("tien_do", NUMBER, _("Phần trăm quãng đường tới đích; trống khi không tính được"), _way),
    Column("muc_tieu", TEXT, _("Mốc hoặc đích mà giá trị được so với"), _goal),
    Column("cach_co", CODE, _("entered: nhập; computed: tính; rolled_up: gộp"), lambda r: r["figure"].get("origin")),
    Column("nguon", TEXT, _("Nguồn của giá trị, lần ghi và ngày xác nhận"), _sources),
    Column("can_cu", TEXT, _("Văn bản đặt ra chỉ tiêu"), lambda r: r["rests_on"]),
)

ITEMS = (
    Column("duong_dan", TEXT, _("Vị trí trong kế hoạch"), lambda r: r["path"]),
    Column("duong_dan_cha", TEXT, _("Vị trí của mục chứa nó"), lambda r: r["parent_path"]),
    Column("loai", CODE, _("Loại: mục, gạch đầu dòng, khoản, đoạn, dòng phụ lục"), lambda r: r["kind"]),
    Column("so", TEXT, _("Số như in trong văn bản"), lambda r: r["number"]),
    Column("noi_dung", TEXT, _("Nội dung"), lambda r: r["text"]),
)

# At the end of every table: which release a row belongs to, and whether its data are invented.
ABOUT_RELEASE = (
    ("dot_cong_bo", NUMBER, _("Số của đợt công bố")),
    ("so_lieu_den", MOMENT, _("Thời điểm chốt số liệu, giờ quốc tế (UTC)")),
    ("ghi_chu", TEXT, _("“Dữ liệu minh họa” khi số liệu được đặt ra để dùng thử; trống khi là số liệu thật")),
    ("ma_ke_hoach", TEXT, _("Mã kế hoạch mà đợt công bố nói về")),
)

TABLES: dict[str, tuple[str, tuple[Column, ...]]] = {
    "nhiem-vu": (_("Nhiệm vụ"), TASKS),
    "co-quan": (_("Cơ quan"), UNITS),
    "ke-hoach": (_("Nội dung kế hoạch"), ITEMS),
    "kinh-phi": (_("Kinh phí đã xác nhận"), MONEY),
    "chi-tieu": (_("Chỉ tiêu và số liệu từng kỳ"), INDICATORS),
}

_UNIT = _(
    "{code, name, named}: mã và tên cơ quan trả lời hiện nay; named là cơ quan văn bản ghi, khi đã đổi; "
    "của nhóm đơn vị thì code trống, có thêm group và members: các đơn vị trong nhóm tại ngày chốt số liệu"
)
_UNITS = _("Danh sách, mỗi cơ quan hoặc nhóm đơn vị ghi như lead")
_PAPER = _("{kind, number, symbol, issued_on, title, annex}: văn bản giao; annex là tên phụ lục")
_REPORT = _("{unit, period, submission, submitted_on, accepted_on}: báo cáo được tiếp nhận mà số liệu dựa vào")

# Fields of a task record, in nhiem-vu.json, in the sealed file and in the API.
FIELDS: dict[str, str] = {
    "code": _("Mã nhiệm vụ"),
    "number": _("Số thứ tự trong văn bản giao"),
    "title": _("Tên nhiệm vụ"),
    "description": _("Nội dung giao"),
    "product": _("Sản phẩm phải có"),
    "authority": _("Cấp có thẩm quyền quyết định"),
    "group": _("{code, title}: nhóm nhiệm vụ"),
    "item": _("{path, where}: vị trí trong kế hoạch và dòng, trang trong văn bản"),
    "document": _PAPER,
    "lead": _UNIT,
    "coordinating": _UNITS,
    "supervising": _UNITS,
    "performing": _("Doanh nghiệp thực hiện, ghi như coordinating; không có trường này khi chưa giao doanh nghiệp nào"),
    "deadline.due_on": _("Ngày cuối cùng còn đúng hạn"),
    "deadline.kind": _("Loại thời hạn: moment, period_end, range, recurring, open, missing"),
    "deadline.raw": _("Thời hạn như in trong văn bản"),
    "deadline.original_due_on": _("Thời hạn đầu tiên được giao"),
    "deadline.ledger": _("Mọi lần giao hoặc đổi thời hạn, theo thứ tự"),
    "progress.state": _("Trạng thái thực hiện"),
    "progress.percent": _("Tỷ lệ hoàn thành, phần trăm"),
    "progress.completed_on": _("Ngày hoàn thành"),
    "progress.updated_on": _("Ngày tiếp nhận báo cáo gần nhất"),
    "progress.cell": _("Một trong bốn ô thống kê, hoặc not_counted khi đã hủy"),
    "progress.side": _("Tình trạng so với thời hạn"),
    "progress.origin": _REPORT,
    "resources.money_used": _("Kinh phí đã sử dụng từ đầu năm, đồng"),
    "resources.period": _("Kỳ báo cáo của số kinh phí"),
    "resources.origin": _REPORT,
    "resources.years": _(
        "Kinh phí Sở Tài chính đã xác nhận, năm mới nhất trước: {year, planned, allocated, disbursed, as_of, "
        "sources [{code, name, unit, planned, allocated, disbursed, as_of, documents, confirmed_on}]}, đồng"
    ),
    "results.reports": _("Kết quả từng báo cáo, mới nhất trước: {text, evidence [{number, date}], origin}"),
    "history": _("Các lần đổi trạng thái: {on, state, percent, origin}"),
    "timeline": _(
        "Lịch sử nhiệm vụ, cũ nhất trước: {on, what, values, document, source, report}; what là tên việc, values là "
        "mã và tên đi kèm, document hoặc source là văn bản làm căn cứ, report là báo cáo được tiếp nhận"
    ),
    "origins": _("Nguồn của từng trường: {document, where, quote, note, recorded_on}"),
}

# Fields of an indicator's record, in chi-tieu.json, in the sealed file and in the API.
INDICATOR_FIELDS: dict[str, str] = {
    "code": _("Mã chỉ tiêu"),
    "catalogue": _("Danh mục mà chỉ tiêu thuộc về"),
    "name": _("Tên chỉ tiêu"),
    "definition": _("Định nghĩa"),
    "method": _("Cách tính bằng lời"),
    "expression": _("Công thức trên mã các chỉ tiêu khác; trống khi giá trị được nhập"),
    "measure": _("number: định lượng; level: thang mức"),
    "unit_code": _("Mã đơn vị tính"),
    "unit_text": _("Đơn vị tính"),
    "decimals": _("Số chữ số thập phân"),
    "direction": _("up: càng cao càng tốt; down: càng thấp càng tốt; within: trong khoảng"),
    "firmness": _("firm: bắt buộc; aspirational: phấn đấu, hướng tới"),
    "levels": _("Thang mức, từ thấp lên cao: {level, name, rubric, evidence}"),
    "owner": _("{code, name}: cơ quan chủ trì chỉ tiêu"),
    "source": _("{name, kind}: nguồn số liệu chính"),
    "frequency": _("Chu kỳ: month, quarter, half, year"),
    "lag_days": _("Số ngày sau khi hết kỳ thì có số liệu"),
    "first_period": _("Kỳ đầu tiên"),
    "over_units": _("Cách gộp theo đơn vị"),
    "over_time": _("Cách gộp theo thời gian"),
    "measured_kinds": _("Loại đơn vị được đo; trống: chỉ đo toàn tỉnh"),
    "beside": _("{role, code}: chỉ tiêu làm trọng số, tử số, mẫu số"),
    "version": _("Phiên bản của phiếu chỉ tiêu"),
    "rests_on": _("Văn bản đặt ra hoặc sửa chỉ tiêu"),
    "recorded_on": _("Ngày ghi phiên bản"),
    "targets": _(
        "Mức xuất phát, mốc, đích: {purpose, due_on, category, comparator, value, upper, full_value, firmness, "
        "printed, unit, rests_on, recorded_on}"
    ),
    "latest": _("Số liệu mới nhất của toàn bộ, như một phần tử của figures; null khi không có số liệu"),
    "figures": _(
        "Số liệu từng đơn vị, kỳ, phân tổ: {unit, period, period_end, slice, origin, status, value, no_value, state, "
        "progress, not_computable, distance, target, flags, observations [{source, source_kind, number, status, "
        "value, no_value, recorded_on, accepted_on}], kept_back}; kept_back: true khi số đếm người quá nhỏ nên không "
        "công bố"
    ),
    "tasks": _("{code, title}: nhiệm vụ mà chỉ tiêu đo kết quả"),
    "clauses": _("{path, number}: đoạn của kế hoạch mà chỉ tiêu đo mục tiêu"),
    "documents": _("{number, kind, issued_on, title}: văn bản cấp trên đặt ra chỉ tiêu"),
}
