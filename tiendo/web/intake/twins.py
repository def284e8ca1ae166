"""Tasks elsewhere that may be the same work, with the deadline each paper gives."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from tiendo.intake.models import Proposal


@dataclass(frozen=True)
class Twin:
    """A likely twin: `name` is the key under which a person confirms or denies it; None is undecided."""

    name: str
    code: str
    plan: str
    title: str
    due_on: date | None
    confirmed: bool | None
    is_task: bool


def twins_of(proposal: Proposal, openable: Set[str]) -> tuple[Twin, ...]:
    """Those not denied first, likeliest first; of tasks elsewhere only those the reader may open, for who brings in a
    unit's own plan learns nothing by it of what others are given."""
    every = [_twin(each) for each in proposal.twins]
    found = [twin for twin in every if not twin.is_task or twin.code in openable]
    return tuple(sorted(found, key=lambda twin: twin.confirmed is False))


def _twin(given: dict[str, Any]) -> Twin:
    task, other = given.get("task"), given.get("proposal")
    return Twin(
        name=str(task or other),
        code=str(task or other),
        plan=str(given.get("plan") or ""),
        title=str(given.get("title") or ""),
        due_on=date.fromisoformat(given["due_on"]) if given.get("due_on") else None,
        confirmed=given.get("confirmed"),
        is_task=bool(task),
    )
