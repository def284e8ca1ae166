"""A paper as PDF/A, typeset by a fixed template that receives the words as data."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import typst

from tiendo.papers.fonts import FAMILY, FOLDERS, font_folder
from tiendo.papers.model import Paper
from tiendo.papers.pdf_data import paper_data

_TEMPLATE = Path(__file__).with_name("parts") / "paper.typ"


def render_pdf(paper: Paper, *, made_at: datetime, folders: Sequence[Path] = FOLDERS) -> bytes:
    """Lay the paper out as tagged PDF/A-2b with its typeface embedded.

    `made_at` (with a time zone) becomes the creation time. Raises fonts.MissingFont when no folder in
    `folders` holds the typeface.
    """
    folder = font_folder(folders)
    data = paper_data(paper, folder) | {"font": FAMILY}
    return bytes(
        typst.compile(
            str(_TEMPLATE),
            font_paths=[str(folder)],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["a-2b"],
            timestamp=made_at,
        )
    )
