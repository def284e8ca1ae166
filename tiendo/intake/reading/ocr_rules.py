"""The straight lines of a scanned page: long runs of dark dots along its rows and columns."""

import re
from collections.abc import Iterator

from tiendo.intake.reading.pdf_rules import Rule

DARK = bytes(1 if value < 140 else 0 for value in range(256))  # one byte for each dot: dark or not
LEAST_RUN = 110  # dots: taller and longer than letters at the density pages are drawn with
RUN = re.compile(b"\x01{%d,}" % LEAST_RUN)
EVERY = 2  # a line is several dots thick: every second row is enough


def drawn_lines(width: int, height: int, dots: bytes) -> tuple[list[Rule], list[Rule]]:
    """Level and upright lines of a grey picture given row by row, in dots."""
    dark = dots.translate(DARK)
    level = [rule for y in range(0, height, EVERY) for rule in _runs(dark[y * width : (y + 1) * width], y)]
    upright = [rule for x in range(0, width, EVERY) for rule in _runs(dark[x::width], x)]
    return level, upright


def _runs(line: bytes, at: int) -> Iterator[Rule]:
    for found in RUN.finditer(line):
        yield Rule(at, found.start(), found.end())
