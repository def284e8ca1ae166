"""One indicator's public record, put together from rows that have passed the guard. Pure.

Whatever a figure says, the record says beside it where it comes from (R067): the accepted values it rests on with
their source and day, or the formula or the rollup that made it. Silence is told: a figure without a value says why.
"""

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from tiendo.indicators.measures import measure_of
from tiendo.indicators.newest import newest, spoken_frequency
from tiendo.indicators.publishing import period_lines
from tiendo.indicators.states import Frequency
from tiendo.publication.keeping_back import WHOLE as WHOLE
from tiendo.publication.keeping_back import Before, open_figures, without_closed
from tiendo.publication.records import Clean, Record, Row, Setting, iso, number
from tiendo.publication.small_counts import Cell

Sentence = dict[str, Any]


class Parts(Protocol):
    """What `indicator_reading.IndicatorParts` holds; the pure side needs no more of it."""

    passport: Row
    lines: list[Row]
    figures: list[Row]
    observations: list[Row]
    tasks: list[Row]
    clauses: list[Row]
    documents: list[Row]


# What a passport says in codes and numbers goes out as it is stored.
AS_STORED = (
    *("measure", "unit_code", "decimals", "direction", "firmness", "frequency", "lag_days", "first_period"),
    *("over_units", "over_time", "measured_kinds"),
)


def indicator_record(
    parts: Parts, setting: Setting, hidden: Collection[str], *, before: Before, also: Collection[Cell]
) -> Record:
    """The whole public record, JSON-ready: dates as ISO text, numbers as decimal text.

    Codes of indicators kept from the public are taken out of formulas and reasons. `before` and `also` are what
    `keeping_back` needs to know of earlier releases and of other records.
    """
    passport, clean = parts.passport, setting.clean
    open_text = Discretion(hidden)
    told = _figures(parts, setting, open_text)
    figures = open_figures(told, passport, least=setting.least_count, before=before, also=also)
    whole = [figure for figure in figures if figure["unit"]["kind"] == WHOLE and not figure["slice"]]
    return {
        "code": passport["indicator__code"],
        "catalogue": clean(passport["indicator__catalogue"]) or None,
        "retired_on": iso(passport["indicator__retired_on"]),
        "name": clean(passport["name"]),
        "definition": clean(passport["definition"]) or None,
        "method": clean(passport["method"]) or None,
        "expression": open_text.words(passport["expression"]) or None,
        **{name: passport[name] for name in AS_STORED},
        "unit_text": clean(passport["unit_text"]) or measure_of(passport["unit_code"]).name,
        "levels": [_level(level, clean) for level in passport["levels"]],
        "owner": _named(passport["owner__code"], passport["owner__name"]),
        "source": _source(passport, clean),
        "beside": [
            {"role": role, "code": passport[f"{role}__code"]}
            for role in ("weight", "numerator", "denominator")
            if passport[f"{role}__code"] and passport[f"{role}__code"] not in hidden
        ],
        "version": passport["number"],
        "rests_on": clean(passport["rests_on"]),
        "recorded_on": iso(setting.day_of(passport["recorded_at"])),
        "targets": [_line(line, setting) for line in parts.lines],
        "latest": latest(whole, passport["frequency"], passport["over_time"]),
        "figures": figures,
        "tasks": [{"code": row["task__code"], "title": clean(row["task__title"])} for row in parts.tasks],
        "clauses": [{"path": row["item__path"], "number": row["item__number"]} for row in parts.clauses],
        "documents": [_document(row) for row in parts.documents],
    }


def latest(figures: Iterable[Record], frequency: str, over_time: str) -> Record | None:
    """The figure that speaks for one cell, as inside; None where no period has a value."""
    told = spoken_frequency(frequency, over_time)
    return newest((each for each in figures if each["value"] is not None), told, lambda each: (each["period"], True))


