"""The facts of a cycle are frozen, scored, and kept with every line of the working."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.evaluation import content as contents
from tiendo.evaluation.agreeing import agreed
from tiendo.evaluation.conditions import heard_in
from tiendo.evaluation.coverage import coverage_of
from tiendo.evaluation.gathering import gather, key_of
from tiendo.evaluation.models import Cycle, Result, Scorecard, Snapshot
from tiendo.evaluation.permissions import can_steer_cycle
from tiendo.evaluation.results import Result as Scored
from tiendo.evaluation.scoring import score
from tiendo.evaluation.shaping import plain, sha256_of
from tiendo.evaluation.states import Stage
from tiendo.evaluation.workflow import Act
from tiendo.plans.storage import store_file


@transaction.atomic
def take_snapshot(*, cycle: Cycle, by: User, at: datetime) -> Snapshot:
    """Freeze the facts now and score them: to prepare, or once objections are heard for the decision."""
    cycle = locked(cycle)
    require(can_steer_cycle(by, cycle, Act.SNAPSHOT))
    final = cycle.stage == Stage.OBJECTION
    return freeze(cycle, Snapshot.Purpose.FINAL if final else Snapshot.Purpose.PRELIMINARY, by=by, at=at)


def locked(cycle: Cycle) -> Cycle:
    """The row under lock, with what its acts read."""
    rows = Cycle.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("criteria", "plan_version__plan", "opened_by").get(pk=cycle.pk)


def freeze(cycle: Cycle, purpose: str, *, by: User, at: datetime) -> Snapshot:
    """Called inside an act that holds the cycle; the log keeps the hash of what was frozen."""
    heard = heard_in(cycle)  # counted first: what is said meanwhile is then missed by the count, never by the reader
    facts = gather(cycle, at=at)
    results = score(facts).cards
    data = contents.written(facts)
    stored = store_file(data, extension="json", media_type="application/json", at=at)
    last = cycle.snapshots.order_by("-number").first()
    snapshot = Snapshot.objects.create(
        cycle=cycle,
        number=(last.number if last else 0) + 1,
        purpose=purpose,
        content=stored,
        sha256=sha256_of(contents.data_of(facts)),
        rule_sha256=cycle.criteria.sha256,
        heard=heard,
        coverage=coverage_of(facts, cycle.criteria.content),
        agreement=agreed(facts, cycle.criteria.content),
        taken_by=by,
        taken_at=at,
    )
    _keep(snapshot, list(cycle.scorecards.select_related("unit")), results)
    record(
        act="evaluation.snapshot.take",
        subject=f"evaluation.cycle:{cycle.pk}",
        actor=by.username,
        at=at,
        number=snapshot.number,
        purpose=purpose,
        sha256=snapshot.sha256,
        rule=snapshot.rule_sha256,
    )
    return snapshot


def _keep(snapshot: Snapshot, cards: Sequence[Scorecard], results: Iterable[Scored]) -> None:
    known = {key_of(card): card for card in cards}
    rows = [_row(snapshot, known[each.key], each) for each in results]
    Result.objects.bulk_create(rows, batch_size=200)


def _row(snapshot: Snapshot, card: Scorecard, scored: Scored) -> Result:
    return Result(
        snapshot=snapshot,
        scorecard=card,
        score=Decimal(scored.score),
        band=scored.band,
        rank=scored.rank,
        tied=scored.tied,
        rank_low=scored.rank_low,
        rank_high=scored.rank_high,
        reported_completion=scored.reported_completion,
        outcome_completion=scored.outcome_completion,
        working=plain(scored),
    )
