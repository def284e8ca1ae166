"""What an event was done to, in words: "plans.task:KH-1" → "Nhiệm vụ KH-1"."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NOUN_WORDS: dict[str, str | Promise] = {
    "accounts.absence": gettext_lazy("Lần vắng mặt"),
    "accounts.api_key": gettext_lazy("Khóa truy cập"),
    "accounts.user": gettext_lazy("Tài khoản"),
    "budget.money": gettext_lazy("Số liệu kinh phí"),
    "budget.source": gettext_lazy("Nguồn kinh phí"),
    "budget.spending": gettext_lazy("Số liệu ngân sách"),
    "evaluation.audited_claim": gettext_lazy("Nhiệm vụ được kiểm tra"),
    "evaluation.claim_audit": gettext_lazy("Đợt kiểm tra báo cáo hoàn thành"),
    "evaluation.criteria_set": gettext_lazy("Bộ tiêu chí"),
    "evaluation.cycle": gettext_lazy("Đợt đánh giá"),
    "evaluation.objection": gettext_lazy("Ý kiến về kết quả đánh giá"),
    "evaluation.scorecard": gettext_lazy("Phiếu đánh giá"),
    "indicators.aside": gettext_lazy("Dòng số liệu để riêng"),
    "indicators.batch": gettext_lazy("Lần gửi số liệu"),
    "indicators.indicator": gettext_lazy("Chỉ tiêu"),
    "indicators.observation": gettext_lazy("Số liệu chỉ tiêu"),
    "indicators.programme": gettext_lazy("Chương trình"),
    "indicators.source": gettext_lazy("Nguồn số liệu"),
    "intake.import": gettext_lazy("Lần nhập văn bản"),
    "notices.batch": gettext_lazy("Thông báo"),
    "notices.delivery": gettext_lazy("Thư hoặc tin gửi đi"),
    "notices.digest": gettext_lazy("Thư tổng hợp buổi sáng"),
    "notices.endpoint": gettext_lazy("Hệ thống nhận tin"),
    "notices.feed": gettext_lazy("Địa chỉ lịch"),
    "notices.notice": gettext_lazy("Thông báo"),
    "notices.preference": gettext_lazy("Cách nhận thông báo"),
    "orgs.alias": gettext_lazy("Cách gọi của đơn vị"),
    "orgs.boundary": gettext_lazy("Ranh giới hành chính"),
    "orgs.office_day": gettext_lazy("Ngày nghỉ, ngày làm bù"),
    "orgs.unit": gettext_lazy("Đơn vị"),
    "orgs.unit_change": gettext_lazy("Sắp xếp cơ quan, đơn vị"),
    "orgs.unit_group": gettext_lazy("Nhóm đơn vị"),
    "oversight.amendment": gettext_lazy("Dự thảo sửa đổi kế hoạch"),
    "oversight.commendation": gettext_lazy("Khen thưởng"),
    "oversight.difficulty": gettext_lazy("Khó khăn, vướng mắc"),
    "oversight.direction": gettext_lazy("Chỉ đạo"),
    "oversight.finding": gettext_lazy("Phát hiện khi kiểm tra"),
    "oversight.followup": gettext_lazy("Việc phải làm"),
    "oversight.inspection": gettext_lazy("Cuộc kiểm tra"),
    "oversight.meeting": gettext_lazy("Cuộc họp"),
    "oversight.pilot": gettext_lazy("Thí điểm, thử nghiệm"),
    "oversight.plan_call": gettext_lazy("Yêu cầu lập kế hoạch của đơn vị"),
    "oversight.programme": gettext_lazy("Chương trình kiểm tra"),
    "oversight.proposal": gettext_lazy("Đề nghị sửa đổi kế hoạch"),
    "oversight.related_programme": gettext_lazy("Chương trình, kế hoạch liên quan"),
    "oversight.unit_plan": gettext_lazy("Kế hoạch của đơn vị"),
    "plans.document": gettext_lazy("Văn bản"),
    "plans.group": gettext_lazy("Nhóm nhiệm vụ"),
    "plans.plan": gettext_lazy("Kế hoạch"),
    "plans.tag": gettext_lazy("Nhãn"),
    "plans.task": gettext_lazy("Nhiệm vụ"),
    "publication.release": gettext_lazy("Đợt công bố"),
    "reporting.duty": gettext_lazy("Báo cáo của đơn vị"),
    "reporting.entry": gettext_lazy("Nội dung báo cáo"),
    "reporting.extension": gettext_lazy("Đề nghị gia hạn"),
    "reporting.part": gettext_lazy("Phần phối hợp"),
    "reporting.period": gettext_lazy("Kỳ báo cáo"),
    "reporting.programme": gettext_lazy("Mục chương trình công tác"),
    "reporting.report": gettext_lazy("Báo cáo tổng hợp"),
    "reporting.schedule": gettext_lazy("Lịch kỳ báo cáo"),
    "reporting.step": gettext_lazy("Bước duyệt của đơn vị"),
    "reporting.template": gettext_lazy("Mẫu báo cáo tổng hợp"),
    "reporting.trust_anchor": gettext_lazy("Chứng thư tin cậy"),
    "reporting.urging": gettext_lazy("Lần đôn đốc"),
    "reporting.workbook": gettext_lazy("Tệp Excel của báo cáo"),
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
