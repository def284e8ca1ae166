"""The kinds of messages, how each goes out unless a person chose otherwise, and what a webhook may hear of. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from gettext import gettext as _


class Way(StrEnum):
    """How a message leaves the house, beside standing in the inbox, where every one stands."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    INBOX = "inbox"


WAY_WORDS: dict[Way, str] = {
    Way.AT_ONCE: _("gửi thư ngay"),
    Way.DIGEST: _("gộp vào thư tổng hợp buổi sáng"),
    Way.INBOX: _("không gửi thư"),
}


class Kind(StrEnum):
    """What a message is about; the values are stored, and are the event types of webhooks."""

    PERIOD_OPENED = "period.opened"
    REMINDER = "report.reminder"
    URGING = "unit.urged"
    TASK_LATE = "task.late"
    TO_APPROVE = "report.to_approve"
    PUSHED_BACK = "report.pushed_back"
    RECEIVED = "report.received"
    RETURNED = "report.returned"
    ACCEPTED = "report.accepted"
    REMARK = "report.remark"
    REOPENED = "report.reopened"
    LYING = "report.lying"
    ESCALATED = "report.escalated"
    PART_TO_CONFIRM = "part.to_confirm"
    PART_ANSWERED = "part.answered"
    PART_DISPUTED = "part.disputed"
    EXTENSION_ASKED = "extension.asked"
    EXTENSION_DECIDED = "extension.decided"
    RELEASE_TO_APPROVE = "release.to_approve"
    RELEASE_DECIDED = "release.decided"
    REPORT_ISSUED = "report.issued"
    SUBSTITUTE = "person.substitute"
    MONEY_RETURNED = "money.returned"
    VALUE_RETURNED = "value.returned"
    EVALUATION = "evaluation.moved"
    AMENDMENT = "amendment.moved"
    DIFFICULTY = "difficulty.moved"
    INSPECTION = "inspection.moved"
    FOLLOW_UP = "followup.moved"
    UNIT_CHANGED = "unit.changed"
    PLAN_TO_ACCEPT = "plan.to_accept"
    PLAN_DECIDED = "plan.decided"


TEST = "test.sent"  # the type of an event that only asks whether events arrive


@dataclass(frozen=True)
class KindFacts:
    """The words for a kind, and its way while a person has chosen none."""

    label: str
    way: Way = Way.DIGEST


KINDS: dict[Kind, KindFacts] = {
    Kind.PERIOD_OPENED: KindFacts(_("Kỳ báo cáo được mở")),
    Kind.REMINDER: KindFacts(_("Nhắc hạn nộp báo cáo")),
    Kind.URGING: KindFacts(_("Đôn đốc"), Way.AT_ONCE),
    Kind.TASK_LATE: KindFacts(_("Nhiệm vụ quá hạn hoặc lâu chưa cập nhật")),
    Kind.TO_APPROVE: KindFacts(_("Báo cáo chờ phê duyệt")),
    Kind.PUSHED_BACK: KindFacts(_("Báo cáo bị chuyển lại để sửa trong đơn vị"), Way.AT_ONCE),
    Kind.RECEIVED: KindFacts(_("Đơn vị đã gửi báo cáo"), Way.INBOX),
    Kind.RETURNED: KindFacts(_("Báo cáo bị trả lại"), Way.AT_ONCE),
    Kind.ACCEPTED: KindFacts(_("Báo cáo được tiếp nhận")),
    Kind.REMARK: KindFacts(_("Trao đổi về một nội dung báo cáo")),
    Kind.REOPENED: KindFacts(_("Báo cáo được mở lại"), Way.AT_ONCE),
    Kind.LYING: KindFacts(_("Báo cáo nằm lâu ở một nơi")),
    Kind.ESCALATED: KindFacts(_("Việc để lâu được báo lên cấp trên"), Way.AT_ONCE),
    Kind.PART_TO_CONFIRM: KindFacts(_("Phần phối hợp chờ xác nhận")),
    Kind.PART_ANSWERED: KindFacts(_("Cơ quan phối hợp đã trả lời")),
    Kind.PART_DISPUTED: KindFacts(_("Phần phối hợp không thống nhất"), Way.AT_ONCE),
    Kind.EXTENSION_ASKED: KindFacts(_("Đề nghị gia hạn")),
    Kind.EXTENSION_DECIDED: KindFacts(_("Kết quả đề nghị gia hạn"), Way.AT_ONCE),
    Kind.RELEASE_TO_APPROVE: KindFacts(_("Đợt công bố chờ phê duyệt")),
    Kind.RELEASE_DECIDED: KindFacts(_("Đợt công bố đã có quyết định")),
    Kind.REPORT_ISSUED: KindFacts(_("Báo cáo tổng hợp đã phát hành")),
    Kind.SUBSTITUTE: KindFacts(_("Được cử thay người vắng mặt"), Way.AT_ONCE),
    Kind.MONEY_RETURNED: KindFacts(_("Số liệu kinh phí bị trả lại"), Way.AT_ONCE),
    Kind.VALUE_RETURNED: KindFacts(_("Số liệu chỉ tiêu bị trả lại"), Way.AT_ONCE),
    Kind.EVALUATION: KindFacts(_("Đánh giá hằng năm: việc đến lượt, kết quả, trả lời ý kiến")),
    Kind.AMENDMENT: KindFacts(_("Sửa đổi kế hoạch: đề nghị, dự thảo, quyết định")),
    Kind.DIFFICULTY: KindFacts(_("Khó khăn, vướng mắc: đến lượt, được trả lời, quá hạn trả lời")),
    Kind.INSPECTION: KindFacts(_("Kiểm tra: quyết định, kết luận")),
    Kind.FOLLOW_UP: KindFacts(_("Việc được giao sau chỉ đạo, kiểm tra"), Way.AT_ONCE),
    Kind.UNIT_CHANGED: KindFacts(_("Cơ quan được sắp xếp lại: việc chuyển đến, chuyển đi")),
    Kind.PLAN_TO_ACCEPT: KindFacts(_("Kế hoạch của đơn vị chờ thủ trưởng chấp nhận")),
    Kind.PLAN_DECIDED: KindFacts(_("Kế hoạch của đơn vị đã được chấp nhận, hoặc bị bỏ"), Way.AT_ONCE),
}
