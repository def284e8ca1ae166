"""What the page of one inspection shows to its reader, and the forms of the acts open to them now."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import Post, Role, User
from tiendo.accounts.permissions import YES, Decision, holds, no
from tiendo.orgs.models import Unit
from tiendo.orgs.queries import unit_holding, units_held_by
from tiendo.oversight.checklists import checklists
from tiendo.oversight.inspection_permissions import parties
from tiendo.oversight.inspection_workflow import Act, Party, State, acts_open
from tiendo.oversight.models import Finding, FindingFile, FollowUp, Inspection
from tiendo.plans.models import Task
from tiendo.plans.supervision import supervised_by
from tiendo.web.oversight.inspection_forms import (
    AnnounceForm,
    ChecklistForm,
    ConcludeForm,
    ReasonForm,
    RecommendForm,
    TeamForm,
)
from tiendo.web.oversight.inspection_subjects import about_of


def page_of(inspection: Inspection, user: User) -> dict[str, Any]:
    """Everything of the page; findings as far as the reader may see them."""
    own = parties(user, inspection)
    acts = acts_open(State(inspection.state), own)
    findings = findings_for(inspection, user)
    return {
        "inspection": inspection,
        "today": localdate(),
        "tasks": inspection.tasks.order_by("code"),
        "seen_tasks": set(Task.objects.visible_to(user).filter(inspections=inspection).values_list("code", flat=True)),
        "team": inspection.team.filter(ended_at=None).select_related("user"),
        "findings": [(each, about_of(each), _may_withdraw(each, user, own, acts)) for each in findings],
        "sees_findings": bool(own) or user.access.reads_everything or inspection.state == State.CONCLUDED,
        "points": inspection.checkpoints.select_related("answered_by") if sees_checklist(inspection, user, own) else [],
        "typed": {},
        "over": frozenset(),
        "follow_ups": FollowUp.objects.visible_to(user).filter(inspection=inspection).select_related("unit"),
        "may": {act.value: act in acts for act in Act},
        "forms": forms_of(inspection, acts),
        "shipped": checklists(),
    }


def sees_checklist(inspection: Inspection, user: User, own: frozenset[Party]) -> bool:
    """As findings: the inspected unit reads it with the conclusion."""
    return bool(own) or inspection.state == State.CONCLUDED or _stands_apart(inspection, user)


def _stands_apart(inspection: Inspection, user: User) -> bool:
    access = user.access
    works_there = inspection.unit_id in access.held_unit_ids | access.unit_ids | access.signing_unit_ids
    return access.reads_everything and not works_there


def findings_for(inspection: Inspection, user: User) -> QuerySet[Finding]:
    """With what each stands beside, in a constant number of queries."""
    rows = Finding.objects.visible_to(user).filter(inspection=inspection)
    keys = ("task", "recorded_by", "observation__indicator", "submission__entry__task")
    files = Prefetch("files", FindingFile.objects.order_by("pk"))
    return rows.select_related(*keys, "submission__entry__duty__period").prefetch_related(files)


def forms_of(inspection: Inspection, acts: frozenset[Act]) -> dict[str, Any]:
    """An empty form for each act that is open and asks for words."""
    found: dict[str, Any] = {}
    if Act.NAME_TEAM in acts:
        found["team"] = TeamForm(people=people_for(inspection), auto_id="team_%s")
    if Act.ANNOUNCE in acts:
        found["announce"] = AnnounceForm(auto_id="announce_%s")
    if Act.CANCEL in acts:
        found["cancel"] = ReasonForm(auto_id="cancel_%s")
    if Act.CONCLUDE in acts:
        found["conclude"] = ConcludeForm(auto_id="conclude_%s")
    if Act.RECOMMEND in acts:
        found["recommend"] = RecommendForm(inspection=inspection, units=units_now(), auto_id="recommend_%s")
    if Act.LIST in acts:
        waiting = "\n".join(inspection.checkpoints.filter(answer="").values_list("text", flat=True))
        found["list"] = ChecklistForm(initial={"lines": waiting}, auto_id="list_%s")
    return found


def people_for(inspection: Inspection) -> QuerySet[User]:
    """Who may join: anybody with a post outside the unit inspected and what it has taken over."""
    on = localdate()
    held = units_held_by(frozenset({unit_holding(inspection.unit, on=on).pk}), on=on)
    posts = Post.objects.in_force(on).exclude(role=Role.ADMINISTRATOR)
    inside = posts.filter(unit__in=held).values("user")
    return User.objects.filter(is_active=True, pk__in=posts.values("user")).exclude(pk__in=inside)


def tasks_of(inspection: Inspection) -> QuerySet[Task]:
    """Tasks of the plan in which the unit has a part."""
    on = localdate()
    held = units_held_by(frozenset({unit_holding(inspection.unit, on=on).pk}), on=on)
    return Task.objects.filter(plan=inspection.plan).of_units(held).counted().order_by("code")


def units_now() -> QuerySet[Unit]:
    return Unit.objects.in_force(localdate())


def may_ask_for_one(user: User, on: date) -> Decision:
    """Whether to offer a surprise inspection at all: to inspection, and to who supervises something."""
    held = user.access.held_unit_ids
    if holds(user, Role.INSPECTOR) or (held and supervised_by(Task.objects.all(), held, on=on).exists()):
        return YES
    return no(_("Kiểm tra đột xuất do thanh tra lập; cơ quan giám sát đề nghị với đơn vị mình giám sát."))


def _may_withdraw(finding: Finding, user: User, own: frozenset[Party], acts: frozenset[Act]) -> bool:
    mine = finding.recorded_by_id == user.pk or Party.LEADER in own
    return Act.WITHDRAW in acts and mine and finding.withdrawn_at is None
