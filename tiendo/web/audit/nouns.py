"""What an event was done to, in words: "plans.task:KH-1" → "Nhiệm vụ KH-1".

The context of each word says that one thing is named: other languages tell one from many.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

NOUN_WORDS: dict[str, str | Promise] = {
    "accounts.absence": pgettext_lazy("một", "Lần vắng mặt"),
    "accounts.api_key": pgettext_lazy("một", "Khóa truy cập"),
    "accounts.user": pgettext_lazy("một", "Tài khoản"),
    "budget.money": pgettext_lazy("một", "Số liệu kinh phí"),
    "budget.source": pgettext_lazy("một", "Nguồn kinh phí"),
    "budget.spending": pgettext_lazy("một", "Số liệu ngân sách"),
    "evaluation.audited_claim": pgettext_lazy("một", "Nhiệm vụ được kiểm tra"),
    "evaluation.claim_audit": pgettext_lazy("một", "Đợt kiểm tra báo cáo hoàn thành"),
    "evaluation.criteria_set": pgettext_lazy("một", "Bộ tiêu chí"),
    "evaluation.cycle": pgettext_lazy("một", "Đợt đánh giá"),
    "evaluation.objection": pgettext_lazy("một", "Ý kiến về kết quả đánh giá"),
    "evaluation.scorecard": pgettext_lazy("một", "Phiếu đánh giá"),
    "indicators.aside": pgettext_lazy("một", "Dòng số liệu để riêng"),
    "indicators.batch": pgettext_lazy("một", "Lần gửi số liệu"),
    "indicators.indicator": pgettext_lazy("một", "Chỉ tiêu"),
    "indicators.observation": pgettext_lazy("một", "Số liệu chỉ tiêu"),
    "indicators.programme": pgettext_lazy("một", "Chương trình"),
    "indicators.source": pgettext_lazy("một", "Nguồn số liệu"),
    "intake.import": pgettext_lazy("một", "Lần nhập văn bản"),
    "notices.batch": pgettext_lazy("một", "Thông báo"),
    "notices.delivery": pgettext_lazy("một", "Thư hoặc tin gửi đi"),
    "notices.digest": pgettext_lazy("một", "Thư tổng hợp buổi sáng"),
    "notices.endpoint": pgettext_lazy("một", "Hệ thống nhận tin"),
    "notices.feed": pgettext_lazy("một", "Địa chỉ lịch"),
    "notices.notice": pgettext_lazy("một", "Thông báo"),
    "notices.preference": pgettext_lazy("một", "Cách nhận thông báo"),
    "orgs.alias": pgettext_lazy("một", "Cách gọi của đơn vị"),
    "orgs.boundary": pgettext_lazy("một", "Ranh giới hành chính"),
    "orgs.office_day": pgettext_lazy("một", "Ngày nghỉ, ngày làm bù"),
    "orgs.unit": pgettext_lazy("một", "Đơn vị"),
    "orgs.unit_change": pgettext_lazy("một", "Sắp xếp cơ quan, đơn vị"),
    "orgs.unit_group": pgettext_lazy("một", "Nhóm đơn vị"),
    "oversight.amendment": pgettext_lazy("một", "Dự thảo sửa đổi kế hoạch"),
    "oversight.commendation": pgettext_lazy("một", "Khen thưởng"),
    "oversight.difficulty": pgettext_lazy("một", "Khó khăn, vướng mắc"),
    "oversight.direction": pgettext_lazy("một", "Chỉ đạo"),
    "oversight.finding": pgettext_lazy("một", "Phát hiện khi kiểm tra"),
    "oversight.followup": pgettext_lazy("một", "Việc phải làm"),
    "oversight.inspection": pgettext_lazy("một", "Cuộc kiểm tra"),
    "oversight.meeting": pgettext_lazy("một", "Cuộc họp"),
    "oversight.pilot": pgettext_lazy("một", "Thí điểm, thử nghiệm"),
    "oversight.plan_call": pgettext_lazy("một", "Yêu cầu lập kế hoạch của đơn vị"),
    "oversight.programme": pgettext_lazy("một", "Chương trình kiểm tra"),
    "oversight.proposal": pgettext_lazy("một", "Đề nghị sửa đổi kế hoạch"),
    "oversight.related_programme": pgettext_lazy("một", "Chương trình, kế hoạch liên quan"),
    "oversight.unit_plan": pgettext_lazy("một", "Kế hoạch của đơn vị"),
    "plans.document": pgettext_lazy("một", "Văn bản"),
    "plans.group": pgettext_lazy("một", "Nhóm nhiệm vụ"),
    "plans.plan": pgettext_lazy("một", "Kế hoạch"),
    "plans.tag": pgettext_lazy("một", "Nhãn"),
    "plans.task": pgettext_lazy("một", "Nhiệm vụ"),
    "publication.release": pgettext_lazy("một", "Đợt công bố"),
    "reporting.duty": pgettext_lazy("một", "Báo cáo của đơn vị"),
    "reporting.entry": pgettext_lazy("một", "Nội dung báo cáo"),
    "reporting.extension": pgettext_lazy("một", "Đề nghị gia hạn"),
    "reporting.part": pgettext_lazy("một", "Phần phối hợp"),
    "reporting.period": pgettext_lazy("một", "Kỳ báo cáo"),
    "reporting.programme": pgettext_lazy("một", "Mục chương trình công tác"),
    "reporting.report": pgettext_lazy("một", "Báo cáo tổng hợp"),
    "reporting.schedule": pgettext_lazy("một", "Lịch kỳ báo cáo"),
    "reporting.step": pgettext_lazy("một", "Bước duyệt của đơn vị"),
    "reporting.template": pgettext_lazy("một", "Mẫu báo cáo tổng hợp"),
    "reporting.trust_anchor": pgettext_lazy("một", "Chứng thư tin cậy"),
    "reporting.urging": pgettext_lazy("một", "Lần đôn đốc"),
    "reporting.workbook": pgettext_lazy("một", "Tệp Excel của báo cáo"),
}
LONG = 32  # longer names are made by machines for machines


def subject_words(subject: str) -> str:
    """What `subject` names; one that nobody has put into words reads as it is stored."""
    noun, _colon, name = subject.partition(":")
    if noun not in NOUN_WORDS:
        return subject
    words = str(NOUN_WORDS[noun])
    if name.isdecimal():
        return _("%(what)s (mã %(number)s)") % {"what": words, "number": name}
    return words if len(name) > LONG or name == "*" else f"{words} {name}".strip()
