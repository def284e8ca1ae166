"""A card as a Word or Excel file, for the yearly evaluation file."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from tiendo.evaluation.carding import Carded, Head, card_paper, card_sheets
from tiendo.evaluation.exporting import facts_of
from tiendo.evaluation.gathering import key_of
from tiendo.evaluation.models import Result, Scorecard
from tiendo.orgs.history import parent_on
from tiendo.papers.docx import render_docx
from tiendo.papers.workbook import render_workbook
from tiendo.plans.files import MEDIA_TYPES
from tiendo.reporting.papers.letterheads import is_illustrative, letterhead
from tiendo.web.evaluation.cards import find_card
from tiendo.web.requests import SignedInRequest


@require_GET
def card_file(request: SignedInRequest, pk: int, format: str) -> HttpResponse:
    """The newest result of the card this reader may see, with its working and its tasks."""
    card = find_card(request, pk)
    if not Scorecard.objects.inside_of(request.user).filter(pk=pk).exists():
        raise Http404
    rows = Result.objects.visible_to(request.user).filter(scorecard=card).select_related("snapshot__content")
    result = rows.order_by("-snapshot__number").first()
    if result is None or format not in ("docx", "xlsx"):
        raise Http404
    carded, at = _carded(card, result), timezone.now()
    if format == "docx":
        data = render_docx(card_paper(carded, illustrative=is_illustrative()), made_at=at)
    else:
        data = render_workbook(card_sheets(carded), made_at=at, title=str(card))
    response = HttpResponse(data, content_type=MEDIA_TYPES[format])
    name = f"phieu-danh-gia-{card.cycle.year}-{card.unit.code}.{format}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _carded(card: Scorecard, result: Result) -> Carded:
    facts = facts_of(result.snapshot)
    own = next(each for each in facts.cards if each.key == key_of(card))
    above = parent_on(card.unit, localdate()) or card.cycle.plan_version.plan.owner
    paper = letterhead(card.unit, above, localdate(), symbol="PĐG")
    head = Head(
        paper.parent_agency, paper.issuing_agency, paper.symbol, paper.place, paper.signer_title, paper.signer_name
    )
    size = result.snapshot.results.filter(scorecard__group=card.group).count()
    return Carded(facts, own, result.working, size, result.snapshot.sha256, head)
