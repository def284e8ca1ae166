"""Events of the log in the words people use: who did what, and the part of the detail that matters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiendo.accounts.models import Role, User
from tiendo.audit.models import Event
from tiendo.orgs.models import Unit
from tiendo.plans.models import Assignment
from tiendo.plans.states import STATE_WORDS, WorkState
from tiendo.web.audit.nouns import subject_words
from tiendo.web.audit.oversight_words import OVERSIGHT_ACT_WORDS, OVERSIGHT_PAGES

ACT_WORDS = {
    **OVERSIGHT_ACT_WORDS,
    "accounts.user.create": gettext_lazy("Lập tài khoản"),
    "accounts.user.set_password": gettext_lazy("Đổi mật khẩu"),
    "accounts.user.deactivate": gettext_lazy("Khóa tài khoản"),
    "accounts.post.give": gettext_lazy("Giao chức vụ"),
    "accounts.post.end": gettext_lazy("Thôi giữ chức vụ"),
    "accounts.absence.record": gettext_lazy("Ghi vắng mặt và người thay"),
    "accounts.absence.end": gettext_lazy("Kết thúc vắng mặt"),
    "evaluation.criteria_set.draft": gettext_lazy("Soạn bộ tiêu chí"),
    "evaluation.criteria_set.edit": gettext_lazy("Sửa bản soạn bộ tiêu chí"),
    "evaluation.criteria_set.link": gettext_lazy("Gắn tiêu chí với mục tiêu, chỉ tiêu"),
    "evaluation.criteria_set.unlink": gettext_lazy("Bỏ gắn tiêu chí"),
    "evaluation.criteria_set.propose": gettext_lazy("Trình ban hành bộ tiêu chí"),
    "evaluation.criteria_set.take_back": gettext_lazy("Đưa bộ tiêu chí về bản soạn"),
    "evaluation.criteria_set.drop_draft": gettext_lazy("Bỏ bản soạn bộ tiêu chí"),
    "evaluation.criteria_set.put_in_force": gettext_lazy("Ban hành bộ tiêu chí"),
    "evaluation.criteria_set.retire": gettext_lazy("Thôi áp dụng bộ tiêu chí"),
    "evaluation.claim_audit.frame": gettext_lazy("Chốt danh sách kiểm tra báo cáo hoàn thành"),
    "evaluation.claim_audit.draw": gettext_lazy("Rút thăm nhiệm vụ kiểm tra"),
    "evaluation.claim_audit.conclude": gettext_lazy("Kết luận kiểm tra báo cáo hoàn thành"),
    "evaluation.claim_audit.publish": gettext_lazy("Công bố kết quả kiểm tra"),
    "evaluation.audited_claim.assign": gettext_lazy("Giao người kiểm tra nhiệm vụ"),
    "evaluation.audited_claim.find": gettext_lazy("Ghi kết quả kiểm tra nhiệm vụ"),
    "accounts.api_key.issue": gettext_lazy("Cấp khóa truy cập"),
    "accounts.api_key.end": gettext_lazy("Thôi dùng khóa truy cập"),
    "indicators.observation.record": gettext_lazy("Ghi số liệu chỉ tiêu"),
    "indicators.observation.accept": gettext_lazy("Xác nhận số liệu chỉ tiêu"),
    "indicators.observation.return": gettext_lazy("Trả lại số liệu chỉ tiêu"),
    "indicators.batch.receive": gettext_lazy("Nhận một lần gửi số liệu"),
    "indicators.aside.mend": gettext_lazy("Sửa và nhận dòng số liệu để riêng"),
    "indicators.aside.drop": gettext_lazy("Bỏ dòng số liệu để riêng"),
    "indicators.source.add": gettext_lazy("Thêm nguồn số liệu"),
    "indicators.source.correct": gettext_lazy("Sửa thông tin nguồn số liệu"),
    "indicators.source.retire": gettext_lazy("Thôi dùng nguồn số liệu"),
    "orgs.unit.create": gettext_lazy("Thêm đơn vị"),
    "orgs.unit.correct": gettext_lazy("Sửa thông tin đơn vị"),
    "orgs.unit.succeed": gettext_lazy("Chuyển giao đơn vị"),
    "orgs.office_day.set": gettext_lazy("Ghi ngày nghỉ, ngày làm bù"),
    "orgs.office_day.remove": gettext_lazy("Bỏ ngày nghỉ, ngày làm bù đã ghi"),
    "orgs.boundary.import": gettext_lazy("Nhập ranh giới hành chính"),
    "orgs.alias.learn": gettext_lazy("Thêm cách gọi của đơn vị"),
    "plans.plan.create": gettext_lazy("Lập kế hoạch"),
    "plans.document.create": gettext_lazy("Lưu văn bản"),
    "plans.version.create": gettext_lazy("Nhận phiên bản kế hoạch"),
    "plans.task.progress": gettext_lazy("Cập nhật tiến độ từ báo cáo đã tiếp nhận"),
    "plans.task.assign_unit": gettext_lazy("Giao cho đơn vị"),
    "plans.task.assign_group": gettext_lazy("Giao cho nhóm đơn vị"),
    "plans.task.recognise_group": gettext_lazy("Nhận ra nhóm đơn vị trong chữ in của văn bản"),
    "plans.task.unassign_unit": gettext_lazy("Thôi giao cho đơn vị"),
    "plans.task.set_deadline": gettext_lazy("Thay đổi thời hạn"),
    "plans.task.set_field": gettext_lazy("Điền bằng tay"),
    "plans.task.charge_head": gettext_lazy("Ghi người đứng đầu chịu trách nhiệm"),
    "plans.task.charge_officer": gettext_lazy("Giao cho cán bộ"),
    "plans.task.set_start": gettext_lazy("Ghi ngày bắt đầu thực hiện"),
    "plans.task.add_milestone": gettext_lazy("Đặt mốc công việc"),
    "plans.task.finish_milestone": gettext_lazy("Ghi mốc công việc đã xong"),
    "plans.task.remove_milestone": gettext_lazy("Bỏ mốc công việc"),
    "plans.task.hide": gettext_lazy("Không công khai nhiệm vụ"),
    "plans.task.show": gettext_lazy("Cho công khai lại nhiệm vụ"),
    "plans.annex.attach": gettext_lazy("Đính kèm phụ lục"),
    "plans.task.amend": gettext_lazy("Sửa nhiệm vụ theo văn bản mới"),
    "plans.task.drop": gettext_lazy("Dừng theo dõi nhiệm vụ theo văn bản mới"),
    "plans.task.tie_twins": gettext_lazy("Ghi hai nhiệm vụ trùng nhau"),
    "plans.task.link_indicator": gettext_lazy("Gắn nhiệm vụ với chỉ tiêu"),
    "plans.task.carry_out": gettext_lazy("Gắn nhiệm vụ với văn bản cấp trên"),
    "plans.task.end_mandate": gettext_lazy("Thôi gắn nhiệm vụ với văn bản cấp trên"),
    "plans.plan.carry_out": gettext_lazy("Gắn kế hoạch với văn bản cấp trên"),
    "plans.plan.end_mandate": gettext_lazy("Thôi gắn kế hoạch với văn bản cấp trên"),
    "indicators.indicator.create": gettext_lazy("Lập chỉ tiêu"),
    "indicators.passport.change": gettext_lazy("Sửa hồ sơ chỉ tiêu"),
    "indicators.indicator.retire": gettext_lazy("Thôi theo dõi chỉ tiêu"),
    "indicators.indicator.tie": gettext_lazy("Gắn chỉ tiêu với nhiệm vụ, mục tiêu, văn bản"),
    "indicators.indicator.untie": gettext_lazy("Thôi gắn chỉ tiêu"),
    "indicators.target.set": gettext_lazy("Ghi mục tiêu, lộ trình"),
    "indicators.target.withdraw": gettext_lazy("Bỏ một mốc mục tiêu"),
    "indicators.programme.create": gettext_lazy("Lập chương trình"),
    "indicators.programme.change": gettext_lazy("Sửa chương trình"),
    "indicators.programme.set_objective": gettext_lazy("Ghi mục tiêu của chương trình"),
    "indicators.programme.end_objective": gettext_lazy("Bỏ mục tiêu của chương trình"),
    "indicators.programme.put_in_force": gettext_lazy("Đưa chương trình vào hiệu lực"),
    "indicators.programme.end": gettext_lazy("Kết thúc chương trình"),
    "indicators.programme.publish": gettext_lazy("Công bố kết quả một kỳ của chương trình"),
    "intake.import.start": gettext_lazy("Tải văn bản lên để nhập"),
    "intake.import.read": gettext_lazy("Đọc xong văn bản"),
    "intake.import.fail": gettext_lazy("Không đọc được văn bản"),
    "intake.import.retry": gettext_lazy("Đọc lại văn bản bị ngắt giữa chừng"),
    "intake.import.relearn": gettext_lazy("Đọc lại tên đơn vị trong các đề xuất"),
    "intake.import.compare": gettext_lazy("So sánh lại với phiên bản mới của kế hoạch"),
    "intake.import.link": gettext_lazy("Chọn chỉ tiêu cho nhiệm vụ"),
    "intake.import.twins": gettext_lazy("Xác nhận nhiệm vụ trùng"),
    "intake.import.split": gettext_lazy("Tách một dòng thành nhiều nhiệm vụ"),
    "intake.import.merge": gettext_lazy("Gộp các dòng của một nhiệm vụ"),
    "intake.import.unshape": gettext_lazy("Hoàn tác việc tách, gộp"),
    "intake.import.edit": gettext_lazy("Sửa đề xuất"),
    "intake.import.decide": gettext_lazy("Quyết định các đề xuất"),
    "intake.import.ask": gettext_lazy("Trình kế hoạch của đơn vị để thủ trưởng chấp nhận"),
    "intake.import.accept": gettext_lazy("Chấp nhận văn bản đã nhập"),
    "intake.import.discard": gettext_lazy("Bỏ lần nhập"),
    "reporting.period.create": gettext_lazy("Lập kỳ báo cáo"),
    "reporting.period.edit": gettext_lazy("Sửa kỳ báo cáo chưa mở"),
    "reporting.schedule.start": gettext_lazy("Áp dụng lịch kỳ báo cáo"),
    "reporting.schedule.end": gettext_lazy("Thôi áp dụng lịch kỳ báo cáo"),
    "reporting.schedule.adopt": gettext_lazy("Đưa kỳ báo cáo đã đặt vào lịch"),
    "reporting.period.reopen": gettext_lazy("Mở lại báo cáo của kỳ đã khóa"),
    "reporting.reopening.end": gettext_lazy("Thôi mở lại báo cáo"),
    "reporting.programme.add": gettext_lazy("Ghi mục chương trình công tác"),
    "reporting.programme.cancel": gettext_lazy("Hủy mục chương trình công tác"),
    "reporting.period.open": gettext_lazy("Mở kỳ báo cáo"),
    "reporting.period.close": gettext_lazy("Khóa số liệu kỳ báo cáo"),
    "reporting.entry.save": gettext_lazy("Lưu nháp báo cáo"),
    "reporting.entry.repeat": gettext_lazy("Ghi không thay đổi so với kỳ trước"),
    "reporting.entry.fill": gettext_lazy("Điền sẵn từ báo cáo khác của đơn vị"),
    "reporting.entry.add_evidence": gettext_lazy("Thêm minh chứng"),
    "reporting.entry.remove_evidence": gettext_lazy("Bỏ minh chứng"),
    "reporting.entry.submit": gettext_lazy("Nộp nội dung báo cáo"),
    "reporting.entry.return": gettext_lazy("Trả lại nội dung báo cáo"),
    "reporting.entry.accept": gettext_lazy("Tiếp nhận nội dung báo cáo"),
    "reporting.workbook.upload": gettext_lazy("Nộp tệp Excel của báo cáo để xem"),
    "reporting.workbook.take": gettext_lazy("Lưu nội dung từ tệp Excel vào báo cáo"),
    "reporting.workbook.drop": gettext_lazy("Bỏ tệp Excel của báo cáo"),
    "reporting.duty.send": gettext_lazy("Thủ trưởng gửi báo cáo"),
    "reporting.duty.nothing_new": gettext_lazy("Báo không phát sinh"),
    "reporting.entry.remark": gettext_lazy("Trao đổi về nội dung báo cáo"),
    "reporting.part.ask": gettext_lazy("Hỏi cơ quan phối hợp"),
    "reporting.part.confirm": gettext_lazy("Cơ quan phối hợp xác nhận"),
    "reporting.part.amend": gettext_lazy("Cơ quan phối hợp bổ sung"),
    "reporting.part.dispute": gettext_lazy("Cơ quan phối hợp không thống nhất"),
    "reporting.part.withdraw": gettext_lazy("Rút ý kiến không thống nhất"),
    "reporting.part.settle": gettext_lazy("Kết luận về ý kiến không thống nhất"),
    "reporting.part.silence": gettext_lazy("Ghi nhận cơ quan phối hợp không trả lời"),
    "reporting.extension.ask": gettext_lazy("Đề nghị gia hạn"),
    "reporting.extension.withdraw": gettext_lazy("Rút đề nghị gia hạn"),
    "reporting.extension.advise": gettext_lazy("Ý kiến về đề nghị gia hạn"),
    "reporting.extension.grant": gettext_lazy("Đồng ý gia hạn"),
    "reporting.extension.refuse": gettext_lazy("Không đồng ý gia hạn"),
    "reporting.duty.accept": gettext_lazy("Tiếp nhận báo cáo"),
    "reporting.duty.ask": gettext_lazy("Giao báo cáo cho đơn vị nhận nhiệm vụ khi kỳ đang mở"),
    "reporting.duty.withdraw": gettext_lazy("Thôi giao báo cáo cho đơn vị không còn nhận nhiệm vụ"),
    "reporting.duty.forward": gettext_lazy("Trình báo cáo để duyệt"),
    "reporting.duty.push_back": gettext_lazy("Chuyển báo cáo lại để sửa"),
    "reporting.duty.recall": gettext_lazy("Rút lại báo cáo đang trình"),
    "reporting.duty.name_document": gettext_lazy("Ghi số văn bản của báo cáo"),
    "reporting.stay.warn": gettext_lazy("Nhắc người đang giữ báo cáo"),
    "reporting.stay.escalate": gettext_lazy("Báo cấp trên về báo cáo để lâu"),
    "reporting.step.add": gettext_lazy("Thêm bước duyệt của đơn vị"),
    "reporting.step.end": gettext_lazy("Bỏ bước duyệt của đơn vị"),
    "reporting.duty.remind": gettext_lazy("Nhắc trước hạn nộp báo cáo"),
    "evaluation.cycle.open": gettext_lazy("Mở đợt đánh giá"),
    "evaluation.cycle.advance": gettext_lazy("Chuyển bước đợt đánh giá"),
    "evaluation.cycle.name_assessor": gettext_lazy("Cử người thẩm định"),
    "evaluation.cycle.end_assessor": gettext_lazy("Thôi cử người thẩm định"),
    "evaluation.cycle.decide": gettext_lazy("Quyết định kết quả đánh giá"),
    "evaluation.cycle.publish": gettext_lazy("Công bố kết quả đánh giá"),
    "evaluation.cycle.adjust": gettext_lazy("Ghi điều chỉnh rút ra từ đánh giá"),
    "evaluation.cycle.cancel": gettext_lazy("Hủy đợt đánh giá"),
    "evaluation.judgement.save": gettext_lazy("Nêu ý kiến về một tiêu chí"),
    "evaluation.card.submit": gettext_lazy("Gửi tự đánh giá"),
    "evaluation.objection.raise": gettext_lazy("Gửi ý kiến về kết quả đánh giá"),
    "evaluation.objection.answer": gettext_lazy("Trả lời ý kiến về kết quả đánh giá"),
    "evaluation.snapshot.take": gettext_lazy("Chốt số liệu và tính điểm"),
    "notices.notice.send": gettext_lazy("Gửi thông báo"),
    "notices.notice.read": gettext_lazy("Đọc thông báo"),
    "notices.notice.read_all": gettext_lazy("Đọc hết thông báo"),
    "notices.preference.choose": gettext_lazy("Chọn cách nhận thông báo"),
    "notices.digest.gather": gettext_lazy("Gộp thông báo thành thư buổi sáng"),
    "notices.delivery.give_up": gettext_lazy("Thôi gửi sau nhiều lần không được"),
    "notices.delivery.retry": gettext_lazy("Gửi lại thư hoặc tin"),
    "notices.endpoint.add": gettext_lazy("Thêm địa chỉ nhận tin"),
    "notices.endpoint.change": gettext_lazy("Sửa địa chỉ nhận tin"),
    "notices.endpoint.renew": gettext_lazy("Cấp khóa mới cho địa chỉ nhận tin"),
    "notices.endpoint.switch_on": gettext_lazy("Dùng lại địa chỉ nhận tin"),
    "notices.endpoint.switch_off": gettext_lazy("Ngừng địa chỉ nhận tin"),
    "notices.endpoint.test": gettext_lazy("Gửi tin thử"),
    "notices.feed.open": gettext_lazy("Tạo địa chỉ lịch"),
    "notices.feed.end": gettext_lazy("Thôi dùng địa chỉ lịch"),
    "reporting.task.remind": gettext_lazy("Tự nhắc về nhiệm vụ quá hạn hoặc lâu chưa cập nhật"),
    "reporting.urging.send": gettext_lazy("Đôn đốc"),
    "reporting.urging.see": gettext_lazy("Xác nhận đã xem đôn đốc"),
    "reporting.urging.escalate": gettext_lazy("Báo cấp trên về đôn đốc chưa xem"),
    "reporting.report.bring_signed": gettext_lazy("Đưa lên bản ký số của báo cáo tổng hợp"),
    "reporting.unit_report.bring_signed": gettext_lazy("Đưa lên bản ký số của báo cáo đơn vị"),
    "reporting.trust_anchor.add": gettext_lazy("Thêm chứng thư tin cậy"),
    "reporting.trust_anchor.remove": gettext_lazy("Bỏ chứng thư tin cậy"),
    "reporting.report.issue": gettext_lazy("Phát hành báo cáo tổng hợp"),
    "reporting.report.note_document": gettext_lazy("Ghi số, ngày văn bản của báo cáo tổng hợp"),
    "reporting.report.write": gettext_lazy("Sửa lời văn báo cáo tổng hợp"),
    "reporting.report.follow_template": gettext_lazy("Trả một phần báo cáo tổng hợp về theo mẫu"),
    "reporting.template.upload": gettext_lazy("Thay mẫu báo cáo tổng hợp"),
    "reporting.template.retire": gettext_lazy("Trở lại mẫu báo cáo đi kèm hệ thống"),
    "reporting.unit_report.freeze": gettext_lazy("Lưu báo cáo của đơn vị thành văn bản"),
    "reporting.national.enter": gettext_lazy("Ghi đã cập nhật lên hệ thống Trung ương"),
    "reporting.national.undo": gettext_lazy("Bỏ ghi đã cập nhật lên hệ thống Trung ương"),
    "budget.money.enter": gettext_lazy("Nhập số liệu kinh phí"),
    "budget.money.confirm": gettext_lazy("Xác nhận số liệu kinh phí"),
    "budget.money.return": gettext_lazy("Trả lại số liệu kinh phí"),
    "budget.source.create": gettext_lazy("Thêm nguồn kinh phí"),
    "budget.spending.record": gettext_lazy("Ghi số liệu ngân sách của tỷ lệ 3 %"),
    "publication.release.propose": gettext_lazy("Trình công bố"),
    "publication.release.approve": gettext_lazy("Duyệt công bố"),
    "publication.release.reject": gettext_lazy("Không duyệt công bố"),
    "publication.release.correct": gettext_lazy("Công bố bản đính chính"),
    "publication.release.withdraw": gettext_lazy("Rút đợt công bố"),
}
FIELD_WORDS = {
    "title": gettext_lazy("tên nhiệm vụ"),
    "description": gettext_lazy("nội dung"),
    "product": gettext_lazy("sản phẩm"),
    "authority": gettext_lazy("thẩm quyền quyết định"),
}
PAGES = {
    **OVERSIGHT_PAGES,
    "plans.task": "plans:task-detail",
    "plans.plan": "plans:plan-detail",
    "orgs.unit": "orgs:unit-detail",
    "accounts.user": "accounts:person-detail",
    "evaluation.cycle": "evaluation:cycle-detail",
    "evaluation.scorecard": "evaluation:card-detail",
}


@dataclass(frozen=True)
class Line:
    """One event as a sentence: `words` what was done, `more` the detail worth reading, `who` by name.

    `about` says what it was done to, `url` opens the page of that, where there is one.
    """

    event: Event
    words: str
    more: str
    who: str
    about: str
    url: str


def lines_of(events: Iterable[Event]) -> list[Line]:
    """Events in words, with the names of people and units looked up once for all."""
    events = list(events)
    people = dict(User.objects.filter(username__in=_people(events)).values_list("username", "full_name"))
    units = dict(Unit.objects.filter(code__in=_units(events)).values_list("code", "short_name"))
    named = {f"accounts.user:{key}": name for key, name in people.items()}
    named |= {f"orgs.unit:{key}": name for key, name in units.items()}
    return [
        Line(
            event=event,
            words=act_words(event.act),
            more=_more(event.detail, people, units),
            who=people.get(event.actor, event.actor),
            about=named.get(event.subject) or subject_words(event.subject),
            url=_page_about(event.subject),
        )
        for event in events
    ]


def act_words(act: str) -> str:
    """The act in words; an act that nobody has put into words reads as it is stored."""
    return str(ACT_WORDS.get(act, act))


def _page_about(subject: str) -> str:
    noun, _colon, name = subject.partition(":")
    try:
        return reverse(PAGES[noun], args=[name]) if noun in PAGES else ""
    except NoReverseMatch:
        return ""


def _people(events: list[Event]) -> set[str]:
    told = {str(event.detail["user"]) for event in events if "user" in event.detail}
    return told | {event.actor for event in events} | _subjects(events, "accounts.user")


def _units(events: list[Event]) -> set[str]:
    told = {str(event.detail[name]) for event in events for name in ("unit", "successor") if event.detail.get(name)}
    return told | _subjects(events, "orgs.unit")


def _subjects(events: list[Event], noun: str) -> set[str]:
    return {event.subject.partition(":")[2] for event in events if event.subject.startswith(f"{noun}:")}


def _more(detail: dict[str, Any], people: dict[str, str], units: dict[str, str]) -> str:
    parts = [
        *(units.get(str(detail[name]), str(detail[name])) for name in ("unit", "successor") if detail.get(name)),
        *_known(detail),
        *([people.get(detail["user"], detail["user"])] if "user" in detail else []),
        *_change(detail),
        *([_("lý do: %(words)s") % {"words": detail["reason"]}] if detail.get("reason") else []),
        *([_("căn cứ: %(words)s") % {"words": detail["source"]}] if detail.get("source") else []),
    ]
    return "; ".join(parts)


def _known(detail: dict[str, Any]) -> list[str]:
    """Values that stand for themselves, in words."""
    words = {**dict(Assignment.Role.choices), **dict(Role.choices)}
    found = [str(words.get(detail["role"], detail["role"]))] if "role" in detail else []
    found += [str(FIELD_WORDS.get(detail["field"], detail["field"]))] if "field" in detail else []
    found += [str(detail[name]) for name in ("title", "name", "text", "file_name") if isinstance(detail.get(name), str)]
    return found


def _change(detail: dict[str, Any]) -> list[str]:
    was, now = _value(detail.get("was")), _value(detail.get("now"))
    if "now" not in detail or not (was or now):
        return []
    return [f"{was or '–'} → {now or '–'}"]


def _value(value: Any) -> str:
    """A stored value as it is written here; of a set of values, those that are given."""
    if isinstance(value, dict):
        return ", ".join(filter(None, (_named(name, each) for name, each in value.items())))
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if value is None:
        return ""
    if value in set(WorkState):
        return _(STATE_WORDS[WorkState(value)])
    day = _day(value)
    return f"{day:%d/%m/%Y}" if day else str(value)


def _named(name: str, value: Any) -> str:
    words = _value(value)
    if not words:
        return ""
    if name == "percent":
        return f"{words.replace('.', ',')} %"
    return _("phải báo cáo: %(words)s") % {"words": words} if name == "reports" else words


def _day(value: Any) -> date | None:
    try:
        return parse_date(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None
