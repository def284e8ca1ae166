"""Lần gửi số liệu: files handed in, what became of each row, rows put aside mended or dropped."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.indicators.actions.asides import drop_aside, mend_aside
from tiendo.indicators.actions.delivering import deliver_file
from tiendo.indicators.actions.observing import Decided, NotTaken
from tiendo.indicators.checking import NO_VALUES
from tiendo.indicators.delivery import FIELDS, HEADINGS
from tiendo.indicators.keeping import sentences_again
from tiendo.indicators.ledger import EntryCell, entry_cells, recording_units, sources_for
from tiendo.indicators.models import Batch, PutAside, Source
from tiendo.indicators.permissions import can_deliver, can_open_queue, can_resolve_aside, can_see_sources
from tiendo.indicators.sheets import TemplateRow, write_template
from tiendo.papers.wording import ILLUSTRATIVE_NOTE
from tiendo.plans.files import MEDIA_TYPES, RefusedFile, too_large
from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.ui.context import is_illustrative
from tiendo.ui.saying import said
from tiendo.web.indicators.acceptance import in_words
from tiendo.web.requests import SignedInRequest

PAGE = 25


class SheetForm(forms.Form):
    """A filled workbook or a CSV file, and the source it comes from."""

    source = forms.ModelChoiceField(
        label=gettext_lazy("Nguồn"), queryset=Source.objects.none(), to_field_name="code", empty_label=None
    )
    file = forms.FileField(
        label=gettext_lazy("Tệp số liệu"),
        help_text=gettext_lazy("Tệp .xlsx tải từ trang này hoặc .csv có cùng các cột; tối đa 20 MB."),
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources_for(by)  # type: ignore[attr-defined]


class MendForm(forms.Form):
    """The cells of a row as they came, to be put right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            self.fields[name] = forms.CharField(label=_(HEADINGS[name]), required=False, max_length=2000)


@require_http_methods(["GET", "POST"])
def batch_list(request: SignedInRequest) -> HttpResponse:
    """Deliveries one may see, and the place where a file is handed in."""
    require(can_see_sources(request.user))
    units = list(recording_units(request.user, on=timezone.localdate()))
    form = SheetForm(request.POST or None, request.FILES or None, by=request.user) if units else None
    status = 200
    if request.method == "POST":
        require(can_deliver(request.user))
        status = 422
        if form is not None and form.is_valid() and (batch := _received(request, form)):
            return redirect("indicators:batch-detail", batch.pk)
    batches = Batch.objects.visible_to(request.user).select_related("source", "received_from")
    page = Paginator(batches, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "units": units, "page": page, "may_accept": can_open_queue(request.user)}
    return render(request, "web/indicators/batch_list.html", context, status=status)


@require_GET
def batch_template(request: SignedInRequest, unit: str) -> HttpResponse:
    """The workbook to fill in: one row for each value open or due for a unit, prefilled with what is known."""
    place = get_object_or_404(recording_units(request.user, on=timezone.localdate()), code=unit)
    cells = entry_cells(request.user, place, on=timezone.localdate())
    rows = [_row(cell) for cell in cells if cell.line is None or cell.is_pending or cell.shown is None]
    note = ILLUSTRATIVE_NOTE if is_illustrative() else ""
    data = write_template(rows, made_at=timezone.now(), title=f"Số liệu chỉ tiêu – {place.name}", note=note)
    response = HttpResponse(data, content_type=MEDIA_TYPES["xlsx"])
    response["Content-Disposition"] = content_disposition_header(True, f"so-lieu-{place.code}.xlsx") or "attachment"
    return response


