"""How far the two assessors agree, criterion by criterion and overall, from a frozen snapshot. Pure."""

from tiendo.analysis.agreement import agreement
from tiendo.evaluation.asking import asked_of
from tiendo.evaluation.content import CardOf, Snapshot
from tiendo.evaluation.shaping import plain
from tiendo.evaluation.states import Voice


def agreed(facts: Snapshot, content: object) -> dict[str, object]:
    """`{"all": {"n", "exact", "kappa"}, "criteria": {code: the same}}`, decimals as text, null where not computable."""
    codes = [each.code for each in asked_of(content) if each.is_judged]
    pairs = {code: [pair for card in facts.cards if (pair := _pair(card, code))] for code in codes}
    every = [pair for code in codes for pair in pairs[code]]
    return {"all": plain(agreement(every)), "criteria": {code: plain(agreement(pairs[code])) for code in codes}}


def _pair(card: CardOf, criterion: str) -> tuple[int, int] | None:
    """The first and the second assessor's level, when both have spoken."""
    words = [each for each in card.judgements if each.criterion == criterion and each.voice is Voice.ASSESSOR]
    levels = [each.level for each in sorted(words, key=lambda each: each.by) if each.level is not None]
    return (levels[0], levels[1]) if len(levels) > 1 else None
