"""What the letters of a PDF page are drawn with: size, direction, font, and whether they belong to the text at all."""

import ctypes
import math
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

DIRECTIONS = ((1, 0), (0, 1), (-1, 0), (0, -1))  # of writing, in the page's own axes; the index is the turn


@dataclass(frozen=True, slots=True)
class Run:
    """What letters drawn together share."""

    size: float
    direction: int | None  # index in DIRECTIONS; None when slanted
    font: str
    furniture: bool
    hidden: bool


class Runs:
    """Looks up the run of a letter; letters drawn in one go share what was learned once."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self._runs: dict[int, Run] = {}

    def of(self, at: int) -> Run:
        """The run of the letter at an index of the text page."""
        drawn = pdfium.FPDFText_GetTextObject(self._text, at)
        key = ctypes.cast(drawn, ctypes.c_void_p).value or 0
        if key not in self._runs:
            self._runs[key] = self._learn(at, drawn)
        return self._runs[key]

    def _learn(self, at: int, drawn: Any) -> Run:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._text, at, matrix)
        height = math.hypot(matrix.c, matrix.d) or 1.0
        size = min(max(abs(pdfium.FPDFText_GetFontSize(self._text, at)) * height, 1.0), 500.0)
        hidden = bool(drawn) and pdfium.FPDFTextObj_GetTextRenderMode(drawn) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        return Run(size, _direction(matrix.a, matrix.b), _font_name(drawn), _is_furniture(drawn), hidden)


def _direction(a: float, b: float) -> int | None:
    length = math.hypot(a, b)
    if not length:
        return 0
    for turn, (x, y) in enumerate(DIRECTIONS):
        if (a * x + b * y) / length > 0.99:
            return turn
    return None


def _font_name(drawn: Any) -> str:
    font = pdfium.FPDFTextObj_GetFont(drawn) if drawn else None
    if not font:
        return ""
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name, 128)
    return name.value.decode("utf-8", "replace").rpartition("+")[2]


def _is_furniture(drawn: Any) -> bool:
    """Whether the file itself declares the letters a running head, a page number or decoration."""
    for at in range(min(pdfium.FPDFPageObj_CountMarks(drawn), 8) if drawn else 0):
        name, length = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
        mark = pdfium.FPDFPageObj_GetMark(drawn, at)
        named = pdfium.FPDFPageObjMark_GetName(mark, name, 64, length)
        if named and bytes(name).decode("utf-16-le", "replace").startswith("Artifact"):
            return True
    return False
