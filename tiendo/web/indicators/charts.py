"""An indicator of one unit, and by unit side by side."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from tiendo.indicators.models import Indicator, Passport
from tiendo.orgs.models import Unit, UnitKind, UnitQuerySet
from tiendo.web.indicators.drawing import chart_of, panels_of
from tiendo.web.requests import SignedInRequest


def indicator_unit(request: SignedInRequest, code: str, unit: str) -> HttpResponse:
    """The way of one unit: what a tile of the map and a small chart lead to; 404 where its figures are not theirs."""
    passport = passport_in_force(request, code)
    place = get_object_or_404(units_measured(passport, request), code=unit)
    chart = chart_of(passport, request.user, unit=place)
    context = {"passport": passport, "unit": place, "chart": chart}
    return render(request, "web/indicators/indicator_unit.html", context)


def indicator_units(request: SignedInRequest, code: str) -> HttpResponse:
    """Every unit measured, each with its small chart on one scale."""
    passport = passport_in_force(request, code)
    panels = panels_of(passport, request.user, list(units_measured(passport, request)))
    return render(request, "web/indicators/indicator_units.html", {"passport": passport, "chart": panels})


def passport_in_force(request: SignedInRequest, code: str) -> Passport:
    """The passport in force of an indicator this person may read about; 404 otherwise."""
    readable = Indicator.objects.visible_to(request.user)
    passports = Passport.objects.in_force().select_related("indicator", "owner").filter(indicator__in=readable)
    return get_object_or_404(passports, indicator__code=code)


def units_measured(passport: Passport, request: SignedInRequest) -> UnitQuerySet:
    """Units whose values are entered, by name: all of them for those who steer, inspect or own, else one's own."""
    units = (
        Unit.objects.standing()
        .filter(kind__in=passport.measured_kinds, valid_to=None)
        .exclude(kind=UnitKind.COMMITTEE)
        .order_by("sort_key", "pk")
    )
    access = request.user.access
    owns = passport.owner_id in access.held_unit_ids
    return units if access.reads_everything or owns else units.filter(pk__in=access.held_unit_ids)
