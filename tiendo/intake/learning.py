"""A printed name that a person has just tied to a unit, put to use in the other rows that print it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tiendo.orgs.words import fold

ROLES = ("lead", "coordinating")


@dataclass(frozen=True)
class Relearned:
    """The value with the units put in. `clears`: an unknown agency was all that made it unsure, and none is left."""

    value: dict[str, Any]
    clears: bool


def relearned(value: Mapping[str, Any], codes: Mapping[str, str]) -> Relearned | None:
    """The value with `codes` (printed name → unit code) applied, or None when it prints none of the names otherwise.

    Names are compared without marks and case, as the directory compares aliases.
    """
    known = {fold(text): code for text, code in codes.items()}
    changed = dict(value)
    for role in ROLES:
        if value.get(role):
            changed[role] = [each | {"unit": known.get(fold(each["text"]), each["unit"])} for each in value[role]]
    if changed == value:
        return None
    return Relearned(changed, clears=_named(changed) and _all_known(changed) and not _all_known(value))


def _named(value: Mapping[str, Any]) -> bool:
    """A row of a table with a name of its own; an agency read in prose is never certain."""
    return bool(value.get("title") or value.get("name")) and not value.get("item")


def _all_known(value: Mapping[str, Any]) -> bool:
    return all(each["unit"] for role in ROLES for each in value.get(role) or ())
