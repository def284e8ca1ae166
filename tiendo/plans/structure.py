"""What a new version of a plan is made of, before it is stored. Pure: values in, values out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Due:
    """A deadline as read or as typed: the raw words, their kind, the last good day (ISO dates outside, dates here)."""

    raw: str | None = None
    kind: str = "missing"
    on: date | None = None
    starts_on: date | None = None
    rrule: str | None = None
    before: bool = False


@dataclass(frozen=True)
class Charged:
    """A unit or a group of units named for a task: its code when recognised, and the words as printed."""

    role: str
    unit_code: str | None
    printed: str | None


@dataclass(frozen=True)
class NewItem:
    """A piece of the next version. `continues` is the path, in the last version, of the piece it goes on from.

    `unchanged`: that piece as it was, its words, number and document, under the path and parent given here.
    """

    path: str
    kind: str
    text: str
    where: dict[str, Any]
    number: str | None = None
    parent: str | None = None
    details: dict[str, Any] = field(default_factory=dict)
    continues: str | None = None
    unchanged: bool = False


@dataclass(frozen=True)
class NewTask:
    """A task to follow; `quotes` gives, for each field the document filled, its exact words.

    `notes` gives, for each field a person filled or changed while accepting, the paper it rests on.
    """

    item: str
    title: str
    description: str
    group: str | None = None
    number: str | None = None
    product: str | None = None
    authority: str | None = None
    due: Due = Due()
    charged: tuple[Charged, ...] = ()
    quotes: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class NewGroup:
    code: str
    title: str
    short_title: str


@dataclass(frozen=True)
class NewAnnex:
    """An annex the document names; `present` when it is in the very same file."""

    label: str
    mentioned_in: tuple[str, ...]
    present: bool = False


@dataclass(frozen=True)
class VersionContent:
    """Everything one acceptance adds to a plan, and what falls away with it.

    The last version's pieces that are neither continued nor in `leaves_out` (paths) stand on as they are.
    """

    items: tuple[NewItem, ...]
    tasks: tuple[NewTask, ...] = ()
    groups: tuple[NewGroup, ...] = ()
    annexes: tuple[NewAnnex, ...] = ()
    leaves_out: frozenset[str] = frozenset()

    @property
    def replaced(self) -> frozenset[str]:
        """Paths of the last version that do not stand on by themselves."""
        return self.leaves_out | {item.continues for item in self.items if item.continues}


class Unsound(ValueError):
    """The content contradicts itself; the message names the path."""


def check(content: VersionContent) -> None:
    """Every path once, every parent and every task's item and group present. Raises Unsound."""
    paths = [item.path for item in content.items]
    _no_twice(paths)
    _no_twice(f"{item.continues} (continued)" for item in content.items if item.continues)
    known = set(paths)
    for item in content.items:
        if item.parent is not None and item.parent not in known:
            raise Unsound(f"{item.path}: parent {item.parent} is not there")
    groups = {group.code for group in content.groups}
    for task in content.tasks:
        if task.item not in known:
            raise Unsound(f"{task.title}: item {task.item} is not there")
        if task.group is not None and task.group not in groups:
            raise Unsound(f"{task.title}: group {task.group} is not there")


def _no_twice(paths: Iterable[str]) -> None:
    seen: set[str] = set()
    for path in paths:
        if path in seen:
            raise Unsound(f"{path} stands twice")
        seen.add(path)
