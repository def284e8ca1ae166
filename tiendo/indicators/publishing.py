"""When a programme's periods must be published, and what an objective still lacks. Pure (R063, R064, R082)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from gettext import gettext as _

from tiendo.indicators.spans import Span, spans
from tiendo.indicators.states import Frequency


class Lack(StrEnum):
    """What keeps an objective from being in force: nobody can be asked about a wish."""

    FIGURE = "figure"
    UNIT = "unit"
    HEAD = "head"


LACK_WORDS: dict[Lack, str] = {
    Lack.FIGURE: _("chưa có con số đích"),
    Lack.UNIT: _("chưa có đơn vị chịu trách nhiệm"),
    Lack.HEAD: _("chưa có người đứng đầu chịu trách nhiệm"),
}


def lacks(*, has_figure: bool, has_unit: bool, has_head: bool) -> list[Lack]:
    """Which of the three are missing, in the order of `Lack`."""
    given = {Lack.FIGURE: has_figure, Lack.UNIT: has_unit, Lack.HEAD: has_head}
    return [lack for lack, there in given.items() if not there]


class Publication(StrEnum):
    """Where a period of a programme stands; silence past the day shows as missed, and late is not on time."""

    PUBLISHED = "published"
    LATE = "published_late"
    MISSED = "missed"
    WAITING = "waiting"
    RUNNING = "running"


@dataclass(frozen=True)
class PeriodLine:
    """One period: the last good day to publish it, and where it stands."""

    span: Span
    publish_by: date
    state: Publication
    first_published_on: date | None = None


def period_lines(
    frequency: Frequency,
    *,
    since: date,
    until: date | None,
    publish_days: int,
    published: Mapping[str, date],
    on: date,
) -> list[PeriodLine]:
    """Every period from the one in which the programme came into force to the one of the day `on`, newest first.

    `published` gives the day of the first publication by code of period. A programme that ended owes the period of
    its last day, and none after.
    """
    last = min(on, until) if until else on
    found = [_line(span, publish_days, published.get(span.code), on) for span in spans(frequency, since, last)]
    return found[::-1]


def _line(span: Span, publish_days: int, first: date | None, on: date) -> PeriodLine:
    publish_by = span.last_day + timedelta(days=publish_days)
    if first is not None:
        state = Publication.PUBLISHED if first <= publish_by else Publication.LATE
    elif on > publish_by:
        state = Publication.MISSED
    else:
        state = Publication.WAITING if on > span.last_day else Publication.RUNNING
    return PeriodLine(span, publish_by, state, first)
