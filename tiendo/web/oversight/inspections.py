"""Programmes and inspections: what there is, one inspection with the next act, and the acts of its page."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.orgs.models import Unit
from tiendo.oversight.actions import finding as writing
from tiendo.oversight.actions import inspecting as actions
from tiendo.oversight.checklists import checklists, lines_of
from tiendo.oversight.inspection_permissions import can_inspect, can_plan_inspections
from tiendo.oversight.inspection_workflow import Act, IllegalMove
from tiendo.oversight.models import Inspection, InspectionProgramme, TeamMember
from tiendo.plans.models import Plan, StoredFile
from tiendo.plans.storage import read_file
from tiendo.ui.stamps import carried
from tiendo.web.oversight.inspection_acting import act_and_return, did, find_inspection, say_faults
from tiendo.web.oversight.inspection_forms import (
    AnnounceForm,
    ChecklistForm,
    ConcludeForm,
    InspectionForm,
    ProgrammeForm,
    RecommendForm,
    ScopeForm,
    SurpriseForm,
    TeamForm,
)
from tiendo.web.oversight.inspection_page import may_ask_for_one, page_of, people_for, tasks_of, units_now
from tiendo.web.requests import SignedInRequest

PAGE = 20


@require_GET
def inspection_list(request: SignedInRequest) -> HttpResponse:
    """Inspections one may see, those running first to hand, and the programmes they stand in."""
    rows = Inspection.objects.visible_to(request.user).select_related("unit", "programme", "plan")
    counted = rows.annotate(seen=Count("findings", filter=Q(findings__withdrawn_at=None), distinct=True)).order_by(
        "-starts_on", "-pk"
    )
    mine = TeamMember.objects.filter(user=request.user, ended_at=None).values("inspection")
    context = {
        "page": Paginator(counted, PAGE).get_page(request.GET.get("page")),
        "mine": rows.running().filter(pk__in=mine),
        "programmes": InspectionProgramme.objects.visible_to(request.user)
        .annotate(n=Count("inspections"))
        .order_by("-year", "pk"),
        "may_plan": can_plan_inspections(request.user),
        "may_ask": may_ask_for_one(request.user, localdate()),
    }
    return render(request, "web/oversight/inspection_list.html", context)


@require_http_methods(["GET", "POST"])
def programme_create(request: SignedInRequest) -> HttpResponse:
    require(can_plan_inspections(request.user))
    plans, year = Plan.objects.visible_to(request.user), {"year": localdate().year}
    form = ProgrammeForm(request.POST or None, request.FILES or None, plans=plans, initial=year)
    if request.method == "POST" and form.is_valid():
        made = did(request, form, actions.record_programme, _("Đã ghi chương trình."), **form.values())
        if made:
            return redirect("oversight:programme-detail", made.pk)
    return render(request, "web/oversight/programme_create.html", {"form": form})


@require_http_methods(["GET", "POST"])
def programme_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The programme's inspections in the order of their days, and the form for one more."""
    programme = get_object_or_404(_programmes(request), pk=pk)
    form = InspectionForm(request.POST or None, units=units_now())
    if request.method == "POST":
        require(can_plan_inspections(request.user))
        given = {"plan": programme.plan, "programme": programme}
        done = _("Đã thêm cuộc kiểm tra.")
        if form.is_valid() and did(request, form, actions.plan_inspection, done, **given, **form.cleaned_data):
            return redirect("oversight:programme-detail", pk)
    rows = programme.inspections.filter(pk__in=Inspection.objects.visible_to(request.user).values("pk"))
    context = {
        "programme": programme,
        "form": form,
        "rows": rows.select_related("unit").order_by("starts_on", "pk"),
        "may_plan": can_plan_inspections(request.user),
    }
    return render(request, "web/oversight/programme_detail.html", context)


