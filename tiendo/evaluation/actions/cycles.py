"""A yearly evaluation is opened, moved on, adjusted after, or cancelled."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.evaluation.actions.snapshots import freeze, locked
from tiendo.evaluation.asking import content_of, groups_of_kinds
from tiendo.evaluation.cards import Wanted, wanted_cards
from tiendo.evaluation.conditions import lacking
from tiendo.evaluation.models import Assessor, CriteriaSet, Cycle, Scorecard, Snapshot
from tiendo.evaluation.permissions import can_name_assessor, can_open_cycle, can_steer_cycle
from tiendo.evaluation.states import SetStatus, Stage, Subject, Voice
from tiendo.evaluation.telling import tell_moved
from tiendo.evaluation.workflow import Act, IllegalMove, move
from tiendo.plans.models import PlanVersion


@transaction.atomic
def open_cycle(
    *,
    title: str,
    year: int,
    subject: Subject,
    criteria: CriteriaSet,
    plan_version: PlanVersion,
    data_from: date,
    data_to: date,
    self_until: date,
    groups: Iterable[str],
    by: User,
    at: datetime,
) -> Cycle:
    """A cycle under a set in force, with a card for every unit of the groups, or for every term of their heads.

    `data_to` is to-exclusive, `self_until` the last good day. Raises IllegalMove when the set is not in force or has
    no such group, the plan is another one's, such a cycle is open already, or nobody would be judged.
    """
    require(can_open_cycle(by))
    criteria = CriteriaSet.objects.select_for_update(no_key=True).get(pk=criteria.pk)
    _require_possible(criteria, plan_version, year, subject)
    _require_days(data_from, data_to, self_until, localdate(at))
    chosen = set(groups)
    _require_groups(chosen, criteria.content)
    cards = _require_cards(subject, criteria, chosen, data_from, data_to)
    cycle = Cycle.objects.create(
        title=title.strip() or _("Đánh giá năm %(year)s") % {"year": year},
        year=year,
        subject=subject.value,
        criteria=criteria,
        plan_version=plan_version,
        data_from=data_from,
        data_to=data_to,
        self_until=self_until,
        opened_by=by,
        opened_at=at,
    )
    _make_cards(cycle, cards)
    named = {"criteria": str(criteria), "rule": criteria.sha256, "groups": sorted({each.group for each in cards})}
    _record("open", cycle, by, at, cards=len(cards), **named)
    tell_moved(cycle, by=by, at=at)
    return cycle


@transaction.atomic
def name_assessor(*, cycle: Cycle, group: str, user: User, voice: Voice, by: User, at: datetime) -> Assessor:
    """Two assessors for a group, and a referee for where they differ. Raises IllegalMove for one named already."""
    cycle = locked(cycle)
    require(can_name_assessor(by, cycle, user))
    if voice not in (Voice.ASSESSOR, Voice.REFEREE):
        require(no(_("Vai trò này không phải người thẩm định.")))
    if not cycle.scorecards.filter(group=group).exists():
        require(no(_("Đợt đánh giá không có nhóm này.")))
    if cycle.assessors.filter(group=group, user=user, ended_at=None).exists():
        raise IllegalMove(_("Người này đã được cử thẩm định nhóm."))
    named = Assessor.objects.create(cycle=cycle, group=group, user=user, voice=voice, named_by=by, named_at=at)
    _record("name_assessor", cycle, by, at, group=group, user=user.username, voice=voice.value)
    return named


@transaction.atomic
def end_assessor(*, assessor: Assessor, by: User, at: datetime) -> Assessor:
    """No longer appraises; what was said stands."""
    cycle = locked(assessor.cycle)
    require(can_steer_cycle(by, cycle, Act.NAME_ASSESSOR))
    assessor = Assessor.objects.select_for_update(of=("self",)).select_related("user").get(pk=assessor.pk)
    if assessor.ended_at is not None:
        raise IllegalMove(_("Người này đã thôi thẩm định nhóm."))
    assessor.ended_at = at
    assessor.save(update_fields=["ended_at"])
    _record("end_assessor", cycle, by, at, group=assessor.group, user=assessor.user.username, voice=assessor.voice)
    return assessor


@transaction.atomic
def advance(*, cycle: Cycle, by: User, at: datetime, objection_until: date | None = None) -> Cycle:
    """On to the next stage, once nothing is lacking; a unit that stayed silent holds nobody up after the last day.

    Entering the stage of objections needs `objection_until`, its last good day, and freezes what units object to.
    Raises IllegalMove naming everything that is lacking.
    """
    cycle = locked(cycle)
    require(can_steer_cycle(by, cycle, Act.ADVANCE))
    found = lacking(cycle, on=localdate(at))
    if found:
        raise IllegalMove(" ".join(found))
    was, cycle.stage = cycle.stage, move(Stage(cycle.stage), Act.ADVANCE).to.value
    if cycle.stage == Stage.OBJECTION:
        if objection_until is None or objection_until < localdate(at):
            require(no(_("Hãy ghi ngày cuối đơn vị được gửi ý kiến, từ hôm nay trở đi.")))
        cycle.objection_until = objection_until
    cycle.save(update_fields=["stage", "objection_until"])
    silent = Scorecard.objects.filter(cycle=cycle, submitted_at=None).count()
    _record("advance", cycle, by, at, was=was, now=cycle.stage, silent=silent, objection_until=cycle.objection_until)
    if cycle.stage == Stage.OBJECTION:
        freeze(cycle, Snapshot.Purpose.OBJECTION, by=by, at=at)
    tell_moved(cycle, by=by, at=at)
    return cycle


@transaction.atomic
def record_adjustment(*, cycle: Cycle, text: str, document: str, by: User, at: datetime, task: str = "") -> Cycle:
    """What was changed because of the evaluation (R030): a text, the paper it rests on, the task if it is one's."""
    cycle = locked(cycle)
    require(can_steer_cycle(by, cycle, Act.ADJUST))
    if not text.strip() or not document.strip():
        require(no(_("Hãy ghi nội dung điều chỉnh và văn bản làm căn cứ.")))
    plan = cycle.plan_version.plan
    if task.strip() and not plan.tasks.filter(code=task.strip()).exists():
        require(no(_("Không có nhiệm vụ mang mã này trong kế hoạch.")))
    line = {"text": text.strip(), "document": document.strip(), "task": task.strip(), "on": localdate(at).isoformat()}
    cycle.adjustments = [*cycle.adjustments, line]
    cycle.save(update_fields=["adjustments"])
    _record("adjust", cycle, by, at, **line)
    return cycle


