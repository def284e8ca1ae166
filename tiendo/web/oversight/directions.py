"""A leader's word: written here or taken from a paper, and what became of the things asked after it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import holds, require
from tiendo.orgs.models import Unit
from tiendo.oversight.actions import directing as actions
from tiendo.oversight.followup_permissions import can_direct
from tiendo.oversight.followup_queries import directions_with_items, visible_directions
from tiendo.oversight.followup_workflow import IllegalMove
from tiendo.oversight.models import Direction, Meeting
from tiendo.plans.models import Plan, Task
from tiendo.reporting.queries import find_answering_lead
from tiendo.ui.saying import said
from tiendo.ui.typed import whole_number
from tiendo.web.oversight.direction_forms import DirectionForm, ItemForm
from tiendo.web.requests import SignedInRequest

MOST = 12
MORE = "them"  # the button that asks for another empty item


@require_http_methods(["GET", "POST"])
def direction_add(request: SignedInRequest) -> HttpResponse:
    """The word and its first items on one page; another item is asked for without scripts."""
    require(can_direct(request.user))
    plans = Plan.objects.visible_to(request.user).order_by("code")
    form = DirectionForm(request.POST or None, plans=plans, initial=_beginning(request, plans))
    items = _item_forms(request)
    if request.method == "POST" and MORE not in request.POST:
        given = _given(request, form, items)
        if given is not None:
            messages.success(request, _("Đã ghi chỉ đạo; các đơn vị được giao đã nhận thông báo."))
            return redirect("oversight:direction-detail", given.pk)
    context = {"form": form, "items": items, "can_more": len(items) < MOST}
    return render(request, "web/oversight/direction_add.html", context)


@require_GET
def direction_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    direction = _found(request, pk)
    may = can_direct(request.user)
    form = ItemForm(user=request.user, units=_units()) if may else None
    return _page(request, direction, form)


@require_POST
def direction_item(request: SignedInRequest, pk: int) -> HttpResponse:
    """One more thing to do after the same word."""
    direction = _found(request, pk)
    require(can_direct(request.user))
    form = ItemForm(request.POST, user=request.user, units=_units())
    if not form.is_valid():
        return _page(request, direction, form, status=422)
    try:
        actions.add_item(direction=direction, item=form.item, by=request.user, at=timezone.now())
    except (IllegalMove, PermissionDenied) as error:
        form.add_error(None, said(error))
        return _page(request, direction, form, status=422)
    messages.success(request, _("Đã giao thêm việc; đơn vị đã nhận thông báo."))
    return redirect("oversight:direction-detail", pk)


def _found(request: SignedInRequest, pk: int) -> Direction:
    return get_object_or_404(directions_with_items(visible_directions(request.user), request.user), pk=pk)


def _page(request: SignedInRequest, direction: Direction, form: ItemForm | None, *, status: int = 200) -> HttpResponse:
    context = {"direction": direction, "form": form, "today": timezone.localdate()}
    return render(request, "web/oversight/direction_detail.html", context, status=status)


def _units() -> QuerySet[Unit]:
    """Units in force today; one that was merged has its successor asked instead."""
    return Unit.objects.in_force(timezone.localdate()).order_by("sort_key")


def _item_forms(request: SignedInRequest) -> list[ItemForm]:
    """As many as were on the page, one more if asked; empty ones besides the first ask for nothing."""
    shared: dict[str, Any] = {"user": request.user, "units": _units()}
    if request.method == "GET":
        return [ItemForm(prefix="1", initial=_first_item(request), **shared)]
    count = min(MOST, max(1, whole_number(request.POST.get("count", "")) or 1))
    asked_more = MORE in request.POST
    more = {**shared, "use_required_attribute": False}
    forms = [ItemForm(request.POST, prefix=str(n), empty_permitted=n > 1, **more) for n in range(1, count + 1)]
    return [*forms, ItemForm(prefix=str(count + 1), **shared)] if asked_more and count < MOST else forms


def _given(request: SignedInRequest, form: DirectionForm, items: list[ItemForm]) -> Direction | None:
    """The direction as it was kept; None where something typed is wrong, which the forms then say."""
    right = [each.is_valid() for each in items]
    if not form.is_valid() or not all(right):
        return None
    chosen = [each.item for each in items if each.has_changed()]
    try:
        return actions.give_direction(items=chosen, by=request.user, at=timezone.now(), **form.cleaned_data)
    except (IllegalMove, PermissionDenied) as error:
        form.add_error(None, said(error))
        return None


def _beginning(request: SignedInRequest, plans: QuerySet[Plan]) -> dict[str, Any]:
    """A leader's own name and today; the meeting, or the plan of the task, the reader came from."""
    meeting = Meeting.objects.filter(plan__in=plans, pk=whole_number(request.GET.get("cuoc_hop", ""))).first()
    task = _asked_task(request)
    plan = meeting.plan if meeting else task.plan if task else plans.first()
    return {
        "plan": plan.code if plan else "",
        "meeting": meeting,
        "given_on": meeting.held_on if meeting else timezone.localdate(),
        "given_by": meeting.chaired_by if meeting else own_words(request.user),
    }


def _asked_task(request: SignedInRequest) -> Task | None:
    code = request.GET.get("nhiem_vu", "")
    return Task.objects.visible_to(request.user).filter(code=code).first() if code else None


def own_words(user: User) -> str:
    """How a leader signs: office and name; empty for the coordinator, who writes down another's word."""
    post = user.main_post
    return f"{post.title} {user.full_name}" if post and holds(user, Role.DECISION_MAKER) else ""


def _first_item(request: SignedInRequest) -> dict[str, Any]:
    """A task's own lead, where the reader came from a task."""
    task = _asked_task(request)
    if task is None:
        return {}
    lead = find_answering_lead(task, on=timezone.localdate())
    return {"task": task.code, "unit": lead.code if lead else None}
