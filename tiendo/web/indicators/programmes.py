"""Programmes side by side, one programme with its objectives and periods, and the acts on them."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tiendo.accounts.permissions import require
from tiendo.accounts.queries import heads, with_posts
from tiendo.indicators.actions.programmes import (
    change_programme,
    create_programme,
    end_objective,
    end_programme,
    publish_measurement,
    put_in_force,
    set_objective,
)
from tiendo.indicators.flips import flips
from tiendo.indicators.models import Measurement, Objective, Passport, Programme
from tiendo.indicators.permissions import can_define_indicators, can_publish_measurement, can_put_programme_in_force
from tiendo.indicators.programmes import content_of, digest_of, lines_of, periods_of
from tiendo.indicators.publishing import Publication
from tiendo.indicators.spans import span_of
from tiendo.ui.saying import said
from tiendo.ui.stamps import carried
from tiendo.web.indicators.asking import ask, posted
from tiendo.web.indicators.programme_forms import (
    EndForm,
    ForceForm,
    NewProgrammeForm,
    ObjectiveForm,
    ProgrammeForm,
    PublishForm,
)
from tiendo.web.requests import SignedInRequest


@require_GET
def programme_list(request: SignedInRequest) -> HttpResponse:
    """Programmes beside each other, counted in the same way (R081)."""
    today = timezone.localdate()
    rows = []
    for programme in Programme.objects.visible_to(request.user).select_related("owner"):
        periods = periods_of(programme, on=today)
        last = programme.measurements.order_by("-published_at", "-number").first()
        missed = [line for line in periods if line.state is Publication.MISSED]
        rows.append((programme, standing_of(programme), last, last and span_of(last.period).name, missed))
    context = {"rows": rows, "may_define": can_define_indicators(request.user)}
    return render(request, "web/indicators/programme_list.html", context)


@require_GET
def programme_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """One programme: its objectives with figure, unit and head, and every period published or missed."""
    programme = programme_of(request, code)
    periods = periods_of(programme, on=timezone.localdate())
    over = [line for line in periods if line.state is not Publication.RUNNING]
    latest = over[0].span if over else None
    measurements: dict[str, list[Measurement]] = {}
    for each in programme.measurements.select_related("published_by").order_by("-number"):
        measurements.setdefault(each.period, []).append(each)
    context = {
        "programme": programme,
        "standing": standing_of(programme),
        "lines": lines_of(programme, period=latest.code if latest else None),
        "latest": latest,
        "periods": [(line, measurements.get(line.span.code, [])) for line in periods],
        "may_define": can_define_indicators(request.user),
        "may_publish": can_publish_measurement(request.user),
        "may_force": can_put_programme_in_force(request.user),
    }
    return render(request, "web/indicators/programme_detail.html", context)


@require_GET
def measurement_detail(request: SignedInRequest, code: str, period: str, number: int) -> HttpResponse:
    """A period's results as published, and whether what is known now differs."""
    programme = programme_of(request, code)
    rows = programme.measurements.select_related("published_by")
    measurement = get_object_or_404(rows, period=period, number=number)
    context = {
        "programme": programme,
        "measurement": measurement,
        "name": span_of(period).name,
        "is_intact": digest_of(measurement.content) == measurement.sha256,
        "has_changed": digest_of(content_of(programme, period)) != measurement.sha256,
        "flipped": flips(former.content, measurement.content) if (former := _former(rows, measurement)) else [],
    }
    return render(request, "web/indicators/measurement_detail.html", context)


@require_http_methods(["GET", "POST"])
def programme_create(request: SignedInRequest) -> HttpResponse:
    """The coordinator draws up a programme."""
    require(can_define_indicators(request.user))
    form = NewProgrammeForm(posted(request))

    def back() -> str:
        return page_of(form.cleaned_data["code"])

    return ask(
        request,
        form,
        _("Lập chương trình"),
        lambda **who: create_programme(**form.cleaned_data, **who),
        back=back,
        shown={"back": reverse("indicators:programme-list")},
    )


@require_http_methods(["GET", "POST"])
def programme_change(request: SignedInRequest, code: str) -> HttpResponse:
    """The coordinator mends title, owner, period."""
    programme = programme_of(request, code)
    require(can_define_indicators(request.user))
    initial = {name: getattr(programme, name) for name in ("title", "frequency", "publish_days")}
    form = ProgrammeForm(posted(request), initial=initial | {"owner": programme.owner.code})
    seen = request.POST.get("seen")
    act = lambda **who: change_programme(programme=programme, seen=seen, **form.cleaned_data, **who)  # noqa: E731
    shown = {"seen": carried(seen, programme.stamp, fit=form.is_valid())}
    return _ask(request, form, _("Sửa chương trình"), act, programme, shown)


