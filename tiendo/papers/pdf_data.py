"""A paper as the plain data that the PDF template reads: words made showable, rows measured. Pure but for the font."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tiendo.papers.fonts import characters
from tiendo.papers.model import (
    Annex,
    BandRow,
    Block,
    Bullet,
    Cell,
    Heading,
    Inline,
    Paper,
    Paragraph,
    Picture,
    Ref,
    Run,
    TableBlock,
)
from tiendo.papers.model import Row as TableRow
from tiendo.papers.text import clean, showable
from tiendo.papers.wording import (
    ILLUSTRATIVE,
    MOTTO,
    NATION,
    RECIPIENTS,
    addressee_lines,
    balanced,
    closed,
    document_title,
    footer_lines,
    marked_rows,
    recipient_lines,
)

AGENCY_EMS = 15.8  # 67 mm in 12 point
CELL_EM = 12 * 0.5  # points that a letter takes in a table, on average
LINE = 12 * 1.107
TALL = 300.0  # points: a row that may be higher than this may break over pages
PORTRAIT, LANDSCAPE = 467.0, 714.0  # points of text width
LONGEST_WORD, LONGEST_IN_HEAD, LONGEST_IN_FOOTER = 45, 20, 90  # letters that surely fit on a line
HASH = 64  # digits, narrower than letters: alone on a line without indent they fit, and are copied whole

Data = dict[str, Any]


def paper_data(paper: Paper, folder: Path) -> Data:
    """Everything the template shows, in the order and shape in which it shows it."""
    shown = characters(folder)
    return _Composer(lambda c: ord(c) in shown, marked_rows(paper), paper.figure_page).paper(paper)


class _Composer:
    def __init__(self, covers: Callable[[str], bool], marks: frozenset[int], figure_page: str) -> None:
        self.covers, self.figure_page = covers, figure_page
        self.marks = marks
        self.unplaced = set(marks)

    def text(self, value: str, longest: int = LONGEST_WORD) -> str:
        return _breakable(showable(clean(value), self.covers), longest)

    def texts(self, values: Iterable[str], longest: int = LONGEST_WORD) -> list[str]:
        return [self.text(value, longest) for value in values]

    def paper(self, paper: Paper) -> Data:
        signature = paper.signature
        posts = [line.upper() for line in (*signature.authority, signature.title) if line]
        parent = balanced(paper.parent_agency.upper(), AGENCY_EMS) if paper.parent_agency else []
        return {
            "title": self.text(document_title(paper)),
            "author": self.text(paper.issuing_agency),
            "parent": self.texts(parent, LONGEST_IN_HEAD),
            "agency": self.texts(balanced(paper.issuing_agency.upper(), AGENCY_EMS), LONGEST_IN_HEAD),
            "nation": NATION,
            "motto": MOTTO,
            "number": self.text(paper.number_line),
            "date": self.text(paper.date_line),
            "kind": self.text(paper.kind_title.upper()),
            "summary": self.text(paper.summary),
            "addressees": self.texts(addressee_lines(paper)),
            "body": [self.block(block, PORTRAIT) for block in closed(paper.body)],
            "recipients-title": RECIPIENTS,
            "recipients": self.texts(recipient_lines(paper)),
            "posts": self.texts(posts),
            "signer": self.text(signature.name),
            "banner": ILLUSTRATIVE if paper.illustrative else "",
            "footer": self.texts(footer_lines(paper), LONGEST_IN_FOOTER) or [""],
            "annex-note": self.text(paper.annex_note),
            "annexes": [self.annex(annex) for annex in paper.annexes],
            "marks": {str(mark): True for mark in sorted(self.marks)},
        }

    def annex(self, annex: Annex) -> Data:
        width = LANDSCAPE if annex.landscape else PORTRAIT
        return {
            "label": self.text(annex.label),
            "title": self.text(annex.title.upper()),
            "landscape": annex.landscape,
            "blocks": [self.block(block, width) for block in annex.blocks],
        }

    def block(self, block: Block, width: float) -> Data:
        match block:
            case Heading():
                return {"kind": "heading", "level": block.level, "text": self.text(block.line)}
            case Bullet():
                return {"kind": "par", "align": "justify", "runs": self.inlines((Run("- "), *block.runs))}
            case Paragraph():
                longest = HASH if _is_hash(block.runs) else LONGEST_WORD
                return {"kind": "par", "align": block.align.value, "runs": self.inlines(block.runs, longest)}
            case Picture():
                words = self.text(block.told)
                return {"kind": "picture", "svg": block.svg, "width": str(block.width), "told": words}
            case TableBlock():
                return self.table(block, width)

    def inlines(self, inlines: Iterable[Inline], longest: int = LONGEST_WORD) -> list[Data]:
        return [
            {"ref": inline.parts()}
            if isinstance(inline, Ref)
            else {"text": self.text(inline.text, longest), "bold": inline.bold, "italic": inline.italic}
            | self.link(inline.figure)
            for inline in inlines
            if not (isinstance(inline, Ref) and not inline.marks)
        ]

    def link(self, key: str) -> Data:
        """Where the figure opens, when there is such a place."""
        return {"link": f"{self.figure_page}#{quote(key)}"} if key and self.figure_page else {}

    def table(self, block: TableBlock, width: float) -> Data:
        shares = [column.width for column in block.columns]
        letters = [max(1.0, (width * share / sum(shares) - 7) / CELL_EM) for share in shares]
        rows = [self.row(row, letters, placed=block.mark_rows) for row in block.rows]
        _stick_bands(rows)
        if block.total is not None:
            rows.append(self.row(block.total, letters) | {"total": True})
        return {
            "kind": "table",
            "widths": shares,
            "aligns": [column.align.value for column in block.columns],
            "heading": self.heading(block),
            "rows": rows,
        }

    def row(self, row: TableRow, letters: Sequence[float], *, placed: bool = False) -> Data:
        if isinstance(row, BandRow):
            return {"band": self.text(row.text), "span": len(letters)}
        lines = max(_lines(cell, room) for cell, room in zip(row, letters, strict=True))
        data: Data = {
            "cells": [self.cell(cell, max(6, int(room))) for cell, room in zip(row, letters, strict=True)],
            "tall": lines * LINE > TALL,
        }
        mark = int(row[0]) if placed and isinstance(row[0], str) and row[0].isdecimal() else -1
        if mark in self.unplaced:
            self.unplaced.remove(mark)
            data["mark"] = mark
        return data

    def cell(self, cell: Cell, longest: int) -> str | list[Data]:
        return self.text(cell, longest) if isinstance(cell, str) else self.inlines(cell, longest)

    def heading(self, block: TableBlock) -> list[Data]:
        """Place each heading cell: (column, row) and how far it reaches."""
        titles = [self.text(column.title) for column in block.columns]
        if not block.groups:
            return [_placed(title, x, 0) for x, title in enumerate(titles)]
        placed: list[Data] = []
        at = 0
        for group in block.groups:
            if group.title:
                placed.append(_placed(self.text(group.title), at, 0, colspan=group.span))
            for x in range(at, at + group.span):
                placed.append(_placed(titles[x], x, 1) if group.title else _placed(titles[x], x, 0, rowspan=2))
            at += group.span
        return placed


def _stick_bands(rows: Sequence[Data]) -> None:
    """A band holds on to the row under it, unless that is a band too or there is none."""
    nothing: Data = {"band": ""}
    for row, below in zip_longest(rows, rows[1:], fillvalue=nothing):
        if "band" in row:
            row["sticky"] = "band" not in below


def _placed(text: str, x: int, y: int, *, colspan: int = 1, rowspan: int = 1) -> Data:
    return {"text": text, "x": x, "y": y, "colspan": colspan, "rowspan": rowspan}


def _is_hash(runs: Sequence[Inline]) -> bool:
    return len(runs) == 1 and isinstance(runs[0], Run) and bool(re.fullmatch(rf"[0-9a-f]{{{HASH}}}", runs[0].text))


def _lines(cell: Cell, room: float) -> float:
    """Guess how many lines a cell takes, on the high side."""
    text = cell if isinstance(cell, str) else "".join(i.text for i in cell if isinstance(i, Run))
    return 1 + text.count("\n") + len(text) / room


def _breakable(text: str, longest: int) -> str:
    """Let a word that its line cannot hold, such as an address, break; shorter words stay whole to be copied."""
    if len(text) <= longest:
        return text
    return re.sub(rf"(\S{{{longest}}})(?=\S)", "\\1\u200b", text)
