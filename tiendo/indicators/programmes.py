"""What a programme's objectives lack, what they say in a period, and which periods were published."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from tiendo.indicators.aims import line_text
from tiendo.indicators.models import Figure, Objective, Passport, Programme, TargetLine
from tiendo.indicators.publishing import Lack, PeriodLine, lacks, period_lines
from tiendo.indicators.sights import passport_words
from tiendo.indicators.spans import span_of
from tiendo.indicators.states import Frequency, State
from tiendo.orgs.models import UnitKind

REACHED = (State.MET, State.EXCEEDED)
FORM = "tiendo-measurement/1"


@dataclass(frozen=True)
class Line:
    """An objective with its passport, its final target, what it lacks, and its figure of one period."""

    objective: Objective
    passport: Passport
    target: TargetLine | None
    lacks: tuple[Lack, ...]
    figure: Figure | None = None

    @property
    def value_text(self) -> str:
        """Its figure as it is written; empty without a value."""
        return passport_words(self.passport, self.figure.value if self.figure else None)

    @property
    def target_text(self) -> str:
        return line_text(self.target) if self.target else ""


def objectives_of(programme: Programme) -> QuerySet[Objective]:
    """Those in force, in their order."""
    rows = programme.objectives.filter(ended_at=None).order_by("position")
    return rows.select_related("indicator", "unit", "head")


def lines_of(programme: Programme, *, period: str | None = None) -> list[Line]:
    """Every objective with what it lacks (R063), and with its figure of the period when one is asked for."""
    rows = list(objectives_of(programme))
    pks = [row.indicator_id for row in rows]
    passports = {each.indicator_id: each for each in Passport.objects.in_force().filter(indicator__in=pks)}
    targets = _targets(pks)
    figures = _figures(pks, period) if period else {}
    return [
        Line(
            objective=row,
            passport=passports[row.indicator_id],
            target=targets.get(row.indicator_id),
            lacks=tuple(
                lacks(
                    has_figure=row.indicator_id in targets,
                    has_unit=row.unit_id is not None,
                    has_head=row.head_id is not None,
                )
            ),
            figure=figures.get(row.indicator_id),
        )
        for row in rows
    ]


def periods_of(programme: Programme, *, on: date) -> list[PeriodLine]:
    """Every period since the programme came into force, newest first, each published, waiting or missed (R064)."""
    if programme.in_force_from is None or programme.in_force_from > on:
        return []
    published: dict[str, date] = {}
    for period, at in programme.measurements.order_by("number").values_list("period", "published_at"):
        published.setdefault(period, localdate(at))
    return period_lines(
        Frequency(programme.frequency),
        since=programme.in_force_from,
        until=programme.ended_on,
        publish_days=programme.publish_days,
        published=published,
        on=on,
    )


def content_of(programme: Programme, period: str) -> dict[str, Any]:
    """What a publication freezes: each objective with value, target, state, unit and head; how many are reached."""
    lines = [_told(line) for line in lines_of(programme, period=period)]
    reached = [line for line in lines if line["state"] in REACHED]
    known = [line for line in lines if line["state"] != State.NO_DATA]
    counts = {"objectives": len(lines), "with_value": len(known), "reached": len(reached)}
    return {"format": FORM, "programme": programme.code, "period": period, "objectives": lines, "counts": counts}


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content as canonical JSON: the same for the same content on every machine."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _targets(pks: list[int]) -> dict[int, TargetLine]:
    """Indicator → its last final target in force for the whole, a number to be held to."""
    rows = TargetLine.objects.in_force().filter(indicator__in=pks, purpose="final", unit=None)
    return {row.indicator_id: row for row in rows.order_by("due_on", "category")}


def _figures(pks: list[int], period: str) -> dict[int, Figure]:
    """Indicator → the figure of the whole for the period; of shorter periods within it the last one."""
    span = span_of(period)
    rows = Figure.objects.filter(
        indicator__in=pks,
        slice="",
        unit__kind=UnitKind.COMMITTEE,
        period_end__range=(span.first_day, span.last_day),
    )
    found: dict[int, Figure] = {}
    for row in sorted(rows, key=lambda each: (each.period_end, each.period == period)):
        found[row.indicator_id] = row
    return found


def _told(line: Line) -> dict[str, Any]:
    figure, objective = line.figure, line.objective
    return {
        "indicator": objective.indicator.code,
        "name": line.passport.name,
        "unit_text": line.passport.unit_text,
        "unit": objective.unit.name if objective.unit else None,
        "head": objective.head.full_name if objective.head else None,
        "target": line.target_text,
        "due_on": line.target.due_on.isoformat() if line.target else None,
        "period": figure.period if figure else None,
        "value": _plain(figure.value) if figure else None,
        "status": figure.status if figure and figure.value is not None else None,
        "state": figure.state if figure else State.NO_DATA.value,
        "progress": _plain(figure.progress) if figure else None,
    }


def _plain(number: Any) -> str | None:
    return None if number is None else f"{number.normalize():f}"
