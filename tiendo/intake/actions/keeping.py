"""What was read in a file is kept with its import, all at once."""

from datetime import datetime

from tiendo.intake.found import Found
from tiendo.intake.models import Import, Proposal
from tiendo.intake.proposing import Proposed


def keep_found(source: Import, found: Found, *, at: datetime) -> Import:
    """The reading and every proposal; called inside the transaction of the act that read the file."""
    Proposal.objects.bulk_create(
        (
            Proposal(
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
                decision=_decision(each),
            )
            for place, each in enumerate(found.proposals, 1)
        ),
        batch_size=500,
    )
    source.reading, source.form = found.reading, found.form
    source.lines, source.printed = list(found.lines), list(found.printed)
    source.status, source.progress, source.progress_at = Import.Status.PROPOSED, 100, at
    source.save(update_fields=["reading", "form", "lines", "printed", "status", "progress", "progress_at"])
    return source


def _decision(each: Proposed) -> str:
    """What the new file says just as the plan does, and what was left out before, leaves nothing to decide."""
    if each.left_out:
        return Proposal.Decision.REJECTED
    return Proposal.Decision.ACCEPTED if each.change == Proposal.Change.SAME else Proposal.Decision.PENDING
