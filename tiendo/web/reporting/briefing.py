"""A briefing for a meeting at any date: the page, and the same on one or two pages of paper."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from tiendo.orgs.models import Unit, UnitKind
from tiendo.orgs.queries import reporting_units
from tiendo.oversight.meeting_brief import Asked, last_meeting
from tiendo.oversight.models import Meeting
from tiendo.papers.docx import render_docx
from tiendo.papers.fonts import MissingFont
from tiendo.papers.pdf import render_pdf
from tiendo.plans.files import MEDIA_TYPES
from tiendo.plans.models import Plan
from tiendo.reporting.papers.briefing import Briefing, brief, briefing_paper
from tiendo.reporting.papers.gathering_briefing import Scope, at_the_end_of, briefing_facts
from tiendo.reporting.papers.letterheads import is_illustrative, meeting_letterhead
from tiendo.reporting.permissions import can_read_issued
from tiendo.ui.saying import said
from tiendo.web.days import DayField
from tiendo.web.requests import SignedInRequest

USUAL = timedelta(days=14)  # a meeting a fortnight, until another day is chosen
LEVELS = [("", _("Mọi cấp")), (UnitKind.DEPARTMENT, _("Sở, ban, ngành")), (UnitKind.COMMUNE, _("Xã, phường"))]


class BriefingForm(forms.Form):
    """Of what, at which day, since which meeting. The narrowest choice holds: unit, then level, then group."""

    plan = forms.ModelChoiceField(label=_("kế hoạch"), queryset=Plan.objects.none(), to_field_name="code")
    on = DayField(label=_("đến hết ngày"))
    since = DayField(label=_("cuộc họp trước"))
    group = forms.ChoiceField(label=_("nhóm nhiệm vụ"), required=False)
    level = forms.ChoiceField(label=_("cấp"), choices=LEVELS, required=False)
    unit = forms.ModelChoiceField(label=_("đơn vị"), queryset=Unit.objects.none(), to_field_name="code", required=False)

    def __init__(self, data: Any, *, plans: Any, today: date) -> None:
        plan = plans.filter(code=data.get("plan", "")).first() or plans.first()
        usual = {"plan": plan.code if plan else "", "on": today, "since": _before(plan, today)}
        super().__init__({**usual, **{name: value for name, value in data.items() if value}})
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        self.fields["unit"].queryset = reporting_units(on=today)  # type: ignore[attr-defined]
        groups = plan.groups.order_by("position").values_list("code", "short_title") if plan else []
        self.fields["group"].choices = [("", _("Mọi nhóm")), *groups]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("on") and values.get("since") and values["since"] >= values["on"]:
            self.add_error("since", _("Cuộc họp trước phải trước ngày lấy số liệu."))
        return values

    @property
    def briefing(self) -> Briefing:
        values = self.cleaned_data
        scope = Scope(values["plan"], values["group"], values["unit"], values["level"])
        return brief(briefing_facts(at_the_end_of(scope, values["on"]), on=values["on"], since=values["since"]))


def _before(plan: Plan | None, on: date) -> date:
    """The day of the province's last meeting on the plan, if one was entered."""
    last = last_meeting(Asked(plan, Meeting.Level.PROVINCE, on)) if plan else None
    return last.held_on if last else on - USUAL


@require_GET
def briefing(request: SignedInRequest) -> HttpResponse:
    form = _form(request)
    context: dict[str, object] = {"form": form, "asked": request.GET.urlencode()}
    if form.is_valid():
        context["briefing"] = form.briefing
    return render(request, "web/reporting/briefing.html", context)


@require_GET
def briefing_file(request: SignedInRequest, format: str) -> HttpResponse:
    """The same as DOCX or PDF; asked for wrongly it leads back to the page, which says what is wrong."""
    form = _form(request)
    if format not in ("docx", "pdf"):
        raise Http404
    if not form.is_valid():
        return redirect("reporting:briefing")
    now, values = timezone.now(), form.cleaned_data
    head = meeting_letterhead(values["plan"], timezone.localdate(now))
    paper = briefing_paper(form.briefing, head, at=now, illustrative=is_illustrative())
    try:
        data = render_docx(paper, made_at=now) if format == "docx" else render_pdf(paper, made_at=now)
    except MissingFont as error:
        messages.error(request, said(error))
        return redirect("reporting:briefing")
    response = HttpResponse(data, content_type=MEDIA_TYPES[format])
    name = f"bao-cao-nhanh-{values['on']:%Y%m%d}.{format}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _form(request: SignedInRequest) -> BriefingForm:
    if not can_read_issued(request.user):
        raise Http404
    plans = Plan.objects.visible_to(request.user).order_by("code")
    return BriefingForm(request.GET, plans=plans, today=timezone.localdate())
