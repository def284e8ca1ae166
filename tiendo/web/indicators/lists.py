"""The list of indicators, and the units below the threshold of one."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from tiendo.indicators.below import below, measured_by_unit, periods, units_of
from tiendo.indicators.models import Figure, Passport
from tiendo.indicators.permissions import can_define_indicators
from tiendo.indicators.spans import span_of
from tiendo.indicators.standing import standings, state_counts
from tiendo.indicators.states import State
from tiendo.web.indicators.filters import FIRMNESS, STATES, IndicatorFilter
from tiendo.web.requests import SignedInRequest

PAGE = 25
TONES = {State.NOT_MET: "danger", State.ON_TRACK: "accent", State.MET: "accent", State.EXCEEDED: "accent"}


@require_GET
def indicator_list(request: SignedInRequest) -> HttpResponse:
    """Indicators in use with where each stands; each number above the list opens the rows it counts."""
    form = IndicatorFilter(request.GET, user=request.user)
    page = Paginator(form.narrow(), PAGE).get_page(request.GET.get("page"))
    counts = state_counts(form.narrow(state=False))
    rows = standings(page.object_list, on=timezone.localdate())
    context = {
        "form": form,
        "page": page,
        "groups": [(words, [row for row in rows if row.passport.firmness == kind]) for kind, words in FIRMNESS],
        "counts": [(code, words, counts.get(code, 0), TONES.get(State(code), "")) for code, words in STATES],
        "may_define": can_define_indicators(request.user),
    }
    return render(request, "web/indicators/indicator_list.html", context)


@require_GET
def below_list(request: SignedInRequest) -> HttpResponse:
    """Units that do not reach the threshold of an indicator measured unit by unit; a unit sees itself alone."""
    offered = measured_by_unit()
    passport = next((each for each in offered if each.indicator.code == request.GET.get("chi-tieu")), None)
    passport = passport or next(iter(offered), None)
    context: dict[str, object] = {"offered": offered, "passport": passport}
    if passport is not None:
        figures = Figure.objects.visible_to(request.user)
        known = periods(passport, figures)
        asked = request.GET.get("ky", "")
        period = asked if asked in known else next(iter(known), "")
        end = span_of(period).last_day if period else timezone.localdate()
        units = units_of(passport, _own(request, passport), on=end)
        context |= {
            "periods": [(code, span_of(code).name) for code in known],
            "period": period,
            "found": below(passport, figures, units, period) if period else None,
        }
    return render(request, "web/indicators/below_list.html", context)


def _own(request: SignedInRequest, passport: Passport) -> frozenset[int] | None:
    """Units of the reader; None for whoever sees all of them."""
    access = request.user.access
    return None if access.reads_everything or passport.owner_id in access.held_unit_ids else access.held_unit_ids
