"""Who may open which page and do which act, written by hand from the roles of the plan; no Django here.

One row for each page and each act of every address of the site. People not named in a row are refused with a reason
("từ chối"); without signing in, every address of the house leads to the sign-in page. `docs/reference/permissions.md`
is made from this list, and `test_matrix.py` holds the house to it, cell by cell.

The rules behind the rows: inspectors and others who read everything change nothing; a unit sees its own tasks and
reports only, and its head alone sends them; the one who sent never accepts; only the decision-maker approves a
release or keeps a task from the public; the administrator keeps units and people and reads no unit's work; drafts and
evidence not yet sent are the unit's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What happens to a person who asks; the values are the words of the table."""

    DONE = "được"
    MOVED = "chuyển trang"
    DENIED = "từ chối"
    UNSEEN = "không thấy"
    SIGN_IN = "đăng nhập"
    UNFIT = "không hợp lệ"
    KEY = "cần khóa"


PEOPLE = {
    "anonymous": "Chưa đăng nhập",
    "officer": "Cán bộ",
    "head": "Thủ trưởng",
    "coordinator": "Đầu mối",
    "decision_maker": "Người quyết định",
    "finance": "Tài chính",
    "inspector": "Thanh tra",
    "administrator": "Quản trị",
    "other_unit": "Đơn vị khác",
}
People = frozenset[str]
NOBODY: People = frozenset()
EVERYBODY: People = frozenset(PEOPLE)
SIGNED_IN = EVERYBODY - {"anonymous"}
OFFICER, HEAD = frozenset({"officer"}), frozenset({"head"})
UNIT = OFFICER | HEAD
COORDINATOR, DECISION_MAKER = frozenset({"coordinator"}), frozenset({"decision_maker"})
ADMINISTRATOR, OTHER_UNIT = frozenset({"administrator"}), frozenset({"other_unit"})
FINANCE = frozenset({"finance"})
LOOKS = COORDINATOR | DECISION_MAKER | {"inspector"}
READERS = LOOKS | {"finance"}
STRANGERS = ADMINISTRATOR | OTHER_UNIT  # to whom the unit's work does not exist


@dataclass(frozen=True)
class Row:
    """One page or act. `case` tells apart two rows of one address; an unrecorded act leaves no event in the log."""

    method: str
    route: str
    words: str
    done: People
    unseen: People = NOBODY
    moved: People = NOBODY
    unfit: People = NOBODY
    case: str = ""
    recorded: bool = True
    by_key: bool = False

    @property
    def key(self) -> str:
        return f"{self.route}#{self.case}" if self.case else self.route

    @property
    def name(self) -> str:
        return f"{self.method} {self.key}"

    def outcome(self, person: str) -> Outcome:
        """What this person meets here."""
        if person in self.done:
            return Outcome.DONE
        if self.by_key:
            return Outcome.KEY
        named = {Outcome.MOVED: self.moved, Outcome.UNSEEN: self.unseen, Outcome.UNFIT: self.unfit}
        found = [outcome for outcome, people in named.items() if person in people]
        return found[0] if found else Outcome.SIGN_IN if person == "anonymous" else Outcome.DENIED

    def outcomes(self) -> dict[str, Outcome]:
        return {person: self.outcome(person) for person in PEOPLE}


def page(route: str, words: str, done: People = SIGNED_IN, **more: object) -> Row:
    return Row("GET", route, words, done, **more)  # type: ignore[arg-type]


def act(route: str, words: str, done: People, **more: object) -> Row:
    return Row("POST", route, words, done, **more)  # type: ignore[arg-type]


def form(route: str, words: str, done: People, **more: object) -> Iterator[Row]:
    """A page with a form, and what the form does; the same people for both."""
    yield page(route, f"{words}: biểu mẫu", done, **more)
    yield act(route, words, done, **more)


REST_OF_IMPORTS = SIGNED_IN - LOOKS
NOT_PUBLIC_YET = SIGNED_IN - LOOKS
ENTERS = UNIT | COORDINATOR  # values of indicators

