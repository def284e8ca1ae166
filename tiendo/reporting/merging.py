"""Two people wrote on the same entry from the same page: what each changed, field by field. Pure."""

from dataclasses import dataclass, fields, replace
from typing import Any

from tiendo.reporting.rules import Values

NAMES = tuple(field.name for field in fields(Values))


@dataclass(frozen=True)
class Merged:
    """What both versions come to.

    `values` holds both sides' changes; for a field in `clashes`, which both changed differently, it holds mine.
    `taken` names the fields in which theirs was newer and mine had stayed as it was.
    """

    values: Values
    taken: tuple[str, ...]
    clashes: tuple[str, ...]


def merge(*, base: Values, mine: Values, theirs: Values) -> Merged:
    """Three-way, against `base`, what both pages were opened with. Texts that differ in blanks alone are the same."""
    taken, clashes = [], []
    for name in NAMES:
        began, here, there = (_bare(getattr(values, name)) for values in (base, mine, theirs))
        if here == there or there == began:
            continue
        if here == began:
            taken.append(name)
        else:
            clashes.append(name)
    newer: dict[str, Any] = {name: getattr(theirs, name) for name in taken}
    return Merged(replace(mine, **newer), tuple(taken), tuple(clashes))


def changed(before: Values, after: Values) -> tuple[str, ...]:
    """The fields in which the two differ, blanks at the ends and kinds of line ends left aside."""
    return tuple(name for name in NAMES if _bare(getattr(before, name)) != _bare(getattr(after, name)))


def _bare(value: object) -> object:
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value
