"""What was read in a file is kept with its import, all at once."""

from collections.abc import Sequence
from datetime import datetime

from tiendo.intake.found import Found
from tiendo.intake.models import Import, Proposal
from tiendo.intake.proposing import Proposed


def keep_found(source: Import, found: Found, *, at: datetime) -> Import:
    """The reading and every proposal; called inside the transaction of the act that read the file."""
    add_proposals(source, found.proposals)
    source.reading, source.form = found.reading, found.form
    source.lines, source.printed = list(found.lines), list(found.printed)
    source.status, source.progress, source.progress_at = Import.Status.PROPOSED, 100, at
    source.save(update_fields=["reading", "form", "lines", "printed", "status", "progress", "progress_at"])
    return source


def add_proposals(source: Import, proposals: Sequence[Proposed], *, after: int = 0) -> None:
    """Store proposals in their order, behind the position given."""
    rows = (_row(source, each, place) for place, each in enumerate(proposals, after + 1))
    Proposal.objects.bulk_create(rows, batch_size=500)


def decision_on(each: Proposed) -> str:
    """What the new file says just as the plan does, and what was left out before, leaves nothing to decide."""
    if each.left_out:
        return Proposal.Decision.REJECTED
    return Proposal.Decision.ACCEPTED if each.change == Proposal.Change.SAME else Proposal.Decision.PENDING


def _row(source: Import, each: Proposed, place: int) -> Proposal:
    return Proposal(
        source=source,
        kind=each.kind,
        key=each.key,
        position=place,
        printed=each.printed,
        where=each.where,
        sure=each.sure,
        change=each.change,
        current=each.current,
        current_ref=each.current_ref,
        twins=list(each.twins),
        decision=decision_on(each),
    )
