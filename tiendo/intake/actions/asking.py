"""A unit's own plan: who reviewed it asks the head to accept it, and hears what became of it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import no, require
from tiendo.accounts.queries import people_by_unit
from tiendo.intake.actions.waiting import lock_open, write_act
from tiendo.intake.models import Import
from tiendo.intake.permissions import can_ask_acceptance
from tiendo.notices.actions import notify
from tiendo.notices.kinds import Kind
from tiendo.notices.models import Notice
from tiendo.ui.sentences import Sentence

READY = gettext_noop("Kế hoạch “{name}” của {unit} đã đối chiếu xong, chờ bạn chấp nhận.")
TAKEN = gettext_noop("Kế hoạch “{name}” của {unit} đã được chấp nhận, có hiệu lực từ {day}.")
LEFT = gettext_noop("Kế hoạch “{name}” của {unit} không được chấp nhận: lần nhập đã bị bỏ.")


@transaction.atomic
def ask_acceptance(*, source: Import, by: User, at: datetime) -> list[Notice]:
    """Tell the heads of the unit that its plan is ready for them; again on another day, once a day. The messages.

    Refused while the unit has no head who could accept it.
    """
    source = lock_open(source)
    require(can_ask_acceptance(by, source))
    assert source.unit_id is not None
    heads = people_by_unit([source.unit_id], on=localdate(at), roles=(Role.HEAD,))[source.unit_id]
    if not heads:
        require(no(_("Đơn vị chưa có thủ trưởng trong hệ thống; hãy báo cơ quan đầu mối.")))
    told = _tell(source, Kind.PLAN_TO_ACCEPT, heads, READY, f"ready:{localdate(at)}", by=by, at=at)
    if told:
        write_act("ask", source, by, at, heads=[head.username for head in heads])
    return told


def tell_accepted(source: Import, *, by: User, at: datetime) -> None:
    """Called in the transaction of the acceptance."""
    assert source.version is not None
    _tell_reviewers(source, TAKEN, by=by, at=at, day=f"{source.version.in_force_from:%d/%m/%Y}")


def tell_left(source: Import, *, reason: str, by: User, at: datetime) -> None:
    """Put aside, and why; called in its transaction."""
    _tell_reviewers(source, LEFT, by=by, at=at, body=reason)


def _tell_reviewers(source: Import, pattern: str, *, by: User, at: datetime, body: str = "", **said: str) -> None:
    """Those who brought a unit's own plan in or decided its rows; of the province's nobody waits for this word."""
    if source.unit_id is not None:
        deciders = source.proposals.exclude(decided_by=None).order_by().values("decided_by")
        people = User.objects.filter(Q(pk=source.uploaded_by_id) | Q(pk__in=deciders)).order_by("pk")
        _tell(source, Kind.PLAN_DECIDED, people, pattern, "decided", by=by, at=at, body=body, **said)


def _tell(
    source: Import,
    kind: Kind,
    people: Iterable[User],
    pattern: str,
    mark: str,
    *,
    by: User,
    at: datetime,
    body: str = "",
    **said: str,
) -> list[Notice]:
    return notify(
        kind=kind,
        to=people,
        sentence=Sentence.of(pattern, name=source.file_name, unit=source.unit, **said),
        body=body,
        url=reverse("intake:import-review", args=[source.pk]),
        about=f"intake.import:{source.pk}",
        key=f"intake.import:{source.pk}:{mark}",
        by=by,
        at=at,
    )
