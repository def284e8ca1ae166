"""The plan's text as a tree. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Node:
    """A passage with what hangs under it and the tasks assigned there."""

    item: Any
    children: list["Node"] = field(default_factory=list)
    tasks: list[Any] = field(default_factory=list)

    @property
    def task_count(self) -> int:
        """Tasks here and below."""
        return len(self.tasks) + sum(child.task_count for child in self.children)

    @property
    def is_branch(self) -> bool:
        return bool(self.item.kind == "section")


def tree_of(items: Iterable[Any], tasks: Mapping[str, list[Any]]) -> list[Node]:
    """Roots in reading order; items come before what hangs under them, tasks are given by the path of their item."""
    nodes: dict[str, Node] = {}
    roots: list[Node] = []
    for item in items:
        node = nodes[item.path] = Node(item, tasks=tasks.get(item.path, []))
        above = nodes.get(item.parent_path) if item.parent_path else None
        (above.children if above else roots).append(node)
    return roots
