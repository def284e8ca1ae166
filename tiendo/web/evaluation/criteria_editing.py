"""From what was typed in the editor to the next content of a draft. No database."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from tiendo.evaluation.criteria import (
    Band,
    Combine,
    Completion,
    Content,
    Criterion,
    Deadline,
    Kind,
    Level,
    Measure,
    Reading,
    Setting,
    TaskRules,
    TaskWeights,
    Trust,
)
from tiendo.evaluation.describing import LEVEL_WORDS, number

Typed = Mapping[str, Any]


def with_common(content: Content, typed: Typed) -> Content:
    """The set with its common rules as typed."""
    return replace(
        content,
        title=typed["title"].strip(),
        source=typed["source"].strip(),
        total=typed["total"],
        decimals=typed["decimals"],
        deadline=Deadline(typed["deadline"]),
        excused=typed["excused"],
        not_due=typed["not_due"],
        roles={"lead": typed["lead"], "coordinating": typed["coordinating"]},
        task_weights=TaskWeights(typed["levels"], typed["usual"], typed["items"]),
        assessors_apart=typed["apart"],
        settings=tuple(Setting(name, note) for name, note in typed["settings"]),
    )


def common_initial(content: Content) -> dict[str, object]:
    """What the form of the common rules shows."""
    weights = content.task_weights
    said = {code: gettext(word) for code, word in LEVEL_WORDS.items()}
    levels = [f"{said.get(level, level)}: {number(points)}" for level, points in weights.levels.items()]
    items = [f"{item}: {said.get(level, level)}" for item, level in sorted(weights.items.items())]
    settings = [f"{each.name}: {each.note}" for each in content.settings]
    lines = {"levels": levels, "items": items, "settings": settings}
    shown = {name: "\n".join(rows) for name, rows in lines.items()}
    apart, usual = content.assessors_apart, weights.usual
    common = {"deadline": content.deadline.value, "apart": apart, "usual": usual}
    return {**vars(content), **content.roles, **common, **shown}


def begun(typed: Typed) -> Criterion:
    """A new criterion, with the part its kind needs in its plainest form."""
    kind, weight = Kind(typed["kind"]), typed["weight"]
    made = Criterion(code=typed["code"], name=typed["name"].strip(), group="", kind=kind, weight=weight)
    if kind is Kind.QUANTITATIVE:
        line = Measure(Reading.REPORTED, zero_at=Decimal(0), full_at=Decimal(100))
        return replace(made, measure=line)
    if kind is Kind.TASK_RESULTS:
        return replace(made, tasks=TaskRules())
    if kind is Kind.QUALITATIVE:
        return replace(made, levels=(Level(1, "", "", "", Decimal(0)), Level(2, "", "", "", weight)))
    return made


def with_criterion(content: Content, criterion: Criterion) -> Content:
    """The criterion in its place, or at the end when it is new."""
    if criterion.code in {each.code for each in content.criteria}:
        changed = tuple(criterion if each.code == criterion.code else each for each in content.criteria)
        return replace(content, criteria=changed)
    return replace(content, criteria=(*content.criteria, criterion))


def without_criterion(content: Content, code: str) -> Content:
    return replace(content, criteria=tuple(each for each in content.criteria if each.code != code))


def as_typed(criterion: Criterion, typed: Typed, bands: Iterable[Typed], levels: Iterable[Typed]) -> Criterion:
    """The criterion with everything its form holds."""
    made = replace(
        criterion,
        name=typed["name"].strip(),
        group=typed["group"].strip(),
        weight=typed["weight"],
        description=typed["description"].strip(),
        weight_low=typed["weight_low"],
        weight_high=typed["weight_high"],
    )
    if made.kind is Kind.QUANTITATIVE:
        measure = Measure(
            Reading(typed["reads"]), typed["indicator"], typed["unit"].strip(), typed["zero_at"], typed["full_at"]
        )
        return replace(made, measure=measure, bands=tuple(_bands(bands)))
    if made.kind is Kind.QUALITATIVE:
        return replace(made, levels=tuple(_levels(levels)))
    if made.kind is Kind.DISCIPLINE:
        return replace(made, late_report=typed["late_report"])
    return replace(made, tasks=_rules(typed))


def _rules(typed: Typed) -> TaskRules:
    return TaskRules(
        Completion(typed["completion"]),
        Combine(typed["combine"]),
        typed["delay"],
        typed["failed_check"],
        typed["without_evidence"],
        Trust(typed["reliability"]),
    )


def _bands(rows: Iterable[Typed]) -> list[Band]:
    """Rows with points; those left empty are none. In the order of their low ends, so that a row may be added below."""
    found = [Band(row["low"], row["high"], row["points"]) for row in rows if row.get("points") is not None]
    return sorted(found, key=lambda band: (band.low is not None, band.low or Decimal(0)))


def _levels(rows: Iterable[Typed]) -> list[Level]:
    kept = [row for row in rows if row.get("points") is not None]
    return [
        Level(number, row["name"].strip(), row["rubric"].strip(), row["evidence"].strip(), row["points"])
        for number, row in enumerate(kept, start=1)
    ]