@require_http_methods(["GET", "POST"])
def objective_set(request: SignedInRequest, code: str) -> HttpResponse:
    """The coordinator says by what the programme is measured, and who answers."""
    programme = programme_of(request, code)
    require(can_define_indicators(request.user))
    today = timezone.localdate()
    people = with_posts(heads(on=today), by=request.user, on=today)
    seen, code = request.POST.get("seen"), request.POST.get("indicator") or request.GET.get("chi-tieu", "")
    asked = programme.objectives.filter(ended_at=None, indicator__code=code).first()
    initial = _objective(asked) if asked else {}
    form = ObjectiveForm(posted(request), people=people, initial=initial)
    act = lambda **who: set_objective(programme=programme, seen=seen, **form.cleaned_data, **who)  # noqa: E731
    known = Passport.objects.in_force().filter(indicator__retired_on=None).order_by("indicator__code")
    shown: dict[str, Any] = {"known": known.values_list("indicator__code", "name")}
    shown["seen"] = carried(seen, programme.objective_stamp(code), fit=form.is_valid())
    return _ask(request, form, _("Ghi mục tiêu của chương trình"), act, programme, shown)


@require_http_methods(["GET", "POST"])
def objective_end(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """The coordinator takes an objective out."""
    programme = programme_of(request, code)
    require(can_define_indicators(request.user))
    objective = get_object_or_404(programme.objectives.filter(ended_at=None), pk=pk)
    form = forms.Form(posted(request))
    title = _("Bỏ mục tiêu %(code)s") % {"code": objective.indicator.code}
    return _ask(request, form, title, lambda **who: end_objective(objective=objective, **who), programme)


@require_http_methods(["GET", "POST"])
def programme_force(request: SignedInRequest, code: str) -> HttpResponse:
    """The decision-maker puts it into force; what is lacking is said objective by objective (R063)."""
    programme = programme_of(request, code)
    require(can_put_programme_in_force(request.user))
    form = ForceForm(posted(request), initial={"on": timezone.localdate()})
    act = lambda **who: put_in_force(programme=programme, **form.cleaned_data, **who)  # noqa: E731
    return _ask(request, form, _("Đưa chương trình vào hiệu lực"), act, programme)


@require_http_methods(["GET", "POST"])
def programme_end(request: SignedInRequest, code: str) -> HttpResponse:
    """The decision-maker ends it."""
    programme = programme_of(request, code)
    require(can_put_programme_in_force(request.user))
    form = EndForm(posted(request), initial={"on": timezone.localdate()})
    act = lambda **who: end_programme(programme=programme, **form.cleaned_data, **who)  # noqa: E731
    return _ask(request, form, _("Kết thúc chương trình"), act, programme)


@require_http_methods(["GET", "POST"])
def measurement_publish(request: SignedInRequest, code: str, period: str) -> HttpResponse:
    """The coordinator publishes a period; a second time as a numbered correction."""
    programme = programme_of(request, code)
    require(can_publish_measurement(request.user))
    lines = {line.span.code: line for line in periods_of(programme, on=timezone.localdate())}
    name = said(lines[period].span.name) if period in lines else period
    is_again = programme.measurements.filter(period=period).exists()
    form = PublishForm(posted(request), is_again=is_again)

    def act(**who: Any) -> object:
        return publish_measurement(programme=programme, period=period, **form.cleaned_data, **who)

    shown = {"content": content_of(programme, period) if period in lines else None}
    return _ask(request, form, _("Công bố kết quả %(period)s") % {"period": name}, act, programme, shown)


def _former(rows: QuerySet[Measurement], measurement: Measurement) -> Measurement | None:
    """The publication that a correction replaces, else the last one of the period before."""
    corrected = rows.filter(period=measurement.period, number__lt=measurement.number).order_by("number").last()
    often = len(measurement.period)  # periods of one frequency are as long, and order as text
    older = [each for each in rows.filter(period__lt=measurement.period) if len(each.period) == often]
    return corrected or max(older, key=lambda each: (each.period, each.number), default=None)


def standing_of(programme: Programme) -> str:
    """The code of the chip that says whether it binds."""
    if programme.in_force_from is None:
        return "drawn_up"
    return "ended" if programme.ended_on and programme.ended_on < timezone.localdate() else "in_force"


def programme_of(request: SignedInRequest, code: str) -> Programme:
    rows = Programme.objects.visible_to(request.user).select_related("owner", "plan", "decided_by")
    return get_object_or_404(rows, code=code)


def page_of(code: str) -> str:
    return reverse("indicators:programme-detail", args=[code])


def _ask(
    request: SignedInRequest, form: forms.Form, title: str, act: Any, programme: Programme, shown: Any = None
) -> HttpResponse:
    """A form page of the programme."""
    told = {"programme": programme, **(shown or {})}
    return ask(request, form, title, act, back=page_of(programme.code), shown=told)


def _objective(objective: Objective) -> dict[str, object]:
    unit, head = objective.unit, objective.head
    return {
        "indicator": objective.indicator.code,
        "unit": unit.code if unit else None,
        "head": head.username if head else None,
    }
