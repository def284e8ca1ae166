"""Somebody goes away: the absence is recorded, and the substitute is told from when to when they stand in."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop

from tiendo.accounts.actions import record_absence
from tiendo.accounts.models import Absence, User
from tiendo.notices.actions import notify
from tiendo.notices.kinds import Kind
from tiendo.ui.sentences import Sentence


@transaction.atomic
def announce_absence(
    *,
    user: User,
    first_day: date,
    last_day: date,
    reason: str,
    by: User,
    at: datetime,
    substitute: User | None = None,
) -> Absence:
    """As `accounts.actions.record_absence`, and the substitute hears of it at once."""
    absence = record_absence(
        user=user, first_day=first_day, last_day=last_day, reason=reason, substitute=substitute, by=by, at=at
    )
    if substitute is not None:
        pattern = gettext_noop("Bạn thay {name} từ ngày {first} đến hết ngày {last}.")
        notify(
            kind=Kind.SUBSTITUTE,
            to=[substitute],
            sentence=Sentence.of(pattern, name=str(user), first=first_day, last=last_day),
            body=absence.reason,
            url=reverse("reporting:my-work"),
            about=f"accounts.user:{user.username}",
            key=f"accounts.absence:{absence.pk}",
            by=by,
            at=at,
        )
    return absence
