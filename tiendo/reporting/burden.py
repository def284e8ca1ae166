"""What a report costs the unit that writes it. Pure: values and moments in, counts out.

**Fields.** Each task is asked for in the fields of the editor. A field is *filled* when it was there before anybody
typed: carried over from what was accepted last, or from another report of the unit, and left as it was. It is *typed*
when it says something else than that. It is typed *again* when the same words or number stood already in what was
accepted last, or in another report of the unit over some of the same days: the field could have been filled.

**Minutes.** Each save, piece of evidence and sending is an event in the log. Events of one person at most five minutes
apart belong together; a sitting counts from its first event to its last, and one minute more for what came before the
first. Reading, writing on paper and filling a workbook offline leave no event, so the figure is a floor. A page left
open does not save by itself, so it adds nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tiendo.plans.rates import share
from tiendo.plans.states import WorkState
from tiendo.reporting.rules import Values

GAP = timedelta(minutes=5)
LEAD_IN = timedelta(minutes=1)
FIELDS = tuple(field.name for field in fields(Values))
ESTIMATE = "percent_estimate"


@dataclass(frozen=True)
class Fields:
    """How many fields were asked for, how many stood there, how many were typed, and typed again."""

    asked: int = 0
    filled: int = 0
    typed: int = 0
    again: int = 0

    def __add__(self, other: "Fields") -> "Fields":
        return Fields(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def filled_share(self) -> Decimal | None:
        """Filled out of asked, in per cent; None where nothing was asked."""
        return share(self.filled, self.asked)


@dataclass(frozen=True)
class Told:
    """What is known of one task in one report.

    `start` is what the editor began with, `now` what is written (None while nothing was), `elsewhere` what stood in
    other places before. `is_copy` when the whole entry was filled from another report and left so.
    """

    start: Values
    now: Values | None = None
    elsewhere: Sequence[Values] = ()
    is_copy: bool = False


def asked_fields(*, asks_estimate: bool) -> tuple[str, ...]:
    """The fields that a period asks of each task."""
    return tuple(name for name in FIELDS if asks_estimate or name != ESTIMATE)


def weigh(told: Iterable[Told], asked: Collection[str]) -> Fields:
    """The fields of all the tasks of a report together."""
    return sum((_weigh(each, asked) for each in told), Fields())


def _weigh(told: Told, asked: Collection[str]) -> Fields:
    if told.now is None:
        return Fields(asked=len(asked), filled=sum(_says(told.start, name) for name in asked))
    said = [name for name in asked if _says(told.now, name)]
    if told.is_copy:
        return Fields(asked=len(asked), filled=len(said))
    kept = {name for name in said if _bare(told.now, name) == _bare(told.start, name)}
    typed = [name for name in said if name not in kept]
    again = [name for name in typed if any(_bare(told.now, name) == _bare(old, name) for old in told.elsewhere)]
    return Fields(len(asked), len(kept), len(typed), len(again))


def _says(values: Values, name: str) -> bool:
    return _bare(values, name) not in (None, "")


def _bare(values: Values, name: str) -> object:
    value = getattr(values, name)
    return " ".join(value.split()) if isinstance(value, str) and not isinstance(value, WorkState) else value


def minutes(events: Iterable[tuple[str, datetime]]) -> int:
    """Whole minutes at work from (person, moment) pairs in any order; see the method above."""
    by_person: dict[str, list[datetime]] = {}
    for person, at in events:
        by_person.setdefault(person, []).append(at)
    spent = sum((_sittings(moments) for moments in by_person.values()), timedelta())
    return int((Decimal(spent // timedelta(seconds=1)) / 60).quantize(Decimal(1), ROUND_HALF_UP))


def _sittings(moments: list[datetime]) -> timedelta:
    moments.sort()
    spent, last = LEAD_IN, moments[0]
    for at in moments[1:]:
        spent += at - last if at - last <= GAP else LEAD_IN
        last = at
    return spent


@dataclass(frozen=True)
class Burden:
    """What one report cost its unit; `unit_code` is "" for several together."""

    unit_code: str
    unit: str
    period: str
    tasks: int
    fields: Fields
    minutes: int
    reminders: int
    urgings: int
    returns: int

    @property
    def minutes_per_task(self) -> Decimal | None:
        """To one decimal; None without a task."""
        if not self.tasks:
            return None
        return (Decimal(self.minutes) / self.tasks).quantize(Decimal("0.1"), ROUND_HALF_UP)


def together(burdens: Iterable[Burden], *, unit: str = "", period: str = "") -> Burden:
    """Several reports as one."""
    known = list(burdens)
    return Burden(
        unit_code="",
        unit=unit,
        period=period,
        tasks=sum(each.tasks for each in known),
        fields=sum((each.fields for each in known), Fields()),
        minutes=sum(each.minutes for each in known),
        reminders=sum(each.reminders for each in known),
        urgings=sum(each.urgings for each in known),
        returns=sum(each.returns for each in known),
    )


def burden_as_data(burden: Burden) -> dict[str, Any]:
    """As it is kept: text and whole numbers."""
    return asdict(burden)


def burden_from_data(data: Mapping[str, Any]) -> Burden:
    """What `burden_as_data` was given."""
    return Burden(**{**data, "fields": Fields(**data["fields"])})
