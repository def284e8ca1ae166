"""Is this upload what its name says, and safe to open? Pure checks on bytes; nothing is unpacked to disk.

The checks of each kind are in `file_checks`; here is which kind a file is taken as.
"""

import hashlib
from collections.abc import Callable, Set
from dataclasses import dataclass
from gettext import gettext as _

from tiendo.plans.file_checks.office import MEGABYTE, XML_LIMIT, check_office
from tiendo.plans.file_checks.ole import OLE, check_ole
from tiendo.plans.file_checks.pdf import check_pdf
from tiendo.plans.file_checks.refusals import RefusedFile, macro, mismatch
from tiendo.plans.file_checks.texts import check_html, check_text, is_columns, is_html
from tiendo.ui.sentences import Sentence

__all__ = ["ALLOWED", "MEGABYTE", "OLE", "XML_LIMIT", "FileKind", "RefusedFile", "hash_of", "inspect_file", "too_large"]

DEFAULT_LIMIT = 20 * MEGABYTE
RTF = b"{\\rtf"

MEDIA_TYPES = {
    "txt": "text/plain",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "csv": "text/csv",
    "md": "text/markdown",
    "html": "text/plain",  # a page from outside is kept and shown as its source, never opened as a page of ours
}
# What may be handed in as evidence; documents to be read come in more kinds, named by the caller.
ALLOWED = frozenset({"txt", "docx", "xlsx", "pdf", "png", "jpg"})
OTHER_NAMES = {"jpeg": "jpg", "htm": "html", "markdown": "md", "rtf": "doc"}


@dataclass(frozen=True)
class FileKind:
    """What a checked file is: the media type to serve it with and its canonical extension, without the dot."""

    media_type: str
    extension: str


def hash_of(data: bytes) -> str:
    """SHA-256 of the content, in hexadecimal: the name a stored file goes by."""
    return hashlib.sha256(data).hexdigest()


def inspect_file(data: bytes, name: str, allowed: Set[str] = ALLOWED, *, limit: int = DEFAULT_LIMIT) -> FileKind:
    """Check an upload by content and size, and say what it is.

    A web page, a docx or an RTF file under the name of an old .doc, and their like under .xls, are taken as what they
    are. Raises RefusedFile with one sentence for a person: empty, too large, wrong type, wrong content, or unsafe
    inside.
    """
    if not data:
        raise RefusedFile(_("Tệp rỗng; hãy kiểm tra lại tệp và tải lên bản có nội dung."))
    if len(data) > limit:
        raise RefusedFile(too_large(limit))
    named = _extension(name, allowed)
    extension = CHECKS[named](data, named)
    if extension not in allowed:
        raise mismatch(data, named)
    return FileKind(MEDIA_TYPES[extension], extension)


def too_large(limit: int = DEFAULT_LIMIT) -> str:
    """The sentence for a file over the limit; also used before a large file is read at all."""
    pattern = _("Tệp lớn hơn {size} MB; hãy tách nhỏ hoặc nén bớt hình ảnh rồi gửi lại.")
    return Sentence.of(pattern, size=limit // MEGABYTE)


def _extension(name: str, allowed: Set[str]) -> str:
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    extension = OTHER_NAMES.get(extension, extension)
    if extension in {"docm", "xlsm", "dotm", "xltm"}:
        raise RefusedFile(macro())
    if extension not in allowed or extension not in MEDIA_TYPES:
        kinds = ", ".join(kind for kind in MEDIA_TYPES if kind in allowed)
        raise RefusedFile(
            Sentence.of(_("Loại tệp này chưa được nhận; hãy dùng một trong các loại: {kinds}."), kinds=kinds)
        )
    return extension


def _check_old_office(data: bytes, extension: str) -> str:
    """The kind of what people save as .doc or .xls: the old format itself, the new one, a web page, RTF, or columns."""
    if data.startswith(OLE):
        return check_ole(data, extension)
    if data.startswith(b"PK"):
        return check_office(data, extension + "x")
    if is_html(data):
        return "html"
    if extension == "doc" and data.startswith(RTF):
        return extension
    if extension == "xls" and is_columns(data):
        return "csv"
    raise mismatch(data, extension)


def _starts(*marks: bytes) -> Callable[[bytes, str], str]:
    def check(data: bytes, extension: str) -> str:
        if not data.startswith(marks):
            raise mismatch(data, extension)
        return extension

    return check


CHECKS: dict[str, Callable[[bytes, str], str]] = {
    "txt": check_text,
    "csv": check_text,
    "md": check_text,
    "html": check_html,
    "docx": check_office,
    "xlsx": check_office,
    "doc": _check_old_office,
    "xls": _check_old_office,
    "pdf": check_pdf,
    "png": _starts(b"\x89PNG\r\n\x1a\n"),
    "jpg": _starts(b"\xff\xd8\xff"),
}
