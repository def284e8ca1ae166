"""Commendations, each with the results it rests on (R045)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tiendo.accounts.permissions import require
from tiendo.indicators.models import Passport
from tiendo.orgs.models import Unit
from tiendo.oversight.actions.commendations import commend
from tiendo.oversight.commendation_queries import commendations_visible_to
from tiendo.oversight.register_queries import results_of
from tiendo.oversight.register_rules import can_keep_registers
from tiendo.plans.detailing import main_plans
from tiendo.plans.models import Plan
from tiendo.plans.queries import openable
from tiendo.web.oversight.register_asking import ask
from tiendo.web.oversight.register_forms import CommendationForm, CommendedForm
from tiendo.web.requests import SignedInRequest


@require_GET
def commendation_list(request: SignedInRequest) -> HttpResponse:
    """Every commendation one may see with its results; for readers and the unit itself."""
    rows = commendations_visible_to(request.user).prefetch_related(
        "tasks", "indicators", "submissions__entry__task", "submissions__entry__duty__period"
    )
    names = dict(Passport.objects.in_force().filter(indicator__commendations__in=rows).values_list("indicator", "name"))
    seen = openable(request.user, (task.code for row in rows for task in row.tasks.all()))
    context = {"rows": rows, "names": names, "seen_tasks": seen, "may_keep": can_keep_registers(request.user)}
    return render(request, "web/oversight/commendation_list.html", context)


@require_http_methods(["GET", "POST"])
def commendation_add(request: SignedInRequest) -> HttpResponse:
    """First whom, then which paper and for which of their results."""
    require(can_keep_registers(request.user))
    today, back = timezone.localdate(), reverse("oversight:commendation-list")
    rows = {
        "plan": main_plans(Plan.objects.visible_to(request.user)),
        "unit": Unit.objects.visible_to(request.user).in_force(today),
    }
    asked = request.GET.dict() | request.POST.dict()
    whom = CommendedForm(asked or None, rows=rows)
    if not whom.is_valid():
        return render(request, "web/oversight/commendation_whom.html", {"form": whom, "back": back})
    plan, unit = whom.cleaned_data["plan"], whom.cleaned_data["unit"]
    own = results_of(plan, unit, on=today)
    offered = {
        "tasks": own.tasks,
        "submissions": own.submissions,
        "indicators": own.indicators.prefetch_related("passports"),
    }
    form = CommendationForm(request.POST or None, rows=offered)
    return ask(
        request,
        form,
        _("Ghi khen thưởng"),
        lambda **who: commend(plan=plan, unit=unit, **form.cleaned_data, **who),
        back=back,
        register=(_("Khen thưởng"), back),
        eyebrow=f"{unit} · {plan.code}",
        help_text=_("Chọn ít nhất một kết quả của đơn vị làm căn cứ."),
    )
