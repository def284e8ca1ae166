"""What a release tells of indicators: public passports, their lines, their figures, accepted observations in force.

Every row passes `guard.public_rows`. Three filters stand here and nowhere else: passports that say their figures are
public, observations that were accepted and are the newest of their cell, ties to tasks that may be named in public.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Max, Q

from tiendo.indicators.models import (
    DocumentTie,
    Figure,
    Indicator,
    Measurement,
    ObjectiveTie,
    Observation,
    Passport,
    Programme,
    TargetLine,
    TaskTie,
)
from tiendo.indicators.states import Standing
from tiendo.plans.models import Plan, Task
from tiendo.publication import keeping_back
from tiendo.publication.guard import public_rows
from tiendo.publication.models import PublishedIndicator, Release
from tiendo.publication.records import Row
from tiendo.publication.small_counts import Cell

PASSPORT = (
    "indicator_id indicator__code indicator__catalogue indicator__retired_on number name definition method "
    "expression measure unit_code unit_text decimals direction firmness levels frequency lag_days first_period "
    "over_units over_time measured_kinds rests_on recorded_at owner__code owner__name source__name source__kind "
    "weight__code numerator__code denominator__code"
)
LINE = (
    "indicator_id unit__code unit__name purpose due_on category comparator value upper full_value firmness printed "
    "rests_on recorded_at"
)
FIGURE = (
    "indicator_id unit__code unit__name unit__kind period period_end slice origin status value no_value state progress "
    "not_computable distance flags target__comparator target__value target__upper target__full_value target__due_on"
)
OBSERVATION = (
    "indicator_id unit__code period slice source__name source__kind number status value no_value recorded_at decided_at"
)
MEASUREMENT = ("programme_id", "period", "number", "content", "sha256", "published_at", "note")
PROGRAMME = "id code title owner__name frequency publish_days in_force_from ended_on decision"


@dataclass
class IndicatorParts:
    """Everything read of one indicator: its passport in force and the rows that hang on it."""

    passport: Row
    lines: list[Row] = field(default_factory=list)
    figures: list[Row] = field(default_factory=list)
    observations: list[Row] = field(default_factory=list)
    tasks: list[Row] = field(default_factory=list)
    clauses: list[Row] = field(default_factory=list)
    documents: list[Row] = field(default_factory=list)


def indicators_with_parts(plan: Plan) -> list[IndicatorParts]:
    """Every public indicator of the plan with all that hangs on it, in a fixed number of queries."""
    passports = Passport.objects.in_force().filter(is_public=True, indicator__in=_of_plan(plan))
    rows = public_rows(passports.order_by("indicator__position", "indicator__code"), *PASSPORT.split())
    parts = {row["indicator_id"]: IndicatorParts(row) for row in rows}
    for name, hanging in _hanging(plan, list(parts)).items():
        for row in hanging:
            getattr(parts[row["indicator_id"]], name).append(row)
    return list(parts.values())


def _of_plan(plan: Plan) -> "list[int]":
    """Indicators that the plan sets, or that measure one of its public tasks, clauses or programmes.

    One no longer followed stays with the day it was given up: retiring a red figure must not make it unsaid.
    """
    tasks = Task.objects.filter(plan=plan).published()
    found = Indicator.objects.filter(
        Q(plan=plan)
        | Q(pk__in=TaskTie.objects.filter(task__in=tasks, ended_at=None).values("indicator"))
        | Q(pk__in=ObjectiveTie.objects.filter(item__version__plan=plan, ended_at=None).values("indicator"))
        | Q(objectives__programme__plan=plan, objectives__ended_at=None)
    )
    return list(found.order_by().values_list("pk", flat=True).distinct())


def _hanging(plan: Plan, ids: list[int]) -> dict[str, list[Row]]:
    mine = {"indicator__in": ids}
    accepted = Observation.objects.current().filter(standing=Standing.ACCEPTED, **mine)
    tied = TaskTie.objects.filter(ended_at=None, task__in=Task.objects.filter(plan=plan).published(), **mine)
    clauses = ObjectiveTie.objects.filter(ended_at=None, item__version__plan=plan, **mine)
    return {
        "lines": public_rows(TargetLine.objects.in_force().filter(**mine).order_by("due_on", "pk"), *LINE.split()),
        "figures": public_rows(
            Figure.objects.filter(**mine).order_by("unit__sort_key", "unit__code", "slice", "period_end", "period"),
            *FIGURE.split(),
        ),
        "observations": public_rows(accepted.order_by("period_end", "source__name", "pk"), *OBSERVATION.split()),
        "tasks": public_rows(
            tied.order_by("task__position", "task__code"), "indicator_id", "task__code", "task__title"
        ),
        "clauses": public_rows(clauses.order_by("item__position"), "indicator_id", "item__path", "item__number"),
        "documents": public_rows(
            DocumentTie.objects.filter(ended_at=None, **mine).order_by("document__number"),
            *("indicator_id", "document__number", "document__kind", "document__issued_on", "document__title"),
        ),
    }


def said_before(passports: Iterable[Row]) -> dict[str, dict[Cell, Decimal | None]]:
    """What the newest release of each plan, public now or once, says of indicators that count people, by their code.

    One kept back in any of them is kept back: what was is asked of the newest alone, for it keeps back what they did.
    """
    codes = [each["indicator__code"] for each in passports if keeping_back.counts_people(each)]
    told = PublishedIndicator.objects.filter(code__in=codes, release__in=Release.objects.numbered())
    newest = told.order_by().values("code", "release__plan").annotate(last=Max("pk")).values("last")
    found: dict[str, dict[Cell, Decimal | None]] = defaultdict(dict)
    for row in public_rows(PublishedIndicator.objects.filter(pk__in=newest), "code", "data"):
        for cell, value in keeping_back.said_before(row["data"]["figures"]).items():
            if value is None or found[row["code"]].get(cell, value) is not None:
                found[row["code"]][cell] = value
    return found


def hidden_codes() -> frozenset[str]:
    """Codes of indicators whose figures are not public; they go into a filter and nowhere else."""
    hidden = Passport.objects.in_force().filter(is_public=False)
    return frozenset(hidden.values_list("indicator__code", flat=True))


def hidden_indicators(plan: Plan) -> int:
    """How many indicators are kept from the public: a number, and nothing more of them."""
    return Passport.objects.in_force().filter(is_public=False, indicator__in=_of_plan(plan)).count()


def programmes(plan: Plan) -> list[tuple[Row, list[Row]]]:
    """Programmes of the plan that are or were in force, each with every published period, oldest first."""
    rows = public_rows(Programme.objects.filter(plan=plan, in_force_from__isnull=False), *PROGRAMME.split())
    told = Measurement.objects.filter(programme__in=[row["id"] for row in rows]).order_by("period", "number")
    by_programme: dict[int, list[Row]] = defaultdict(list)
    for row in public_rows(told, *MEASUREMENT):
        by_programme[row["programme_id"]].append(row)
    return [(row, by_programme[row["id"]]) for row in rows]
