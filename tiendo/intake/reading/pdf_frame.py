"""The visible part of a PDF page and the quarter turn that makes it upright."""

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

Box = tuple[float, float, float, float]  # x0, top, x1, bottom on the upright page
LARGEST = 15_000  # points: over five metres
A4 = (595.0, 842.0)


@dataclass(frozen=True)
class Frame:
    """The visible part of a page in its own axes (points, y upwards). `turn` counts quarters clockwise."""

    left: float
    bottom: float
    width: float
    height: float
    turn: int = 0

    def size(self) -> tuple[float, float]:
        """Width and height of the upright page."""
        return (self.height, self.width) if self.turn % 2 else (self.width, self.height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own axes on the upright page."""
        x, y = x - self.left, y - self.bottom
        if self.turn == 0:
            return x, self.height - y
        if self.turn == 1:
            return y, x
        return (self.width - x, y) if self.turn == 2 else (self.height - y, self.width - x)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box of the page's own axes on the upright page."""
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def frame_of(page: Any) -> Frame:
    """The crop box of a page, or its media box, or A4 when neither is sensible."""
    turn = pdfium.FPDFPage_GetRotation(page) % 4
    for read in (pdfium.FPDFPage_GetCropBox, pdfium.FPDFPage_GetMediaBox):
        sides = [ctypes.c_float() for _ in range(4)]
        if read(page, *sides):
            left, bottom, right, top = (side.value for side in sides)
            if 1 < right - left <= LARGEST and 1 < top - bottom <= LARGEST:
                return Frame(left, bottom, right - left, top - bottom, turn)
    return Frame(0, 0, *A4, turn)
