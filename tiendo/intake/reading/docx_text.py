"""The text of one Word paragraph as a reader of the page sees it: insertions in, deletions, codes and marks out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tiendo.intake.reading.docx_fonts import PLAIN, Fonts, Script
from tiendo.intake.reading.legacy import WORD, to_unicode
from tiendo.intake.reading.numbering import W
from tiendo.intake.reading.raised import raised
from tiendo.intake.reading.unmasking import MODERN, speaks

MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
TEXT, RUN, BOX, PAGE_BREAK = f"{W}t", f"{W}r", f"{W}txbxContent", f"{W}lastRenderedPageBreak"
SKIPPED = {f"{W}{tag}" for tag in ("del", "moveFrom", "instrText", "rPr", "pPr", "rt", "sdtPr")}
BREAKS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\xad"}
SIGNS = {f"{W}{tag}": sign for tag, sign in BREAKS.items()}
OWN_MARKS = frozenset({f"{W}footnoteReference", f"{W}endnoteReference"})
TAIL = 12  # runs before a raised one that tell what it is raised behind
OFF = frozenset({"0", "false", "off"})
# Signs of the Symbol and Wingdings fonts that occur in plans; they stand in a private corner of Unicode.
DASHES = dict.fromkeys("\uf0b7\uf0a7\uf076\uf0d8\uf075\uf02d", "-")  # bullets
MATHEMATICS = dict(zip("\uf0a3\uf0b3\uf0b1\uf0b4\uf0b0\uf0b8\uf0b9\uf0bb\uf0a5\uf0e5", "≤≥±×°÷≠≈∞∑", strict=True))
PICTURES = dict(zip("\uf0e0\uf0f0\uf0ae\uf0de\uf0fc\uf0fe\uf052\uf0fd\uf06f\uf0a8", "→→→⇒✓☑☑☒□□", strict=True))
SYMBOLS = DASHES | MATHEMATICS | PICTURES
PRIVATE = re.compile("[\uf020-\uf0ff]")


@dataclass
class Text:
    """The text of a paragraph, the text boxes that hang on it, and the page breaks Word recorded in it.

    `leading` breaks come before its first letter; `total` are all. `scheme` names an old font met on the way, and
    `witnesses` says by how many words the old font made sense (below zero: it did not). `begun`: a letter was met.
    """

    text: str = ""
    boxes: list[Any] = field(default_factory=list)
    leading: int = 0
    total: int = 0
    scheme: str | None = None
    witnesses: int = 0
    begun: bool = False


@dataclass
class _Piece:
    """A stretch of runs in one script."""

    parts: list[str]
    script: Script


def paragraph_text(paragraph: Any, fonts: Fonts | None) -> Text:
    """The text of a paragraph; with `fonts`, runs in old fonts come out in Unicode."""
    result, pieces = Text(), list[_Piece]()
    style = _style(paragraph)
    for node in _shown(paragraph):
        if node.tag == RUN:
            _add_run(node, fonts.script(node, style) if fonts else PLAIN, result, pieces)
        else:
            _add(pieces, node.text or "", PLAIN)
    result.text = "".join(_meant(piece, result) for piece in pieces)
    return result


def _shown(paragraph: Any) -> Iterator[Any]:
    """The runs and formula letters in order; of two renderings of one thing the first is taken."""
    stack = [paragraph]
    while stack:
        node = stack.pop()
        if node.tag in (RUN, MATH_TEXT):
            yield node
        elif node.tag == ALTERNATE:
            stack.extend(node[:1])
        elif node.tag not in SKIPPED:
            stack.extend(reversed(node))


def _add_run(run: Any, script: Script, result: Text, pieces: list[_Piece]) -> None:
    high, hidden = _look(run.find(f"{W}rPr"))
    text = "".join(_letters(run, result))
    if hidden or not text:
        return
    before = "".join(pieces[-1].parts[-TAIL:]) if pieces else ""
    _add(pieces, raised(text, before) if high else text, script)


def _add(pieces: list[_Piece], text: str, script: Script) -> None:
    if pieces and pieces[-1].script == script:
        pieces[-1].parts.append(text)  # a letter and its mark may stand in two runs
    elif text:
        pieces.append(_Piece([text], script))


def _letters(run: Any, result: Text) -> Iterator[str]:
    stack = list(reversed(run))
    while stack:
        node = stack.pop()
        if node.tag in OWN_MARKS and node.get(f"{W}customMarkFollows"):
            return  # what follows in this run is the mark of a note, no word
        if node.tag == TEXT:
            result.begun = result.begun or bool((node.text or "").strip())
            yield node.text or ""
        elif node.tag == PAGE_BREAK:
            result.total, result.leading = result.total + 1, result.leading + (not result.begun)
        elif node.tag == BOX:
            result.boxes.append(node)
        elif node.tag == ALTERNATE:
            stack.extend(node[:1])
        elif node.tag not in SKIPPED:
            yield _sign(node)
            stack.extend(reversed(node))


def _sign(node: Any) -> str:
    if node.tag == f"{W}br":
        return "" if node.get(f"{W}type") == "page" else "\n"
    if node.tag == f"{W}sym":
        code = int(node.get(f"{W}char", "0"), 16)
        return SYMBOLS.get(chr((code & 0xFFF) | 0xF000), "")
    return SIGNS.get(node.tag, "") if node.getparent().tag == RUN else ""


def _look(properties: Any) -> tuple[bool, bool]:
    """Whether a run stands raised above the line, and whether it is hidden."""
    if properties is None:
        return False, False
    high = hidden = False
    for look in properties:
        high = high or (look.tag == f"{W}vertAlign" and look.get(f"{W}val") == "superscript")
        hidden = hidden or (look.tag == f"{W}vanish" and look.get(f"{W}val") not in OFF)
    return high, hidden


def _meant(piece: _Piece, result: Text) -> str:
    """The letters a piece stands for in its font."""
    text, scheme = "".join(piece.parts), piece.script.scheme
    if scheme is None or MODERN.search(text):
        return PRIVATE.sub(lambda found: SYMBOLS.get(found[0], ""), text)
    text = PRIVATE.sub(lambda found: chr(ord(found[0]) - 0xF000), text)
    words = [found[0] for found in WORD.finditer(text) if not found[0].isascii()]
    result.witnesses += sum(speaks(word, scheme) for word in words)
    result.scheme = scheme if words or piece.script.capitals else result.scheme
    changed = to_unicode(text, scheme)
    return changed.upper() if piece.script.capitals else changed


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val", ""))
