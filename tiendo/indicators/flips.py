"""Which indicators of a frozen list read otherwise now: state flipped, value moved, or final at last. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Reading:
    """What a list says of one indicator; the value as text, to its last digit."""

    state: str
    value: str | None
    status: str | None = None


@dataclass(frozen=True)
class Moved:
    """One indicator whose reading differs; `before` or `after` is None where a list does not name it."""

    indicator: str
    name: str
    before: Reading | None
    after: Reading | None

    @property
    def is_flipped(self) -> bool:
        """Whether the state differs, not only the value."""
        return (self.before and self.before.state) != (self.after and self.after.state)


def moved(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[Moved]:
    """Two contents of `programmes.content_of`, compared in the order of the older list; what is new comes last."""
    old, new = (_readings(content) for content in (then, now))
    names = _names(now) | _names(then)
    found = [
        Moved(code, names[code], old.get(code), new.get(code))
        for code in [*old, *(code for code in new if code not in old)]
    ]
    return [each for each in found if each.before != each.after]


def flips(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[Moved]:
    """Only those whose state differs: what a revised list must name."""
    return [each for each in moved(then, now) if each.is_flipped]


def _readings(content: Mapping[str, Any]) -> dict[str, Reading]:
    lines = content["objectives"]
    return {line["indicator"]: Reading(line["state"], line["value"], line.get("status")) for line in lines}


def _names(content: Mapping[str, Any]) -> dict[str, str]:
    return {line["indicator"]: line["name"] for line in content["objectives"]}
