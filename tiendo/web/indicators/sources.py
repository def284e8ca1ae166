"""Nguồn số liệu: where values come from, how good each source is and which way its estimates lean."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.indicators.actions.sources import add_source, correct_source, retire_source
from tiendo.indicators.bias import LEAN_WORDS, LEAST
from tiendo.indicators.models import Source
from tiendo.indicators.permissions import can_keep_sources, can_open_queue, can_see_sources
from tiendo.indicators.source_record import DAYS, biases, qualities
from tiendo.orgs.models import Unit
from tiendo.ui.stamps import carried
from tiendo.web.accounts.forms import attempt
from tiendo.web.requests import SignedInRequest


class SourceForm(forms.Form):
    """What a source is called, what it is, who keeps it."""

    code = forms.SlugField(
        label=gettext_lazy("Mã nguồn"), max_length=40, help_text=gettext_lazy("Chữ thường, số và gạch nối; không đổi.")
    )
    name = forms.CharField(label=gettext_lazy("Tên nguồn"), max_length=300)
    kind = forms.ChoiceField(label=gettext_lazy("Loại nguồn"), choices=Source.Kind.choices)
    keeper = forms.ModelChoiceField(
        label=gettext_lazy("Đơn vị giữ"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("— không của riêng đơn vị nào —"),
    )

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keeper"].queryset = Unit.objects.standing().filter(valid_to=None).order_by("sort_key")  # type: ignore[attr-defined]
        if known:
            del self.fields["code"]


@require_GET
def source_list(request: SignedInRequest) -> HttpResponse:
    """Every source with its quality."""
    require(can_see_sources(request.user))
    sources = list(Source.objects.select_related("keeper").order_by("retired_on", "name", "pk"))
    scores = qualities(sources, on=timezone.localdate())
    rows = [(source, scores[source.pk]) for source in sources]
    context = {"rows": rows, "can_keep": can_keep_sources(request.user), "days": DAYS}
    context["may_accept"] = can_open_queue(request.user)
    return render(request, "web/indicators/source_list.html", context)


@require_GET
def source_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """The score of a source with its working, and the lean of the estimates it brought."""
    require(can_see_sources(request.user))
    source = get_object_or_404(Source.objects.select_related("keeper"), code=code)
    found = biases(source, request.user)
    context = {
        "source": source,
        "quality": qualities([source], on=timezone.localdate())[source.pk],
        "biases": [(each, _(LEAN_WORDS[each.bias.lean]) if each.bias.lean else "") for each in found],
        "least": LEAST,
        "days": DAYS,
        "can_keep": can_keep_sources(request.user),
    }
    return render(request, "web/indicators/source_detail.html", context)


@require_http_methods(["GET", "POST"])
def source_add(request: SignedInRequest) -> HttpResponse:
    """A new source."""
    require(can_keep_sources(request.user))
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data, by = form.cleaned_data, request.user
        if attempt(form, lambda: add_source(**data, by=by, at=timezone.now())):
            messages.success(request, _("Đã thêm nguồn số liệu."))
            return redirect("indicators:source-detail", data["code"])
    return render(request, "web/indicators/source_edit.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def source_correct(request: SignedInRequest, code: str) -> HttpResponse:
    """Name, kind and keeper put right."""
    require(can_keep_sources(request.user))
    source = get_object_or_404(Source.objects.select_related("keeper"), code=code)
    start = {"name": source.name, "kind": source.kind, "keeper": source.keeper and source.keeper.code}
    form = SourceForm(request.POST or None, initial=start, known=True)
    seen = carried(request.POST.get("seen"), source.stamp, fit=form.is_valid())
    if request.method == "POST" and form.is_valid():
        data, by = form.cleaned_data | {"seen": request.POST.get("seen")}, request.user
        if attempt(form, lambda: correct_source(source=source, **data, by=by, at=timezone.now())):
            messages.success(request, _("Đã sửa thông tin nguồn số liệu."))
            return redirect("indicators:source-detail", code)
    context = {"form": form, "source": source, "seen": seen}
    return render(request, "web/indicators/source_edit.html", context, status=422 if form.errors else 200)


@require_POST
def source_retire(request: SignedInRequest, code: str) -> HttpResponse:
    """Nothing more comes from it."""
    require(can_keep_sources(request.user))
    source, at = get_object_or_404(Source, code=code), timezone.now()
    retire_source(source=source, on=timezone.localdate(at), by=request.user, at=at)
    messages.success(request, _("Đã thôi dùng nguồn này; số liệu đã nhận vẫn giữ nguyên."))
    return redirect("indicators:source-detail", code)
