"""What is typed in the form of each act."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.permissions.audits import typed_in_audits
from tests.permissions.criteria import typed_in_criteria
from tests.permissions.cycles import cycle_typed
from tests.permissions.ledger import typed_in_ledger
from tests.permissions.money import typed_money
from tests.permissions.oversight import typed_oversight
from tests.permissions.own_plans import typed_own_plan
from tests.permissions.passports import typed_passports
from tests.permissions.shape import Row
from tests.permissions.stage import PAPER, Stage
from tests.reporting.signing import authority
from tiendo.accounts.models import User
from tiendo.notices.kinds import KINDS
from tiendo.plans.storage import read_file
from tiendo.reporting.papers.paper import shipped_text
from tiendo.reporting.workbooks.reading import read_report
from tiendo.reporting.workbooks.stored import compare


class Forms:
    """What each person types on a stage: worked out once, for the stage is put back after each request."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._typed: dict[str, Mapping[str, dict[str, Any]]] = {}

    def of(self, row: Row, person: User | None) -> dict[str, Any]:
        """The form of one act, of its case where that is typed otherwise; its files stand at their beginning, however
        often they were sent."""
        name = person.username if person else ""
        if name not in self._typed:
            self._typed[name] = _typed(self._stage, name)
        forms = self._typed[name]
        given = forms.get(row.key) or forms.get(row.route, {})
        for value in given.values():
            if isinstance(value, SimpleUploadedFile):
                value.seek(0)
        return given


def _typed(stage: Stage, name: str) -> Mapping[str, dict[str, Any]]:
    """What is typed in the form of each act, whole and right, so that only the person decides what happens."""
    source = {"source": "Công văn số 120/UBND-TH"}
    return {
        "accounts:sign-in": {"username": "an", "password": "anan"},
        "accounts:password-change": {"old": name * 2, "new": "Ruộng bậc thang 26", "again": "Ruộng bậc thang 26"},
        **_typed_by_administrator(stage),
        **typed_in_ledger(),
        **_typed_in_reports(stage),
        **cycle_typed(),
        **typed_oversight(stage),
        **typed_in_audits(stage.audits),
        **typed_in_criteria(stage.sets),
        "plans:task-assign": {"unit": stage.world.unit_b.code, "role": "coordinating", **source},
        "plans:task-unassign": source,
        "plans:task-mandate": {"number": "57-NQ/TW", **source},
        "plans:plan-mandate": {"number": "03/NQ-CP", **source},
        "plans:mandate-end": source,
        "plans:plan-workbook-return": {"file": SimpleUploadedFile("kh-57.xlsx", stage.workbook)},
        "plans:task-deadline": {"kind": "moment", "due_on": "2027-06-30", "raw": "", "reason": "Gia hạn", **source},
        "plans:task-field": {"value": "Báo cáo tổng kết", **source},
        "plans:task-head": {"user": "truong-y-te"},
        "plans:task-officer": {"user": "binh"},
        "plans:task-start": {"starts_on": "2026-03-01"},
        "plans:milestone-add": {"title": "Trình dự thảo", "due_on": "2026-06-01"},
        "plans:milestone-finish": {"done_on": "2026-06-01"},
        "plans:task-hide": {"reason": "Nội dung nội bộ"},
        "plans:task-show": {},
        **_typed_on_papers(stage),
        **typed_own_plan(stage.world),
        **typed_money(stage.task, stage.world),
        **typed_passports(stage.plan.code),
        "publication:release-propose": {"plan": stage.next_plan.pk, "title": "Quý III"},
        "publication:release-reject": {"reason": "Thiếu số liệu"},
        "notices:preferences": {f"loai_{kind.name.lower()}": "inbox" for kind in KINDS},
        "notices:endpoint-add": {"name": "Trục liên thông", "url": "https://truc.vidu.test/nhan"},
        "notices:endpoint-change": {"name": "Trục của tỉnh", "url": "https://truc.vidu.test/nhan"},
        "reporting:report-signatures": {"file": SimpleUploadedFile("ban-ky.pdf", stage.signing.copy)},
        "reporting:unit-report-signatures": {"file": SimpleUploadedFile("ban-ky.pdf", stage.signing.copy)},
        "reporting:anchor-list": {"file": SimpleUploadedFile("ca.crt", authority("CA khác").certificate)},
        "set_language": {"language": "en", "next": "/"},
    }


def _typed_by_administrator(stage: Stage) -> dict[str, dict[str, Any]]:
    password = "Chợ phiên San Thàng"
    post = {"unit": stage.world.unit_b.code, "role": "officer", "title": "Chuyên viên", "valid_from": "2026-01-01"}
    unit = {"code": "so-moi", "name": "Sở Mới", "kind": "department", "aliases": "", "parent": "", "valid_from": ""}
    return {
        "accounts:person-add": {"username": "moi", "full_name": "Người Mới", "email": "", "password": password},
        "accounts:person-password": {"password": password},
        "accounts:post-give": {**post, "delegated_by": ""},
        "accounts:post-end": {"on": "2026-06-30"},
        "accounts:absence-add": {"first_day": "2027-03-01", "last_day": "2027-03-05", "reason": "Đi học"},
        "orgs:unit-add": unit,
        "orgs:office-day-list": {"day": "2026-06-12", "kind": "off", "note": "12/TB-UBND"},
        "orgs:office-day-remove": {"reason": "15/TB-UBND"},
        "orgs:unit-correct": {"short_name": "SXD", "official_id": "", "reports": "on"},
    }


