"""A picture drawn as SVG made into the PNG that word processors show, by the same typesetter in a child process."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tiendo.papers.fonts import FOLDERS, font_folder
from tiendo.papers.pdf import TypesettingFailed

PER_INCH = 200
_TEMPLATE = Path(__file__).with_name("parts") / "picture.typ"
_TYPESETTER = Path(__file__).with_name("typeset.py")


def png_of(svg: str, *, width: int, folders: Sequence[Path] = FOLDERS, seconds: float = 60) -> bytes:
    """The picture `width` millimetres wide; the same text always gives the same bytes.

    Raises fonts.MissingFont when no folder holds the typeface, TypesettingFailed when the work breaks off.
    """
    request = {
        "template": str(_TEMPLATE),
        "fonts": str(font_folder(folders)),
        "picture": {"svg": svg, "width": str(width)},
        "ppi": PER_INCH,
    }
    command = [sys.executable, "-P", str(_TYPESETTER)]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=json.dumps(request).encode(), capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise TypesettingFailed(f"no picture within {seconds} seconds") from late
    if done.returncode or not done.stdout.startswith(b"\x89PNG"):
        raise TypesettingFailed(done.stderr.decode(errors="replace")[-500:])
    return done.stdout


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in dots, from the head of the file."""
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
