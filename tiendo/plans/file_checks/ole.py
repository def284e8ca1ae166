"""Word and Excel files of before 2007 (OLE compound files), and what people save under their names.

Only the directory of the compound file is looked at: each entry has 128 bytes and starts with its name.
"""

from dataclasses import dataclass

from tiendo.plans.file_checks.refusals import RefusedFile, broken, locked, macro, mismatch

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
STREAMS = {"doc": ("WordDocument",), "xls": ("Workbook", "Book")}
MACRO_ENTRIES = ("_VBA_PROJECT", "_VBA_PROJECT_CUR")
KINDS_OF_ENTRY = frozenset({1, 2})  # a storage, a stream
ENTRY = 128
SMALLEST = 4096  # a shorter stream lies elsewhere, in pieces; Word and Excel never write one
WORD_MARK = b"\xec\xa5"
WORD_LOCKED = 0x0100
EXCEL_LOCKED = 0x2F
FIRST_RECORDS = 12  # Excel writes the lock right behind the first record


@dataclass(frozen=True)
class Entry:
    """Where a stream begins in the file, in bytes, and how long it is."""

    offset: int
    size: int


def check_ole(data: bytes, extension: str) -> str:
    """The extension itself, for an OLE file of that kind.

    Raises RefusedFile when it holds something else, is locked, damaged, or has macros.
    """
    if ENCRYPTED_STREAM in data:
        raise RefusedFile(locked())
    main = _main(data, extension)
    if main is None:
        others = (kind for kind in STREAMS if kind != extension)
        raise mismatch(data, extension) if any(_main(data, kind) for kind in others) else RefusedFile(broken())
    if main.offset >= len(data):
        raise RefusedFile(broken())
    if main.size >= SMALLEST and (_word_locked if extension == "doc" else _excel_locked)(data, main.offset):
        raise RefusedFile(locked())
    if any(find_entry(data, name) for name in MACRO_ENTRIES):
        raise RefusedFile(macro())
    return extension


def _main(data: bytes, extension: str) -> Entry | None:
    return next(filter(None, (find_entry(data, name) for name in STREAMS[extension])), None)


def find_entry(data: bytes, name: str) -> Entry | None:
    """The directory entry of this name, or None. Each byte is looked at once, whatever the file pretends."""
    written = name.encode("utf-16-le") + b"\0\0"
    sector = 4096 if data[30:31] == b"\x0c" else 512
    at = data.find(written)
    while at >= 0:
        length, kind = _number(data, at + 64, 2), _number(data, at + 66, 1)
        if at % ENTRY == 0 and length == len(written) and kind in KINDS_OF_ENTRY:
            return Entry((_number(data, at + 116, 4) + 1) * sector, _number(data, at + 120, 4))
        at = data.find(written, at + 2)
    return None


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "little")


def _word_locked(data: bytes, at: int) -> bool:
    return data[at : at + 2] == WORD_MARK and bool(_number(data, at + 10, 2) & WORD_LOCKED)


def _excel_locked(data: bytes, at: int) -> bool:
    for _record in range(FIRST_RECORDS):
        kind, length = _number(data, at, 2), _number(data, at + 2, 2)
        if kind == EXCEL_LOCKED:
            return True
        at += 4 + length
    return False
