"""Word and Excel packages (zip archives of XML): refused before unpacking when they could do harm."""

import io
import re
import zipfile
import zlib
from gettext import gettext as _

from tiendo.plans.file_checks.ole import ENCRYPTED_STREAM, OLE
from tiendo.plans.file_checks.refusals import RefusedFile, broken, locked, macro, mismatch
from tiendo.ui.sentences import Sentence

MEGABYTE = 1024 * 1024
UNPACKED_LIMIT = 200 * MEGABYTE
RATIO_LIMIT = 150
RATIO_FLOOR = MEGABYTE  # small members of repeated spaces compress well and harm nobody
MEMBER_LIMIT = 5_000
XML_LIMIT = 40 * MEGABYTE  # one part: longer than any real annex, short enough to parse in memory
ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tar", ".bz2", ".xz")
OFFICE = (".docx", ".xlsx", ".pptx", ".docm", ".xlsm")
FORBIDDEN_MARKUP = tuple(
    mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")
)

TYPES_PART = "[Content_Types].xml"
# Word finds macros by the declared type, whatever the part is called.
MACRO_TYPES = tuple(mark.encode(code) for mark in ("vbaproject", "macroenabled") for code in ("ascii", "utf-16-le"))
# Editors on the web number the main part anew with every save.
MAIN_PARTS = {"docx": re.compile(r"word/document\d*\.xml"), "xlsx": re.compile(r"xl/workbook\d*\.xml")}


def check_office(data: bytes, extension: str) -> str:
    """The extension itself.

    Raises RefusedFile when the package is another kind of file, locked, damaged, or not safe to open.
    """
    if data.startswith(OLE) and ENCRYPTED_STREAM in data:
        raise RefusedFile(locked())
    if not data.startswith(b"PK"):
        raise mismatch(data, extension)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(archive, len(data), extension)
            _check_markup(archive)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise RefusedFile(broken()) from error
    return extension


def _check_members(archive: zipfile.ZipFile, size: int, extension: str) -> None:
    """Everything the directory of the archive can tell, before a byte is unpacked."""
    members = archive.infolist()
    names = {member.filename for member in members}
    if any(member.flag_bits & 0x1 for member in members):
        raise RefusedFile(locked())
    if _is_bomb(members, size):
        raise RefusedFile(_("Tệp nén bất thường, có thể gây hại khi mở; hãy lưu lại từ bản gốc rồi gửi lại."))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise RefusedFile(macro())
    if TYPES_PART not in names or not any(MAIN_PARTS[extension].fullmatch(name) for name in names):
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
            raise RefusedFile(macro())
        if any(mark in content for mark in FORBIDDEN_MARKUP):
            raise RefusedFile(_("Tệp chứa khai báo XML không an toàn; hãy lưu lại từ Word hoặc Excel rồi gửi lại."))
