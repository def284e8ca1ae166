"""What repeats at the edge of pages, and how far the text of pages reaches."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from tiendo.intake.reading.pdf_lines import Line, is_full
from tiendo.intake.reading.pdf_page import Page
from tiendo.intake.reading.pdf_tables import Sheet

EDGE = 0.13  # of the page's height, at the top and at the bottom: where running heads and feet stand
SAME_PLACE = 4.0  # points
LEAST_PAGES = 3
PAGE_NUMBER = re.compile(r"^\W*(?:(?:trang|tr\.|page)\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?\W*$", re.IGNORECASE)
HEADING = re.compile(r"^\W*(?:phụ lục|biểu|mẫu|bảng|danh mục)\b", re.IGNORECASE)
FIGURES = re.compile(r"\b[0-9]{1,4}\b")
USUAL_SIZE = 12.0
MOST_FIGURES = 4
ASIDE = 1.0  # of the letter size: running heads stand on lines of their own, outside the text
LEAST_REACH = 0.8  # of the page's width: text reaches at least so far to the right
USUAL_LEADING = 1.2
MOST_LEADING = 1.8  # one and a half lines, as officials set them at most


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """Pages without page numbers and without what stands at the same place on three pages or more."""
    repeated = _repeated(pages)
    return [_stripped(page, {at for number, at in repeated if number == page.number}) for page in pages]


def _stripped(page: Page, repeated: set[int]) -> Page:
    lines = [at for at, block in enumerate(page.blocks) if isinstance(block, Line)]
    numbers = {at for at in (*lines[:1], *lines[-1:]) if _is_page_number(page, at)}
    out = {at for at in repeated | numbers if _is_aside(page, at, repeated | numbers)}
    return replace(page, blocks=tuple(block for at, block in enumerate(page.blocks) if at not in out))


def _is_aside(page: Page, at: int, out: set[int]) -> bool:
    """Whether a line stands beyond all the text of the page."""
    line = page.blocks[at]
    assert isinstance(line, Line)
    kept = [block for other, block in enumerate(page.blocks) if other not in out]
    inner = -1 if line.base > page.height / 2 else 1
    steps = [inner * (_place(block, inner) - line.base) for block in kept]
    return min(steps, default=0.0) >= ASIDE * line.size


def _place(block: Line | Sheet, inner: int) -> float:
    """Where a block begins, seen from the upper (1) or the lower (-1) edge, as the baseline of its next line."""
    if isinstance(block, Line):
        return block.base
    return block.top + USUAL_SIZE if inner > 0 else block.bottom - USUAL_SIZE / 3


def _is_page_number(page: Page, at: int) -> bool:
    block = page.blocks[at]
    if not isinstance(block, Line) or not PAGE_NUMBER.match(block.text):
        return False
    return _edge(page, block) is not None and block.x0 > 0.25 * page.width


def _edge(page: Page, line: Line) -> float | None:
    """How far from the nearer end of the page a line stands: negative from the bottom, None in the middle."""
    if line.base <= EDGE * page.height:
        return line.base
    return line.base - page.height if line.base >= (1 - EDGE) * page.height else None


def _repeated(pages: Sequence[Page]) -> set[tuple[int, int]]:
    """Page number and block of every line that repeats; the first of repeated headings is a real one."""
    places: dict[str, list[tuple[float, int, int]]] = defaultdict(list)
    for page in pages:
        for at, block in enumerate(page.blocks):
            if isinstance(block, Line) and (edge := _edge(page, block)) is not None:
                for form in _forms(block.text, page.number):
                    places[form].append((edge, page.number, at))
    found: set[tuple[int, int]] = set()
    for text, stands in places.items():
        for group in _near(stands):
            if len({number for _, number, _ in group}) >= LEAST_PAGES:
                first = min(number for _, number, _ in group) if HEADING.match(text) else None
                found.update((number, at) for _, number, at in group if number != first)
    return found


def _forms(text: str, page: int) -> Iterator[str]:
    """The text itself, and with each of its numbers told from the number of the page; headings only as they are."""
    yield text
    for found in () if HEADING.match(text) else list(FIGURES.finditer(text))[:MOST_FIGURES]:
        yield f"{text[: found.start()]}{{{int(found[0]) - page}}}{text[found.end() :]}"


def _near(stands: Sequence[tuple[float, int, int]]) -> Iterator[list[tuple[float, int, int]]]:
    group: list[tuple[float, int, int]] = []
    for stand in sorted(stands):
        if group and stand[0] - group[0][0] > SAME_PLACE:
            yield group
            group = []
        group.append(stand)
    yield group


def reaches(pages: Sequence[Page]) -> dict[int, tuple[float, float]]:
    """Page number → the left and right end of its text, the same for all pages of one width."""
    lines: dict[int, list[Line]] = defaultdict(list)
    for page in pages:
        lines[round(page.width)].extend(block for block in page.blocks if isinstance(block, Line) and not block.column)
    ends = {width: _reach(found, width) for width, found in lines.items()}
    return {page.number: ends[round(page.width)] for page in pages}


def _reach(lines: Sequence[Line], width: float) -> tuple[float, float]:
    if not lines:
        return 0.0, LEAST_REACH * width
    lefts, rights = sorted(line.x0 for line in lines), sorted(line.x1 for line in lines)
    spare = len(lines) // 40  # a few lines may stand out into the margin
    return lefts[spare], max(rights[-1 - spare], LEAST_REACH * width)


def leading(page: Page, right: float) -> float:
    """The usual distance of the wrapped lines of a page, as a multiple of the letter size."""
    steps = [
        (below.base - above.base) / below.size
        for above, below in pairwise(page.blocks)
        if isinstance(above, Line) and isinstance(below, Line) and above.column == below.column
        if is_full((right if above.right is None else above.right) - above.x1, below)
        if 0.8 < (below.base - above.base) / below.size < 3
    ]
    return min(median(steps), MOST_LEADING) if len(steps) > 2 else USUAL_LEADING
