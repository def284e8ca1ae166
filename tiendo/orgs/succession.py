"""Who answers for a unit on a date. Pure: no Django, no clock, no database.

A duty stays with the unit named in the decision; mergers and renames are dated links, resolved when read (ADR 0001).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


class Cycle(ValueError):
    """The links lead from a unit back to itself."""


@dataclass(frozen=True)
class Link:
    """From `effective_on` on, `successor` answers for `predecessor` (one of them the default in a split)."""

    predecessor: int
    successor: int
    effective_on: date
    is_default: bool = True


def holder_on(unit: int, on: date, links: Iterable[Link]) -> int:
    """The unit that answers for `unit` on that date: itself, or the last default successor in the chain.

    Raises Cycle if the links in force lead back.
    """
    step = {link.predecessor: link.successor for link in links if link.is_default and link.effective_on <= on}
    seen = {unit}
    while unit in step:
        unit = step[unit]
        if unit in seen:
            raise Cycle(f"unit {unit} succeeds itself")
        seen.add(unit)
    return unit


def held_by(unit: int, on: date, links: Iterable[Link]) -> frozenset[int]:
    """Every unit whose duties `unit` holds on that date: itself (unless succeeded) and those that lead to it."""
    links = list(links)
    known = {unit, *(link.predecessor for link in links)}
    return frozenset(each for each in known if holder_on(each, on, links) == unit)
