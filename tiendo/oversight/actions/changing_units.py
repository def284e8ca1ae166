"""A decision changes units and shares out their tasks, as one act; those whose work it touches are told."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.models import Post, User
from tiendo.accounts.permissions import can_reorganise, require
from tiendo.indicators.actions.refreshing import refresh_wholes
from tiendo.notices.actions import notify
from tiendo.notices.kinds import Kind
from tiendo.orgs.actions import CannotUndo, reorganise
from tiendo.orgs.history import touched_by
from tiendo.orgs.models import Unit, UnitChange
from tiendo.orgs.reorganisation import Reorganisation
from tiendo.oversight.models import Amendment, AmendmentLine
from tiendo.oversight.since import done_by
from tiendo.plans.actions.handing import Part, hand_over, take_back, undo_reorganisation
from tiendo.plans.models import Handover
from tiendo.reporting.actions import ask_newcomers
from tiendo.ui.saying import said
from tiendo.ui.sentences import Sentence

MOST_NAMES = 4  # more are found on the page
RECORDED = gettext_noop("Sắp xếp cơ quan, đơn vị có hiệu lực từ {day} theo {decision}: {units}")
UNDONE = gettext_noop("Đã hủy việc sắp xếp cơ quan, đơn vị từ {day} theo {decision}: {units}")


@transaction.atomic
def change_units(
    *, change: Reorganisation, choices: Mapping[tuple[int, str], str], by: User, at: datetime
) -> UnitChange:
    """Record the change, and which tasks do not follow the default: {(task id, code before): code of who takes it}.

    The code before as the taker leaves the task where it is. People of every unit named are told. Raises
    CannotReorganise or PermissionDenied; nothing is written then.
    """
    require(can_reorganise(by))
    row = reorganise(change=change, by=by.username, at=at)
    codes = {code for (_task, before), to in choices.items() for code in (before, to)}
    ids = dict(Unit.objects.standing().filter(code__in=codes).values_list("code", "pk"))
    if choices:
        parts = {(task, ids[before]): ids[to] for (task, before), to in choices.items()}
        share_tasks(change=row, choices=parts, source=row.decision, by=by, at=at)
    refresh_wholes(since=row.effective_on, at=at)
    _tell(RECORDED, row, _named(row), by=by, at=at)
    return row


@transaction.atomic
def share_tasks(
    *, change: UnitChange, choices: Mapping[Part, int], source: str, by: User, at: datetime
) -> list[Handover]:
    """By a recorded change each part named goes to the unit chosen (`hand_over`), which has a report to tell of it in:
    where none was asked of it in an open period, it is asked now. Returns the new handovers."""
    rows = hand_over(change=change, choices=choices, source=source, by=by, at=at)
    ask_newcomers(by=by, at=at)
    return rows


@transaction.atomic
def undo_units(*, change: UnitChange, reason: str, by: User, at: datetime) -> UnitChange:
    """Undo the change with all its handovers; people of its units are told. Raises CannotUndo; nothing is written."""
    require(can_reorganise(by))
    _require_not_awaited(change)
    _require_not_at_work(change)
    named = _named(change)
    take_back(change=change, by=by, at=at)  # first: a report that only its handovers called for keeps no unit standing
    ask_newcomers(by=by, at=at)
    row = undo_reorganisation(change=change, reason=reason, by=by, at=at)
    refresh_wholes(since=row.effective_on, at=at)
    _tell(UNDONE, row, named, by=by, at=at)
    return row


def _require_not_awaited(change: UnitChange) -> None:
    """No amendment decided for a day to come names a unit that the change made: it could not come into force."""
    made = set(change.units_made.values_list("code", flat=True))
    decided = AmendmentLine.objects.filter(amendment__state=Amendment.State.DECIDED, removed_at=None)
    for line in decided.select_related("amendment") if made else ():
        parties = [each for value in line.wanted.values() if isinstance(value, list) for each in value]
        if made & {each.get("unit") for each in parties}:
            words = _("Bản sửa đổi “%(title)s” đã quyết định, chờ hiệu lực, giao việc cho đơn vị do việc này lập ra.")
            raise CannotUndo(words % {"title": line.amendment.title})


def _require_not_at_work(change: UnitChange) -> None:
    """What a unit that the change made has done since stands in its name: the sentence says what there is."""
    for unit in change.units_made.filter(withdrawn_at=None):
        if found := done_by([unit]):
            words = _("%(unit)s đã có %(what)s; không hủy được, hãy ghi một thay đổi mới.")
            raise CannotUndo(words % {"unit": unit.name, "what": ", ".join(said(each) for each in found)})


def _named(change: UnitChange) -> list[Unit]:
    """Every unit the change names, while it stands."""
    return list(Unit.objects.standing().filter(code__in=touched_by(change)).order_by("sort_key", "pk"))


def _tell(pattern: str, change: UnitChange, units: Collection[Unit], *, by: User, at: datetime) -> None:
    """People who hold a post today in the units named."""
    posts = Post.objects.in_force(localdate(at)).filter(unit__in=units, user__is_active=True).select_related("user")
    day = f"{change.effective_on:%d/%m/%Y}"
    names = "; ".join(unit.short_name for unit in list(units)[:MOST_NAMES])
    notify(
        kind=Kind.UNIT_CHANGED,
        to=dict.fromkeys(post.user for post in posts.order_by("user")),
        sentence=Sentence.of(pattern, day=day, decision=change.decision, units=names),
        url=reverse("orgs:change-detail", args=[change.pk]),
        about=f"orgs.unit_change:{change.pk}",
        key=f"orgs.unit_change:{change.pk}:{'undone' if change.undone_at else 'recorded'}",
        by=by,
        at=at,
    )
