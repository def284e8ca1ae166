"""What a set of criteria asks of people, read from its content: levels to be chosen, quantities to be claimed. Pure."""

import json
from dataclasses import dataclass
from functools import lru_cache

from tiendo.evaluation.criteria import Content, Criterion, Group, Kind, Level, Reading, shaped_content


@dataclass(frozen=True)
class Asked:
    """One criterion as people meet it."""

    criterion: Criterion

    @property
    def code(self) -> str:
        return self.criterion.code

    @property
    def name(self) -> str:
        return self.criterion.name

    @property
    def is_judged(self) -> bool:
        """Appraised by people on a written rubric."""
        return self.criterion.kind is Kind.QUALITATIVE

    @property
    def is_claimed(self) -> bool:
        """The unit claims a quantity, the coordinator says how much of it stands."""
        measure = self.criterion.measure
        return measure is not None and measure.reads is Reading.CLAIMED

    @property
    def needs_word(self) -> bool:
        """Whether the unit must say something of it before it sends its card."""
        return self.is_judged or self.is_claimed

    @property
    def levels(self) -> tuple[Level, ...]:
        return self.criterion.levels

    @property
    def numbers(self) -> frozenset[int]:
        return frozenset(each.level for each in self.levels)


def content_of(data: object) -> Content:
    """The set from the JSON stored on its row. Raises `shaping.Misfit`."""
    return _content_of(json.dumps(data, sort_keys=True))


@lru_cache(maxsize=8)
def _content_of(text: str) -> Content:
    """Sets are few and asked for at every word on a card; the same text is the same set."""
    return shaped_content(json.loads(text))


def asked_of(data: object) -> list[Asked]:
    """Every criterion of the set, in its order."""
    return [Asked(each) for each in content_of(data).criteria]


def allowance_of(data: object) -> int:
    """By how many levels two assessors may differ before a referee speaks."""
    return content_of(data).assessors_apart


def groups_of_kinds(data: object) -> dict[str, Group]:
    """Kind of unit → the group in which units of the kind are compared."""
    return {kind: group for group in content_of(data).groups for kind in group.kinds}
