"""What the review page and its parts are given: one card anew, the counts that change with it."""

from collections import Counter
from collections.abc import Sequence

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django_htmx.http import trigger_client_event

from tiendo.accounts.models import User
from tiendo.intake.models import Import, Proposal
from tiendo.intake.queries import count_by_kind, headings_of, link_choices, shaped_away
from tiendo.plans.queries import openable
from tiendo.web.intake.cards import Card, Cards, Surroundings
from tiendo.web.intake.doubts import Doubts
from tiendo.web.intake.looking import Look
from tiendo.web.requests import SignedInRequest


def source_of(request: SignedInRequest, pk: int) -> Import:
    """The import, when the person may see it."""
    related = ("plan", "annex", "version", "base", "uploaded_by")
    return get_object_or_404(Import.objects.visible_to(request.user).select_related(*related), pk=pk)


def proposal_of(request: SignedInRequest, pk: int) -> Proposal:
    """The proposal of an import the person may see, while it waits for a decision."""
    imports = Import.objects.visible_to(request.user).filter(status=Import.Status.PROPOSED)
    found = Proposal.objects.filter(source__in=imports).select_related("source__plan", "source__annex", "source__base")
    return get_object_or_404(found, pk=pk)


def look_of(request: SignedInRequest, source: Import) -> Look:
    """What the person looked at when a part of the page was asked for."""
    given = request.POST.get("xem") or request.GET.get("xem") or ""
    return Look.of(QueryDict(given), source)


def cards_of(source: Import, proposals: Sequence[Proposal], user: User, chosen: Proposal | None = None) -> list[Card]:
    """Cards for proposals of one import, with those of their twins elsewhere that the person may read."""
    repairs = source.proposals.filter(kind=Proposal.Kind.REPAIR, decision=Proposal.Decision.PENDING)
    linked = any(each.links for each in proposals)
    around = Surroundings(
        titles=headings_of(source),
        doubts=Doubts(source.reading or {}),
        away=shaped_away(source),
        repairs=Counter(printed.get("item") for printed in repairs.values_list("printed", flat=True)),
        indicators=link_choices(source) if linked else {},
        reading=source.reading or {},
        tasks=openable(user, (str(twin.get("task") or "") for each in proposals for twin in each.twins)),
    )
    return Cards(proposals, around, chosen).all()


def counts_of(look: Look) -> dict[str, object]:
    """The tabs, and how much waits."""
    counts = count_by_kind(look.source)
    return {
        "tabs": look.tabs(counts),
        "pending": sum(count.pending for count in counts.values()),
        "total": sum(count.total for count in counts.values()),
    }


def card_answer(request: SignedInRequest, look: Look, proposal: Proposal, **event: object) -> HttpResponse:
    """The card anew with the counts; `event` tells the script what happened ("saved", how many others changed)."""
    source = look.source
    card = cards_of(source, [proposal], request.user)[0]
    context = {"card": card, "source": source, "look": look, "can_import": True, "is_part": True, **counts_of(look)}
    response = render(request, "web/intake/_card_swap.html", context)
    return trigger_client_event(response, "proposal-saved", {"pk": proposal.pk, **event}) if event else response


def back_to(source: Import, proposal: Proposal) -> str:
    """The review with this proposal chosen."""
    look = Look(source, Look.tab_of(proposal.kind), chosen_pk=proposal.pk)
    return f"{reverse('intake:import-review', args=[source.pk])}?loai={look.tab}&chon={proposal.pk}#p{proposal.pk}"
