"""Days on which offices differ from the known calendar."""

from datetime import date, datetime

from django.db import transaction

from tiendo.audit.record import record
from tiendo.orgs.models import OfficeDay


@transaction.atomic
def set_office_day(*, day: date, kind: str, note: str, by: str, at: datetime) -> OfficeDay:
    """Offices are closed on the day, or work on it, by the paper named in `note`; what was entered before is replaced.

    Raises ValidationError without a paper.
    """
    office_day = OfficeDay.objects.select_for_update().filter(day=day).first() or OfficeDay(day=day)
    was = {"kind": office_day.kind, "note": office_day.note} if office_day.pk else None
    office_day.kind, office_day.note = kind, note.strip()
    office_day.full_clean()
    office_day.save()
    now = {"kind": office_day.kind, "note": office_day.note}
    record(act="orgs.office_day.set", subject=f"orgs.office_day:{day}", actor=by, at=at, was=was, now=now)
    return office_day


@transaction.atomic
def remove_office_day(*, office_day: OfficeDay, reason: str, by: str, at: datetime) -> None:
    """The day follows the public calendar again; the log keeps what was entered, and why it was taken away."""
    office_day = OfficeDay.objects.select_for_update().get(pk=office_day.pk)
    was = {"kind": office_day.kind, "note": office_day.note}
    subject = f"orgs.office_day:{office_day.day}"
    office_day.delete()
    record(act="orgs.office_day.remove", subject=subject, actor=by, at=at, was=was, reason=reason)
