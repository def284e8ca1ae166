"""A set of criteria as a draft, one laid before the decision-maker, and one in force with an older version."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from tests.evaluation.contents import REPORTS, TASKS, make_content
from tests.factories import NOON, World, make_item, make_plan
from tiendo.evaluation.actions.criteria import draft_set, link_criterion, propose_set, put_in_force
from tiendo.evaluation.criteria import TaskWeights
from tiendo.evaluation.models import CriteriaSet, CriterionLink
from tiendo.plans.models import Plan


@dataclass(frozen=True)
class Sets:
    """The plan they are of; a draft, a proposal, and a set in force."""

    plan: Plan
    draft: CriteriaSet
    proposed: CriteriaSet
    in_force: CriteriaSet
    older: CriteriaSet

    @property
    def link(self) -> CriterionLink:
        return self.draft.links.get(criterion="bao-cao")


def set_criteria(world: World) -> Sets:
    plan = make_plan(world.province, "kh-54")
    make_item(plan.version, "I.1", "Kinh tế số chiếm 30 % GRDP")
    make_item(plan.version, "I.2", "Mục tiêu khác")
    draft, proposed, older = (_linked(plan, world, code) for code in ("bo-soan", "bo-trinh", "bo-ap-dung"))
    propose_set(criteria=proposed, by=world.chi, at=NOON)
    newer = _decided(older, world)
    return Sets(plan, draft, proposed, newer, older)


def _decided(older: CriteriaSet, world: World) -> CriteriaSet:
    """Both versions came into force; the older one is retired."""
    paper: dict[str, Any] = {"decision": "12/QĐ-UBND", "in_force_from": date(2026, 1, 5)}
    propose_set(criteria=older, by=world.chi, at=NOON)
    put_in_force(criteria=older, by=world.decision_maker, at=NOON, **paper)
    newer = _linked(older.plan, world, older.code)
    propose_set(criteria=newer, by=world.chi, at=NOON)
    return put_in_force(criteria=newer, by=world.decision_maker, at=NOON, **paper)


def _linked(plan: Plan, world: World, code: str) -> CriteriaSet:
    weights = TaskWeights({"low": Decimal(1)}, "low", {})
    content = replace(make_content(TASKS, REPORTS), title=f"Bộ {code}", task_weights=weights)
    made = draft_set(plan=plan, code=code, content=content, by=world.chi, at=NOON)
    for criterion in ("nhiem-vu", "bao-cao"):
        item = plan.version.items.get(path="I.1")
        link_criterion(criteria=made, criterion=criterion, item=item, by=world.chi, at=NOON)
    return made


RANKING: dict[str, Any] = {
    "band-TOTAL_FORMS": 1, "band-INITIAL_FORMS": 0, "band-0-name": "Đạt", "band-0-low": "0",
    "group-TOTAL_FORMS": 1, "group-INITIAL_FORMS": 0, "group-0-name": "Sở", "group-0-kinds": ["department"],
    "quota_band": "", "quota_percent": "", "spread": "10", "interval": "80",
}  # fmt: skip


def criteria_places(sets: Sets) -> dict[str, tuple[Any, ...]]:
    draft = sets.draft.pk
    return {
        "evaluation:criteria-detail": (draft,),
        "evaluation:criteria-compare": (sets.in_force.pk, sets.older.pk),
        "evaluation:criteria-file": (sets.in_force.pk,),
        "evaluation:criteria-again": (sets.in_force.pk,),
        "evaluation:criteria-propose": (draft,),
        "evaluation:criteria-take-back": (sets.proposed.pk,),
        "evaluation:criteria-drop": (draft,),
        "evaluation:criteria-decide": (sets.proposed.pk,),
        "evaluation:criteria-edit": (draft,),
        "evaluation:criteria-ranking": (draft,),
        "evaluation:criterion-add": (draft,),
        "evaluation:criterion-edit": (draft, "bao-cao"),
        "evaluation:criterion-remove": (draft, "bao-cao"),
        "evaluation:criterion-link": (draft, "bao-cao"),
        "evaluation:criterion-unlink": (sets.link.pk,),
    }


def typed_in_criteria(sets: Sets) -> dict[str, dict[str, Any]]:
    common = {"title": "Bộ đã sửa", "source": "QĐ 2", "total": "70", "decimals": "2", "deadline": "current"}
    common |= {"levels": "cao: 2\nthấp: 1", "usual": "low", "apart": "1", "settings": ""}
    one = {"name": "Báo cáo", "group": "", "weight": "10", "description": "", "weight_low": "", "weight_high": ""}
    return {
        "evaluation:criteria-draft": {"plan": sets.plan.code, "code": "bo-moi", "start": "366-qd-tw"},
        "evaluation:criteria-take-back": {"reason": "Xem lại trọng số"},
        "evaluation:criteria-decide": {"decision": "15/QĐ-UBND", "in_force_from": "2027-01-01"},
        "evaluation:criteria-edit": {**common, "lead": "1", "coordinating": "0,3", "items": ""},
        "evaluation:criteria-ranking": RANKING,
        "evaluation:criterion-add": {"code": "moi", "name": "Mới", "kind": "discipline", "weight": "5"},
        "evaluation:criterion-edit": {**one, "late_report": "0,4"},
        "evaluation:criterion-link": {"item": sets.plan.version.items.get(path="I.2").pk},
    }
