"""Illustrative yearly evaluations: last year's published, this year's open to objections, heads assessing themselves.

Everything goes through the acts that people use; who was silent stays silent, who disagreed was heard by a third.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from django.utils.timezone import localdate

from tiendo.accounts.models import User
from tiendo.config.sample.world import Agenda, World
from tiendo.evaluation.actions import criteria as sets
from tiendo.evaluation.actions import cycles
from tiendo.evaluation.actions.deciding import decide_cycle, publish_cycle
from tiendo.evaluation.actions.judging import save_judgement, submit_card
from tiendo.evaluation.actions.objections import answer_objection, raise_objection
from tiendo.evaluation.actions.snapshots import take_snapshot
from tiendo.evaluation.asking import Asked, asked_of
from tiendo.evaluation.criteria import Content, Criterion, Kind, Level
from tiendo.evaluation.models import CriteriaSet, Cycle, Objection, Scorecard
from tiendo.evaluation.permissions import is_own
from tiendo.evaluation.shipped import preset
from tiendo.evaluation.states import Answer, Subject, Voice
from tiendo.plans.models import ItemKind, Plan

SET = "theo-doi-ke-hoach"
GROUPS = ("so-nganh", "xa-phuong")
ASSESSORS = ("can-bo.van-phong", "can-bo.noi-vu", "tai-chinh")
REFEREE = "can-bo.tu-phap"
WHY = "Theo hồ sơ, biên bản kiểm tra của đơn vị (minh họa)."
STEERING = Criterion(
    code="dieu-hanh",
    name="Chỉ đạo, điều hành, kiểm tra nội bộ",
    group="Chỉ đạo",
    kind=Kind.QUALITATIVE,
    weight=Decimal(10),
    levels=tuple(
        Level(number, name, rubric, evidence, Decimal(points))
        for number, name, rubric, evidence, points in (
            (1, "Chưa có", "Chưa giao người theo dõi, chưa kiểm tra lần nào.", "Không có", "0"),
            (2, "Có giao việc", "Có văn bản giao người theo dõi từng nhiệm vụ.", "Văn bản giao việc", "4"),
            (3, "Có kiểm tra", "Kiểm tra ít nhất hai lần trong năm, có kết luận.", "Biên bản, thông báo kết luận", "7"),
            (4, "Thường xuyên", "Kiểm tra hằng quý và xử lý xong các tồn tại.", "Hồ sơ kiểm tra, văn bản xử lý", "10"),
        )
    ),
)
SILENT = 11  # every eleventh unit sends no assessment of itself
APART = 13  # on every thirteenth card the assessors are two levels apart


@dataclass(frozen=True)
class Plot:
    """One cycle of units: the first day of its data, the day after the last, and when it was opened."""

    year: int
    until: date
    opened: datetime
    is_done: bool

    def day(self, days: int) -> datetime:
        return self.opened + timedelta(days=days)


def schedule(world: World, agenda: Agenda, plan: Plan, *, now: datetime) -> None:
    """The set half a year ago, last year's cycle after it, this year's five weeks ago, the heads' this week."""
    year = localdate(now - timedelta(days=90)).year  # the one before it is over when it is decided on
    last = Plot(year - 1, date(year, 1, 1), now - timedelta(days=120), is_done=True)
    this = Plot(year, localdate(now - timedelta(days=41)), now - timedelta(days=40), is_done=False)
    agenda.add(now - timedelta(days=150), partial(_settle, world, plan))
    for plot in (last, this):
        agenda.add(plot.opened, partial(_open, world, agenda, plan, plot))
    agenda.add(now - timedelta(days=4), partial(_open_heads, world, plan, this))


