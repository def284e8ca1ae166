"""One page of a PDF: its lines and tables in reading order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tiendo.intake.reading.pdf_bare import Carried
from tiendo.intake.reading.pdf_columns import SAME_ROW, flow, holes
from tiendo.intake.reading.pdf_frame import frame_of
from tiendo.intake.reading.pdf_grid import find_grids
from tiendo.intake.reading.pdf_letters import Lettering, read_letters
from tiendo.intake.reading.pdf_levels import open_grids
from tiendo.intake.reading.pdf_lines import Line, grouped
from tiendo.intake.reading.pdf_rules import Drawing, Rule, read_drawing
from tiendo.intake.reading.pdf_tables import Sheet, fill
from tiendo.intake.reading.pdf_words import OldWord, Word

NOTE_RULE = (60.0, 0.45)  # a line above footnotes: at least so many points, at most this share of the page's width
NOTE_SIZE = 0.93  # footnotes are smaller than this share of the text
LOST_ROWS, LOST_HOLES = 3, 2  # rows one below the other, each with so much wide white space
LOWER_PART = 0.4  # of the page: footnotes stand below


@dataclass(frozen=True)
class Page:
    """What stands on a page. `notes` are its footnotes, apart from the text they interrupt.

    `old` are words of old fonts, `doubtful` words that a recogniser was not sure of.
    `unsure` says there is a table whose cells nobody could tell: its words are among the lines. `cut` says there are
    more letters than were read.
    """

    number: int
    width: float
    height: float
    blocks: tuple[Line | Sheet, ...] = ()
    notes: tuple[Line, ...] = ()
    letters: int = 0
    broken: int = 0
    hidden: bool = False
    picture: float = 0.0
    old: tuple[OldWord, ...] = ()
    doubtful: tuple[str, ...] = ()
    unsure: bool = False
    cut: bool = False


def read_page(page: Any, number: int, before: Page | None = None) -> Page:
    """Everything a loaded page holds, as text would be read aloud, after the page `before`."""
    lettering, frame = read_letters(page, frame_of(page))
    carried = _carried(before) if before else None
    return compose(number, frame.size(), lettering, read_drawing(page, frame), carried)


def _carried(before: Page) -> Carried | None:
    """What there is to know of a table without upright lines at the end of a page; a page number may stand below it."""
    last = [block for block in before.blocks[-2:] if isinstance(block, Sheet)]
    return Carried.of(last[-1]) if last and not last[-1].ruled else None


def compose(
    number: int,
    size: tuple[float, float],
    lettering: Lettering,
    drawing: Drawing,
    carried: Carried | None = None,
) -> Page:
    """Words and lines of a page put in order."""
    width, height = size
    sheets: list[Sheet] = []
    words: Sequence[Word] = lettering.words
    for grid in find_grids(drawing):
        sheet, words = fill(grid, words)
        if sheet:
            sheets.append(sheet)
    drawn = [(sheet.top, sheet.bottom) for sheet in sheets]
    free = [rule for rule in drawing.level if not any(top - 1 <= rule.at <= bottom + 1 for top, bottom in drawn)]
    grids, unsure = open_grids(free, words, carried.xs if carried else None)
    for grid in grids:
        sheet, words = fill(grid, words, ruled=False)
        if sheet:
            sheets.append(sheet)
    sheets.sort(key=lambda sheet: sheet.top)
    words, noted = _footnotes(words, drawing.level, width, height)
    blocks = tuple(_in_order(words, sheets, drawing.level, carried))
    return Page(
        number,
        width,
        height,
        blocks,
        tuple(block for block in flow(noted, ()) if isinstance(block, Line)),
        lettering.letters,
        lettering.broken,
        lettering.hidden,
        drawing.picture,
        lettering.old,
        cut=lettering.cut,
        unsure=unsure or _has_lost_rows(words, [block for block in blocks if isinstance(block, Sheet)]),
    )


def _has_lost_rows(words: Sequence[Word], sheets: Sequence[Sheet]) -> bool:
    """Whether rows of three columns and more stand outside of all tables that were found."""
    free = [word for word in words if not any(sheet.top <= word.middle <= sheet.bottom for sheet in sheets)]
    rows = [len(holes(row)) >= LOST_HOLES for row in grouped(free, SAME_ROW)]
    return any(all(rows[at : at + LOST_ROWS]) for at in range(len(rows) - LOST_ROWS + 1))


def _in_order(
    words: Sequence[Word], sheets: Sequence[Sheet], level: Sequence[Rule], carried: Carried | None
) -> Iterator[Line | Sheet]:
    rest = list(words)
    cuts = [rule.at for rule in level]
    for sheet in sheets:
        yield from flow([word for word in rest if word.middle < sheet.top], cuts, carried)
        carried = None
        rest = [word for word in rest if word.middle >= sheet.top]
        yield sheet
    yield from flow(rest, cuts, carried)


def _footnotes(
    words: Sequence[Word], level: Sequence[Rule], width: float, height: float
) -> tuple[list[Word], list[Word]]:
    """The text, and the footnotes: small letters below the last short line of the page."""
    least, share = NOTE_RULE
    short = [
        rule for rule in level if least <= rule.end - rule.start <= share * width and rule.at > LOWER_PART * height
    ]
    if not short or not words:
        return list(words), []
    rule = max(short, key=lambda rule: rule.at)
    below = [word for word in words if word.middle > rule.at]
    above = [word for word in words if word.middle <= rule.at]
    sizes = sorted(word.size for word in above)
    small = bool(sizes) and all(word.size <= NOTE_SIZE * sizes[len(sizes) // 2] for word in _body(below, height))
    return (above, below) if small and below and _starts_left(below, rule) else (list(words), [])


def _body(words: Sequence[Word], height: float) -> list[Word]:
    return [word for word in words if word.base < 0.94 * height]


def _starts_left(words: Sequence[Word], rule: Rule) -> bool:
    return abs(min(word.x0 for word in words) - rule.start) < 40
