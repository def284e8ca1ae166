"""Programmes for the public: side by side, and each with every period measured, published or missed (R064, R081, R082).

What a release tells of its periods is what its day saw; a period missed on that day stands as missed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tiendo.indicators.programmes import REACHED
from tiendo.indicators.publishing import Publication
from tiendo.indicators.states import FREQUENCY_WORDS, Frequency, State
from tiendo.portal.released import page, released_now
from tiendo.publication.indicator_records import programme_periods
from tiendo.publication.models import Release
from tiendo.publication.records import Record


@dataclass(frozen=True)
class Told:
    """A programme as a release tells it: its periods newest first, each with what was published of it."""

    record: Record
    release: Release
    periods: list[Record]

    @property
    def rhythm(self) -> str:
        """How often it is measured, and how soon the result must be out: a setting of the programme (R082)."""
        days = self.record["publish_days"]
        often = _(FREQUENCY_WORDS[Frequency(self.record["frequency"])])
        within = ngettext("công bố trong %(n)s ngày sau khi hết kỳ", "công bố trong %(n)s ngày sau khi hết kỳ", days)
        return f"{often[:1].upper()}{often[1:]}, {within % {'n': days}}"

    @property
    def missed(self) -> int:
        return sum(each["state"] == Publication.MISSED for each in self.periods)

    @property
    def last(self) -> Record | None:
        """The newest period with a result, as it was last published."""
        return next((each["published"][0] for each in self.periods if each["published"]), None)


@released_now
def programme_list(request: HttpRequest, releases: list[Release]) -> HttpResponse:
    """Every programme beside the others, counted the same way."""
    return page(request, "programme_list", {"release": releases[0], "programmes": programmes_of(releases)})


@released_now
def programme(request: HttpRequest, releases: list[Release], code: str) -> HttpResponse:
    """One programme: its setting, its periods, and the results of each with date and number."""
    found = next((each for each in programmes_of(releases) if each.record["code"] == code), None)
    if found is None:
        raise Http404
    return page(request, "programme", {"release": found.release, "programme": found})


def programmes_of(releases: Iterable[Release]) -> list[Told]:
    """In the order of the plans and of their codes."""
    return [told(record, release) for release in releases for record in release.summary.get("programmes", [])]


def told(record: Record, release: Release) -> Told:
    """With periods worked out from the record where a release of older days does not hold them."""
    on = date.fromisoformat(release.summary["on"])
    periods = record["periods"] if "periods" in record else programme_periods(record, on)
    return Told(record, release, [{**each, "published": _published(record, each["period"])} for each in periods])


def _published(record: Record, period: str) -> list[dict[str, Any]]:
    """What was published of a period, the newest number first, with how many objectives are reached."""
    found = [each for each in record["measurements"] if each["period"] == period]
    return [{**each, **counts(each["objectives"])} for each in reversed(found)]


def counts(objectives: list[Record]) -> dict[str, int]:
    """Of the objectives that are public: all, those with a value, those reached."""
    states = [State(each["state"]) for each in objectives]
    return {
        "total": len(states),
        "with_value": sum(state is not State.NO_DATA for state in states),
        "reached": sum(state in REACHED for state in states),
    }
