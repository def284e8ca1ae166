"""Reorganisations to play with: they fill the form, and record nothing by themselves (`data/presets.json`)."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tiendo.orgs.models import Succession
from tiendo.orgs.reorganisation import Kind, NewUnit, Reorganisation, Successor

FILE = Path(__file__).with_name("data") / "presets.json"


@dataclass(frozen=True)
class Preset:
    """Several changes that one decision made; illustrative."""

    code: str
    title: str
    about: str
    changes: tuple[Reorganisation, ...]


@cache
def presets() -> tuple[Preset, ...]:
    """Those that come with the program."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))["presets"]
    return tuple(Preset(row["code"], row["title"], row["about"], tuple(map(_change, row["changes"]))) for row in rows)


def recorded_as(changes: tuple[Reorganisation, ...]) -> dict[Reorganisation, int | None]:
    """For each change that stands already, the number of the recorded one (None for links older than changes)."""
    found: dict[tuple[str, str, date], int | None] = {
        (old, new, on): change
        for old, new, on, change in Succession.objects.standing().values_list(
            "predecessor__code", "successor__code", "effective_on", "change"
        )
    }
    done = {}
    for change in changes:
        pairs = [(old, each.code, change.effective_on) for old in change.predecessors for each in change.successors]
        if pairs and all(pair in found for pair in pairs):
            done[change] = found[pairs[0]]
    return done


def _change(row: dict[str, Any]) -> Reorganisation:
    return Reorganisation(
        kind=Kind(row["kind"]),
        effective_on=date.fromisoformat(row["effective_on"]),
        decision=row["decision"],
        predecessors=tuple(row["predecessors"]),
        successors=tuple(map(_successor, row["successors"])),
    )


def _successor(row: dict[str, Any]) -> Successor:
    new = None
    if "name" in row:
        new = NewUnit(
            name=row["name"],
            short_name=row["short_name"],
            kind=row["kind"],
            parent=row["parent"],
            reports=row["reports"],
            groups=tuple(row["groups"]),
        )
    return Successor(row["code"], new, row.get("functions", ""), row.get("is_default", True))