def _settle(world: World, plan: Plan, at: datetime) -> None:
    """The set comes into force by the leader's decision, each criterion serving a clause of the plan."""
    made = sets.draft_set(plan=plan, code=SET, content=_with_steering(preset(SET)), by=world.coordinator, at=at)
    aims = plan.version.items.filter(kind=ItemKind.BULLET).order_by("position")[:3]
    for place, each in enumerate(asked_of(made.content)):
        sets.link_criterion(criteria=made, criterion=each.code, item=aims[place % 3], by=world.coordinator, at=at)
    sets.propose_set(criteria=made, by=world.coordinator, at=at)
    sets.put_in_force(
        criteria=made,
        decision="415/QĐ-UBND (minh họa)",
        in_force_from=localdate(at),
        by=world.leader,
        at=at,
    )


def _with_steering(content: Content) -> Content:
    """The shipped set with one criterion that people appraise; its weight comes from the results of tasks."""
    tasks = content.criteria[0]
    rest = replace(tasks, weight=tasks.weight - STEERING.weight)
    return replace(content, criteria=(rest, *content.criteria[1:], STEERING))


def _open(world: World, agenda: Agenda, plan: Plan, plot: Plot, at: datetime) -> None:
    cycle = _opened(world, plan, plot, Subject.UNIT, at=at)
    agenda.add(plot.day(5), partial(_assess_selves, world, cycle))
    agenda.add(plot.day(15), partial(_appoint, world, cycle))
    agenda.add(plot.day(20), partial(_appraise, world, cycle))
    agenda.add(plot.day(25), partial(_hear, world, agenda, cycle, plot))


def _opened(world: World, plan: Plan, plot: Plot, subject: Subject, *, at: datetime) -> Cycle:
    units = subject == Subject.UNIT
    whom = "các cơ quan, đơn vị" if units else "người đứng đầu các cơ quan"
    return cycles.open_cycle(
        title=f"Đánh giá {whom} năm {plot.year} (minh họa)",
        year=plot.year,
        subject=subject,
        criteria=CriteriaSet.objects.get(code=SET, number=1),
        plan_version=plan.version,
        data_from=date(plot.year, 1, 1),
        data_to=plot.until,
        self_until=localdate(at) + timedelta(days=14),
        groups=GROUPS if units else GROUPS[:1],
        by=world.coordinator,
        at=at,
    )


def _assess_selves(world: World, cycle: Cycle, at: datetime) -> None:
    """Officers write, heads send; every eleventh unit says nothing."""
    asked = _asked(cycle)
    for place, card in enumerate(_cards(cycle)):
        if place % SILENT == SILENT - 1:
            continue
        for each in asked:
            _say(card, each, Voice.SELF, world.officer(card.unit.code), 3 + place % 2, at)
        submit_card(scorecard=card, by=world.head(card.unit.code), at=at)


def _appoint(world: World, cycle: Cycle, at: datetime) -> None:
    """The coordinator confirms quantities and names who appraises; the two stages pass on the days they may."""
    cycle = cycles.advance(cycle=cycle, by=world.coordinator, at=at)
    claimed = [each for each in _asked(cycle) if each.is_claimed]
    for place, card in enumerate(_cards(cycle)):
        for each in claimed if not is_own(world.coordinator, card) else ():
            _say(card, each, Voice.COORDINATOR, world.coordinator, 1 + place % 2, at)
    for group in GROUPS:
        people = [(name, Voice.ASSESSOR) for name in ASSESSORS] + [(REFEREE, Voice.REFEREE)]
        for name, voice in people:
            user = world.users[name]
            cycles.name_assessor(cycle=cycle, group=group, user=user, voice=voice, by=world.coordinator, at=at)
    cycles.advance(cycle=cycle, by=world.coordinator, at=at)


def _appraise(world: World, cycle: Cycle, at: datetime) -> None:
    """Two of the three, none of the unit judged; the third where they are two levels apart."""
    judged = [each for each in _asked(cycle) if each.is_judged]
    for place, card in enumerate(_cards(cycle)):
        one, two = [user for user in _people(world, ASSESSORS) if not is_own(user, card)][:2]
        for each in judged:
            top = len(each.levels)
            level = min(top, 2 + place % 3)
            other = max(1, level - 2) if place % APART == APART - 1 else level - int(place % 7 == 3)
            _say(card, each, Voice.ASSESSOR, one, level, at)
            _say(card, each, Voice.ASSESSOR, two, other, at)
            if level - other > 1:
                _say(card, each, Voice.REFEREE, world.users[REFEREE], level - 1, at)


