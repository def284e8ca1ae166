"""Word files: paragraphs with their automatic numbers, tables with merged cells spread over the grid.

The XML is walked directly: a library's `row.cells` costs seconds on a long annex.
"""

from gettext import gettext as _

from tiendo.intake.reading.blocks import Read
from tiendo.intake.reading.docx_fonts import Fonts
from tiendo.intake.reading.docx_package import Parts, open_parts
from tiendo.intake.reading.docx_walk import Walk
from tiendo.intake.reading.numbering import Numbering
from tiendo.intake.reading.unmasking import from_old_font
from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.plans.spreadsheets.letters import clean
from tiendo.plans.spreadsheets.progress import Progress, ignore, part

OPENED = 0.2  # of the work, once the XML is parsed


def read_docx(data: bytes, progress: Progress) -> Read:
    """Blocks of a Word file, and one plain line for each paragraph and each table row.

    Raises Unreadable when Word itself could not open it, or it holds no text.
    """
    try:
        parts = open_parts(data)
        walk = _walk(parts, Fonts(parts.styles) if parts.old_fonts else None, part(progress, OPENED, 1.0))
        printed = _walk(parts, None, ignore) if walk.scheme else walk
    except Unreadable:
        raise
    except Exception as error:  # a damaged package fails in many ways inside two libraries; all mean the same
        raise Unreadable(_("Tệp Word bị hỏng, không mở được; hãy mở bằng Word, lưu lại rồi thử lại.")) from error
    if walk.witnesses < 0:
        walk = printed  # the fonts named in the file are not those its letters were typed in
    if not any(line.strip() for line in walk.lines):
        raise Unreadable(_("Tệp Word không có chữ nào; nếu là bản quét, hãy nhận dạng chữ (OCR) trước."))
    return _read(walk, printed, parts)


def _walk(parts: Parts, fonts: Fonts | None, progress: Progress) -> Walk:
    walk = Walk(Numbering(parts.numbering, parts.styles), fonts, progress)
    walk.document(parts.document)
    return walk


def _read(walk: Walk, printed: Walk, parts: Parts) -> Read:
    remarks = (
        [_("Tệp Word có phần nhúng từ tệp khác chưa đọc được; hãy đối chiếu với bản gốc.")] if parts.chunks else []
    )
    read = Read(tuple(walk.blocks), tuple(walk.lines), pages=walk.page, remarks=tuple(remarks))
    return from_old_font(read, walk.scheme, map(clean, printed.lines))
