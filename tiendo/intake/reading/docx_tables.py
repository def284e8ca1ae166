"""Tables of a Word file: rows and cells whatever they are wrapped in, merged cells spread over the grid."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tiendo.intake.reading.numbering import W
from tiendo.intake.reading.widths import WIDEST

MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WRAPPERS = frozenset(f"{W}{tag}" for tag in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml"))
PARAGRAPH, TABLE, ROW, CELL = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"


@dataclass(frozen=True)
class Merge:
    """How many columns a cell covers, and whether it only continues the cell above, or the one on its left."""

    spread: int
    down: bool
    across: bool


def children(node: Any) -> Iterator[Any]:
    """What a body, cell, table or row holds, content controls and tracked insertions opened, in order."""
    stack = list(reversed(node))
    while stack:
        child = stack.pop()
        if child.tag in WRAPPERS:
            stack.extend(reversed(child))
        elif child.tag == f"{MARKUP}AlternateContent":
            stack.extend(child[:1])  # of two renderings the first
        elif child.tag == f"{MARKUP}Choice":
            stack.extend(reversed(child))
        else:
            yield child


def rows_of(table: Any) -> Iterator[Any]:
    """The rows of a table, those struck out by a tracked change left out."""
    return (row for row in children(table) if row.tag == ROW and row.find(f"{W}trPr/{W}del") is None)


def cells_of(row: Any) -> Iterator[Any]:
    """The cells of a row."""
    return (cell for cell in children(row) if cell.tag == CELL)


def skipped_columns(row: Any) -> int:
    """Columns left free before the first cell."""
    found = row.find(f"{W}trPr/{W}gridBefore")
    return 0 if found is None else max(0, min(int(found.get(f"{W}val", "0")), WIDEST))


def merge_of(cell: Any) -> Merge:
    """How a cell is merged."""
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        return Merge(1, down=False, across=False)
    span = properties.find(f"{W}gridSpan")
    spread = 1 if span is None else max(1, min(int(span.get(f"{W}val", "1")), WIDEST))
    return Merge(spread, _continues(properties, "vMerge"), _continues(properties, "hMerge"))


def _continues(properties: Any, tag: str) -> bool:
    found = properties.find(f"{W}{tag}")
    return found is not None and found.get(f"{W}val", "continue") == "continue"
