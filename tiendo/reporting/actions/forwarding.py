"""Inside the unit a report is laid before whoever approves next, comes back to be corrected, or is taken back."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.notices.actions import notify
from tiendo.notices.kinds import Kind
from tiendo.reporting.actions import desks
from tiendo.reporting.actions.sending import acting, locked_duty, ready_entries
from tiendo.reporting.holding import people_on
from tiendo.reporting.models import Duty, Stay
from tiendo.reporting.permissions import can_forward_duty, can_push_back_duty, can_recall_duty
from tiendo.reporting.routing import next_desk, writers_of
from tiendo.reporting.workflow import Desk, DeskAct, IllegalMove, desk_move
from tiendo.ui.sentences import Sentence


@transaction.atomic
def forward_duty(*, duty: Duty, by: User, at: datetime, seen: str | None = None) -> Stay:
    """Lay a whole report before its next approver: the unit's step, its head, or the superior where nobody may sign.

    `seen` as in `send_duty`: an approver passes on what was read. Raises NotReady, or IllegalMove from a desk that
    cannot forward, with nothing to send, or when the head has nobody above to pass it to.
    """
    duty, stay = _locked(duty, DeskAct.FORWARD)
    require(can_forward_duty(by, duty, at=at))
    ready_entries(duty, seen=seen, at=at)
    following = next_desk(duty, stay, at=at)
    route = following.route
    if stay.desk == Desk.HEAD and route.desk == Desk.HEAD:
        raise IllegalMove(route.reasons[-1])
    user = User.objects.get(pk=route.user) if route.user and route.desk == Desk.APPROVER else None
    laid = desks.move(
        duty=duty,
        desk=route.desk.value,
        unit=following.unit,
        user=user,
        step=route.step,
        outcome=Stay.Outcome.FORWARDED,
        by=by,
        at=at,
        note=" ".join(route.reasons),
    )
    _record("forward", duty, stay, by, at, to=laid.desk, step=laid.step, reasons=list(map(str, route.reasons)))
    _ask_to_approve(duty, laid, by, at)
    return laid


@transaction.atomic
def push_back_duty(*, duty: Duty, reason: str, by: User, at: datetime) -> Stay:
    """Whoever is to approve it lets the officers correct it first, and says what."""
    duty, stay = _locked(duty, DeskAct.PUSH_BACK)
    require(can_push_back_duty(by, duty, at=at))
    if not reason.strip():
        require(no(_("Hãy ghi cần sửa gì để cán bộ biết.")))
    writers = writers_of(duty)
    laid = desks.move(
        duty=duty, desk=Desk.OFFICER.value, outcome=Stay.Outcome.PUSHED_BACK, by=by, at=at, note=reason.strip()
    )
    _record("push_back", duty, stay, by, at, reason=reason.strip())
    notify(
        kind=Kind.PUSHED_BACK,
        to=User.objects.filter(pk__in=writers),
        sentence=Sentence.of(gettext_noop("{name} chuyển lại báo cáo {period} để sửa."), name=by, period=duty.period),
        body=reason.strip(),
        by=by,
        at=at,
        **_about(duty, laid),
    )
    return laid


@transaction.atomic
def recall_duty(*, duty: Duty, by: User, at: datetime) -> Stay:
    """The unit takes back what nobody above has passed on yet."""
    duty, stay = _locked(duty, DeskAct.RECALL)
    require(can_recall_duty(by, duty, at=at))
    laid = desks.move(duty=duty, desk=Desk.OFFICER.value, outcome=Stay.Outcome.RECALLED, by=by, at=at)
    _record("recall", duty, stay, by, at)
    return laid


def _locked(duty: Duty, act: DeskAct) -> tuple[Duty, Stay]:
    """The duty under its lock and the stay it lies on; raises IllegalMove when nobody can do the act from there."""
    duty = locked_duty(duty)
    stay = desks.find_stay(duty)
    desk_move(Desk(stay.desk) if stay else None, act)
    if stay is None:
        raise IllegalMove(_("Báo cáo đã xử lý xong."))
    return duty, stay


def _record(verb: str, duty: Duty, stay: Stay, by: User, at: datetime, **detail: object) -> None:
    detail |= {"desk": stay.desk, **acting(by, duty, stay)}
    record(act=f"reporting.duty.{verb}", subject=f"reporting.duty:{duty.pk}", actor=by.username, at=at, **detail)


def _ask_to_approve(duty: Duty, laid: Stay, by: User, at: datetime) -> None:
    sentence = Sentence.of(
        gettext_noop("Báo cáo {period} của {unit} chờ phê duyệt."), period=duty.period, unit=duty.unit
    )
    to = people_on(laid, on=localdate(at))
    notify(kind=Kind.TO_APPROVE, to=to, sentence=sentence, by=by, at=at, **_about(duty, laid))


def _about(duty: Duty, laid: Stay) -> dict[str, str]:
    return {
        "url": reverse("reporting:duty-detail", args=[duty.pk]),
        "about": f"reporting.duty:{duty.pk}",
        "key": f"reporting.stay:{laid.pk}",
    }
