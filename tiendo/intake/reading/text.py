"""Plain text: encodings, physical lines, and the tables people type with tabs or bars."""

import re
from collections.abc import Iterator
from dataclasses import replace
from gettext import gettext as _

from tiendo.intake.reading.blocks import Block, Cell, Paragraph, Position, Read, Row, Table
from tiendo.intake.reading.encodings import Decoded, decode_text
from tiendo.intake.reading.unmasking import repair_remark
from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.plans.spreadsheets.letters import clean
from tiendo.plans.spreadsheets.progress import Progress

LINE_END = re.compile(r"\r\n|\r|\n|\f")
RULE_CELL = re.compile(r"^:?-+:?$")
LEAST_COLUMNS = 3
MOST_COLUMNS = 200  # wider than any page; short rows are filled up to the first one's width
LEAST_ROWS = 2


def read_text(data: bytes, progress: Progress) -> Read:
    """Blocks and physical lines of a text file.

    Raises Unreadable when the encoding is not one we can trust, or there is no text.
    """
    decoded = decode_text(data)
    lines = split_lines(decoded.text)
    progress(0.5)
    return with_encoding(Read(tuple(_blocks(lines)), lines), decoded)


def split_lines(text: str) -> tuple[str, ...]:
    """The physical lines, in clean letters.

    Raises Unreadable when there is nothing on them.
    """
    lines = tuple(LINE_END.split(clean(text)))
    if not any(line.strip() for line in lines):
        raise Unreadable(_("Tệp không có chữ nào; hãy kiểm tra lại tệp nguồn."))
    return lines


def with_encoding(read: Read, decoded: Decoded) -> Read:
    """What was read of a text file, with the old encoding it came in, its printed lines and the remark about them."""
    if decoded.encoding is None:
        return read
    printed = tuple(LINE_END.split(decoded.printed))
    remarks = (*read.remarks, repair_remark(decoded.encoding))
    return replace(read, encoding=decoded.encoding, printed=printed, remarks=remarks)


def _blocks(lines: tuple[str, ...]) -> Iterator[Block]:
    index, tables, gap = 0, 0, True
    while index < len(lines):
        end = _table_end(lines, index)
        if end - index >= LEAST_ROWS:
            tables += 1
            yield _table(lines, index, end, tables)
            index, gap = end, True
            continue
        if lines[index].strip():
            yield Paragraph(lines[index].strip(), Position(line=index + 1), gap)
        gap = not lines[index].strip()
        index += 1


def _split(line: str) -> list[str]:
    """Cells of a line typed with tabs or bars; fewer than three means an ordinary line."""
    if "\t" in line.strip():
        return [cell.strip() for cell in line.split("\t")]
    if line.count("|") >= LEAST_COLUMNS - 1:
        bare = line.strip().removeprefix("|").removesuffix("|") if line.lstrip().startswith("|") else line
        return [cell.strip() for cell in bare.split("|")]
    return []


def _table_end(lines: tuple[str, ...], start: int) -> int:
    width = len(_split(lines[start]))
    if not LEAST_COLUMNS <= width <= MOST_COLUMNS:
        return start
    end = start
    while end < len(lines) and 2 <= len(_split(lines[end])) <= width:
        end += 1
    return end


def _table(lines: tuple[str, ...], start: int, end: int, number: int) -> Table:
    rows: list[Row] = []
    width = len(_split(lines[start]))
    for index in range(start, end):
        cells = _split(lines[index])
        cells += [""] * (width - len(cells))  # editors trim the blank cells at the end of a line
        if all(RULE_CELL.match(cell) for cell in cells):
            continue
        at = len(rows) + 1
        rows.append(
            Row(
                tuple(
                    Cell(text, Position(line=index + 1, table=number, row=at, cell=column))
                    for column, text in enumerate(cells, 1)
                ),
                Position(line=index + 1, table=number, row=at),
            )
        )
    return Table(tuple(rows), Position(line=start + 1, table=number))
