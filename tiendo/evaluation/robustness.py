"""How firm a rank is: ranks under weights drawn again and again within stated bounds. Pure, whole numbers only.

Draw `i` of criterion `j`: u = the first 8 bytes of SHA-256("seed|i|j") as a whole number; weight = low + (high − low)
· u div (2^64 − 1), all in millionths. A card's sum = Σ weight · share, shares in billionths, cut. Ranks as always. The
interval keeps the middle part the set names; the rank by the set's own weights is always within.
"""

import hashlib
from collections.abc import Sequence
from fractions import Fraction

from tiendo.evaluation.criteria import Content
from tiendo.evaluation.results import Scored
from tiendo.evaluation.weights import bounds

WEIGHT_SCALE, SHARE_SCALE = 10**6, 10**9
WIDEST = 2**64 - 1


def draw(seed: str, time: int, criterion: int) -> int:
    """A whole number from 0 to 2^64 − 1, the same everywhere for the same three."""
    return int.from_bytes(hashlib.sha256(f"{seed}|{time}|{criterion}".encode()).digest()[:8], "big")


def drawn_weights(content: Content, *, seed: str, time: int) -> list[int]:
    """One draw of all weights, in millionths, each within its bounds."""
    found = []
    for place, criterion in enumerate(content.criteria):
        low, high = (int(each * WEIGHT_SCALE) for each in bounds(content, criterion))
        found.append(low + (high - low) * draw(seed, time, place) // WIDEST)
    return found


def intervals(content: Content, cards: Sequence[Scored], *, seed: str, times: int) -> dict[str, tuple[int, int]]:
    """(best, worst) rank of each card within its group over `times` draws; empty when there are none."""
    ranks: dict[str, list[int]] = {card.key: [] for card in cards}
    groups = {group: [card for card in cards if card.group == group] for group in {card.group for card in cards}}
    shares = {card.key: [int(share * SHARE_SCALE) for share in card.shares] for card in cards}
    for time in range(times):
        weights = drawn_weights(content, seed=seed, time=time)
        for alike in groups.values():
            sums = [sum(w * s for w, s in zip(weights, shares[card.key], strict=True)) for card in alike]
            for card, rank in zip(alike, _ranks(sums), strict=True):
                ranks[card.key].append(rank)
    kept = Fraction(content.resampling.interval)
    return {key: _middle(sorted(found), kept) for key, found in ranks.items() if found}


def _ranks(sums: list[int]) -> list[int]:
    first: dict[int, int] = {}
    for place, each in enumerate(sorted(sums, reverse=True), start=1):
        first.setdefault(each, place)
    return [first[each] for each in sums]


def _middle(ranks: list[int], kept: Fraction) -> tuple[int, int]:
    """Leaves out the same number at both ends, never more than the part not kept."""
    out = int(len(ranks) * (1 - kept) / 2)
    return ranks[out], ranks[len(ranks) - 1 - out]