class Discretion:
    """Takes the codes of hidden indicators out of formulas and stored sentences."""

    def __init__(self, hidden: Collection[str]) -> None:
        codes = "|".join(map(re.escape, sorted(hidden, key=len, reverse=True)))
        self._hidden = re.compile(rf"(?<![\w.-])(?:{codes})(?![\w-])") if codes else None

    def names(self, text: str) -> bool:
        """Whether a hidden indicator is named."""
        return bool(self._hidden and self._hidden.search(text))

    def words(self, text: str) -> str:
        """The text, or nothing at all when it names a hidden indicator."""
        return "" if self.names(text) else text

    def sentence(self, kept: Any) -> Any:
        """A stored sentence, or None when it names a hidden indicator."""
        return None if kept is None or self.names(json.dumps(kept, ensure_ascii=False)) else kept


def _figures(parts: Parts, setting: Setting, open_text: Discretion) -> list[Record]:
    resting: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in parts.observations:
        resting[row["unit__code"], row["period"], row["slice"]].append(row)
    return [
        _figure(row, resting[row["unit__code"], row["period"], row["slice"]], setting, open_text)
        for row in parts.figures
    ]


def _figure(row: Row, resting: list[Row], setting: Setting, open_text: Discretion) -> Record:
    flags = [open_text.sentence(flag) for flag in row["flags"]]
    return {
        "unit": {"code": row["unit__code"], "name": row["unit__name"], "kind": row["unit__kind"]},
        "period": row["period"],
        "period_end": iso(row["period_end"]),
        "slice": row["slice"],
        "origin": row["origin"],
        "status": row["status"] if row["value"] is not None else None,
        "value": number(row["value"]),
        "no_value": open_text.sentence(row["no_value"]),
        "state": row["state"],
        "progress": number(row["progress"]),
        "not_computable": open_text.sentence(row["not_computable"]),
        "distance": number(row["distance"]),
        "target": _held_against(row),
        "flags": [flag for flag in flags if flag is not None],
        "observations": [_observation(each, setting) for each in resting],
    }


def _held_against(row: Row) -> Record | None:
    if row["target__value"] is None:
        return None
    return {
        "comparator": row["target__comparator"],
        "value": number(row["target__value"]),
        "upper": number(row["target__upper"]),
        "full_value": number(row["target__full_value"]),
        "due_on": iso(row["target__due_on"]),
    }


def _observation(row: Row, setting: Setting) -> Record:
    """An accepted value: the source, how final it is, the version, the day recorded and the day accepted."""
    return {
        "source": setting.clean(row["source__name"]),
        "source_kind": row["source__kind"],
        "number": row["number"],
        "status": row["status"],
        "value": number(row["value"]),
        "no_value": row["no_value"],
        "recorded_on": _day(row["recorded_at"], setting),
        "accepted_on": _day(row["decided_at"], setting),
    }


def _day(moment: datetime | None, setting: Setting) -> str | None:
    return iso(setting.day_of(moment)) if moment else None


def _line(row: Row, setting: Setting) -> Record:
    plain = ("purpose", "category", "comparator", "firmness")
    return {
        **{name: row[name] for name in plain},
        "unit": _named(row["unit__code"], row["unit__name"]),
        "due_on": iso(row["due_on"]),
        **{name: number(row[name]) for name in ("value", "upper", "full_value")},
        "printed": setting.clean(row["printed"]) or None,
        "rests_on": setting.clean(row["rests_on"]),
        "recorded_on": iso(setting.day_of(row["recorded_at"])),
    }


def _level(level: Any, clean: Clean) -> Record:
    return {name: clean(str(value)) if isinstance(value, str) else value for name, value in level.items()}


def _named(code: str | None, name: str | None) -> Record | None:
    return {"code": code, "name": name} if code else None


def _source(passport: Row, clean: Clean) -> Record | None:
    if passport["source__name"] is None:
        return None
    return {"name": clean(passport["source__name"]), "kind": passport["source__kind"]}


def _document(row: Row) -> Record:
    return {
        "number": row["document__number"],
        "kind": row["document__kind"],
        "issued_on": iso(row["document__issued_on"]),
        "title": row["document__title"],
    }


OBJECTIVE = (
    "indicator",
    "name",
    "unit_text",
    "unit",
    "target",
    "due_on",
    "period",
    "value",
    "status",
    "state",
    "progress",
)