def _hear(world: World, agenda: Agenda, cycle: Cycle, plot: Plot, at: datetime) -> None:
    until = localdate(at) + timedelta(days=10 if plot.is_done else 20)
    cycle = cycles.advance(cycle=cycle, objection_until=until, by=world.coordinator, at=at)
    agenda.add(plot.day(28), partial(_object, world, cycle))
    if plot.is_done:
        agenda.add(plot.day(31), partial(_answer, world, cycle))
        agenda.add(plot.day(37), partial(_conclude, world, cycle))


def _object(world: World, cycle: Cycle, at: datetime) -> None:
    card = cycle.scorecards.select_related("unit").get(unit__code="so-xay-dung")
    raise_objection(
        scorecard=card,
        criterion=_asked(cycle, every=True)[0].code,
        text="Hai nhiệm vụ chờ vốn trung ương; đề nghị xem xét nguyên nhân khách quan (minh họa).",
        by=world.head("so-xay-dung"),
        at=at,
    )


def _answer(world: World, cycle: Cycle, at: datetime) -> None:
    for objection in Objection.objects.filter(scorecard__cycle=cycle, answer=None):
        text = "Chưa có văn bản xác nhận nguyên nhân khách quan; giữ kết quả theo hồ sơ (minh họa)."
        answer_objection(objection=objection, answer=Answer.REJECTED, text=text, by=world.coordinator, at=at)


def _conclude(world: World, cycle: Cycle, at: datetime) -> None:
    take_snapshot(cycle=cycle, by=world.coordinator, at=at)
    conclusion = "Đa số đơn vị hoàn thành nhiệm vụ; phần lớn điểm mất ở minh chứng và hạn báo cáo (minh họa)."
    decide_cycle(cycle=cycle, decision="58/QĐ-UBND (minh họa)", conclusion=conclusion, by=world.leader, at=at)
    cycles.record_adjustment(
        cycle=cycle,
        text="Bổ sung cán bộ đầu mối cho các xã chậm báo cáo hai kỳ liền.",
        document="112/KH-UBND (minh họa)",
        by=world.coordinator,
        at=at,
    )
    publish_cycle(cycle=cycle, by=world.coordinator, at=at)


def _open_heads(world: World, plan: Plan, plot: Plot, at: datetime) -> None:
    """Heads of departments have begun to assess themselves."""
    cycle = _opened(world, plan, plot, Subject.HEAD, at=at)
    for place, card in enumerate(_cards(cycle)):
        if card.head is None or place % 3:
            continue
        for each in _asked(cycle):
            _say(card, each, Voice.SELF, card.head, 3, at)


def _say(card: Scorecard, asked: Asked, voice: Voice, by: User, level: int, at: datetime) -> None:
    """A level of a judged criterion, else the quantity of the same number."""
    given: dict[str, object] = (
        {"value": Decimal(level)} if asked.is_claimed else {"level": min(level, len(asked.levels))}
    )
    save_judgement(scorecard=card, criterion=asked.code, voice=voice, reason=WHY, by=by, at=at, **given)  # type: ignore[arg-type]


def _asked(cycle: Cycle, *, every: bool = False) -> list[Asked]:
    """Criteria on which people must say something, or all."""
    return [each for each in asked_of(cycle.criteria.content) if every or each.needs_word]


def _cards(cycle: Cycle) -> Iterable[Scorecard]:
    """As they stand now, each with its cycle at its present stage."""
    rows = Scorecard.objects.filter(cycle=cycle).select_related("cycle__criteria", "cycle__opened_by", "unit", "head")
    return list(rows.order_by("group", "unit__code", "head_from"))


def _people(world: World, names: Iterable[str]) -> list[User]:
    return [world.users[name] for name in names]
