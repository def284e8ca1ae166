"""Letters and events are carried out of the house: each taken by one carrier at a time, tried again when it fails."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from gettext import gettext as _

from django.db import transaction

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.notices.kinds import Kind, Way
from tiendo.notices.mailing import send_letter
from tiendo.notices.models import Delivery, Notice
from tiendo.notices.permissions import can_keep_endpoints
from tiendo.notices.queries import digest_morning, due_deliveries, waiting_for_digest, ways_of
from tiendo.notices.retrying import wait_after
from tiendo.notices.webhooks import NotTaken, send_event

LEASE = timedelta(minutes=5)  # a carrier that has not come back by then is gone; sending waits far shorter than this
BROKEN = _("Chương trình gặp lỗi khi gửi; lỗi đã được ghi lại.")

logger = logging.getLogger(__name__)


def gather_digests(*, by: User | None, at: datetime) -> list[Delivery]:
    """One letter for each person with messages waiting for the morning of a working day; a second run gathers nothing.

    A morning that was slept through is gathered later that day, and days that were missed go into the next letter.
    What arrives after the hour waits for the next working day.
    """
    morning = digest_morning(at=at)
    if morning is None or not waiting_for_digest(morning=morning).exists():
        return []  # looked at before anything is locked: most minutes there is nothing to gather
    return _gather(morning, by=by, at=at)


@transaction.atomic
def _gather(morning: datetime, *, by: User | None, at: datetime) -> list[Delivery]:
    day, theirs = morning.date(), defaultdict(list)
    for notice in waiting_for_digest(morning=morning).select_for_update(of=("self",)).order_by("pk"):
        theirs[notice.user_id].append(notice.pk)
    if not theirs:
        return []  # another carrier was faster
    letters = Delivery.objects.bulk_create(
        Delivery(form=Delivery.Form.DIGEST, user_id=user, digest_on=day, due_at=at, created_at=at) for user in theirs
    )
    for letter, mine in zip(letters, theirs.values(), strict=True):
        Notice.objects.filter(pk__in=mine).update(mail=letter)
    actor = by.username if by else MACHINE
    record(act="notices.digest.gather", subject=f"notices.digest:{day}", actor=actor, at=at, people=len(letters))
    return letters


def deliver(*, delivery: Delivery, by: User | None, at: datetime) -> Delivery:
    """Take one and carry it; what became of it. Nothing happens to one that is not due, or that another has taken.

    Sending is outside any transaction. A carrier that dies after the other side took the letter and before it could
    write so down is the one case in which a letter goes out twice, under the same name.
    """
    taken = _take(delivery, at)
    if taken is None:
        return Delivery.objects.get(pk=delivery.pk)
    try:
        reason = _carry(taken, at)
    except NotTaken as refusal:
        return _failed(taken, str(refusal), for_good=refusal.for_good, by=by, at=at)
    except Exception:
        logger.exception("delivery %s could not be carried", taken.pk)
        return _failed(taken, BROKEN, for_good=False, by=by, at=at)
    return _ended(taken, Delivery.State.DROPPED if reason else Delivery.State.SENT, reason, at)


@transaction.atomic
def try_again(*, delivery: Delivery, by: User, at: datetime) -> Delivery:
    """The administrator has mended what kept a letter or an event from arriving: try it anew."""
    require(can_keep_endpoints(by))
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if delivery.state not in (Delivery.State.FAILED, Delivery.State.GIVEN_UP):
        return delivery
    delivery.state, delivery.attempts, delivery.due_at, delivery.ended_at = Delivery.State.WAITING, 0, at, None
    delivery.save(update_fields=["state", "attempts", "due_at", "ended_at"])
    record(act="notices.delivery.retry", subject=f"notices.delivery:{delivery.pk}", actor=by.username, at=at)
    return delivery


def _take(delivery: Delivery, at: datetime) -> Delivery | None:
    """One statement decides between carriers: it is mine if it was due and I changed it."""
    with transaction.atomic():
        mine = due_deliveries(at=at).filter(pk=delivery.pk, attempts=delivery.attempts)
        changed = mine.update(state=Delivery.State.SENDING, attempts=delivery.attempts + 1, due_at=at + LEASE)
    return Delivery.objects.select_related("user", "endpoint").get(pk=delivery.pk) if changed else None


def _carry(delivery: Delivery, at: datetime) -> str:
    """Send it; or why there is no need to."""
    if delivery.endpoint:
        if not delivery.endpoint.is_active:
            return _("Địa chỉ nhận đã ngừng dùng.")
        send_event(delivery, delivery.endpoint, at=at)
        return ""
    user = delivery.user
    if user is None or not user.is_active:
        return _("Tài khoản người nhận đã khóa.")
    if not user.email:
        return _("Người nhận chưa có địa chỉ thư điện tử.")
    notices = _still_wanted(delivery, user)
    if not notices:
        return _("Người nhận đã đọc, hoặc đã chọn không nhận thư loại này.")
    send_letter(delivery, user, notices)
    return ""


def _still_wanted(delivery: Delivery, user: User) -> Sequence[Notice]:
    """What the person has not read meanwhile, of the kinds not switched off meanwhile."""
    ways = ways_of(user)
    return [notice for notice in delivery.notices.unread().order_by("at", "pk") if ways[Kind(notice.kind)] != Way.INBOX]


@transaction.atomic
def _ended(delivery: Delivery, state: Delivery.State, words: str, at: datetime) -> Delivery:
    return _write(delivery, state=state, error=words, ended_at=at)


@transaction.atomic
def _failed(delivery: Delivery, words: str, *, for_good: bool, by: User | None, at: datetime) -> Delivery:
    wait = None if for_good or delivery.is_test else wait_after(delivery.attempts)
    if wait is not None:
        return _write(delivery, state=Delivery.State.FAILED, error=words, due_at=at + wait)
    given_up = _write(delivery, state=Delivery.State.GIVEN_UP, error=words, ended_at=at)
    actor = by.username if by else MACHINE
    subject = f"notices.delivery:{delivery.pk}"
    record(act="notices.delivery.give_up", subject=subject, actor=actor, at=at, form=delivery.form)
    return given_up


def _write(delivery: Delivery, **values: object) -> Delivery:
    """What became of it, unless this carrier took so long that another has taken it since."""
    Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts, state=Delivery.State.SENDING).update(**values)
    return Delivery.objects.select_related("user", "endpoint").get(pk=delivery.pk)
