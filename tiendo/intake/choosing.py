"""Which proposals an acceptance takes: those accepted, and what they cannot stand without. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Key = tuple[str, str]


@dataclass(frozen=True)
class Offered:
    """A proposal with what became of it: `value` is what the person made of it, or as printed.

    Of a file that amends a plan: `change` and `ref` as the proposal has them, `place` the path of a row and of the
    branch above it where these are known already.
    """

    kind: str
    key: str
    value: dict[str, Any]
    where: dict[str, Any]
    decision: str
    printed: dict[str, Any]
    change: str = ""
    ref: str = ""
    place: tuple[str, str | None] | None = None


def choose(offered: Iterable[Offered], *, take_pending: bool) -> list[Offered]:
    """The accepted ones, with `take_pending` the undecided too, in order.

    The facts of the document are always taken, for they say what the file is. An accepted task brings the item
    it stands in; an item taken brings the headings above it unless a person left them out. That a thing falls away
    is taken only when a person accepted it.
    """
    offered = list(offered)
    wanted = {"accepted", "pending"} if take_pending else {"accepted"}
    keys = {(each.kind, each.key) for each in offered if each.decision in wanted or each.kind == "document"}
    keys -= {(each.kind, each.key) for each in offered if each.change == "removed" and each.decision != "accepted"}
    keys |= {("item", each.value["item"]) for each in offered if each.kind == "task" and _stays(each, keys)}
    left_out = {each.key for each in offered if each.kind == "section" and each.decision == "rejected"}
    for each in offered:
        if each.kind == "item" and _stays(each, keys):
            keys |= {("section", path) for path in branch(each.value["section"]) if path not in left_out}
    return [each for each in offered if _is_in(each, keys)]


def branch(path: str | None) -> list[str]:
    """A heading's path and those above it, nearest first: III.1.2 → III.1.2, III.1, III."""
    parts = (path or "").split(".")
    return [".".join(parts[:length]) for length in range(len(parts), 0, -1) if path]


def nameless(chosen: Iterable[Offered]) -> list[str]:
    """Keys of chosen tasks and indicators without a name: rows whose cell is empty and that nobody filled."""
    names = {"task": "title", "indicator": "name"}
    return [each.key for each in chosen if each.kind in names and not each.value.get(names[each.kind])]


def _stays(each: Offered, keys: set[Key]) -> bool:
    return each.change != "removed" and _is_in(each, keys)


def _is_in(each: Offered, keys: set[Key]) -> bool:
    return (each.kind, each.key) in keys
