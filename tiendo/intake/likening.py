"""Proposed tasks with the tasks they may repeat: of other plans, and of the same file (R014). Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tiendo.intake.comparing import Change
from tiendo.intake.proposing import Proposed
from tiendo.intake.twins import Said, find_twins


@dataclass(frozen=True)
class Elsewhere:
    """A task that is followed in another plan."""

    code: str
    plan: str
    title: str
    text: str
    due_on: date | None


def with_twins(proposals: Sequence[Proposed], elsewhere: Iterable[Elsewhere]) -> list[Proposed]:
    """Each task proposal with its likely twins, likeliest first; what the plan has as it is was asked about before."""
    asked = {each.key: each for each in proposals if each.kind == "task" and _is_asked(each)}
    there = {each.code: each for each in elsewhere}
    known = [Said(f"task:{each.code}", each.text, each.plan) for each in there.values()]
    said = [Said(f"row:{key}", each.printed["description"] or "") for key, each in asked.items()]
    found = find_twins(said, known)
    twins = {ref: tuple(_twin(twin.ref, twin.score, there, asked) for twin in likely) for ref, likely in found.items()}
    return [
        replace(each, twins=twins.get(f"row:{each.key}", ())) if each.kind == "task" else each for each in proposals
    ]


def _is_asked(each: Proposed) -> bool:
    return each.change not in (Change.SAME, Change.REMOVED)


def _twin(ref: str, score: int, there: dict[str, Elsewhere], asked: dict[str, Proposed]) -> dict[str, Any]:
    kind, _colon, name = ref.partition(":")
    if kind == "task":
        task = there[name]
        due_on = task.due_on.isoformat() if task.due_on else None
        return _entry(task.code, None, task.plan, task.title, score, due_on)
    printed = asked[name].printed
    return _entry(None, name, None, printed["title"], score, (printed.get("due") or {}).get("on"))


def _entry(
    task: str | None, proposal: str | None, plan: str | None, title: str, score: int, due_on: str | None
) -> dict[str, Any]:
    return {
        "task": task,
        "proposal": proposal,
        "plan": plan,
        "title": title,
        "score": score,
        "due_on": due_on,
        "confirmed": None,
    }
