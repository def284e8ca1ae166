"""The consolidated report while it grows: its parts as they stand, their words edited with every number bound."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.reporting import actions
from tiendo.reporting.models import Period
from tiendo.reporting.papers.blocks import BLOCKS
from tiendo.reporting.papers.consolidation import ReportFacts
from tiendo.reporting.papers.figures import figures
from tiendo.reporting.papers.gaps import gaps_of
from tiendo.reporting.papers.gathering import facts_of
from tiendo.reporting.papers.prose import TOKENS, blocks_of
from tiendo.reporting.papers.template import PartKey
from tiendo.reporting.papers.texts import PartText, part_as_written, text_of
from tiendo.reporting.papers.words import figure_words
from tiendo.reporting.permissions import can_read_issued, can_write_report
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.saying import said
from tiendo.ui.typed import whole_number
from tiendo.web.reporting.paper_html import Shown, shown
from tiendo.web.requests import SignedInRequest


@require_GET
def report_draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """The whole report as it would be issued now; each part opens its editor, each number its records."""
    period = _period(request, pk)
    facts = facts_of(period)
    text = text_of(period, facts)
    context = {
        "period": period,
        "text": text,
        "parts": [(each, _preview(each, facts)) for each in text.parts],
        "gaps": gaps_of(period),
        "decision": can_write_report(request.user, period),
    }
    return render(request, "web/reporting/report_draft.html", context)


@require_http_methods(["GET", "POST"])
def report_part(request: SignedInRequest, pk: int, part: str) -> HttpResponse:
    """Write one part. After a conflict both versions are on the page, and saving once more replaces theirs."""
    period, key = _part(request, pk, part)
    require(can_write_report(request.user, period))
    theirs, typed = None, None
    if request.method == "POST":
        typed = request.POST.get("text", "")
        try:
            actions.save_part(
                period=period, part=key, text=typed, revision=_version(request), by=request.user, at=timezone.now()
            )
        except actions.DraftConflict as conflict:
            theirs = conflict.draft
            messages.error(request, str(conflict))
        except IllegalMove as error:
            messages.error(request, said(error))
        else:
            messages.success(request, _("Đã lưu lời văn."))
            return redirect("reporting:report-draft", pk=pk)
    return _editor(request, period, key, typed=typed, theirs=theirs)


@require_POST
def report_part_save(request: SignedInRequest, pk: int, part: str) -> JsonResponse:
    """Keep what is being typed; answers as `ui/autosave.js` expects."""
    period, key = _part(request, pk, part)
    text, version = request.POST.get("text", ""), _version(request)
    try:
        draft = actions.save_part(
            period=period, part=key, text=text, revision=version, by=request.user, at=timezone.now()
        )
    except (actions.DraftConflict, IllegalMove) as refused:
        return JsonResponse({"message": said(refused)}, status=409)
    return JsonResponse({"version": draft.revision})


@require_POST
def report_part_preview(request: SignedInRequest, pk: int, part: str) -> HttpResponse:
    """What the words on the page would print, with today's figures; nothing is kept."""
    period, key = _part(request, pk, part)
    require(can_write_report(request.user, period))
    facts = facts_of(period)
    each = part_as_written(text_of(period, facts), key, request.POST.get("text", ""), facts)
    context = {"each": each, "blocks": _preview(each, facts), "period": period}
    return render(request, "web/reporting/_part_preview.html", context)


@require_POST
def report_part_follow(request: SignedInRequest, pk: int, part: str) -> HttpResponse:
    """Take back what was written: the part follows the template again."""
    period, key = _part(request, pk, part)
    try:
        actions.follow_template(period=period, part=key, revision=_version(request), by=request.user, at=timezone.now())
    except actions.DraftConflict as conflict:
        messages.error(request, str(conflict))
        return redirect("reporting:report-part", pk=pk, part=part)
    messages.success(request, _("Phần này lại theo mẫu."))
    return redirect("reporting:report-draft", pk=pk)


@require_GET
def report_figures(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every figure of the period as it stands now, with the tasks, units and accepted records behind it."""
    period = _period(request, pk)
    found = figures(facts_of(period))
    rows = [(figure, figure_words(figure)) for figure in found.values()]
    return render(request, "web/reporting/report_figures.html", {"period": period, "rows": rows})


def _editor(
    request: SignedInRequest, period: Period, key: PartKey, *, typed: str | None, theirs: object | None
) -> HttpResponse:
    facts = facts_of(period)
    text = text_of(period, facts)
    stored = next(each for each in text.parts if each.key == key)
    each = stored if typed is None else part_as_written(text, key, typed, facts)
    found = figures(facts)
    context = {
        "period": period,
        "each": each,
        "theirs": theirs,
        "version": _version(request) if typed is not None and theirs is None else stored.revision,
        "blocks": _preview(each, facts),
        "chips": [(figure, figure_words(figure)) for figure in found.values()],
        "tokens": [(key, token.label, token.words(facts)) for key, token in TOKENS.items()],
        "directives": BLOCKS.items(),
    }
    return render(request, "web/reporting/report_part.html", context)


def _preview(each: PartText, facts: ReportFacts) -> list[Shown]:
    return shown(blocks_of(each.part.lines, facts, figures(facts)))


def _period(request: SignedInRequest, pk: int) -> Period:
    if not can_read_issued(request.user):
        raise Http404
    rows = Period.objects.visible_to(request.user).select_related("plan__owner")
    return get_object_or_404(rows.exclude(opened_at=None), pk=pk)


def _part(request: SignedInRequest, pk: int, part: str) -> tuple[Period, PartKey]:
    if part not in set(PartKey):
        raise Http404
    return _period(request, pk), PartKey(part)


def _version(request: SignedInRequest) -> int:
    return whole_number(request.POST.get("version", "")) or 0
