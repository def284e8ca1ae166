"""Published evaluations of units as the public reads them: boards through the guard, working from the opened facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tiendo.evaluation import content as contents
from tiendo.evaluation.asking import content_of
from tiendo.evaluation.exporting import facts_of
from tiendo.evaluation.models import Cycle, Result, Snapshot
from tiendo.evaluation.results import Result as Scored
from tiendo.evaluation.scoring import results_data, score
from tiendo.evaluation.sets import hidden_measures
from tiendo.evaluation.states import Stage, Subject
from tiendo.indicators.models import Passport
from tiendo.plans.models import Task
from tiendo.publication.evaluation_opening import opened
from tiendo.publication.guard import public_rows
from tiendo.publication.keeping_back import silent_cells
from tiendo.publication.models import PublishedIndicator, Release

FIELDS = (
    "scorecard__unit__code",
    "scorecard__unit__name",
    "scorecard__group",
    "score",
    "band",
    "rank",
    "tied",
    "rank_low",
    "rank_high",
    "reported_completion",
    "outcome_completion",
)


@dataclass(frozen=True)
class Evaluation:
    """One published cycle with the computation it was decided on."""

    cycle: Cycle
    snapshot: Snapshot

    @property
    def bands(self) -> dict[str, str]:
        return {band.code: band.name for band in content_of(self.cycle.criteria.content).overall}

    @property
    def groups(self) -> dict[str, str]:
        return {group.code: group.name for group in content_of(self.cycle.criteria.content).groups}


def evaluations() -> list[Evaluation]:
    """Published ones of units, the newest first; persons are never among them.

    One whose criteria read an indicator that was hidden since is taken back: its facts would tell the value (ADR 0020);
    so is one that reads a count of people which the releases keep back for a unit with a card.
    """
    cycles = Cycle.objects.filter(stage=Stage.PUBLISHED, subject=Subject.UNIT).select_related("criteria")
    finals = Snapshot.objects.filter(cycle__in=cycles, purpose=Snapshot.Purpose.FINAL).select_related("content")
    newest = {each.cycle_id: each for each in finals.order_by("number")}
    shown = [cycle for cycle in cycles.order_by("-year", "-pk") if cycle.pk in newest]
    return [Evaluation(cycle, newest[cycle.pk]) for cycle in shown if not _tells_too_much(cycle)]


def _tells_too_much(cycle: Cycle) -> bool:
    read = {each.measure.indicator for each in content_of(cycle.criteria.content).criteria if each.measure}
    if not read:
        return False
    told = PublishedIndicator.objects.filter(code__in=read, release__in=Release.objects.current())
    silent = {unit for row in told.only("data") for unit, _period, _slice in silent_cells(row.data)}
    return bool(hidden_measures(cycle.criteria)) or cycle.scorecards.filter(unit__code__in=silent).exists()


def find_evaluation(pk: int) -> Evaluation | None:
    return next((each for each in evaluations() if each.cycle.pk == pk), None)


def board(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Every unit's figures as decided, by group and rank."""
    results = Result.objects.filter(snapshot=evaluation.snapshot, scorecard__head=None)
    rows = public_rows(results.order_by("scorecard__group", "rank", "scorecard__unit__sort_key"), *FIELDS)
    return [_named(row, evaluation) for row in rows]


def coverage(evaluation: Evaluation) -> Mapping[str, int]:
    """How many tasks counted and how many had each thing; no task by name."""
    found: Mapping[str, int] = evaluation.snapshot.coverage.get("all", {})
    return found


def working(evaluation: Evaluation, unit: str) -> Scored | None:
    """The working of one unit's score, every task kept back without a name; None for a unit that has no card."""
    found = [each for each in _recomputed(evaluation).cards if each.key == unit]
    return found[0] if found else None


def open_file(evaluation: Evaluation) -> bytes:
    """The opened facts with the scores they give, for `tiendo-recompute`."""
    facts, results = _opened(evaluation), _recomputed(evaluation)
    return contents.export(facts, results_data(results))


def _named(row: Mapping[str, Any], evaluation: Evaluation) -> dict[str, Any]:
    given = {name.removeprefix("scorecard__").replace("__", "_"): row[name] for name in FIELDS}
    given["band_name"] = evaluation.bands.get(row["band"], row["band"])
    given["group_name"] = evaluation.groups.get(row["scorecard__group"], row["scorecard__group"])
    return given


def _kept_back() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes of tasks, and of indicators, that may not be named now: hiding one later hides it here at once."""
    tasks = Task.objects.exclude(pk__in=Task.objects.published().values("pk")).order_by("code")
    passports = Passport.objects.in_force().filter(is_public=False).order_by("indicator__code")
    return tuple(tasks.values_list("code", flat=True)), tuple(passports.values_list("indicator__code", flat=True))


def _opened(evaluation: Evaluation) -> contents.Snapshot:
    tasks, indicators = _kept_back()
    return opened(facts_of(evaluation.snapshot), tasks, indicators)


def _recomputed(evaluation: Evaluation) -> Any:
    tasks, indicators = _kept_back()
    return _scored(evaluation.snapshot.pk, evaluation.snapshot.sha256, tasks, indicators)


@lru_cache(maxsize=8)
def _scored(pk: int, sha256: str, tasks: Sequence[str], indicators: Sequence[str]) -> Any:
    """Once for a snapshot and what is kept back of it; resampling weights a thousand times takes a moment."""
    snapshot = Snapshot.objects.select_related("content").get(pk=pk, sha256=sha256)
    return score(opened(facts_of(snapshot), tasks, indicators))
