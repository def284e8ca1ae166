"""The data dictionary (R071, R087): every column of every table and every field of every record, in one place. Pure.

Names never change once published; new ones are added at the end. Files read the same in every language, so the words
here are not translated.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tiendo.calendars.deadlines import Cell, Side
from tiendo.plans.states import STATE_WORDS, WorkState

Record = Mapping[str, Any]

CELL_WORDS = {**{cell.value: cell.label for cell in Cell}, "not_counted": "không tính (đã hủy)"}
SIDE_WORDS = {side.value: side.label for side in Side}


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


TASKS = (
    Column("ma", "chữ", "Mã nhiệm vụ, không đổi giữa các đợt công bố", lambda r: r["code"]),
    Column("so_thu_tu", "chữ", "Số thứ tự trong văn bản giao", lambda r: r["number"]),
    Column("nhiem_vu", "chữ", "Tên nhiệm vụ", lambda r: r["title"]),
    Column("noi_dung", "chữ", "Nội dung giao", lambda r: r["description"]),
    Column("ma_nhom", "chữ", "Mã nhóm nhiệm vụ", lambda r: (r["group"] or {}).get("code")),
    Column("nhom", "chữ", "Tên nhóm nhiệm vụ", lambda r: (r["group"] or {}).get("title")),
    Column("ma_co_quan_chu_tri", "chữ", "Mã cơ quan chủ trì", lambda r: (r["lead"] or {}).get("code")),
    Column("co_quan_chu_tri", "chữ", "Cơ quan chủ trì tại ngày chốt số liệu", lambda r: (r["lead"] or {}).get("name")),
    Column(
        "co_quan_phoi_hop", "chữ", "Cơ quan phối hợp, cách nhau bởi dấu chấm phẩy", lambda r: _names(r["coordinating"])
    ),
    Column("co_quan_giam_sat", "chữ", "Cơ quan giám sát", lambda r: _names(r["supervising"])),
    Column("san_pham", "chữ", "Sản phẩm phải có", lambda r: r["product"]),
    Column("tham_quyen", "chữ", "Cấp có thẩm quyền quyết định", lambda r: r["authority"]),
    Column("thoi_han", "ngày", "Ngày cuối cùng còn đúng hạn", lambda r: r["deadline"]["due_on"]),
    Column("thoi_han_ban_dau", "ngày", "Thời hạn đầu tiên được giao", lambda r: r["deadline"]["original_due_on"]),
    Column("thoi_han_trong_van_ban", "chữ", "Thời hạn như in trong văn bản", lambda r: r["deadline"]["raw"]),
    Column("trang_thai", "mã", "Trạng thái thực hiện", lambda r: r["progress"]["state"]),
    Column("trang_thai_chu", "chữ", "Trạng thái thực hiện bằng chữ", _state),
    Column("ty_le", "số", "Tỷ lệ hoàn thành, phần trăm", lambda r: r["progress"]["percent"]),
    Column("o_thong_ke", "mã", "Một trong bốn ô thống kê tại ngày chốt số liệu", lambda r: r["progress"]["cell"]),
    Column("o_thong_ke_chu", "chữ", "Ô thống kê bằng chữ", lambda r: CELL_WORDS[r["progress"]["cell"]]),
    Column("phia_thoi_han", "mã", "Tình trạng so với thời hạn", lambda r: r["progress"]["side"]),
    Column("ngay_hoan_thanh", "ngày", "Ngày hoàn thành", lambda r: r["progress"]["completed_on"]),
    Column("ngay_cap_nhat", "ngày", "Ngày tiếp nhận báo cáo gần nhất", lambda r: r["progress"]["updated_on"]),
    Column("kinh_phi_da_su_dung", "số", "Kinh phí đã sử dụng từ đầu năm, đồng", lambda r: r["resources"]["money_used"]),
    Column("ket_qua", "chữ", "Kết quả trong báo cáo gần nhất được tiếp nhận", lambda r: _latest(r)["text"]),
    Column("minh_chung", "chữ", "Số và ngày văn bản minh chứng", _papers),
    Column("nguon_so_lieu", "chữ", "Báo cáo mà số liệu tiến độ dựa vào", _origin),
    Column("van_ban_giao", "chữ", "Văn bản giao nhiệm vụ", _paper),
    Column("vi_tri_trong_van_ban", "chữ", "Vị trí của nhiệm vụ trong kế hoạch", lambda r: r["item"]["path"]),
)

UNITS = (
    Column("ma", "chữ", "Mã cơ quan, không đổi giữa các đợt công bố", lambda r: r["code"]),
    Column("ten", "chữ", "Tên cơ quan", lambda r: r["name"]),
    Column("loai", "mã", "Loại cơ quan", lambda r: r["kind"]),
    Column("chu_tri", "số", "Số nhiệm vụ chủ trì (không kể nhiệm vụ đã hủy)", lambda r: r["counts"]["total"]),
    Column("hoan_thanh_dung_han", "số", "Chủ trì, hoàn thành đúng hạn", lambda r: r["counts"]["done_on_time"]),
    Column("hoan_thanh_qua_han", "số", "Chủ trì, hoàn thành quá hạn", lambda r: r["counts"]["done_late"]),
    Column("trong_han", "số", "Chủ trì, chưa hoàn thành, trong hạn", lambda r: r["counts"]["open_in_time"]),
    Column("qua_han", "số", "Chủ trì, chưa hoàn thành, quá hạn", lambda r: r["counts"]["open_overdue"]),
    Column("phoi_hop_giam_sat", "số", "Số nhiệm vụ phối hợp hoặc giám sát", lambda r: r["counts"]["helps"]),
    Column("ma_co_quan_ke_thua", "chữ", "Mã cơ quan kế thừa, nếu đã sắp xếp lại", lambda r: r["successor_code"]),
    Column("co_quan_ke_thua", "chữ", "Tên cơ quan kế thừa", lambda r: r["successor_name"]),
)

ITEMS = (
    Column("duong_dan", "chữ", "Vị trí trong kế hoạch", lambda r: r["path"]),
    Column("duong_dan_cha", "chữ", "Vị trí của mục chứa nó", lambda r: r["parent_path"]),
    Column("loai", "mã", "Loại: mục, gạch đầu dòng, khoản, đoạn, dòng phụ lục", lambda r: r["kind"]),
    Column("so", "chữ", "Số như in trong văn bản", lambda r: r["number"]),
    Column("noi_dung", "chữ", "Nội dung", lambda r: r["text"]),
)

# At the end of every table: which release a row belongs to, and whether its data are invented.
ABOUT_RELEASE = (
    ("dot_cong_bo", "số", "Số của đợt công bố"),
    ("so_lieu_den", "thời điểm", "Thời điểm chốt số liệu, giờ quốc tế (UTC)"),
    ("ghi_chu", "chữ", "“Dữ liệu minh họa” khi số liệu được đặt ra để dùng thử; trống khi là số liệu thật"),
)

TABLES: dict[str, tuple[str, tuple[Column, ...]]] = {
    "nhiem-vu": ("Nhiệm vụ", TASKS),
    "co-quan": ("Cơ quan", UNITS),
    "ke-hoach": ("Nội dung kế hoạch", ITEMS),
}

_UNIT = "{code, name, named}: mã và tên cơ quan trả lời hiện nay; named là cơ quan văn bản ghi, khi đã đổi"
_PAPER = "{kind, number, symbol, issued_on, title, annex}: văn bản giao; annex là tên phụ lục"
_REPORT = "{unit, period, submission, submitted_on, accepted_on}: báo cáo được tiếp nhận mà số liệu dựa vào"

# Fields of a task record, in nhiem-vu.json, in the sealed file and in the API.
FIELDS: dict[str, str] = {
    "code": "Mã nhiệm vụ",
    "number": "Số thứ tự trong văn bản giao",
    "title": "Tên nhiệm vụ",
    "description": "Nội dung giao",
    "product": "Sản phẩm phải có",
    "authority": "Cấp có thẩm quyền quyết định",
    "group": "{code, title}: nhóm nhiệm vụ",
    "item": "{path, where}: vị trí trong kế hoạch và dòng, trang trong văn bản",
    "document": _PAPER,
    "lead": _UNIT,
    "coordinating": f"Danh sách {_UNIT}",
    "supervising": f"Danh sách {_UNIT}",
    "deadline.due_on": "Ngày cuối cùng còn đúng hạn",
    "deadline.kind": "Loại thời hạn: moment, period_end, range, recurring, open, missing",
    "deadline.raw": "Thời hạn như in trong văn bản",
    "deadline.original_due_on": "Thời hạn đầu tiên được giao",
    "deadline.ledger": "Mọi lần giao hoặc đổi thời hạn, theo thứ tự",
    "progress.state": "Trạng thái thực hiện",
    "progress.percent": "Tỷ lệ hoàn thành, phần trăm",
    "progress.completed_on": "Ngày hoàn thành",
    "progress.updated_on": "Ngày tiếp nhận báo cáo gần nhất",
    "progress.cell": "Một trong bốn ô thống kê, hoặc not_counted khi đã hủy",
    "progress.side": "Tình trạng so với thời hạn",
    "progress.origin": _REPORT,
    "resources.money_used": "Kinh phí đã sử dụng từ đầu năm, đồng",
    "resources.period": "Kỳ báo cáo của số kinh phí",
    "resources.origin": _REPORT,
    "results.reports": "Kết quả từng báo cáo, mới nhất trước: {text, evidence [{number, date}], origin}",
    "history": "Các lần đổi trạng thái: {on, state, percent, origin}",
    "origins": "Nguồn của từng trường: {document, where, quote, note, recorded_on}",
}
