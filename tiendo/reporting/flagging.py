"""What flags are worked out from, read for a whole report in a constant number of queries.

Flags of what was sent are worked out once, on sending, and kept with it: what was sent never changes, and a queue of
thousands of items is filtered by them in the database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q

from tiendo.analysis.likeness import Candidate, Edges, edges_of, nearest
from tiendo.notices.sayings import again, kept
from tiendo.orgs.words import fold
from tiendo.plans.models import Task
from tiendo.reporting.flags import Code, Flag, Limits, Neighbour, Severity, flags
from tiendo.reporting.models import Duty, Period, Submission
from tiendo.reporting.queries import latest_accepted, values_of
from tiendo.reporting.rules import Values

LOOKED_UP = 3000  # texts with an end in common that are looked at for one report, however alike all units write


@dataclass(frozen=True)
class Claim:
    """What a unit says of a task, as typed or as sent, and how many pieces of evidence back it."""

    task: Task
    values: Values
    evidence: int


def limits() -> Limits:
    return Limits(jump=settings.TIENDO_FLAG_JUMP, alike=settings.TIENDO_FLAG_ALIKE)


def flags_of(
    duty: Duty, claims: Sequence[Claim], *, on: date, neighbours: Mapping[int, Sequence[Neighbour]] | None = None
) -> dict[int, tuple[Flag, ...]]:
    """Task id → flags of what the report says of it on the day.

    `neighbours` are candidates of other units by task id; without them no other unit is looked at, as for the unit
    itself, which is not shown what others write.
    """
    before = latest_accepted(Task.objects.filter(pk__in=[claim.task.pk for claim in claims]), before=duty.period)
    near = neighbours or {}
    return {
        claim.task.pk: _flags(claim, duty.period, before.get(claim.task.pk), near.get(claim.task.pk, ()), on)
        for claim in claims
    }


def _flags(
    claim: Claim, period: Period, last: Submission | None, neighbours: Sequence[Neighbour], on: date
) -> tuple[Flag, ...]:
    return flags(
        claim.values,
        values_of(last) if last else None,
        evidence=claim.evidence,
        on=on,
        data_from=period.data_from,
        data_to=period.data_to,
        given_on=claim.task.followed_from,
        same_year=last is not None and _year(last.entry.duty.period) == _year(period),
        neighbours=neighbours,
        limits=limits(),
    )


def _year(period: Period) -> int:
    """The year its money is counted in: that of the last day of its data."""
    return (period.data_to - timedelta(days=1)).year


def neighbours_of(duty: Duty, texts: Mapping[int, str]) -> dict[int, list[Neighbour]]:
    """Key → what other units have sent in the same period and may be a copy of the folded text under that key."""
    known = limits()
    mine = {key: edges_of(text) for key, text in texts.items() if len(text) >= known.short}
    candidates = _candidates(duty, mine.values()) if mine else []
    by_end = _by_end(candidates)
    picked = {
        key: nearest(edges, [*by_end.get((0, edges.head), ()), *by_end.get((1, edges.tail), ())], alike=known.alike)
        for key, edges in mine.items()
    }
    read = _read({pk for pks in picked.values() for pk in pks})
    return {key: [read[pk] for pk in pks] for key, pks in picked.items() if pks}


def _candidates(duty: Duty, edges: Iterable[Edges]) -> list[Candidate]:
    edges = list(edges)
    alike = Q(text_head__in={each.head for each in edges}) | Q(text_tail__in={each.tail for each in edges})
    rows = Submission.objects.filter(alike, entry__duty__period=duty.period_id).exclude(entry__duty=duty.pk)
    found = rows.order_by("-pk").values_list("pk", "text_length", "text_head", "text_tail")[:LOOKED_UP]
    return [Candidate(pk, Edges(length, head, tail)) for pk, length, head, tail in found]


def _by_end(candidates: Iterable[Candidate]) -> dict[tuple[int, str], list[Candidate]]:
    found: dict[tuple[int, str], list[Candidate]] = {}
    for candidate in candidates:
        found.setdefault((0, candidate.edges.head), []).append(candidate)
        found.setdefault((1, candidate.edges.tail), []).append(candidate)
    return found


def _read(pks: set[int]) -> dict[int, Neighbour]:
    if not pks:
        return {}
    rows = Submission.objects.filter(pk__in=pks).values_list("pk", "entry__duty__unit__short_name", "result")
    return {pk: Neighbour(unit, result) for pk, unit, result in rows}


def folded_result(values: Values) -> str:
    return fold(values.result)


def kept_flags(found: Iterable[Flag]) -> list[dict[str, Any]]:
    """Flags in a form that JSON holds."""
    rows = []
    for flag in found:
        pattern, values = kept(flag.sentence)
        rows.append({"code": flag.code.value, "severity": flag.severity.value, "pattern": pattern, "values": values})
    return rows


def flags_again(rows: Iterable[Mapping[str, Any]]) -> tuple[Flag, ...]:
    """The flags that were kept, warnings first, to be said in the reader's language."""
    found = [Flag(Code(row["code"]), again(row["pattern"], row["values"]), Severity(row["severity"])) for row in rows]
    return tuple(sorted(found, key=lambda flag: flag.severity != Severity.WARNING))
