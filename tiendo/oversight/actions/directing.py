"""A leader's word and the meetings at which words are said, each kept with what units must do after it (R039)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.orgs.models import Unit
from tiendo.oversight.actions.following_up import open_follow_up
from tiendo.oversight.followup_permissions import can_direct
from tiendo.oversight.followup_workflow import IllegalMove
from tiendo.oversight.models import Direction, FollowUp, Meeting
from tiendo.plans.files import FileKind, inspect_file
from tiendo.plans.models import Plan, Task
from tiendo.plans.storage import store_file
from tiendo.reporting.actions.evidence import EVIDENCE_TYPES


@dataclass(frozen=True)
class Item:
    """What one unit must do by the end of a day after a direction, perhaps about a task."""

    unit: Unit
    text: str
    due_on: date
    task: Task | None = None


def register_meeting(
    *,
    plan: Plan,
    level: Meeting.Level,
    held_on: date,
    title: str,
    by: User,
    at: datetime,
    unit: Unit | None = None,
    chaired_by: str = "",
    conclusion: str = "",
    data: bytes = b"",
    name: str = "",
) -> Meeting:
    """Enter a meeting that was held or is to be held; below the province it is of one unit. Raises IllegalMove when
    the unit does not fit the level or the meeting stands already, RefusedFile for its paper."""
    require(can_direct(by))
    kind = inspect_file(data, name, allowed=EVIDENCE_TYPES) if data else None
    if (unit is None) != (level == Meeting.Level.PROVINCE):
        raise IllegalMove(_("Họp cấp tỉnh thì không chọn đơn vị; cấp huyện, cấp xã thì chọn đơn vị."))
    if not title.strip():
        require(no(_("Hãy ghi tên cuộc họp.")))
    words = {"title": title.strip(), "chaired_by": chaired_by.strip(), "conclusion": conclusion.strip()}
    meeting = Meeting(plan=plan, level=level, unit=unit, held_on=held_on, **words)
    return _keep_meeting(meeting, data, kind, by=by, at=at)


@transaction.atomic
def _keep_meeting(meeting: Meeting, data: bytes, kind: FileKind | None, *, by: User, at: datetime) -> Meeting:
    Plan.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting.plan_id)
    same = Meeting.objects.filter(plan=meeting.plan, level=meeting.level, unit=meeting.unit, held_on=meeting.held_on)
    if same.filter(title=meeting.title).exists():
        raise IllegalMove(_("Cuộc họp này đã được ghi."))
    if kind:
        meeting.conclusion_file = store_file(data, extension=kind.extension, media_type=kind.media_type, at=at)
    meeting.recorded_by, meeting.recorded_at = by, at
    meeting.save()
    record(
        act="oversight.meeting.register",
        subject=f"oversight.meeting:{meeting.pk}",
        actor=by.username,
        at=at,
        plan=meeting.plan.code,
        level=str(meeting.level),
        title=meeting.title,
        held_on=meeting.held_on,
        **({"unit": meeting.unit.code} if meeting.unit else {}),
    )
    return meeting


def conclude_meeting(
    *, meeting: Meeting, conclusion: str, by: User, at: datetime, data: bytes = b"", name: str = ""
) -> Meeting:
    """Number, day and paper of the notice, once the meeting was held; entered once. Raises IllegalMove, RefusedFile."""
    require(can_direct(by))
    kind = inspect_file(data, name, allowed=EVIDENCE_TYPES) if data else None
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)
        if not conclusion.strip():
            raise IllegalMove(_("Hãy ghi số, ngày thông báo kết luận."))
        if meeting.conclusion:
            raise IllegalMove(_("Cuộc họp này đã có thông báo kết luận."))
        if meeting.held_on > localdate(at):
            raise IllegalMove(_("Cuộc họp này chưa đến ngày."))
        meeting.conclusion = conclusion.strip()
        if kind:
            meeting.conclusion_file = store_file(data, extension=kind.extension, media_type=kind.media_type, at=at)
        meeting.save(update_fields=["conclusion", "conclusion_file"])
        file = meeting.conclusion_file.sha256 if meeting.conclusion_file else None
        told = {"title": meeting.title, "conclusion": meeting.conclusion, "file": file}
        subject = f"oversight.meeting:{meeting.pk}"
        record(act="oversight.meeting.conclude", subject=subject, actor=by.username, at=at, **told)
    return meeting


@transaction.atomic
def give_direction(
    *,
    plan: Plan,
    text: str,
    given_by: str,
    given_on: date,
    items: Sequence[Item],
    by: User,
    at: datetime,
    paper: str = "",
    meeting: Meeting | None = None,
) -> Direction:
    """Keep a leader's word with what each unit must do after it: at least one thing, or nobody would carry it out.

    Written by the leader, or by the coordinator from a paper or a meeting. Raises IllegalMove for a day to come, or
    a meeting of another plan.
    """
    require(can_direct(by))
    if not text.strip() or not given_by.strip():
        require(no(_("Hãy ghi nội dung và người chỉ đạo.")))
    if not items:
        require(no(_("Hãy giao ít nhất một việc cho một đơn vị.")))
    if given_on > localdate(at):
        raise IllegalMove(_("Ngày chỉ đạo không được sau hôm nay."))
    if meeting is not None and meeting.plan_id != plan.pk:
        raise IllegalMove(_("Cuộc họp này thuộc kế hoạch khác."))
    words = {"text": text.strip(), "given_by": given_by.strip(), "paper": paper.strip()}
    direction = Direction.objects.create(
        plan=plan, meeting=meeting, given_on=given_on, recorded_by=by, recorded_at=at, **words
    )
    record(
        act="oversight.direction.give",
        subject=f"oversight.direction:{direction.pk}",
        actor=by.username,
        at=at,
        plan=plan.code,
        given_on=given_on,
        meeting=meeting.pk if meeting else None,
        **words,
    )
    for item in items:
        add_item(direction=direction, item=item, by=by, at=at)
    return direction


def add_item(*, direction: Direction, item: Item, by: User, at: datetime) -> FollowUp:
    """One more thing a unit must do after the same word."""
    return open_follow_up(
        plan=direction.plan,
        direction=direction,
        unit=item.unit,
        text=item.text,
        due_on=item.due_on,
        task=item.task,
        by=by,
        at=at,
    )
