"""Scanned pages: the letters a recogniser (Tesseract, when installed) sees on the picture of a page, with their places.

Optional: the package `tesseract-ocr-vie` brings it. It runs on this machine and gets no more than one page at a time.
"""

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from tiendo.intake.reading.ocr_rules import drawn_lines
from tiendo.intake.reading.pdf_frame import frame_of
from tiendo.intake.reading.pdf_letters import Lettering
from tiendo.intake.reading.pdf_page import Page, compose
from tiendo.intake.reading.pdf_rules import Drawing, Rule
from tiendo.intake.reading.pdf_words import Word
from tiendo.intake.reading.text import clean

PROGRAM = "tesseract"
LANGUAGE = "vie"
DENSITY = 300  # dots per inch: what the recogniser was trained for
MOST_DOTS = 20_000_000  # of one picture: A3 at full density
SECONDS = 60  # for one page
SURE = 20.0  # of 100: words the recogniser itself believes less are stains
LINE_SIGNS = re.compile(r"^[|\[\]_—–¦!~=.-]+$")
RAISED_ABOVE = 0.72  # share of the letter size that a word without tails and marks reaches up


@dataclass(frozen=True)
class Picture:
    """A page as grey dots, row by row; `scale` dots make one point."""

    width: int
    height: int
    dots: bytes
    scale: float


@cache
def available() -> bool:
    """Whether the recogniser and its Vietnamese letters are installed."""
    if shutil.which(PROGRAM) is None:
        return False
    try:
        listed = subprocess.run([PROGRAM, "--list-langs"], capture_output=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return LANGUAGE in listed.stdout.decode("utf-8", "replace").split()


def recognise(page: Any, number: int) -> Page | None:
    """What stands on a page by its picture; None when the recogniser breaks off or takes too long."""
    frame = frame_of(page)
    picture = drawn(page, frame.size())
    table = _run(picture)
    if table is None:
        return None
    level, upright = drawn_lines(picture.width, picture.height, picture.dots)
    drawing = Drawing(_in_points(level, picture.scale), _in_points(upright, picture.scale), 1.0)
    words = tuple(_words(table, picture.scale, ruled=bool(upright)))
    letters = Lettering(words, sum(len(word.text) for word in words))
    return compose(number, frame.size(), letters, drawing)


def drawn(page: Any, size: tuple[float, float]) -> Picture:
    """The page as a grey picture at full density, or less for a page too large for that."""
    wide, high = size
    scale = min(DENSITY / 72, (MOST_DOTS / max(wide * high, 1.0)) ** 0.5)
    width, height = max(1, int(wide * scale)), max(1, int(high * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_GRAYSCALE | pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        whole = _bytes_of(bitmap, stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    dots = whole if stride == width else b"".join(whole[y * stride : y * stride + width] for y in range(height))
    return Picture(width, height, dots, scale)


def _bytes_of(bitmap: Any, length: int) -> bytes:
    import ctypes

    return ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), length)


def _run(picture: Picture) -> str | None:
    command = [
        PROGRAM,
        "stdin",
        "stdout",
        "-l",
        LANGUAGE,
        "--dpi",
        str(round(picture.scale * 72)),
        "--psm",
        "11",
        "tsv",
    ]
    data = b"P5 %d %d 255\n" % (picture.width, picture.height) + picture.dots
    try:
        done = subprocess.run(  # noqa: S603
            command, input=data, capture_output=True, timeout=SECONDS, check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _in_points(rules: Sequence[Rule], scale: float) -> tuple[Rule, ...]:
    return tuple(Rule(rule.at / scale, rule.start / scale, rule.end / scale) for rule in rules)


def _words(table: str, scale: float, *, ruled: bool) -> Iterator[Word]:
    """Words line by line; those of one line share its baseline and size."""
    lines: dict[tuple[str, ...], list[tuple[str, float, float, float, float]]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = clean(row.get("text") or "").strip()
        if row.get("level") != "5" or not text or float(row["conf"]) < SURE or (ruled and LINE_SIGNS.match(text)):
            continue
        left, top, wide, high = (float(row[name]) / scale for name in ("left", "top", "width", "height"))
        key = (row["block_num"], row["par_num"], row["line_num"])
        lines.setdefault(key, []).append((text, left, left + wide, top, top + high))
    usual = median([bottom - top for line in lines.values() for *_, top, bottom in line] or [12.0]) * 1.15
    for line in lines.values():
        size = median(bottom - top for *_, top, bottom in line) * 1.15
        size = usual if abs(size - usual) <= 0.35 * usual else size
        for text, x0, x1, *_ in line:
            yield Word(text, x0, x1, _baseline(line, size), size)


def _baseline(line: Sequence[tuple[str, float, float, float, float]], size: float) -> float:
    """The bottom of the words that have no tails below the line."""
    flat = [bottom for text, *_, bottom in line if not re.search("[gjpqyQ,;()/ạẹịọụựợậộệặỵẠẸỊỌỤỰỢẬỘỆẶỴ]", text)]
    return median(flat) if flat else median(bottom for *_, bottom in line) - 0.2 * size
