"""Coordinating agencies are asked about their part when an item is sent; the clock notes who stayed silent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import User
from tiendo.audit.record import Fact, record_all
from tiendo.calendars.periods import due_moment
from tiendo.notices.actions import notify_all
from tiendo.notices.kinds import Kind
from tiendo.notices.letters import Letter
from tiendo.orgs.queries import office_calendar
from tiendo.plans.holding import holding
from tiendo.plans.models import Assignment, Task
from tiendo.reporting.models import Duty, Part, PartAnswer, Submission
from tiendo.reporting.parts import PartAct, PartState, can_move, is_asked_about, part_after
from tiendo.reporting.people import people_by_unit
from tiendo.reporting.queries import latest_accepted, values_of
from tiendo.ui.sentences import Sentence


@dataclass(frozen=True)
class Question:
    """One unit is to hear of one item. `is_news` is False when it was sent again with the same words."""

    sent: Submission
    unit_id: int
    is_news: bool


@transaction.atomic
def ask_parts(*, duty: Duty, submissions: Sequence[Submission], by: User, at: datetime) -> list[Part]:
    """Ask each coordinating unit about its part in what is being sent; those asked now.

    Called by the sending, in its transaction and under the lock of the duty. What only repeats the last accepted words
    asks nobody; what is sent again is asked about again only where it changed, and an open dispute stays open. Words
    that name no unit ("các sở, ban, ngành"), and units with nobody in the house, can be asked nothing. A constant
    number of queries.
    """
    questions = _questions(duty, submissions, at)
    if not questions:
        return []
    known = {
        (part.entry_id, part.unit_id): part
        for part in Part.objects.select_for_update(of=("self",)).filter(entry__in={q.sent.entry_id for q in questions})
    }
    due_at = answer_due(at)
    asked = [(question, part) for question in questions if (part := _ask(question, known, at, due_at)) is not None]
    _keep([part for _question, part in asked])
    answers = [
        PartAnswer(part=part, submission=question.sent, state=PartState.ASKED, answered_by=by, answered_at=at)
        for question, part in asked
    ]
    PartAnswer.objects.bulk_create(answers, batch_size=200)
    facts = [Fact("reporting.part.ask", f"reporting.part:{part.pk}") for _question, part in asked]
    record_all(facts, actor=by.username, at=at)
    _tell(duty, [question for question in questions if question.is_news], by, at)
    return [part for _question, part in asked]


@transaction.atomic
def record_silence(*, by: User | None, at: datetime) -> list[Part]:
    """Those asked who have not answered by their time are silent; a second run finds nobody. `by` is None: the clock.

    Parts are locked alone: an answer given at the same moment comes before or after, and neither is lost.
    """
    late = Part.objects.filter(state=PartState.ASKED, due_at__lte=at)
    if not late.exists():
        return []
    parts = list(late.select_for_update(of=("self",)).order_by("pk"))
    newest = newest_submissions(part.entry_id for part in parts)
    for part in parts:
        part.state = part_after(PartState(part.state), PartAct.FALL_SILENT).value
    Part.objects.bulk_update(parts, ["state"], batch_size=200)
    answers = [
        PartAnswer(part=part, submission=newest[part.entry_id], state=part.state, answered_by=by, answered_at=at)
        for part in parts
    ]
    PartAnswer.objects.bulk_create(answers, batch_size=200)
    facts = [Fact("reporting.part.silence", f"reporting.part:{part.pk}") for part in parts]
    record_all(facts, actor=by.username if by else MACHINE, at=at)
    return parts


def newest_submissions(entry_ids: Iterable[int]) -> dict[int, Submission]:
    """Entry id → the last thing sent for it."""
    rows = (
        Submission.objects.filter(entry__in=set(entry_ids))
        .select_related("decided_by", "submitted_by")
        .order_by("number")
    )
    return {row.entry_id: row for row in rows}


def answer_due(at: datetime) -> datetime:
    """The moment from which silence is recorded: after the setting's number of working days, the day itself not one."""
    return due_moment(office_calendar().add(localdate(at), settings.TIENDO_PART_DAYS))


def _questions(duty: Duty, submissions: Sequence[Submission], at: datetime) -> list[Question]:
    """Each item that says something with the unit that answers today for each coordinating unit, the lead left out."""
    sent = {row.entry.task_id: row for row in submissions}
    tasks = Task.objects.filter(pk__in=sent)
    before = {pk: values_of(row) for pk, row in latest_accepted(tasks, before=duty.period).items()}
    sent = {pk: row for pk, row in sent.items() if is_asked_about(values_of(row), before.get(pk))}
    rows = Assignment.objects.in_force().filter(task__in=sent, role=Assignment.Role.COORDINATING, unit__isnull=False)
    known = holding(on=localdate(at))
    own = known.of_unit(duty.unit_id)
    found = {(task, known.of_part(task, unit)) for task, unit in rows.values_list("task_id", "unit_id") if unit}
    if not found:
        return []
    peopled = {pk for pk, people in people_by_unit({unit for _, unit in found}, on=localdate(at)).items() if people}
    same = _unchanged(sent.values())
    heard = [(task, unit) for task, unit in sorted(found) if unit != own and unit in peopled]
    return [Question(sent[task], unit, sent[task].pk not in same) for task, unit in heard]


def _unchanged(sent: Iterable[Submission]) -> set[int]:
    """Which of them say the same as what was sent for the item just before."""
    again = {row.entry_id: row for row in sent if row.number > 1}
    earlier: dict[int, Submission] = {}
    for row in Submission.objects.filter(entry__in=again).order_by("number"):
        if row.number < again[row.entry_id].number:
            earlier[row.entry_id] = row
    return {row.pk for pk, row in again.items() if values_of(row) == values_of(earlier[pk])}


def _ask(question: Question, known: dict[tuple[int, int], Part], at: datetime, due_at: datetime) -> Part | None:
    """The part as it is after asking, not yet kept; None when nothing is to be asked."""
    part = known.get((question.sent.entry_id, question.unit_id))
    if part is None:
        part = Part(entry_id=question.sent.entry_id, unit_id=question.unit_id)
    elif not question.is_news or not can_move(PartState(part.state), PartAct.ASK_AGAIN):
        return None
    part.state, part.asked_at, part.due_at = PartState.ASKED.value, at, due_at
    return part


def _keep(parts: Sequence[Part]) -> None:
    Part.objects.bulk_update([part for part in parts if part.pk], ["state", "asked_at", "due_at"], batch_size=200)
    Part.objects.bulk_create([part for part in parts if not part.pk], batch_size=200)


def _tell(duty: Duty, questions: Sequence[Question], by: User, at: datetime) -> None:
    """One message to each unit for the whole report, disputes that stay open included."""
    by_unit: dict[int, list[Question]] = {}
    for question in questions:
        by_unit.setdefault(question.unit_id, []).append(question)
    if not by_unit:
        return
    people = people_by_unit(by_unit, on=localdate(at))
    pattern = gettext_noop("{unit} đề nghị xác nhận phần phối hợp trong {count} nhiệm vụ.")
    letters = [
        Letter(
            kind=Kind.PART_TO_CONFIRM,
            to=people[unit],
            sentence=Sentence.of(pattern, unit=str(duty.unit), count=len(asked)),
            url=reverse("reporting:part-list"),
            about=f"reporting.duty:{duty.pk}",
            key=f"part.ask:{unit}:{max(question.sent.pk for question in asked)}",
        )
        for unit, asked in by_unit.items()
    ]
    notify_all(letters=letters, by=by, at=at)
