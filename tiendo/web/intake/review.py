"""Source beside proposals: look, accept, leave out, mend."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.intake import actions
from tiendo.intake.models import Import, Proposal
from tiendo.intake.permissions import can_import, can_see_imports
from tiendo.intake.proposing import task_sections
from tiendo.intake.queries import count_by_kind, headings_of
from tiendo.orgs.models import Unit
from tiendo.web.intake.cards import Cards
from tiendo.web.intake.editing import FORMS
from tiendo.web.intake.looking import Look, is_number, warnings_of
from tiendo.web.intake.source import shown_lines
from tiendo.web.requests import SignedInRequest

PER_PAGE = 120


@require_GET
def import_review(request: SignedInRequest, pk: int) -> HttpResponse:
    """The printed lines on the left, what was read from them on the right."""
    require(can_see_imports(request.user))
    source = _source(request, pk)
    look = Look.of(request.GET, source)
    page = Paginator(look.proposals(), PER_PAGE).get_page(look.page)
    chosen = look.chosen()
    cards = Cards([*page, *([chosen] if chosen else [])], headings_of(source), chosen).all()
    context = {
        "source": source,
        "look": look,
        "page": page,
        "cards": cards[: len(page.object_list)],
        "chosen": cards[-1] if chosen else None,
        "lines": shown_lines(source.lines, page, chosen),
        "can_import": bool(can_import(request.user)) and source.status == Import.Status.PROPOSED,
        "notes": [note for note in source.reading["notes"] if note["severity"] != "info"],
        "warnings": warnings_of(source),
        **_counts(look),
    }
    return render(request, "web/intake/import_review.html", context)


@require_POST
def proposals_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """One button: `mot` decides one proposal ("accepted-12"), `loai` all that the tab and its filter show."""
    source = _source(request, pk)
    look = Look.of(QueryDict(request.POST.get("xem", "")), source)
    name = "mot" if "mot" in request.POST else "loai"
    decision, _dash, one = request.POST.get(name, "").partition("-")
    if decision not in Proposal.Decision.values or (name == "mot" and not is_number(one)):
        messages.error(request, _("Không rõ cần quyết đề xuất nào; hãy thử lại."))
        return redirect(look.url())
    chosen = source.proposals.filter(pk=one) if name == "mot" else look.of_kind()
    count = actions.decide_proposals(
        source=source, proposals=chosen, decision=decision, by=request.user, at=timezone.now()
    )
    if request.htmx and name == "mot":  # type: ignore[attr-defined]
        return _one_card(request, source, look, int(one))
    if name != "mot":
        messages.success(request, _("Đã ghi quyết định cho %(count)d đề xuất.") % {"count": count})
    return redirect(f"{look.url()}#p{one}" if one else look.url())


@require_http_methods(["GET", "POST"])
def proposal_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mend one proposal; what was printed stays beside it."""
    require(can_import(request.user))
    found = Proposal.objects.filter(source__in=Import.objects.visible_to(request.user)).select_related("source__plan")
    proposal = get_object_or_404(found, pk=pk)
    source, titles = proposal.source, headings_of(proposal.source)
    shape = FORMS[proposal.kind]
    units = list(Unit.objects.all())
    form = shape(request.POST or None, proposal=proposal, titles=task_sections(titles), units=units)
    back = _back(source, proposal)
    if request.method == "POST" and form.is_valid():
        actions.edit_proposal(
            proposal=proposal, edited=form.edited(), learned=form.learned(), by=request.user, at=timezone.now()
        )
        messages.success(request, _("Đã lưu bản sửa; chữ in trong văn bản vẫn được giữ."))
        return redirect(back)
    context = {
        "form": form,
        "proposal": proposal,
        "source": source,
        "card": Cards([proposal], titles, proposal).all()[0],
        "lines": [line for line in shown_lines(source.lines, [proposal], proposal) if line.is_cited],
        "back": back,
    }
    return render(request, "web/intake/proposal_edit.html", context)


def _one_card(request: SignedInRequest, source: Import, look: Look, pk: int) -> HttpResponse:
    """The card anew, and the counts that changed with it."""
    proposal = get_object_or_404(source.proposals, pk=pk)
    card = Cards([proposal], headings_of(source), look.chosen()).all()[0]
    context = {"card": card, "source": source, "look": look, "can_import": True, "is_part": True, **_counts(look)}
    return render(request, "web/intake/_card_swap.html", context)


def _counts(look: Look) -> dict[str, object]:
    counts = count_by_kind(look.source)
    return {
        "tabs": look.tabs(counts),
        "pending": sum(count.pending for count in counts.values()),
        "total": sum(count.total for count in counts.values()),
        "unsure": sum(counts[kind].unsure for kind in look.kinds if kind in counts),
    }


def _source(request: SignedInRequest, pk: int) -> Import:
    imports = Import.objects.visible_to(request.user).select_related("plan", "annex", "version", "uploaded_by")
    return get_object_or_404(imports, pk=pk)


def _back(source: Import, proposal: Proposal) -> str:
    """The review with this proposal chosen."""
    look = Look(source, Look.tab_of(proposal.kind), False, proposal.pk, 1)
    return f"{reverse('intake:import-review', args=[source.pk])}?{urlencode(look.query())}#p{proposal.pk}"
