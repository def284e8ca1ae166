"""Excel workbooks part by part, streamed: what each cell shows, what is merged or hidden, and what cannot be told.

Nothing is evaluated: a formula gives the value that was saved with it, or nothing. Formulas, links and macros of the
file are never followed. Libraries that lay out every cell that a sheet claims need gigabytes for a hostile one, and
those that are quick drop number formats and do not tell a formula without a value from a blank cell.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import Any

from lxml import etree

from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.plans.spreadsheets.grid import Budget, Grid, Span, address
from tiendo.plans.spreadsheets.number_formats import BUILT_IN, shown_number
from tiendo.plans.spreadsheets.progress import Progress
from tiendo.plans.spreadsheets.serial_dates import shown_iso
from tiendo.plans.spreadsheets.workbook import SheetFacts, Workbook

REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
MOST_STRINGS = 400_000
MOST_STYLES = 100_000
SMALL_PART = 8 * 1024 * 1024


@dataclass
class _Book:
    """What the cells of every sheet refer to."""

    strings: list[str]
    formats: list[str]
    from_1904: bool
    recalculated: bool
    budget: Budget = field(default_factory=Budget)


def open_xlsx(data: bytes, progress: Progress) -> Workbook:
    """Read every worksheet. Raises Unreadable when Excel itself could not open the file, or it is too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive, progress)
    except (zipfile.BadZipFile, zlib.error, etree.LxmlError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise Unreadable(_("Tệp Excel bị hỏng, không mở được; hãy mở bằng Excel, lưu lại rồi thử lại.")) from error


def _read(archive: zipfile.ZipFile, progress: Progress) -> Workbook:
    names = {name.lower(): name for name in archive.namelist()}
    parts = _Parts(archive, names)
    main = _of_type(parts.targets(""), "/officeDocument")
    root = parts.tree(main)
    if root is None:
        raise ValueError("no workbook part")
    targets = parts.targets(main)
    settings, calculation = root.find("{*}workbookPr"), root.find("{*}calcPr")
    book = _Book(
        strings=list(_strings(parts, _of_type(targets, "/sharedStrings"))),
        formats=_formats(parts, _of_type(targets, "/styles")),
        from_1904=_is_on(settings, "date1904"),
        recalculated=_is_on(calculation, "fullCalcOnLoad"),
    )
    sheets: list[SheetFacts] = []
    listed = list(root.iterfind("{*}sheets/{*}sheet"))
    for at, node in enumerate(listed, 1):
        kind, target = targets.get(_relation(node), ("", ""))
        if kind.endswith("/worksheet"):
            sheets.append(_sheet(parts, target, node, book))
        progress(at / len(listed))
    return Workbook(tuple(sheets), linked=any(kind.endswith("/externalLink") for kind, _target in targets.values()))


@dataclass(frozen=True)
class _Parts:
    """The members of the package by name, whatever the case they were written in."""

    archive: zipfile.ZipFile
    names: dict[str, str]

    def open(self, name: str) -> Any:
        """The member's stream, or None when the file has no such part."""
        found = self.names.get(name.lower())
        return None if found is None else self.archive.open(found)

    def tree(self, name: str) -> Any:
        """The whole part as a tree; for the small ones."""
        stream = self.open(name)
        return None if stream is None else etree.fromstring(stream.read(SMALL_PART), _parser())

    def targets(self, name: str) -> dict[str, tuple[str, str]]:
        """Relation id → (type, part) of a part; parts outside the file keep their type only."""
        folder, base = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for node in () if root is None else root:
            target = node.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            outside = node.get("TargetMode") == "External"
            found[node.get("Id", "")] = (node.get("Type", ""), "" if outside else whole)
        return found


def _parser() -> Any:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _stream(stream: Any, tags: tuple[str, ...], events: tuple[str, ...] = ("end",)) -> Iterator[tuple[str, str, Any]]:
    """(event, local tag, element) for each wanted element, freeing what was read."""
    wanted = tuple(f"{{*}}{tag}" for tag in tags)
    for event, node in etree.iterparse(
        stream, events=events, tag=wanted, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    ):
        yield event, _local(node.tag), node
        if event == "end":
            node.clear()
            while node.getprevious() is not None:
                del node.getparent()[0]


def _local(tag: str) -> str:
    """The tag without its namespace, of which there are two, old and strict."""
    return tag.rpartition("}")[2]


def _of_type(targets: dict[str, tuple[str, str]], ending: str) -> str:
    return next((target for kind, target in targets.values() if kind.endswith(ending)), "")


def _relation(node: Any) -> str:
    return next((value for name, value in node.attrib.items() if name.endswith("}id")), "")


def _is_on(node: Any, name: str) -> bool:
    return node is not None and node.get(name, "0") in {"1", "true"}


def _strings(parts: _Parts, name: str) -> Iterator[str]:
    stream = parts.open(name)
    if stream is None:
        return
    for at, (_event, _tag, node) in enumerate(_stream(stream, ("si",))):
        if at >= MOST_STRINGS:
            Budget(cells=0).spend("")
        yield _rich(node)


def _rich(node: Any) -> str:
    """The text of a string, its runs put together; how it sounds (in some languages kept beside it) is left out."""
    return _unescaped("".join(text.text or "" for path in ("{*}t", "{*}r/{*}t") for text in node.iterfind(path)))


def _unescaped(text: str) -> str:
    """Excel writes what XML cannot hold as _x000D_."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _formats(parts: _Parts, name: str) -> list[str]:
    """The number format of each cell style, by its place."""
    own, ids = dict[str, str](), list[str]()
    stream = parts.open(name)
    for _event, tag, node in () if stream is None else _stream(stream, ("numFmt", "xf")):
        if len(own) + len(ids) > MOST_STYLES:
            break
        if tag == "numFmt":
            own[node.get("numFmtId", "")] = node.get("formatCode", "")
        elif _local(node.getparent().tag) == "cellXfs":
            ids.append(node.get("numFmtId", "0"))
    return [own.get(each) or BUILT_IN.get(int(each) if each.isdecimal() else 0, "") for each in ids]


def _sheet(parts: _Parts, target: str, node: Any, book: _Book) -> SheetFacts:
    facts = SheetFacts(Grid(node.get("name", "")), hidden=node.get("state", "visible") != "visible")
    stream = parts.open(target)
    if stream is None:
        raise ValueError("a sheet without its part")
    walk = _Walk(facts, book)
    for event, tag, each in _stream(stream, ("row", "c", "col", "mergeCell"), ("start", "end")):
        if event == "start" and tag == "row":
            walk.row(each)
        elif event == "end" and tag == "c":
            walk.cell(each)
        elif event == "end" and tag == "col" and _is_on(each, "hidden"):
            walk.hide_columns(each)
        elif event == "end" and tag == "mergeCell":
            walk.merge(each.get("ref", ""))
    return facts


@dataclass
class _Walk:
    """One pass through the cells of a sheet; a cell without an address stands right of the one before it."""

    facts: SheetFacts
    book: _Book
    number: int = 0
    column: int = 0

    def row(self, node: Any) -> None:
        self.book.budget.look()
        written = node.get("r", "")
        self.number = int(written) if written.isdecimal() else self.number + 1
        self.column = 0
        if _is_on(node, "hidden"):
            self.facts.hidden_rows.append(self.number)

    def cell(self, node: Any) -> None:
        place = position_of(node.get("r", ""))
        row, self.column = place or (self.number, self.column + 1)
        text = self._shown(node, address(row, self.column))
        self.facts.grid.put(row, self.column, text, self.book.budget)

    def _shown(self, node: Any, name: str) -> str:
        kind, parts = node.get("t", "n"), {_local(child.tag): child for child in node if isinstance(child.tag, str)}
        if kind == "inlineStr":
            return _rich(parts["is"]) if "is" in parts else ""
        raw = parts["v"].text or "" if "v" in parts else None
        if "f" in parts and (raw is None or (self.book.recalculated and raw in {"0", ""})):
            self.facts.uncomputed.append(name)
            return ""
        if kind == "e" and raw:
            self.facts.errors.append(name)
            return ""
        return self._text(kind, raw or "", node.get("s", "0"))

    def _text(self, kind: str, raw: str, style: str) -> str:
        if not raw:
            return ""
        if kind == "s":
            at = int(raw)
            return self.book.strings[at] if 0 <= at < len(self.book.strings) else ""
        if kind == "str":
            return _unescaped(raw)
        if kind == "b":
            return "TRUE" if raw.strip() in {"1", "true"} else "FALSE"
        if kind == "d":
            return shown_iso(raw)
        formats = self.book.formats
        code = formats[int(style)] if style.isdecimal() and int(style) < len(formats) else ""
        return shown_number(raw, code, from_1904=self.book.from_1904)

    def hide_columns(self, node: Any) -> None:
        first, last = node.get("min", ""), node.get("max", "")
        if first.isdecimal() and last.isdecimal():
            self.facts.hide_columns(int(first), int(last))

    def merge(self, reference: str) -> None:
        ends = [position_of(end) for end in reference.split(":")]
        if len(ends) == 2 and ends[0] and ends[1]:
            self.facts.grid.span(Span(*ends[0], *ends[1]))


def position_of(reference: str) -> tuple[int, int] | None:
    """F12 → (12, 6): row and column from 1; None for anything else."""
    found = REFERENCE.match(reference)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column
