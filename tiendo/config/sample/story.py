"""Who is who in the sample, who reported what, and when. Pure: the moment of loading comes in as `now`.

The documents keep their dates. The periods are the half-years around `now`: two behind us, closed, and the one that
is open today, so that the sample can be tried on any day.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from tiendo.calendars.periods import VIETNAM, PeriodDates, half_year_periods, vietnam_date

HERE = Path(__file__).resolve().parent
PASSWORD = "minh-hoa-2026"  # noqa: S105 – printed for everybody who tries the sample
SET_UP_ON = date(2025, 7, 28)
COORDINATOR, LEADER, ADMINISTRATOR = "dau-moi", "lanh-dao", "quan-tri"

# A period is closed this long after its due moment, when the last corrections are in.
CLOSING = timedelta(days=14)
# The open period has been open at least this long when the sample is loaded.
OPEN_FOR = timedelta(days=10)


@dataclass(frozen=True)
class Person:
    username: str
    full_name: str
    unit: str
    role: str
    title: str


@dataclass(frozen=True)
class Line:
    """What a unit says of one task in one period; `returned` is why the coordinator sends this line back."""

    task: str
    state: str
    percent: Decimal | None
    completed_on: date | None
    result: str
    difficulty: str
    money_used: Decimal | None
    evidence: str
    returned: str

    @property
    def lacks_evidence(self) -> bool:
        """Claims completion without anything to show: the house refuses to send it."""
        return self.state == "completed" and not self.evidence


@dataclass(frozen=True)
class Fate:
    """What becomes of a unit's report: sent `days` from the last good day (the open period: from today)."""

    days: int
    accepted: bool = True


@dataclass(frozen=True)
class Time:
    """One of the three periods of the story."""

    dates: PeriodDates
    opens_at: datetime
    closes_at: datetime | None
    anchor: date

    @property
    def ends_at(self) -> datetime:
        """What units do in the period is done before this moment: its closing, or the last midnight before now."""
        return self.closes_at or at(self.anchor, 0)

    def moment(self, days: int, hour: int, minute: int = 0) -> datetime:
        return at(self.anchor + timedelta(days=days), hour, minute)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of that day in Viet Nam, in UTC."""
    return datetime.combine(day, time(hour, minute), tzinfo=VIETNAM).astimezone(UTC)


def people() -> list[Person]:
    """Everybody with an account, the administrator first."""
    return [Person(**row) for row in _rows("people.csv")]


def progress() -> Mapping[tuple[int, str], list[Line]]:
    """(period, task number) → its lines in order: more than one when something was refused or returned."""
    found: dict[tuple[int, str], list[Line]] = defaultdict(list)
    for row in _rows("progress.csv"):
        line = Line(
            task=row["task"],
            state=row["state"],
            percent=_decimal(row["percent"]),
            completed_on=date.fromisoformat(row["completed_on"]) if row["completed_on"] else None,
            result=row["result"],
            difficulty=row["difficulty"],
            money_used=_decimal(row["money_used"]),
            evidence=row["evidence"],
            returned=row["returned"],
        )
        found[int(row["period"]), row["task"]].append(line)
    return found


def times(now: datetime) -> tuple[Time, Time, Time]:
    """The two closed periods and the open one: the first whose closing day lies ahead of `now`."""
    year = vietnam_date(now).year
    known = [dates for each in range(year - 2, year + 2) for dates in half_year_periods(each)]
    here = next(place for place, dates in enumerate(known) if dates.due_at + CLOSING > now)
    return _closed(known[here - 2]), _closed(known[here - 1]), _open(known[here], now)


def _closed(dates: PeriodDates) -> Time:
    return Time(dates, at(dates.opens_on, 7), dates.due_at + CLOSING - timedelta(hours=8), dates.last_good_day)


def _open(dates: PeriodDates, now: datetime) -> Time:
    return Time(dates, min(at(dates.opens_on, 7), now - OPEN_FOR), None, vietnam_date(now))


# Days from the last good day on which a unit sends; nought and before is in time, after is late, None is never.
USUAL_DAYS = (-9, -6, -12, -3, 0, -7, -2, -10, -4)
UNUSUAL_DAYS: Mapping[tuple[int, str], int | None] = {
    (0, "so-xay-dung"): 4,
    (0, "so-y-te"): 2,
    (0, "03637"): 1,
    (0, "03472"): 3,
    (0, "03439"): None,
    (0, "03433"): None,
    (0, "03451"): None,
    (0, "03463"): None,
    (1, "so-xay-dung"): 6,
    (1, "so-vhttdl"): 1,
    (1, "03439"): 5,
    (1, "03442"): 3,
    (1, "bhxh-tinh"): -2,
    (1, "03478"): None,
    (1, "03463"): None,
}
# In the open period some have not begun, some write, some wait for a reader; the rest are accepted.
NOT_BEGUN = frozenset({"so-xay-dung", "so-tu-phap", "03478", "03439"})
WRITING = frozenset({"so-vhttdl", "03433"})
WAITING = frozenset({"so-gd-dt", "so-y-te", "03598", "03595"})
EARLY_COMMUNES, WAITING_COMMUNES = 12, 6


def fate(period: int, unit: str, place: int, *, idle: bool) -> Fate | None:
    """When the unit at that place of the list sends its report of the period; None if it never does.

    `idle` units lead no task and report "không phát sinh".
    """
    if period < 2:
        days = UNUSUAL_DAYS.get((period, unit), USUAL_DAYS[place % len(USUAL_DAYS)])
        return None if days is None else Fate(days)
    if unit in NOT_BEGUN | WRITING:
        return None
    if idle and unit not in WAITING:
        return _idle_fate(place)
    return Fate(-2 if unit in WAITING else -3 - place % 3, accepted=unit not in WAITING)


def _idle_fate(place: int) -> Fate | None:
    if place >= EARLY_COMMUNES + WAITING_COMMUNES:
        return None
    return Fate(-4, accepted=place < EARLY_COMMUNES)


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None
