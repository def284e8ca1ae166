"""About the registers: what is put in place, where it is found, and what is typed."""

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.factories import NOON, World, make_unit
from tests.factories.registering import make_call, make_pilot, make_related, make_tag, put_tag_on
from tiendo.orgs.models import Unit, UnitKind
from tiendo.oversight.actions.register_papers import Paper
from tiendo.oversight.actions.security import CheckAnswer, answer_security
from tiendo.oversight.actions.unit_plans import record_unit_plan
from tiendo.oversight.models import Pilot, PilotRecord, PlanCall, RelatedProgramme, SecurityCheck, UnitPlan
from tiendo.plans.actions.performing import add_performer
from tiendo.plans.models import Assignment, Plan, Task
from tiendo.reporting.models import Submission

if TYPE_CHECKING:
    from tests.permissions.stage import Stage

PDF = Paper(b"%PDF-1.4\n% danh muc\n%%EOF\n", "danh-muc.pdf")
TEXT = "KẾ HOẠCH\nChi tiết của Sở\nI. NHIỆM VỤ\n1. Hồ sơ\n- Số hóa 900 hồ sơ lưu trữ.\n"


def set_registering(plan: Plan, task: Task, world: World) -> None:
    """Unit A has entered its plan with a file, reviews a programme, runs a pilot and answers for an IT project."""
    call = make_call(plan, world)
    paper = Paper(TEXT.encode(), "ke-hoach.txt")
    signed = {"number": "1/KH", "title": "Kế hoạch", "signed_on": date(2026, 2, 1)}
    record_unit_plan(call=call, unit=world.unit_a, paper=paper, by=world.an, at=NOON, **signed)  # type: ignore[arg-type]
    make_related(plan, world.unit_a, world)
    put_tag_on(task, world)
    make_tag("y-te", kind="field", name="Y tế")
    answer_security(task=task, answers={"sao-luu": CheckAnswer("done", "", PDF)}, by=world.an, at=NOON)
    pilot = make_pilot(plan, world.unit_a, world)
    row = SecurityCheck.objects.get()
    PilotRecord.objects.create(
        pilot=pilot,
        kind="incident",
        happened_on=date(2026, 3, 1),
        text="Mất sóng",
        file=row.file,
        recorded_by=world.an,
        recorded_at=NOON,
    )
    firm = make_unit("cty-so", "Công ty Số", kind=UnitKind.ENTERPRISE)
    make_unit("cty-hai", "Công ty Hai", kind=UnitKind.ENTERPRISE)
    add_performer(task=task, unit=firm, source="Hợp đồng 1", by=world.chi, at=NOON)


def registering_places(stage: "Stage") -> dict[str, tuple[Any, ...]]:
    """The addresses of these pages and acts."""
    code, pilot = stage.task.code, Pilot.objects.get().pk
    entry, check = UnitPlan.objects.get().pk, SecurityCheck.objects.get(replaced_at=None).pk
    part = Assignment.objects.in_force().get(role=Assignment.Role.PERFORMING).pk
    call = PlanCall.objects.get().pk
    return {
        "oversight:unit-plan-list": (call,),
        "oversight:unit-plan-enter": (call,),
        "oversight:unit-plan-file": (entry,),
        "oversight:unit-plan-read": (entry,),
        "oversight:related-review": (RelatedProgramme.objects.get().pk,),
        "oversight:tag-rename": ("du-an-cntt",),
        "oversight:tag-retire": ("du-an-cntt",),
        "oversight:tag-put": (code,),
        "oversight:tag-take": (code, "du-an-cntt"),
        "oversight:performer-add": (code,),
        "oversight:performer-end": (part,),
        "oversight:security-check": (code,),
        "oversight:security-file": (check,),
        "oversight:pilot-detail": (pilot,),
        "oversight:pilot-move": (pilot, "incident"),
        "oversight:pilot-file": (PilotRecord.objects.get().pk,),
    }


def typed_registering(stage: "Stage") -> dict[str, dict[str, Any]]:
    """What is typed, whole and right."""
    accepted = Submission.objects.filter(verdict="accepted", entry__duty__unit=stage.world.unit_a)
    reports = accepted.order_by("pk").values_list("entry__duty__period__plan__code", "pk")
    plan_of_report, report = reports[0]
    plan, unit = stage.plan.code, stage.world.unit_a.code
    firm = Unit.objects.get(code="cty-hai").code
    due = {"plan": plan, "due_on": "2027-02-27"}
    return {
        "oversight:plan-call-make": {**due, "year": "2027", "source": "Công văn 5"},
        "oversight:unit-plan-enter": {"unit": unit, "number": "2/KH", "title": "Bản mới", "signed_on": "2026-03-01"},
        "oversight:related-add": {**due, "number": "9/CTr", "title": "Chương trình", "reviewer": unit},
        "oversight:related-review": {"outcome": "keep"},
        "oversight:tag-add": {"kind": "field", "name": "Giáo dục"},
        "oversight:tag-rename": {"name": "Dự án CNTT"},
        "oversight:tag-put": {"tag": "y-te"},
        "oversight:performer-add": {"unit": firm, "source": "Hợp đồng 2"},
        "oversight:performer-end": {"source": "Thanh lý"},
        "oversight:security-check": {"mang_answer": "done"},
        "oversight:pilot-begin": {
            "plan": plan,
            "kind": "pilot",
            "title": "Thử",
            "decision": "QĐ 1",
            "unit": unit,
            "starts_on": "2026-01-01",
            "ends_on": "2026-12-31",
        },
        "oversight:commendation-add": {
            "plan": plan_of_report,
            "unit": unit,
            "form": "Bằng khen",
            "decision": "QĐ 3",
            "decided_on": "2026-06-01",
            "reason": "Báo cáo sớm",
            "submissions": [report],
        },
        "oversight:pilot-move": {"happened_on": "2026-06-01", "text": "Rơi máy bay"},
    }
