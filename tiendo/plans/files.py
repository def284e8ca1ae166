"""Is this upload what its name says, and safe to open? Pure checks on bytes; nothing is unpacked to disk."""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from gettext import gettext as _

import puremagic

from tiendo.ui.sentences import Sentence

MEGABYTE = 1024 * 1024
DEFAULT_LIMIT = 20 * MEGABYTE
UNPACKED_LIMIT = 200 * MEGABYTE
RATIO_LIMIT = 150
RATIO_FLOOR = MEGABYTE  # small members of repeated spaces compress well and harm nobody
MEMBER_LIMIT = 5_000
XML_LIMIT = 40 * MEGABYTE  # one part: longer than any real annex, short enough to parse in memory
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tar", ".bz2", ".xz")
OFFICE = (".docx", ".xlsx", ".pptx", ".docm", ".xlsm")
FORBIDDEN_MARKUP = tuple(
    mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")
)

TYPES_PART = "[Content_Types].xml"
# Word finds macros by the declared type, whatever the part is called.
MACRO_TYPES = tuple(mark.encode(code) for mark in ("vbaproject", "macroenabled") for code in ("ascii", "utf-16-le"))

PDF_END = b"%%EOF"
PDF_TAIL = 2048  # readers look for the end mark among the last bytes
PDF_STREAM = re.compile(rb">>\s{0,16}stream\r?\n")
PDF_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
PDF_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia)(?=[\0\t\n\f\r ()<>\[\]{}/%]|\Z)")

MEDIA_TYPES = {
    "txt": "text/plain",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
}
ALLOWED = frozenset(MEDIA_TYPES)
MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


class RefusedFile(Exception):
    """The file is not taken; the message is one Vietnamese sentence that says what to do."""


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

    Raises RefusedFile with one sentence for a person: empty, too large, wrong type, wrong content, or unsafe inside.
    """
    if not data:
        raise RefusedFile(_("Tệp rỗng; hãy kiểm tra lại tệp và tải lên bản có nội dung."))
    if len(data) > limit:
        raise RefusedFile(too_large(limit))
    extension = _extension(name, allowed)
    CHECKS[extension](data, extension)
    return FileKind(MEDIA_TYPES[extension], extension)


def too_large(limit: int = DEFAULT_LIMIT) -> str:
    """The sentence for a file over the limit; also used before a large file is read at all."""
    pattern = _("Tệp lớn hơn {size} MB; hãy tách nhỏ hoặc nén bớt hình ảnh rồi gửi lại.")
    return Sentence.of(pattern, size=limit // MEGABYTE)


def _extension(name: str, allowed: Set[str]) -> str:
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    extension = "jpg" if extension == "jpeg" else extension
    if extension in {"docm", "xlsm", "dotm", "xltm"}:
        raise RefusedFile(_macro())
    if extension not in allowed or extension not in MEDIA_TYPES:
        kinds = ", ".join(kind for kind in MEDIA_TYPES if kind in allowed)
        raise RefusedFile(
            Sentence.of(_("Loại tệp này chưa được nhận; hãy dùng một trong các loại: {kinds}."), kinds=kinds)
        )
    return extension


def _mismatch(data: bytes, extension: str) -> RefusedFile:
    sentence = _("Nội dung tệp không phải {kind} như phần mở rộng; hãy mở tệp và lưu lại đúng loại.")
    actual = _actual(data)
    if actual:
        sentence = _("Nội dung tệp là {actual}, không phải {kind} như phần mở rộng; hãy lưu lại đúng loại.")
    return RefusedFile(Sentence.of(sentence, kind=extension.upper(), actual=actual))


def _actual(data: bytes) -> str:
    """A short name for what the bytes are, or the empty string."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "HTML"
    try:
        return str(puremagic.from_string(data[:4096])).removeprefix(".").upper()
    except (puremagic.PureError, ValueError):
        return ""


def _check_text(data: bytes, extension: str) -> None:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    binary = data.startswith((b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"PK\x03\x04", OLE))
    if binary or (not wide and b"\x00" in data[:65536]) or _actual_html(data):
        raise _mismatch(data, extension)


def _actual_html(data: bytes) -> bool:
    return data[:256].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html"))


def _starts(*marks: bytes) -> Callable[[bytes, str], None]:
    def check(data: bytes, extension: str) -> None:
        if not data.startswith(marks):
            raise _mismatch(data, extension)

    return check


