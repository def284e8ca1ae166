"""What was reported on the generated plan: periods, duties, entries, submissions, evidence, the log, a release."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bench.generate import Province, Size, lead_of, put
from tiendo.accounts.models import User
from tiendo.audit.chain import GENESIS, event_hash, iso
from tiendo.audit.models import ChainHead, Event
from tiendo.plans.models import Plan, Task
from tiendo.publication.actions import approve_release, propose_release
from tiendo.publication.models import Release
from tiendo.reporting.models import Duty, Entry, Evidence, Period, Submission

MONTH = timedelta(days=30)
VALUES = {
    "state": "in_progress",
    "percent": 40,
    "result": "Đã hoàn thành khảo sát tại các xã, bố trí cán bộ và tập huấn đợt một theo kế hoạch.",
    "difficulty": "Thiếu nhân lực tại chỗ; đường truyền chưa ổn định.",
}


def make_reports(size: Size, plan: Plan, tasks: list[Task], province: Province, *, at: datetime) -> Period:
    """All periods but the last are closed and accepted; the last is open, its entries drafts. Returns the open one."""
    for back in range(size.periods - 1, 0, -1):
        _closed_period(plan, tasks, province, at - back * MONTH)
    period = _period(plan, "Kỳ đang mở", at, due_at=at + MONTH)
    put(_entries(_duties(period, province, None), tasks, province, at, status="draft"))
    return period


def _closed_period(plan: Plan, tasks: list[Task], province: Province, due_at: datetime) -> None:
    period = _period(plan, f"Kỳ {due_at:%m/%Y}", due_at - MONTH, due_at=due_at, closed_at=due_at + timedelta(days=5))
    duties = _duties(period, province, due_at - timedelta(days=1))
    entries = put(_entries(duties, tasks, province, due_at, status="accepted"))
    papers = put(
        Evidence(
            entry=entry,
            document_number=f"{n}/BC",
            document_date=due_at.date(),
            added_by=entry.saved_by,
            added_at=due_at,
        )
        for n, entry in enumerate(entries)
        if n % 10 == 0
    )
    known = {paper.entry_id: [paper.pk] for paper in papers}
    put(_accepted(entry, known.get(entry.pk, []), province.coordinator, due_at) for entry in entries)


def _period(plan: Plan, name: str, opens_at: datetime, **fields: datetime) -> Period:
    return Period.objects.create(
        plan=plan,
        name=name,
        data_from=opens_at.date() - MONTH,
        data_to=opens_at.date(),
        opens_at=opens_at,
        opened_at=opens_at,
        due_text="trước hạn",
        **fields,
    )


def _duties(period: Period, province: Province, sent_at: datetime | None) -> list[Duty]:
    """One for each unit; sent and accepted when `sent_at` is given."""
    sent = [
        {
            "status": "accepted",
            "first_sent_at": sent_at,
            "sent_at": sent_at,
            "sent_by": head,
            "accepted_at": sent_at,
            "accepted_by": province.coordinator,
        }
        if sent_at
        else {}
        for head in province.heads
    ]
    return put(Duty(period=period, unit=unit, due_at=period.due_at, **sent[n]) for n, unit in enumerate(province.units))


def _entries(
    duties: list[Duty], tasks: list[Task], province: Province, at: datetime, *, status: str
) -> Iterator[Entry]:
    for n, task in enumerate(tasks):
        lead = lead_of(n, duties)
        yield Entry(
            duty=duties[lead],
            task=task,
            status=status,
            revision=1,
            saved_by=province.officers[lead],
            saved_at=at,
            **VALUES,
        )


def _accepted(entry: Entry, evidence: list[int], by: User, at: datetime) -> Submission:
    return Submission(
        entry=entry,
        number=1,
        evidence_ids=evidence,
        drafted_by=entry.saved_by,
        submitted_by=entry.duty.sent_by,
        submitted_at=at,
        verdict="accepted",
        decided_by=by,
        decided_at=at,
        **VALUES,
    )


def make_log(size: Size, tasks: list[Task], province: Province, *, at: datetime) -> None:
    """A whole chain: each task's beginning, then one accepted report a task and closed period."""
    acts = [("plans.task.create", f"plans.task:{task.code}") for task in tasks]
    acts += [("reporting.entry.accept", f"reporting.entry:{n + 1}") for n in range(len(tasks) * (size.periods - 1))]
    events, last, actor = [], GENESIS, province.coordinator.username
    for seq, (act, subject) in enumerate(acts, 1):
        own = event_hash(last, seq, iso(at), actor, act, subject, {})
        events.append(Event(seq=seq, at=at, actor=actor, act=act, subject=subject, prev_hash=last, hash=own))
        last = own
    put(events)
    ChainHead.objects.create(seq=len(events), hash=last)


def make_release(plan: Plan, province: Province, *, at: datetime) -> Release:
    """Through the acts that make a real one."""
    release = propose_release(plan=plan, title="Đợt thử tải", by=province.coordinator, at=at)
    return approve_release(release=release, by=province.decision_maker, at=at)
