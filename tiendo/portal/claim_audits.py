"""Audits of claims for the public: how many reports of completion hold, how sure that is, and how to draw again."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from tiendo.evaluation.states import DRAWN_WORDS, FINDING_WORDS, Drawn, Finding
from tiendo.orgs.models import Unit
from tiendo.portal.evaluation import public
from tiendo.portal.released import page
from tiendo.publication.claim_audits import claims_drawn, find_audit, frame_file, published_audits


@public
def claim_audit_list(request: HttpRequest) -> HttpResponse:
    """Every published audit with the share of claims that hold."""
    audits = [(row, _percents(row["result"]["all"])) for row in published_audits()]
    return page(request, "claim_audit_list", {"audits": audits})


@public
def claim_audit(request: HttpRequest, pk: int) -> HttpResponse:
    """One audit: rates of all and of each unit, what was found, the seed and the frame."""
    audit = find_audit(pk)
    if audit is None:
        raise Http404
    found = audit["result"]["units"]
    names = dict(Unit.objects.filter(code__in=found).values_list("code", "name"))
    context = {
        "audit": audit,
        "whole": _percents(audit["result"]["all"]),
        "units": [(names[code], _percents(found[code])) for code in sorted(names, key=lambda code: names[code])],
        "claims": [_told(row) for row in claims_drawn(pk)],
        "has_frame": frame_file(pk) is not None,
    }
    return page(request, "claim_audit", context)


@public
def claim_audit_frame(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen frame; gone when a task it names was since kept from the public."""
    if find_audit(pk) is None or (data := frame_file(pk)) is None:
        raise Http404
    response = HttpResponse(data, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="khung-rut-tham-{pk}.json"'
    return response


def _percents(rate: dict[str, Any]) -> dict[str, Any]:
    """The rate with its interval, and each of the three in percent."""
    return rate | {f"{name}_percent": Decimal(rate[name]) * 100 for name in ("rate", "low", "high")}


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "drawn": DRAWN_WORDS[Drawn(row["drawn"])], "words": FINDING_WORDS[Finding(row["finding"])]}
