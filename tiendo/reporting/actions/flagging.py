"""On sending, each item gets its flags and the ends of its text. Called inside the transaction of the sending."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from tiendo.analysis.likeness import edges_of
from tiendo.reporting.flagging import Claim, flags_of, folded_result, kept_flags, neighbours_of
from tiendo.reporting.models import Duty, Submission
from tiendo.reporting.queries import values_of


def flag_submissions(duty: Duty, submissions: Sequence[Submission], *, at: datetime) -> None:
    """Work out the flags of what is being sent, and keep them with it; in a constant number of queries."""
    values = {row.pk: values_of(row) for row in submissions}
    texts = {row.entry.task_id: folded_result(values[row.pk]) for row in submissions}
    claims = [Claim(row.entry.task, values[row.pk], len(row.evidence_ids)) for row in submissions]
    found = flags_of(duty, claims, on=localdate(at), neighbours=neighbours_of(duty, texts))
    for row in submissions:
        edges = edges_of(texts[row.entry.task_id])
        row.flags = kept_flags(found[row.entry.task_id])
        row.text_length, row.text_head, row.text_tail = edges.length, edges.head, edges.tail
    Submission.objects.bulk_update(submissions, ["flags", "text_length", "text_head", "text_tail"], batch_size=100)
