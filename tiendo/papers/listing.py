"""A paper as the list of places a reader sees, in order: what a manifest seals and a checker compares. Pure.

`tiendo_verify.py` reads the same list back out of a Word file by rules written a second time.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tiendo.papers.model import BandRow, Block, Bullet, Cell, Heading, Inline, Paper, Paragraph, Ref, TableBlock
from tiendo.papers.numbers import BLANK
from tiendo.papers.text import clean
from tiendo.papers.wording import (
    MOTTO,
    NATION,
    RECIPIENTS,
    addressee_lines,
    closed,
    recipient_lines,
)

HEAD, BODY, FOOT = "head", "body", "foot"
ROOM = "\ufffc"  # stands where the clerk writes the number or the day by hand


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph (one cell, `table` 0) or a row of a table, in a part of the paper.

    `part` is head, body, foot or an annex's label. `line` counts the paragraphs of the part, or the rows of the table,
    from 1; a row of headings has line 0.
    """

    part: str
    cells: tuple[str, ...]
    line: int
    table: int = 0


def even(text: str) -> str:
    """The text as it is compared: composed letters, single spaces, nothing invisible."""
    composed = unicodedata.normalize("NFC", clean(text))
    return " ".join("".join(c for c in composed if unicodedata.category(c) != "Cf" and c != ROOM).split())


def places(paper: Paper) -> list[Place]:
    """Every paragraph and row with words in it, in the order of the paper."""
    found = [*_head(paper), *_Part(BODY).listed(closed(paper.body)), *_foot(paper)]
    for annex in paper.annexes:
        part = _Part(even(annex.label))
        found += [part.paragraph(text) for text in (annex.label, annex.title.upper())]
        found += [part.paragraph(paper.annex_note, open_=True), *part.listed(annex.blocks)]
    return [place for place in found if any(place.cells)]


def headings(paper: Paper) -> dict[tuple[str, int], tuple[str, ...]]:
    """(Part, number of the table in it) → the headings of its columns."""
    parts: list[tuple[str, Sequence[Block]]] = [(BODY, paper.body)]
    parts += [(even(annex.label), annex.blocks) for annex in paper.annexes]
    return {
        (part, number): tuple(even(column.title) for column in table.columns)
        for part, blocks in parts
        for number, table in enumerate((block for block in blocks if isinstance(block, TableBlock)), 1)
    }


def _opened(text: str) -> str:
    """As `even`, with a mark where room is left for the clerk."""
    return ROOM.join(" ".join(even(f"|{piece}|").split())[1:-1] for piece in text.split(BLANK)).strip()


def _head(paper: Paper) -> Iterator[Place]:
    yield Place(HEAD, (even(f"{paper.parent_agency} {paper.issuing_agency}".upper()), f"{NATION} {MOTTO}"), 1, 1)
    yield Place(HEAD, (_opened(paper.number_line), _opened(paper.date_line)), 2, 1)
    part = _Part(HEAD)
    for line in (paper.kind_title.upper(), paper.summary, *addressee_lines(paper)):
        yield part.paragraph(line)


def _foot(paper: Paper) -> Iterator[Place]:
    signature = paper.signature
    posts = [line.upper() for line in (*signature.authority, signature.title) if line]
    left, right = [RECIPIENTS, *recipient_lines(paper)], [*posts, signature.name]
    yield Place(FOOT, (even(" ".join(left)), even(" ".join(right))), 1, 1)


class _Part:
    """Counts paragraphs and tables of one part of a paper."""

    def __init__(self, name: str) -> None:
        self.name, self.paragraphs, self.tables = name, 0, 0

    def paragraph(self, text: str, *, open_: bool = False) -> Place:
        words = _opened(text) if open_ else even(text)
        self.paragraphs += bool(words)
        return Place(self.name, (words,), self.paragraphs)

    def listed(self, blocks: Iterable[Block]) -> Iterator[Place]:
        for block in blocks:
            match block:
                case Heading():
                    yield self.paragraph(block.line)
                case Bullet():
                    yield self.paragraph("- " + _words(block.runs))
                case Paragraph():
                    yield self.paragraph(_words(block.runs))
                case TableBlock():
                    self.tables += 1
                    yield from self._rows(block)

    def _rows(self, block: TableBlock) -> Iterator[Place]:
        for titles in _heading_rows(block):
            yield Place(self.name, titles, 0, self.tables)
        rows = [*block.rows, *([block.total] if block.total is not None else [])]
        for number, row in enumerate(rows, 1):
            cells = (even(row.text),) if isinstance(row, BandRow) else tuple(even(_said(cell)) for cell in row)
            yield Place(self.name, cells, number, self.tables)


def _heading_rows(block: TableBlock) -> Iterator[tuple[str, ...]]:
    titles = [even(column.title) for column in block.columns]
    if not block.groups:
        yield tuple(titles)
        return
    upper: list[str] = []
    at = 0
    for group in block.groups:
        upper += [even(group.title)] if group.title else titles[at : at + group.span]
        titles[at : at + group.span] = titles[at : at + group.span] if group.title else [""] * group.span
        at += group.span
    yield tuple(upper)
    yield tuple(titles)


def _said(cell: Cell) -> str:
    return cell if isinstance(cell, str) else _words(cell)


def _words(inlines: Iterable[Inline]) -> str:
    return "".join(_reference(piece) if isinstance(piece, Ref) else piece.text for piece in inlines)


def _reference(ref: Ref) -> str:
    return f"[{', '.join(label for _mark, label in ref.parts())}]" if ref.marks else ""
