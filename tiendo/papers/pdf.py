"""A paper as PDF/A, typeset by a fixed template that receives the words as data."""

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tiendo.papers.fonts import FAMILY, FOLDERS, font_folder
from tiendo.papers.model import Enclosure, Paper
from tiendo.papers.pdf_data import paper_data

_TEMPLATE = Path(__file__).with_name("parts") / "paper.typ"
_TYPESETTER = Path(__file__).with_name("typeset.py")


class TypesettingFailed(Exception):
    """The typesetter gave no PDF; the message holds the end of what it said."""


def render_pdf(
    paper: Paper,
    *,
    made_at: datetime,
    enclosure: Enclosure | None = None,
    folders: Sequence[Path] = FOLDERS,
    seconds: float | None = 120,
) -> bytes:
    """Lay the paper out as tagged PDF/A with its typeface embedded, in a child process.

    An enclosure goes in as an attached file, which only PDF/A-3 allows; without one it is PDF/A-2.

    `made_at` (with a time zone) becomes the creation time. Raises fonts.MissingFont when no folder in
    `folders` holds the typeface, TypesettingFailed when the work breaks off or takes longer than `seconds`.
    """
    folder = font_folder(folders)
    request = {
        "template": str(_TEMPLATE),
        "fonts": str(folder),
        "made_at": made_at.replace(microsecond=0).isoformat(),  # the typesetter takes whole seconds
        "paper": paper_data(paper, folder) | {"font": FAMILY, "seal": enclosure.seal if enclosure else ""},
        "enclosure": enclosure.text if enclosure else "",
    }
    return _typeset(json.dumps(request).encode(), seconds)


def _typeset(request: bytes, seconds: float | None) -> bytes:
    # -P keeps this folder off the child's path, where `numbers.py` would hide the standard module.
    command = [sys.executable, "-P", str(_TYPESETTER)]
    try:
        done = subprocess.run(command, input=request, capture_output=True, timeout=seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as late:
        raise TypesettingFailed(f"no PDF within {seconds} seconds") from late
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise TypesettingFailed(done.stderr.decode(errors="replace")[-500:])
    return done.stdout
