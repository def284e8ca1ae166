"""About inspections: what is put in place, where it is found, and what is typed."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import NOON, World
from tests.factories.inspecting import make_checkpoint, make_finding, make_inspection, make_programme
from tests.permissions.audits import photo
from tiendo.oversight.inspection_workflow import State
from tiendo.oversight.models import Finding, FindingFile, Inspection, InspectionProgramme
from tiendo.plans.models import Plan, StoredFile, Task
from tiendo.plans.storage import store_file

if TYPE_CHECKING:
    from tests.permissions.stage import Stage

PROGRAMME, ASKED, DECIDED, FIELD, READY, DONE = "15/QĐ-TTr", "Hỏi", "Đã định", "Tại chỗ", "Xong", "Đã kết luận"


def set_inspecting(plan: Plan, task: Task, world: World) -> None:
    """Unit A is inspected at every stage; the inspector leads, Dũng is in the field with the team."""
    paper = _paper()
    programme = make_programme(plan, by=world.inspector, decision=PROGRAMME)
    InspectionProgramme.objects.filter(pk=programme.pk).update(file=paper)
    led: dict[str, Any] = {"by": world.inspector, "leader": world.inspector}
    make_inspection(plan, world.unit_a, state=State.PLANNED, title=ASKED, **led)
    make_inspection(plan, world.unit_a, state=State.ANNOUNCED, title=DECIDED, **led)
    field = make_inspection(plan, world.unit_a, title=FIELD, members=(world.dung,), tasks=(task,), **led)
    make_checkpoint(field)
    finding = make_finding(field, by=world.dung, task=task)
    picture = store_file(photo(), extension="png", media_type="image/png", at=NOON)
    shown = {"file": picture, "name": "anh.png", "draft_key": uuid4(), "added_by": world.dung, "added_at": NOON}
    FindingFile.objects.create(finding=finding, **shown)
    make_inspection(plan, world.unit_a, title=READY, **led)
    make_inspection(plan, world.unit_a, state=State.CONCLUDED, title=DONE, conclusion_file=paper, **led)


def _paper() -> StoredFile:
    return store_file(b"%PDF-1.4\n%%EOF\n", extension="pdf", media_type="application/pdf", at=NOON)


def inspecting_places(stage: "Stage") -> dict[str, tuple[Any, ...]]:
    """The addresses of these pages and acts."""
    at = dict(Inspection.objects.values_list("title", "pk"))
    finding = Finding.objects.get(inspection=at[FIELD])
    asked = ("edit", "announce", "cancel")
    programme = InspectionProgramme.objects.get(decision=PROGRAMME).pk
    return {
        "oversight:programme-detail": (programme,),
        "oversight:programme-lines": (programme,),
        "oversight:programme-file": (programme,),
        "oversight:inspection-detail": (at[FIELD],),
        "oversight:inspection-detail#planned": (at[ASKED],),
        **{f"oversight:inspection-{act}": (at[ASKED],) for act in asked},
        "oversight:team-name": (at[ASKED],),
        "oversight:checklist-write": (at[ASKED],),
        "oversight:team-end": (Inspection.objects.get(pk=at[FIELD]).team.get(is_leader=False).pk,),
        "oversight:inspection-begin": (at[DECIDED],),
        "oversight:inspection-conclude": (at[READY],),
        "oversight:inspection-recommend": (at[DONE],),
        "oversight:inspection-file": (at[DONE], "ket-luan"),
        "oversight:checklist-answer": (at[FIELD],),
        "oversight:finding-add": (at[FIELD],),
        "oversight:finding-photo": (finding.pk,),
        "oversight:finding-withdraw": (finding.pk,),
        "oversight:finding-file": (finding.files.get().pk,),
    }


def typed_inspecting(stage: "Stage") -> dict[str, dict[str, Any]]:
    """What is typed, whole and right."""
    days = {"starts_on": "2026-09-01", "ends_on": "2026-09-03"}
    words = {"title": "Kiểm tra", "scope": "Kết quả đã báo cáo", **days}
    line = {**words, "unit": stage.world.unit_a.pk}
    point = Inspection.objects.get(title=FIELD).checkpoints.get().pk
    return {
        "oversight:programme-create": {"plan": stage.plan.pk, "year": "2027", "title": "Chương trình", "decision": "1"},
        "oversight:programme-detail": line,
        "oversight:programme-lines": {"lines": "Sở Y tế | Kiểm tra | Kết quả | 01/09/2026 | 03/09/2026"},
        "oversight:inspection-surprise": {**line, "plan": stage.plan.pk},
        "oversight:inspection-edit": {**words, "tasks": [stage.task.pk]},
        "oversight:team-name": {"user": stage.world.dung.pk},
        "oversight:inspection-announce": {"decision": "21/QĐ-TTr"},
        "oversight:inspection-cancel": {"reason": "Trùng"},
        "oversight:inspection-conclude": {"number": "9/KL-TTr", "conclusion": "Đúng"},
        "oversight:inspection-recommend": {"text": "Lắp", "unit": stage.world.unit_a.pk, "due_on": "2099-01-01"},
        "oversight:checklist-write": {"lines": "Mục một", "shipped": "tien-do"},
        "oversight:checklist-answer": {f"answer-{point}": "good"},
        "oversight:finding-add": {"draft_key": str(uuid4()), "weight": "remark", "text": "Đã lắp một nửa."},
        "oversight:finding-photo": {"draft_key": str(uuid4()), "file": SimpleUploadedFile("a.png", photo())},
        "oversight:finding-withdraw": {"reason": "Nhầm xã"},
    }
