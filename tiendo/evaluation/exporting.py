"""A snapshot as it is handed out: the facts with the results kept beside them, for others to compute again."""

from tiendo.evaluation import content as contents
from tiendo.evaluation.models import Snapshot
from tiendo.evaluation.results import SCHEMA
from tiendo.plans.storage import read_file


def facts_of(snapshot: Snapshot) -> contents.Snapshot:
    """The frozen facts. Raises ValueError when they were changed on disk."""
    return contents.read(read_file(snapshot.content))


def exported(snapshot: Snapshot) -> bytes:
    """The file for `tiendo-recompute`: results as they were kept, not as today's program would compute them."""
    facts = facts_of(snapshot)
    kept = {working["key"]: working for working in snapshot.results.values_list("working", flat=True)}
    cards = [kept[card.key] for card in facts.cards]
    return contents.export(facts, {"schema": SCHEMA, "cards": cards})
