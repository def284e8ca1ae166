"""What the page of an indicator shows of its figures: the part that is asked for again when a value is accepted."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tiendo.indicators.aims import aim_text
from tiendo.indicators.keeping import missing_codes, sentences_again, with_names
from tiendo.indicators.models import Figure, Indicator
from tiendo.indicators.speaking import speaking
from tiendo.indicators.standing import Standing, standings, with_standing
from tiendo.orgs.models import Unit
from tiendo.ui.formats import measured_text
from tiendo.ui.saying import said
from tiendo.web.indicators.drawing import chart_of
from tiendo.web.requests import SignedInRequest


def figures_of(request: SignedInRequest, indicator: Indicator) -> dict[str, Any]:
    """Where it stands with its reasons, its way as a chart, and its parts, as far as the reader may see."""
    [row] = standings(with_standing(Indicator.objects.filter(pk=indicator.pk)), on=timezone.localdate())
    return {
        "indicator": indicator,
        "row": row,
        "passport": row.passport,
        **_told(row),
        "chart": chart_of(row.passport, request.user),
        "slices": _slices(indicator, request),
    }


def _told(row: Standing) -> dict[str, Any]:
    """Why there is no progress, the signed distance, the milestone it is measured from, and what is doubtful."""
    figure = row.figure
    if figure is None:
        return {"why": _("chưa có số liệu")}
    why = _in_words([figure.not_computable])[0] if figure.not_computable else ""
    distance = "" if figure.distance is None else measured_text(figure.distance)
    goal = figure.target
    sign = "+" if figure.distance is not None and figure.distance > 0 else ""
    text = aim_text(goal.comparator, goal.value, goal.upper) if goal else ""
    flags = _in_words(figure.flags)
    return {"why": why, "distance": f"{sign}{distance}", "goal": text, "flags": flags}


def _in_words(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The kept sentences, with parts that are missing by their names."""
    codes = missing_codes(rows)
    names = dict(Unit.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}
    return [said(each) for each in sentences_again(with_names(row, names) for row in rows)]


def _slices(indicator: Indicator, request: SignedInRequest) -> list[Figure]:
    """The figure that speaks for each part of a breakdown, as far as the reader may see."""
    rows = Figure.objects.visible_to(request.user).filter(indicator=indicator, unit__kind="committee").exclude(slice="")
    found = {row.slice: row for row in speaking(rows.select_related("target")).values()}
    return [found[name] for name in sorted(found)]
