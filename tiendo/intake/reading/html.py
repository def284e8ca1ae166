"""Web pages, also those Word and Excel save under the names .doc and .xls. No network, no scripts, no entities."""

import codecs
import re
from collections.abc import Iterator
from email.parser import BytesParser
from email.policy import compat32
from gettext import gettext as _
from typing import Any

from lxml import etree

from tiendo.intake.reading.blocks import Block, Paragraph, Position, Read, Row, Table
from tiendo.intake.reading.encodings import BOMS, as_latin, decode_text
from tiendo.intake.reading.html_flow import flow
from tiendo.intake.reading.html_fonts import OLD_FONT, NoFonts, OldFonts
from tiendo.intake.reading.html_table import Hanging, Reading, captions_of, cells_of, grid_row, is_frame, rows_of
from tiendo.intake.reading.legacy import SCHEMES
from tiendo.intake.reading.unmasking import from_old_font
from tiendo.intake.reading.widths import as_wide
from tiendo.plans.file_checks.texts import LETTER_PAGE
from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.plans.spreadsheets.progress import Progress, ignore, part

MOST_MARKUP = 1_500_000  # tags and attributes; a page of five thousand rows saved by Word has under a million
HEAD = 4_096
CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
SINGLE_BYTE = re.compile(r"(?:windows|cp|iso-?8859|latin|us-ascii|ascii)[-_\d]*", re.IGNORECASE)
DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
TELL_EVERY = 50
PARSED = 0.3  # of the work


def read_html(data: bytes, progress: Progress) -> Read:
    """Blocks of a web page, and one plain line for each line shown and each table row.

    Raises Unreadable when its letters cannot be told, it is nested beyond reason, or it holds no text.
    """
    text = _text_of(_page(data))
    tree = _tree(text)
    fonts = OldFonts() if OLD_FONT.search(text) else NoFonts()
    walk = _walked(tree, fonts, part(progress, PARSED, 1.0))
    printed = _walked(tree, NoFonts(), ignore) if fonts.scheme else walk
    walk = printed if fonts.witnesses < 0 else walk  # the fonts named are not those the letters were typed in
    if not walk.lines:
        raise Unreadable(_("Tệp HTML không có chữ nào; hãy kiểm tra lại tệp nguồn."))
    read = Read(tuple(walk.blocks), tuple(walk.lines))
    return from_old_font(read, fonts.scheme if walk is not printed else None, printed.lines)


def _walked(tree: Any, fonts: OldFonts, progress: Progress) -> "_Walk":
    walk = _Walk(progress, max(sum(1 for _node in tree.iter("tr")), 1), Reading(fonts))
    walk.body(tree)
    return walk


def _page(data: bytes) -> bytes:
    """The page itself, taken out of the letter in which Word saves a web page as a single file."""
    if not LETTER_PAGE.match(data.lstrip()[:HEAD]):
        return data
    try:
        parts = BytesParser(policy=compat32).parsebytes(data.lstrip()).walk()
        pages = [part.get_payload(decode=True) for part in parts if part.get_content_type() == "text/html"]
    except (ValueError, LookupError, RecursionError) as error:
        raise Unreadable(_("Tệp HTML bị hỏng, không mở được; hãy lưu lại từ bản gốc rồi thử lại.")) from error
    return next((page for page in pages if isinstance(page, bytes)), b"")


def _text_of(data: bytes) -> str:
    """The page in Unicode. Letters of old fonts are left as they are: each cell is judged for itself afterwards."""
    declared = CHARSET.search(data[:HEAD])
    try:
        decoded = decode_text(data)
    except Unreadable:
        name = declared[1].decode() if declared else ""
        if not SINGLE_BYTE.fullmatch(name) or any(data.startswith(mark) for mark, _name in BOMS):
            raise
        return _declared(data, name)
    return decoded.printed if decoded.encoding in SCHEMES else decoded.text


def _declared(data: bytes, name: str) -> str:
    """The page in the encoding it names, when that has one byte for each letter."""
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        codec = "cp1252"
    return as_latin(data) if codec in {"iso8859-1", "ascii", "cp1252"} else data.decode(codec, errors="replace")


def _tree(text: str) -> Any:
    if text.count("<") + text.count("=") > MOST_MARKUP:
        raise Unreadable(_("Tệp HTML có quá nhiều định dạng; hãy tách thành nhiều tệp rồi đọc từng tệp."))
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    try:
        tree = etree.fromstring(DECLARATION.sub("", text).encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable(_("Tệp HTML bị hỏng, không mở được; hãy lưu lại từ bản gốc rồi thử lại.")) from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise Unreadable(_("Tệp HTML lồng quá nhiều lớp, có thể gây hại khi mở; hãy lưu lại từ bản gốc rồi thử lại."))
    if tree is None:
        raise Unreadable(_("Tệp HTML không có chữ nào; hãy kiểm tra lại tệp nguồn."))
    return tree


class _Walk:
    """One pass through the page, counting as it goes."""

    def __init__(self, progress: Progress, rows: int, reading: Reading) -> None:
        self.blocks: list[Block] = []
        self.lines: list[str] = []
        self._progress, self._rows, self._read = progress, rows, 0
        self._paragraphs = self._tables = 0
        self._reading = reading

    def body(self, node: Any) -> None:
        """What the element holds, in order; frames around the page are opened, however many."""
        stack: list[Iterator[Any]] = [flow(node, self._reading.fonts)]
        while stack:
            part = next(stack[-1], None)
            if part is None:
                stack.pop()
            elif isinstance(part, str):
                self._paragraph(part)
            elif is_frame(part):
                cells = [cell for row in rows_of(part) for cell in cells_of(row)]
                stack.extend(flow(cell, self._reading.fonts) for cell in reversed(cells))
            else:
                for caption in captions_of(part):
                    for line in filter(lambda one: isinstance(one, str), flow(caption, self._reading.fonts)):
                        self._paragraph(line)
                self._table(part)

    def _paragraph(self, text: str) -> None:
        self._paragraphs += 1
        self.lines.append(text)
        self.blocks.append(Paragraph(text, Position(line=len(self.lines), paragraph=self._paragraphs)))

    def _table(self, node: Any) -> None:
        self._tables += 1
        start, rows, hanging = len(self.lines) + 1, list[Row](), dict[int, Hanging]()
        for one in rows_of(node):
            place = Position(line=len(self.lines) + 1, table=self._tables, row=len(rows) + 1)
            row = grid_row(one, place, hanging, self._reading)
            rows.append(row)
            shown = (" ".join(cell.text.split()) for cell in row.cells if not (cell.inherited or cell.across))
            self.lines.append(" | ".join(shown))
            self._read += 1
            if self._read % TELL_EVERY == 0:
                self._progress(min(self._read / self._rows, 1.0))
        if rows:
            self.blocks.append(Table(as_wide(rows), Position(line=start, table=self._tables)))
