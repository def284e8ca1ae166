"""The security checklist an IT project carries: the shipped points, and what answers to them add up to (R049). Pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("data") / "security.toml"
IT_PROJECT = "du-an-cntt"
SETTLED = frozenset({"done", "not_needed"})


@dataclass(frozen=True)
class CheckItem:
    """One point: what must be there, under which heading, and the law it rests on."""

    code: str
    part: str
    text: str
    source: str


@cache
def check_items() -> tuple[CheckItem, ...]:
    """The shipped points in the order of the list. Raises ValueError when a code stands twice."""
    found = tuple(CheckItem(**row) for row in tomllib.loads(LIST.read_text(encoding="utf-8"))["item"])
    if len({item.code for item in found}) != len(found):
        raise ValueError("a code stands twice in the security list")
    return found


@dataclass(frozen=True)
class CheckState:
    """How far a checklist is: points in all, points answered, points that are there or are not needed."""

    total: int
    answered: int
    settled: int

    @property
    def is_complete(self) -> bool:
        """Every point has an answer, whatever it is."""
        return self.answered == self.total

    @property
    def is_settled(self) -> bool:
        """Every point is there, or need not be."""
        return self.settled == self.total


def check_state(answers: Mapping[str, str]) -> CheckState:
    """`answers`: code → standing answer. Codes that are no longer in the list count for nothing."""
    known = [answers[item.code] for item in check_items() if item.code in answers]
    return CheckState(len(check_items()), len(known), sum(answer in SETTLED for answer in known))
