"""What the team writes at the unit: findings with their photos, and the checklist.

A finding and each photo bring a key made on the phone: sent twice over a poor link, they are written once.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.indicators.models import Observation
from tiendo.oversight.actions.inspecting import lock_inspection
from tiendo.oversight.actions.register_papers import Paper, keep_paper
from tiendo.oversight.checklists import is_overtaken, mark_of
from tiendo.oversight.inspection_permissions import can_inspect, can_withdraw
from tiendo.oversight.inspection_workflow import Act, IllegalMove
from tiendo.oversight.models import CheckPoint, Finding, FindingFile, Inspection
from tiendo.plans.files import inspect_file
from tiendo.plans.models import Task
from tiendo.reporting.models import Submission

MOST_LINES = 100
A_YEAR = timedelta(days=366)
UNANSWERED = mark_of("", "")  # of a line that nobody had answered


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What somebody saw: how grave, in which words, about what; `score` as `models.Finding` says."""

    weight: str
    text: str
    seen_at: datetime
    task: Task | None = None
    submission: Submission | None = None
    observation: Observation | None = None
    score: dict[str, Any] | None = field(default=None)
    contradicts: bool = False


@transaction.atomic
def record_finding(*, inspection: Inspection, draft_key: UUID, seen: Seen, by: User, at: datetime) -> Finding:
    """Write a finding down; one that came before under its key is given back as it stands."""
    inspection = lock_inspection(inspection)
    if known := Finding.objects.filter(draft_key=draft_key).first():
        return _own(known, inspection, by)
    require(can_inspect(by, inspection, Act.FIND))
    if not seen.text.strip():
        require(no(_("Hãy ghi điều đã thấy.")))
    if seen.contradicts and not (seen.submission or seen.observation or seen.score):
        raise IllegalMove(_("Hãy chọn số liệu mà phát hiện này khác với."))
    finding = Finding.objects.create(
        inspection=inspection,
        task=seen.task or (seen.submission.entry.task if seen.submission else None),
        submission=seen.submission,
        observation=seen.observation,
        score=seen.score,
        weight=Finding.Weight(seen.weight),
        text=seen.text.strip(),
        contradicts=seen.contradicts,
        draft_key=draft_key,
        seen_at=_believable(seen.seen_at, at),
        recorded_by=by,
        recorded_at=at,
    )
    # The log is read by people of many units, perhaps of this one: what was found is told by the conclusion.
    _record("find", finding, by, at, sha256=sha256(finding.text.encode()).hexdigest())
    return finding


def add_finding_file(*, finding: Finding, draft_key: UUID, paper: Paper, by: User, at: datetime) -> FindingFile:
    """Put a photo or a paper beside one's finding; one that came before under its key is given back as it stands.

    Raises RefusedFile with a sentence for a file that is not what its name says.
    """
    inspect_file(paper.data, paper.name)
    with transaction.atomic():
        inspection = lock_inspection(finding.inspection)
        if known := FindingFile.objects.filter(draft_key=draft_key).select_related("finding").first():
            _own(known.finding, inspection, by)
            return known
        require(can_inspect(by, inspection, Act.FIND))
        finding = Finding.objects.get(pk=finding.pk)
        _own(finding, inspection, by)
        if finding.withdrawn_at:
            raise IllegalMove(_("Phát hiện này đã rút."))
        stored = keep_paper(paper, at=at)
        assert stored is not None
        row = FindingFile.objects.create(
            finding=finding, file=stored, name=paper.name, draft_key=draft_key, added_by=by, added_at=at
        )
        _record("add_file", finding, by, at, file=paper.name, sha256=stored.sha256)
    return row


@transaction.atomic
def withdraw_finding(*, finding: Finding, reason: str, by: User, at: datetime) -> Finding:
    """It was wrong: it stays to be read, marked with why. One withdrawn already stays as it is."""
    lock_inspection(finding.inspection)
    finding = Finding.objects.select_related("inspection__unit").get(pk=finding.pk)
    require(can_withdraw(by, finding))
    if not reason.strip():
        require(no(_("Hãy ghi lý do rút phát hiện.")))
    if finding.withdrawn_at:
        raise IllegalMove(_("Phát hiện này đã rút."))
    finding.withdrawn_at, finding.withdrawn_because = at, reason.strip()
    finding.save(update_fields=["withdrawn_at", "withdrawn_because"])
    _record("withdraw", finding, by, at, reason=finding.withdrawn_because)
    return finding


