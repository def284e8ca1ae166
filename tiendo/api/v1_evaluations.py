"""Published yearly evaluations of units: scores, ranks with their intervals, and where the facts are to be had."""

from decimal import Decimal

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router, Schema

from tiendo.publication.evaluation import board, coverage, evaluations

router = Router(tags=["Đánh giá"])


class UnitScore(Schema):
    """Kết quả của một cơ quan, đơn vị."""

    unit_code: str
    unit_name: str
    group: str
    score: Decimal | None
    band: str
    band_name: str
    rank: int | None
    tied: int
    rank_low: int | None
    rank_high: int | None
    reported_completion: Decimal | None
    outcome_completion: Decimal | None


class EvaluationRow(Schema):
    """Một đợt đánh giá đã công bố."""

    title: str
    year: int
    decision: str
    criteria: str
    rule_sha256: str
    coverage: dict[str, int]
    facts: str
    results: list[UnitScore]


class EvaluationList(Schema):
    items: list[EvaluationRow]


@router.get("", response=EvaluationList, summary="Kết quả đánh giá hằng năm đã công bố")
def evaluation_list(request: HttpRequest) -> HttpResponse:
    items = [
        {
            "title": each.cycle.title,
            "year": each.cycle.year,
            "decision": each.cycle.decision,
            "criteria": str(each.cycle.criteria),
            "rule_sha256": each.snapshot.rule_sha256,
            "coverage": dict(coverage(each)),
            "facts": reverse("portal:evaluation-file", args=[each.cycle.pk]),
            "results": [{name: row[name] for name in UnitScore.model_fields} for row in board(each)],
        }
        for each in evaluations()
    ]
    body = orjson.dumps({"items": items}, default=str)
    return HttpResponse(body, content_type="application/json", headers={"Access-Control-Allow-Origin": "*"})
