"""The control room of a period: at which step each report is, on whose desk since when, who was urged (R020)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.orgs.queries import office_calendar
from tiendo.reporting.models import Duty, Part, Period, Stay, Urging
from tiendo.reporting.queries import with_progress
from tiendo.reporting.workflow import DUTY_WORDS, DutyState

NOT_SENT = (DutyState.OVERDUE, DutyState.NOT_SENT, DutyState.RETURNED, DutyState.REOPENED, DutyState.OPEN)
# Those who still owe something stand first, then what waits for the coordinator.
ORDER = (*NOT_SENT, DutyState.SUBMITTED, DutyState.ACCEPTED, DutyState.NOT_DUE)
Tab = tuple[str, str, bool, int]


@dataclass(frozen=True)
class RoomRow:
    """One unit's report: its state, the desk it lies on and for how many working days, and what was done about it."""

    duty: Duty
    state: DutyState
    stay: Stay | None
    days: Decimal | None
    urged: int
    urged_at: datetime | None
    asked: int
    disputed: int
    is_chosen: bool

    @property
    def is_owed(self) -> bool:
        return self.state in NOT_SENT


@dataclass(frozen=True)
class Asked:
    """What the reader narrowed the room to, and the reports ticked so far; unknown words narrow nothing."""

    state: str = ""
    desk: str = ""
    chosen: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Room:
    """All of it, the rows already narrowed; counts are over all reports the reader may see."""

    rows: Sequence[RoomRow]
    tabs: Sequence[Tab]
    desks: Sequence[Tab]
    owed: int
    late: int


def room_of(period: Period, user: User, asked: Asked, *, path: str, at: datetime) -> Room:
    """The room as this reader may see it, in a constant number of queries."""
    every = _rows(period, user, asked, at)
    shown = [row for row in every if asked.state in ("", row.state) and asked.desk in ("", _desk(row))]
    return Room(
        rows=shown,
        tabs=_state_tabs(every, asked, path),
        desks=_desk_tabs(every, asked, path),
        owed=sum(row.is_owed for row in every),
        late=sum(row.duty.is_late or row.state in (DutyState.OVERDUE, DutyState.NOT_SENT) for row in every),
    )


def _rows(period: Period, user: User, asked: Asked, at: datetime) -> list[RoomRow]:
    visible = Duty.objects.visible_to(user).filter(period=period)
    duties = list(with_progress(visible).select_related("unit", "period").order_by("unit__sort_key"))
    stays = {stay.duty_id: stay for stay in _open_stays(period)}
    urged = {row["duty"]: row for row in _urgings(period)}
    parts = {row["entry__duty"]: row for row in _parts(period)}
    calendar = office_calendar()
    rows = []
    for duty in duties:
        stay, known, told = stays.get(duty.pk), urged.get(duty.pk, {}), parts.get(duty.pk, {})
        rows.append(
            RoomRow(
                duty=duty,
                state=duty.state(at),
                stay=stay,
                days=calendar.elapsed(stay.arrived_at, at) if stay and stay.arrived_at <= at else None,
                urged=known.get("times", 0),
                urged_at=known.get("last"),
                asked=told.get("asked", 0),
                disputed=told.get("disputed", 0),
                is_chosen=str(duty.pk) in asked.chosen,
            )
        )
    return sorted(rows, key=lambda row: ORDER.index(row.state))


def _open_stays(period: Period) -> Sequence[Stay]:
    return list(Stay.objects.filter(duty__period=period, left_at=None).select_related("unit", "user"))


def _urgings(period: Period) -> list[dict[str, Any]]:
    about = Urging.objects.filter(duty__period=period).order_by()
    counted = about.values("duty").annotate(times=Count("pk"), last=Max("sent_at"))
    return [{**row} for row in counted]


def _parts(period: Period) -> list[dict[str, Any]]:
    about = Part.objects.filter(entry__duty__period=period).order_by()
    asked, disputed = Count("pk", filter=Q(state="asked")), Count("pk", filter=Q(state="disputed"))
    counted = about.values("entry__duty").annotate(asked=asked, disputed=disputed)
    return [{**row} for row in counted]


def _desk(row: RoomRow) -> str:
    return row.stay.desk if row.stay else ""


def _state_tabs(rows: Sequence[RoomRow], asked: Asked, path: str) -> list[Tab]:
    counts = Counter(row.state for row in rows)
    named = [(state, _(DUTY_WORDS[state])) for state in DutyState if counts[state]]
    tabs = [(words, f"{path}?trang_thai={state}", asked.state == state, counts[state]) for state, words in named]
    return [(_("Tất cả"), path, not asked.state and not asked.desk, len(rows)), *tabs]


def _desk_tabs(rows: Sequence[RoomRow], asked: Asked, path: str) -> list[Tab]:
    counts = Counter(_desk(row) for row in rows)
    return [
        (str(Stay.Desk(desk).label), f"{path}?noi={desk}", asked.desk == desk, counts[desk])
        for desk in Stay.Desk.values
        if counts[desk]
    ]
