"""Two columns that a page end cuts, as a signature block often is: the left one is read to its end before the right."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from tiendo.intake.reading.pdf_lines import ANY_MARK, Line
from tiendo.intake.reading.pdf_page import Page

ALIGNED = 60.0  # points by which the halves of a column may differ

BESIDE = 8.0

Side = list[Line]


def mended_sides(pages: Sequence[Page]) -> list[Page]:
    """Pages with the lines of cut columns moved up to the page where the columns begin; they keep their page number."""
    mended = list(pages)
    for at, after in pairwise(range(len(mended))):
        above, below = _sides(list(mended[at].blocks[::-1])), _sides(list(mended[after].blocks))
        if len(above) == 2 and not below:
            below = [_rest(mended[after].blocks, *above), []]
        if len(above) == len(below) == 2 and any(below) and all(_same(a, b) for a, b in zip(above, below, strict=True)):
            mended[at], mended[after] = _moved(mended[at], mended[after], above, below)
    return mended


def _moved(page: Page, after: Page, above: Sequence[Side], below: Sequence[Side]) -> tuple[Page, Page]:
    kept = page.blocks[: len(page.blocks) - sum(map(len, above))]
    ends = [(column[0].column, column[0].left, column[0].right) for column in above]
    rests = [
        [replace(line, page=after.number, column=column, left=left, right=right) for line in side]
        for side, (column, left, right) in zip(below, ends, strict=True)
    ]
    whole = [line for side, rest in zip(above, rests, strict=True) for line in (*side, *rest)]
    return replace(page, blocks=(*kept, *whole)), replace(after, blocks=after.blocks[sum(map(len, below)) :])


def _sides(blocks: Sequence[object]) -> list[Side]:
    """The columns among the first of these blocks, from left to right, each from top to bottom."""
    lines = list(takewhile(lambda block: isinstance(block, Line) and block.column > 0, blocks))
    sides: dict[int, Side] = {}
    for line in lines:
        if isinstance(line, Line):
            sides.setdefault(line.column, []).append(line)
    return [sorted(sides[column], key=lambda line: line.base) for column in sorted(sides)]


def _rest(blocks: Sequence[object], left: Side, right: Side) -> Side:
    """List items alone at the top of a page that go on with the list in the left column: the last recipients."""
    start, end = min(line.x0 for line in left), min(line.x0 for line in right)
    if not ANY_MARK.match(max(left, key=lambda line: line.base).text):
        return []
    return [
        line
        for line in takewhile(
            lambda block: (
                isinstance(block, Line)
                and bool(ANY_MARK.match(block.text))
                and abs(block.x0 - start) <= BESIDE
                and block.x1 < end
            ),
            blocks,
        )
        if isinstance(line, Line)
    ]


def _same(above: Side, below: Side) -> bool:
    if not below:
        return True
    left, right = min(line.x0 for line in above), max(line.x1 for line in above)
    start, end = min(line.x0 for line in below), max(line.x1 for line in below)
    return abs(left - start) <= ALIGNED or abs((left + right) - (start + end)) / 2 <= ALIGNED
