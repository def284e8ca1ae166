"""A person reads their messages and chooses how to be told. Recorded: "nobody told me" can be answered."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tiendo.accounts.models import User
from tiendo.audit.record import record
from tiendo.notices.kinds import KINDS, Kind, Way
from tiendo.notices.models import Notice, Preference
from tiendo.notices.queries import ways_of


@transaction.atomic
def read_notice(*, notice: Notice, by: User, at: datetime) -> Notice:
    """The person has read one; nothing happens to one read before. Raises DoesNotExist for another's message."""
    notice = Notice.objects.visible_to(by).select_for_update(of=("self",)).get(pk=notice.pk)
    if notice.read_at is None:
        notice.read_at = at
        notice.save(update_fields=["read_at"])
        record(act="notices.notice.read", subject=f"notices.notice:{notice.pk}", actor=by.username, at=at)
    return notice


@transaction.atomic
def read_all_notices(*, by: User, at: datetime) -> int:
    """The person has seen everything that came up to now; how many were unread."""
    number = Notice.objects.visible_to(by).unread().filter(at__lte=at).update(read_at=at)
    if number:
        record(
            act="notices.notice.read_all",
            subject=f"accounts.user:{by.username}",
            actor=by.username,
            at=at,
            number=number,
        )
    return number


@transaction.atomic
def choose_ways(*, ways: Mapping[Kind, Way], by: User, at: datetime) -> dict[Kind, Way]:
    """How the person wants messages of some kinds; what follows the kind's own way is not kept. All ways after it."""
    user = User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    was = ways_of(user)
    changed = {kind: way for kind, way in ways.items() if was[kind] != way}
    for kind, way in changed.items():
        if KINDS[kind].way == way:
            Preference.objects.filter(user=user, kind=kind).delete()
        else:
            Preference.objects.update_or_create(user=user, kind=kind, defaults={"way": way})
    if changed:
        record(
            act="notices.preference.choose",
            subject=f"accounts.user:{user.username}",
            actor=by.username,
            at=at,
            was={kind.value: was[kind].value for kind in changed},
            now={kind.value: way.value for kind, way in changed.items()},
        )
    return was | changed
