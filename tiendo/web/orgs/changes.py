"""The list of reorganisations, one of them with what it did, and its undoing."""

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tiendo.accounts.models import User
from tiendo.accounts.permissions import can_reorganise, require
from tiendo.orgs.actions import CannotUndo
from tiendo.orgs.history import changes, with_units
from tiendo.orgs.models import Unit, UnitChange
from tiendo.oversight.actions.changing_units import undo_units
from tiendo.oversight.since import reported_since
from tiendo.plans.models import Handover, Task
from tiendo.web.orgs.forms import UndoForm
from tiendo.web.requests import SignedInRequest


@dataclass(frozen=True)
class Told:
    """A change as a line tells it: the units before, and those after or made."""

    change: UnitChange
    before: tuple[Unit, ...]
    after: tuple[Unit, ...]


def told(change: UnitChange) -> Told:
    """Reads only what `history.with_units` has fetched already."""
    links = list(change.successions.all())
    before = {link.predecessor_id: link.predecessor for link in links}
    after = {link.successor_id: link.successor for link in links if link.is_default}
    after |= {link.successor_id: link.successor for link in links}
    after |= {unit.pk: unit for unit in change.units_made.all()}
    for placement in change.placements.all():
        if placement.valid_from is not None:
            before[placement.unit_id] = placement.unit
            if placement.parent is not None:
                after[placement.parent.pk] = placement.parent
    return Told(change, tuple(before.values()), tuple(after.values()))


def change_list(request: SignedInRequest) -> HttpResponse:
    """Every change, the latest first; undone ones say so."""
    context = {"changes": [told(change) for change in changes()], "can_reorganise": can_reorganise(request.user)}
    return render(request, "web/orgs/change_list.html", context)


def change_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One change: its decision, what it did to units, which tasks went another way than the rest."""
    change = get_object_or_404(with_units(UnitChange.objects.all()), pk=pk)
    links = change.successions.select_related("predecessor", "successor")
    can_undo = change.undone_at is None and bool(can_reorganise(request.user))
    context = {
        "told": told(change),
        "change": change,
        "links": links.order_by("predecessor__sort_key", "-is_default", "successor__sort_key", "pk"),
        "places": change.placements.filter(valid_from__isnull=False).select_related("unit", "parent"),
        "ended": Unit.objects.filter(code__in=change.ended),
        "handed": _handed(change, request.user),
        "sharing": _sharing(change) if can_undo else [],
        "by": User.objects.filter(username=change.recorded_by).first(),
        "undone_by": User.objects.filter(username=change.undone_by or "").first(),
        "form": UndoForm(),
        "can_undo": can_undo,
        "since": reported_since(change, request.user) if can_undo else None,
    }
    return render(request, "web/orgs/change_detail.html", context)


@require_POST
def change_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Undo it with a reason; what rests on it keeps it, and the page says what that is."""
    require(can_reorganise(request.user))
    change = get_object_or_404(UnitChange, pk=pk)
    form = UndoForm(request.POST)
    if form.is_valid():
        try:
            undo_units(change=change, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except (CannotUndo, PermissionDenied) as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Đã hủy; mọi việc như trước khi có thay đổi này."))
    else:
        messages.error(request, _("Hãy ghi lý do hủy."))
    return redirect("orgs:change-detail", pk)


def _handed(change: UnitChange, user: User) -> list[Handover]:
    seen = Task.objects.visible_to(user)
    rows = Handover.objects.filter(change=change, undone_at=None, task__in=seen)
    return list(rows.select_related("task", "predecessor", "successor").order_by("successor", "task__position", "pk"))


def _sharing(change: UnitChange) -> list[Unit]:
    """Units before whose tasks may go different ways: with several successors, or going on themselves."""
    links = list(change.successions.filter(undone_at=None).select_related("predecessor").order_by("predecessor", "pk"))
    number = Counter(link.predecessor_id for link in links)
    before = {link.predecessor_id: link.predecessor for link in links}
    return [unit for unit in before.values() if number[unit.pk] > 1 or unit.code not in change.ended]
