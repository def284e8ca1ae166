"""The checklists that come with the program, lines of a programme pasted as text, and what a page had read of an answer
before it writes the next. Pure."""

import tomllib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
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


def mark_of(answer: str, note: str) -> str:
    """Stands for an answer and its note in a form: what the page showed when it was opened."""
    return sha256(f"{answer}\n{note}".encode()).hexdigest()[:16]


def is_overtaken(said: tuple[str, str], stands: tuple[str, str], seen: str) -> bool:
    """Whether writing (answer, note) would undo an answer its author has not read; `seen` is the mark of the page.

    Who leaves a line as the page showed it, or says what stands there anyway, undoes nothing.
    """
    return seen not in (mark_of(*stands), mark_of(*said)) and said != stands
