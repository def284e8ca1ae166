"""Periods, duties, entries and what was sent."""

from datetime import UTC, date, datetime
from itertools import count

from tests.factories.clock import NOON
from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.plans.models import Plan, Task
from tiendo.reporting.models import VALUE_FIELDS, Duty, Entry, Evidence, Period, Stay, Submission
from tiendo.reporting.workflow import DutyStatus, EntryStatus

_next = count(1)
OPENS_AT = datetime(2026, 6, 14, 17, tzinfo=UTC)
DUE_AT = datetime(2026, 7, 14, 17, tzinfo=UTC)  # the 15th begins in Vietnam: "trước ngày 15/7"


def make_period(plan: Plan, name: str | None = None, **fields: object) -> Period:
    """A period that is open at NOON and due two weeks after it."""
    values: dict[str, object] = {
        "data_from": date(2026, 1, 1),
        "data_to": date(2026, 7, 1),
        "opens_at": OPENS_AT,
        "due_at": DUE_AT,
        "due_text": "trước ngày 15/7",
        "opened_at": OPENS_AT,
    }
    return Period.objects.create(plan=plan, name=name or f"Kỳ báo cáo {next(_next)}", **(values | fields))


def make_duty(period: Period, unit: Unit, **fields: object) -> Duty:
    """The unit owes a report; while the period is open it lies with the unit's officers."""
    duty = Duty.objects.create(period=period, unit=unit, **({"due_at": period.due_at} | fields))
    if period.opened_at is not None and period.closed_at is None:
        Stay.objects.create(duty=duty, desk=Stay.Desk.OFFICER, unit=unit, arrived_at=period.opened_at)
    return duty


def make_entry(duty: Duty, task: Task, *, saved_by: User | None = None, **fields: object) -> Entry:
    """The unit's line on a task; by default a draft that says work is under way."""
    values: dict[str, object] = {"state": "in_progress", "percent": 40, "result": "Đã khảo sát 5 xã."}
    if saved_by is not None:
        values |= {"saved_by": saved_by, "saved_at": NOON, "revision": 1}
    return Entry.objects.create(duty=duty, task=task, **(values | fields))


def make_evidence(entry: Entry, *, by: User, **fields: object) -> Evidence:
    values: dict[str, object] = {"document_number": "12/BC-SXD", "document_date": date(2026, 6, 20)}
    return Evidence.objects.create(entry=entry, added_by=by, added_at=NOON, **(values | fields))


def make_submission(entry: Entry, *, by: User, at: datetime = NOON, accepted_by: User | None = None) -> Submission:
    """The entry as sent by `by`, and accepted when `accepted_by` is given; entry and duty follow."""
    values = {name: getattr(entry, name) for name in VALUE_FIELDS}
    decided = {"verdict": "accepted", "decided_by": accepted_by, "decided_at": at} if accepted_by else {}
    submission = Submission.objects.create(
        entry=entry,
        number=entry.submissions.count() + 1,
        evidence_ids=list(entry.evidence.filter(removed_at=None).values_list("pk", flat=True)),
        drafted_by=entry.saved_by,
        submitted_by=by,
        submitted_at=at,
        **values,
        **decided,
    )
    _follow(entry, by, at, accepted_by)
    return submission


def _follow(entry: Entry, by: User, at: datetime, accepted_by: User | None) -> None:
    entry.status = EntryStatus.ACCEPTED if accepted_by else EntryStatus.SUBMITTED
    entry.save(update_fields=["status"])
    duty = entry.duty
    duty.status = DutyStatus.ACCEPTED if accepted_by else DutyStatus.SUBMITTED
    duty.first_sent_at = duty.first_sent_at or at
    duty.sent_at, duty.sent_by = at, by
    if accepted_by:
        duty.accepted_at, duty.accepted_by = at, accepted_by
    duty.save()
    _move(duty, by, at, accepted_by)


def _move(duty: Duty, by: User, at: datetime, accepted_by: User | None) -> None:
    """To the coordinator, and off every desk once accepted."""
    for stay in Stay.objects.filter(duty=duty, left_at=None):
        at = max(at, stay.arrived_at)  # some tests send before the period of the fixture opens
        Stay.objects.filter(pk=stay.pk).update(left_at=at, left_by=by, outcome=Stay.Outcome.SENT)
        final = {"left_at": at, "left_by": accepted_by, "outcome": Stay.Outcome.ACCEPTED} if accepted_by else {}
        Stay.objects.create(duty=duty, desk=Stay.Desk.COORDINATOR, unit=duty.period.plan.owner, arrived_at=at, **final)
