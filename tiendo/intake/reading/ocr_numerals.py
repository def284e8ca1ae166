"""The Roman figures of quarters on a scan: a recogniser drops a stroke of III easily, so the strokes are counted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tiendo.intake.reading.ocr_rules import DARK
from tiendo.intake.reading.ocr_run import Picture, Seen

STROKES = re.compile(r"^(?=[^/]*[IH])[IHl1|]{1,4}(?=/\d{4})")  # of "II/2026"; never of the month in "11/2026"
STEM = 0.55  # of the height of the word: a column with more dark dots is a stem
NEXT = 0.75  # of the height of the word: the next stem of the same figure is no farther
MOST = 3


def recounted(picture: Picture, word: Seen) -> Seen:
    """The word with as many strokes as the picture shows; as it was when they cannot be counted."""
    found = STROKES.match(word.text)
    if not found:
        return word
    left, top, right, bottom = (int(side) for side in (word.left, word.top, word.right, word.bottom))
    rows = [
        picture.dots[y * picture.width + left : y * picture.width + right].translate(DARK) for y in range(top, bottom)
    ]
    stems = list(_stems(rows))
    count = next((at for at in range(1, len(stems)) if stems[at] - stems[at - 1] > NEXT * len(rows)), len(stems))
    return replace(word, text="I" * count + word.text[found.end() :]) if 1 <= count <= MOST else word


def _stems(rows: Sequence[bytes]) -> Iterator[int]:
    """Where each stem begins, from left to right."""
    inside = False
    for x in range(len(rows[0]) if rows else 0):
        dark = sum(row[x] for row in rows) >= STEM * len(rows)
        if dark and not inside:
            yield x
        inside = dark
