"""A report moves from desk to desk: the stay on one ends at the moment the stay on the next begins.

Called by the acts that move a report, inside their transaction and under the lock of the duty; they record it.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import DateTimeField, QuerySet, Value
from django.db.models.functions import Greatest

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.reporting.models import Duty, Stay
from tiendo.reporting.queries import coordinating_unit

BATCH = 200


def start(*, duties: Iterable[Duty], at: datetime) -> list[Stay]:
    """Lay reports on the desks of their units' officers, as when a period opens or a report is opened again."""
    stays = [Stay(duty=duty, desk=Stay.Desk.OFFICER, unit_id=duty.unit_id, arrived_at=at) for duty in duties]
    return Stay.objects.bulk_create(stays, batch_size=BATCH)


def move(
    *,
    duty: Duty,
    desk: Stay.Desk | str,
    outcome: Stay.Outcome | str,
    by: User | None,
    at: datetime,
    unit: Unit | None = None,
    user: User | None = None,
    step: int = 0,
    note: str = "",
) -> Stay:
    """Close the stay that is open and open the next at the same moment; `unit` is the report's own unless given."""
    left_at = finish(duty=duty, outcome=outcome, by=by, at=at, note=note)
    return Stay.objects.create(
        duty=duty, desk=desk, unit_id=unit.pk if unit else duty.unit_id, user=user, step=step, arrived_at=left_at
    )


def finish(*, duty: Duty, outcome: Stay.Outcome | str, by: User | None, at: datetime, note: str = "") -> datetime:
    """Close the stay that is open, if one is: the report is accepted and lies on nobody's desk. The moment it left.

    Two acts may have asked the clock in another order than they were given the lock; a stay never ends before it began.
    """
    stay = find_stay(duty)
    if stay is None:
        return at
    stay.left_at, stay.left_by, stay.outcome, stay.note = max(at, stay.arrived_at), by, str(outcome), note
    stay.save(update_fields=["left_at", "left_by", "outcome", "note"])
    return stay.left_at


def finish_all(*, stays: QuerySet[Stay], by: User | None, at: datetime) -> int:
    """Close those of the stays that are open, as when a period is closed, in one statement; how many there were."""
    moment = Value(at, output_field=DateTimeField())
    return stays.filter(left_at=None).update(
        left_at=Greatest("arrived_at", moment), left_by=by, outcome=Stay.Outcome.CLOSED
    )


def hand_in(*, duty: Duty, by: User, at: datetime) -> Stay:
    """The report was sent: it lies with the coordinator."""
    unit = coordinating_unit(duty.period, at)
    return move(duty=duty, desk=Stay.Desk.COORDINATOR, unit=unit, outcome=Stay.Outcome.SENT, by=by, at=at)


def follow_review(*, duty: Duty, by: User, at: datetime, note: str = "") -> None:
    """After an answer of the coordinator: a returned report goes back to the unit's officers, an accepted one rests.

    While it lies with the officers anyway, a second returned item does not move it again.
    """
    if duty.status == "accepted":
        finish(duty=duty, outcome=Stay.Outcome.ACCEPTED, by=by, at=at)
    elif duty.status == "returned":
        stay = find_stay(duty)
        if stay is None or stay.desk != Stay.Desk.OFFICER:
            move(duty=duty, desk=Stay.Desk.OFFICER, outcome=Stay.Outcome.RETURNED, by=by, at=at, note=note)


def find_stay(duty: Duty) -> Stay | None:
    """Where the report lies now; None before its period opens, and once it was accepted or locked."""
    return Stay.objects.find_open(duty)
