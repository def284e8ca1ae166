"""What two versions of a plan say differently, as a page and as a Word document (R026)."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tiendo.orgs.history import parent_on
from tiendo.oversight.replaced_queries import replaced_between
from tiendo.papers.docx import render_docx
from tiendo.plans.comparisons import Comparison, compare_versions
from tiendo.plans.difference_paper import DifferenceFacts, Sender, VersionFacts, difference_paper
from tiendo.plans.differences import FIELD_WORDS, KIND_WORDS
from tiendo.plans.files import MEDIA_TYPES
from tiendo.plans.models import Plan, PlanVersion
from tiendo.reporting.papers.letterheads import is_illustrative, letterhead, meeting_letterhead
from tiendo.web.requests import SignedInRequest


@require_GET
def plan_differences(request: SignedInRequest, code: str) -> HttpResponse:
    """Any two versions beside each other; without a choice the newest and the one before it."""
    plan, versions = _plan(request, code)
    comparison = _chosen(request, versions)
    replaced = replaced_between(comparison.first, comparison.second) if comparison else []
    context = {"plan": plan, "versions": versions, "comparison": comparison, "replaced": replaced}
    context |= difference_words()
    return render(request, "web/plans/plan_differences.html", context)


@require_GET
def plan_differences_file(request: SignedInRequest, code: str) -> HttpResponse:
    """The same as DOCX."""
    plan, versions = _plan(request, code)
    found = _chosen(request, versions)
    if found is None:
        raise Http404
    at = timezone.now()
    sender = _sender(plan, timezone.localdate(at))
    replaced = replaced_between(found.first, found.second)
    facts = DifferenceFacts(
        plan.title, _facts(found.first), _facts(found.second), found.groups, found.by_hand, found.pieces, replaced
    )
    paper = difference_paper(facts, sender, year=timezone.localdate(at).year, illustrative=is_illustrative())
    response = HttpResponse(render_docx(paper, made_at=at), content_type=MEDIA_TYPES["docx"])
    name = f"so-sanh-{plan.code}-{found.first.number}-{found.second.number}.docx"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _sender(plan: Plan, on: date) -> Sender:
    """The agency whose plan it is; for the plan of the highest one, the coordinating agency."""
    above = parent_on(plan.owner, on)
    head = letterhead(plan.owner, above, on, symbol="BSS") if above else meeting_letterhead(plan, on, symbol="BSS")
    return Sender(head.parent_agency, head.issuing_agency, head.symbol, head.place, head.signer_title, head.signer_name)


def difference_words() -> dict[str, Any]:
    """Words for fields and kinds, as templates look them up."""
    return {
        "field_words": {name: _(words) for name, words in FIELD_WORDS.items()},
        "kind_words": {kind.value: _(words) for kind, words in KIND_WORDS.items()},
    }


def _plan(request: SignedInRequest, code: str) -> tuple[Plan, list[PlanVersion]]:
    seen = Plan.objects.visible_to(request.user).select_related("owner__parent")
    plan = get_object_or_404(seen, code=code)
    versions = plan.versions.select_related("document", "plan").defer("document__lines")
    return plan, list(versions.order_by("number"))


def _chosen(request: SignedInRequest, versions: list[PlanVersion]) -> Comparison | None:
    """None for a plan of one version; numbers nobody knows fall back to the last two."""
    if len(versions) < 2:
        return None
    by_number = {str(version.number): version for version in versions}
    first = by_number.get(request.GET.get("tu", ""), versions[-2])
    second = by_number.get(request.GET.get("den", ""), versions[-1])
    return compare_versions(first, second)


def _facts(version: PlanVersion) -> VersionFacts:
    return VersionFacts(version.number, version.in_force_from, _document_words(version))


def _document_words(version: PlanVersion) -> str:
    document = version.document
    number = " ".join(each for each in (document.kind, document.number) if each)
    return f"{number}, {document}" if number else str(document)
