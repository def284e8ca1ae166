"""Meetings, and what each needs before it: decisions of the last one and what came of them, beside the briefing."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.models import User
from tiendo.accounts.permissions import YES, Decision, no, require
from tiendo.orgs.models import Unit, UnitKind
from tiendo.oversight.actions import directing as actions
from tiendo.oversight.followup_permissions import can_direct
from tiendo.oversight.followup_queries import directions_with_items, meetings_seen_by, visible_directions
from tiendo.oversight.followup_workflow import ACT_WORDS, IllegalMove
from tiendo.oversight.meeting_brief import Asked, Decided, MeetingBrief, meeting_brief
from tiendo.oversight.meeting_paper import DecidedLine, decided_blocks, difficulty_blocks
from tiendo.oversight.models import Meeting
from tiendo.papers.docx import render_docx
from tiendo.papers.fonts import MissingFont
from tiendo.papers.model import Paper
from tiendo.papers.pdf import render_pdf
from tiendo.plans.files import MEDIA_TYPES, RefusedFile
from tiendo.plans.models import Plan
from tiendo.plans.storage import read_file
from tiendo.reporting.papers.briefing import briefing_paper
from tiendo.reporting.papers.letterheads import is_illustrative, meeting_letterhead
from tiendo.ui.saying import said
from tiendo.web.days import DayField
from tiendo.web.oversight.direction_forms import MeetingForm, NoticeForm
from tiendo.web.requests import SignedInRequest

PAGE = 25
BELOW = (UnitKind.DISTRICT, UnitKind.COMMUNE)


class BriefForm(forms.Form):
    """Which meeting: of which plan, level and unit, on which day."""

    plan = forms.ModelChoiceField(label=gettext_lazy("Kế hoạch"), queryset=Plan.objects.none(), to_field_name="code")
    level = forms.ChoiceField(label=gettext_lazy("Cấp"), choices=Meeting.Level.choices)
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Huyện, xã nào"), queryset=Unit.objects.none(), to_field_name="code", required=False
    )
    on = DayField(label=gettext_lazy("Ngày họp"))

    def __init__(self, data: Any, *, plans: QuerySet[Plan], today: date) -> None:
        first = plans.first()
        usual = {"plan": first.code if first else "", "level": Meeting.Level.PROVINCE, "on": today}
        super().__init__({**usual, **{name: value for name, value in data.items() if value}})
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units_below()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        is_province = values.get("level") == Meeting.Level.PROVINCE
        if is_province:
            values["unit"] = None
        elif values.get("unit") is None and "unit" not in self.errors:
            self.add_error("unit", _("Hãy chọn huyện hoặc xã của cuộc họp."))
        return values

    @property
    def asked(self) -> Asked:
        values = self.cleaned_data
        return Asked(values["plan"], Meeting.Level(values["level"]), values["on"], values["unit"])


def units_below() -> QuerySet[Unit]:
    """Districts and communes, those that ended too: past meetings were theirs."""
    return Unit.objects.standing().filter(kind__in=BELOW).order_by("sort_key")


def can_brief(user: User, asked: Asked) -> Decision:
    """Whoever reads everything; people of a unit for the meetings of their own unit."""
    if user.access.reads_everything or (asked.unit and asked.unit.pk in user.access.held_unit_ids):
        return YES
    return no(_("Tài liệu họp dành cho cơ quan đầu mối, lãnh đạo, thanh tra và đơn vị có cuộc họp."))


@require_GET
def meeting_list(request: SignedInRequest) -> HttpResponse:
    """Every meeting entered, the newest first, with how many directions it gave."""
    rows = meetings_seen_by(request.user).select_related("unit", "plan").annotate(given=Count("directions"))
    page = Paginator(rows.order_by("-held_on", "-pk"), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "can_direct": can_direct(request.user)}
    return render(request, "web/oversight/meeting_list.html", context)


@require_http_methods(["GET", "POST"])
def meeting_add(request: SignedInRequest) -> HttpResponse:
    require(can_direct(request.user))
    plans = Plan.objects.visible_to(request.user).order_by("code")
    initial = {"plan": getattr(plans.first(), "code", ""), "held_on": timezone.localdate()}
    initial |= {name: request.GET[name] for name in ("plan", "level", "unit", "held_on") if name in request.GET}
    form = MeetingForm(request.POST or None, request.FILES or None, plans=plans, units=units_below(), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = actions.register_meeting(**form.values(), by=request.user, at=timezone.now())
            return redirect("oversight:meeting-detail", meeting.pk)
        except (IllegalMove, PermissionDenied, RefusedFile) as error:
            form.add_error(None, said(error))
    return render(request, "web/oversight/meeting_add.html", {"form": form})


@require_GET
def meeting_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was said at it, and what became of each thing asked."""
    meeting = _meeting(request, pk)
    directions = visible_directions(request.user).filter(meeting=meeting)
    context = {
        "meeting": meeting,
        "directions": directions_with_items(directions, request.user).order_by("given_on", "pk"),
        "can_direct": can_direct(request.user),
        "can_brief": can_brief(request.user, _asked_of(meeting)),
        "notice": NoticeForm() if _awaits_notice(meeting) and can_direct(request.user) else None,
        "today": timezone.localdate(),
    }
    return render(request, "web/oversight/meeting_detail.html", context)


