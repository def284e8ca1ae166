"""Yearly evaluations at each stage, each ready for the act that belongs to it."""

from datetime import date
from typing import Any

from tests.factories import (
    NOON,
    World,
    make_assessor,
    make_card,
    make_criteria,
    make_cycle,
    make_item,
    make_judgement,
    make_plan,
    make_user,
)
from tiendo.accounts.models import Role
from tiendo.evaluation.actions.deciding import decide_cycle, publish_cycle
from tiendo.evaluation.actions.objections import raise_objection
from tiendo.evaluation.actions.snapshots import freeze, take_snapshot
from tiendo.evaluation.models import Assessor, CriteriaSet, Cycle, Judgement, Objection, Result, Snapshot
from tiendo.plans.models import Plan
from tiendo.plans.storage import store_file

OPEN_END = date(2099, 12, 31)
STAGES = ("self_assessment", "consolidation", "objection", "closing", "decided", "published")


def set_cycles(world: World) -> None:
    """One cycle for each of STAGES, all of them with a card of unit A; `closing` waits for the decision."""
    plan = make_plan(world.province, "kh-danh-gia")
    make_item(plan.version, "I.1", "Mục tiêu")
    for stage in STAGES:
        _make(stage, plan, world)


def _make(stage: str, plan: Plan, world: World) -> None:
    criteria = make_criteria(plan, by=world.chi, decided_by=world.decision_maker)
    cycle = make_cycle(criteria, by=world.chi, title=stage, data_to=NOON.date())
    card = make_card(cycle, world.unit_a)
    file = store_file(b"Quy che so 5", extension="txt", media_type="text/plain", at=NOON)
    word = {"evidence": file, "evidence_name": "quy-che.txt"}
    make_judgement(card, by=world.an, voice="self", **word)
    make_judgement(card, by=world.an, voice="self", criterion="sang-kien", level=None, value=2)
    make_assessor(cycle, world.finance, by=world.chi)
    if stage in ("self_assessment", "consolidation"):
        _at(cycle, stage)
        return
    card.submitted_by, card.submitted_at = world.binh, NOON  # only then others may read what the unit says
    card.save()
    freeze(cycle, Snapshot.Purpose.PRELIMINARY, by=world.chi, at=NOON)
    cycle.objection_until = OPEN_END if stage == "objection" else NOON.date()
    _at(cycle, "objection")
    freeze(cycle, Snapshot.Purpose.OBJECTION, by=world.chi, at=NOON)
    if stage == "objection":
        text = {"criterion": "bao-cao", "text": "Đã gửi", "data": b"x", "name": "thu.txt"}
        raise_objection(scorecard=card, by=world.binh, at=NOON, **text)  # type: ignore[arg-type]
        return
    take_snapshot(cycle=cycle, by=world.chi, at=NOON)
    if stage in ("decided", "published"):
        other = make_user(f"quyet-dinh-{stage}", world.province, Role.DECISION_MAKER)
        later = NOON.replace(day=3)
        decide_cycle(cycle=cycle, decision="9/QĐ-UBND", conclusion="", by=other, at=later)
    if stage == "published":
        publish_cycle(cycle=cycle, by=world.chi, at=later)


def _at(cycle: Cycle, stage: str) -> None:
    cycle.stage = stage
    cycle.save()


def cycle_places() -> dict[str, tuple[Any, ...]]:
    """The addresses of these rows."""
    cycles = {each.title: each for each in Cycle.objects.filter(title__in=STAGES)}
    first, objected = cycles["self_assessment"], cycles["objection"]
    result = Result.objects.filter(snapshot__cycle=objected).order_by("-snapshot__number")[0]
    objection = Objection.objects.get(scorecard__cycle=objected)
    word = Judgement.objects.filter(scorecard=result.scorecard, criterion="quy-che")[0]
    own = first.scorecards.get()
    acts = dict.fromkeys(("cycle-detail", "cycle-advance", "cycle-cancel", "assessor-name"), first.pk)
    acts |= {"cycle-snapshot": cycles["consolidation"].pk, "cycle-decide": cycles["closing"].pk}
    acts |= {"cycle-publish": cycles["decided"].pk, "cycle-adjust": cycles["decided"].pk}
    acts |= {"scoreboard": objected.pk, "cycle-compare": objected.pk, "result-detail": result.pk}
    acts |= {"snapshot-coverage": result.snapshot_id, "snapshot-file": result.snapshot_id}
    acts |= dict.fromkeys(("card-detail", "card-say", "card-submit"), own.pk)
    acts |= {"card-object": result.scorecard_id, "objection-answer": objection.pk, "objection-file": objection.pk}
    acts |= {"judgement-file": word.pk, "assessor-end": Assessor.objects.get(cycle=first).pk}
    found: dict[str, tuple[Any, ...]] = {f"evaluation:{name}": (pk,) for name, pk in acts.items()}
    shown, code = cycles["published"].pk, result.scorecard.unit.code
    found |= {f"portal:evaluation-{name}": (shown,) for name in ("cycle", "file")}
    found |= {"portal:evaluation-unit": (shown, code), "portal:evaluation-cycle#running": (objected.pk,)}
    return found | {"evaluation:card-file": (result.scorecard_id, "docx")}


def cycle_typed() -> dict[str, dict[str, Any]]:
    """What is typed in the form of each of these acts."""
    criteria = CriteriaSet.objects.filter(cycles__title="self_assessment").first()
    days = {"data_from": "2027-01-01", "data_to": "2028-01-01", "self_until": "2099-01-01"}
    opened = {"year": "2027", "subject": "unit", "criteria": criteria.pk if criteria else "", "groups": ["so-nganh"]}
    return {
        "evaluation:cycle-create": {"title": "Năm 2027", **opened, **days},
        "evaluation:cycle-cancel": {"reason": "Hoãn"},
        "evaluation:cycle-decide": {"decision": "12/QĐ-UBND", "conclusion": "Đạt"},
        "evaluation:cycle-adjust": {"text": "Thêm người", "document": "3/KH-UBND", "task": ""},
        "evaluation:assessor-name": {"group": "so-nganh", "user": "truong-y-te", "voice": "assessor"},
        "evaluation:card-say": {"voice": "self", "criterion": "quy-che", "level": "2", "reason": "Theo quy chế"},
        "evaluation:card-object": {"criterion": "bao-cao", "text": "Đã gửi đúng hạn"},
        "evaluation:objection-answer": {"answer": "rejected", "text": "Hồ sơ ghi muộn"},
    }
