"""Columns told by white space: where all rows of a table leave the same strips of the page free."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tiendo.intake.reading.pdf_lines import grouped
from tiendo.intake.reading.pdf_words import Word

GUTTER = 0.33  # of the letter size: more white than between two words
MOST_CROSSED = 0.35  # of the rows: a gutter that more of them write over parts no columns
FAR = 1e9

Space = tuple[float, float]


@dataclass
class _Gutter:
    """A free strip while the rows come in, and how many of them leave it free."""

    left: float
    right: float
    kept: int = 1
    crossed: int = 0


def least_gutter(words: Iterable[Word]) -> float:
    """The least width of a gutter beside these words, in points."""
    return max(3.0, GUTTER * max((word.size for word in words), default=0.0))


def free_spaces(words: Sequence[Word]) -> list[Space]:
    """The white space that none of some words covers, from left to right: before them, between them, after them."""
    least, reach = least_gutter(words), -FAR
    found: list[Space] = []
    for word in sorted(words, key=lambda word: word.x0):
        if word.x0 - reach >= least:
            found.append((reach, word.x0))
        reach = max(reach, word.x1)
    return [*found, (reach, FAR)]


def gutters(strips: Iterable[Sequence[Word]]) -> list[Space]:
    """The free spaces that the rows of a table share; rows that run across, as titles of groups do, are outvoted."""
    held = [strip for strip in strips if strip]
    most = max((len(free_spaces(strip)) for strip in held), default=0)
    votes = [free for strip in held for free in _votes(strip, most) if len(free) > 2]
    if not votes:
        return []
    votes.sort(key=lambda free: (-len(free), sum(right - left for left, right in free[1:-1])))
    least = min(least_gutter(strip) for strip in held)
    shared = [_Gutter(*space) for space in votes[0][1:-1]]
    for free in votes[1:]:
        for gutter in shared:
            _vote(gutter, free, least)
    return [(each.left, each.right) for each in shared if each.crossed <= MOST_CROSSED * (each.kept + each.crossed)]


def _votes(strip: Sequence[Word], most: int) -> Iterator[list[Space]]:
    """What a strip leaves free. Where it may hold several rows, one of them running across, each line has a vote."""
    whole = free_spaces(strip)
    lines = grouped(strip)
    if len(whole) < most and len(lines) > 2:
        yield from map(free_spaces, lines)
    else:
        yield whole


def _vote(gutter: _Gutter, free: Sequence[Space], least: float) -> None:
    """Narrow a gutter to what another row leaves free of it, or note that the row writes over it."""
    met = [(max(gutter.left, left), min(gutter.right, right)) for left, right in free]
    widest = max(met, key=lambda space: space[1] - space[0])
    if widest[1] - widest[0] >= least:
        gutter.left, gutter.right = widest
        gutter.kept += 1
    else:
        gutter.crossed += 1
