"""The parts of a Word package: opened without a network, without entities, and within the memory of a small server."""

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from lxml import etree

from tiendo.plans.spreadsheets.errors import Unreadable

# What the strict form of the format calls the same words.
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# A name as an attribute has it; where letters take two bytes, every full stop before a v counts.
OLD_FONT = re.compile(rb"""["'](?:\.vn|vni[- ])|\0\.\0?v|\.\0v""", re.IGNORECASE)
MAIN_NAME = re.compile(r"word/document\d*\.xml")
# Tags and attributes of one part. A text of five hundred pages has about a million; each takes up to 200 bytes.
MOST_MARKUP = 2_500_000


@dataclass(frozen=True)
class Parts:
    """The trees a reader needs, None where the package has no such part.

    `chunks` says that foreign files are in it, `old_fonts` that an old Vietnamese font is named somewhere.
    """

    document: Any
    styles: Any
    numbering: Any
    chunks: bool
    old_fonts: bool


def too_much() -> str:
    """The sentence for a file of more paragraphs, cells or markup than any real one."""
    return _("Tệp Word có quá nhiều đoạn, ô bảng hoặc định dạng; hãy tách thành nhiều tệp rồi đọc từng tệp.")


def open_parts(data: bytes) -> Parts:
    """The parts of a checked package.

    Raises Unreadable for a part of too much markup; damage raises what zipfile and lxml raise.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        main = _main_name(archive)
        related = _relations(archive, main)
        document, styles = _content(archive, main), _content(archive, related.get("styles"))
        return Parts(
            document=_parsed(document),
            styles=_parsed(styles),
            numbering=_parsed(_content(archive, related.get("numbering"))),
            chunks="aFChunk" in related,
            old_fonts=bool(OLD_FONT.search(document) or OLD_FONT.search(styles)),
        )


def _main_name(archive: zipfile.ZipFile) -> str:
    named = _relations(archive, "").get("officeDocument")
    names = archive.namelist()
    return named if named in names else next(name for name in names if MAIN_NAME.fullmatch(name))


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Last word of a relation's type → the name of the part inside the package. What lies outside is never followed."""
    folder, name = posixpath.split(part)
    tree = _parsed(_content(archive, posixpath.join(folder, "_rels", f"{name}.rels")))
    found: dict[str, str] = {}
    for relation in () if tree is None else tree.iter(RELATION):
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found.setdefault(relation.get("Type", "").rpartition("/")[2], inside)
    return found


def _content(archive: zipfile.ZipFile, name: str | None) -> bytes:
    # Only parts with these endings went through the check of the upload.
    if name is None or not name.lower().endswith((".xml", ".rels")) or name not in archive.namelist():
        return b""
    return archive.read(name).replace(STRICT, USUAL)


def _parsed(content: bytes) -> Any:
    if not content:
        return None
    if content.count(b"<") + content.count(b"=") > MOST_MARKUP:
        raise Unreadable(too_much())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(content, parser)
