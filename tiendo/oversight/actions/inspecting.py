"""An inspection from the year's programme, or from the moment somebody asks for one, to its conclusion (R008)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import holds, no, require
from tiendo.audit.record import record
from tiendo.orgs.models import Unit
from tiendo.oversight.actions.following_up import open_follow_up
from tiendo.oversight.actions.register_papers import Paper, keep_paper
from tiendo.oversight.inspection_lines import Planned
from tiendo.oversight.inspection_permissions import (
    can_inspect,
    can_inspect_by_surprise,
    can_join_team,
    can_plan_inspections,
    works_in,
)
from tiendo.oversight.inspection_telling import ASKED, tell
from tiendo.oversight.inspection_workflow import MOVES, Act, IllegalMove, State
from tiendo.oversight.models import Finding, FollowUp, Inspection, InspectionProgramme, TeamMember
from tiendo.plans.models import Plan, Task
from tiendo.ui.stamps import CHANGED, is_older


@transaction.atomic
def record_programme(
    *, plan: Plan, year: int, title: str, decision: str, by: User, at: datetime, paper: Paper | None = None
) -> InspectionProgramme:
    """The year's programme by the paper that decided it. The same decision is recorded once a year."""
    require(can_plan_inspections(by))
    title, decision = _said(title, _("Hãy ghi tên chương trình.")), _said(decision, _("Hãy ghi số, ngày quyết định."))
    if InspectionProgramme.objects.filter(plan=plan, year=year, decision=decision).exists():
        raise IllegalMove(_("Quyết định này đã được ghi cho năm đó."))
    programme = InspectionProgramme.objects.create(
        plan=plan,
        year=year,
        title=title,
        decision=decision,
        file=keep_paper(paper, at=at),
        recorded_by=by,
        recorded_at=at,
    )
    subject = f"oversight.programme:{programme.pk}"
    record(act="oversight.programme.record", subject=subject, actor=by.username, at=at, title=title, decision=decision)
    return programme


@transaction.atomic
def plan_inspection(
    *,
    plan: Plan,
    unit: Unit,
    title: str,
    scope: str,
    starts_on: date,
    ends_on: date,
    by: User,
    at: datetime,
    programme: InspectionProgramme | None = None,
    tasks: Iterable[Task] = (),
) -> Inspection:
    """One inspection of one unit: a line of the programme, or without one a surprise.

    A surprise asked for by a supervising agency waits for inspection, who are told; the unit is not.
    """
    surprise = programme is None
    require(can_inspect_by_surprise(by, unit, plan, on=localdate(at)) if surprise else _may_plan(by, unit))
    inspection = Inspection(plan=plan, programme=programme, unit=unit, recorded_by=by, recorded_at=at)
    inspection.kind = Inspection.Kind.SURPRISE if surprise else Inspection.Kind.SCHEDULED
    _fill(inspection, title=title, scope=scope, starts_on=starts_on, ends_on=ends_on)
    inspection.save()
    inspection.tasks.set(_of_plan(plan, tasks))
    _record("plan", inspection, by, at, kind=inspection.kind, **_named(inspection), **_days(inspection))
    if surprise and not holds(by, Role.INSPECTOR):
        tell(ASKED, inspection, by=by, at=at)
    return inspection


@transaction.atomic
def plan_inspections(
    *, programme: InspectionProgramme, planned: Sequence[Planned], by: User, at: datetime
) -> list[Inspection]:
    """Several lines of the programme together, or none of them."""
    require(can_plan_inspections(by))
    units = Unit.objects.in_bulk({each.unit for each in planned})
    return [
        plan_inspection(
            plan=programme.plan,
            programme=programme,
            unit=units[each.unit],
            title=each.title,
            scope=each.scope,
            starts_on=each.starts_on,
            ends_on=each.ends_on,
            by=by,
            at=at,
        )
        for each in planned
    ]


