"""Words for the acts of reorganisation and oversight, a part of the one table in `words`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OVERSIGHT_ACT_WORDS: dict[str, str | Promise] = {
    "plans.task.hand_over": _("Chuyển nhiệm vụ cho đơn vị tiếp nhận"),
    "plans.task.take_back": _("Rút lại việc chuyển nhiệm vụ"),
    "oversight.followup.open": _("Giao một việc phải làm"),
    "oversight.followup.note": _("Ghi tiến độ việc được giao"),
    "oversight.followup.report": _("Báo cáo xong việc được giao"),
    "oversight.followup.return": _("Trả lại việc được giao để làm tiếp"),
    "oversight.followup.close": _("Xác nhận xong việc được giao"),
    "oversight.followup.extend": _("Gia hạn việc được giao"),
    "oversight.followup.cancel": _("Thôi theo dõi việc được giao"),
    "oversight.followup.escalate": _("Báo cấp trên việc được giao quá hạn"),
}
OVERSIGHT_PAGES: dict[str, str] = {"oversight.followup": "oversight:follow-up-detail"}
