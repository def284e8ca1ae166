"""One run of the recogniser: a grey picture in, words with their places on it out."""

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tiendo.plans.spreadsheets.letters import clean

PROGRAM = "tesseract"
LANGUAGE = "vie"
SECONDS = 40  # for one picture; a page is looked at three times at most
LEAST_SURE = 20.0  # of 100: words the recogniser itself believes less are stains


@dataclass(frozen=True)
class Picture:
    """A page as grey dots, row by row; `scale` dots make one point."""

    width: int
    height: int
    dots: bytes
    scale: float


@dataclass(frozen=True)
class Seen:
    """A word on a picture, in dots; `line` tells the words of one line, `sure` goes to 100."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    line: tuple[str, ...]
    sure: float


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


def run(picture: Picture, *, layout: str, letters: str = "") -> list[Seen] | None:
    """The words of a picture; None when the recogniser breaks off or takes too long.

    `layout` is its way to look at a page ("3": columns of text, "11": words anywhere, "6": one block); `letters` are
    the only ones there can be.
    """
    command = [PROGRAM, "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(round(picture.scale * 72)), "--psm", layout]
    if letters:
        command += ["-c", f"tessedit_char_whitelist={letters}"]
    data = b"P5 %d %d 255\n" % (picture.width, picture.height) + picture.dots
    try:
        done = subprocess.run(  # noqa: S603
            [*command, "tsv"], input=data, capture_output=True, timeout=SECONDS, check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    return list(_words(done.stdout.decode("utf-8", "replace"), layout)) if done.returncode == 0 else None


def _words(table: str, layout: str) -> Iterator[Seen]:
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = clean(row.get("text") or "").strip()
        if row.get("level") == "5" and text and float(row["conf"]) >= LEAST_SURE:
            left, top, wide, high = (float(row[name]) for name in ("left", "top", "width", "height"))
            line = (layout, row["block_num"], row["par_num"], row["line_num"])
            yield Seen(text, left, top, left + wide, top + high, line, float(row["conf"]))
