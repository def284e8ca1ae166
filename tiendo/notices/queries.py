"""Reads about messages: a person's inbox, how a person wants to be told."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.utils.crypto import constant_time_compare
from django.utils.timezone import localtime

from tiendo.accounts.models import User
from tiendo.notices.kinds import KINDS, Kind, Way
from tiendo.notices.models import Delivery, DeliveryQuerySet, Endpoint, Feed, Notice, NoticeQuerySet, Preference
from tiendo.orgs.queries import office_calendar

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


def due_deliveries(*, at: datetime) -> DeliveryQuerySet:
    """What waits to be carried, and what a carrier took and never came back from."""
    return Delivery.objects.unfinished().filter(due_at__lte=at)


def digest_morning(*, at: datetime) -> datetime | None:
    """The hour of today's letters, once it has come on a working day."""
    here = localtime(at)
    morning = here.replace(hour=settings.TIENDO_DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return morning if here >= morning and office_calendar().is_working(here.date()) else None


def waiting_for_digest(*, morning: datetime) -> NoticeQuerySet:
    """Unread messages for the letters of that morning, of people who have an address and no letter of that day yet."""
    gathered = Delivery.objects.filter(form=Delivery.Form.DIGEST, digest_on=morning.date(), user=OuterRef("user"))
    return (
        Notice.objects.filter(way=Way.DIGEST, mail=None, read_at=None, at__lt=morning, user__is_active=True)
        .exclude(user__email="")
        .exclude(Exists(gathered))
    )


def is_post_waiting(*, at: datetime) -> bool:
    """Whether there is anything to gather or to carry now."""
    morning = digest_morning(at=at)
    return due_deliveries(at=at).exists() or bool(morning and waiting_for_digest(morning=morning).exists())


def feed_of(user: User) -> Feed | None:
    """The person's calendar address in use; None while there is none."""
    return Feed.objects.visible_to(user).filter(ended_at=None).first()


def token_hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def find_feed_owner(token: str) -> User | None:
    """Whose calendar the token opens; None for a token not in use, or whose owner's account is closed."""
    wanted = token_hash(token)
    feed = Feed.objects.filter(token_hash=wanted, ended_at=None, user__is_active=True).select_related("user").first()
    return feed.user if feed and constant_time_compare(feed.token_hash, wanted) else None


def endpoints_with_last(user: User) -> QuerySet[Endpoint]:
    """The addresses the person may keep, each with `last_state`, `last_error` and `last_at` of its newest event."""
    newest = Delivery.objects.filter(endpoint=OuterRef("pk")).order_by("-pk")
    return Endpoint.objects.visible_to(user).annotate(
        last_state=Subquery(newest.values("state")[:1]),
        last_error=Subquery(newest.values("error")[:1]),
        last_at=Subquery(newest.values("created_at")[:1]),
    )


def delivery_counts(user: User) -> dict[str, int]:
    """State → how many deliveries stand in it."""
    rows = Delivery.objects.visible_to(user).order_by().values_list("state").annotate(number=Count("pk"))
    return {str(state): number for state, number in rows}
