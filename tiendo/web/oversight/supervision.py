"""Who supervises what: the supervising agency's desk, the branches with their agency, the tasks that have none."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import holds, require
from tiendo.orgs.models import Unit
from tiendo.oversight.supervision_queries import CONCERNS, desk, supervised, with_concern, with_concerns
from tiendo.plans.actions import end_branch_supervision, supervise_branch
from tiendo.plans.models import GroupSupervision, Plan, Task, TaskGroup
from tiendo.plans.permissions import can_assign_task
from tiendo.plans.queries import for_list
from tiendo.plans.supervision import branches, clashing, supervisors_of, unsupervised
from tiendo.web.oversight.inspection_page import may_ask_for_one, units_now
from tiendo.web.plans.rows import rows
from tiendo.web.requests import SignedInRequest

PAGE = 25
WORDS = {
    "claimed": gettext_noop("báo cáo hoàn thành, chờ tiếp nhận"),
    "late": gettext_noop("quá hạn"),
    "silent": gettext_noop("chưa có báo cáo được tiếp nhận"),
    "hindered": gettext_noop("có vướng mắc chưa tháo gỡ"),
    "found": gettext_noop("có phát hiện khi kiểm tra"),
    "asked": gettext_noop("có việc đang phải làm sau kiểm tra, chỉ đạo"),
}


class BranchForm(forms.Form):
    unit = forms.ModelChoiceField(queryset=Unit.objects.none(), label=gettext_lazy("Cơ quan giám sát"))
    source = forms.CharField(label=gettext_lazy("Căn cứ: số văn bản hoặc ý kiến chỉ đạo"), max_length=300)

    def __init__(self, *given: Any, units: QuerySet[Unit], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class EndForm(forms.Form):
    source = forms.CharField(label=gettext_lazy("Căn cứ: số văn bản hoặc ý kiến chỉ đạo"), max_length=300)


@require_GET
def supervision_desk(request: SignedInRequest) -> HttpResponse:
    """The tasks one's agency supervises: what is claimed, late, silent, hindered, found and still to be done."""
    on, concern = localdate(), request.GET.get("loc", "")
    tasks = supervised(request.user, on=on)
    numbers = desk(tasks, on=on)
    shown = with_concerns(for_list(with_concern(tasks, concern, on=on)))
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    context = {
        "numbers": numbers,
        "tiles": [(name, _(WORDS[name]), numbers.counts[name]) for name in CONCERNS],
        "concern": _(WORDS[concern]) if concern in WORDS else "",
        "page": page,
        "rows": rows(page.object_list, on=on),
        "today": on,
        "may_ask": may_ask_for_one(request.user, on),
        "lacking": lacking_count(request.user, on=on),
    }
    return render(request, "web/oversight/supervision_desk.html", context)


def lacking_count(user: User, *, on: date) -> int:
    """How many tasks have no supervising agency, for the office that names one; 0 for anybody else."""
    if not holds(user, Role.COORDINATOR):
        return 0
    return unsupervised(Task.objects.visible_to(user).counted(), on=on).count()


@require_GET
def branch_list(request: SignedInRequest) -> HttpResponse:
    """Every branch of a plan with its agency, and how many of its tasks have none."""
    plans = Plan.objects.visible_to(request.user)
    plan = plans.filter(code=request.GET.get("ke-hoach", "")).first() or plans.first()
    listed = branches(plan, Task.objects.visible_to(request.user), on=localdate()) if plan else []
    context = {
        "plans": plans,
        "plan": plan,
        "branches": listed,
        "without": sum(each.without for each in listed),
        "total": sum(each.total for each in listed),
        "may_assign": can_assign_task(request.user),
    }
    return render(request, "web/oversight/branch_list.html", context)


@require_GET
def task_unsupervised(request: SignedInRequest) -> HttpResponse:
    """Tasks without one agency apart from those who carry them out, and where the branch's agency takes part."""
    on = localdate()
    tasks = unsupervised(Task.objects.visible_to(request.user), on=on)
    if plan := Plan.objects.visible_to(request.user).filter(code=request.GET.get("ke-hoach", "")).first():
        tasks = tasks.filter(plan=plan)
    page = Paginator(for_list(tasks), PAGE).get_page(request.GET.get("page"))
    shown = [task.pk for task in page.object_list]
    clash = set(Task.objects.filter(clashing(on), pk__in=shown).values_list("pk", flat=True))
    context = {
        "page": page,
        "rows": [(row, row.task.pk in clash) for row in rows(page.object_list, on=on)],
        "plan": plan,
        "may_assign": can_assign_task(request.user),
    }
    return render(request, "web/oversight/task_unsupervised.html", context)


@require_http_methods(["GET", "POST"])
def branch_supervise(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which agency supervises the branch, and the paper it rests on; tasks it takes part in are told afterwards."""
    require(can_assign_task(request.user))
    group = get_object_or_404(_groups(request), pk=pk)
    form = BranchForm(request.POST or None, units=units_now())
    if request.method == "POST" and form.is_valid():
        supervise_branch(group=group, by=request.user, at=timezone.now(), **form.cleaned_data)
        _say(request, group)
        return redirect(_back(group))
    standing = GroupSupervision.objects.filter(group=group, ended_at=None).select_related("unit").first()
    context = {"form": form, "group": group, "standing": standing, "back": _back(group)}
    return render(request, "web/oversight/branch_supervise.html", context)


@require_http_methods(["GET", "POST"])
def branch_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """The agency supervises the branch no longer."""
    require(can_assign_task(request.user))
    row = get_object_or_404(_standing(request), pk=pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        source = form.cleaned_data["source"]
        end_branch_supervision(supervision=row, source=source, by=request.user, at=timezone.now())
        messages.success(request, _("Đã thôi giao cơ quan giám sát nhóm này."))
        return redirect(_back(row.group))
    context = {"form": form, "group": row.group, "standing": row, "back": _back(row.group)}
    return render(request, "web/oversight/branch_end.html", context)


def _say(request: SignedInRequest, group: TaskGroup) -> None:
    clash = Task.objects.filter(group=group).counted().filter(clashing(localdate()))
    own = supervisors_of(clash, on=localdate())
    left = [task.code for task in clash if task.pk not in own]
    messages.success(request, _("Đã ghi cơ quan giám sát của nhóm."))
    if left:
        words = _("Cơ quan này tham gia thực hiện, cần cơ quan giám sát riêng: %(codes)s.")
        messages.warning(request, words % {"codes": ", ".join(left)})


def _groups(request: SignedInRequest) -> QuerySet[TaskGroup]:
    return TaskGroup.objects.filter(plan__in=Plan.objects.visible_to(request.user)).select_related("plan")


def _standing(request: SignedInRequest) -> QuerySet[GroupSupervision]:
    rows = GroupSupervision.objects.filter(group__in=_groups(request), ended_at=None)
    return rows.select_related("unit", "group__plan")


def _back(group: TaskGroup) -> str:
    return f"{reverse('oversight:branch-list')}?ke-hoach={group.plan.code}"
