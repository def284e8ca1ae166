"""Source beside proposals: look, accept, leave out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tiendo.accounts.permissions import require
from tiendo.intake import actions
from tiendo.intake.models import Import
from tiendo.intake.permissions import can_accept, can_ask_acceptance, can_import, can_see_imports
from tiendo.intake.queries import headings_of, rest_of
from tiendo.web.intake.answers import card_answer, cards_of, counts_of, look_of, proposal_of, source_of
from tiendo.web.intake.deciding import Wish, wish_of
from tiendo.web.intake.groups import change_choices, group_choices, grouped
from tiendo.web.intake.looking import Look
from tiendo.web.intake.remarks import remarks_of
from tiendo.web.intake.source import shown_lines
from tiendo.web.intake.units import choices_of_units
from tiendo.web.intake.warnings import is_behind, warnings_of
from tiendo.web.requests import SignedInRequest

PER_PAGE = 250


@require_GET
def import_review(request: SignedInRequest, pk: int) -> HttpResponse:
    """The printed lines on the left, what was read from them on the right."""
    require(can_see_imports(request.user))
    source = source_of(request, pk)
    if source.status in (Import.Status.READING, Import.Status.UNREADABLE):
        return redirect("intake:import-progress", pk=pk)
    look = Look.of(request.GET, source)
    page = Paginator(look.proposals, PER_PAGE).get_page(look.page)
    chosen = look.chosen()
    cards = cards_of(source, [*page, *([chosen] if chosen else [])], request.user, chosen)
    may_decide = bool(can_import(request.user, source)) and source.status == Import.Status.PROPOSED
    context = {
        "source": source,
        "look": look,
        "page": page,
        "groups": grouped(cards[: len(page.object_list)], look),
        "chosen": cards[-1] if chosen else None,
        "lines": shown_lines(source, page, chosen),
        "can_import": may_decide,
        "may_accept": may_decide and bool(can_accept(request.user, source)),
        "unit_names": choices_of_units() if may_decide else [],
        "group_choices": group_choices(look, headings_of(source)),
        "change_choices": change_choices(look),
        "unsure": sum(not each.sure for each in look.proposals),
        "remarks": remarks_of(source),
        "warnings": warnings_of(source),
        "is_behind": may_decide and is_behind(source),
        "has_rest": bool(can_import(request.user, source)) and bool(rest_of(source)),
        **counts_of(look),
    }
    return render(request, "web/intake/import_review.html", context)


@require_POST
def proposals_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """One button decides one proposal or many; `wish_of` knows which."""
    source = source_of(request, pk)
    look = look_of(request, source)
    wish = wish_of(request.POST, look)
    if wish is None:
        messages.error(request, _("Không rõ cần quyết đề xuất nào; hãy thử lại."))
        return redirect(look.url())
    chosen = source.proposals.filter(pk__in=wish.pks)
    count = actions.decide_proposals(
        source=source, proposals=chosen, decision=wish.decision, by=request.user, at=timezone.now()
    )
    if request.htmx and wish.one:  # type: ignore[attr-defined]
        return card_answer(request, look, get_object_or_404(source.proposals, pk=wish.one))
    return redirect(_after(request, look, wish, count))


def _after(request: SignedInRequest, look: Look, wish: Wish, count: int) -> str:
    """Back to the card, or to the list with a word on how many changed."""
    if wish.one:
        return f"{look.url()}#p{wish.one}"
    messages.success(request, _("Đã ghi quyết định cho %(count)d đề xuất.") % {"count": count})
    return look.url()


@require_POST
def import_ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """A unit's own plan is reviewed: its head is told that it waits."""
    source = source_of(request, pk)
    require(can_ask_acceptance(request.user, source))
    try:
        told = actions.ask_acceptance(source=source, by=request.user, at=timezone.now())
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("Đã báo thủ trưởng.") if told else _("Hôm nay đã báo thủ trưởng rồi.")
        messages.success(request, words)
    return redirect("intake:import-review", pk=pk)


@require_POST
def import_compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Compare again with the plan as it stands now, when it moved on while the file waited."""
    source = source_of(request, pk)
    require(can_import(request.user, source))
    try:
        actions.compare_again(source=source, by=request.user, at=timezone.now())
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã so sánh lại với phiên bản mới nhất của kế hoạch."))
    return redirect("intake:import-review", pk=pk)


@require_POST
def import_rest(request: SignedInRequest, pk: int) -> HttpResponse:
    """An accepted file once more, beside the plan as it is now: what was left out may still come in."""
    source = source_of(request, pk)
    require(can_import(request.user, source))
    try:
        again = actions.take_rest(source=source, by=request.user, at=timezone.now())
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
        return redirect("intake:import-review", pk=pk)
    return redirect("intake:import-progress", pk=again.pk)


@require_GET
def proposal_card(request: SignedInRequest, pk: int) -> HttpResponse:
    """One card as it is now: where editing in place was given up."""
    proposal = proposal_of(request, pk)
    require(can_import(request.user, proposal.source))
    return card_answer(request, look_of(request, proposal.source), proposal)
