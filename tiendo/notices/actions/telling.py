"""People are told what happened, in the transaction of the act that made it happen."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from django.db import transaction

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import User
from tiendo.audit.record import record
from tiendo.notices.kinds import Kind, Way
from tiendo.notices.letters import Letter
from tiendo.notices.models import Delivery, Endpoint, Notice
from tiendo.notices.queries import ways_for
from tiendo.notices.sayings import kept


@transaction.atomic
def notify(
    *,
    kind: Kind | str,
    to: Iterable[User],
    sentence: str,
    url: str,
    about: str,
    key: str,
    at: datetime,
    body: str = "",
    by: User | None = None,
) -> list[Notice]:
    """Tell people something, once: whoever was already told under this `key` is not told again; the new messages.

    Call it inside the transaction of the act it tells about: both stand or fall together. `sentence` is a `Sentence`,
    so that each reads it in their own language; `body` is what somebody wrote. `by` is None for the machine, and is
    not told what they did themselves. Raises ValueError for a kind nobody knows, or an address outside this site.
    """
    letter = Letter(kind=kind, to=to, sentence=sentence, url=url, about=about, key=key, body=body)
    return notify_all(letters=[letter], by=by, at=at)


@transaction.atomic
def notify_all(*, letters: Iterable[Letter], by: User | None, at: datetime) -> list[Notice]:
    """Several messages at once, as when a period opens for every unit. As `notify`, in a constant number of queries
    for each kind."""
    batch, letters = uuid4(), list(letters)
    made = [notice for letter in letters for notice in _notices(letter, by, at, batch)]
    _choose_ways(made)
    new = _kept_once(made, batch)
    _carry_at_once(new, at)
    events = _tell_endpoints(letters, at)
    if new or events:
        _write_down(letters, new, by, at, batch)
    return new


def _notices(letter: Letter, by: User | None, at: datetime, batch: UUID) -> list[Notice]:
    """One for each person, as yet only in hand."""
    if not letter.url.startswith("/") or letter.url.startswith(("//", "/\\")):
        raise ValueError(f"a message leads to a page of this site, not to {letter.url!r}")
    kind = Kind(letter.kind)
    pattern, filled = kept(letter.sentence)
    people = {user.pk: user for user in letter.to if user.is_active and user != by}
    return [
        Notice(
            user=user,
            kind=kind.value,
            pattern=pattern,
            filled=filled,
            body=letter.body,
            url=letter.url,
            about=letter.about,
            key=letter.key,
            at=at,
            batch=batch,
        )
        for user in people.values()
    ]


def _choose_ways(notices: Sequence[Notice]) -> None:
    for kind in {notice.kind for notice in notices}:
        same = [notice for notice in notices if notice.kind == kind]
        ways = ways_for({notice.user for notice in same}, Kind(kind))
        for notice in same:
            notice.way = ways[notice.user_id].value


def _kept_once(notices: Sequence[Notice], batch: UUID) -> list[Notice]:
    """Those stored now: the unique constraint turns away what was said before, by another process too."""
    if not notices:
        return []
    Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=500)
    return list(Notice.objects.filter(batch=batch).select_related("user").order_by("pk"))


def _carry_at_once(notices: Sequence[Notice], at: datetime) -> None:
    urgent = [notice for notice in notices if notice.way == Way.AT_ONCE]
    letters = Delivery.objects.bulk_create(
        Delivery(form=Delivery.Form.LETTER, user=notice.user, due_at=at, created_at=at) for notice in urgent
    )
    for notice, letter in zip(urgent, letters, strict=True):
        notice.mail = letter
    Notice.objects.bulk_update(urgent, ["mail"], batch_size=200)


def _tell_endpoints(letters: Sequence[Letter], at: datetime) -> int:
    """One event for each message and address that hears its kind; how many are new."""
    endpoints = list(Endpoint.objects.filter(is_active=True))
    heard = [(letter, endpoint) for letter in letters for endpoint in endpoints if endpoint.hears(letter.kind)]
    made = [_event(letter, endpoint, at) for letter, endpoint in heard]
    # Messages to several units may bear one key, as when a period opens: to another program it is one event.
    events = {(event.endpoint_id, event.event): event for event in reversed(made)}
    if not events:
        return 0
    names = {event.event for event in made}
    known = set(Delivery.objects.filter(event__in=names).values_list("endpoint_id", "event"))
    new = [event for key, event in events.items() if key not in known]
    Delivery.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return len(new)


def _event(letter: Letter, endpoint: Endpoint, at: datetime) -> Delivery:
    """What happened to which record, and where to read it: no names, and nothing that somebody wrote."""
    kind = Kind(letter.kind).value
    payload = {"type": kind, "timestamp": at.isoformat(), "data": {"about": letter.about, "path": letter.url}}
    name = sha256(f"{kind}\n{letter.key}".encode()).hexdigest()[:40]
    return Delivery(form=Delivery.Form.EVENT, endpoint=endpoint, event=name, payload=payload, due_at=at, created_at=at)


def _write_down(letters: Sequence[Letter], new: Sequence[Notice], by: User | None, at: datetime, batch: UUID) -> None:
    record(
        act="notices.notice.send",
        subject=letters[0].about if len(letters) == 1 else f"notices.batch:{batch}",
        actor=by.username if by else MACHINE,
        at=at,
        kinds=sorted({str(letter.kind) for letter in letters}),
        people=len(new),
    )