def programme_record(
    row: Row,
    measurements: Iterable[Row],
    setting: Setting,
    public: Collection[str],
    silent: Collection[tuple[str, str]],
    *,
    on: date,
) -> Record:
    """A programme with every period published, oldest first: objectives by agency, never by person.

    Objectives whose indicator is not public are counted and not named; those of `silent`, indicator and period whose
    figure is kept back, have no value. `periods` says of every period up to the day
    whether it was published, late, or missed.
    """
    clean = setting.clean
    record = {
        "code": row["code"],
        "title": clean(row["title"]),
        "owner": row["owner__name"],
        "frequency": row["frequency"],
        "publish_days": row["publish_days"],
        "in_force_from": iso(row["in_force_from"]),
        "ended_on": iso(row["ended_on"]),
        "decision": clean(row["decision"]) or None,
        "measurements": [_measurement(each, setting, public, silent) for each in measurements],
    }
    return {**record, "periods": programme_periods(record, on)}


def programme_periods(programme: Record, on: date) -> list[Record]:
    """Every period since the programme came into force, newest first, as the day sees it (R064, R082)."""
    since, until = day(programme["in_force_from"]), day(programme["ended_on"])
    if since is None or since > on:
        return []
    first: dict[str, date] = {}
    for each in programme["measurements"]:
        first.setdefault(each["period"], date.fromisoformat(each["published_on"]))
    frequency, days = Frequency(programme["frequency"]), programme["publish_days"]
    lines = period_lines(frequency, since=since, until=until, publish_days=days, published=first, on=on)
    return [
        {
            "period": line.span.code,
            "publish_by": iso(line.publish_by),
            "state": line.state.value,
            "first_published_on": iso(line.first_published_on),
        }
        for line in lines
    ]


def _measurement(row: Row, setting: Setting, public: Collection[str], silent: Collection[tuple[str, str]]) -> Record:
    told = row["content"]["objectives"]
    open_ones = [{name: each.get(name) for name in OBJECTIVE} for each in told if each["indicator"] in public]
    shown = [without_closed(each, silent) for each in open_ones]
    return {
        "period": row["period"],
        "number": row["number"],
        "published_on": iso(setting.day_of(row["published_at"])),
        "note": setting.clean(row["note"]) or None,
        "sha256": row["sha256"],
        "objectives": [{**each, "name": setting.clean(each["name"])} for each in shown],
        "not_public": len(told) - len(shown),
    }


def without_task(record: Record, code: str) -> Record:
    """The record again without a task that is now kept from the public."""
    return {**record, "tasks": [task for task in record["tasks"] if task["code"] != code]}


def without_mention(record: Record, code: str) -> Record:
    """The record again without naming an indicator that is now kept from the public."""
    open_text = Discretion([code])
    figures = [_silent(figure, open_text) for figure in record["figures"]]
    return {
        **record,
        "expression": open_text.words(record["expression"] or "") or None,
        "beside": [each for each in record["beside"] if each["code"] != code],
        "figures": figures,
        "latest": _silent(record["latest"], open_text) if record["latest"] else None,
    }


def _silent(figure: Record, open_text: Discretion) -> Record:
    reasons = {name: open_text.sentence(figure[name]) for name in ("no_value", "not_computable")}
    flags = [flag for flag in figure["flags"] if open_text.sentence(flag) is not None]
    return {**figure, **reasons, "flags": flags}


def without_objective(programme: Record, code: str) -> Record:
    """A programme's record again, the objective counted and not named."""
    told = []
    for each in programme["measurements"]:
        stay = [objective for objective in each["objectives"] if objective["indicator"] != code]
        gone = len(each["objectives"]) - len(stay)
        told.append({**each, "objectives": stay, "not_public": each["not_public"] + gone})
    return {**programme, "measurements": told}


def decimal(text: str | None) -> Decimal | None:
    """A number of a record."""
    return None if text is None else Decimal(text)


def day(text: str | None) -> date | None:
    """A day of a record."""
    return date.fromisoformat(text) if text else None
