"""Group rows of an annex: which rows are headings, how they nest, and what strays into them from the row above."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tiendo.intake.extraction.cells import Entry, Line, is_open, is_tail
from tiendo.intake.extraction.columns import Columns
from tiendo.intake.extraction.marks import PART_LABEL, read_mark, split_label, without_footnotes
from tiendo.intake.extraction.spelling import one_line

HEAD_WORDS = re.compile(
    r"^(?:nhóm|lĩnh vực|về|giai đoạn|đến năm|đến hết năm|năm 20|quý|nhiệm vụ|các nhiệm vụ|mục tiêu|phần|công tác|"
    r"đối với|chỉ tiêu|các chỉ tiêu|khối|cấp)\b",
    re.IGNORECASE,
)
LEAST_WORDS = 2
WIDE = 3


@dataclass(frozen=True)
class Heading:
    """A group row: how it is numbered, its title, the tails it carries of the row above, and how certain it is."""

    style: str
    title: str
    strays: Mapping[str, str] = field(default_factory=dict)
    sure: bool = True


class Path:
    """The headings that stand over a row. The first way of numbering met is the outermost."""

    def __init__(self) -> None:
        self._stack: list[tuple[str, str, str]] = []

    @property
    def titles(self) -> tuple[str, ...]:
        """Titles from the outermost heading in."""
        return tuple(title for _style, _label, title in self._stack)

    def enter(self, style: str, label: str, title: str) -> None:
        """Take the next heading: it ends those of its own kind and all below them."""
        self.leave(style)
        self._stack.append((style, label, title))

    def leave(self, style: str) -> None:
        """End the heading of this kind, with all below it."""
        styles = [each for each, _label, _title in self._stack]
        if style in styles:
            del self._stack[styles.index(style) :]

    def style_of(self, style: str, label: str) -> str:
        """A single letter that is also a Roman numeral continues the letters when the one before it stands open."""
        letters = [each for kind, each, _title in self._stack if kind == "capital"]
        if style == "roman" and len(label) == 1 and letters and ord(letters[-1]) + 1 == ord(label):
            return "capital"
        if style == "capital" and label == "Đ":
            return "capital"
        return style


def heading_of(
    line: Line, columns: Columns, above: Entry | None, fresh: bool, restarts: bool
) -> tuple[Heading, str] | None:
    """The heading a row is, with its label, or None for any other row.

    `above` is the entry the row may continue, `fresh` says a page or table has just begun, `restarts` that the next
    row counts from one again.
    """
    whole = _alone(line, columns)
    if whole is not None:
        return _labelled(whole)
    title = one_line(line.texts.get(columns.name, "")) if columns.name in line.own else ""
    if not title:
        return _beside(line, columns)
    strays = _strays(line, above)
    if strays is None:
        return None
    if line.mark.heads and "number" in line.own:
        return Heading(line.mark.style, without_footnotes(title), strays), line.mark.text
    if line.mark.style == "words" and PART_LABEL.match(f"{line.mark.text} "):
        return Heading("part", without_footnotes(title), strays), line.mark.text
    if line.mark.style != "none" or "number" in line.merged:
        return None
    return _unnumbered(title, strays, above, fresh, restarts)


def _alone(line: Line, columns: Columns) -> str | None:
    """The only cell of a row when it spans columns, or stands where numbers stand without being one."""
    if len(line.printed) != 1:
        return None
    column, text = line.printed[0]
    if line.widest >= WIDE or (line.widest > 1 and len(columns.leaves) <= WIDE):
        return text if any(letter.isalpha() for letter in text) else None
    if _at_number(column, columns) and read_mark(text).style == "words" and len(text.split()) >= LEAST_WORDS:
        return text
    return None


def _beside(line: Line, columns: Columns) -> tuple[Heading, str] | None:
    """A numbered heading whose words stand in another column than the names, alone: "I | Hạ tầng | | |"."""
    rest = [text for column, text in line.printed if not _at_number(column, columns)]
    if not (line.mark.heads and "number" in line.own) or len(rest) != 1 or len(line.printed) == 1:
        return None
    return Heading(line.mark.style, without_footnotes(rest[0])), line.mark.text


def _at_number(column: int, columns: Columns) -> bool:
    return "number" in columns.at and columns.at["number"][0] <= column < columns.at["number"][1]


def _labelled(text: str) -> tuple[Heading, str]:
    mark, rest = split_label(text)
    if mark.heads:
        return Heading(mark.style, without_footnotes(rest)), mark.text
    part = PART_LABEL.match(text)
    if part:
        return Heading("part", without_footnotes(text[part.end() :]) or text), part[0].strip(" .:")
    if mark.style == "number":
        return Heading(f"number{len(mark.parts)}", without_footnotes(rest)), mark.text
    return Heading("bare", without_footnotes(text)), ""


def _strays(line: Line, above: Entry | None) -> dict[str, str] | None:
    """Cells of a heading that are tails of the row above; None when the row has cells of its own."""
    strays = {role: line.texts[role] for role in line.filled}
    if "note" in line.own and above is not None and is_tail("note", line.texts["note"], above.cells.get("note", "")):
        strays["note"] = line.texts["note"]
    if line.path and not above:
        return None
    for role, text in strays.items():
        if above is None or not is_tail(role, text, above.cells.get(role, "")):
            return None
    return None if line.path else strays


def _unnumbered(
    title: str, strays: Mapping[str, str], above: Entry | None, fresh: bool, restarts: bool
) -> tuple[Heading, str] | None:
    """A title without number and cells: a heading, unless it reads like the rest of the row above."""
    mark, rest = split_label(title)
    if mark.heads:
        return Heading(mark.style, without_footnotes(rest), strays), mark.text
    if mark.style != "none" or strays:
        return None
    if above is None or PART_LABEL.match(title) or _is_capitals(title):
        return _labelled(title)
    if not title[0].isupper() or is_open(one_line(above.cells.get("title", above.cells.get("name", "")))):
        return None
    if restarts or (HEAD_WORDS.match(title) and not fresh):
        return _labelled(title)
    if fresh:
        return None
    return Heading("bare", without_footnotes(title), sure=False), ""


def _is_capitals(title: str) -> bool:
    return title.isupper() and len(title.split()) >= LEAST_WORDS
