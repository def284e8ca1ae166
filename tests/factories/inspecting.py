"""Inspections at any of their states, with a team, findings and a checklist."""

from datetime import date, timedelta
from uuid import uuid4

from tests.factories.clock import NOON, TODAY
from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.oversight.inspection_workflow import State
from tiendo.oversight.models import CheckPoint, Finding, Inspection, InspectionProgramme, TeamMember
from tiendo.plans.models import Plan, Task

ANNOUNCED = (State.ANNOUNCED, State.UNDER_WAY, State.CONCLUDED)


def make_programme(plan: Plan, *, by: User, year: int = 2026, decision: str = "15/QĐ-TTr") -> InspectionProgramme:
    return InspectionProgramme.objects.create(
        plan=plan, year=year, title="Chương trình kiểm tra", decision=decision, recorded_by=by, recorded_at=NOON
    )


def make_inspection(
    plan: Plan,
    unit: Unit,
    *,
    by: User,
    leader: User | None = None,
    members: tuple[User, ...] = (),
    state: str = State.UNDER_WAY,
    kind: str = "surprise",
    tasks: tuple[Task, ...] = (),
    starts_on: date = TODAY,
    **fields: object,
) -> Inspection:
    """One that has come as far as `state`; a scheduled one stands in a programme of its own."""
    programme = make_programme(plan, by=by, decision=uuid4().hex) if kind == "scheduled" else None
    values: dict[str, object] = {"title": "Kiểm tra việc phủ sóng 5G", "scope": "Kết quả đã báo cáo"} | fields
    if state in ANNOUNCED:
        values = {"decision": "21/QĐ-TTr"} | values
    if state == State.CONCLUDED:
        concluded = {"conclusion": "Đã làm đúng.", "conclusion_number": "9/KL-TTr"}
        values = concluded | {"concluded_by": leader or by, "concluded_at": NOON} | values
    if state == State.CANCELLED:
        values = {"cancelled_because": "Trùng kế hoạch"} | values
    inspection = Inspection.objects.create(
        plan=plan,
        programme=programme,
        kind=kind,
        unit=unit,
        state=state,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=4),
        recorded_by=by,
        recorded_at=NOON,
        **values,
    )
    inspection.tasks.set(tasks)
    for user in (*([leader] if leader else []), *members):
        TeamMember.objects.create(inspection=inspection, user=user, is_leader=user == leader)
    return inspection


def make_finding(inspection: Inspection, *, by: User, **fields: object) -> Finding:
    values: dict[str, object] = {"weight": "shortcoming", "text": "Trạm chưa lắp thiết bị.", "draft_key": uuid4()}
    return Finding.objects.create(
        inspection=inspection, seen_at=NOON, recorded_by=by, recorded_at=NOON, **(values | fields)
    )


def make_checkpoint(inspection: Inspection, text: str = "Có sản phẩm tại chỗ", **fields: object) -> CheckPoint:
    position = inspection.checkpoints.count() + 1
    return CheckPoint.objects.create(inspection=inspection, position=position, text=text, **fields)
