"""How wide and how large tables may be, and rows brought to one width. Shared by the readers of Word and HTML."""

from dataclasses import replace

from tiendo.intake.reading.blocks import Cell, Row

WIDEST = 200  # columns; more than any page has
MOST_CELLS = 400_000  # of one document: ten thousand rows of the widest annex


def as_wide(rows: list[Row]) -> tuple[Row, ...]:
    """Rows that end early filled up with blank cells to the width of the widest."""
    width = min(max((len(row.cells) for row in rows), default=0), WIDEST)
    return tuple(_filled(row, width - len(row.cells)) for row in rows)


def _filled(row: Row, missing: int) -> Row:
    return replace(row, cells=row.cells + (Cell("", row.position),) * missing) if missing > 0 else row
