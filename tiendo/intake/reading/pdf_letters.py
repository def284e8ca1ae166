"""The letters of a PDF page as words with their places, the page turned so that its text stands upright.

Lengths are points (1/72 inch), x to the right and y downwards from the upper left corner of the upright page.
"""

import ctypes
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from tiendo.intake.reading.docx_fonts import script_of_font
from tiendo.intake.reading.legacy import to_unicode
from tiendo.intake.reading.pdf_frame import Frame
from tiendo.intake.reading.pdf_glyphs import UNKNOWN, glyph, is_picture_font
from tiendo.intake.reading.pdf_runs import Run, Runs
from tiendo.intake.reading.pdf_words import HOLE, OldWord, Word, mended
from tiendo.plans.spreadsheets.letters import clean

MOST_LETTERS = 60_000  # on one page; a page people print holds about five thousand
TOUCHING = 0.04
STEP = 0.12  # of the letter size: the baseline moves by more only between words and raised marks
SAMPLE = 400
SPACES = frozenset({9, 10, 11, 12, 13, 32, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000})
LINE_END_HYPHEN = 2


@dataclass(frozen=True, slots=True)
class Lettering:
    """Words of one page, how many letters they have and how many of these could not be told.

    `old` are words of old Vietnamese fonts. `hidden` says the letters lie invisible under a picture: a scanner
    recognised them. `cut` says there are more letters than anybody prints on a page; the rest was left.
    """

    words: tuple[Word, ...]
    letters: int = 0
    broken: int = 0
    hidden: bool = False
    old: tuple[OldWord, ...] = ()
    cut: bool = False


@dataclass(slots=True)
class _Growing:
    """A word while its letters come in."""

    run: Run
    sideways: bool
    glued: bool
    base: float
    x0: float
    x1: float
    low: float
    letters: list[str] = field(default_factory=list)

    def take(self, letter: str, x0: float, x1: float, base: float) -> None:
        self.letters.append(letter)
        self.x0, self.x1 = min(self.x0, x0), max(self.x1, x1)
        if self.sideways:
            self.base, self.low = min(self.base, base), max(self.low, base)

    def reaches(self, x0: float, base: float, hole: float) -> bool:
        """Whether a letter at this place belongs to the word: no hole before it, on the same baseline."""
        size = self.run.size
        return self.sideways or (-size < x0 - self.x1 <= hole * size and abs(base - self.base) <= STEP * size)

    def word(self) -> Word:
        base = (self.base + self.low) / 2 + 0.3 * self.run.size if self.sideways else self.base
        text = clean("".join(self.letters))
        script = script_of_font(self.run.font)
        if script.scheme is None or (text.isascii() and not script.capitals):
            return Word(text, self.x0, self.x1, base, self.run.size, self.glued)
        meant = to_unicode(text, script.scheme)
        meant = meant.upper() if script.capitals else meant
        return Word(meant, self.x0, self.x1, base, self.run.size, self.glued, printed=text, scheme=script.scheme)


def read_letters(page: Any, frame: Frame) -> tuple[Lettering, Frame]:
    """The words of a page in the order the file has them, and the frame turned to the direction of most of them."""
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return Lettering(()), frame
    try:
        return _Page(text, frame).read()
    finally:
        pdfium.FPDFText_ClosePage(text)


