"""What the overview says of indicators: how many stand where, and those that are red, who answers and why."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.indicators.models import Indicator
from tiendo.indicators.standing import Standing, standings, with_standing
from tiendo.indicators.states import STATE_WORDS, Firmness, State
from tiendo.web.plans.numbers import Number

RED_ROWS = 5
TONES = {State.NOT_MET: "danger", State.MET: "accent", State.EXCEEDED: "accent", State.ON_TRACK: "accent"}


@dataclass(frozen=True)
class Aims:
    """Numbers that open their lists; `red` are firm targets not met, the furthest from their end first.

    `late` counts indicators whose figure should be there and is not; `all_known` says that every firm one has a
    judged figure and owes none, so that no red one can hide.
    """

    states: list[Number]
    red: list[Standing]
    red_total: int
    late: int
    all_known: bool


def aims(user: User, *, on: date) -> Aims | None:
    """None where nothing is measured yet. A constant number of queries."""
    rows = standings(with_standing(Indicator.objects.visible_to(user).in_use()), on=on)
    if not rows:
        return None
    red = sorted((row for row in rows if _is_red(row)), key=_furthest)
    return Aims(
        states=[_number(state, sum(row.state == state for row in rows)) for state in State],
        red=red[:RED_ROWS],
        red_total=len(red),
        late=sum(bool(row.missing) for row in rows),
        all_known=all(_is_known(row) for row in rows if row.passport.firmness == Firmness.FIRM),
    )


def _is_known(row: Standing) -> bool:
    return row.state != State.NO_DATA and not row.missing


def _is_red(row: Standing) -> bool:
    return row.state == State.NOT_MET and row.passport.firmness == Firmness.FIRM


def _furthest(row: Standing) -> tuple[bool, Decimal, str]:
    progress = row.figure.progress if row.figure else None
    return progress is None, progress or Decimal(0), row.indicator.code


def _number(state: State, number: int) -> Number:
    url = f"{reverse('indicators:indicator-list')}?{urlencode({'state': state.value})}"
    words = _(STATE_WORDS[state])
    return Number(words[:1].upper() + words[1:], number, url, TONES.get(state, "") if number else "")
