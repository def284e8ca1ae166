"""An indicator over the land."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tiendo.indicators.models import Figure, Passport
from tiendo.indicators.models.observations import FigureQuerySet
from tiendo.indicators.spans import span_of
from tiendo.indicators.states import State
from tiendo.orgs.models import Unit, UnitKind
from tiendo.ui.saying import said
from tiendo.web.indicators.charts import passport_in_force, units_measured
from tiendo.web.indicators.drawing import map_of
from tiendo.web.requests import SignedInRequest

MOST_PERIODS = 24  # offered in the list; older ones are in the open address


def indicator_map(request: SignedInRequest, code: str) -> HttpResponse:
    """The map of one period, the newest that says something unless another is asked for, with the list beside it."""
    passport = passport_in_force(request, code)
    units = list(units_measured(passport, request).filter(kind__in=(UnitKind.COMMUNE, UnitKind.DISTRICT)))
    periods = _periods(passport, request, units)
    asked = request.GET.get("ky", "")
    period = asked if asked in periods else _newest_told(passport, request, units) or next(iter(periods), "")
    address = {unit.pk: reverse("indicators:indicator-unit", args=[code, unit.code]) for unit in units}
    context = {
        "passport": passport,
        "periods": [(each, said(span_of(each).name), each == period) for each in periods],
        "period": said(span_of(period).name) if period else "",
        "map": map_of(passport, request.user, units, period, address) if period and units else None,
    }
    return render(request, "web/indicators/indicator_map.html", context)


def _periods(passport: Passport, request: SignedInRequest, units: list[Unit]) -> list[str]:
    """Periods with a figure of these units that this person may see, newest first."""
    codes = _newest_first(passport, request, units).values_list("period", flat=True).distinct()
    return list(dict.fromkeys(codes))[:MOST_PERIODS]


def _newest_told(passport: Passport, request: SignedInRequest, units: list[Unit]) -> str:
    """The newest period in which a unit stands against its target; a year under way stands against nothing yet."""
    judged = _newest_first(passport, request, units).exclude(state=State.NO_DATA)
    return judged.values_list("period", flat=True).first() or ""


def _newest_first(passport: Passport, request: SignedInRequest, units: list[Unit]) -> FigureQuerySet:
    figures = Figure.objects.visible_to(request.user).filter(
        indicator=passport.indicator_id, slice="", unit__in=[unit.pk for unit in units]
    )
    return figures.order_by("-period_end", "period")
