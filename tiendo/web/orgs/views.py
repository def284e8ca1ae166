from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tiendo.accounts.models import Post
from tiendo.accounts.permissions import can_administer, can_reorganise, can_see_focal_officers, require
from tiendo.orgs import actions
from tiendo.orgs.history import history_of, parent_on
from tiendo.orgs.models import Succession, Unit, UnitKind
from tiendo.orgs.queries import unit_holding
from tiendo.plans.below import count_below
from tiendo.plans.detailing import in_main_plans
from tiendo.plans.models import Task
from tiendo.plans.queries import count_cells, led_by
from tiendo.reporting.models import Duty
from tiendo.reporting.permissions import can_set_approval_steps
from tiendo.web.orgs.forms import CorrectUnitForm, UnitFilter, UnitForm
from tiendo.web.plans.numbers import cells
from tiendo.web.requests import SignedInRequest

SHOWN_DUTIES = 12


def unit_list(request: SignedInRequest) -> HttpResponse:
    """Every unit by kind; a unit that is gone says who took over."""
    form = UnitFilter(request.GET)
    successions = Succession.objects.standing().select_related("successor")
    units = list(
        form.units(request.user, timezone.localdate()).prefetch_related(Prefetch("successions", queryset=successions))
    )
    groups = [(kind.label, [unit for unit in units if unit.kind == kind]) for kind in UnitKind]
    context = {
        "form": form,
        "groups": [(label, members) for label, members in groups if members],
        "total": len(units),
        "can_add": can_administer(request.user),
        "can_see_focal": can_see_focal_officers(request.user),
        "can_reorganise": can_reorganise(request.user),
    }
    return render(request, "web/orgs/unit_list.html", context)


def unit_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """A unit through time: names, links, people, tasks and report duties."""
    units = Unit.objects.visible_to(request.user).select_related("parent", "made_by").prefetch_related("aliases")
    unit = get_object_or_404(units, code=code)
    today = timezone.localdate()
    posts = Post.objects.visible_to(request.user).in_force(today).filter(unit=unit).select_related("user")
    context = {
        "unit": unit,
        "aliases": sorted({alias.text for alias in unit.aliases.all()} - {unit.name, unit.short_name}),
        "chain": history_of(unit),
        "places": unit.placements.filter(undone_at=None, valid_from__isnull=False).select_related("parent", "change"),
        "above": parent_on(unit, today),
        "groups": unit.group_memberships.standing().select_related("group").order_by("group__name", "valid_from"),
        "now": unit_holding(unit, on=today),
        "posts": posts,
        "can_correct": can_administer(request.user),
        "can_set_steps": unit.reports and can_set_approval_steps(request.user, unit),
        **_work(request, unit),
    }
    return render(request, "web/orgs/unit_detail.html", context)


def _work(request: SignedInRequest, unit: Unit) -> dict[str, Any]:
    """What the reader may see of the unit's tasks and reports."""
    now, today = timezone.now(), timezone.localdate()
    seen = in_main_plans(Task.objects.visible_to(request.user))
    numbers = count_cells(led_by(seen, unit, on=today), on=today)
    duties = Duty.objects.visible_to(request.user).filter(unit=unit).select_related("period")
    return {
        "cells": cells(numbers, unit=unit.code),
        "below": count_below(unit, seen, on=today),
        "duties": [
            (duty, duty.state(now).value, duty.is_late)
            for duty in duties.order_by("-period__due_at", "-pk")[:SHOWN_DUTIES]
        ],
    }


def unit_add(request: SignedInRequest) -> HttpResponse:
    """The administrator enters a unit."""
    require(can_administer(request.user))
    form = UnitForm(request.POST or None, on=timezone.localdate())
    if form.is_valid():
        data = form.cleaned_data | {"short_name": form.cleaned_data["short_name"] or None}
        unit = actions.create_unit(**data, by=request.user.username, at=timezone.now())
        messages.success(request, _("Đã thêm đơn vị."))
        return redirect("orgs:unit-detail", unit.code)
    return render(request, "web/orgs/unit_add.html", {"form": form})


def unit_correct(request: SignedInRequest, code: str) -> HttpResponse:
    """The administrator mends what is not the legal name."""
    require(can_administer(request.user))
    unit = get_object_or_404(Unit.objects.visible_to(request.user), code=code)
    now = {"short_name": unit.short_name, "official_id": unit.official_id, "reports": unit.reports}
    form = CorrectUnitForm(request.POST or None, initial=now)
    if form.is_valid():
        data = form.cleaned_data | {"official_id": form.cleaned_data["official_id"] or None}
        actions.correct_unit(unit=unit, **data, by=request.user.username, at=timezone.now())
        messages.success(request, _("Đã sửa."))
        return redirect("orgs:unit-detail", code)
    return render(request, "web/orgs/unit_correct.html", {"form": form, "unit": unit})