@transaction.atomic
def write_checklist(*, inspection: Inspection, lines: list[str], by: User, at: datetime) -> list[CheckPoint]:
    """The lines still to be answered, in place of those that were; what has been answered stays."""
    inspection = lock_inspection(inspection)
    require(can_inspect(by, inspection, Act.LIST))
    if len(lines) > MOST_LINES:
        raise IllegalMove(_("Danh mục quá dài; hãy gộp bớt."))
    inspection.checkpoints.filter(answer="").delete()
    answered = list(inspection.checkpoints.order_by("position"))
    known, last = {point.text for point in answered}, answered[-1].position if answered else 0
    new = [line for line in lines if line not in known]
    made = [CheckPoint(inspection=inspection, position=last + n, text=line) for n, line in enumerate(new, 1)]
    CheckPoint.objects.bulk_create(made)
    subject = f"oversight.inspection:{inspection.pk}"
    count = len(answered) + len(made)
    record(act="oversight.inspection.list", subject=subject, actor=by.username, at=at, lines=count)
    return list(inspection.checkpoints.order_by("position"))


class Overtaken(IllegalMove):
    """Somebody else answered lines after the page was opened, or they were taken off the list; nothing was written.

    `lines` are the ids of those lines.
    """

    def __init__(self, lines: Collection[int], names: Collection[str]) -> None:
        sentence = _("%(who)s vừa ghi trả lời khác; chưa ghi gì. Hãy xem cả hai rồi ghi lại.")
        gone = _("Danh mục vừa đổi, có mục bạn trả lời không còn; chưa ghi gì.")
        super().__init__(sentence % {"who": ", ".join(names)} if names else gone)
        self.lines = frozenset(lines)


@transaction.atomic
def answer_checklist(
    *,
    inspection: Inspection,
    answers: Mapping[int, tuple[str, str]],
    seen: Mapping[int, str] | None = None,
    by: User,
    at: datetime,
) -> list[CheckPoint]:
    """What was seen of some lines: line id → (answer, note). "Không đạt" is said with a note. May be said again.

    `seen`: line id → the mark of the answer that was read before; a line without one had none. Raises Overtaken.
    """
    inspection = lock_inspection(inspection)
    require(can_inspect(by, inspection, Act.ANSWER))
    said = {pk: (CheckPoint.Answer(answer).value, note.strip()) for pk, (answer, note) in answers.items()}
    points = list(inspection.checkpoints.select_related("answered_by").filter(pk__in=said))
    _require_read(points, said, seen or {})
    changed = [point for point in points if _is_new(point, said[point.pk], (seen or {}).get(point.pk, UNANSWERED))]
    was = {str(point.position): [point.answer, point.note] for point in changed if point.answer}
    for point in changed:
        (point.answer, point.note), point.answered_by, point.answered_at = said[point.pk], by, at
    if any(point.answer == CheckPoint.Answer.BAD and not point.note for point in changed):
        raise IllegalMove(_("Mục không đạt phải có ghi chú nói rõ."))
    CheckPoint.objects.bulk_update(changed, ["answer", "note", "answered_by", "answered_at"])
    if changed:
        subject, places = f"oversight.inspection:{inspection.pk}", [each.position for each in changed]
        record(
            act="oversight.inspection.answer", subject=subject, actor=by.username, at=at, answered=places, before=was
        )
    return changed


def _require_read(points: Collection[CheckPoint], said: Mapping[int, tuple[str, str]], seen: Mapping[int, str]) -> None:
    gone = set(said) - {point.pk for point in points}
    over = [
        point
        for point in points
        if is_overtaken(said[point.pk], (point.answer, point.note), seen.get(point.pk, UNANSWERED))
    ]
    if over or gone:
        names = dict.fromkeys(str(point.answered_by) for point in over)
        raise Overtaken([*gone, *(point.pk for point in over)], list(names))


def _is_new(point: CheckPoint, said: tuple[str, str], seen: str) -> bool:
    """A line left as the page showed it keeps what somebody else wrote since."""
    return said != (point.answer, point.note) and seen == point.mark


def _believable(moment: datetime, at: datetime) -> datetime:
    """A clock in the field may be wrong: a moment to come, or more than a year ago, counts as now."""
    return moment if at - A_YEAR <= moment <= at else at


def _own(finding: Finding, inspection: Inspection, by: User) -> Finding:
    """The finding itself. A key somebody else has used, or for another inspection, opens nothing."""
    if finding.recorded_by_id != by.pk or finding.inspection_id != inspection.pk:
        require(no(_("Bản nháp này thuộc một phát hiện khác.")))
    return finding


def _record(verb: str, finding: Finding, by: User, at: datetime, **detail: Any) -> None:
    subject = f"oversight.finding:{finding.pk}"
    about = {"inspection": finding.inspection_id} | detail
    record(act=f"oversight.finding.{verb}", subject=subject, actor=by.username, at=at, **about)
