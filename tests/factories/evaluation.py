"""Criteria sets in force, cycles with their cards, and words on them."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any

from tests.factories.clock import NOON, TODAY
from tiendo.accounts.models import User
from tiendo.evaluation.content import criteria_sha256
from tiendo.evaluation.criteria import data_of, shaped_content
from tiendo.evaluation.models import Assessor, CriteriaSet, CriterionLink, Cycle, Judgement, Scorecard
from tiendo.orgs.models import Unit, UnitKind
from tiendo.plans.models import Plan

_next = count(1)

LEVELS = [
    {"level": 1, "name": "Chưa đạt", "rubric": "Chưa có quy chế.", "evidence": "Không có", "points": "0"},
    {"level": 2, "name": "Đạt một phần", "rubric": "Có quy chế.", "evidence": "Quy chế", "points": "8"},
    {"level": 3, "name": "Khá", "rubric": "Có quy chế và kiểm tra.", "evidence": "Biên bản", "points": "14"},
    {"level": 4, "name": "Tốt", "rubric": "Kiểm tra hằng quý.", "evidence": "Bốn biên bản", "points": "20"},
]


def make_content(**fields: object) -> dict[str, Any]:
    """A small whole set: results of tasks 60, discipline 10, one judged criterion 20, one claimed quantity 10."""
    groups = [{"code": "so-nganh", "name": "Sở, ban, ngành", "kinds": [UnitKind.DEPARTMENT.value]}]
    criteria = [
        {"code": "nhiem-vu", "name": "Kết quả nhiệm vụ", "group": "Kết quả", "kind": "task_results", "weight": "60",
         "tasks": {}},
        {"code": "bao-cao", "name": "Kỷ luật báo cáo", "group": "Kỷ luật", "kind": "discipline", "weight": "10"},
        {"code": "quy-che", "name": "Quy chế, kiểm tra nội bộ", "group": "Chung", "kind": "qualitative",
         "weight": "20", "levels": LEVELS},
        {"code": "sang-kien", "name": "Sáng kiến được công nhận", "group": "Chung", "kind": "quantitative",
         "weight": "10", "measure": {"reads": "claimed", "unit": "sáng kiến", "zero_at": "0", "full_at": "5"}},
    ]  # fmt: skip
    content: dict[str, Any] = {
        "title": "Bộ tiêu chí thử",
        "source": "Quyết định thử",
        "total": "100",
        "criteria": criteria,
        "overall": [
            {"code": "tot", "name": "Hoàn thành tốt", "low": "70"},
            {"code": "dat", "name": "Hoàn thành", "low": "50"},
            {"code": "khong", "name": "Không hoàn thành", "low": "0"},
        ],
        "groups": groups,
        "roles": {"lead": "1", "coordinating": "0.3"},
        "task_weights": {"levels": {"cao": "2", "trung-binh": "1.5", "thap": "1"}, "usual": "trung-binh", "items": {}},
    }
    return content | fields


def make_criteria(plan: Plan, *, by: User, decided_by: User, content: Mapping[str, Any] | None = None) -> CriteriaSet:
    """A set in force since before the tests; every criterion serves the first item of the plan, when it has one."""
    data: dict[str, Any] = data_of(shaped_content(content or make_content()))  # every field named, as the acts store it
    item = plan.version.items.order_by("position").first()
    links = [(each["code"], "item", item.path) for each in data["criteria"]] if item else []
    made = CriteriaSet.objects.create(
        code=f"bo-{next(_next)}",
        number=1,
        title=data["title"],
        plan=plan,
        content=data,
        sha256=criteria_sha256(data, links),
        status="in_force",
        made_by=by,
        made_at=NOON,
        decided_by=decided_by,
        decided_at=NOON,
        decision="12/QĐ-UBND",
        in_force_from=date(2025, 1, 1),
    )
    for criterion, _kind, _path in links:
        CriterionLink.objects.create(criteria=made, criterion=criterion, item=item)
    return made


def make_cycle(criteria: CriteriaSet, *, by: User, stage: str = "self_assessment", **fields: object) -> Cycle:
    """A cycle of 2026 whose data end today; no card yet."""
    values: dict[str, object] = {
        "title": "Đánh giá năm 2026",
        "year": 2026,
        "plan_version": criteria.plan.version,
        "data_from": date(2026, 1, 1),
        "data_to": TODAY + timedelta(days=1),
        "self_until": TODAY + timedelta(days=10),
        "opened_by": by,
        "opened_at": NOON,
    }
    if stage in ("decided", "published"):
        values |= {"decision": "99/QĐ-UBND", "decided_by": fields.pop("decided_by"), "decided_at": NOON}
    return Cycle.objects.create(criteria=criteria, stage=stage, **(values | fields))


def make_card(cycle: Cycle, unit: Unit, *, head: User | None = None, **fields: object) -> Scorecard:
    values: dict[str, object] = {"group": "so-nganh"}
    if head is not None:
        values |= {"head": head, "head_from": cycle.data_from, "head_to": cycle.data_to}
    return Scorecard.objects.create(cycle=cycle, unit=unit, **(values | fields))


def make_assessor(cycle: Cycle, user: User, *, by: User, voice: str = "assessor", group: str = "so-nganh") -> Assessor:
    return Assessor.objects.create(cycle=cycle, group=group, user=user, voice=voice, named_by=by, named_at=NOON)


def make_judgement(card: Scorecard, *, by: User, voice: str = "assessor", **fields: object) -> Judgement:
    """A word on the judged criterion of the small set."""
    values: dict[str, object] = {"criterion": "quy-che", "level": 3, "reason": "Có biên bản kiểm tra.", "number": 1}
    return Judgement.objects.create(scorecard=card, voice=voice, said_by=by, said_at=NOON, **(values | fields))
