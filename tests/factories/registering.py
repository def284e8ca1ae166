"""Registers: an order for plans with entries, a programme to review, a pilot, tags."""

from datetime import date

from tests.factories.clock import NOON
from tests.factories.people import World
from tiendo.orgs.models import Unit
from tiendo.oversight.models import Pilot, PlanCall, RelatedProgramme, UnitPlan
from tiendo.plans.models import Plan, Tag, Task, TaskTag


def make_call(plan: Plan, world: World, *, year: int = 2026, due_on: date = date(2026, 2, 27)) -> PlanCall:
    """Every reporting unit owes a plan of the year."""
    return PlanCall.objects.create(
        plan=plan, year=year, due_on=due_on, source="Công văn số 12", recorded_by=world.chi, recorded_at=NOON
    )


def make_unit_plan(call: PlanCall, unit: Unit, world: World, *, signed_on: date, number: str = "10/KH") -> UnitPlan:
    return UnitPlan.objects.create(
        call=call,
        unit=unit,
        number=number,
        signed_on=signed_on,
        title="Kế hoạch chi tiết",
        recorded_by=world.an,
        recorded_at=NOON,
    )


def make_related(plan: Plan, reviewer: Unit, world: World, *, due_on: date = date(2026, 12, 31)) -> RelatedProgramme:
    return RelatedProgramme.objects.create(
        plan=plan,
        number=f"{plan.related_programmes.count() + 1}/CTr-UBND",
        title="Chương trình chuyển đổi số",
        reviewer=reviewer,
        due_on=due_on,
        recorded_by=world.chi,
        recorded_at=NOON,
    )


def make_pilot(plan: Plan, unit: Unit, world: World, *, supervisor: Unit | None = None, **fields: object) -> Pilot:
    """Runs from the beginning of the year to its end."""
    values: dict[str, object] = {
        "kind": Pilot.Kind.SANDBOX if supervisor else Pilot.Kind.PILOT,
        "title": "Máy bay không người lái giao thuốc",
        "decision": "QĐ 5/QĐ-UBND",
        "conditions": "Chỉ trong một xã",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
    }
    return Pilot.objects.create(
        plan=plan, unit=unit, supervisor=supervisor, recorded_by=world.chi, recorded_at=NOON, **(values | fields)
    )


def make_tag(code: str = "du-an-cntt", *, kind: str = Tag.Kind.NATURE, name: str = "Dự án công nghệ thông tin") -> Tag:
    return Tag.objects.get_or_create(code=code, defaults={"kind": kind, "name": name})[0]


def put_tag_on(task: Task, world: World, code: str = "du-an-cntt") -> TaskTag:
    return TaskTag.objects.create(task=task, tag=make_tag(code), put_by=world.chi, put_at=NOON)
