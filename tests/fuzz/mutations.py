"""Damage to files, the same for the same seed. Half of it keeps the form of the file whole (a part of a zip with other
elements, a block of a binary file with other bytes of the same length), so that it reaches deep into the readers."""

import io
import random
import zipfile
from collections.abc import Callable

from lxml import etree

LONGEST_CUT = 400
NUMBERS = ("0", "-1", "1", "3", "65536", "999999999", "99999999999999999999", "1e308", "0x7f", "", "NaN")
WORDS = (
    "",
    " ",
    "TT",
    "Phụ lục I",
    "1.",
    "I",
    "31/02/2026",
    "Quý IV/",
    "≥ ; ≤",
    "\u00a0",
    "a" * 5000,
    "(",
    "Sở",
    "\u0301",
)
SCRAPS = (
    b"\x00", b"\xff\xfe", b"<", b">", b"</w:tbl>", b"<table><tr><td>", b"<w:p>", b"</w:tc>", b"|", b";", b'"', b"\r",
    b"\n", b"&#0;", b"&amp;", b"\xe1\xbb", b"stream\n", b"endobj", b"[0 0 R]", b"Qu\xc3\xbd IV/", b"31/02/2026",
    b"\t\t\t\t\t\t\t\t", b"<td rowspan=99999 colspan=99999>", b"| --- |",
)  # fmt: skip
TELLING = (
    "document.xml",
    "sheet1.xml",
    "sheet2.xml",
    "sharedStrings.xml",
    "workbook.xml",
    "styles.xml",
    "numbering.xml",
)
BINARY = (b"\xd0\xcf\x11\xe0", b"%PDF-")
Way = Callable[[bytes, random.Random], bytes]


def mutated(data: bytes, seed: int) -> bytes:
    """One to four pieces of damage to a copy of the file."""
    chance = random.Random(seed)
    if data.startswith(b"PK") and chance.random() < 0.9:
        return _inside(data, chance)
    ways = STEADY if data.startswith(BINARY) and chance.random() < 0.8 else WAYS
    return _damaged(data, chance, ways)


def _damaged(data: bytes, chance: random.Random, ways: tuple[Way, ...]) -> bytes:
    for _time in range(chance.randint(1, 4)):
        data = chance.choice(ways)(data, chance)
    return data


def _inside(data: bytes, chance: random.Random) -> bytes:
    """The same archive with one part damaged, the archive itself whole. Parts that hold the text come first."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {member.filename: archive.read(member) for member in archive.infolist()}
    telling = [name for name in parts if name.endswith(TELLING)]
    name = chance.choice(telling if chance.random() < 0.85 else sorted(parts))
    if name.endswith((".xml", ".rels")) and chance.random() < 0.85:
        parts[name] = _rearranged(parts[name], chance)
    else:
        parts[name] = _damaged(parts[name], chance, WAYS)
    if chance.random() < 0.05:
        del parts[name]
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    return kept.getvalue()


def _rearranged(data: bytes, chance: random.Random) -> bytes:
    """Well-formed still: elements taken out, put twice or elsewhere, other values, other words."""
    root = etree.fromstring(data)
    for _time in range(chance.randint(1, 6)):
        element = chance.choice([each for each in root.iter() if isinstance(each.tag, str)])
        if element is root:
            continue
        _rearrange(element, root, chance)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _rearrange(element: etree._Element, root: etree._Element, chance: random.Random) -> None:
    parent, way = element.getparent(), chance.randrange(6)
    if way == 0:
        parent.remove(element)
    elif way == 1:
        parent.insert(chance.randrange(len(parent) + 1), etree.fromstring(etree.tostring(element)))
    elif way == 2 and element.attrib:
        element.set(chance.choice(sorted(element.attrib)), chance.choice(NUMBERS))
    elif way == 3 and element.attrib:
        del element.attrib[chance.choice(sorted(element.attrib))]
    elif way == 4:
        element.text = chance.choice((*WORDS, *NUMBERS))
    else:
        other = chance.choice([each for each in root.iter() if isinstance(each.tag, str)])
        other.append(etree.fromstring(etree.tostring(element)))


def _at(data: bytes, chance: random.Random) -> int:
    return chance.randrange(len(data) + 1)


def _flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data)) if data else 0
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _zero(data: bytes, chance: random.Random) -> bytes:
    at, length = _at(data, chance), chance.choice((1, 2, 4, 8, 64))
    gone = data[at : at + length]
    return data[:at] + bytes([chance.choice((0, 255))]) * len(gone) + data[at + len(gone) :]


def _swap(data: bytes, chance: random.Random) -> bytes:
    """One stretch copied over another."""
    to, source, length = _at(data, chance), _at(data, chance), chance.choice((2, 8, 32, 128))
    piece = data[source : source + length][: len(data) - to]
    return data[:to] + piece + data[to + len(piece) :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    at = _at(data, chance)
    return data[:at] + data[at + chance.randint(1, LONGEST_CUT) :]


def _end(data: bytes, chance: random.Random) -> bytes:
    return data[: _at(data, chance)]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = _at(data, chance)
    return data[:at] + chance.choice(SCRAPS) * chance.choice((1, 1, 1, 3, 50)) + data[at:]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    at = _at(data, chance)
    piece = data[at : at + chance.randint(1, LONGEST_CUT)]
    return data[:at] + piece * chance.choice((2, 3, 20)) + data[at:]


def _number(data: bytes, chance: random.Random) -> bytes:
    """Another number where one stands: sizes, spans and offsets are what hurts."""
    at = _at(data, chance)
    while at < len(data) and not data[at : at + 1].isdigit():
        at += 1
    end = at
    while end < len(data) and data[end : end + 1].isdigit():
        end += 1
    return data[:at] + chance.choice(NUMBERS).encode() + data[end:]


STEADY: tuple[Way, ...] = (_flip, _flip, _zero, _swap)
WAYS: tuple[Way, ...] = (_flip, _zero, _swap, _cut, _end, _insert, _insert, _repeat, _number, _number)
