"""How many table cells an old Word file says it has: the measure of whether a conversion lost some. Pure."""

import re
from struct import error as StructError
from struct import unpack_from

from tiendo.intake.reading.compound import Compound

RTF = b"{\\rtf"
RTF_MARK = re.compile(rb"\\(?:cell|row)(?![a-z])")
MARK = 7  # stands behind each cell, and once more behind each row
FLAGS, MAIN_LENGTH, PIECES = 0x0A, 0x4C, 0x1A2  # places in the head of the main stream
SECOND_TABLE = 0x0200
NARROW = 0x40000000  # a piece of one byte for each letter
PIECE_TABLE = 2


def cell_marks(data: bytes) -> int:
    """Marks of cells and rows in the main text of a .doc or RTF file; 0 when they cannot be counted."""
    if data.startswith(RTF):
        return sum(1 for _mark in RTF_MARK.finditer(data))
    try:
        return _counted(Compound(data))
    except (ValueError, StructError, IndexError):
        return 0


def _counted(compound: Compound) -> int:
    main = compound.stream("WordDocument") or b""
    flags = unpack_from("<H", main, FLAGS)[0]
    table = compound.stream("1Table" if flags & SECOND_TABLE else "0Table") or b""
    length = unpack_from("<I", main, MAIN_LENGTH)[0]
    at, size = unpack_from("<II", main, PIECES)
    return sum(_marks(main, *piece) for piece in _pieces(table, at, size, length))


def _pieces(table: bytes, at: int, size: int, length: int) -> list[tuple[int, int, bool]]:
    """The pieces of the main text: where each begins in the main stream, how many letters, and if they are narrow."""
    end = at + size
    while at < end and table[at] != PIECE_TABLE:
        at += 3 + unpack_from("<H", table, at + 1)[0]
    count = (unpack_from("<I", table, at + 1)[0] - 4) // 12
    at += 5
    found = []
    for number in range(min(count, len(table) // 12)):
        first, last = unpack_from("<II", table, at + 4 * number)
        place = unpack_from("<I", table, at + 4 * (count + 1) + 8 * number + 2)[0]
        letters = max(0, min(last, length) - first)
        narrow = bool(place & NARROW)
        found.append(((place & ~NARROW) // 2 if narrow else place, letters, narrow))
    return found


def _marks(main: bytes, at: int, letters: int, narrow: bool) -> int:
    if narrow:
        return main[at : at + letters].count(MARK)
    piece = main[at : at + 2 * letters]
    return sum(1 for low, high in zip(piece[::2], piece[1::2], strict=False) if low == MARK and not high)
