"""What reports, extensions, evidence and urging tell of a task's history, as far as the reader may see them."""

from collections.abc import Iterator

from django.utils.timezone import localdate

from tiendo.accounts.models import User
from tiendo.plans.models import Task
from tiendo.plans.timeline import Fact
from tiendo.reporting.models import (
    Entry,
    Evidence,
    ExtensionRequest,
    PartAnswer,
    Remark,
    Submission,
    TaskReminder,
    Urging,
)

ACCEPTED = Submission.Verdict.ACCEPTED
VERDICTS = {"granted": "grant", "refused": "refuse", "withdrawn": "withdraw"}


def reporting_facts(task: Task, user: User) -> Iterator[Fact]:
    """In a fixed number of queries. An accepted report is told to all who see the task, the way to it to some."""
    mine = set(Entry.objects.visible_to(user).filter(task=task).values_list("pk", flat=True))
    yield from _submissions(task, mine)
    yield from _evidence(mine)
    yield from _remarks(mine)
    yield from _answers(mine)
    yield from _extensions(task, user)
    yield from _urgings(task, user)
    yield from _reminders(task, user)


def _submissions(task: Task, mine: set[int]) -> Iterator[Fact]:
    rows = Submission.objects.filter(entry__task=task).select_related(
        "entry__duty__unit", "entry__duty__period", "submitted_by", "decided_by"
    )
    state = "not_started"
    for row in rows.order_by("decided_at", "pk"):
        about = f"reporting.entry:{row.entry_id}"
        values = {"unit": row.entry.duty.unit.name, "period": row.entry.duty.period.name}
        if row.entry_id in mine:
            sent, by = row.submitted_at, row.submitted_by.username
            duty = (f"reporting.duty:{row.entry.duty_id}", "reporting.duty.send")
            sending = ((about, "reporting.entry.submit"), duty)
            yield Fact("report_sent", sent, localdate(sent), values, by, acts=sending)
        if row.decided_at is None or row.decided_by is None:
            continue
        day, by = localdate(row.decided_at), row.decided_by.username
        if row.verdict == ACCEPTED:
            acts = ((about, "reporting.entry.accept"),)
            yield Fact("report_accepted", row.decided_at, day, values, by, row.result, acts=acts)
            yield from _states(row, state, task.code)
            state = row.state or state
        elif row.entry_id in mine:
            acts = ((about, "reporting.entry.return"),)
            yield Fact("report_returned", row.decided_at, day, values, by, row.reason or "", acts=acts)


def _states(row: Submission, before: str, code: str) -> Iterator[Fact]:
    """How the accepted report moved the task."""
    if row.decided_at is None or (row.percent is None and row.state in (None, before)):
        return
    now = row.state or before
    percent = {} if row.percent is None else {"percent": str(row.percent)}
    acts = ((f"plans.task:{code}", "plans.task.progress"),)
    what = "state_percent" if percent else "state"
    yield Fact(what, row.decided_at, localdate(row.decided_at), {"state": now, **percent}, acts=acts)
    if now == "completed" and now != before and row.completed_on:
        yield Fact("completed", row.decided_at, row.completed_on, {"day": row.completed_on.isoformat()}, acts=acts)


def _evidence(mine: set[int]) -> Iterator[Fact]:
    for row in Evidence.objects.filter(entry__in=mine).select_related("added_by"):
        about, values = f"reporting.entry:{row.entry_id}", {"name": row.document_number or row.file_name or ""}
        added, by = row.added_at, row.added_by.username
        acts = ((about, "reporting.entry.add_evidence"),)
        yield Fact("evidence_added", added, localdate(added), values, by, row.note, acts=acts)
        if row.removed_at:
            acts = ((about, "reporting.entry.remove_evidence"),)
            yield Fact("evidence_removed", row.removed_at, localdate(row.removed_at), values, acts=acts)


def _remarks(mine: set[int]) -> Iterator[Fact]:
    rows = Remark.objects.filter(entry__in=mine).select_related("said_by", "entry__duty__period")
    for row in rows:
        acts = ((f"reporting.entry:{row.entry_id}", "reporting.entry.remark"),)
        values = {"period": row.entry.duty.period.name}
        yield Fact("remark", row.said_at, localdate(row.said_at), values, row.said_by.username, row.text, acts=acts)


def _answers(mine: set[int]) -> Iterator[Fact]:
    """What coordinating units said of their share."""
    for row in PartAnswer.objects.filter(part__entry__in=mine).select_related("part__unit", "answered_by"):
        values = {"unit": row.part.unit.name, "answer": row.get_state_display()}
        by = row.answered_by.username if row.answered_by else ""
        yield Fact("part_answered", row.answered_at, localdate(row.answered_at), values, by, row.text)


def _extensions(task: Task, user: User) -> Iterator[Fact]:
    rows = ExtensionRequest.objects.visible_to(user).filter(task=task)
    for row in rows.select_related("unit", "asked_by", "opinion_by", "decided_by"):
        about = f"reporting.extension:{row.pk}"
        values, by = {"unit": row.unit.name, "day": row.due_on.isoformat()}, row.asked_by.username
        asked = Fact("extension_asked", row.asked_at, localdate(row.asked_at), values, by, row.reason)
        yield _acted(asked, about, "reporting.extension.ask", row.document_number)
        if row.opinion_at and row.opinion_by:
            at, by = row.opinion_at, row.opinion_by.username
            advised = Fact("extension_advised", at, localdate(at), {}, by, row.opinion)
            yield _acted(advised, about, "reporting.extension.advise")
        if row.decided_at and row.decided_by:
            at, by = row.decided_at, row.decided_by.username
            decided = Fact(f"extension_{row.verdict}", at, localdate(at), values, by, row.decision)
            yield _acted(decided, about, f"reporting.extension.{VERDICTS[row.verdict]}")


def _acted(fact: Fact, about: str, act: str, paper: str = "") -> Fact:
    return Fact(fact.what, fact.at, fact.on, fact.values, fact.by, fact.note, paper, acts=((about, act),))


def _urgings(task: Task, user: User) -> Iterator[Fact]:
    rows = Urging.objects.visible_to(user).filter(task=task).select_related("unit", "sent_by", "seen_by")
    for row in rows:
        about, values = f"reporting.urging:{row.pk}", {"unit": row.unit.name}
        sent = Fact("urged", row.sent_at, localdate(row.sent_at), values, row.sent_by.username, row.message)
        yield _acted(sent, about, "reporting.urging.send")
        if row.seen_at and row.seen_by:
            seen = Fact("urging_seen", row.seen_at, localdate(row.seen_at), values, row.seen_by.username)
            yield _acted(seen, about, "reporting.urging.see")
        if row.escalated_at:
            told = Fact("urging_escalated", row.escalated_at, localdate(row.escalated_at), values)
            yield _acted(told, about, "reporting.urging.escalate")


def _reminders(task: Task, user: User) -> Iterator[Fact]:
    rows = TaskReminder.objects.filter(task=task).select_related("unit").order_by("pk")
    if not user.access.reads_everything:
        rows = rows.filter(unit_id__in=user.access.held_unit_ids)
    for row in rows:
        acts = ((f"plans.task:{task.code}", "reporting.task.remind"),)
        values = {"unit": row.unit.name}
        yield Fact(f"reminded_{row.occasion}", row.sent_at, localdate(row.sent_at), values, acts=acts)