@transaction.atomic
def cancel_cycle(*, cycle: Cycle, reason: str, by: User, at: datetime) -> Cycle:
    """Ends a cycle not yet decided, with a reason; everything said in it stays to be read."""
    cycle = locked(cycle)
    require(can_steer_cycle(by, cycle, Act.CANCEL))
    if not reason.strip():
        require(no(_("Hãy ghi lý do hủy đợt đánh giá.")))
    cycle.stage, cycle.cancel_reason = Stage.CANCELLED.value, reason.strip()
    cycle.save(update_fields=["stage", "cancel_reason"])
    _record("cancel", cycle, by, at, reason=cycle.cancel_reason)
    return cycle


def _require_cards(
    subject: Subject, criteria: CriteriaSet, chosen: set[str], data_from: date, data_to: date
) -> list[Wanted]:
    kinds = {kind: group.code for kind, group in groups_of_kinds(criteria.content).items() if group.code in chosen}
    cards = wanted_cards(subject, kinds, data_from=data_from, data_to=data_to)
    if not cards:
        raise IllegalMove(_("Không có đơn vị hoặc người đứng đầu nào thuộc các nhóm đã chọn."))
    return cards


def _require_groups(chosen: set[str], content: object) -> None:
    strange = sorted(chosen - {group.code for group in content_of(content).groups})
    if strange:
        raise IllegalMove(_("Bộ tiêu chí không có nhóm %(groups)s.") % {"groups": ", ".join(strange)})


def _require_days(data_from: date, data_to: date, self_until: date, today: date) -> None:
    if data_to <= data_from:
        require(no(_("Ngày chốt số liệu phải sau ngày bắt đầu.")))
    if self_until < today:
        require(no(_("Hạn tự đánh giá phải từ hôm nay trở đi.")))


def _require_possible(criteria: CriteriaSet, plan_version: PlanVersion, year: int, subject: Subject) -> None:
    if criteria.status != SetStatus.IN_FORCE:
        raise IllegalMove(_("Bộ tiêu chí này chưa được ban hành hoặc đã thôi áp dụng."))
    if criteria.plan_id != plan_version.plan_id:
        raise IllegalMove(_("Phiên bản kế hoạch không phải của kế hoạch mà bộ tiêu chí đánh giá."))
    same = Cycle.objects.filter(criteria=criteria, year=year, subject=subject.value)
    if same.exclude(stage=Stage.CANCELLED).exists():
        raise IllegalMove(_("Năm này đã có một đợt đánh giá theo bộ tiêu chí này."))


def _make_cards(cycle: Cycle, cards: Iterable[Wanted]) -> None:
    Scorecard.objects.bulk_create(
        Scorecard(
            cycle=cycle,
            unit_id=each.unit_id,
            group=each.group,
            head_id=each.head_id,
            head_from=each.head_from,
            head_to=each.head_to,
        )
        for each in cards
    )


def _record(verb: str, cycle: Cycle, by: User, at: datetime, **detail: object) -> None:
    record(
        act=f"evaluation.cycle.{verb}",
        subject=f"evaluation.cycle:{cycle.pk}",
        actor=by.username,
        at=at,
        year=cycle.year,
        **detail,
    )
