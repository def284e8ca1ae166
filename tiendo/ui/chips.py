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
    "not_started": Chip("", "circle", _("chưa thực hiện")),
    "in_progress": Chip("accent", "half", _("đang thực hiện")),
    "awaiting": Chip("accent", "inbox", _("chờ xác nhận")),
    "done": Chip("solid", "check", _("hoàn thành")),
    "paused": Chip("", "pause", _("tạm dừng")),
    "cancelled": Chip("quiet", "ban", _("hủy")),
    # Deadline side, derived from dates.
    "not_due": Chip("", "calendar", _("chưa đến hạn")),
    "due_soon": Chip("warn", "clock", _("sắp đến hạn")),
    "in_time": Chip("", "calendar", _("trong hạn")),
    "overdue": Chip("danger", "alert", _("quá hạn")),
    "no_deadline": Chip("quiet", "repeat", _("không hạn (thường xuyên)")),
    "deadline_missing": Chip("quiet", "question", _("chưa có thời hạn")),
    # The four official cells.
    "done_in_time": Chip("solid", "check", _("hoàn thành đúng hạn")),
    "done_late": Chip("accent", "check-circle", _("hoàn thành quá hạn")),
    "open_in_time": Chip("", "calendar", _("chưa hoàn thành, trong hạn")),
    "open_overdue": Chip("danger", "alert", _("chưa hoàn thành, quá hạn")),
    # Report duty and report entry.
    "not_open": Chip("quiet", "calendar", _("chưa đến kỳ")),
    "open": Chip("accent", "pencil", _("đang mở")),
    "draft": Chip("quiet", "pencil", _("bản nháp")),
    "awaiting_approval": Chip("accent", "sign", _("chờ ký duyệt")),
    "submitted": Chip("accent", "send", _("đã nộp")),
    "returned": Chip("warn", "undo", _("bị trả lại")),
    "accepted": Chip("solid", "check", _("đã tiếp nhận")),
    "late": Chip("danger", "alert", _("nộp quá hạn")),
    "nothing_new": Chip("", "circle", _("không phát sinh")),
    "no_report": Chip("warn", "question", _("chưa có báo cáo")),
    "stale": Chip("warn", "clock", _("lâu chưa cập nhật")),
    "closed": Chip("", "lock", _("đã khóa")),
    # Proposals read from a document.
    "proposed": Chip("accent", "question", _("đề xuất")),
    "repaired": Chip("warn", "pencil", _("đề nghị sửa chữ")),
    "edited": Chip("accent", "pencil", _("đã sửa khi nhận")),
    "rejected": Chip("quiet", "cross", _("không nhận")),
    "annex_missing": Chip("warn", "file", _("thiếu phụ lục")),
    # Publication and units.
    "published": Chip("accent", "globe", _("đã công bố")),
    "internal": Chip("quiet", "eye-off", _("không công khai")),
    "active": Chip("", "building", _("đang hoạt động")),
    "merged": Chip("quiet", "merge", _("đã sáp nhập")),
    "dissolved": Chip("quiet", "ban", _("đã kết thúc")),
    # Values of indicators.
    "estimate": Chip("quiet", "half", _("ước")),
    "official": Chip("accent", "check-circle", _("chính thức")),
    "revised": Chip("", "pencil", _("điều chỉnh")),
}


def look_of(kind: object) -> Chip:
    """The look of a state code; a code nobody described is plain, never an error."""
    return CHIPS.get(str(kind), UNKNOWN)
