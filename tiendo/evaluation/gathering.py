"""The facts of a cycle as they stand at the end of its data, in the format that scoring and `tiendo-recompute` read.

Of a head the facts are those of the days of the term: what was done after it is the successor's, what was overdue
before it began is told apart as not the successor's delay.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from tiendo.calendars.periods import due_moment
from tiendo.evaluation.asking import content_of
from tiendo.evaluation.content import (
    SCHEMA,
    CardOf,
    CycleOf,
    FigureOf,
    Held,
    JudgementOf,
    Outcome,
    PlanOf,
    ReportsOf,
    Snapshot,
    TaskOf,
)
from tiendo.evaluation.loading import Excuse, Part, Rows, load
from tiendo.evaluation.models import Cycle, Judgement, Scorecard
from tiendo.evaluation.states import Subject, Voice
from tiendo.indicators.keeping import sentences_again
from tiendo.indicators.states import State
from tiendo.plans.models import Charge, Task
from tiendo.plans.states import WorkState
from tiendo.reporting.models import Duty, Submission
from tiendo.reporting.timeliness import Turn, tally, turn

RESAMPLINGS = 1000
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Days:
    """The days that count for a card: from-inclusive, to-exclusive; of a head those of the term."""

    since: date
    until: date
    head_id: int | None


def gather(cycle: Cycle, *, at: datetime, only: Scorecard | None = None) -> Snapshot:
    """Everything scoring needs, in a number of queries that grows neither with units nor with tasks.

    With `only` the facts of that card alone, without anybody's word: a preview never tells what was said.
    """
    content = content_of(cycle.criteria.content)
    codes = [each.measure.indicator for each in content.criteria if each.measure and each.measure.indicator]
    rows = load(cycle, codes, at=at)
    words = _heard(rows.judgements) if only is None else {}
    cards = cycle.scorecards.select_related("unit", "head").order_by("group", "unit__code", "head_from", "pk")
    if only is not None:
        cards = cards.filter(pk=only.pk)
    plan = cycle.plan_version.plan
    return Snapshot(
        schema=SCHEMA,
        cycle=_cycle(cycle, at),
        plan=PlanOf(plan.code, cycle.plan_version.number, plan.title),
        taken_on=localdate(at),
        criteria_code=cycle.criteria.code,
        criteria_number=cycle.criteria.number,
        criteria_sha256=cycle.criteria.sha256,
        criteria=cycle.criteria.content,
        criteria_links=_links(cycle),
        seed=f"{cycle.criteria.sha256}:{cycle.year}:{cycle.subject}",
        resamplings=RESAMPLINGS,
        cards=tuple(_card(card, cycle, codes, replace(rows, judgements=words), at) for card in cards),
    )


def _cycle(cycle: Cycle, at: datetime) -> CycleOf:
    """Before the end of its data a cycle is judged as of that day: what is not yet due is not late."""
    until = min(cycle.data_to, localdate(at) + timedelta(days=1))
    return CycleOf(cycle.pk, cycle.title, cycle.year, Subject(cycle.subject), cycle.data_from, until)


def key_of(card: Scorecard) -> str:
    """By which a card is known in a snapshot: the unit's code, of a head with the first day of the term."""
    if card.head_id is None:
        return card.unit.code
    return f"{card.unit.code}:{card.head_from}:{card.head_id}"


def _links(cycle: Cycle) -> tuple[tuple[str, ...], ...]:
    rows = cycle.criteria.links.values_list("criterion", "indicator__code", "item__path")
    made = [(criterion, "indicator", code) if code else (criterion, "item", path) for criterion, code, path in rows]
    return tuple(sorted(made))


def _card(card: Scorecard, cycle: Cycle, codes: list[str], rows: Rows, at: datetime) -> CardOf:
    days = Days(card.head_from or cycle.data_from, card.head_to or cycle.data_to, card.head_id)
    return CardOf(
        key=key_of(card),
        name=str(card.head) if card.head_id else card.unit.name,
        unit=card.unit.code,
        group=card.group,
        reports=_reports(rows, card, days, at),
        tasks=tuple(_tasks(rows, card, cycle, days)),
        figures=tuple(_figure(rows, code, card, days) for code in codes),
        judgements=tuple(_judgements(rows.judgements.get(card.pk, []))),
        reliability=rows.reliability.get(card.unit_id),
        head=str(card.head) if card.head_id else None,
        head_from=card.head_from,
        head_to=card.head_to,
    )


