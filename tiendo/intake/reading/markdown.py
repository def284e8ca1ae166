"""Markdown: headings, lists and pipe tables become the lines a reader sees; positions count the physical lines."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tiendo.intake.reading.blocks import Block, Cell, Paragraph, Position, Read, Row, Table
from tiendo.intake.reading.encodings import decode_text
from tiendo.intake.reading.raised import raised
from tiendo.intake.reading.text import split_lines, with_encoding
from tiendo.intake.reading.widths import as_wide
from tiendo.plans.spreadsheets.progress import Progress

TAGS = "a|abbr|b|big|blockquote|center|code|del|div|em|font|h[1-6]|hr|i|img|ins|kbd|li|ol|p|s|small|span|strong|sub|"
TAG = re.compile(rf"(</?(?:{TAGS}sup|table|tbody|td|th|thead|tr|u|ul|br)(?:\s[^<>]{{0,300}})?/?>)", re.IGNORECASE)
COMMENT, COMMENT_END = "<!--", "-->"
NOTE = re.compile(r"\[\^[^\]\s]{1,20}\](?!:)")
TAIL = 12  # pieces of a line that tell what a raised digit stands behind


def read_markdown(data: bytes, progress: Progress) -> Read:
    """Blocks and physical lines of a Markdown file.

    Raises Unreadable when the encoding is not one we can trust, or there is no text.
    """
    decoded = decode_text(data)
    lines = split_lines(decoded.text)
    progress(0.1)
    # Indented text is text here, nothing that looks like the target of a link may disappear, and tags are no blocks.
    parser = (
        MarkdownIt("commonmark", {"maxNesting": 100})
        .enable("table")
        .disable(["code", "reference", "html_block", "html_inline"])
    )
    tokens = parser.parse(NOTE.sub("", _without_comments("\n".join(lines))))
    progress(0.7)
    return with_encoding(Read(tuple(_Walk(tokens, lines).blocks()), lines), decoded)


class _Walk:
    """One pass over the tokens, counting tables as they come."""

    def __init__(self, tokens: Sequence[Token], lines: Sequence[str]) -> None:
        self._tokens, self._lines, self._tables = tokens, lines, 0
        self._label = ""

    def blocks(self) -> Iterator[Block]:
        rest = iter(self._tokens)
        for token in rest:
            if token.type == "table_open":
                yield self._table(token, list(takewhile(lambda one: one.type != "table_close", rest)))
            elif token.type == "list_item_open":
                self._label = _label(token)
            elif token.type == "inline":
                yield from self._paragraphs(token, _shown(token))
            elif token.type == "fence":
                yield from self._paragraphs(token, ["", *token.content.split("\n")])

    def _paragraphs(self, token: Token, shown: Sequence[str]) -> Iterator[Paragraph]:
        """One paragraph for each line shown; a break inside a line leaves both halves on its physical line."""
        start = token.map[0] if token.map else 0
        for at, line in enumerate(shown, start + 1):
            above = self._lines[at - 2] if 1 < at <= len(self._lines) + 1 else ""
            for number, text in enumerate(filter(None, map(str.strip, line.split("\v")))):
                yield Paragraph(self._label + text, Position(line=at), gap=number == 0 and not above.strip())
                self._label = ""

    def _table(self, opened: Token, tokens: Sequence[Token]) -> Table:
        self._tables += 1
        rows = list[Row]()
        place = Position(line=(opened.map or [0])[0] + 1, table=self._tables)
        for token in tokens:
            if token.type == "tr_open":
                line = token.map[0] + 1 if token.map else place.line
                rows.append(Row((), Position(line=line, table=self._tables, row=len(rows) + 1)))
            elif token.type == "inline":
                row = rows.pop()
                at = Position(row.position.line, table=self._tables, row=row.position.row, cell=len(row.cells) + 1)
                pieces = filter(None, map(str.strip, "\v".join(_shown(token)).split("\v")))
                rows.append(Row((*row.cells, Cell("\n".join(pieces), at)), row.position))
        return Table(as_wide(rows), place)


def _label(token: Token) -> str:
    """The number of a list item as typed, or its dash; a plus, which marks the second level, stays."""
    if token.info:
        return f"{token.info}{token.markup} "
    return "+ " if token.markup == "+" else "- "


def _shown(token: Token) -> list[str]:
    """The physical lines of a passage without its markup; `\\v` stands where a line is broken by hand."""
    lines, line, high = list[str](), list[str](), False
    for piece in token.children or ():
        if piece.type in {"softbreak", "hardbreak"}:
            lines.append("".join(line))
            line = []
        for part in TAG.split(piece.content):
            tag = part.lower() if TAG.fullmatch(part) else ""
            high = tag.startswith("<sup") or (high and not tag.startswith("</sup"))
            if tag:
                line.append("\v" if tag.startswith("<br") else "")
            else:
                line.append(raised(part, "".join(line[-TAIL:])) if high else part)
    return [*lines, "".join(line)]


def _without_comments(text: str) -> str:
    """The text without comments, on as many lines as before; one that never ends hides nothing."""
    first, *rest = text.split(COMMENT)
    pieces = [first]
    for piece in rest:
        hidden, end, shown = piece.partition(COMMENT_END)
        pieces.append("\n" * hidden.count("\n") + shown if end else piece)
    return "".join(pieces)
