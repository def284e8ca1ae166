"""The indicators of a plan with their last figures, as a period's report tells them: in Vietnamese, whoever asks."""

from collections.abc import Iterable
from datetime import date
from gettext import gettext as _
from typing import Any

from tiendo.indicators.aims import line_text
from tiendo.indicators.keeping import sentences_again
from tiendo.indicators.models import Figure, Passport, TargetLine
from tiendo.indicators.picturing import series_of
from tiendo.indicators.sights import drawn_of, tracks, whole_unit
from tiendo.indicators.spans import span_of
from tiendo.indicators.speaking import speaking
from tiendo.indicators.states import STATUS_WORDS, Firmness, State, Status
from tiendo.indicators.wording import level_names
from tiendo.orgs.models import UnitKind
from tiendo.papers.charts import Series
from tiendo.plans.models import ItemKind, Plan, PlanItem
from tiendo.reporting.models import Period
from tiendo.reporting.papers.consolidation import MeasureLine
from tiendo.reporting.papers.pictures import key_measures


def measure_lines(period: Period, *, on: date) -> list[MeasureLine]:
    """Every indicator the plan sets, in its order, as accepted figures up to `on` tell it; one without is there too.

    Rows of the plan that nobody took up as an indicator stand as printed. A constant number of queries.
    """
    followed = _followed(period.plan, on)
    printed = {line.code for line in followed}
    taken = set(period.plan.indicators.filter(item__isnull=False).values_list("item__path", flat=True))
    rest = [_as_printed(item) for item in _rows(period) if item.path not in taken | printed]
    return [*followed, *rest]


def measure_charts(lines: Iterable[MeasureLine], *, on: date) -> tuple[Series, ...]:
    """The key indicators on their way to the target, as figures of the whole up to `on` tell it.

    The lines are those of the report, so that a picture never shows an indicator its table does not.
    """
    codes = [line.code for line in key_measures(lines)]
    whole = whole_unit()
    if not codes or whole is None:
        return ()
    passports = {
        passport.indicator.code: passport
        for passport in Passport.objects.in_force().filter(indicator__code__in=codes).select_related("indicator")
    }
    seen = tracks(passports.values(), Figure.objects.filter(period_end__lte=on), units=[whole])
    drawn = [
        series_of(drawn_of(passports[code]), seen[passports[code].indicator_id, whole.pk])
        for code in codes
        if code in passports
    ]
    return tuple(series for series in drawn if series.observed)


def _followed(plan: Plan, on: date) -> list[MeasureLine]:
    passports = (
        Passport.objects.in_force()
        .filter(indicator__plan=plan, indicator__retired_on=None)
        .select_related("indicator", "owner", "source")
        .order_by("indicator__position", "indicator__code")
    )
    figures = _last_figures(plan, on)
    ends = _ends(plan)
    return [_line(each, figures.get(each.indicator_id), ends.get(each.indicator_id)) for each in passports]


def _last_figures(plan: Plan, on: date) -> dict[int, Figure]:
    """The figure that spoke for the whole on the day: of a period that had ended by then."""
    rows = Figure.objects.filter(indicator__plan=plan, unit__kind=UnitKind.COMMITTEE, slice="", period_end__lte=on)
    return {row.indicator_id: row for row in speaking(rows.select_related("target")).values()}


def _ends(plan: Plan) -> dict[int, TargetLine]:
    """The last target of each: what an indicator without a figure is to reach."""
    lines = TargetLine.objects.in_force().filter(indicator__plan=plan, unit=None).exclude(purpose="baseline")
    return {line.indicator_id: line for line in lines.order_by("due_on", "-category")}


def _line(passport: Passport, figure: Figure | None, end: TargetLine | None) -> MeasureLine:
    target = (figure and figure.target) or end
    return MeasureLine(
        code=passport.indicator.code,
        name=passport.name,
        unit_text=passport.unit_text,
        target=_target(target) if target else "",
        lead=passport.owner.name if passport.owner else "",
        source=passport.source.name if passport.source else "",
        is_aspirational=passport.firmness == Firmness.ASPIRATIONAL,
        levels=level_names(passport.levels),
        **_told(figure),
    )


def _told(figure: Figure | None) -> dict[str, Any]:
    if figure is None:
        return {"state": State.NO_DATA}
    if figure.value is None:
        return {"state": State.NO_DATA, "without": _sentence(figure.no_value)}
    return {
        "state": State(figure.state),
        "span": str(span_of(figure.period).name),
        "status": STATUS_WORDS[Status(figure.status)],
        "value": figure.value.normalize(),
        "progress": figure.progress,
    }


def _target(line: TargetLine) -> str:
    words = line.printed or line_text(line)
    return f"{words} ({line.due_on:%Y})"


def _sentence(kept: Any) -> str:
    """In Vietnamese, as all of an official paper."""
    return str(sentences_again([kept])[0]) if kept else ""


def _rows(period: Period) -> Iterable[PlanItem]:
    """Of a closed period those of the version that stood when it closed."""
    versions = period.plan.versions.order_by("-number")
    if period.closed_at is not None:
        versions = versions.filter(created_at__lte=period.closed_at)
    version = versions.first()
    return version.items.filter(kind=ItemKind.INDICATOR_ROW).order_by("position") if version else ()


def _as_printed(item: PlanItem) -> MeasureLine:
    details = item.details
    target, lead = details.get("target") or {}, details.get("lead") or ()
    words = f"{target.get('raw') or ''} ({details['horizon']})" if details.get("horizon") else target.get("raw") or ""
    return MeasureLine(
        code=item.path,
        name=item.text,
        unit_text=details.get("unit_text") or "",
        target=words.strip(),
        lead="; ".join(each.get("text") or "" for each in lead),
        state=State.NO_DATA,
        without=_("chưa được theo dõi bằng số liệu"),
    )