SECTIONS: dict[str, list[Row]] = {
    "Tài khoản và con người": [
        page("accounts:sign-in", "Trang đăng nhập", EVERYBODY - SIGNED_IN, moved=SIGNED_IN),
        act("accounts:sign-in", "Đăng nhập", EVERYBODY, recorded=False),
        act("accounts:sign-out", "Đăng xuất", SIGNED_IN, recorded=False),
        *form("accounts:password-change", "Đổi mật khẩu của mình", SIGNED_IN),
        page("accounts:person-list", "Danh sách người dùng (trong phạm vi được xem)"),
        page("accounts:focal-list", "Cán bộ đầu mối của từng đơn vị", READERS | ADMINISTRATOR),
        page("accounts:person-detail", "Trang một người", UNIT | READERS | ADMINISTRATOR, unseen=OTHER_UNIT),
        *form("accounts:person-add", "Lập tài khoản", ADMINISTRATOR),
        *form("accounts:person-password", "Đặt lại mật khẩu cho người khác", ADMINISTRATOR),
        act("accounts:person-close", "Khóa tài khoản", ADMINISTRATOR, unseen=OTHER_UNIT),
        *form("accounts:post-give", "Giao chức vụ", ADMINISTRATOR),
        *form("accounts:post-end", "Thôi giữ chức vụ", ADMINISTRATOR),
        *form("accounts:absence-add", "Ghi vắng mặt và người thay", UNIT | ADMINISTRATOR, unseen=OTHER_UNIT),
        act("accounts:absence-end", "Kết thúc vắng mặt", UNIT | ADMINISTRATOR, unseen=OTHER_UNIT),
        page("accounts:api-key-list", "Khóa truy cập của hệ thống khác", ADMINISTRATOR),
        act("accounts:api-key-list", "Cấp khóa truy cập", ADMINISTRATOR),
        act("accounts:api-key-end", "Thôi dùng khóa truy cập", ADMINISTRATOR),
    ],
    "Việc của tôi và báo cáo": [
        page("reporting:my-work", "Việc của tôi"),
        act("reporting:urging-see", "Xác nhận đã xem đôn đốc", UNIT, unseen=SIGNED_IN - UNIT),
        page("reporting:task-urge", "Các lần đôn đốc một nhiệm vụ", UNIT | READERS, unseen=STRANGERS),
        act("reporting:task-urge", "Đôn đốc một nhiệm vụ", COORDINATOR, unseen=STRANGERS),
        page("reporting:period-list", "Các kỳ báo cáo"),
        page("reporting:timeliness", "Nộp báo cáo đúng hạn (đơn vị chỉ thấy của mình)"),
        *form("reporting:period-create", "Đặt kỳ báo cáo", COORDINATOR),
        page("reporting:period-detail", "Trang một kỳ báo cáo (đơn vị chỉ thấy báo cáo của mình)"),
        page("reporting:period-live", "Phần tự cập nhật của trang kỳ báo cáo (đơn vị chỉ thấy của mình)"),
        *form("reporting:period-edit", "Sửa kỳ báo cáo chưa mở", COORDINATOR),
        act("reporting:period-open", "Mở kỳ báo cáo", COORDINATOR),
        page("reporting:schedule-list", "Lịch kỳ báo cáo"),
        *form("reporting:schedule-start", "Áp dụng một mẫu kỳ", COORDINATOR),
        act("reporting:schedule-end", "Thôi áp dụng một mẫu kỳ", COORDINATOR),
        page("reporting:programme-list", "Chương trình công tác của cấp ủy"),
        *form("reporting:programme-add", "Ghi mục chương trình công tác", COORDINATOR),
        act("reporting:programme-cancel", "Hủy mục chương trình công tác", COORDINATOR),
        page("reporting:reopening-list", "Báo cáo đang được mở lại (đơn vị chỉ thấy báo cáo của mình)"),
        *form("reporting:duty-reopen", "Mở lại báo cáo của kỳ đã khóa", COORDINATOR, unseen=STRANGERS),
        act("reporting:reopening-end", "Thôi mở lại báo cáo", COORDINATOR, unseen=STRANGERS),
        act("reporting:period-close", "Khóa số liệu của kỳ", COORDINATOR),
        act("reporting:period-urge", "Đôn đốc đơn vị", COORDINATOR),
        *form("reporting:report-issue", "Lập báo cáo tổng hợp", COORDINATOR),
        page("reporting:report-draft", "Dự thảo báo cáo tổng hợp", READERS, unseen=SIGNED_IN - READERS),
        page("reporting:report-figures", "Số liệu của kỳ và nguồn", READERS, unseen=SIGNED_IN - READERS),
        *form("reporting:report-part", "Sửa lời văn báo cáo tổng hợp", COORDINATOR, unseen=SIGNED_IN - READERS),
        act("reporting:report-part-save", "Tự lưu lời văn khi đang gõ", COORDINATOR, unseen=SIGNED_IN - READERS),
        act(
            "reporting:report-part-preview",
            "Xem trước lời văn đang gõ",
            COORDINATOR,
            unseen=SIGNED_IN - READERS,
            recorded=False,
        ),
        act("reporting:report-part-follow", "Trả lời văn về theo mẫu", COORDINATOR, unseen=SIGNED_IN - READERS),
        page("reporting:template-list", "Mẫu báo cáo tổng hợp", READERS, unseen=SIGNED_IN - READERS),
        act("reporting:template-list", "Thay mẫu báo cáo tổng hợp", COORDINATOR, unseen=SIGNED_IN - READERS),
        page("reporting:template-file", "Tải một bản mẫu báo cáo", READERS, unseen=SIGNED_IN - READERS),
        page("reporting:briefing", "Báo cáo nhanh cho cuộc họp", READERS, unseen=SIGNED_IN - READERS),
        page("reporting:briefing-file", "Tải báo cáo nhanh", READERS, unseen=SIGNED_IN - READERS),
        page("reporting:national-list", "Khối chữ cho hệ thống Trung ương", READERS, unseen=SIGNED_IN - READERS),
        act("reporting:national-enter", "Ghi đã cập nhật lên Trung ương", COORDINATOR, unseen=SIGNED_IN - READERS),
        act("reporting:national-undo", "Bỏ ghi đã cập nhật", COORDINATOR, unseen=SIGNED_IN - READERS),
        page("reporting:unit-report-preview", "Xem trước văn bản của đơn vị", UNIT, unseen=SIGNED_IN - UNIT),
        act("reporting:unit-report-keep", "Lập văn bản của báo cáo đã gửi", UNIT | COORDINATOR, unseen=STRANGERS),
        page("reporting:unit-report-file", "Tải văn bản của đơn vị", UNIT | READERS, unseen=STRANGERS),
        act("reporting:template-restore", "Dùng lại một bản mẫu báo cáo", COORDINATOR),
        page("reporting:report-by-code", "Mở báo cáo bằng mã", NOBODY, moved=READERS, unseen=SIGNED_IN - READERS),
        act("reporting:report-document", "Ghi số, ngày văn bản", COORDINATOR, unseen=SIGNED_IN - READERS),
        page("reporting:report-detail", "Xem báo cáo tổng hợp", READERS, unseen=SIGNED_IN - READERS),
        page("reporting:report-file", "Tải tệp báo cáo tổng hợp", READERS, unseen=SIGNED_IN - READERS),
        page("reporting:report-moved", "Số liệu của báo cáo đã đổi chưa", READERS, unseen=SIGNED_IN - READERS),
        page("reporting:report-signatures", "Chữ ký của báo cáo tổng hợp", READERS, unseen=SIGNED_IN - READERS),
        act("reporting:report-signatures", "Đưa lên bản ký báo cáo tổng hợp", COORDINATOR, unseen=SIGNED_IN - READERS),
        page("reporting:unit-report-signatures", "Chữ ký của báo cáo đơn vị", UNIT | READERS, unseen=STRANGERS),
        act("reporting:unit-report-signatures", "Đưa lên bản ký báo cáo đơn vị", HEAD, unseen=STRANGERS),
        page("reporting:signed-file", "Tải bản ký", READERS, unseen=SIGNED_IN - READERS),
        page("reporting:signed-check", "Kiểm tra lại chữ ký", READERS, unseen=SIGNED_IN - READERS),
        page("reporting:anchor-list", "Chứng thư tin cậy", ADMINISTRATOR),
        act("reporting:anchor-list", "Thêm chứng thư tin cậy", ADMINISTRATOR),
        act("reporting:anchor-remove", "Bỏ chứng thư tin cậy", ADMINISTRATOR),
        page("reporting:duty-detail", "Báo cáo của một đơn vị", UNIT | READERS, unseen=STRANGERS),
        page("reporting:burden-trend", "Gánh nặng báo cáo qua các kỳ", READERS),
        page("reporting:burden-period", "Gánh nặng báo cáo của một kỳ", READERS),
        page("reporting:burden-file", "Tải bảng gánh nặng báo cáo", READERS),
        page("reporting:workbook-get", "Tải báo cáo dưới dạng tệp Excel để điền", UNIT, unseen=STRANGERS),
        *form("reporting:workbook-upload", "Nộp tệp Excel đã điền", UNIT, unseen=STRANGERS),
        page("reporting:workbook-review", "Xem thay đổi trong tệp Excel", UNIT, unseen=SIGNED_IN - UNIT),
        act("reporting:workbook-take", "Lưu nội dung từ tệp Excel", UNIT, unseen=SIGNED_IN - UNIT),
        act("reporting:workbook-drop", "Bỏ tệp Excel", UNIT, unseen=SIGNED_IN - UNIT),
        act("reporting:duty-send", "Phê duyệt và gửi báo cáo", HEAD, unseen=STRANGERS),
        act("reporting:duty-nothing-new", "Báo không phát sinh", HEAD, unseen=STRANGERS),
        act("reporting:duty-forward", "Trình báo cáo để duyệt", UNIT, unseen=STRANGERS),
        act("reporting:duty-push-back", "Chuyển báo cáo đang trình lại để sửa", HEAD, unseen=STRANGERS),
        act("reporting:duty-recall", "Rút lại báo cáo đang trình", UNIT, unseen=STRANGERS),
        act("reporting:duty-document", "Ghi số văn bản của báo cáo đã gửi", UNIT, unseen=STRANGERS),
        *form("reporting:step-list", "Đặt các bước duyệt của đơn vị", HEAD | ADMINISTRATOR),
        act("reporting:step-end", "Bỏ một bước duyệt", HEAD | ADMINISTRATOR, unseen=OTHER_UNIT),
        act("reporting:duty-accept", "Tiếp nhận báo cáo của đơn vị", COORDINATOR, unseen=STRANGERS),
        act("reporting:duty-accept", "Tiếp nhận báo cáo do chính mình gửi", NOBODY, unseen=STRANGERS, case="own"),
        page("reporting:entry-edit", "Soạn nội dung một nhiệm vụ", UNIT, moved=READERS, unseen=STRANGERS),
        act("reporting:entry-edit", "Lưu nội dung một nhiệm vụ", UNIT, unseen=STRANGERS),
        act("reporting:entry-autosave", "Tự lưu khi đang gõ", UNIT, unseen=STRANGERS),
        act("reporting:entry-repeat", "Ghi không thay đổi so với kỳ trước", UNIT, unseen=STRANGERS),
        act("reporting:evidence-add", "Thêm minh chứng", UNIT, unseen=STRANGERS),
        page("reporting:evidence-file", "Mở minh chứng chưa gửi", UNIT, unseen=SIGNED_IN - UNIT),
        page("reporting:evidence-file", "Mở minh chứng đã gửi", UNIT | READERS, unseen=STRANGERS, case="sent"),
        act("reporting:evidence-remove", "Bỏ minh chứng chưa gửi", UNIT, unseen=SIGNED_IN - UNIT),
        act("reporting:evidence-remove", "Bỏ minh chứng đã gửi", NOBODY, unfit=UNIT, unseen=STRANGERS, case="sent"),
        act("reporting:entry-accept", "Tiếp nhận nội dung một nhiệm vụ", COORDINATOR, unseen=STRANGERS),
        act("reporting:entry-accept", "Tiếp nhận nội dung do chính mình gửi", NOBODY, unseen=STRANGERS, case="own"),
        act("reporting:entry-return", "Trả lại nội dung một nhiệm vụ", COORDINATOR, unseen=STRANGERS),
        page("reporting:review-queue", "Nội dung chờ tiếp nhận", COORDINATOR),
        act("reporting:review-accept", "Tiếp nhận nhiều nội dung cùng lúc", COORDINATOR),
        page("reporting:duty-review", "Xem lại trước khi ký", UNIT, moved=READERS, unseen=STRANGERS),
        act("reporting:entry-remark", "Trao đổi về một nội dung", UNIT | COORDINATOR, unseen=STRANGERS),
        page("reporting:part-list", "Việc phối hợp (chỉ của đơn vị mình)"),
        act("reporting:part-answer", "Trả lời về phần phối hợp", UNIT, unseen=SIGNED_IN - UNIT),
        act("reporting:part-withdraw", "Rút ý kiến không thống nhất", UNIT, unseen=SIGNED_IN - UNIT),
        act("reporting:part-settle", "Kết luận về ý kiến không thống nhất", COORDINATOR, unseen=STRANGERS),
        page("reporting:extension-list", "Các đề nghị gia hạn (đơn vị chỉ thấy của mình)"),
        page("reporting:task-extension", "Thời hạn và gia hạn của một nhiệm vụ", UNIT | READERS, unseen=STRANGERS),
        act("reporting:task-extension", "Đề nghị gia hạn", HEAD, unseen=STRANGERS),
        act("reporting:extension-withdraw", "Rút đề nghị gia hạn", HEAD, unseen=STRANGERS),
        act("reporting:extension-advise", "Ghi ý kiến về đề nghị gia hạn", COORDINATOR, unseen=STRANGERS),
        act("reporting:extension-grant", "Đồng ý gia hạn", DECISION_MAKER, unseen=STRANGERS),
        act("reporting:extension-refuse", "Không đồng ý gia hạn", DECISION_MAKER, unseen=STRANGERS),
    ],
    "Kế hoạch và nhiệm vụ": [
        page("plans:overview", "Tổng quan (trong phạm vi được xem)"),
        page("plans:overview-live", "Số liệu tổng quan mới nhất"),
        page("plans:overview-events", "Luồng báo có thay đổi"),
        page("plans:task-list", "Danh sách nhiệm vụ (trong phạm vi được xem)"),
        page("plans:task-export", "Tải danh sách nhiệm vụ"),
        page("plans:task-unclear", "Nhiệm vụ thiếu 6 rõ"),
        page("plans:task-detail", "Trang một nhiệm vụ", UNIT | READERS, unseen=STRANGERS),
        *form("plans:task-assign", "Giao nhiệm vụ cho đơn vị", COORDINATOR, unseen=STRANGERS),
        *form("plans:task-unassign", "Thôi giao cho đơn vị", COORDINATOR, unseen=STRANGERS),
        *form("plans:task-deadline", "Ghi thời hạn", COORDINATOR, unseen=STRANGERS),
        *form("plans:task-field", "Điền bằng tay", COORDINATOR, unseen=STRANGERS),
        *form("plans:task-head", "Ghi người đứng đầu chịu trách nhiệm", COORDINATOR, unseen=STRANGERS),
        *form("plans:task-officer", "Giao nhiệm vụ cho cán bộ", HEAD, unseen=STRANGERS),
        page("plans:workplan", "Kế hoạch hành động còn thiếu (chỉ nhiệm vụ được thấy)"),
        *form("plans:task-start", "Ghi ngày bắt đầu thực hiện", UNIT, unseen=STRANGERS),
        *form("plans:milestone-add", "Đặt mốc công việc", UNIT, unseen=STRANGERS),
        *form("plans:milestone-finish", "Ghi mốc đã xong", UNIT, unseen=STRANGERS),
        *form("plans:milestone-remove", "Bỏ mốc công việc", UNIT, unseen=STRANGERS),
        *form("plans:task-hide", "Không công khai nhiệm vụ", DECISION_MAKER, unseen=STRANGERS),
        *form("plans:task-show", "Cho công khai lại nhiệm vụ", DECISION_MAKER, unseen=STRANGERS),
        *form("plans:task-mandate", "Gắn nhiệm vụ với văn bản cấp trên", COORDINATOR, unseen=STRANGERS),
        *form("plans:plan-mandate", "Gắn kế hoạch với văn bản cấp trên", COORDINATOR),
        *form("plans:mandate-end", "Thôi gắn với văn bản cấp trên", COORDINATOR),
        page("plans:higher-list", "Tiến độ theo văn bản cấp trên (trong phạm vi được xem)"),
        page("plans:plan-list", "Các kế hoạch"),
        page("plans:plan-detail", "Trang một kế hoạch"),
        page("plans:plan-workbook", "Tải kế hoạch thành tệp Excel để sửa", COORDINATOR),
        *form("plans:plan-workbook-return", "Nộp lại tệp Excel của kế hoạch", COORDINATOR),
        page("plans:document-lines", "Văn bản và dòng được dẫn"),
    ],
    "Nhập văn bản": [
        page("intake:import-list", "Các lần nhập văn bản", LOOKS),
        act("intake:import-list", "Tải văn bản lên", COORDINATOR),
        page("intake:import-review", "Nguồn bên cạnh đề xuất", LOOKS),
        act("intake:proposals-decide", "Chấp nhận hoặc bỏ đề xuất", COORDINATOR, unseen=REST_OF_IMPORTS),
        page(
            "intake:import-progress",
            "Đọc tệp đến đâu (đọc xong thì sang đối chiếu)",
            NOBODY,
            moved=LOOKS,
        ),
        page("intake:proposal-card", "Một đề xuất trong danh sách", COORDINATOR),
        *form("intake:proposal-edit", "Sửa một đề xuất", COORDINATOR),
        *form("intake:proposal-split", "Tách một nhiệm vụ", COORDINATOR),
        *form("intake:proposal-merge", "Gộp hai nhiệm vụ", COORDINATOR),
        *form("intake:proposal-link", "Gắn nhiệm vụ với chỉ tiêu", COORDINATOR),
        act("intake:proposal-unshape", "Hoàn lại việc tách, gộp", COORDINATOR),
        act("intake:import-compare", "So sánh lại với kế hoạch đã có phiên bản mới", COORDINATOR),
        act("intake:proposals-twin", "Xác nhận nhiệm vụ trùng", COORDINATOR),
        *form("intake:import-accept", "Chấp nhận văn bản thành phiên bản kế hoạch", COORDINATOR),
        act("intake:import-rest", "Xem lại phần chưa lấy của văn bản đã chấp nhận", COORDINATOR),
        *form("intake:import-discard", "Bỏ lần nhập", COORDINATOR),
    ],
    "Chỉ tiêu và chương trình": [
        page("indicators:indicator-list", "Danh sách chỉ tiêu"),
        page("indicators:indicator-detail", "Trang một chỉ tiêu"),
        page("indicators:indicator-live", "Phần tự cập nhật của trang một chỉ tiêu"),
        page("indicators:below-list", "Đơn vị dưới ngưỡng (đơn vị chỉ thấy của mình)"),
        *form("indicators:indicator-create", "Lập chỉ tiêu", COORDINATOR),
        *form("indicators:passport-change", "Sửa hồ sơ chỉ tiêu", COORDINATOR),
        *form("indicators:indicator-retire", "Thôi theo dõi chỉ tiêu", COORDINATOR),
        *form("indicators:target-set", "Ghi mục tiêu, lộ trình", COORDINATOR),
        *form("indicators:target-withdraw", "Bỏ một mốc mục tiêu", COORDINATOR),
        *form("indicators:tie-add", "Gắn chỉ tiêu với nhiệm vụ, mục tiêu, văn bản", COORDINATOR),
        *form("indicators:tie-end", "Thôi gắn chỉ tiêu", COORDINATOR),
        page("indicators:proposal-plans", "Nơi nhận chỉ tiêu: kế hoạch, danh mục", COORDINATOR),
        act("indicators:catalogue-take", "Lập các chỉ tiêu của một danh mục", COORDINATOR),
        *form("indicators:proposal-list", "Nhận chỉ tiêu của kế hoạch", COORDINATOR),
        *form("indicators:proposal-edit", "Sửa rồi nhận một chỉ tiêu của kế hoạch", COORDINATOR),
        page("indicators:programme-list", "Các chương trình"),
        page("indicators:programme-detail", "Trang một chương trình"),
        page("indicators:measurement-detail", "Kết quả một kỳ đã công bố"),
        *form("indicators:programme-create", "Lập chương trình", COORDINATOR),
        *form("indicators:programme-change", "Sửa chương trình", COORDINATOR),
        *form("indicators:objective-set", "Ghi mục tiêu của chương trình", COORDINATOR),
        *form("indicators:objective-end", "Bỏ mục tiêu của chương trình", COORDINATOR),
        *form("indicators:programme-force", "Đưa chương trình vào hiệu lực", DECISION_MAKER),
        *form("indicators:programme-end", "Kết thúc chương trình", DECISION_MAKER),
        *form("indicators:measurement-publish", "Công bố kết quả một kỳ của chương trình", COORDINATOR),
        page("indicators:value-due", "Số liệu cần nhập (chỉ của đơn vị mình)"),
        *form("indicators:value-enter", "Nhập số liệu một kỳ", ENTERS, unseen=SIGNED_IN - ENTERS),
        page("indicators:value-queue", "Số liệu chờ xác nhận", HEAD | COORDINATOR),
        act("indicators:value-accept", "Xác nhận số liệu", HEAD | COORDINATOR, unseen=STRANGERS),
        act("indicators:value-return", "Trả lại số liệu", HEAD | COORDINATOR, unseen=STRANGERS),
        page("indicators:value-evidence", "Mở minh chứng của số liệu", UNIT | READERS, unseen=STRANGERS),
        page("indicators:value-ledger", "Sổ số liệu của một ô", UNIT | READERS, unseen=STRANGERS),
        act("indicators:value-ledger", "Ghi lần tiếp theo của một ô", ENTERS, unseen=STRANGERS),
        page("indicators:batch-list", "Lần gửi số liệu (của mình)", SIGNED_IN - ADMINISTRATOR),
        act("indicators:batch-list", "Gửi tệp số liệu", ENTERS, unfit=OTHER_UNIT),
        page("indicators:batch-template", "Tải tệp Excel để điền số liệu", ENTERS, unseen=SIGNED_IN - ENTERS),
        page("indicators:batch-detail", "Một lần gửi số liệu", OFFICER | READERS, unseen=HEAD | STRANGERS),
        *form("indicators:aside-mend", "Sửa và nhận dòng để riêng", OFFICER | COORDINATOR, unseen=HEAD | STRANGERS),
        act("indicators:aside-drop", "Bỏ dòng để riêng", OFFICER | COORDINATOR, unseen=HEAD | STRANGERS),
        page("indicators:source-list", "Nguồn số liệu với điểm chất lượng", SIGNED_IN - ADMINISTRATOR),
        page("indicators:source-detail", "Một nguồn số liệu, cách tính điểm", SIGNED_IN - ADMINISTRATOR),
        *form("indicators:source-add", "Thêm nguồn số liệu", COORDINATOR),
        *form("indicators:source-correct", "Sửa thông tin nguồn số liệu", COORDINATOR),
        act("indicators:source-retire", "Thôi dùng nguồn số liệu", COORDINATOR),
        page("indicators:indicator-units", "Chỉ tiêu theo đơn vị (đơn vị chỉ thấy của mình)"),
        page("indicators:indicator-map", "Chỉ tiêu trên bản đồ (đơn vị chỉ thấy của mình)"),
        page("indicators:indicator-unit", "Biểu đồ chỉ tiêu của một đơn vị", UNIT | READERS, unseen=STRANGERS),
    ],
    "Bộ tiêu chí": [
        page("evaluation:criteria-list", "Các bộ tiêu chí (đơn vị chỉ thấy bộ đã ban hành)"),
        *form("evaluation:criteria-draft", "Soạn bộ tiêu chí từ bộ có sẵn", COORDINATOR),
        page("evaluation:criteria-detail", "Một bản soạn", READERS, unseen=SIGNED_IN - READERS),
        page("evaluation:criteria-compare", "Hai phiên bản khác gì"),
        page("evaluation:criteria-file", "Nội dung bộ đã ban hành"),
        act("evaluation:criteria-again", "Soạn phiên bản mới", COORDINATOR),
        *form("evaluation:criteria-edit", "Sửa quy tắc chung của bản soạn", COORDINATOR, unseen=SIGNED_IN - READERS),
        act("evaluation:criterion-add", "Thêm tiêu chí", COORDINATOR, unseen=SIGNED_IN - READERS),
        *form("evaluation:criterion-edit", "Sửa một tiêu chí", COORDINATOR, unseen=SIGNED_IN - READERS),
        act("evaluation:criterion-remove", "Bỏ một tiêu chí", COORDINATOR, unseen=SIGNED_IN - READERS),
        act("evaluation:criterion-link", "Gắn với mục tiêu, chỉ tiêu", COORDINATOR, unseen=SIGNED_IN - READERS),
        act("evaluation:criterion-unlink", "Bỏ gắn", COORDINATOR, unseen=SIGNED_IN - READERS),
        act("evaluation:criteria-propose", "Trình ban hành", COORDINATOR, unseen=SIGNED_IN - READERS),
        act(
            "evaluation:criteria-take-back",
            "Đưa về bản soạn",
            COORDINATOR | DECISION_MAKER,
            unseen=SIGNED_IN - READERS,
        ),
        act("evaluation:criteria-drop", "Bỏ bản soạn", COORDINATOR, unseen=SIGNED_IN - READERS),
        act("evaluation:criteria-decide", "Ban hành", DECISION_MAKER, unseen=SIGNED_IN - READERS),
    ],
    "Kiểm tra báo cáo hoàn thành": [
        page("evaluation:audit-list", "Các đợt kiểm tra (đơn vị chỉ thấy đợt đã công bố)"),
        *form("evaluation:audit-frame", "Lập đợt kiểm tra", COORDINATOR),
        page("evaluation:audit-detail", "Một đợt đang kiểm tra", READERS, unseen=SIGNED_IN - READERS),
        page("evaluation:audit-frame-file", "Danh sách đã chốt", READERS, unseen=SIGNED_IN - READERS),
        act("evaluation:audit-draw", "Rút thăm", COORDINATOR, unseen=SIGNED_IN - READERS),
        act("evaluation:audit-conclude", "Kết luận", COORDINATOR, unseen=SIGNED_IN - READERS),
        act("evaluation:audit-publish", "Công bố kết quả", DECISION_MAKER, unseen=SIGNED_IN - READERS),
        page(
            "evaluation:claim-check", "Nhiệm vụ được giao kiểm tra", READERS | OTHER_UNIT, unseen=UNIT | ADMINISTRATOR
        ),
        act("evaluation:claim-check", "Ghi kết quả kiểm tra", OTHER_UNIT, unseen=UNIT | ADMINISTRATOR),
        act("evaluation:claim-assign", "Giao người kiểm tra", COORDINATOR, unseen=UNIT | ADMINISTRATOR),
        page("evaluation:claim-file", "Ảnh, giấy tờ kèm theo", READERS | OTHER_UNIT, unseen=UNIT | ADMINISTRATOR),
    ],
    "Kinh phí": [
        page("budget:overview", "Tổng hợp kinh phí (trong phạm vi được xem)"),
        page("budget:share", "Tỷ lệ chi cho khoa học, công nghệ"),
        act("budget:share", "Ghi số liệu ngân sách", FINANCE),
        page("budget:money-list", "Nhiệm vụ được nhập kinh phí", UNIT | FINANCE | OTHER_UNIT),
        *form("budget:money-enter", "Nhập kinh phí của một nhiệm vụ", UNIT | FINANCE, unseen=STRANGERS),
        page("budget:money-file", "Mở chứng từ kèm số liệu", UNIT | READERS, unseen=STRANGERS),
        page("budget:money-queue", "Số chờ xác nhận", FINANCE | COORDINATOR),
        act("budget:money-confirm", "Xác nhận số của đơn vị", FINANCE, unfit=COORDINATOR),
        page("budget:money-return", "Trả lại số của đơn vị: biểu mẫu", FINANCE | COORDINATOR),
        act("budget:money-return", "Trả lại số của đơn vị", FINANCE, unfit=COORDINATOR),
        page("budget:money-workbook-get", "Tải tệp kinh phí của năm", FINANCE),
        *form("budget:money-workbook", "Nộp tệp kinh phí của năm", FINANCE),
    ],
    "Công bố": [
        page("publication:release-list", "Các đợt công bố (đề xuất chỉ hiện với người có trách nhiệm)"),
        *form("publication:release-propose", "Đề xuất đợt công bố", COORDINATOR),
        page("publication:release-detail", "Xem đề xuất công bố", LOOKS, unseen=NOT_PUBLIC_YET),
        page("publication:release-detail", "Xem đợt đã công bố", case="approved"),
        page("publication:release-sealed", "Tải bản niêm phong của một đợt công bố"),
        page(
            "publication:release-sealed",
            "Tải bản niêm phong của một đợt đã rút",
            DECISION_MAKER | {"inspector"},
            unseen=NOT_PUBLIC_YET,
            case="withdrawn",
        ),
        act("publication:release-approve", "Phê duyệt công bố", DECISION_MAKER, unseen=NOT_PUBLIC_YET),
        act(
            "publication:release-approve", "Phê duyệt đề xuất của chính mình", NOBODY, unseen=NOT_PUBLIC_YET, case="own"
        ),
        act("publication:release-reject", "Không phê duyệt công bố", DECISION_MAKER, unseen=NOT_PUBLIC_YET),
    ],
    "Cơ quan, đơn vị": [
        page("orgs:unit-list", "Danh sách cơ quan, đơn vị"),
        page("orgs:unit-detail", "Trang một cơ quan"),
        *form("orgs:unit-add", "Thêm đơn vị", ADMINISTRATOR),
        *form("orgs:unit-correct", "Sửa thông tin đơn vị", ADMINISTRATOR),
        page("orgs:office-day-list", "Lịch làm việc: ngày nghỉ, ngày làm bù"),
        act("orgs:office-day-list", "Ghi ngày nghỉ, ngày làm bù", COORDINATOR | ADMINISTRATOR),
        act("orgs:office-day-remove", "Bỏ ngày nghỉ, ngày làm bù đã ghi", COORDINATOR | ADMINISTRATOR),
    ],
    "Thông báo": [
        page("notices:inbox", "Thông báo của mình"),
        act("notices:inbox-read", "Đánh dấu đã đọc hết", SIGNED_IN),
        act("notices:notice-open", "Mở một thông báo của cán bộ", OFFICER, unseen=SIGNED_IN - OFFICER),
        act("notices:notice-read", "Đánh dấu đã đọc", OFFICER, unseen=SIGNED_IN - OFFICER),
        *form("notices:preferences", "Chọn cách nhận thư", SIGNED_IN),
        page("notices:feed", "Địa chỉ lịch của mình"),
        act("notices:feed-make", "Tạo địa chỉ lịch", SIGNED_IN),
        act("notices:feed-end", "Thôi dùng địa chỉ lịch của mình", SIGNED_IN, recorded=False),
        page("notices:feed-file", "Lịch của người có địa chỉ", EVERYBODY),
        page("notices:feed-file", "Lịch ở một địa chỉ đã thôi dùng", NOBODY, unseen=EVERYBODY, case="ended"),
        page("notices:delivery-list", "Thư và tin gửi đi", ADMINISTRATOR),
        act("notices:delivery-retry", "Gửi lại thư không gửi được", ADMINISTRATOR),
        page("notices:endpoint-list", "Hệ thống nhận tin", ADMINISTRATOR),
        *form("notices:endpoint-add", "Thêm hệ thống nhận tin", ADMINISTRATOR),
        *form("notices:endpoint-change", "Sửa hệ thống nhận tin", ADMINISTRATOR),
        act("notices:endpoint-renew", "Cấp khóa mới", ADMINISTRATOR),
        act("notices:endpoint-switch", "Ngừng hoặc dùng lại hệ thống nhận tin", ADMINISTRATOR),
        act("notices:endpoint-try", "Gửi tin thử", ADMINISTRATOR),
    ],
    "Đánh giá hằng năm": [
        page("evaluation:cycle-list", "Các đợt đánh giá (đơn vị chỉ thấy phiếu của mình)"),
        *form("evaluation:cycle-create", "Mở đợt đánh giá", COORDINATOR),
        page("evaluation:cycle-detail", "Một đợt đánh giá (đơn vị chỉ thấy phiếu của mình)"),
        act("evaluation:cycle-advance", "Chuyển bước", COORDINATOR),
        act("evaluation:cycle-snapshot", "Chốt số liệu và tính điểm", COORDINATOR),
        act("evaluation:cycle-cancel", "Hủy đợt đánh giá", COORDINATOR),
        act("evaluation:cycle-decide", "Quyết định kết quả", DECISION_MAKER),
        act("evaluation:cycle-publish", "Công bố kết quả đã quyết định", COORDINATOR),
        act("evaluation:cycle-adjust", "Ghi điều chỉnh rút ra từ đánh giá", COORDINATOR),
        act("evaluation:assessor-name", "Cử người thẩm định", COORDINATOR),
        act("evaluation:assessor-end", "Thôi cử người thẩm định", COORDINATOR),
        page("evaluation:scoreboard", "Bảng điểm (đơn vị chỉ thấy kết quả của mình)"),
        page("evaluation:cycle-compare", "So hai lần tính", READERS, unseen=SIGNED_IN - READERS),
        page("evaluation:result-detail", "Cách tính một điểm", UNIT | READERS, unseen=STRANGERS),
        page("evaluation:snapshot-coverage", "Độ phủ số liệu", READERS, unseen=SIGNED_IN - READERS),
        page("evaluation:snapshot-file", "Tệp số liệu để tính lại", READERS, unseen=SIGNED_IN - READERS),
        page("evaluation:card-detail", "Phiếu của một đơn vị", UNIT | READERS, unseen=STRANGERS),
        act("evaluation:card-say", "Soạn tự đánh giá", UNIT, unseen=STRANGERS),
        act("evaluation:card-submit", "Gửi tự đánh giá", HEAD, unseen=STRANGERS),
        act("evaluation:card-object", "Gửi ý kiến về kết quả", HEAD, unseen=STRANGERS),
        page("evaluation:card-file", "Phiếu thành văn bản", UNIT | READERS, unseen=STRANGERS),
        act("evaluation:objection-answer", "Trả lời ý kiến", COORDINATOR, unseen=STRANGERS),
        page("evaluation:objection-file", "Tệp kèm ý kiến", UNIT | READERS, unseen=STRANGERS),
        page("evaluation:judgement-file", "Minh chứng của tự đánh giá", UNIT | READERS, unseen=STRANGERS),
    ],
    "Nhật ký": [
        page("audit:event-list", "Nhật ký toàn hệ thống", LOOKS | ADMINISTRATOR),
        page("audit:event-export", "Tải nhật ký", LOOKS | ADMINISTRATOR),
        act("audit:event-verify", "Kiểm tra chuỗi nhật ký", LOOKS | ADMINISTRATOR, recorded=False),
    ],
    "Trang công khai": [
        page("portal:home", "Trang chủ", EVERYBODY),
        page("portal:search", "Tìm kiếm", EVERYBODY),
        page("portal:plan", "Cây kế hoạch", EVERYBODY),
        page("portal:plan-text", "Cây của một kế hoạch", EVERYBODY),
        page("portal:plan-group", "Một nhóm nhiệm vụ của một kế hoạch", EVERYBODY),
        page("portal:group", "Một nhóm nhiệm vụ", EVERYBODY),
        page("portal:unit-list", "Các cơ quan", EVERYBODY),
        page("portal:unit", "Một cơ quan", EVERYBODY),
        page("portal:task-list", "Danh sách nhiệm vụ đã công bố", EVERYBODY),
        page("portal:task", "Một nhiệm vụ đã công bố", EVERYBODY),
        page("portal:task", "Một nhiệm vụ không công khai", NOBODY, unseen=EVERYBODY, case="hidden"),
        page("portal:money", "Kinh phí đã xác nhận", EVERYBODY),
        page("portal:evaluation", "Kết quả đánh giá mới nhất đã công bố", EVERYBODY),
        page("portal:evaluation-cycle", "Một kết quả đánh giá đã công bố", EVERYBODY),
        page("portal:evaluation-cycle", "Một đợt đánh giá chưa công bố", NOBODY, unseen=EVERYBODY, case="running"),
        page("portal:evaluation-unit", "Cách tính điểm của một đơn vị", EVERYBODY),
        page("portal:evaluation-file", "Số liệu để tính lại điểm đã công bố", EVERYBODY),
        page("portal:indicator-list", "Danh sách chỉ tiêu đã công bố", EVERYBODY),
        page("portal:indicator", "Một chỉ tiêu đã công bố", EVERYBODY),
        page("portal:indicator-chart", "Biểu đồ của một chỉ tiêu", EVERYBODY),
        page("portal:data", "Dữ liệu mở", EVERYBODY),
        page("portal:file", "Tải tệp dữ liệu", EVERYBODY),
        page("portal:release-list", "Các đợt công bố", EVERYBODY),
        page("portal:release", "Một đợt công bố", EVERYBODY),
        page("portal:release", "Một đợt chưa được phê duyệt", NOBODY, unseen=EVERYBODY, case="proposed"),
        page("portal:release-file", "Tệp của một đợt công bố", EVERYBODY),
        page("portal:about", "Cách kiểm chứng", EVERYBODY),
        page("portal:verification", "Nơi gõ mã kiểm chứng của báo cáo", EVERYBODY),
        page("portal:verification-code", "Xác minh một báo cáo bằng mã", EVERYBODY),
        page("portal:verification-json", "Xác minh bằng chương trình", EVERYBODY),
        page("portal:claim-audit-list", "Các đợt kiểm tra báo cáo hoàn thành", EVERYBODY),
        page("portal:claim-audit", "Kết quả một đợt đã công bố", EVERYBODY),
        page("portal:claim-audit", "Một đợt chưa công bố", NOBODY, unseen=EVERYBODY, case="unpublished"),
        page("portal:claim-audit-frame", "Danh sách đã chốt của một đợt", EVERYBODY),
        page("portal:robots", "Chỉ dẫn cho máy tìm kiếm", EVERYBODY),
        act("set_language", "Chọn ngôn ngữ", EVERYBODY, recorded=False),
    ],
    "Giao diện lập trình": [
        page("api:health", "Tình trạng", EVERYBODY),
        page("api:tasks", "Danh sách nhiệm vụ đã công bố", EVERYBODY),
        page("api:task", "Một nhiệm vụ đã công bố", EVERYBODY),
        page("api:task", "Một nhiệm vụ không công khai", NOBODY, unseen=EVERYBODY, case="hidden"),
        page("api:indicators", "Danh sách chỉ tiêu đã công bố", EVERYBODY),
        page("api:indicator", "Một chỉ tiêu đã công bố", EVERYBODY),
        page("api:units", "Các cơ quan", EVERYBODY),
        page("api:releases", "Các đợt công bố", EVERYBODY),
        page("api:release", "Một đợt công bố", EVERYBODY),
        page("api:value-batch", "Kết quả một lần gửi số liệu (chỉ bằng khóa)", NOBODY, by_key=True),
        act("api:value-send", "Gửi số liệu chỉ tiêu (chỉ bằng khóa)", NOBODY, by_key=True),
        page("api:evaluation_list", "Kết quả đánh giá đã công bố", EVERYBODY),
        page("api:openapi-json", "Mô tả giao diện", EVERYBODY),
        page("api:api-root", "Gốc của giao diện", NOBODY, unseen=EVERYBODY),
        page("api:not-found", "Địa chỉ không có", NOBODY, unseen=EVERYBODY),
    ],
}
ROWS: list[Row] = [row for rows in SECTIONS.values() for row in rows]
