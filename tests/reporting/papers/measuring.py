"""A PDF as a ruler sees it: lines of letters and drawn rules, in millimetres from the upper left corner of the page."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

import pypdfium2
import pypdfium2.raw as raw

MM = 25.4 / 72


@dataclass(frozen=True)
class Letter:
    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float
    font: str


@dataclass(frozen=True)
class Line:
    """Letters on one base line of one page. `size` and `font` are those of its first letter."""

    letters: tuple[Letter, ...]

    @property
    def text(self) -> str:
        return " ".join("".join(letter.text for letter in self.letters).split())

    @property
    def inked(self) -> list[Letter]:
        """The letters one sees; a space at the end of a line has no edge."""
        return [letter for letter in self.letters if letter.text.strip()] or list(self.letters)

    @property
    def left(self) -> float:
        return min(letter.left for letter in self.inked)

    @property
    def right(self) -> float:
        return max(letter.right for letter in self.inked)

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def base(self) -> float:
        return self.letters[0].base

    @property
    def top(self) -> float:
        return min(letter.top for letter in self.letters)

    @property
    def bottom(self) -> float:
        return max(letter.bottom for letter in self.letters)

    @property
    def size(self) -> float:
        return self.letters[0].size

    @property
    def font(self) -> str:
        return self.letters[0].font

    @property
    def is_bold(self) -> bool:
        return "Bold" in self.font

    @property
    def is_italic(self) -> bool:
        return "Italic" in self.font


@dataclass(frozen=True)
class Rule:
    """A drawn horizontal line."""

    left: float
    right: float
    at: float

    @property
    def length(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]

    def line(self, begins: str) -> Line:
        """The first line whose words begin so."""
        return next(line for line in self.lines if line.text.startswith(begins))

    def rule_under(self, line: Line, within: float = 4.0) -> Rule:
        """The drawn line right under some words."""
        near = (rule for rule in self.rules if -0.5 < rule.at - line.base < within)
        return next(rule for rule in near if rule.left < line.middle < rule.right)


def pages(data: bytes) -> list[Page]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [_page(page) for page in document]
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> Page:
    width, height = page.get_size()
    letters = sorted(_letters(page, height), key=lambda letter: (round(letter.base, 1), letter.left))
    found = groupby(letters, key=lambda letter: round(letter.base, 1))
    lines = tuple(line for _base, group in found for line in _split(list(group)))
    return Page(width * MM, height * MM, lines, tuple(_rules(page, height)))


def _split(letters: list[Letter]) -> Iterator[Line]:
    """Cells of a table stand on one base line; a gap of eight millimetres parts them."""
    piece = [letters[0]]
    for before, letter in pairwise(letters):
        if letter.left - before.right > 8:
            yield Line(tuple(piece))
            piece = []
        piece.append(letter)
    yield Line(tuple(piece))


def _letters(page: pypdfium2.PdfPage, height: float) -> Iterator[Letter]:
    text = page.get_textpage()
    box = [ctypes.c_double() for _ in range(4)]
    origin = [ctypes.c_double() for _ in range(2)]
    name = ctypes.create_string_buffer(200)
    for at in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, at))
        if raw.FPDFText_IsGenerated(text, at) or character in "\r\n":
            continue
        raw.FPDFText_GetCharBox(text, at, *map(ctypes.byref, box))
        raw.FPDFText_GetCharOrigin(text, at, *map(ctypes.byref, origin))
        raw.FPDFText_GetFontInfo(text, at, name, 200, None)
        left, right, bottom, top = (side.value for side in box)
        yield Letter(
            character,
            left * MM,
            right * MM,
            (height - top) * MM,
            (height - bottom) * MM,
            (height - origin[1].value) * MM,
            round(raw.FPDFText_GetFontSize(text, at), 1),
            name.value.decode(),
        )


def _rules(page: pypdfium2.PdfPage, height: float) -> Iterator[Rule]:
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = item.get_bounds()
        if top - bottom < 2 and right - left > 20:
            yield Rule(left * MM, right * MM, (height - (top + bottom) / 2) * MM)
