"""What a decision, on its day, writes over: words that changed after it was decided. Pure.

The decision is official and stands; who changed the words meanwhile is told which of them it replaced (R025).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tiendo.oversight.amendment_conflicts import Line, Terms
from tiendo.plans.differences import same


@dataclass(frozen=True)
class Replaced:
    """A field of a line's task: what it says at the moment in which the decided value takes its place."""

    line: int
    task: str
    field: str
    was: Any
    now: Any


def find_replaced(lines: Iterable[Line], tasks: Mapping[str, Terms]) -> list[Replaced]:
    """In the order of the lines; `base` of a line is what was read when it was decided, `tasks` what stands today."""
    return [
        Replaced(line.pk, line.task, field, was, wanted)
        for line in lines
        if line.task is not None
        for field, wanted in line.wanted.items()
        if _changed(field, was := tasks[line.task].get(field), line.base.get(field), wanted)
    ]


def _changed(field: str, was: Any, base: Any, wanted: Any) -> bool:
    return not same(field, was, base) and not same(field, was, wanted)