@require_POST
def meeting_conclude(request: SignedInRequest, pk: int) -> HttpResponse:
    """The notice of a meeting entered before there was one."""
    meeting = _meeting(request, pk)
    require(can_direct(request.user))
    form = NoticeForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            actions.conclude_meeting(meeting=meeting, by=request.user, at=timezone.now(), **form.values())
            messages.success(request, _("Đã ghi thông báo kết luận."))
        else:
            messages.error(request, _("Hãy ghi số, ngày thông báo kết luận."))
    except (IllegalMove, RefusedFile) as error:
        messages.error(request, said(error))
    return redirect("oversight:meeting-detail", pk)


@require_GET
def meeting_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The notice of the meeting's conclusion."""
    file = _meeting(request, pk).conclusion_file
    if file is None:
        raise Http404
    response = HttpResponse(read_file(file), content_type=file.media_type)
    response["Content-Disposition"] = f'attachment; filename="ket-luan-{pk}.{file.extension}"'
    return response


@require_GET
def meeting_brief_page(request: SignedInRequest) -> HttpResponse:
    form = _form(request)
    context: dict[str, object] = {"form": form, "asked": request.GET.urlencode()}
    if form.is_valid():
        require(can_brief(request.user, form.asked))
        brief = meeting_brief(form.asked, request.user)
        level = Meeting.Level(form.asked.level).label
        context |= {"brief": brief, "briefing": brief.briefing, "level": level, "can_direct": can_direct(request.user)}
        context["sees_briefing"] = request.user.access.reads_everything
        context["acts"] = {act: _(words) for act, words in ACT_WORDS.items()}
    elif not request.user.access.reads_everything:
        require(no(_("Hãy mở tài liệu họp từ cuộc họp của đơn vị.")))
    return render(request, "web/oversight/meeting_brief.html", context)


@require_GET
def meeting_brief_file(request: SignedInRequest, format: str) -> HttpResponse:
    """The same as DOCX or PDF; asked for wrongly it leads back to the page, which says what is wrong."""
    form, now = _form(request), timezone.now()
    if format not in ("docx", "pdf"):
        raise Http404
    if not form.is_valid():
        return redirect("oversight:meeting-brief")
    require(can_brief(request.user, form.asked))
    paper = _paper(meeting_brief(form.asked, request.user))
    try:
        data = render_docx(paper, made_at=now) if format == "docx" else render_pdf(paper, made_at=now)
    except MissingFont as error:
        messages.error(request, said(error))
        return redirect("oversight:meeting-brief")
    response = HttpResponse(data, content_type=MEDIA_TYPES[format])
    name = f"tai-lieu-hop-{form.asked.on:%Y%m%d}.{format}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _paper(brief: MeetingBrief) -> Paper:
    now = timezone.now()
    held_on = brief.last.held_on if brief.last else None
    lines, earlier = [_line(each) for each in brief.decided], [_line(each) for each in brief.earlier]
    difficulties = [(each.unit.name, each.title) for each in brief.difficulties]
    return briefing_paper(
        brief.briefing,
        meeting_letterhead(brief.asked.plan, timezone.localdate(now)),
        at=now,
        illustrative=is_illustrative(),
        opening=decided_blocks(held_on, lines, earlier),
        closing=difficulty_blocks(brief.since, difficulties),
    )


def _line(each: Decided) -> DecidedLine:
    item = each.follow_up
    word = next((step.note for step in reversed(each.since) if step.note), "")
    return DecidedLine(item.unit.name, item.text, each.standing, each.late_days, word)


def _form(request: SignedInRequest) -> BriefForm:
    plans = Plan.objects.visible_to(request.user).order_by("code")
    return BriefForm(request.GET, plans=plans, today=timezone.localdate())


def _meeting(request: SignedInRequest, pk: int) -> Meeting:
    rows = meetings_seen_by(request.user).select_related("unit", "plan", "recorded_by", "conclusion_file")
    return get_object_or_404(rows, pk=pk)


def _awaits_notice(meeting: Meeting) -> bool:
    return not meeting.conclusion and meeting.held_on <= timezone.localdate()


def _asked_of(meeting: Meeting) -> Asked:
    return Asked(meeting.plan, Meeting.Level(meeting.level), meeting.held_on, meeting.unit)
