"""What the records say of one card now: its lines and points, before anybody has judged and without any rank."""

from datetime import datetime

from tiendo.evaluation.asking import content_of
from tiendo.evaluation.content import CardOf
from tiendo.evaluation.gathering import gather, key_of
from tiendo.evaluation.models import Cycle, Scorecard
from tiendo.evaluation.results import Points
from tiendo.evaluation.scoring import scored


def records_of(card: Scorecard, cycle: Cycle, *, at: datetime) -> tuple[CardOf, dict[str, Points]]:
    """The facts of the card, and criterion code → its points and lines as computed from them."""
    facts = gather(cycle, at=at, only=card)
    own = next(each for each in facts.cards if each.key == key_of(card))
    made = scored(content_of(cycle.criteria.content), own, own.end(facts.cycle))
    return own, {each.code: each for each in made.criteria}
