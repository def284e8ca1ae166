"""How long a paper to be signed may grow, and what stands elsewhere when there is more to tell. Pure.

A report is read and signed page by page. What a plan of many thousand tasks has to tell is whole in the workbook made
with it; the paper names some, counts the others, and says where they stand.
"""

from collections.abc import Sequence
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

MOST_TOLD = 600  # results, or difficulties, that a part tells one by one
NAMED = 12  # beyond that, so many of each group; the rest stand in the annex
MOST_ROWS = 3000  # rows of all annexes together that are printed: some three hundred pages


def named(lines: Sequence[T], whole: int) -> tuple[Sequence[T], int]:
    """Those of a group that are told one by one, and how many are not; `whole` is the number in all groups."""
    kept = lines if whole <= MOST_TOLD else tuple(islice(lines, NAMED))
    return kept, len(lines) - len(kept)


def printed(rows: Sequence[int], most: int = MOST_ROWS) -> list[bool]:
    """Which annexes are printed, in their order: each that fits into the room the printed ones before it left."""
    fits = []
    for count in rows:
        fits.append(count <= most)
        most -= count if fits[-1] else 0
    return fits
