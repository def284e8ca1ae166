"""Beside the register: what reports told of, the same obstacle in several units, and where work piles up."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from tiendo.oversight.bottlenecks import bottlenecks
from tiendo.oversight.difficulty_queries import told_in_reports, waiting_for
from tiendo.oversight.recurring import recurring_obstacles
from tiendo.plans.models import Plan
from tiendo.web.requests import SignedInRequest

PAGE = 25


@require_GET
def difficulty_told(request: SignedInRequest) -> HttpResponse:
    """What accepted reports say stands in the way and nobody has put into the register, the oldest first."""
    page = Paginator(told_in_reports(request.user), PAGE).get_page(request.GET.get("page"))
    held = request.user.access.held_unit_ids
    context = {
        "page": page,
        "rows": [(told, told.entry.duty.unit_id in held) for told in page.object_list],
        "waiting": waiting_for(request.user).count(),
        "told": page.paginator.count,
    }
    return render(request, "web/oversight/difficulty_told.html", context)


@require_GET
def difficulty_recurring(request: SignedInRequest) -> HttpResponse:
    """Near-duplicates across units, of the most units first."""
    page = Paginator(recurring_obstacles(request.user, at=timezone.now()), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "waiting": waiting_for(request.user).count(),
        "told": told_in_reports(request.user).count(),
    }
    return render(request, "web/oversight/difficulty_recurring.html", context)


@require_GET
def bottleneck_list(request: SignedInRequest) -> HttpResponse:
    """Tasks without progress, causes and desks that hold many tasks; of one plan when `ke_hoach` names it."""
    plans = Plan.objects.visible_to(request.user)
    code = request.GET.get("ke_hoach", "")
    plan = get_object_or_404(plans, code=code) if code else None
    context = {
        "found": bottlenecks(request.user, at=timezone.now(), plan=plan),
        "plan": plan,
        "plans": plans,
        "waiting": waiting_for(request.user).count(),
        "told": told_in_reports(request.user).count(),
    }
    return render(request, "web/oversight/bottleneck_list.html", context)