def _reports(rows: Rows, card: Scorecard, days: Days, at: datetime) -> ReportsOf:
    """Reports due in the days; one not yet due is not owed yet."""
    owed = [duty for duty in rows.duties.get(card.unit_id, []) if _within(duty.last_good_day, days)]
    turns = {duty.pk: turn(duty.first_sent_at, duty.due_at, at=at) for duty in owed}
    count = tally(turns.values())
    ids = tuple(f"reporting.duty:{pk}" for pk, each in turns.items() if each != Turn.PENDING)
    return ReportsOf(count.judged, count.on_time, count.late, count.missing, ids)


def _within(day: date, days: Days) -> bool:
    """A report of the last period of the year falls due after the data end: it counts; for a term the day decides."""
    return days.head_id is None or days.since <= day < days.until


def _tasks(rows: Rows, card: Scorecard, cycle: Cycle, days: Days) -> Iterator[TaskOf]:
    parts: dict[int, list[Part]] = {}
    for part in rows.parts.get(card.unit_id, []):
        if part.since < days.until and (part.until is None or part.until > days.since):
            parts.setdefault(part.task_id, []).append(part)
    for task_id in sorted(parts, key=lambda pk: rows.tasks[pk].code):
        charge = _charge(rows, task_id, days)
        made = _task(rows, rows.tasks[task_id], parts[task_id], card, days, charge)
        if days.head_id is None or (charge is not None and _answers(made, cycle, days)):
            yield made


def _charge(rows: Rows, task_id: int, days: Days) -> Charge | None:
    """The charge by which the head of the card answers for the task on a day of the term."""
    for charge in rows.charges.get(task_id, []):
        if (
            charge.user_id == days.head_id
            and charge.valid_from < days.until
            and (charge.valid_to is None or charge.valid_to > days.since)
        ):
            return charge
    return None


def _answers(task: TaskOf, cycle: Cycle, days: Days) -> bool:
    """Whether a task is the head's: not finished before the term, and due or finished in it, or the term lasts to the
    end of the data."""
    if task.completed_on is not None:
        return task.completed_on >= days.since
    dues = [due for due in (task.original_due, task.due) if due is not None]
    return days.until == cycle.data_to or (bool(dues) and min(dues) < days.until)


def _task(rows: Rows, task: Task, parts: list[Part], card: Scorecard, days: Days, charge: Charge | None) -> TaskOf:
    report = _last_report(rows.reports.get(task.pk, []), days)
    if report and _fell_silent(report, rows.unanswered.get(task.pk, []), parts, days):
        report = None
    known = [each for each in rows.reports.get(task.pk, []) if report and each.entry.duty.period.due_at <= _due(report)]
    evidence = tuple(sorted({pk for each in known for pk in each.evidence_ids}))
    state, paper = _state(rows, task, report, days)
    original, due = _dues(rows, task, days)
    done = report.completed_on if report and state == WorkState.COMPLETED else None
    outcomes = tuple(_outcome(rows, code, card, days) for code in rows.ties.get(task.pk, []))
    exceeded = [each.figure for each in outcomes if each.state == State.EXCEEDED and each.figure]
    return TaskOf(
        code=task.code,
        name=rows.later.word(task, "title") or task.title,
        item=rows.paths[task.pk],
        roles=tuple(_held(part, days) for part in parts),
        state=state,
        original_due=original,
        due=due,
        completed_on=done,
        reported=_reported(report, state),
        record=f"reporting.submission:{report.pk}" if report else None,
        evidence=tuple(f"reporting.evidence:{pk}" for pk in evidence),
        outcomes=outcomes,
        failed_checks=tuple(rows.checks.get(task.pk, [])),
        cause=_inherited(charge, due, days) or _excused(rows.excuses.get(task.pk, []), due),
        beyond=exceeded[0] if done and exceeded else None,
        cancelled_by=paper,
    )


def _held(part: Part, days: Days) -> Held:
    """An end after the days is none of theirs: a decision of afterwards does not word the facts anew."""
    return Held(part.role, part.since, part.until if part.until and part.until < days.until else None)


def _due(report: Submission) -> datetime:
    return report.entry.duty.period.due_at


def _last_report(reports: list[Submission], days: Days) -> Submission | None:
    """The last accepted report of the days; one that claims completion after them is not of these days."""
    for report in reversed(reports):
        ended = report.completed_on if report.state == WorkState.COMPLETED else None
        if ended is not None and ended >= days.until:
            continue
        if days.head_id is None or report.entry.duty.period.data_from < days.until:
            return report
    return None