def _typed_in_reports(stage: Stage) -> dict[str, dict[str, Any]]:
    values = {"state": "in_progress", "percent": "55", "result": "Thêm 3 xã.", "version": "1"}
    period = {"plan": stage.plan.pk, "name": "Kỳ mới", "data_from": "2027-01-01", "data_to": "2027-06-01"}
    window = {"opens_on": "2027-05-15", "last_good_day": "2027-06-14", "due_text": "trước ngày 15/6"}
    schedule = {"started_on": "2099-01-05", "commune_days": "-2"}
    held = {"held_on": "2099-03-20", "report_due_on": "2099-03-15", "document": "10-CTr/TU"}
    return {
        "reporting:period-create": period | window,
        "reporting:period-edit": period | window,
        "reporting:schedule-start": {"plan": stage.plan.pk, "template": "year", **schedule},
        "reporting:programme-add": {"plan": stage.plan.pk, "title": "Nghe báo cáo", "units": ["so-y-te"], **held},
        "reporting:programme-cancel": {"reason": "Hoãn họp"},
        "reporting:duty-reopen": {"task": stage.task.pk, "last_day": "2099-12-31", "reason": "Sai số liệu"},
        "reporting:report-issue": {"confirmed": "1"},
        "reporting:period-close": {"confirmed": "1"},
        "reporting:report-part": {"text": "Có {total} nhiệm vụ.", "version": "1"},
        "reporting:report-part-save": {"text": "Có {total} nhiệm vụ.", "version": "1"},
        "reporting:report-part-preview": {"text": "Có {total} nhiệm vụ."},
        "reporting:report-part-follow": {"version": "1"},
        "reporting:template-list": {"text": shipped_text(), "note": ""},
        "reporting:report-document": {"document_number": "12/BC-SKHCN", "document_on": "2026-07-20"},
        "reporting:period-urge": {"duties": [stage.writing.pk], "message": "Đề nghị gửi báo cáo"},
        "reporting:task-urge": {"message": "Đề nghị tập trung thực hiện"},
        "reporting:workbook-upload": {"file": SimpleUploadedFile("bao-cao.xlsx", stage.report_file)},
        "reporting:workbook-take": {"row": stage.task.code, "seen": _seen(stage)},
        "reporting:entry-edit": values,
        "reporting:entry-autosave": values,
        "reporting:evidence-add": {"document_number": "15/BC-SXD", "document_date": "2026-06-25", "note": ""},
        "reporting:duty-push-back": {"reason": "Thiếu số xã"},
        "reporting:duty-document": {"number": "45/BC-SXD", "dated": "2026-07-01", "url": ""},
        "reporting:step-list": {"title": "Thẩm định", "approver": "an"},
        "reporting:entry-return": {"reason": "Chưa rõ số xã"},
        "reporting:review-accept": {"item": f"{stage.waiting.entries.get().pk}:1"},
        "reporting:entry-remark": {"text": "Đề nghị nói rõ hơn"},
        "reporting:part-answer": {"act": "confirm", "number": "1"},
        "reporting:part-withdraw": {"text": "Đã rõ"},
        "reporting:part-settle": {"reason": "Đã có biên bản"},
        "reporting:task-extension": {"due_on": "2027-06-30", "reason": "Mưa lũ", "document_number": ""},
        "reporting:extension-withdraw": {},
        "reporting:extension-advise": {"opinion": "Lý do xác đáng"},
        "reporting:extension-grant": {"decision": "QĐ 12/QĐ-UBND"},
        "reporting:extension-refuse": {"decision": "Còn đủ thời gian"},
    }


def _seen(stage: Stage) -> str:
    """What the page of the workbook's differences sends back."""
    book = stage.report_book
    return compare(read_report(read_file(book.file)), book.duty, at=timezone.now()).mark


def _typed_on_papers(stage: Stage) -> dict[str, dict[str, Any]]:
    owner, proposal = stage.world.province.pk, stage.proposal
    accepting = {"code": "kh-60", "title": "Thư viện số", "owner": owner, "in_force_from": "2026-01-01"}
    accepting |= {"under": stage.plan.pk}
    return {
        "intake:import-list": {"file": SimpleUploadedFile("khac.txt", PAPER.replace("20", "30").encode())},
        "intake:proposals-decide": {"mot": f"accepted-{proposal.pk}"},
        "intake:proposal-edit": {"title": "Mở rộng thư viện số của tỉnh"},
        "intake:proposal-split": {
            "phan-TOTAL_FORMS": 2,
            "phan-INITIAL_FORMS": 2,
            "phan-0-description": "Mở 10 điểm đọc sách ở vùng thấp",
            "phan-1-description": "Mở 10 điểm đọc sách ở vùng cao",
        },
        "intake:proposal-merge": {"other": stage.tasks_read[1].pk},
        "intake:proposal-link": {"links": ["PL-I#1"]},
        "intake:proposal-unshape": {},
        "intake:import-compare": {},
        "intake:import-rest": {},
        "intake:proposals-twin": {"trung": f"{stage.tasks_read[0].pk}:co:KH57-001"},
        "intake:import-accept": {**accepting, "lay": "tat_ca"},
        "intake:import-discard": {"reason": "Nhầm tệp"},
    }
