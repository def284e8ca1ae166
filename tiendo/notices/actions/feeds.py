"""A person's secret calendar address: made, made anew, ended."""

import secrets
from datetime import datetime

from django.db import transaction

from tiendo.accounts.models import User
from tiendo.audit.record import record
from tiendo.notices.models import Feed
from tiendo.notices.queries import token_hash


@transaction.atomic
def open_feed(*, by: User, at: datetime) -> tuple[Feed, str]:
    """A new address for the person, and its token, which nobody can read later; an earlier address ends."""
    # Two at once take turns: one address stays.
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    Feed.objects.filter(user=by, ended_at=None).update(ended_at=at)
    token = secrets.token_urlsafe(32)
    feed = Feed.objects.create(user=by, token_hash=token_hash(token), created_at=at)
    record(act="notices.feed.open", subject=f"accounts.user:{by.username}", actor=by.username, at=at)
    return feed, token


@transaction.atomic
def end_feed(*, by: User, at: datetime) -> int:
    """Nobody reads the person's calendar any more; how many addresses ended."""
    ended = Feed.objects.filter(user=by, ended_at=None).update(ended_at=at)
    if ended:
        record(act="notices.feed.end", subject=f"accounts.user:{by.username}", actor=by.username, at=at)
    return ended