def _fell_silent(report: Submission, unanswered: Iterable[Duty], parts: list[Part], days: Days) -> bool:
    """Whether a later report on the unfinished task was due, while the card held its part, and never came: an older
    word must not speak for a unit that has a worse one to say."""
    if report.state == WorkState.COMPLETED:
        return False
    after = [duty.last_good_day for duty in unanswered if duty.period.due_at > _due(report)]
    return any(_within(day, days) and any(part.held_on(day) for part in parts) for day in after)


def _state(rows: Rows, task: Task, report: Submission | None, days: Days) -> tuple[str, str]:
    """The state by the accepted report, and for a task stopped by a paper in time which paper."""
    for source in rows.cancelled.get(task.pk, []):
        if source.recorded_at < due_moment(days.until - timedelta(days=1)):
            return WorkState.CANCELLED.value, str(source.document or source.note)
    return (report.state or WorkState.NOT_STARTED.value) if report else WorkState.NOT_STARTED.value, ""


def _dues(rows: Rows, task: Task, days: Days) -> tuple[date | None, date | None]:
    """The first deadline, and the one in force at the end of the days; both are last good days."""
    lines = rows.lines.get(task.pk, [])
    known = [line for line in lines if localdate(line.recorded_at) < days.until] or lines[:1]
    return task.original_due_on, known[-1].due_on if known else task.original_due_on


def _reported(report: Submission | None, state: str) -> Decimal | None:
    if state == WorkState.COMPLETED:
        return HUNDRED
    return report.percent if report else None


def _inherited(charge: Charge | None, due: date | None, days: Days) -> str | None:
    """A task overdue before the head came: the change of heads is the record that the delay was not theirs."""
    if charge is None or due is None or due >= max(charge.valid_from, days.since):
        return None
    return f"plans.charge:{charge.pk}"


def _excused(excuses: list[Excuse], due: date | None) -> str | None:
    """The decision that confirms an objective cause, told by the last good day and standing in the way on it."""
    found = next((each for each in excuses if due is not None and each.stood_on(due)), None)
    return f"oversight.difficulty:{found.pk}" if found else None


def _outcome(rows: Rows, code: str, card: Scorecard, days: Days) -> Outcome:
    found = rows.figures.of_task(code, card.unit, days.until)
    figure = found.figure
    if figure is None:
        return Outcome(code, found.period, None, None, State.NO_DATA.value, found.lacks)
    progress, said = (None if found.lacks else figure.progress), found.lacks or _why(figure.not_computable)
    return Outcome(code, found.period, f"indicators.figure:{figure.pk}", progress, figure.state, said)


def _figure(rows: Rows, code: str, card: Scorecard, days: Days) -> FigureOf:
    found = rows.figures.of_unit(code, card.unit, days.until)
    figure = found.figure
    if figure is None:
        return FigureOf(code, found.period, None, None, None, State.NO_DATA.value, found.lacks)
    name, said = f"indicators.figure:{figure.pk}", found.lacks or _why(figure.not_computable)
    value, progress = (None, None) if found.lacks else (figure.value, figure.progress)
    return FigureOf(code, found.period, name, value, progress, figure.state, said)


def _why(kept: Mapping[str, Any] | None) -> str:
    """A kept sentence in Vietnamese, whoever freezes: the facts are an official paper."""
    return str(sentences_again([kept])[0]) if kept else ""


def _heard(words: Mapping[int, list[Judgement]]) -> dict[int, list[Judgement]]:
    """Without the word of an assessor who spoke alone on a criterion: until two have, a result would tell it."""
    return {card: [word for word in said if _is_heard(word, said)] for card, said in words.items()}


def _is_heard(word: Judgement, said: list[Judgement]) -> bool:
    if word.voice != Voice.ASSESSOR:
        return True
    alike = {each.said_by_id for each in said if (each.criterion, each.voice) == (word.criterion, word.voice)}
    return len(alike) > 1


def _judgements(words: list[Judgement]) -> Iterator[JudgementOf]:
    """Each word; who said it only as the first, second… of that voice on the card, never by name."""
    order: dict[str, list[int]] = {}
    for word in words:
        people = order.setdefault(word.voice, [])
        if word.said_by_id not in people:
            people.append(word.said_by_id)
        evidence = f"plans.file:{word.evidence_id}" if word.evidence_id else None
        by = f"{word.voice}-{people.index(word.said_by_id) + 1}"
        yield JudgementOf(word.pk, word.criterion, Voice(word.voice), word.level, word.value, evidence, by)
