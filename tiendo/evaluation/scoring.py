"""From a snapshot to scores, ranks and their firmness, with the working of each down to the records. Pure.

A criterion gives a share of its weight, from 0 to 1; a card's score is the sum over all criteria, rounded once.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tiendo.evaluation.checking import parse
from tiendo.evaluation.content import CardOf, Snapshot
from tiendo.evaluation.criteria import Content, Criterion
from tiendo.evaluation.earning import HUNDRED, earned, outcome_share, reported_share
from tiendo.evaluation.items import items_of
from tiendo.evaluation.ranking import placed
from tiendo.evaluation.results import SCHEMA, Earned, Points, Result, Results, Scored
from tiendo.evaluation.results import results_data as results_data
from tiendo.evaluation.robustness import intervals
from tiendo.evaluation.weights import SHOWN, rounded


def score(snapshot: Snapshot) -> Results:
    """Scores, bands, ranks and rank intervals of all cards, in the order of the cards. Raises `shaping.Misfit` when the
    criteria are not in order."""
    content = parse(snapshot.criteria)
    cards = [scored(content, card, card.end(snapshot.cycle)) for card in snapshot.cards]
    results = placed(content, cards)
    spans = intervals(content, cards, seed=snapshot.seed, times=snapshot.resamplings)
    return Results(SCHEMA, tuple(_widened(result, spans.get(result.key)) for result in results))


def scored(content: Content, card: CardOf, end: date) -> Scored:
    """One card by itself."""
    items = items_of(content, card, end)
    pairs = [(criterion, earned(content, criterion, card, items)) for criterion in content.criteria]
    whole = sum((Fraction(criterion.weight) * each.share for criterion, each in pairs), Fraction(0))
    return Scored(
        key=card.key,
        group=card.group,
        score=rounded(whole, content.decimals),
        shares=tuple(each.share for _, each in pairs),
        criteria=tuple(_points(criterion, each) for criterion, each in pairs),
        items=tuple(items),
        reported_completion=_percent(reported_share(items)),
        outcome_completion=_percent(outcome_share(items)),
    )


def _points(criterion: Criterion, given: Earned) -> Points:
    points = rounded(Fraction(criterion.weight) * given.share, SHOWN)
    return Points(criterion.code, criterion.name, criterion.weight, points, given.missing, given.lines)


def _widened(result: Result, span: tuple[int, int] | None) -> Result:
    low, high = span or (result.rank, result.rank)
    return replace(result, rank_low=min(low, result.rank), rank_high=max(high, result.rank))


def _percent(share: Fraction | None) -> Decimal | None:
    return None if share is None else rounded(share * HUNDRED, 4)