class _Page:
    """One pass over the letters of a page."""

    def __init__(self, text: Any, frame: Frame) -> None:
        self._text = text
        self._frame = frame
        self._runs = Runs(text)
        self._rect = pdfium.FS_RECTF()
        self._origin = (ctypes.c_double(), ctypes.c_double())

    def read(self) -> tuple[Lettering, Frame]:
        there = pdfium.FPDFText_CountChars(self._text)
        count = max(0, min(there, MOST_LETTERS))
        codes = [pdfium.FPDFText_GetUnicode(self._text, at) for at in range(count)]
        self._frame = replace(self._frame, turn=self._turn(codes))
        grown = list(self._grown(codes))
        shown = [each for each in grown if not each.run.furniture]
        if len(shown) * 2 < len(grown):  # when all is declared furniture the declaration is worth nothing
            shown = grown
        words = mended(_sideways(shown))
        letters = sum(len(word.text) for word in words)
        broken = sum(word.text.count(UNKNOWN) for word in words)
        hidden = sum(each.run.hidden for each in shown) * 2 > len(shown) > 0
        old = tuple(dict.fromkeys(OldWord(word.text, word.printed, word.scheme) for word in words if word.scheme))
        return Lettering(tuple(words), letters, broken, hidden, old, cut=there > count), self._frame

    def _turn(self, codes: Sequence[int]) -> int:
        """The direction most letters are written in."""
        inked = [at for at, code in enumerate(codes) if code not in SPACES]
        found = Counter(self._runs.of(at).direction for at in inked[:: len(inked) // SAMPLE + 1])
        return next((turn for turn, _ in found.most_common() if turn is not None), self._frame.turn)

    def _grown(self, codes: Sequence[int]) -> Iterator[_Growing]:
        """Words as the file draws them; a space, a hole or another baseline ends a word."""
        now: _Growing | None = None
        spaced = doubtful = False
        for at, code in enumerate(codes):
            if code in SPACES:
                doubtful = not spaced and bool(pdfium.FPDFText_IsGenerated(self._text, at)) and code == 32
                spaced = True
                continue
            x0, x1, base = self._place(at)
            goes_on = not spaced or doubtful
            if now is not None and not (goes_on and now.reaches(x0, base, TOUCHING if spaced else HOLE)):
                yield now
                near = not spaced and x0 - now.x1 <= HOLE * now.run.size and abs(base - now.base) < now.run.size
                now = self._begin(at, x0, x1, base, near and not now.sideways)
            elif now is None:
                now = self._begin(at, x0, x1, base, glued=False)
            if now is not None:
                now.take(self._letter(at, code, now.run.font), x0, x1, base)
            spaced = doubtful = False
        if now is not None:
            yield now

    def _letter(self, at: int, code: int, font: str) -> str:
        if code == LINE_END_HYPHEN:
            return "-"
        unmapped = pdfium.FPDFText_HasUnicodeMapError(self._text, at) == 1
        return glyph(code, font) if not unmapped or is_picture_font(font) else UNKNOWN

    def _begin(self, at: int, x0: float, x1: float, base: float, glued: bool) -> _Growing | None:
        """A new word, or None for a letter of a slanted mark behind the text."""
        run = self._runs.of(at)
        if run.direction is None:
            return None
        return _Growing(run, run.direction != self._frame.turn, glued, base, x0, x1, base)

    def _place(self, at: int) -> tuple[float, float, float]:
        """Left and right end and baseline of a letter on the upright page."""
        pdfium.FPDFText_GetLooseCharBox(self._text, at, self._rect)
        pdfium.FPDFText_GetCharOrigin(self._text, at, *self._origin)
        rect, (x, y) = self._rect, self._origin
        frame = self._frame
        if frame.turn == 0:  # nearly always: spelled out, for this is asked of every letter
            return rect.left - frame.left, rect.right - frame.left, frame.height + frame.bottom - y.value
        x0, _top, x1, _bottom = self._frame.box(rect.left, rect.bottom, rect.right, rect.top)
        return x0, x1, self._frame.point(x.value, y.value)[1]


def _sideways(grown: Iterable[_Growing]) -> Iterator[Word]:
    """Words; those written up or down the page in one stretch become one word, so that they stay together."""
    held: list[_Growing] = []
    for each in grown:
        if held and not (each.sideways and each.run.direction == held[0].run.direction and _beside(each, held[0])):
            yield _bundle(held)
            held = []
        if each.sideways:
            held.append(each)
        else:
            yield each.word()
    if held:
        yield _bundle(held)


def _beside(one: _Growing, other: _Growing) -> bool:
    return abs(one.x0 - other.x0) < 4 * other.run.size


def _bundle(held: Sequence[_Growing]) -> Word:
    text = " ".join(each.word().text for each in held)
    x0, x1 = min(each.x0 for each in held), max(each.x1 for each in held)
    base = (min(each.base for each in held) + max(each.low for each in held)) / 2 + 0.3 * held[0].run.size
    return replace(held[0].word(), text=text, x0=x0, x1=x1, base=base)
