"""Pilots and sandbox trials: begun by a paper, evaluated, made a rule or stopped; incidents on the way (R047, R051)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.orgs.models import Unit
from tiendo.oversight.actions.register_papers import Paper, keep_paper
from tiendo.oversight.models import Pilot, PilotRecord
from tiendo.oversight.pilot_workflow import PilotAct, PilotStage, pilot_move
from tiendo.oversight.register_rules import can_keep_registers, can_move_pilot
from tiendo.plans.models import Plan, StoredFile, Task


@transaction.atomic
def begin_pilot(
    *,
    plan: Plan,
    kind: str,
    unit: Unit,
    title: str,
    decision: str,
    starts_on: date,
    ends_on: date,
    by: User,
    at: datetime,
    supervisor: Unit | None = None,
    conditions: str = "",
    task: Task | None = None,
) -> Pilot:
    """Enter what a paper allowed to be tried. A sandbox trial names who supervises it and its conditions.

    Raises ValueError for another kind.
    """
    require(can_keep_registers(by))
    kind = Pilot.Kind(kind)
    pilot = Pilot(
        plan=plan,
        kind=kind,
        task=task,
        unit=unit,
        supervisor=supervisor,
        title=title.strip(),
        decision=decision.strip(),
        conditions=conditions.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_by=by,
        recorded_at=at,
    )
    _require_sound(pilot)
    pilot.save()
    detail = {"plan": plan.code, "title": pilot.title, "unit": unit.code, "task": task.code if task else None}
    detail |= {"supervisor": supervisor.code if supervisor else None, "source": pilot.decision, "sort": str(kind)}
    record(act="oversight.pilot.begin", subject=f"oversight.pilot:{pilot.pk}", actor=by.username, at=at, **detail)
    return pilot


def _require_sound(pilot: Pilot) -> None:
    if not pilot.title or not pilot.decision:
        require(no(_("Hãy ghi nội dung và văn bản cho phép.")))
    if pilot.ends_on < pilot.starts_on:
        require(no(_("Ngày kết thúc không thể trước ngày bắt đầu.")))
    if pilot.kind == Pilot.Kind.SANDBOX and not (pilot.supervisor_id and pilot.conditions):
        require(no(_("Thử nghiệm có kiểm soát phải có cơ quan giám sát và điều kiện, giới hạn.")))
    if pilot.supervisor_id == pilot.unit_id:
        require(no(_("Cơ quan giám sát phải khác đơn vị thực hiện.")))
    if pilot.task and pilot.task.plan_id != pilot.plan_id:
        require(no(_("Nhiệm vụ phải thuộc kế hoạch này.")))


def move_pilot(
    *,
    pilot: Pilot,
    act: str,
    happened_on: date,
    text: str,
    by: User,
    at: datetime,
    paper_number: str = "",
    paper: Paper | None = None,
) -> PilotRecord:
    """Enter what happened; the stage follows from the table of pilots.

    Raises IllegalPilotMove where the table has no such move, ValueError for another act, RefusedFile for a bad file.
    """
    done = PilotAct(act)
    require(can_move_pilot(by, pilot, done))
    with transaction.atomic():
        pilot = Pilot.objects.select_for_update(of=("self",)).get(pk=pilot.pk)
        require(can_move_pilot(by, pilot, done))
        move = pilot_move(PilotStage(pilot.stage), done)
        _require_whole(pilot, done, happened_on, text, paper_number, localdate(at))
        kept = _keep(pilot, done, happened_on, text.strip(), paper_number.strip(), keep_paper(paper, at=at), by, at)
        was, pilot.stage = pilot.stage, move.to.value
        pilot.save(update_fields=["stage"])
        detail = {"record": kept.pk, "kind": str(done), "text": kept.text, "was": was, "now": pilot.stage}
        detail |= {"happened_on": happened_on, "source": kept.paper}
        record(act="oversight.pilot.move", subject=f"oversight.pilot:{pilot.pk}", actor=by.username, at=at, **detail)
    return kept


def _require_whole(pilot: Pilot, act: PilotAct, on: date, text: str, number: str, today: date) -> None:
    if not text.strip():
        require(no(_("Hãy ghi nội dung.")))
    if on > today or on < pilot.starts_on:
        require(no(_("Ngày phải từ ngày bắt đầu thí điểm đến hôm nay.")))
    if act != PilotAct.INSTITUTIONALISE:
        return
    if not number.strip():
        require(no(_("Hãy ghi số, ngày văn bản thể chế hóa.")))
    if not pilot.records.filter(kind=PilotRecord.Kind.EVALUATION).exists():
        require(no(_("Chưa có bản đánh giá; nội dung thí điểm chỉ được thể chế hóa sau khi đã đánh giá.")))


def _keep(
    pilot: Pilot, act: PilotAct, on: date, text: str, number: str, file: StoredFile | None, by: User, at: datetime
) -> PilotRecord:
    return PilotRecord.objects.create(
        pilot=pilot, kind=act.value, happened_on=on, text=text, paper=number, file=file, recorded_by=by, recorded_at=at
    )
