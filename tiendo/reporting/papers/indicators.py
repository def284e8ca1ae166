"""The indicators of a plan as its version of a period prints them, for the annexes of that period's report."""

from tiendo.plans.models import ItemKind, PlanItem
from tiendo.reporting.models import Period
from tiendo.reporting.papers.workbook import IndicatorLine


def indicator_lines(period: Period) -> list[IndicatorLine]:
    """Of a closed period those of the version that stood when it closed, so that it can be written again unchanged."""
    versions = period.plan.versions.order_by("-number")
    if period.closed_at is not None:
        versions = versions.filter(created_at__lte=period.closed_at)
    version = versions.first()
    if version is None:
        return []
    return [_line(item) for item in version.items.filter(kind=ItemKind.INDICATOR_ROW).order_by("position")]


def _line(item: PlanItem) -> IndicatorLine:
    details = item.details
    target, lead = details.get("target") or {}, details.get("lead") or ()
    return IndicatorLine(
        code=item.path,
        name=item.text,
        unit_text=details.get("unit_text") or "",
        target=target.get("raw") or "",
        horizon=str(details.get("horizon") or ""),
        lead="; ".join(each.get("text") or "" for each in lead),
    )
