"""Số liệu cần nhập: what a unit owes, many values of a period in one form, and the ledger of one cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tiendo.indicators.actions.delivering import PageFaults, deliver_rows
from tiendo.indicators.actions.sources import open_own_source
from tiendo.indicators.checking import NO_VALUES
from tiendo.indicators.delivery import Row, row_of
from tiendo.indicators.ledger import EntryCell, entry_cells, periods_of, recording_units, span_or_none
from tiendo.indicators.models import Batch, Observation
from tiendo.indicators.permissions import can_open_queue, can_see_sources
from tiendo.indicators.states import STATUS_WORDS, Status
from tiendo.orgs.models import Unit
from tiendo.orgs.queries import unit_holding
from tiendo.plans.storage import read_file
from tiendo.ui.formats import number_text
from tiendo.web.requests import SignedInRequest

TYPED = ("value", "status", "no_value", "note")


@dataclass(frozen=True)
class EntryRow:
    """A cell in the form: what stands in its fields, and what is wrong with it."""

    number: int
    cell: EntryCell
    typed: Mapping[str, str]
    errors: Sequence[str] = field(default_factory=list)

    @property
    def row(self) -> Row:
        cell = self.cell
        place = {"indicator": cell.passport.indicator.code, "unit": cell.unit.code, "period": cell.span.code}
        return row_of(self.number, {**place, "slice": cell.slice, **self.typed})


@require_GET
def value_due(request: SignedInRequest) -> HttpResponse:
    """What this person's units have to enter, period by period, missing ones on top."""
    own, today = request.user.access.held_unit_ids, timezone.localdate()
    units = sorted(recording_units(request.user, on=today), key=lambda each: (each.pk not in own, bool(each.valid_to)))
    unit = next((each for each in units if each.code == request.GET.get("don-vi")), units[0] if units else None)
    periods = periods_of(entry_cells(request.user, unit, on=today), on=today) if unit else []
    context = {
        "units": units,
        "unit": unit,
        "open": [each for each in periods if each.open or each.returned],
        "rest": [each for each in periods if not (each.open or each.returned)],
        "missing": sum(each.missing for each in periods),
        "may_accept": can_open_queue(request.user),
        "may_see_sources": can_see_sources(request.user),
    }
    return render(request, "web/indicators/value_due.html", context)


@require_http_methods(["GET", "POST"])
def value_enter(request: SignedInRequest, unit: str, period: str) -> HttpResponse:
    """One form for the values of a unit and a period; saved whole, waiting for acceptance."""
    place, cells = _cells(request, unit, period)
    rows = [EntryRow(number, cell, _start(cell)) for number, cell in enumerate(cells, 1)]
    if request.method == "POST":
        rows = [EntryRow(row.number, row.cell, _typed(request.POST, row.number)) for row in rows]
        try:
            return _saved(request, place, rows)
        except PageFaults as faults:
            rows = [EntryRow(row.number, row.cell, row.typed, faults.faults.get(row.number, ())) for row in rows]
    wrong = [row for row in rows if row.errors]
    context = {"unit": place, "span": cells[0].span, "rows": rows, "wrong": wrong, **choices()}
    return render(request, "web/indicators/value_enter.html", context, status=422 if wrong else 200)


@require_GET
def value_evidence(request: SignedInRequest, pk: int) -> HttpResponse:
    """The paper behind a value, always as an attachment."""
    lines = Observation.objects.visible_to(request.user).distinct().select_related("evidence")
    line = get_object_or_404(lines, pk=pk)
    if line.evidence is None:
        raise Http404
    response = HttpResponse(read_file(line.evidence), content_type=line.evidence.media_type)
    name = line.evidence_name or "minh-chung"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def choices() -> dict[str, Any]:
    """What may be chosen in every row."""
    return {
        "statuses": [(status.value, _(words)) for status, words in STATUS_WORDS.items()],
        "reasons": [(code, _(words)) for code, words in NO_VALUES.items()],
    }


def _cells(request: SignedInRequest, unit: str, period: str) -> tuple[Unit, list[EntryCell]]:
    place = get_object_or_404(recording_units(request.user, on=timezone.localdate()), code=unit)
    span = span_or_none(period)
    cells = entry_cells(request.user, place, on=timezone.localdate(), period=period) if span else []
    if not cells:
        raise Http404
    return place, cells


def _start(cell: EntryCell) -> dict[str, str]:
    """What stands in the fields before anything is typed."""
    line = cell.shown
    value = number_text(line.value).replace(".", "") if line is not None and line.value is not None else ""
    reason = (line.no_value or "") if line is not None else ""
    note = line.note if line is not None and cell.is_pending else ""
    return {"value": value, "status": cell.status.value, "no_value": reason, "note": note}


def _typed(posted: QueryDict, number: int) -> dict[str, str]:
    return {name: posted.get(f"{name}-{number}", "").strip() for name in TYPED}


def _saved(request: SignedInRequest, unit: Unit, rows: Sequence[EntryRow]) -> HttpResponse:
    at = timezone.now()
    source = open_own_source(unit=_reporter(request, unit, rows), by=request.user, at=at)
    given = [row.row for row in rows]
    batch = deliver_rows(source=source, rows=given, form=Batch.Form.PAGE, by=request.user, at=at).batch
    doubtful = sum(bool(line.warnings) for line in batch.observations.all())
    words = _("Đã ghi %(n)d số liệu, chờ xác nhận.") % {"n": batch.taken_count}
    messages.success(request, words if batch.taken_count else _("Không có gì mới để ghi."))
    if doubtful:
        messages.warning(request, _("%(n)d số liệu có cảnh báo, người xác nhận sẽ xem lại.") % {"n": doubtful})
    target = redirect("indicators:value-due")
    target["Location"] += f"?don-vi={unit.code}"
    return target


def _reporter(request: SignedInRequest, unit: Unit, rows: Sequence[EntryRow]) -> Unit:
    """Whose report it is: the unit's own, or that of the owner where somebody enters for the whole.

    The owner is who answered for the indicator on the last day of the period: what follows in a cell keeps its source.
    """
    held = request.user.access.held_unit_ids
    if unit.pk in held:
        return unit
    owned = [(row.cell.passport.owner, row.cell.span) for row in rows if row.cell.passport.owner_id in held]
    found = [unit_holding(owner, on=span.last_day) for owner, span in owned[:1] if owner is not None]
    return next(iter(found), unit)


def has_final(lines: Sequence[Observation]) -> bool:
    """Whether an official value was accepted among them."""
    final = {Status.OFFICIAL.value, Status.REVISED.value}
    return any(line.standing == "accepted" and line.status in final for line in lines)
