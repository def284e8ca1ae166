"""PDF files for tests: typeset ones in Vietnamese, bare ones written by hand for what few programs write."""

import hashlib
import os
import tempfile
import zlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import typst

from tiendo.papers.fonts import FAMILY, font_folder

PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


@lru_cache(maxsize=32)
def typeset(body: str, page: str = 'paper: "a4", margin: 2cm', size: str = "13pt") -> bytes:
    """A page of typst source as PDF, words never hyphenated."""
    head = f'#set page({page})\n#set text(font: "{FAMILY}", size: {size}, lang: "vi", hyphenate: false)\n'
    handle, name = tempfile.mkstemp(suffix=".typ")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(head + body)
        return bytes(typst.compile(name, font_paths=[str(font_folder())], ignore_system_fonts=True))
    finally:
        Path(name).unlink()


def text(value: str) -> str:
    """Plain text as typst source."""
    return "".join(f"\\{sign}" if sign in "#*_$@<>[]\\/-=+~`" else sign for sign in value).replace("\n", " \\\n")


def table(rows: Sequence[Sequence[str]], columns: str, extra: str = "", header: bool = False) -> str:
    """A ruled typst table; a cell that begins with `table.` stands as it is."""
    lines = ["".join((cell if cell.startswith("table.") else f"[{text(cell)}]") + ", " for cell in row) for row in rows]
    if header:
        lines[0] = f"table.header({lines[0]}),"
    return f"#table(columns: {columns}, {extra}\n" + "\n".join(lines) + ")\n"


def show(x: float, y: float, words: str, size: float = 12, font: str = "F1") -> str:
    """One piece of text in a content stream, at a point from the lower left corner."""
    escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n"


FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def bare(
    *contents: str | bytes,
    page: str = "/MediaBox [0 0 595 842]",
    font: str = FONT,
    more: Sequence[bytes] = (),
    resources: str = "",
    password: str | None = None,
) -> bytes:
    """A PDF with one page for each content stream; objects of `more` follow from number 1000 on.

    `password` encrypts it (RC4, 40 bits) for that user; the empty one leaves only an owner's password.
    """
    kids = " ".join(f"{10 + 2 * at} 0 R" for at in range(len(contents)))
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {len(contents)} /Kids [{kids}] >>".encode(),
        3: font.encode(),
    }
    for at, content in enumerate(contents):
        number = 10 + 2 * at
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R {page} /Contents {number + 1} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> {resources} >> >>"
        ).encode()
        objects[number + 1] = stream(content.encode("latin-1") if isinstance(content, str) else content)
    objects.update({1000 + at: each for at, each in enumerate(more)})
    return _file(objects, password)


def stream(data: bytes, entries: str = "") -> bytes:
    """A stream object, packed."""
    packed = zlib.compress(data, 9)
    return f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>\nstream\n".encode() + packed + b"\nendstream"


def _file(objects: dict[int, bytes], password: str | None) -> bytes:
    trailer = b"/Root 1 0 R"
    if password is not None:
        objects, locked = _locked(objects, password.encode())
        trailer += b" /ID [<" + b"00" * 16 + b"> <" + b"00" * 16 + b">] /Encrypt " + locked
    out, places = b"%PDF-1.4\n", {}
    for number, content in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table_at, top = len(out), max(objects) + 1
    out += f"xref\n0 {top}\n0000000000 65535 f \n".encode()
    for number in range(1, top):
        out += f"{places[number]:010d} 00000 n \n".encode() if number in places else b"0000000000 00001 f \n"
    return out + f"trailer\n<< /Size {top} ".encode() + trailer + f" >>\nstartxref\n{table_at}\n%%EOF\n".encode()


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _locked(objects: dict[int, bytes], user: bytes) -> tuple[dict[int, bytes], bytes]:
    owner = _rc4(_md5((b"owner" + PAD)[:32])[:5], (user + PAD)[:32])
    key = _md5((user + PAD)[:32] + owner + (0xFFFFFFFC).to_bytes(4, "little") + bytes(16))[:5]
    locked = {}
    for number, content in objects.items():
        head, mark, rest = content.partition(b"stream\n")
        if mark:
            own = _md5(key + number.to_bytes(3, "little") + b"\0\0")[:10]
            data, end, _ = rest.rpartition(b"\nendstream")
            content = head + mark + _rc4(own, data) + end
        locked[number] = content
    entry = f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{owner.hex()}> /U <{_rc4(key, PAD).hex()}> >>"
    return locked, entry.encode()
