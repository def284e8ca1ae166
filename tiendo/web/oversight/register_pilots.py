"""Pilots and sandbox trials: what runs, until when, under whose eyes, and what came of it (R047, R051)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tiendo.accounts.permissions import require
from tiendo.orgs.models import Unit
from tiendo.oversight.actions import pilots as actions
from tiendo.oversight.commendation_queries import pilots_visible_to, records_of
from tiendo.oversight.models import Pilot, PilotRecord
from tiendo.oversight.pilot_workflow import PILOT_ACT_WORDS, PilotAct, PilotStage, pilot_acts
from tiendo.oversight.register_rules import can_keep_registers, can_move_pilot, pilot_parties
from tiendo.plans.detailing import main_plans
from tiendo.plans.models import Plan, Task
from tiendo.web.oversight.register_asking import ask, paper_of, send_file
from tiendo.web.oversight.register_forms import PilotForm, PilotRecordForm
from tiendo.web.requests import SignedInRequest

LOOKS = {
    PilotStage.PILOT.value: "in_progress",
    PilotStage.EVALUATED.value: "confirmed",
    PilotStage.INSTITUTIONALISED.value: "completed",
    PilotStage.STOPPED.value: "cancelled",
}
ONWARD = {PilotStage.PILOT: PilotAct.EVALUATE, PilotStage.EVALUATED: PilotAct.INSTITUTIONALISE}


@require_GET
def pilot_list(request: SignedInRequest) -> HttpResponse:
    """Every pilot one may see; those past their last day and not evaluated are marked."""
    today = timezone.localdate()
    rows = [(pilot, LOOKS[pilot.stage], is_overdue(pilot, today)) for pilot in pilots_visible_to(request.user)]
    context = {"rows": rows, "may_keep": can_keep_registers(request.user)}
    return render(request, "web/oversight/pilot_list.html", context)


def is_overdue(pilot: Pilot, today: Any) -> bool:
    """Its time is over and nobody has evaluated it."""
    return pilot.stage == PilotStage.PILOT.value and pilot.ends_on < today


@require_http_methods(["GET", "POST"])
def pilot_begin(request: SignedInRequest) -> HttpResponse:
    """The coordinator enters what a paper allowed to be tried."""
    require(can_keep_registers(request.user))
    units = Unit.objects.visible_to(request.user).in_force(timezone.localdate())
    rows = {"plan": main_plans(Plan.objects.visible_to(request.user)), "unit": units, "supervisor": units}
    form = PilotForm(request.POST or None, rows=rows, initial={"task": request.GET.get("nhiem_vu")})
    if form.is_bound and form.is_valid() and (code := form.cleaned_data["task"].strip()):
        form.cleaned_data["task"] = Task.objects.visible_to(request.user).filter(code=code).first()
        if form.cleaned_data["task"] is None:
            form.add_error("task", _("Không có nhiệm vụ mang mã này."))
    back = reverse("oversight:pilot-list")
    return ask(
        request,
        form,
        _("Ghi nội dung thí điểm"),
        lambda **who: actions.begin_pilot(**form.cleaned_data | {"task": form.cleaned_data["task"] or None}, **who),
        back=back,
        register=(_("Thí điểm, thử nghiệm"), back),
    )


@require_GET
def pilot_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One pilot, what happened in it, and what the reader may enter next."""
    pilot = _pilot(request, pk)
    stage = PilotStage(pilot.stage)
    acts = sorted(pilot_acts(stage, pilot_parties(request.user, pilot)), key=lambda act: act != ONWARD.get(stage))
    context = {
        "pilot": pilot,
        "look": LOOKS[pilot.stage],
        "overdue": is_overdue(pilot, timezone.localdate()),
        "step": {"pilot": 1, "evaluated": 2, "institutionalised": 3, "stopped": 0}[pilot.stage],
        "records": records_of(pilot),
        "acts": [(act.value, _(PILOT_ACT_WORDS[act])) for act in acts],
        "sees_task": pilot.task and Task.objects.visible_to(request.user).filter(pk=pilot.task.pk).exists(),
    }
    return render(request, "web/oversight/pilot_detail.html", context)


@require_http_methods(["GET", "POST"])
def pilot_move(request: SignedInRequest, pk: int, act: str) -> HttpResponse:
    """Enter an evaluation, an incident, the paper that made it a rule, or the end."""
    pilot = _pilot(request, pk)
    if act not in set(PilotAct):
        raise Http404
    require(can_move_pilot(request.user, pilot, act))
    form = PilotRecordForm(request.POST or None, request.FILES or None, initial={"happened_on": timezone.localdate()})

    def do(**who: Any) -> object:
        data = form.cleaned_data
        named = {name: data[name] for name in ("happened_on", "text", "paper_number")}
        return actions.move_pilot(pilot=pilot, act=act, paper=paper_of(data["file"]), **named, **who)

    back = reverse("oversight:pilot-detail", args=[pk])
    return ask(
        request,
        form,
        str(_(PILOT_ACT_WORDS[PilotAct(act)])).capitalize(),
        do,
        back=back,
        register=(pilot.title[:60], back),
        eyebrow=pilot.title,
    )


@require_GET
def pilot_file(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = PilotRecord.objects.filter(pilot__in=Pilot.objects.visible_to(request.user), file__isnull=False)
    row = get_object_or_404(seen.select_related("file"), pk=pk)
    assert row.file is not None
    return send_file(row.file, f"thi-diem-{row.pilot_id}-{pk}")


def _pilot(request: SignedInRequest, pk: int) -> Pilot:
    return get_object_or_404(pilots_visible_to(request.user), pk=pk)
