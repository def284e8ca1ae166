"""Who reports on time: by unit, by period, and the way it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from tiendo.orgs.models import Unit, UnitKind
from tiendo.reporting.models import Duty, Period
from tiendo.reporting.timeliness import Tally, Turn, tally, trend, turn
from tiendo.web.requests import SignedInRequest

PERIODS = 8
LEVELS = {"so": (UnitKind.DEPARTMENT, _("Sở, ban, ngành")), "xa": (UnitKind.COMMUNE, _("UBND xã, phường"))}


@dataclass(frozen=True)
class UnitRow:
    """A unit and how it sent each of the periods shown; None where it owed nothing."""

    unit: Unit
    turns: Sequence[tuple[Period, Turn | None]]

    @property
    def tally(self) -> Tally:
        return tally(turn for _period, turn in self.turns if turn)


@require_GET
def timeliness(request: SignedInRequest) -> HttpResponse:
    """The last periods side by side, the least punctual unit on top; a unit sees its own row."""
    now, level = timezone.now(), request.GET.get("cap", "")
    opened = Period.objects.visible_to(request.user).exclude(opened_at=None).order_by("-due_at", "-pk")
    opened = opened.exclude(programme_entry__cancelled_at__isnull=False)  # nobody owed these after all
    periods = list(opened[:PERIODS])[::-1]
    duties = Duty.objects.visible_to(request.user).filter(period__in=periods).select_related("unit")
    if level in LEVELS:
        duties = duties.filter(unit__kind=LEVELS[level][0])
    found = {(duty.unit, duty.period_id): turn(duty.first_sent_at, duty.due_at, at=now) for duty in duties}
    units = {unit for unit, _pk in found}
    rows = [UnitRow(unit, [(period, found.get((unit, period.pk))) for period in periods]) for unit in units]
    columns = [(period, tally(t for (_, pk), t in found.items() if pk == period.pk)) for period in periods]
    context = {
        "rows": sorted(rows, key=_punctuality),
        "columns": columns,
        "all": tally(found.values()),
        "trend": trend([of_period.rate for _, of_period in columns if of_period.judged and not of_period.pending]),
        "tabs": _tabs(level),
    }
    return render(request, "web/reporting/timeliness.html", context)


def _tabs(level: str) -> list[tuple[object, str, bool, None]]:
    named = [(words, f"?cap={code}", code == level, None) for code, (_kind, words) in LEVELS.items()]
    return [(_("Tất cả"), "?", level not in LEVELS, None), *named]


def _punctuality(row: UnitRow) -> tuple[Decimal, int, str]:
    rate = row.tally.rate
    return Decimal(101) if rate is None else rate, -row.tally.missing, row.unit.sort_key
