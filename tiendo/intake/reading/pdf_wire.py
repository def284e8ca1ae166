"""A reading as plain data and back: how the process that reads a PDF hands over what it read."""

from collections.abc import Mapping, Sequence
from typing import Any

from tiendo.intake.reading.blocks import Block, Cell, Paragraph, Position, Read, Row, Table
from tiendo.ui.sentences import Sentence


def sentence_data(sentence: str) -> dict[str, Any]:
    """A sentence with its pattern, so that it can still be said in another language."""
    if isinstance(sentence, Sentence):
        return {"pattern": sentence.pattern, "values": sentence.values}
    return {"pattern": sentence.replace("{", "{{").replace("}", "}}"), "values": {}}


def _sentence(data: Mapping[str, Any]) -> Sentence:
    return Sentence.of(data["pattern"], **data["values"])


def read_data(read: Read) -> dict[str, Any]:
    """A reading as lists, strings and numbers."""
    return {
        "blocks": [_block_data(block) for block in read.blocks],
        "lines": read.lines,
        "pages": read.pages,
        "encoding": read.encoding,
        "printed": read.printed,
        "remarks": [sentence_data(remark) for remark in read.remarks],
        "recognised": read.recognised,
    }


def read_from(data: Mapping[str, Any]) -> Read:
    """The reading that `read_data` was made from."""
    return Read(
        tuple(map(_block, data["blocks"])),
        tuple(data["lines"]),
        data["pages"],
        data["encoding"],
        tuple(data["printed"]),
        tuple(map(_sentence, data["remarks"])),
        tuple(data["recognised"]),
    )


def _block_data(block: Block) -> list[Any]:
    at = block.position
    if isinstance(block, Paragraph):
        return [block.text, block.gap, at.line, at.page, at.paragraph]
    return [at.line, at.page, at.table, [_row_data(row) for row in block.rows]]


def _row_data(row: Row) -> list[Any]:
    cells = [[cell.text, cell.position.cell, cell.inherited, cell.across] for cell in row.cells]
    return [row.position.line, row.position.page, row.position.row, cells]


def _block(data: Sequence[Any]) -> Block:
    if len(data) == 5:
        text, gap, line, page, paragraph = data
        return Paragraph(text, Position(line=line, page=page, paragraph=paragraph), gap)
    line, page, table, rows = data
    return Table(tuple(_row(row, table) for row in rows), Position(line=line, page=page, table=table))


def _row(data: Sequence[Any], table: int) -> Row:
    line, page, row, cells = data
    return Row(
        tuple(
            Cell(text, Position(line=line, page=page, table=table, row=row, cell=cell), inherited, across)
            for text, cell, inherited, across in cells
        ),
        Position(line=line, page=page, table=table, row=row),
    )
