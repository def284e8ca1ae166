"""The tree of a document: headings and items with the lines they stand on, broken paragraphs joined."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from tiendo.intake.extraction.spelling import pattern
from tiendo.intake.reading.blocks import Paragraph

MARKS = (
    (
        "part",
        re.compile(
            r"^(?P<label>(?:PHẦN|Phần)\s+(?:(?:THỨ|thứ)\s+\w{2,5}|[IVX]{1,6}|\d{1,2}|MỘT|HAI|BA|BỐN|NĂM))(?!\w)\s?[.:–-]?\s*"
        ),
    ),
    ("chapter", re.compile(r"^(?P<label>(?:CHƯƠNG|Chương)\s+(?:[IVXL]{1,7}|\d{1,2}))(?!\w)\s?[.:–-]?\s*")),
    (
        "division",
        re.compile(r"^(?P<label>(?:MỤC|Mục)\s+(?:[IVX]{1,6}|\d{1,2}))(?!\w)(?:\s?[.:–-]\s*|$|\s+(?=[A-ZĐ]{2}))"),
    ),
    ("capital", re.compile(r"^(?P<label>[A-HĐ])[.)]\s+(?=\S)")),
    ("roman", re.compile(r"^(?P<label>[IVX]{1,6})[.)]?\s*[-–.]?\s+(?=\S)|^(?P<dotted>[IVX]{1,6})[.]$")),
    ("article", re.compile(r"^(?P<label>Điều\s+\d+[a-z]?)(?:[.:]\s+|[.:]?$)")),
    ("number", re.compile(r"^(?P<label>\d{1,2}(?:\.\d{1,2})*)[.)–-]\s+|^(?P<dotted>\d{1,2}(?:\.\d{1,2})+)\s+")),
    ("letter", re.compile(r"^(?P<label>[a-zđ])[).]\s+")),
    ("bullet", re.compile(r"^(?P<label>[-–—+•*●▪■□◦‣➢❖✓\uf0b7\uf0a7\uf02d\uf076\uf0d8])\s+")),
    ("note", re.compile(r"^(?=\()(?P<label>)")),
)
ROMAN_MARK = re.compile(r"^[IVX]{1,6}[.)](?:\s|$)|^[IVX]{1,6}\s*[-–]\s")
OPENING = re.compile(
    r"^(?:1[.)–-]|A[.)])\s|^Điều\s+1[.:]\s|^(?:PHẦN|Phần)\s+(?:I|1|MỘT|(?:THỨ|thứ)\s+\w+)(?!\w)|^(?:CHƯƠNG|Chương)\s+[I1](?!\w)"
)
CAPITAL_ORDER = "ABCDĐEFGH-"
DEPTHS = {"part": -3, "chapter": -2, "division": -1, "capital": 0, "roman": 1, "article": 1, "letter": 8}
GREAT = frozenset({"part", "chapter", "division", "capital", "roman"})  # always headings
TITLED_BELOW = frozenset({"part", "chapter", "division"})  # their title may stand on the next lines
HEADED = GREAT | {"article", "number", "letter"}
TERMINAL = re.compile(r"[.;:!?…][\"”’)\]]*$")
SENTENCE_END = re.compile(r"[.!?…;]\W*$|\./\.$")
ANNEX_NOTE = re.compile(r"^\(.*(phụ lục|danh mục|biểu).*(kèm theo|đính kèm).*\)\W*$", re.IGNORECASE)
WRAPPED_LINE = 60
NEAR = 20
SHORT_HEADING = 80
SHORT_TITLE = 40  # a whole sentence over a plain paragraph is a heading only when it is this short
LONG_HEADING = 100
SPLIT = pattern(
    r"(?<=[^\s.][.!?…])(?<!\bTP\.)(?<!\bTX\.)(?<!\bTT\.)[\"”’)]*\s+(?=[\"“‘(]?[A-ZÀ-ỸĐ])|(?<=[.!?][\"”’)])\s+(?=[A-ZÀ-ỸĐ])"
)


@dataclass
class Element:
    """One marked or plain paragraph of the body, its broken parts joined by a space."""

    mark: str
    label: str
    text: str
    first: int
    last: int
    parts: list[tuple[int, int]] = field(default_factory=list)  # offset in text → line
    pieces: list[str] = field(default_factory=list)  # the text as it comes in, joined once at the end
    length: int = 0
    breaks: list[int] = field(default_factory=list)  # offsets where a part was joined over a blank line
    children: bool = False
    lists: bool = False  # what follows below it is marked itself

    def add(self, text: str, line: int, gap: bool) -> None:
        """Take the next line of a broken or wrapped paragraph, or the title under a bare label."""
        if not self.length:
            self.pieces, self.length, self.last, self.parts = [text], len(text), line, [*self.parts, (0, line)]
            return
        offset = self.length + 1
        self.pieces.append(text)
        self.length = offset + len(text)
        self.last = line
        self.parts.append((offset, line))
        if gap:
            self.breaks.append(offset)


@dataclass(frozen=True)
class Section:
    """A heading."""

    id: str
    level: int
    number: str
    title: str
    first: int
    last: int


@dataclass(frozen=True)
class Item:
    """A passage under a heading: bullet, clause, paragraph, or a pointer to an annex."""

    id: str
    section: str | None
    kind: str
    text: str
    element: Element
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Tree:
    """Headings and items in document order."""

    sections: tuple[Section, ...]
    items: tuple[Item, ...]


def sentences(text: str) -> tuple[str, ...]:
    """Sentences of a passage: split after a full stop that is followed by a capital letter."""
    return tuple(part for part in SPLIT.split(text) if part)


def opens_body(text: str) -> bool:
    """Whether a line is the first heading of the body."""
    return bool(ROMAN_MARK.match(text) or OPENING.match(text))


def read_tree(paragraphs: Iterable[Paragraph]) -> Tree:
    """Tree of the body paragraphs (those between the title and the list of recipients)."""
    elements = _joined(paragraphs)
    for element, after in pairwise(elements):
        element.children = _depth(after) > _depth(element)
        element.lists = element.children and after.mark not in {"plain", "note"}
    return _Builder().build(elements)


def _mark(text: str) -> tuple[str, str, str]:
    for mark, shape in MARKS:
        found = shape.match(text)
        if found and not (mark == "roman" and not ROMAN_MARK.match(text)):
            label = found["label"] or (found.groupdict().get("dotted") or "")
            return mark, label, text[found.end() :].strip()
    return "plain", "", text


def _joined(paragraphs: Iterable[Paragraph]) -> list[Element]:
    elements: list[Element] = []
    letters = 0
    for paragraph in paragraphs:
        mark, label, text = _mark(paragraph.text)
        line = paragraph.position.line
        if mark == "capital":
            expected = label in {CAPITAL_ORDER[letters], "A"}
            letters = CAPITAL_ORDER.index(label) + 1 if expected else letters
            mark, label, text = (mark, label, text) if expected else ("plain", "", paragraph.text)
        if mark == "plain" and elements and _continues(elements[-1], paragraph):
            elements[-1].add(text, line, paragraph.gap)
        else:
            elements.append(Element(mark, label, "", line, line, [(0, line)], [text], len(text)))
    for element in elements:
        element.text = " ".join(element.pieces)
    return elements


def _continues(before: Element, paragraph: Paragraph) -> bool:
    """Whether an unmarked line is the rest of the paragraph above: broken by a page end, or simply wrapped."""
    text = paragraph.text
    if paragraph.position.table is not None:
        return False
    if not paragraph.gap and before.length >= WRAPPED_LINE:
        return True
    if not before.length:
        return before.mark in HEADED
    if TERMINAL.search(before.pieces[-1][-NEAR:]):
        return False
    if paragraph.gap and text[0].isupper() and before.mark not in HEADED and before.length < WRAPPED_LINE:
        return False  # too short for a line that a page end had cut
    if before.mark in TITLED_BELOW and text.isupper():
        return before.pieces[-1].isupper()
    if before.mark in HEADED:
        return text[0].islower() or text[0].isdigit()
    return True


def _depth(element: Element) -> int:
    if element.mark == "number":
        return 2 + element.label.count(".")
    return DEPTHS.get(element.mark, 9)


def _is_heading(element: Element) -> bool:
    if element.mark not in {"article", "number", "letter"}:
        return element.mark in GREAT
    ended = SENTENCE_END.search(element.text[-NEAR:]) is not None
    if element.mark == "article":  # a whole order over a plain paragraph stays an order
        return element.children and (element.lists or not ended or len(element.text) <= SHORT_TITLE)
    if element.children:
        return not ended or len(element.text) <= (SHORT_HEADING if element.lists else SHORT_TITLE)
    return not ended and element.mark == "number" and len(element.text) <= LONG_HEADING


class _Builder:
    """Gives each element its id: the path of the headings above it."""

    def __init__(self) -> None:
        self._path: list[tuple[int, str]] = []
        self._sections: list[Section] = []
        self._items: list[Item] = []
        self._numbered: Counter[str] = Counter()
        self._taken: Counter[str] = Counter()

    def build(self, elements: list[Element]) -> Tree:
        for element in elements:
            if _is_heading(element):
                self._heading(element)
            else:
                self._item(element)
        return Tree(tuple(self._sections), tuple(self._items))

    def _close(self, depth: int) -> None:
        while self._path and self._path[-1][0] >= depth:
            self._path.pop()

    def _heading(self, element: Element) -> None:
        self._close(_depth(element))
        identity = self._own_id(element)
        self._path.append((_depth(element), identity))
        self._sections.append(
            Section(identity, len(self._path), element.label, element.text, element.first, element.last)
        )

    def _own_id(self, element: Element) -> str:
        label = element.label.replace(" ", "-")
        parent = self._path[-1][1] if self._path else ""
        if element.mark == "number" and self._path:
            top = next((path for depth, path in reversed(self._path) if depth <= 1), "")
            numbered = f"{top}.{label}" if top else label
            parent_numbers = parent.removeprefix(f"{top}.") if top else parent
            wanted = numbered if "." in label or parent == top else f"{top}.{parent_numbers}.{label}".lstrip(".")
        else:
            wanted = f"{parent}.{label}" if parent else label
        return self._unique(wanted)

    def _unique(self, wanted: str) -> str:
        """The id itself, or with a suffix where a document repeats a number."""
        self._taken[wanted] += 1
        return wanted if self._taken[wanted] == 1 else f"{wanted}~{self._taken[wanted]}"

    def _item(self, element: Element) -> None:
        if element.mark in {"number", "letter", "article"}:
            self._close(_depth(element))
        section = self._path[-1][1] if self._path else None
        if element.mark in {"number", "letter", "article"}:
            identity, kind = self._own_id(element), "clause"
        else:
            self._numbered[section or ""] += 1
            identity, kind = f"{section or ''}#{self._numbered[section or '']}", _kind(element)
        self._items.append(Item(identity, section, kind, element.text, element, sentences(element.text)))


def _kind(element: Element) -> str:
    if ANNEX_NOTE.match(element.text):
        return "annex_reference"
    return "bullet" if element.mark == "bullet" else "paragraph"


def iterate_breaks(items: Iterable[Item]) -> Iterator[tuple[Item, int]]:
    """Each place where a broken paragraph was joined."""
    for item in items:
        for offset in item.element.breaks:
            yield item, offset
