"""What each state looks like: a tone, an icon and the words officials use. Pure; the tag translates the words."""

from dataclasses import dataclass
from gettext import gettext as _


@dataclass(frozen=True)
class Chip:
    """One look. `tone` is a CSS suffix: empty (plain), accent, solid, warn, danger, quiet."""

    tone: str
    icon: str
    words: str


UNKNOWN = Chip("", "circle", "")

CHIPS: dict[str, Chip] = {
    # Work state of a task.
    "not_started": Chip("", "circle", _("Chưa thực hiện")),
    "in_progress": Chip("accent", "half", _("Đang thực hiện")),
    "awaiting_confirmation": Chip("accent", "inbox", _("Chờ xác nhận")),
    "completed": Chip("solid", "check", _("Hoàn thành")),
    "paused": Chip("", "pause", _("Tạm dừng")),
    "cancelled": Chip("quiet", "ban", _("Hủy")),
    # Deadline side, derived from dates.
    "not_due": Chip("", "calendar", _("Chưa đến hạn")),
    "due_soon": Chip("warn", "clock", _("Sắp đến hạn")),
    "in_time": Chip("", "calendar", _("Trong hạn")),
    "overdue": Chip("danger", "alert", _("Quá hạn")),
    "no_deadline": Chip("quiet", "repeat", _("Không hạn (thường xuyên)")),
    "deadline_missing": Chip("quiet", "question", _("Chưa có thời hạn")),
    # The four official cells.
    "done_on_time": Chip("solid", "check", _("Hoàn thành đúng hạn")),
    "done_late": Chip("accent", "check-circle", _("Hoàn thành quá hạn")),
    "open_in_time": Chip("", "calendar", _("Chưa hoàn thành, trong hạn")),
    "open_overdue": Chip("danger", "alert", _("Chưa hoàn thành, quá hạn")),
    # Where a figure stands against its target, and how final a value is.
    "missing_value": Chip("warn", "clock", _("Thiếu số liệu")),
    "no_data": Chip("quiet", "question", _("Không có số liệu")),
    "not_full": Chip("quiet", "half", _("Chưa đủ số liệu")),
    "no_target": Chip("", "circle", _("Chưa có mục tiêu")),
    "not_met": Chip("danger", "alert", _("Chưa đạt")),
    "on_track": Chip("accent", "half", _("Đúng lộ trình")),
    "met": Chip("solid", "check", _("Đạt")),
    "exceeded": Chip("solid", "check-circle", _("Vượt")),
    # Report duty, report entry, each submission.
    "open": Chip("accent", "pencil", _("Đang mở")),
    "conflict": Chip("warn", "alert", _("Xung đột")),
    "draft": Chip("quiet", "pencil", _("Bản nháp")),
    "waiting": Chip("accent", "inbox", _("Chờ xem")),
    "awaiting_approval": Chip("accent", "sign", _("Chờ ký duyệt")),
    "submitted": Chip("accent", "send", _("Đã nộp")),
    "returned": Chip("warn", "undo", _("Bị trả lại")),
    "accepted": Chip("solid", "check", _("Đã tiếp nhận")),
    "late": Chip("danger", "alert", _("Nộp quá hạn")),
    "nothing_new": Chip("", "circle", _("Không phát sinh")),
    "not_sent": Chip("warn", "question", _("Chưa nộp")),
    "reopened": Chip("accent", "undo", _("Được mở lại để đính chính")),
    "no_report": Chip("warn", "question", _("Chưa có báo cáo")),
    "stale": Chip("warn", "clock", _("Lâu chưa cập nhật")),
    "closed": Chip("", "lock", _("Đã khóa")),
    "day_off": Chip("quiet", "calendar", _("Nghỉ")),
    "day_worked": Chip("accent", "calendar", _("Làm việc")),
    # What coordinating agencies say of their part; requests to move a deadline.
    "asked": Chip("accent", "inbox", _("Chờ xác nhận")),
    "partly": Chip("warn", "half", _("Đúng một phần")),
    "refuted": Chip("danger", "alert", _("Không đúng")),
    "uncheckable": Chip("quiet", "question", _("Không kiểm tra được")),
    "confirmed": Chip("solid", "check", _("Đã xác nhận")),
    "amended": Chip("accent", "pencil", _("Xác nhận, có bổ sung")),
    "disputed": Chip("warn", "alert", _("Không thống nhất")),
    "settled": Chip("", "check-circle", _("Đã xử lý ý kiến")),
    "silent": Chip("quiet", "clock", _("Không trả lời đúng hạn")),
    "granted": Chip("solid", "check", _("Đồng ý gia hạn")),
    "refused": Chip("", "cross", _("Không đồng ý gia hạn")),
    # Proposals read from a document.
    "proposed": Chip("accent", "question", _("Đề xuất")),
    "repaired": Chip("warn", "pencil", _("Đề nghị sửa chữ")),
    "pending": Chip("", "circle", _("Chưa quyết")),
    "discarded": Chip("quiet", "cross", _("Đã bỏ")),
    "edited": Chip("accent", "pencil", _("Đã sửa khi nhận")),
    "rejected": Chip("quiet", "cross", _("Không nhận")),
    "annex_missing": Chip("warn", "file", _("Thiếu phụ lục")),
    # Publication and units.
    "approved": Chip("solid", "check", _("Đã duyệt")),
    "published": Chip("accent", "globe", _("Đã công bố")),
    "withdrawn": Chip("quiet", "cross", _("Đã rút")),
    "internal": Chip("quiet", "eye-off", _("Không công khai")),
    "active": Chip("", "building", _("Đang hoạt động")),
    "merged": Chip("quiet", "merge", _("Đã sáp nhập")),
    "dissolved": Chip("quiet", "ban", _("Đã kết thúc")),
    # Letters and events on their way.
    "sending": Chip("", "send", _("Đang gửi")),
    "sent": Chip("solid", "check", _("Đã gửi")),
    "failed": Chip("warn", "clock", _("Chưa gửi được")),
    "given_up": Chip("danger", "alert", _("Không gửi được")),
    "dropped": Chip("quiet", "cross", _("Không cần gửi")),
    # Digital signatures on papers brought back.
    "signature_trusted": Chip("solid", "check", _("Chữ ký tin cậy")),
    "signature_unknown": Chip("warn", "question", _("Chưa có trong danh sách tin cậy")),
    "signature_changed": Chip("danger", "alert", _("Đã bị sửa")),
    # Programmes and their periods.
    "drawn_up": Chip("quiet", "pencil", _("Đang dự thảo")),
    "in_force": Chip("accent", "check-circle", _("Đang có hiệu lực")),
    "ended": Chip("quiet", "lock", _("Đã kết thúc")),
    "published_late": Chip("warn", "clock", _("Công bố muộn")),
    "missed": Chip("danger", "alert", _("Không công bố đúng hạn")),
    "running": Chip("", "calendar", _("Chưa hết kỳ")),
    # Values of indicators.
    "estimate": Chip("quiet", "half", _("Ước")),
    "official": Chip("accent", "check-circle", _("Chính thức")),
    "revised": Chip("", "pencil", _("Điều chỉnh")),
}


def look_of(kind: object) -> Chip:
    """The look of a state code; a code nobody described is plain, never an error."""
    return CHIPS.get(str(kind), UNKNOWN)