def _check_pdf(data: bytes, extension: str) -> None:
    """Whole, and with nothing in its plain objects that acts when it is opened or brings another file along."""
    if not data.startswith(b"%PDF-"):
        raise _mismatch(data, extension)
    if PDF_END not in data[-PDF_TAIL:]:
        raise RefusedFile(_("Tệp PDF bị hỏng hoặc thiếu phần cuối; hãy xuất hoặc quét lại rồi gửi lại."))
    if any(PDF_ACTIVE.search(_unescaped(part)) for part in _plain_objects(data)):
        raise RefusedFile(_("Tệp PDF có mã lệnh hoặc tệp đính kèm bên trong; hãy in lại thành PDF rồi gửi lại."))


def _plain_objects(data: bytes) -> Iterator[bytes]:
    """What stands outside the streams, whose packed bytes may spell anything. One pass, each byte looked at once."""
    at = 0
    while start := PDF_STREAM.search(data, at):
        end = data.find(b"endstream", start.end())
        if end < 0:
            break
        yield data[at : start.start()]
        at = end
    yield data[at:]


def _unescaped(part: bytes) -> bytes:
    """Names as a reader takes them: `/J#53` is `/JS`."""
    return PDF_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), part)


def _check_office(data: bytes, extension: str) -> None:
    if data.startswith(OLE):
        if ENCRYPTED_STREAM in data:
            raise RefusedFile(_locked())
        raise _mismatch(data, extension)
    if not data.startswith(b"PK"):
        raise _mismatch(data, extension)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(archive, len(data), extension)
            _check_markup(archive)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise RefusedFile(_("Tệp bị hỏng, không mở được; hãy lưu lại từ bản gốc rồi gửi lại.")) from error


def _check_members(archive: zipfile.ZipFile, size: int, extension: str) -> None:
    """Everything the directory of the archive can tell, before a byte is unpacked."""
    members = archive.infolist()
    names = {member.filename for member in members}
    if any(member.flag_bits & 0x1 for member in members):
        raise RefusedFile(_locked())
    if _is_bomb(members, size):
        raise RefusedFile(_("Tệp nén bất thường, có thể gây hại khi mở; hãy lưu lại từ bản gốc rồi gửi lại."))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise RefusedFile(_macro())
    if TYPES_PART not in names or MAIN_PARTS[extension] not in names:
        sentence = _("Nội dung tệp không phải {kind} như phần mở rộng; hãy mở tệp và lưu lại đúng loại.")
        raise RefusedFile(Sentence.of(sentence, kind=extension.upper()))


def _is_bomb(members: list[zipfile.ZipInfo], size: int) -> bool:
    total = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    swollen = any(
        member.file_size > RATIO_FLOOR and member.file_size > RATIO_LIMIT * max(member.compress_size, 1)
        for member in members
    )
    heavy = any(member.filename.lower().endswith(".xml") and member.file_size > XML_LIMIT for member in members)
    nested = any(member.filename.lower().endswith(ARCHIVES) for member in members)
    deep = sum(member.filename.lower().endswith(OFFICE) for member in members) > 20
    overlapping = packed > size  # members that share bytes: the quoted-file bomb
    return total > UNPACKED_LIMIT or len(members) > MEMBER_LIMIT or swollen or heavy or nested or deep or overlapping


def _check_markup(archive: zipfile.ZipFile) -> None:
    for member in archive.infolist():
        if not member.filename.lower().endswith((".xml", ".rels")):
            continue
        content = archive.read(member)
        if member.filename == TYPES_PART and any(mark in content.lower() for mark in MACRO_TYPES):
            raise RefusedFile(_macro())
        if any(mark in content for mark in FORBIDDEN_MARKUP):
            raise RefusedFile(_("Tệp chứa khai báo XML không an toàn; hãy lưu lại từ Word hoặc Excel rồi gửi lại."))


def _macro() -> str:
    return _("Tệp có chứa macro; hãy lưu lại dạng không có macro (docx, xlsx) rồi gửi lại.")


def _locked() -> str:
    return _("Tệp được đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại.")


CHECKS: dict[str, Callable[[bytes, str], None]] = {
    "txt": _check_text,
    "docx": _check_office,
    "xlsx": _check_office,
    "pdf": _check_pdf,
    "png": _starts(b"\x89PNG\r\n\x1a\n"),
    "jpg": _starts(b"\xff\xd8\xff"),
}
