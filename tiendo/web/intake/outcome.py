"""What accepting an amendment does, in numbers and in sentences."""

from collections import Counter
from dataclasses import dataclass

from tiendo.intake.models import Import, Proposal

CHANGE, DECISION = Proposal.Change, Proposal.Decision


@dataclass(frozen=True)
class Outcome:
    """Tasks and indicators by what the new file does to them; of the removals, how many somebody agreed to."""

    added: int
    changed: int
    removed: int
    kept: int
    agreed: int

    @property
    def unanswered(self) -> int:
        """Rows the file no longer has and nobody agreed to drop: they stay in the plan."""
        return self.removed - self.agreed


def outcome_of(source: Import) -> Outcome | None:
    """None for what is not an amendment."""
    rows = source.proposals.filter(kind__in=[Proposal.Kind.TASK, Proposal.Kind.INDICATOR]).exclude(change="")
    pairs = list(rows.values_list("change", "decision"))
    if not pairs:
        return None
    left = [pair for pair in pairs if pair[0] == CHANGE.REMOVED or pair[1] != DECISION.REJECTED]
    counts = Counter(change for change, _decision in left)
    agreed = sum(change == CHANGE.REMOVED and decision == DECISION.ACCEPTED for change, decision in left)
    return Outcome(counts[CHANGE.ADDED], counts[CHANGE.CHANGED], counts[CHANGE.REMOVED], counts[CHANGE.SAME], agreed)
