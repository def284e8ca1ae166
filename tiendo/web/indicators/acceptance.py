"""Xác nhận số liệu: what waits, with its warnings; clean lines in bulk, others one by one; and one cell's ledger."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.indicators.actions.observing import (
    Decided,
    Evidence,
    NotTaken,
    accept_observations,
    record_observation,
    return_observation,
)
from tiendo.indicators.keeping import sentences_again
from tiendo.indicators.ledger import cell_lines, last_values, recording_units, sources_for, waiting
from tiendo.indicators.models import Observation, Passport, Source
from tiendo.indicators.permissions import can_accept_value, can_open_queue, can_record_value
from tiendo.indicators.spans import span_of
from tiendo.orgs.models import Unit
from tiendo.plans.files import RefusedFile
from tiendo.ui.saying import said
from tiendo.ui.typed import whole_number
from tiendo.web.indicators.values import choices, has_final
from tiendo.web.requests import SignedInRequest

PAGE = 50


class LineForm(forms.Form):
    """The next line of a cell, with the paper that backs it."""

    source = forms.ModelChoiceField(
        label=gettext_lazy("Nguồn"), queryset=Source.objects.none(), to_field_name="code", empty_label=None
    )
    status = forms.ChoiceField(label=gettext_lazy("Loại số liệu"))
    value = forms.CharField(
        label=gettext_lazy("Giá trị"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Ví dụ 45,5 hoặc 1.250.000."),
    )
    no_value = forms.ChoiceField(label=gettext_lazy("Lý do không có số liệu"), required=False)
    part = forms.CharField(label=gettext_lazy("Phân tổ"), required=False, max_length=200)
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Số điều chỉnh thì ghi rõ lý do."),
    )
    evidence = forms.FileField(label=gettext_lazy("Minh chứng"), required=False)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = choices()
        self.fields["source"].queryset = sources_for(by)  # type: ignore[attr-defined]
        self.fields["status"].choices = told["statuses"]  # type: ignore[attr-defined]
        self.fields["no_value"].choices = [("", "—"), *told["reasons"]]  # type: ignore[attr-defined]


def in_words(lines: Sequence[Observation]) -> list[tuple[Observation, str, str]]:
    """Each line with what its indicator is called now and its period as people say it, in one query."""
    passports = Passport.objects.in_force().filter(indicator__in={line.indicator_id for line in lines})
    names = dict(passports.values_list("indicator", "name"))
    return [(line, names.get(line.indicator_id, ""), said(span_of(line.period).name)) for line in lines]


@require_GET
def value_queue(request: SignedInRequest) -> HttpResponse:
    """Lines this person could accept: clean ones to tick, doubtful ones with their warnings."""
    require(can_open_queue(request.user))
    lines = waiting(request.user)
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    before = last_values(shown)
    rows = [
        (line, name, period, before.get(line.pk), sentences_again(line.warnings))
        for line, name, period in in_words(shown)
    ]
    context = {"page": page, "rows": rows, "clean": sum(not line.warnings for line in shown)}
    return render(request, "web/indicators/value_queue.html", context)


@require_POST
def value_accept(request: SignedInRequest) -> HttpResponse:
    """Accept the ticked lines, or the one whose warnings were looked at."""
    one = request.POST.get("mot", "")
    asked = [one] if one else request.POST.getlist("dong")
    chosen = [pk for each in asked if (pk := whole_number(each)) is not None]
    lines = Observation.objects.visible_to(request.user).filter(pk__in=chosen).values_list("pk", flat=True).distinct()
    if chosen and not lines:
        raise Http404
    try:
        found = accept_observations(observations=list(lines), by=request.user, at=timezone.now(), doubtful=bool(one))
    except Decided as error:
        messages.error(request, said(error))
        return _back(request)
    n = len(found.accepted)
    messages.success(request, ngettext("Đã xác nhận %(n)d số liệu.", "Đã xác nhận %(n)d số liệu.", n) % {"n": n})
    for _pk, why in found.left:
        messages.warning(request, said(why))
    return _back(request)


@require_POST
def value_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send a line back with a reason."""
    line = get_object_or_404(Observation.objects.visible_to(request.user).distinct(), pk=pk)
    try:
        return_observation(observation=line, reason=request.POST.get("reason", ""), by=request.user, at=timezone.now())
    except (Decided, NotTaken) as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã trả lại số liệu kèm lý do."))
    return _back(request)


@require_http_methods(["GET", "POST"])
def value_ledger(request: SignedInRequest, code: str, unit: str, period: str) -> HttpResponse:
    """Every line of a cell: who, when, from where, with which paper; and the next line."""
    passport, place, lines = _cell(request, code, unit, period)
    may_record = can_record_value(request.user, passport, place.pk)
    start = {"status": "revised" if has_final(lines) else "official", "source": _source_meant(lines)}
    form = LineForm(request.POST or None, request.FILES or None, initial=start, by=request.user) if may_record else None
    status = 200
    if request.method == "POST":
        require(may_record)
        status = 422
        if form is not None and form.is_valid() and _record(request, form, passport, place, period):
            return redirect("indicators:value-ledger", code, unit, period)
    shown = [(line, sentences_again(line.warnings), can_accept_value(request.user, passport, line)) for line in lines]
    context = {
        "passport": passport,
        "unit": place,
        "span": span_of(period),
        "lines": shown,
        "form": form,
        "has_final": has_final(lines),
    }
    return render(request, "web/indicators/value_ledger.html", context, status=status)


def _cell(request: SignedInRequest, code: str, unit: str, period: str) -> tuple[Passport, Unit, list[Observation]]:
    """The cell, when this person reads its lines or may add to them; 404 otherwise."""
    passport = get_object_or_404(Passport.objects.in_force().select_related("indicator", "owner"), indicator__code=code)
    place = get_object_or_404(Unit, code=unit)
    try:
        span_of(period)
    except ValueError:
        raise Http404 from None
    lines = cell_lines(request.user, code=code, unit=unit, period=period)
    recording = recording_units(request.user, on=timezone.localdate())
    if not lines and not recording.filter(pk=place.pk).exists():
        raise Http404
    return passport, place, lines


def _source_meant(lines: list[Observation]) -> str | None:
    """Code of the source whose line counts now, or of the newest: each source has an order of its own, and what
    follows an official value follows it in the same one."""
    line = next((line for line in lines if line.is_current), lines[0] if lines else None)
    return line.source.code if line else None


def _record(request: SignedInRequest, form: LineForm, passport: Passport, unit: Unit, period: str) -> bool:
    """Whether the line was written; what speaks against it stands at the form."""
    data = dict(form.cleaned_data)
    upload = data.pop("evidence")
    paper = Evidence(upload.read(), upload.name or "") if upload else None
    where: dict[str, Any] = {"indicator": passport.indicator, "unit": unit, "period": period, "evidence": paper}
    try:
        record_observation(**where, **data, by=request.user, at=timezone.now())
    except NotTaken as refused:
        for sentence in refused.sentences:
            form.add_error(None, said(sentence))
        return False
    except RefusedFile as refused:
        form.add_error("evidence", said(refused))
        return False
    messages.success(request, _("Đã ghi số liệu, chờ xác nhận."))
    return True


def _back(request: SignedInRequest) -> HttpResponse:
    """To the page the act was done on."""
    asked = request.POST.get("ve", "")
    if asked and url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure()):
        return redirect(asked)
    return redirect("indicators:value-queue")
