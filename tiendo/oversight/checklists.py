"""The checklists that come with the program, and lines of a programme pasted as text. Pure."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LISTS = Path(__file__).with_name("data") / "checklists.toml"


@dataclass(frozen=True)
class Checklist:
    """A list to begin from: its code, what it is for, its lines in order."""

    code: str
    title: str
    lines: tuple[str, ...]


@cache
def checklists() -> tuple[Checklist, ...]:
    """The shipped lists in their order. Raises ValueError when a code stands twice."""
    rows = tomllib.loads(LISTS.read_text(encoding="utf-8"))["list"]
    found = tuple(Checklist(row["code"], row["title"], tuple(row["lines"])) for row in rows)
    if len({each.code for each in found}) != len(found):
        raise ValueError("a code stands twice among the checklists")
    return found


def lines_of(text: str) -> list[str]:
    """The lines of a typed list, each once and in order; blank lines and marks of a list before them are left out."""
    return list(dict.fromkeys(line for each in text.splitlines() if (line := each.strip(" \t-–•*").strip())))