@require_GET
def batch_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What became of each row of a delivery."""
    batches = Batch.objects.visible_to(request.user).select_related("source", "received_from")
    batch = get_object_or_404(batches, pk=pk)
    asides = batch.asides.select_related("resolved_by", "batch")
    rows = [(aside, _cells(aside), sentences_again(aside.reasons)) for aside in asides]
    lines = batch.observations.select_related("indicator", "unit").order_by("pk")
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "rows": rows,
        "page": page,
        "lines": in_words(list(page)),
        "open": sum(aside.outcome is None for aside in asides),
    }
    return render(request, "web/indicators/batch_detail.html", context)


@require_http_methods(["GET", "POST"])
def aside_mend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a row right; it goes in like any other."""
    aside = _aside(request, pk)
    require(can_resolve_aside(request.user, aside))
    start = {name: _words(name, aside.raw.get(name, "")) for name in FIELDS}
    if aside.raw.get("strict"):
        start["value"] = start["value"].replace(".", ",")  # a program's decimal point, as people write it
    form = MendForm(request.POST or None, initial=start)
    status = 200
    if request.method == "POST" and form.is_valid():
        status = 422
        if _mended(request, form, aside):
            return redirect("indicators:batch-detail", aside.batch_id)
    context = {"aside": aside, "form": form, "reasons": sentences_again(aside.reasons)}
    return render(request, "web/indicators/aside_mend.html", context, status=status)


@require_POST
def aside_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Leave a row out, with a reason."""
    aside = _aside(request, pk)
    try:
        drop_aside(aside=aside, reason=request.POST.get("reason", ""), by=request.user, at=timezone.now())
    except (Decided, NotTaken) as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã bỏ dòng này; lý do được giữ lại."))
    return redirect("indicators:batch-detail", aside.batch_id)


def _aside(request: SignedInRequest, pk: int) -> PutAside:
    asides = PutAside.objects.filter(batch__in=Batch.objects.visible_to(request.user))
    return get_object_or_404(asides.select_related("batch__source", "batch__received_from"), pk=pk)


def _received(request: SignedInRequest, form: SheetForm) -> Batch | None:
    """The batch; None when the file was refused, which then stands at its field."""
    upload = form.cleaned_data["file"]
    try:
        if (upload.size or 0) > settings.TIENDO_MAX_UPLOAD_BYTES:
            raise RefusedFile(too_large(settings.TIENDO_MAX_UPLOAD_BYTES))  # before it is read into memory
        given = {"source": form.cleaned_data["source"], "data": upload.read(), "name": upload.name or ""}
        return deliver_file(**given, by=request.user, at=timezone.now()).batch
    except (RefusedFile, Unreadable) as refusal:
        form.add_error("file", said(refusal))
        return None


def _mended(request: SignedInRequest, form: MendForm, aside: PutAside) -> bool:
    try:
        mend_aside(aside=aside, cells=form.cleaned_data, by=request.user, at=timezone.now())
    except NotTaken as refused:
        for sentence in refused.sentences:
            form.add_error(None, said(sentence))
        return False
    except Decided as error:
        messages.error(request, said(error))
        return True
    messages.success(request, _("Đã nhận dòng này vào sổ, chờ xác nhận."))
    return True


def _row(cell: EntryCell) -> TemplateRow:
    passport, line = cell.passport, cell.shown
    return TemplateRow(
        indicator=passport.indicator.code,
        name=passport.name,
        measured_in=passport.unit_text,
        unit=cell.unit.code,
        unit_name=cell.unit.name,
        period=cell.span.code,
        slice=cell.slice,
        before=cell.before.value if cell.before else None,
        status=cell.status,
        value=line.value if line else None,
        no_value=line.no_value if line else None,
        note=line.note if line else "",
    )


def _cells(aside: PutAside) -> list[tuple[str, str]]:
    """The cells of a row put aside, each under its heading."""
    return [(_(HEADINGS[name]), _words(name, aside.raw[name])) for name in FIELDS if name in aside.raw]


def _words(name: str, text: str) -> str:
    """A code of a reason as its words."""
    return _(NO_VALUES[text]) if name == "no_value" and text in NO_VALUES else str(text)
