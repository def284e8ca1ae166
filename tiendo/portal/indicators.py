"""Indicators as the public reads them: the list, one with its way to the target, and its picture for other sites."""

from functools import wraps

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tiendo.indicators.picturing import series_of
from tiendo.indicators.states import STATE_WORDS, State
from tiendo.papers import charts
from tiendo.portal.indicator_places import places_of
from tiendo.portal.indicator_words import codes_of_missing, facts, figure_row, target_row
from tiendo.portal.programmes import programmes_of
from tiendo.portal.released import page, released_now
from tiendo.portal.views import code_of, of_plan, several
from tiendo.publication.indicator_pictures import drawn_of, figures_of, track_of
from tiendo.publication.indicator_queries import counts_of, find_released_indicator, released_indicators
from tiendo.publication.models import PublishedIndicator, Release
from tiendo.publication.records import Record
from tiendo.ui.saying import said

PER_PAGE = 50


@released_now
def indicator_list(request: HttpRequest, releases: list[Release]) -> HttpResponse:
    """Every public indicator, those without a figure too; by state, by plan, by words."""
    state, plan, typed = (request.GET.get(name, "") for name in ("trang-thai", "plan", "q"))
    state = state if state in set(State) else ""
    shown = of_plan(releases, plan or None)
    rows = released_indicators(shown, q=typed[:200], state=state or None)
    counts = counts_of(shown)
    context = {
        "release": releases[0],
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "typed": typed[:200],
        "state": state,
        "states": [(code, _(STATE_WORDS[State(code)]), number) for code, number in counts["states"].items() if number],
        "total": counts["total"],
        "plans": [(code_of(each), each.summary["plan"]["title"]) for each in several(releases)],
        "plan": plan,
        "programmes": programmes_of(shown),
    }
    return page(request, "indicator_list", context)


@released_now
def indicator(request: HttpRequest, releases: list[Release], code: str) -> HttpResponse:
    """One indicator: picture, path, every period and unit, how it is measured, and where each figure comes from."""
    shown = found_or_404(releases, code)
    record = shown.data
    svg, told = picture(record)
    figures = figures_of(record)
    names = dict(shown.release.units.filter(code__in=codes_of_missing(figures)).values_list("code", "name"))
    context = {
        "release": shown.release,
        "indicator": shown,
        "record": record,
        "svg": svg,
        "told": told,
        "figures": [figure_row(figure, record, names) for figure in reversed(figures)],
        "places": places_of(shown.release, record, request.GET.get("ky", "")),
        "targets": [target_row(each) for each in record["targets"]],
        "facts": facts(record),
        "levels": record["levels"],
        "picture_url": request.build_absolute_uri(reverse("portal:indicator-chart", args=[code])),
    }
    return page(request, "indicator", context)


@released_now
def _chart(request: HttpRequest, releases: list[Release], code: str) -> HttpResponse:
    record = found_or_404(releases, code).data
    series = series_of(drawn_of(record), track_of(record), say=said)
    return HttpResponse(charts.line_chart(series, ids="c", say=_, titled=True), content_type="image/svg+xml")


@wraps(_chart)
def indicator_chart(request: HttpRequest, code: str) -> HttpResponseBase:
    """The picture alone, at an address that stays, which other sites may show."""
    response = _chart(request, code=code)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def found_or_404(releases: list[Release], code: str) -> PublishedIndicator:
    found = find_released_indicator(releases, code)
    if found is None:
        raise Http404
    return found


def picture(record: Record) -> tuple[SafeString, str]:
    """The chart of the whole and the same in words."""
    series = series_of(drawn_of(record), track_of(record), say=said)
    svg = charts.line_chart(series, ids="chart", say=_)
    return mark_safe(svg), charts.text_of(series, say=_)  # noqa: S308 - the charts escape every word they are given
