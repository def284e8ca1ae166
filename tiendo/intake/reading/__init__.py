"""File formats: bytes in, neutral blocks with positions out, and no guess about what the words mean. Pure."""

from gettext import gettext as _

from tiendo.intake.reading.blocks import SourceDocument
from tiendo.intake.reading.docx import read_docx
from tiendo.intake.reading.errors import Unreadable
from tiendo.intake.reading.text import read_text
from tiendo.plans.files import RefusedFile, hash_of, inspect_file

LONGEST = 1_500_000  # characters: over five hundred pages; reading more would keep a processor busy for minutes
READERS = {"txt": read_text, "docx": read_docx}

__all__ = ["READERS", "SourceDocument", "Unreadable", "read_blocks"]


def read_blocks(data: bytes, name: str) -> SourceDocument:
    """Read a file into blocks by its checked type.

    Raises Unreadable with one Vietnamese sentence when the file is refused or cannot be read.
    """
    try:
        kind = inspect_file(data, name, frozenset(READERS))
    except RefusedFile as refusal:
        raise Unreadable(*refusal.args) from refusal
    blocks, lines = READERS[kind.extension](data)
    if sum(map(len, lines)) > LONGEST:
        raise Unreadable(_("Văn bản dài hơn 1,5 triệu ký tự; hãy tách thành nhiều tệp rồi đọc từng tệp."))
    return SourceDocument(name=name, format=kind.extension, sha256=hash_of(data), blocks=blocks, lines=lines)