@require_GET
def programme_file(request: SignedInRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(_programmes(request), pk=pk)
    return answer_file(programme.file, f"chuong-trinh-{pk}")


@require_http_methods(["GET", "POST"])
def inspection_surprise(request: SignedInRequest) -> HttpResponse:
    """Inspection records one; a supervising agency asks for one, and inspection decides."""
    require(may_ask_for_one(request.user, localdate()))
    plans = Plan.objects.visible_to(request.user)
    form = SurpriseForm(request.POST or None, units=units_now(), plans=plans, initial=_asked_for(request))
    if request.method == "POST" and form.is_valid():
        made = did(request, form, actions.plan_inspection, _("Đã ghi. Hãy chọn nhiệm vụ."), **form.cleaned_data)
        if made:
            return redirect("oversight:inspection-edit", made.pk)
    may_plan = can_plan_inspections(request.user)
    return render(request, "web/oversight/inspection_surprise.html", {"form": form, "may_plan": may_plan})


@require_GET
def inspection_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    return render(request, "web/oversight/inspection_detail.html", page_of(find_inspection(request, pk), request.user))


@require_http_methods(["GET", "POST"])
def inspection_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Scope, days and tasks, as long as nothing was announced."""
    inspection = find_inspection(request, pk)
    try:
        require(can_inspect(request.user, inspection, Act.CHANGE))
    except IllegalMove:
        return redirect("oversight:inspection-detail", pk)
    names = ("title", "scope", "starts_on", "ends_on")
    now = {name: getattr(inspection, name) for name in names} | {"tasks": inspection.tasks.all()}
    form = ScopeForm(request.POST or None, tasks=tasks_of(inspection), initial=now)
    seen = carried(request.POST.get("seen"), inspection.stamp, fit=form.is_valid())
    if request.method == "POST" and form.is_valid():
        given = {"inspection": inspection, "seen": request.POST.get("seen"), **form.cleaned_data}
        if did(request, form, actions.change_inspection, _("Đã ghi nội dung kiểm tra."), **given):
            return redirect("oversight:inspection-detail", pk)
    context = {"form": form, "inspection": inspection, "seen": seen}
    return render(request, "web/oversight/inspection_edit.html", context)


@require_POST
def team_name(request: SignedInRequest, pk: int) -> HttpResponse:
    inspection = find_inspection(request, pk)
    require(can_inspect(request.user, inspection, Act.NAME_TEAM))
    form = TeamForm(request.POST, people=people_for(inspection))
    if not form.is_valid():
        return say_faults(request, form, pk)
    given = {"inspection": inspection, **form.cleaned_data}
    return act_and_return(request, pk, actions.name_team, _("Đã cử vào đoàn kiểm tra."), **given)


@require_POST
def team_end(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Inspection.objects.visible_to(request.user)
    member = get_object_or_404(TeamMember.objects.filter(inspection__in=seen).select_related("inspection"), pk=pk)
    done = _("Đã thôi cử thành viên.")
    return act_and_return(request, member.inspection_id, actions.end_team_member, done, member=member)


@require_POST
def inspection_announce(request: SignedInRequest, pk: int) -> HttpResponse:
    inspection = find_inspection(request, pk)
    form = AnnounceForm(request.POST, request.FILES)
    if not form.is_valid():
        return say_faults(request, form, pk)
    done = _("Đã ghi quyết định kiểm tra.")
    return act_and_return(request, pk, actions.announce_inspection, done, inspection=inspection, **form.values())


@require_POST
def inspection_begin(request: SignedInRequest, pk: int) -> HttpResponse:
    inspection = find_inspection(request, pk)
    done = _("Cuộc kiểm tra đã bắt đầu. Đoàn ghi phát hiện tại chỗ.")
    return act_and_return(request, pk, actions.begin_inspection, done, inspection=inspection)


@require_POST
def inspection_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    inspection, reason = find_inspection(request, pk), request.POST.get("reason", "")
    done = _("Đã ghi không tiến hành.")
    return act_and_return(request, pk, actions.cancel_inspection, done, inspection=inspection, reason=reason)


@require_POST
def inspection_conclude(request: SignedInRequest, pk: int) -> HttpResponse:
    inspection = find_inspection(request, pk)
    form = ConcludeForm(request.POST, request.FILES)
    if not form.is_valid():
        return say_faults(request, form, pk)
    done = _("Đã kết luận. Từ nay nội dung kiểm tra không đổi nữa.")
    return act_and_return(request, pk, actions.conclude_inspection, done, inspection=inspection, **form.values())


@require_POST
def inspection_recommend(request: SignedInRequest, pk: int) -> HttpResponse:
    inspection = find_inspection(request, pk)
    require(can_inspect(request.user, inspection, Act.RECOMMEND))
    form = RecommendForm(request.POST, inspection=inspection, units=units_now())
    if not form.is_valid():
        return say_faults(request, form, pk)
    done = _("Đã giao kiến nghị; đơn vị được báo.")
    return act_and_return(request, pk, actions.recommend, done, inspection=inspection, **form.cleaned_data)


@require_POST
def checklist_write(request: SignedInRequest, pk: int) -> HttpResponse:
    """The lines still to be answered, typed or begun from a shipped list."""
    inspection, form = find_inspection(request, pk), ChecklistForm(request.POST)
    if not form.is_valid():
        return say_faults(request, form, pk)
    shipped = {each.code: each.lines for each in checklists()}.get(request.POST.get("shipped", ""), ())
    lines = lines_of("\n".join([form.cleaned_data["lines"], *shipped]))
    done = _("Đã ghi danh mục kiểm tra.")
    return act_and_return(request, pk, writing.write_checklist, done, inspection=inspection, lines=lines)


@require_GET
def inspection_file(request: SignedInRequest, pk: int, which: str) -> HttpResponse:
    """The decision or the conclusion as it was handed in."""
    inspection = find_inspection(request, pk)
    files = {"quyet-dinh": inspection.decision_file, "ket-luan": inspection.conclusion_file}
    return answer_file(files.get(which), f"kiem-tra-{pk}-{which}")


def answer_file(stored: StoredFile | None, name: str) -> HttpResponse:
    """Always as an attachment. Raises Http404 where there is none."""
    if stored is None:
        raise Http404
    response = HttpResponse(read_file(stored), content_type=stored.media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{stored.extension}"'
    return response


def _programmes(request: SignedInRequest) -> QuerySet[InspectionProgramme]:
    return InspectionProgramme.objects.visible_to(request.user).select_related("plan", "file", "recorded_by")


def _asked_for(request: SignedInRequest) -> dict[str, Any]:
    """Filled in from the link that led here."""
    unit = Unit.objects.filter(code=request.GET.get("don-vi", "")).first()
    return {"plan": Plan.objects.visible_to(request.user).first(), "unit": unit}
