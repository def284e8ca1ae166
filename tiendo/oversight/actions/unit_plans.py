"""Plans that agencies make under the province's: asked for by a day, entered as signed, taken in with their tasks."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.intake.actions import accept_import, receive_import
from tiendo.intake.models import Import
from tiendo.orgs.models import Unit
from tiendo.oversight.actions.register_papers import Paper, keep_paper
from tiendo.oversight.models import PlanCall, UnitPlan
from tiendo.oversight.plan_call_telling import tell_units
from tiendo.oversight.plan_calls import Telling
from tiendo.oversight.register_queries import find_unit_plan, lines_lacking
from tiendo.oversight.register_rules import can_enter_unit_plan, can_keep_registers
from tiendo.plans.models import Plan, PlanVersion
from tiendo.plans.storage import read_file


@transaction.atomic
def call_for_plans(*, plan: Plan, year: int, due_on: date, source: str, by: User, at: datetime) -> PlanCall:
    """Ask every reporting unit for its own plan of the year, by the end of a day, and tell them; once a plan and year.

    A call entered after its day is for the register: nobody is asked for what should have been done."""
    require(can_keep_registers(by))
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if plan.under_id:
        require(no(_("Kế hoạch của đơn vị được lập theo kế hoạch của tỉnh, không theo một kế hoạch chi tiết.")))
    if not source.strip():
        require(no(_("Hãy ghi căn cứ: số văn bản hoặc ý kiến chỉ đạo.")))
    if PlanCall.objects.filter(plan=plan, year=year).exists():
        require(no(_("Năm này đã có yêu cầu lập kế hoạch.")))
    call = PlanCall.objects.create(
        plan=plan, year=year, due_on=due_on, source=source.strip(), recorded_by=by, recorded_at=at
    )
    detail = {"plan": plan.code, "year": year, "due_on": due_on, "source": call.source}
    record(act="oversight.plan_call.make", subject=f"oversight.plan_call:{call.pk}", actor=by.username, at=at, **detail)
    if (on := localdate(at)) <= due_on:
        tell_units(call, lines_lacking(call, on=on), Telling.ASKED, by=by, at=at)
    return call


def record_unit_plan(
    *,
    call: PlanCall,
    unit: Unit,
    number: str,
    signed_on: date,
    title: str,
    by: User,
    at: datetime,
    paper: Paper | None = None,
) -> UnitPlan:
    """Enter the plan a unit has signed. A later entry stands in the place of the earlier one, which is kept.

    Raises RefusedFile for a file that is not what it says.
    """
    require(can_enter_unit_plan(by, unit))
    _require_signed(unit, number, title, signed_on, localdate(at))
    with transaction.atomic():
        call = PlanCall.objects.select_for_update(of=("self",)).get(pk=call.pk)
        file = keep_paper(paper, at=at)
        replaced = UnitPlan.objects.standing().filter(call=call, unit=unit).update(replaced_at=at)
        made = UnitPlan.objects.create(
            call=call,
            unit=unit,
            number=number.strip(),
            signed_on=signed_on,
            title=title.strip(),
            file=file,
            recorded_by=by,
            recorded_at=at,
        )
        detail = {"call": call.pk, "unit": unit.code, "number": made.number, "signed_on": signed_on}
        detail |= {"title": made.title, "replaces": bool(replaced), "sha256": file.sha256 if file else None}
        record(
            act="oversight.unit_plan.enter",
            subject=f"oversight.unit_plan:{made.pk}",
            actor=by.username,
            at=at,
            **detail,
        )
    return made


def _require_signed(unit: Unit, number: str, title: str, signed_on: date, today: date) -> None:
    if not number.strip() or not title.strip():
        require(no(_("Hãy ghi số, ký hiệu và tên kế hoạch.")))
    if signed_on > today:
        require(no(_("Ngày ký không thể ở tương lai.")))
    if not unit.reports:
        require(no(_("Đơn vị này không thuộc diện phải lập kế hoạch.")))


def read_unit_plan(*, unit_plan: UnitPlan, by: User, at: datetime) -> Import:
    """Hand the plan's file to the import, where its tasks are proposed; a file that came in before gives its import."""
    require(can_keep_registers(by))
    if unit_plan.file is None:
        require(no(_("Chưa có tệp của kế hoạch; hãy ghi lại vào sổ kèm tệp.")))
    assert unit_plan.file is not None
    name = f"{unit_plan.number.replace('/', '-')}.{unit_plan.file.extension}"
    return receive_import(data=read_file(unit_plan.file), name=name, by=by, at=at)[0]


@transaction.atomic
def accept_with_register(*, source: Import, given: Mapping[str, Any], by: User, at: datetime) -> PlanVersion:
    """As `intake.actions.accept_import`, with what it is `given`; a plan of the register is linked with its entry in
    the same act."""
    version = accept_import(source=source, by=by, at=at, **given)
    row = find_unit_plan(source.file)
    plan = version.plan
    if row and plan.under_id == row.call.plan_id and plan.owner_id == row.unit_id:
        _link(row, plan, by, at)
    return version


def _link(unit_plan: UnitPlan, plan: Plan, by: User, at: datetime) -> None:
    unit_plan = UnitPlan.objects.select_for_update(of=("self",)).select_related("call").get(pk=unit_plan.pk)
    if unit_plan.detailed_id == plan.pk:
        return
    if unit_plan.detailed_id or UnitPlan.objects.filter(detailed=plan).exists():
        require(no(_("Kế hoạch này đã được gắn rồi.")))
    unit_plan.detailed = plan
    unit_plan.save(update_fields=["detailed"])
    detail = {"plan": plan.code, "unit": unit_plan.unit.code}
    record(
        act="oversight.unit_plan.take_in",
        subject=f"oversight.unit_plan:{unit_plan.pk}",
        actor=by.username,
        at=at,
        **detail,
    )
