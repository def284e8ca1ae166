"""Who answers for a unit on a date. Pure: no Django, no clock, no database.

A duty stays with the unit named in the decision; mergers and renames are dated links, resolved when read (ADR 0001).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
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


@dataclass
class Roots:
    """Of which units one is made: those that came to it undivided, and those of whom a part is elsewhere now."""

    whole: set[int] = field(default_factory=set)
    divided: set[int] = field(default_factory=set)


def roots(unit: int, since: date, on: date, links: Iterable[Link]) -> Roots:
    """What the unit, as it stands on `on`, was on the day `since`: itself and all that came to it after that day.

    Divided is a unit that passed to several, or went on beside those that left it, and whatever had come to it by
    then. Who of them was in force on `since` the caller knows.
    """
    onward, back = defaultdict[int, list[Link]](list), defaultdict[int, list[Link]](list)
    for link in links:
        if since < link.effective_on <= on:
            onward[link.predecessor].append(link)
            back[link.successor].append(link)
    found, waiting, seen = Roots(), [(unit, on, False)], set[tuple[int, date, bool]]()

    def is_cut(each: int, after: date) -> bool:
        left = [link for link in onward[each] if link.effective_on >= after]
        return len(left) > 1 or any(not link.is_default for link in left)

    while waiting:
        each, until, cut = waiting.pop()
        if (each, until, cut) in seen:
            continue
        seen.add((each, until, cut))
        (found.divided if cut or is_cut(each, since) else found.whole).add(each)
        came = [link for link in back[each] if link.effective_on <= until]
        waiting += [(link.predecessor, link.effective_on, cut or is_cut(each, link.effective_on)) for link in came]
    found.whole -= found.divided
    return found
