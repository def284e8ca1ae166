"""Words for the acts of reorganisation and oversight, a part of the one table in `words`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OVERSIGHT_ACT_WORDS: dict[str, str | Promise] = {
    "plans.group.supervise": _("Giao cơ quan giám sát một nhóm nhiệm vụ"),
    "plans.group.end_supervision": _("Thôi giao cơ quan giám sát một nhóm nhiệm vụ"),
    "oversight.programme.record": _("Ghi chương trình kiểm tra năm"),
    "oversight.inspection.plan": _("Ghi một cuộc kiểm tra"),
    "oversight.inspection.change": _("Sửa nội dung, thời gian kiểm tra"),
    "oversight.inspection.name_team": _("Cử thành viên đoàn kiểm tra"),
    "oversight.inspection.end_team": _("Thôi cử thành viên đoàn kiểm tra"),
    "oversight.inspection.announce": _("Ghi quyết định kiểm tra"),
    "oversight.inspection.begin": _("Bắt đầu kiểm tra"),
    "oversight.inspection.cancel": _("Thôi tiến hành kiểm tra"),
    "oversight.inspection.list": _("Soạn danh mục kiểm tra"),
    "oversight.inspection.answer": _("Trả lời danh mục kiểm tra"),
    "oversight.inspection.conclude": _("Kết luận kiểm tra"),
    "oversight.finding.find": _("Ghi phát hiện khi kiểm tra"),
    "oversight.finding.add_file": _("Thêm ảnh, giấy tờ vào phát hiện"),
    "oversight.finding.withdraw": _("Rút phát hiện"),
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
OVERSIGHT_PAGES: dict[str, str] = {
    "oversight.inspection": "oversight:inspection-detail",
    "oversight.followup": "oversight:follow-up-detail",
}
