"""Records of an Excel file before 2007: pieces of text that go on in the next record, numbers in four bytes. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from struct import unpack_from

CONTINUE = 0x3C
WIDE, EXTENDED, RICH = 0x01, 0x04, 0x08


@dataclass(frozen=True)
class Record:
    """One record: what it is and its bytes; `parts` are the records that continue it."""

    kind: int
    data: bytes
    parts: tuple[bytes, ...] = ()


def records(stream: bytes, start: int = 0) -> Iterator[Record]:
    """The records from `start` on, each with those that continue it."""
    at, pending, parts = start, None, list[bytes]()
    while at + 4 <= len(stream):
        kind, length = unpack_from("<HH", stream, at)
        data = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == CONTINUE and pending is not None:
            parts.append(data)
            continue
        if pending is not None:
            yield Record(pending[0], pending[1], tuple(parts))
        pending, parts = (kind, data), []
    if pending is not None:
        yield Record(pending[0], pending[1], tuple(parts))


def packed_number(value: int) -> Decimal:
    """A number in four bytes: a whole number or the upper half of a binary one, perhaps in hundredths."""
    if value & 2:
        number = Decimal(value >> 2 if value < 1 << 31 else (value >> 2) - (1 << 30))
    else:
        number = Decimal(repr(unpack_from("<d", b"\0\0\0\0" + (value & 0xFFFFFFFC).to_bytes(4, "little"))[0]))
    return number / 100 if value & 1 else number


class Texts:
    """Reads strings one after another from a record and those that continue it."""

    def __init__(self, record: Record, start: int) -> None:
        self._parts = (record.data, *record.parts)
        self._part, self._at = 0, start

    def left(self) -> bool:
        """Is anything left to read?"""
        return self._part + 1 < len(self._parts) or self._at < len(self._parts[self._part])

    def string(self) -> str:
        """The next string, without its formatting."""
        length, flags = unpack_from("<HB", self._take(3))
        runs = unpack_from("<H", self._take(2))[0] if flags & RICH else 0
        extra = unpack_from("<I", self._take(4))[0] if flags & EXTENDED else 0
        text = self._letters(length, flags)
        self._skip(runs * 4 + extra)
        return text

    def _take(self, count: int) -> bytes:
        if self._at >= len(self._parts[self._part]):
            self._next()
        taken = self._parts[self._part][self._at : self._at + count]
        self._at += count
        return taken

    def _next(self) -> None:
        self._part, self._at = self._part + 1, 0
        if self._part >= len(self._parts):
            raise ValueError("a string is cut short")

    def _letters(self, length: int, flags: int) -> str:
        """Letters over as many records as they take; each continuation says anew how wide its letters are."""
        pieces: list[str] = []
        while length:
            if self._at >= len(self._parts[self._part]):
                self._next()
                flags = self._take(1)[0]
            wide = bool(flags & WIDE)
            room = (len(self._parts[self._part]) - self._at) // (2 if wide else 1)
            count = min(length, room)
            if count <= 0:
                self._at = len(self._parts[self._part])
                continue
            pieces.append(self._take(count * (2 if wide else 1)).decode("utf-16-le" if wide else "latin-1", "replace"))
            length -= count
        return "".join(pieces)

    def _skip(self, count: int) -> None:
        while count:
            if self._at >= len(self._parts[self._part]):
                self._next()
            step = min(count, len(self._parts[self._part]) - self._at)
            self._at, count = self._at + step, count - step


def short_text(data: bytes, start: int, *, lengths: int, modern: bool, code: str) -> str:
    """A string inside one record: a length of one or two bytes, then letters in the file's own width."""
    length = int.from_bytes(data[start : start + lengths], "little")
    start += lengths
    if not modern:
        return data[start : start + length].decode(code, "replace")
    if start < len(data) and data[start] & WIDE:
        return data[start + 1 : start + 1 + 2 * length].decode("utf-16-le", "replace")
    return data[start + 1 : start + 1 + length].decode("latin-1")
