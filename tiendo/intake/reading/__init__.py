"""File formats: bytes in, neutral blocks with positions out, and no guess about what the words mean. Pure.

A new format is one module with a `Reader` and one line in READERS.
"""

from collections.abc import Callable, Mapping
from gettext import gettext as _

from tiendo.intake.reading.blocks import Read, SourceDocument
from tiendo.intake.reading.csv_text import read_csv
from tiendo.intake.reading.doc import read_doc
from tiendo.intake.reading.docx import read_docx
from tiendo.intake.reading.html import read_html
from tiendo.intake.reading.markdown import read_markdown
from tiendo.intake.reading.pdf import read_pdf
from tiendo.intake.reading.sheets import read_xls, read_xlsx
from tiendo.intake.reading.text import read_text
from tiendo.intake.reading.unmasking import repaired
from tiendo.plans.files import RefusedFile, hash_of, inspect_file
from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.plans.spreadsheets.progress import Progress, ignore

Reader = Callable[[bytes, Progress], Read]

LONGEST = 1_500_000  # characters: over five hundred pages; reading more would keep a processor busy for minutes
READERS: Mapping[str, Reader] = {
    "txt": read_text,
    "docx": read_docx,
    "pdf": read_pdf,
    "xlsx": read_xlsx,
    "xls": read_xls,
    "csv": read_csv,
    "html": read_html,
    "md": read_markdown,
    "doc": read_doc,
}

__all__ = ["READERS", "SourceDocument", "Unreadable", "read_blocks"]


def read_blocks(data: bytes, name: str, progress: Progress = ignore) -> SourceDocument:
    """Read a file into blocks by its checked type, telling `progress` how far it has come.

    Raises Unreadable with one Vietnamese sentence when the file is refused or cannot be read.
    """
    try:
        kind = inspect_file(data, name, frozenset(READERS))
    except RefusedFile as refusal:
        raise Unreadable(*refusal.args) from refusal
    read = repaired(READERS[kind.extension](data, progress))
    if sum(map(len, read.lines)) > LONGEST:
        raise Unreadable(_("Văn bản dài hơn 1,5 triệu ký tự; hãy tách thành nhiều tệp rồi đọc từng tệp."))
    return SourceDocument(**vars(read), name=name, format=kind.extension, sha256=hash_of(data))