@transaction.atomic
def change_inspection(
    *,
    inspection: Inspection,
    title: str,
    scope: str,
    starts_on: date,
    ends_on: date,
    tasks: Iterable[Task],
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Inspection:
    """What is looked at and when, as long as no decision announced it; `seen` is the stamp of what the page showed."""
    inspection = _locked(inspection, Act.CHANGE, by)
    if is_older(seen, inspection.stamp):
        raise IllegalMove(_(CHANGED))
    _fill(inspection, title=title, scope=scope, starts_on=starts_on, ends_on=ends_on)
    inspection.save(update_fields=["title", "scope", "starts_on", "ends_on"])
    inspection.tasks.set(_of_plan(inspection.plan, tasks))
    _record(Act.CHANGE, inspection, by, at, **_named(inspection), **_days(inspection))
    return inspection


@transaction.atomic
def name_team(*, inspection: Inspection, user: User, is_leader: bool, by: User, at: datetime) -> TeamMember:
    """Somebody joins the team, or goes on in it as its leader; there is one leader, a former one stays a member."""
    inspection = _locked(inspection, Act.NAME_TEAM, by)
    require(can_join_team(user, inspection))
    team = TeamMember.objects.filter(inspection=inspection, ended_at=None)
    if is_leader:
        team.exclude(user=user).update(is_leader=False)
    member, new = team.get_or_create(inspection=inspection, user=user, defaults={"is_leader": is_leader})
    if is_leader and not member.is_leader:
        member.is_leader = True
        member.save(update_fields=["is_leader"])
    _record(Act.NAME_TEAM, inspection, by, at, user=user.username, leader=member.is_leader)
    if new:
        tell(Act.NAME_TEAM, inspection, by=by, at=at, to=[user])
    return member


@transaction.atomic
def end_team_member(*, member: TeamMember, by: User, at: datetime) -> None:
    """Somebody leaves the team; what they wrote stays. An inspection that has a decision keeps a leader."""
    inspection = _locked(member.inspection, Act.NAME_TEAM, by)
    if member.is_leader and inspection.state != Inspection.State.PLANNED:
        raise IllegalMove(_("Hãy cử trưởng đoàn khác trước."))
    if TeamMember.objects.filter(pk=member.pk, ended_at=None).update(ended_at=at):
        _record("end_team", inspection, by, at, user=member.user.username)


@transaction.atomic
def announce_inspection(
    *, inspection: Inspection, decision: str, by: User, at: datetime, paper: Paper | None = None
) -> Inspection:
    """The decision to inspect, with its number and day; the unit is told, unless it is a surprise."""
    inspection = _locked(inspection, Act.ANNOUNCE, by)
    inspection.decision = _said(decision, _("Hãy ghi số, ngày quyết định kiểm tra."))
    if not inspection.team.filter(is_leader=True, ended_at=None).exists():
        raise IllegalMove(_("Hãy cử trưởng đoàn trước khi ghi quyết định."))
    inspection.decision_file = keep_paper(paper, at=at)
    return _moved(inspection, Act.ANNOUNCE, by, at, decision=inspection.decision)


@transaction.atomic
def begin_inspection(*, inspection: Inspection, by: User, at: datetime) -> Inspection:
    """The team is at the unit: findings are written from now on, and a unit surprised knows."""
    inspection = _locked(inspection, Act.BEGIN, by)
    if localdate(at) < inspection.starts_on:
        raise IllegalMove(_("Chưa đến ngày bắt đầu ghi trong quyết định."))
    return _moved(inspection, Act.BEGIN, by, at)


@transaction.atomic
def cancel_inspection(*, inspection: Inspection, reason: str, by: User, at: datetime) -> Inspection:
    """It does not take place, for a reason; whoever knew of it is told."""
    inspection = _locked(inspection, Act.CANCEL, by)
    inspection.cancelled_because = _said(reason, _("Hãy ghi lý do không tiến hành."))
    return _moved(inspection, Act.CANCEL, by, at, reason=inspection.cancelled_because)


@transaction.atomic
def conclude_inspection(
    *, inspection: Inspection, conclusion: str, number: str, by: User, at: datetime, paper: Paper | None = None
) -> Inspection:
    """The leader's word on what was found, by a numbered paper; after it nothing of the inspection changes."""
    inspection = _locked(inspection, Act.CONCLUDE, by)
    inspection.conclusion = _said(conclusion, _("Hãy ghi kết luận."))
    inspection.conclusion_number = _said(number, _("Hãy ghi số, ngày kết luận."))
    if inspection.checkpoints.filter(answer="").exists():
        raise IllegalMove(_("Danh mục kiểm tra còn mục chưa trả lời."))
    inspection.conclusion_file = keep_paper(paper, at=at)
    inspection.concluded_by, inspection.concluded_at = by, at
    answers = {str(point.position): point.answer for point in inspection.checkpoints.all()}
    return _moved(inspection, Act.CONCLUDE, by, at, number=inspection.conclusion_number, answers=answers)


@transaction.atomic
def recommend(
    *,
    inspection: Inspection,
    text: str,
    unit: Unit,
    due_on: date,
    by: User,
    at: datetime,
    finding: Finding | None = None,
) -> FollowUp:
    """What a unit must do after the conclusion, perhaps about one finding: an item a second person closes."""
    inspection = _locked(inspection, Act.RECOMMEND, by)
    if finding and (finding.inspection_id != inspection.pk or finding.withdrawn_at):
        raise IllegalMove(_("Phát hiện này đã rút hoặc không thuộc cuộc kiểm tra."))
    about: dict[str, Any] = {"inspection": inspection, "finding": finding, "task": finding.task if finding else None}
    return open_follow_up(plan=inspection.plan, text=text, unit=unit, due_on=due_on, by=by, at=at, **about)


def _may_plan(by: User, unit: Unit) -> Any:
    allowed = can_plan_inspections(by)
    return no(_("Không ai kiểm tra đơn vị của chính mình.")) if allowed and works_in(by, unit) else allowed


def _fill(inspection: Inspection, *, title: str, scope: str, starts_on: date, ends_on: date) -> None:
    inspection.title = _said(title, _("Hãy ghi tên cuộc kiểm tra."))
    inspection.scope = _said(scope, _("Hãy ghi nội dung, phạm vi kiểm tra."))
    if ends_on < starts_on:
        raise IllegalMove(_("Ngày kết thúc không được trước ngày bắt đầu."))
    inspection.starts_on, inspection.ends_on = starts_on, ends_on


def _of_plan(plan: Plan, tasks: Iterable[Task]) -> list[Task]:
    chosen = list(tasks)
    if any(task.plan_id != plan.pk for task in chosen):
        raise ValueError("a task of another plan")
    return chosen


def _named(inspection: Inspection) -> dict[str, Any]:
    """Whom it concerns, for the log. People of the unit may read it, so a surprise is named there once it begins."""
    begun = inspection.state in (Inspection.State.UNDER_WAY, Inspection.State.CONCLUDED)
    if inspection.kind == Inspection.Kind.SURPRISE and not begun:
        return {}
    codes = sorted(inspection.tasks.values_list("code", flat=True))
    return {"title": inspection.title, "unit": inspection.unit.code, "tasks": codes}


def _days(inspection: Inspection) -> dict[str, str]:
    return {"starts_on": inspection.starts_on.isoformat(), "ends_on": inspection.ends_on.isoformat()}


def lock_inspection(inspection: Inspection) -> Inspection:
    """The row as it stands, held until the end of the transaction."""
    rows = Inspection.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("unit", "plan", "recorded_by").get(pk=inspection.pk)


def _locked(inspection: Inspection, act: Act, by: User) -> Inspection:
    inspection = lock_inspection(inspection)
    require(can_inspect(by, inspection, act))
    return inspection


def _moved(inspection: Inspection, act: Act, by: User, at: datetime, **detail: Any) -> Inspection:
    inspection.state = MOVES[State(inspection.state), act].to.value
    inspection.save()
    _record(act, inspection, by, at, **_named(inspection), **detail)
    tell(act, inspection, by=by, at=at)
    return inspection


def _record(verb: str, inspection: Inspection, by: User, at: datetime, **detail: Any) -> None:
    subject = f"oversight.inspection:{inspection.pk}"
    record(act=f"oversight.inspection.{verb}", subject=subject, actor=by.username, at=at, **detail)


def _said(words: str, otherwise: str) -> str:
    if not words.strip():
        require(no(otherwise))
    return words.strip()
