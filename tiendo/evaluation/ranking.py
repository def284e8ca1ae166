"""Places among cards of one group, and overall bands with their conditions and quotas. Pure.

Ranks are standard competition ranks of the rounded score: cards of equal score share a rank (1, 2, 2, 4), and how many
share it is declared. Nothing breaks a tie.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from gettext import gettext as _

from tiendo.evaluation.criteria import AtQuota, Base, Condition, Content, Overall, Quota, Rule
from tiendo.evaluation.items import Item
from tiendo.evaluation.results import Result, Scored
from tiendo.evaluation.working import Line, line, number


def competition_ranks(scores: Sequence[Decimal | int]) -> list[tuple[int, int]]:
    """(rank, how many share it) of each score, the highest first: 90, 80, 80, 70 are 1, 2, 2, 4."""
    first: dict[Decimal | int, int] = {}
    count: dict[Decimal | int, int] = {}
    for place, each in enumerate(sorted(scores, reverse=True), start=1):
        first.setdefault(each, place)
        count[each] = count.get(each, 0) + 1
    return [(first[each], count[each]) for each in scores]


def placed(content: Content, cards: Sequence[Scored]) -> list[Result]:
    """Every card with its band and rank among its group, in the order given; intervals are the rank itself."""
    made: dict[str, Result] = {}
    for group in dict.fromkeys(card.group for card in cards):
        alike = [card for card in cards if card.group == group]
        ranks = competition_ranks([card.score for card in alike])
        bands = _within_quota(content, alike, [band_of(content, card) for card in alike])
        for card, (rank, tied), (band, lines) in zip(alike, ranks, bands, strict=True):
            made[card.key] = _result(card, band, lines, rank, tied)
    return [made[card.key] for card in cards]


def _result(card: Scored, band: Overall, lines: tuple[Line, ...], rank: int, tied: int) -> Result:
    return Result(
        key=card.key,
        group=card.group,
        score=card.score,
        band=band.code,
        band_name=band.name,
        rank=rank,
        tied=tied,
        rank_low=rank,
        rank_high=rank,
        reported_completion=card.reported_completion,
        outcome_completion=card.outcome_completion,
        criteria=card.criteria,
        band_lines=lines,
    )


Banded = tuple[Overall, tuple[Line, ...]]


def band_of(content: Content, card: Scored) -> Banded:
    """The best band whose points are reached and whose conditions hold, with why better ones were refused."""
    refused: list[Line] = []
    for band in content.overall:
        if card.score < band.low:
            continue
        failed = [each for each in band.conditions if not holds(content, each, card.items)]
        if not failed:
            return band, tuple(refused)
        refused += [_refusal(band, each) for each in failed]
    return content.overall[-1], tuple(refused)


def holds(content: Content, condition: Condition, items: Iterable[Item]) -> bool:
    """Whether a condition holds over the items counted; over none at all, none holds."""
    listed = list(items)
    if not listed:
        return False
    late = sum(1 for item in listed if item.late(content))
    if condition.rule is Rule.ALL_COMPLETED:
        return all(item.completed for item in listed)
    if condition.rule is Rule.ALL_ON_TIME:
        return late == 0 and all(item.completed for item in listed)
    most = Fraction(condition.percent or 0) * len(listed)
    if condition.rule is Rule.LATE_SHARE:
        return 100 * late <= most
    return 100 * sum(1 for item in listed if item.beyond) >= most


def _refusal(band: Overall, condition: Condition) -> Line:
    words = {
        Rule.ALL_ON_TIME: _("không xếp “{band}”: không phải toàn bộ nhiệm vụ hoàn thành đúng hạn"),
        Rule.ALL_COMPLETED: _("không xếp “{band}”: chưa hoàn thành toàn bộ nhiệm vụ"),
        Rule.LATE_SHARE: _("không xếp “{band}”: số nhiệm vụ chậm quá {percent} %"),
        Rule.BEYOND_SHARE: _("không xếp “{band}”: số nhiệm vụ vượt mức yêu cầu dưới {percent} %"),
    }
    return line(words[condition.rule], band=band.name, percent=number(Fraction(condition.percent or 0)))


def _within_quota(content: Content, cards: Sequence[Scored], bands: list[Banded]) -> list[Banded]:
    """Those beyond the quota fall to the next band; cards tied at its edge are treated alike."""
    quota = content.quota
    if quota is None:
        return bands
    best = [card.score for card, (band, _lines) in zip(cards, bands, strict=True) if band.code == quota.band]
    lower = next(band for band in content.overall if band.code == quota.of)
    ranked = len(best) + sum(1 for band, _lines in bands if band.code == quota.of)
    edge = _edge(best, most_of(quota, ranked), quota.ties)
    why = line(_("vượt giới hạn của nhóm ({percent} %)"), percent=number(Fraction(quota.percent)))
    return [
        (lower, (*lines, why)) if band.code == quota.band and (edge is None or card.score < edge) else (band, lines)
        for card, (band, lines) in zip(cards, bands, strict=True)
    ]


def most_of(quota: Quota, ranked: int) -> int:
    """How many may hold the band, of `ranked` cards ranked at the lower band or better; never rounded up."""
    share = Fraction(quota.percent) / 100
    if quota.base is Base.WITHOUT_BEST:
        share = share / (1 + share)
    return int(share * ranked)


def _edge(scores: list[Decimal], most: int, ties: AtQuota) -> Decimal | None:
    """The lowest score that keeps the band; None when none does."""
    falling = sorted(scores, reverse=True)
    if len(falling) <= most:
        return falling[-1] if falling else None
    if ties is AtQuota.ALL_IN:
        return falling[most - 1] if most else None
    kept = [each for each in falling[:most] if each > falling[most]]
    return kept[-1] if kept else None
