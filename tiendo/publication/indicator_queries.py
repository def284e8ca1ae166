"""Reads of public indicators, shared by the portal and the open API."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from tiendo.indicators.models import Passport
from tiendo.plans.finding import holding_all, words_of
from tiendo.publication.models import PublishedIndicator, Release

IN_ORDER = ("-release__data_as_of", "-release__number", "position")


def released_indicators(
    releases: Iterable[Release], *, q: str = "", state: str | None = None, plan: str | None = None
) -> QuerySet[PublishedIndicator]:
    """Indicators of the releases that answer every part of the question, plan by plan in the plan's order."""
    exact = {"state": state, "release__plan__code": plan}
    rows = PublishedIndicator.objects.filter(release__in=releases).order_by(*IN_ORDER)
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    return holding_all(rows, words_of(q))


def find_released_indicator(releases: Iterable[Release], code: str) -> PublishedIndicator | None:
    """One indicator as the newest of the releases that has it tells it."""
    rows = PublishedIndicator.objects.filter(release__in=releases, code=code)
    return rows.select_related("release").order_by(*IN_ORDER).first()


def releases_naming_indicator(code: str) -> list[Release]:
    """Approved releases that hold the indicator, newest first."""
    named = Release.objects.approved().filter(indicators__code=code).select_related("plan")
    return list(named.order_by("-data_as_of", "-number"))


def names_hidden_indicator(release: Release) -> bool:
    """Whether an indicator whose figures may no longer be public stands in the snapshot."""
    hidden = Passport.objects.in_force().filter(is_public=False)
    return release.indicators.filter(code__in=hidden.values("indicator__code")).exists()


def counts_of(releases: Iterable[Release]) -> dict[str, Any]:
    """The numbers of the first page over all releases; one from before indicators were published has none."""
    total, states = 0, dict[str, int]()
    for release in releases:
        told = release.summary.get("indicators") or {"total": 0, "states": {}}
        total += told["total"]
        for state, number in told["states"].items():
            states[state] = states.get(state, 0) + number
    return {"total": total, "states": states}
