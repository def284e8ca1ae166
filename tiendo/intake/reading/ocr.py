"""Scanned pages: the letters a recogniser (Tesseract, when installed) sees on the picture of a page, with their places.

Optional: the package `tesseract-ocr-vie` brings it. It runs on this machine and gets no more than one page at a time.
"""

import ctypes
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from tiendo.intake.reading.ocr_numbers import overlooked
from tiendo.intake.reading.ocr_numerals import recounted
from tiendo.intake.reading.ocr_rules import drawn_lines
from tiendo.intake.reading.ocr_run import Picture, Seen, available, run
from tiendo.intake.reading.pdf_frame import frame_of
from tiendo.intake.reading.pdf_grid import Grid, find_grids
from tiendo.intake.reading.pdf_letters import Lettering
from tiendo.intake.reading.pdf_page import Page, compose
from tiendo.intake.reading.pdf_rules import Drawing, Rule, joined
from tiendo.intake.reading.pdf_words import Word

__all__ = ["available", "recognise"]

DENSITY = 300  # dots per inch: what the recogniser was trained for
MOST_DOTS = 20_000_000  # of one picture: A3 at full density
LINE_SIGNS = re.compile(r"^[|\[\]_—–¦!~=.-]+$")
TAILS = re.compile("[gjpqyQ,;()/ạẹịọụựợậộệặỵẠẸỊỌỤỰỢẬỘỆẶỴ]")
DOUBTFUL = 70.0  # of 100: words the recogniser believes less are shown to the person who reviews
LETTER_SIZE = 1.15  # times the usual height of words, their marks included
SAME_SIZE = 0.35


def recognise(page: Any, number: int) -> Page | None:
    """What stands on a page by its picture; None when the recogniser breaks off or takes too long."""
    frame = frame_of(page)
    picture = drawn(page, frame.size())
    level, upright = drawn_lines(picture.width, picture.height, picture.dots)
    drawing = Drawing(_in_points(level, picture.scale), _in_points(upright, picture.scale), 1.0)
    seen = _seen(picture, find_grids(drawing))
    if seen is None:
        return None
    words = tuple(_words([recounted(picture, word) for word in seen], picture.scale))
    letters = Lettering(words, sum(len(word.text) for word in words))
    doubtful = tuple(word.text for word in seen if word.sure < DOUBTFUL and any(map(str.isalnum, word.text)))
    return replace(compose(number, frame.size(), letters, drawing), doubtful=doubtful)


def _seen(picture: Picture, grids: Sequence[Grid]) -> list[Seen] | None:
    """The words of a page: those in tables looked for anywhere, the others as running text: each way has its use."""
    text = run(picture, layout="3")
    spots = run(picture, layout="11") if grids and text is not None else []
    if text is None or spots is None:
        return None
    outside = [word for word in text if not _within(word, grids, picture.scale)]
    inside = [word for word in spots if _within(word, grids, picture.scale) and not LINE_SIGNS.match(word.text)]
    return [*outside, *inside, *overlooked(picture, grids, inside)]


def _within(word: Seen, grids: Iterable[Grid], scale: float) -> bool:
    x, y = (word.left + word.right) / 2 / scale, (word.top + word.bottom) / 2 / scale
    return any(grid.place(x, y) for grid in grids)


def drawn(page: Any, size: tuple[float, float]) -> Picture:
    """The page as a grey picture at full density, or less for a page too large for that."""
    wide, high = size
    scale = min(DENSITY / 72, (MOST_DOTS / max(wide * high, 1.0)) ** 0.5)
    width, height = max(1, int(wide * scale)), max(1, int(high * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_GRAYSCALE | pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        whole = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    dots = whole if stride == width else b"".join(whole[y * stride : y * stride + width] for y in range(height))
    return Picture(width, height, dots, scale)


def _in_points(rules: Iterable[Rule], scale: float) -> tuple[Rule, ...]:
    return tuple(joined(Rule(rule.at / scale, rule.start / scale, rule.end / scale) for rule in rules))


def _words(seen: Iterable[Seen], scale: float) -> Iterator[Word]:
    """Words line by line; those of one line share its baseline and size."""
    lines: dict[tuple[str, ...], list[Seen]] = defaultdict(list)
    for word in seen:
        lines[word.line].append(word)  # a line of one run and a line of another never bear the same name
    usual = LETTER_SIZE * median([word.bottom - word.top for line in lines.values() for word in line] or [1.0])
    for line in lines.values():
        size = LETTER_SIZE * median(word.bottom - word.top for word in line)
        size = usual if abs(size - usual) <= SAME_SIZE * usual else size
        base = _baseline(line, size)
        for word in line:
            yield Word(word.text, word.left / scale, word.right / scale, base / scale, size / scale)


def _baseline(line: Sequence[Seen], size: float) -> float:
    """The bottom of the words that have no tails below the line."""
    flat = [word.bottom for word in line if not TAILS.search(word.text)]
    return median(flat) if flat else median(word.bottom for word in line) - 0.2 * size
