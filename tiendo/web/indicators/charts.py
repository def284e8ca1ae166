"""An indicator of one unit, and by unit side by side: as the units are today, or under the names of then."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from tiendo.indicators.models import Figure, Indicator, Passport
from tiendo.indicators.sights import drawn_of
from tiendo.indicators.spans import span_of
from tiendo.indicators.todays import Past, pasts
from tiendo.orgs.models import Unit, UnitKind, UnitQuerySet
from tiendo.ui.saying import said
from tiendo.web.indicators.drawing import chart_of, number_told, panels_of
from tiendo.web.requests import SignedInRequest

THEN = "khi-do"  # the view under the names of then, as addresses say it


@dataclass(frozen=True)
class PastRow:
    """A period before a change of units: each unit of then with its value, and the unit of today as one body."""

    unit: Unit
    period: str
    then: list[tuple[Unit, str]]
    value: str
    why: str


def indicator_unit(request: SignedInRequest, code: str, unit: str) -> HttpResponse:
    """The way of one unit: what a tile of the map and a small chart lead to; 404 where its figures are not theirs.

    A unit that is no longer in force keeps its page: its figures stay under its name.
    """
    passport = passport_in_force(request, code)
    place = get_object_or_404(units_ever_measured(passport, request), code=unit)
    before = _before(passport, [place], request)
    computable = any(each.today.value is not None for each in before)
    as_then = request.GET.get("xem", "" if computable else THEN) == THEN  # an empty picture is nobody's first view
    chart = chart_of(passport, request.user, unit=place, before=() if as_then else before)
    context = {
        "passport": passport,
        "unit": place,
        "ended": place.valid_to is not None and place.valid_to <= timezone.localdate(),
        "chart": chart,
        "as_then": as_then,
        "pasts": _told(passport, before),
    }
    return render(request, "web/indicators/indicator_unit.html", context)


def indicator_units(request: SignedInRequest, code: str) -> HttpResponse:
    """Every unit measured, each with its small chart on one scale; then the periods from before changes of units."""
    passport = passport_in_force(request, code)
    units = list(units_measured(passport, request))
    before = _before(passport, units, request)
    panels = panels_of(passport, request.user, units, before)
    periods = list(dict.fromkeys(each.period for each in before))
    asked = request.GET.get("ky", "")
    period = asked if asked in periods else next(iter(periods), "")
    context = {
        "passport": passport,
        "chart": panels,
        "pasts": _told(passport, [each for each in before if each.period == period]),
        "periods": [(each, said(span_of(each).name), each == period) for each in periods],
    }
    return render(request, "web/indicators/indicator_units.html", context)


def passport_in_force(request: SignedInRequest, code: str) -> Passport:
    """The passport in force of an indicator this person may read about; 404 otherwise."""
    readable = Indicator.objects.visible_to(request.user)
    passports = Passport.objects.in_force().select_related("indicator", "owner").filter(indicator__in=readable)
    return get_object_or_404(passports, indicator__code=code)


def units_measured(passport: Passport, request: SignedInRequest) -> UnitQuerySet:
    """Units in force whose values are entered, by name: all for those who steer, inspect or own, else one's own."""
    return units_ever_measured(passport, request).in_force(timezone.localdate())


def units_ever_measured(passport: Passport, request: SignedInRequest) -> UnitQuerySet:
    """The same, with those that ended: their figures are read by whoever answers for them."""
    units = Unit.objects.standing().filter(kind__in=passport.measured_kinds).exclude(kind=UnitKind.COMMITTEE)
    access = request.user.access
    owns = passport.owner_id in access.held_unit_ids
    readable = units if access.reads_everything or owns else units.filter(pk__in=access.held_unit_ids)
    return readable.order_by("sort_key", "pk")


def _before(passport: Passport, units: list[Unit], request: SignedInRequest) -> list[Past]:
    return pasts(passport, units, Figure.objects.visible_to(request.user), on=timezone.localdate())


def _told(passport: Passport, before: list[Past]) -> list[PastRow]:
    drawn = drawn_of(passport)
    return [
        PastRow(
            each.unit,
            said(span_of(each.period).name),
            [(unit, number_told(value, drawn)) for unit, value in each.then],
            number_told(each.today.value, drawn),
            said(each.today.why) if each.today.why else "",
        )
        for each in before
    ]
