"""A unit is told that a value came back: whoever recorded it, and the people of the unit that answers for it."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from tiendo.accounts.models import User
from tiendo.accounts.queries import people_by_unit
from tiendo.indicators.models import Observation
from tiendo.indicators.spans import span_of
from tiendo.notices.actions import notify_all
from tiendo.notices.kinds import Kind
from tiendo.notices.letters import Letter
from tiendo.ui.sentences import Sentence


def tell_returned(lines: Sequence[Observation], *, by: User, at: datetime) -> None:
    """One message for each line, with the reason; it leads to the cell, where the next line is recorded.

    Called in the transaction of the act, in a constant number of queries; `by` is not told.
    """
    people = people_by_unit({line.unit_id for line in lines}, on=localdate(at)) if lines else {}
    notify_all(letters=[_letter(line, [line.recorded_by, *people[line.unit_id]]) for line in lines], by=by, at=at)


def _letter(line: Observation, to: list[User]) -> Letter:
    pattern = gettext_noop("Số liệu {indicator}, {period} của {unit} bị trả lại.")
    named = {"indicator": line.indicator.code, "period": span_of(line.period).name, "unit": str(line.unit)}
    return Letter(
        kind=Kind.VALUE_RETURNED,
        to=to,
        sentence=Sentence.of(pattern, **named),
        body=line.reason or "",
        url=reverse("indicators:value-ledger", args=[line.indicator.code, line.unit.code, line.period]),
        about=f"indicators.observation:{line.pk}",
        key=f"value-returned:{line.pk}",
    )
