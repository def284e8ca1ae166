"""Reads about messages: a person's inbox, how a person wants to be told."""

from collections.abc import Iterable

from django.db.models import Case, Value, When

from tiendo.accounts.models import User
from tiendo.notices.kinds import KINDS, Kind, Way
from tiendo.notices.models import Notice, NoticeQuerySet, Preference

_UNREAD_FIRST = Case(When(read_at=None, then=Value(0)), default=Value(1))


def inbox_of(user: User) -> NoticeQuerySet:
    """A person's messages, unread first, then the newest on top."""
    return Notice.objects.visible_to(user).order_by(_UNREAD_FIRST, "-at", "-pk")


def unread_count(user: User) -> int:
    """How many messages the person has not read."""
    return Notice.objects.filter(user=user, read_at=None).count()


def ways_of(user: User) -> dict[Kind, Way]:
    """Kind → how the person wants it, for every kind."""
    chosen = dict(Preference.objects.visible_to(user).values_list("kind", "way"))
    return {kind: Way(chosen.get(kind, facts.way)) for kind, facts in KINDS.items()}


def ways_for(people: Iterable[User], kind: Kind) -> dict[int, Way]:
    """Person's row number → how each wants messages of the kind; who has no address of mail has the inbox."""
    people = list(people)
    chosen = dict(Preference.objects.filter(kind=kind, user__in=people).values_list("user_id", "way"))
    standing = KINDS[kind].way
    return {user.pk: Way(chosen.get(user.pk, standing)) if user.email else Way.INBOX for user in people}
