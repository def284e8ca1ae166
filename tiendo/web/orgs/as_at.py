"""Units as they stood on a day: the tree, those already gone, and who belonged to which group."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tiendo.accounts.permissions import can_reorganise, require
from tiendo.orgs import actions
from tiendo.orgs.history import Branch, members_on, tree_on
from tiendo.orgs.models import GroupMembership, Succession, Unit, UnitGroup, UnitKind
from tiendo.web.days import DayField
from tiendo.web.orgs.forms import MemberCorrectForm, MemberEndForm, MemberForm
from tiendo.web.requests import SignedInRequest


class DayForm(forms.Form):
    """The day whose units are asked for; today when nothing is."""

    ngay = DayField(label=gettext_lazy("Theo ngày"), required=False)

    def day(self) -> date:
        asked: date | None = self.cleaned_data["ngay"] if self.is_valid() else None
        return asked or timezone.localdate()


@dataclass(frozen=True)
class Level:
    """Units of one kind under the same unit, each with the levels below it."""

    label: str
    units: tuple[tuple[Unit, tuple["Level", ...]], ...]


def levels(branches: Iterable[Branch]) -> tuple[Level, ...]:
    """The tree as the page shows it: under each unit, kind by kind."""
    branches = list(branches)
    found = []
    for kind in UnitKind:
        own = tuple((branch.unit, levels(branch.below)) for branch in branches if branch.unit.kind == kind)
        if own:
            found.append(Level(str(kind.label), own))
    return tuple(found)


def unit_tree(request: SignedInRequest) -> HttpResponse:
    """Every unit in force on the day under the one above it then; those that had ended by then stand apart."""
    form = DayForm(request.GET)
    on = form.day()
    tree = tree_on(on)
    context = {
        "form": form if request.GET else DayForm(initial={"ngay": on}),
        "on": on,
        "is_today": on == timezone.localdate(),
        "levels": levels(tree),
        "total": sum(map(_size, tree)),
        "ended": _ended(on),
        "groups": _groups(on),
        "can_reorganise": can_reorganise(request.user),
    }
    return render(request, "web/orgs/unit_tree.html", context)


def group_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """Who belongs to the group on a day, and from when to when each unit did."""
    group = get_object_or_404(UnitGroup, code=code)
    form = DayForm(request.GET)
    on = form.day()
    rows = GroupMembership.objects.standing().filter(group=group, unit__withdrawn_at=None).select_related("unit")
    context = {
        "group": group,
        "form": form if request.GET else DayForm(initial={"ngay": on}),
        "on": on,
        "members": members_on(group, on),
        "rows": rows.order_by("unit__sort_key", "valid_from", "pk"),
        "can_change": can_reorganise(request.user),
        "add_form": MemberForm(on=timezone.localdate()),
    }
    return render(request, "web/orgs/group_detail.html", context)


@require_POST
def member_add(request: SignedInRequest, code: str) -> HttpResponse:
    """A unit comes to belong to the group."""
    require(can_reorganise(request.user))
    group = get_object_or_404(UnitGroup, code=code)
    form = MemberForm(request.POST, on=timezone.localdate())
    if form.is_valid():
        _try(request, lambda: actions.add_member(group=group, **form.cleaned_data, **_signed(request)))
    else:
        _tell_errors(request, form)
    return redirect("orgs:group-detail", code)


@require_POST
def member_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """From a day on a unit no longer belongs to the group."""
    require(can_reorganise(request.user))
    row = get_object_or_404(GroupMembership.objects.standing().select_related("group"), pk=pk)
    form = MemberEndForm(request.POST)
    if form.is_valid():
        _try(request, lambda: actions.end_member(membership=row, **form.cleaned_data, **_signed(request)))
    else:
        _tell_errors(request, form)
    return redirect("orgs:group-detail", row.group.code)


@require_POST
def member_correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Days entered wrongly are entered again, with the reason."""
    require(can_reorganise(request.user))
    row = get_object_or_404(GroupMembership.objects.standing().select_related("group"), pk=pk)
    form = MemberCorrectForm(request.POST)
    if form.is_valid():
        _try(request, lambda: actions.correct_membership(membership=row, **form.cleaned_data, **_signed(request)))
    else:
        _tell_errors(request, form)
    return redirect("orgs:group-detail", row.group.code)


def _signed(request: SignedInRequest) -> dict[str, Any]:
    return {"by": request.user.username, "at": timezone.now()}


def _try(request: SignedInRequest, act: Callable[[], object]) -> None:
    try:
        act()
    except actions.CannotJoin as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Đã ghi."))


def _tell_errors(request: SignedInRequest, form: forms.Form) -> None:
    for bound in form:
        for error in bound.errors:
            messages.error(request, f"{bound.label}: {error}")


def _size(branch: Branch) -> int:
    return 1 + sum(map(_size, branch.below))


def _ended(on: date) -> QuerySet[Unit]:
    """Units gone by the day, with those that took over by then."""
    links = Succession.objects.standing().filter(effective_on__lte=on).select_related("successor")
    gone = Unit.objects.standing().filter(valid_to__lte=on).order_by("-valid_to", "sort_key", "pk")
    return gone.prefetch_related(Prefetch("successions", queryset=links.order_by("-is_default", "pk")))


def _groups(on: date) -> list[tuple[UnitGroup, int]]:
    """Each group with how many belonged to it on the day; two queries."""
    alive = set(Unit.objects.in_force(on).values_list("pk", flat=True))
    held: dict[int, set[int]] = {}
    for group, unit in GroupMembership.objects.in_force(on).values_list("group_id", "unit_id"):
        held.setdefault(group, set()).add(unit)
    return [(group, len(held.get(group.pk, set()) & alive)) for group in UnitGroup.objects.order_by("name", "pk")]
