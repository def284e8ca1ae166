"""Figures of an indicator made again, after its passport or its targets said something new."""

from datetime import datetime

from django.db.models import Q

from tiendo.indicators.actions.refreshing import Cell, refresh
from tiendo.indicators.formulas import read_formula
from tiendo.indicators.models import Figure, Indicator, Observation


def remake(indicator: Indicator, *, at: datetime) -> None:
    """Each of its cells once more, also those that a new formula makes possible; what depends on them follows."""
    passport = indicator.passports.in_force().get()
    codes = read_formula(passport.expression).codes if passport.expression else ()
    parts = [passport.numerator_id, passport.denominator_id, passport.weight_id]
    own = Figure.objects.filter(indicator=indicator), Observation.objects.current().filter(indicator=indicator)
    inputs = Figure.objects.filter(Q(indicator__code__in=codes) | Q(indicator__in=[each for each in parts if each]))
    places = {place for rows in (*own, inputs) for place in rows.values_list("unit_id", "period", "slice")}
    refresh([Cell(indicator.pk, *place) for place in sorted(places)], at=at)
