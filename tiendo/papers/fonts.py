"""The typeface of printed papers: where it is, and which characters it can show. Reads font files; no Django."""

import struct
from collections.abc import Iterator, Sequence
from functools import lru_cache
from gettext import gettext as _
from pathlib import Path

FAMILY = "Liberation Serif"
FACES = ("Regular", "Bold", "Italic", "BoldItalic")
FOLDERS = (
    Path("/usr/share/fonts/truetype/liberation2"),
    Path("/usr/share/fonts/truetype/liberation"),
    Path("/usr/share/fonts/liberation-serif-fonts"),
    Path("/usr/share/fonts/liberation"),
)
_VIETNAMESE = "ăâđêôơưĂÂĐÊÔƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA)))


class MissingFont(Exception):
    """No folder holds the typeface with every Vietnamese letter."""


def font_folder(folders: Sequence[Path] = FOLDERS) -> Path:
    """Find the first folder whose four faces show every Vietnamese letter.

    Older packages of the same family lack ninety letters and would be mixed silently with another face.
    Raises MissingFont.
    """
    for folder in folders:
        if all((folder / f"LiberationSerif-{face}.ttf").is_file() for face in FACES):
            shown = characters(folder)
            if all(ord(letter) in shown for letter in _VIETNAMESE):
                return folder
    raise MissingFont(
        _("Chưa có phông chữ Liberation Serif đủ chữ tiếng Việt để tạo tệp PDF; hãy cài gói fonts-liberation2.")
    )


@lru_cache(maxsize=8)
def characters(folder: Path) -> frozenset[int]:
    """Code points that all four faces can show."""
    faces = [frozenset(_mapped((folder / f"LiberationSerif-{face}.ttf").read_bytes())) for face in FACES]
    return faces[0].intersection(*faces[1:])


def _mapped(font: bytes) -> Iterator[int]:
    """Read the font's character map (its Unicode table in format 4, which covers the basic plane)."""
    cmap = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", cmap, 2)
    for index in range(count):
        platform, _encoding, offset = struct.unpack_from(">HHL", cmap, 4 + 8 * index)
        if platform in (0, 3) and struct.unpack_from(">H", cmap, offset) == (4,):
            yield from _segments(cmap[offset:])
            return


def _table(font: bytes, tag: bytes) -> bytes:
    (count,) = struct.unpack_from(">H", font, 4)
    for index in range(count):
        name, _checksum, offset, length = struct.unpack_from(">4sLLL", font, 12 + 16 * index)
        if name == tag:
            return font[offset : offset + length]
    return b"\0\0\0\0"


def _segments(table: bytes) -> Iterator[int]:
    """Walk the segments: a code is mapped when its glyph, by delta or by the glyph array, is not 0."""
    size = struct.unpack_from(">H", table, 6)[0] // 2
    ends = struct.unpack_from(f">{size}H", table, 14)
    starts, deltas, ranges = (struct.unpack_from(f">{size}H", table, 16 + 2 * size * part) for part in (1, 2, 3))
    for index, (start, end, delta, distance) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for code in range(start, end + 1):
            glyph = code
            if distance:
                place = 16 + 6 * size + 2 * index + distance + 2 * (code - start)
                (glyph,) = struct.unpack_from(">H", table, place)
            if glyph and (glyph + delta) & 0xFFFF and code != 0xFFFF:
                yield code
