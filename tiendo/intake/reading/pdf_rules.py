"""The straight lines of a PDF page, however they are drawn: strokes, thin rectangles, borders of cells."""

import ctypes
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from tiendo.intake.reading.pdf_frame import Frame

MOST_OBJECTS = 40_000
MOST_SEGMENTS = 40_000
DEEPEST = 4
THIN = 3.6  # points: a rectangle that is no thicker is a line; also how far two lines of a double rule stand apart
SHORTEST = 3.0
GAP = 3.6  # holes in a line up to this long are closed

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rule:
    """A level or upright line: `at` is its distance from the other axis, from `start` to `end` along its own."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Lines of one page and the share of it that its largest picture covers."""

    level: tuple[Rule, ...] = ()
    upright: tuple[Rule, ...] = ()
    picture: float = 0.0


class _Sketch:
    """Collects boxes of lines from the objects of a page."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._left = MOST_SEGMENTS
        self.boxes: list[tuple[float, float, float, float]] = []
        self.picture = 0.0

    def walk(self, count: int, each: Callable[[int], Any], matrix: Matrix, depth: int) -> None:
        for at in range(min(count, MOST_OBJECTS)):
            drawn = each(at)
            kind = pdfium.FPDFPageObj_GetType(drawn)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(drawn, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._image(drawn, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
                self._form(drawn, matrix, depth)

    def _form(self, drawn: Any, matrix: Matrix, depth: int) -> None:
        inner = _times(_matrix_of(drawn), matrix)
        self.walk(
            pdfium.FPDFFormObj_CountObjects(drawn), lambda at: pdfium.FPDFFormObj_GetObject(drawn, at), inner, depth + 1
        )

    def _image(self, drawn: Any, matrix: Matrix) -> None:
        x0, y0, x1, y1 = self._bounds(drawn, matrix)
        width, height = self._frame.size()
        seen = max(0.0, min(x1, width) - max(x0, 0)) * max(0.0, min(y1, height) - max(y0, 0))
        self.picture = max(self.picture, seen / (width * height))

    def _bounds(self, drawn: Any, matrix: Matrix) -> tuple[float, float, float, float]:
        sides = [ctypes.c_float() for _ in range(4)]
        if not pdfium.FPDFPageObj_GetBounds(drawn, *sides):
            return 0, 0, 0, 0
        left, bottom, right, top = (side.value for side in sides)
        (ax, ay), (bx, by) = _apply(matrix, (left, bottom)), _apply(matrix, (right, top))
        return self._frame.box(ax, ay, bx, by)

    def _path(self, drawn: Any, matrix: Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke)
        if not (fill.value or stroke.value) or self._left <= 0:
            return
        x0, y0, x1, y1 = self._bounds(drawn, matrix)
        if min(x1 - x0, y1 - y0) <= THIN:
            self.boxes.append((x0, y0, x1, y1))
            self._left -= 1
            return
        for outline in self._outlines(drawn, _times(_matrix_of(drawn), matrix)):
            self.boxes.extend(_sides(outline) if stroke.value else _thin(outline))

    def _outlines(self, drawn: Any, matrix: Matrix) -> Iterator[list[Point]]:
        """Each closed or open part of a path as its corners on the upright page; parts with curves are left out."""
        points: list[Point] = []
        curved = False
        x, y = ctypes.c_float(), ctypes.c_float()
        count = min(pdfium.FPDFPath_CountSegments(drawn), self._left)
        self._left -= max(count, 1)
        for at in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(drawn, at)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                if points and not curved:
                    yield points
                points, curved = [], False
            curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
            points.append(self._frame.point(*_apply(matrix, (x.value, y.value))))
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if points and not curved:
            yield points


def read_drawing(page: Any, frame: Frame) -> Drawing:
    """The lines of a page on its upright frame, broken pieces of one line joined."""
    sketch = _Sketch(frame)
    sketch.walk(pdfium.FPDFPage_CountObjects(page), lambda at: pdfium.FPDFPage_GetObject(page, at), IDENTITY, 0)
    level, upright = [], []
    for x0, y0, x1, y1 in sketch.boxes:
        if x1 - x0 >= max(SHORTEST, y1 - y0):
            level.append(Rule((y0 + y1) / 2, x0, x1))
        elif y1 - y0 >= SHORTEST:
            upright.append(Rule((x0 + x1) / 2, y0, y1))
    return Drawing(tuple(joined(level)), tuple(joined(upright)), sketch.picture)


def joined(rules: Iterable[Rule]) -> list[Rule]:
    """Lines with their broken pieces put together, and double lines made one."""
    whole: list[Rule] = []
    for group in _by_place(sorted(rules, key=lambda rule: rule.at)):
        at = sum(rule.at for rule in group) / len(group)
        start, end = group[0].start, group[0].end
        for rule in sorted(group, key=lambda rule: rule.start):
            if rule.start > end + GAP and end > start:
                whole.append(Rule(at, start, end))
                start = rule.start
                end = rule.end
            start, end = min(start, rule.start), max(end, rule.end)
        whole.append(Rule(at, start, end))
    return whole


def _by_place(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    group: list[Rule] = []
    for rule in rules:
        if group and rule.at - group[0].at > THIN:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def _sides(outline: Sequence[Point]) -> Iterator[tuple[float, float, float, float]]:
    for (ax, ay), (bx, by) in pairwise(outline):
        if min(abs(ax - bx), abs(ay - by)) <= 1:
            yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _thin(outline: Sequence[Point]) -> Iterator[tuple[float, float, float, float]]:
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    if min(max(xs) - min(xs), max(ys) - min(ys)) <= THIN:
        yield min(xs), min(ys), max(xs), max(ys)


def _matrix_of(drawn: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, found):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _apply(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def _times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies `first`, then `then`."""
    a, b, c, d, e, f = first
    (x0, y0), (x1, y1), (x2, y2) = _apply(then, (e, f)), _apply(then, (a + e, b + f)), _apply(then, (c + e, d + f))
    return x1 - x0, y1 - y0, x2 - x0, y2 - y0, x0, y0
