"""The expected reading of a document: what its source says in marks, in the form of the reading contract."""

import re
from collections.abc import Iterator
from typing import Any

from tests.documents.making.model import AGENCY, HORIZON, Document, Line, Table

NOTE = re.compile(r"~[^~]*~")
MARK = re.compile(r"^[andp]:")
GROUP_NUMBER = re.compile(r"^[IVXLC]+[.)]\s+")
EMPTY_FACTS: dict[str, Any] = {
    "kind": None, "symbol": None, "number": None, "issuer": None, "place": None, "issued_on": None, "title": None,
    "signer": {"capacity": None, "name": None}, "recipients": [],
}  # fmt: skip


def expected(document: Document) -> dict[str, Any]:
    """Everything that is judged, ready for JSON."""
    rows = list(_rows(document))
    return {
        "document": {**EMPTY_FACTS, **document.facts},
        "tasks": [entry for kind, entry in rows if kind == "tasks"],
        "indicators": [entry for kind, entry in rows if kind == "indicators"],
        "targets": [_prose_target(text) for text in document.targets],
        "deadlines": [_prose_deadline(text) for text in document.deadlines],
        "references": list(document.references),
        "annexes": [_annex(text) for text in document.annexes],
    }


def due(meaning: str, raw: str = "") -> dict[str, Any]:
    """`recurring FREQ=YEARLY until 2030-12-31` and the like, spelled out."""
    words = meaning.split()
    found: dict[str, Any] = {"raw": raw, "kind": words[0] if words else "missing"}
    found.update({"on": None, "from": None, "rrule": None, "before": "before" in words})
    for word in words[1:]:
        if word.startswith("FREQ"):
            found["rrule"] = word
        elif word.startswith("from:"):
            found["from"] = word.removeprefix("from:")
        elif ".." in word:
            found["from"], found["on"] = word.split("..")
        elif word != "before":
            found["on"] = word
    return found


def _rows(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each row of each annex table pieced together from its lines."""
    group: str | None = None
    horizon: str | None = None
    for table in document.parts:
        if not isinstance(table, Table) or not table.kind:
            continue
        if not table.continues:
            group = horizon = None
        pieces: list[list[str]] = []
        for line in [*table.lines(), None]:
            if line and line.kind == "+":
                _continue(pieces, line)
                continue
            if line and line.kind == "!":
                continue
            tail = line if line and line.kind == "?" else None
            if tail:
                _continue(pieces, Line("+", ("", "", *tail.cells[2:])))
            if pieces:
                yield table.kind, _entry(table, pieces, group, horizon)
            last, pieces = (pieces, []) if line else ([], [])
            if line and line.kind in {"#", "=", "?"}:
                group, horizon = _group(line)
            elif line:
                pieces = [[_above(cell, last, column) for column, cell in enumerate(line.cells)]]


def _above(cell: str, last: list[list[str]], column: int) -> str:
    """A cell merged with the one above says what that one says."""
    return last[0][column] if cell == "^" and last else cell


def _continue(pieces: list[list[str]], line: Line) -> None:
    pieces[0] = [
        above if cell in {"", "^"} else f"{above} {cell}".strip()
        for above, cell in zip(pieces[0], line.cells, strict=True)
    ]


def _group(line: Line) -> tuple[str, str | None]:
    title = GROUP_NUMBER.sub("", line.cells[0]) if line.kind == "=" else line.cells[1]
    found = HORIZON.search(title)
    return _words(HORIZON.sub("", title)) or "", found[1] if found else None


def _entry(table: Table, pieces: list[list[str]], group: str | None, horizon: str | None) -> dict[str, Any]:
    cells: dict[str, str] = {}
    for role, cell in zip(table.roles.split(), pieces[0], strict=True):
        cells[role] = cell
    number = (_words(cells.get("number", "")) or "").strip(".)( ") or None
    if table.kind == "tasks":
        return {
            "number": number,
            "title": _words(cells["title"]),
            "group": group,
            "lead": agencies(cells.get("lead", ""))[0],
            "coordinating": agencies(cells.get("lead", ""))[1] + agencies(cells.get("coordinating", ""))[0],
            "product": _words(cells.get("product", "")),
            "due": due(*_meaning(cells.get("due", ""))),
        }
    return {
        "number": number,
        "name": _words(cells["name"]),
        "unit_text": _words(cells.get("unit_text", "")),
        "target": {"parts": list(_parts(_meaning(cells.get("target", ""))[0]))},
        "horizon": _words(cells.get("due", "")) or table.horizon or horizon,
        "lead": agencies(cells.get("lead", ""))[0],
    }


def _words(cell: str) -> str | None:
    """The printed words on one line, without footnote marks."""
    text = MARK.sub("", NOTE.sub("", cell.split(">>")[0].strip()).replace("⏎", " "))
    return " ".join(text.split()) or None


def _meaning(cell: str) -> tuple[str, str]:
    """What stands after the arrows; the raw words before it. Text without arrows would be a hole in the truth."""
    raw, arrow, meaning = cell.partition(">>")
    if raw.strip() and not arrow:
        raise ValueError(f"nothing says what {raw!r} means")
    return meaning.strip(), _words(raw) or ""


Agencies = list[dict[str, str | None]]


def agencies(cell: str) -> tuple[Agencies, Agencies]:
    """Every agency marked in a cell, in order: those of the column, and those marked `+` as coordinating."""
    plain = NOTE.sub("", cell.replace("⏎", " "))
    if plain.strip() and not AGENCY.search(plain):
        raise ValueError(f"no agency is marked in {cell!r}")
    found: tuple[Agencies, Agencies] = ([], [])
    for text, code in AGENCY.findall(plain):
        unit = code.removesuffix("+")
        found[code.endswith("+")].append({"text": " ".join(text.split()), "unit": None if unit == "?" else unit})
    return found


def _parts(meaning: str) -> Iterator[dict[str, str | None]]:
    """`<= 3 (Đông Nam Á) & <= 50 (Thế giới)`; `words` alone means a target without a number."""
    for piece in meaning.split("&"):
        words = piece.split("(")[0].split()
        if not words or words == ["words"]:
            continue
        comparator, value, *to = words
        basis = piece.partition("(")[2].rstrip(") ") or None
        yield {"comparator": comparator, "value": value, "value_to": to[0] if to else None, "basis": basis}


def _prose_target(text: str) -> dict[str, Any]:
    """`quote | comparator value [to] unit | firm or hoped | day`; a worded target has `words` for its amount."""
    quote, amount, firm, on = (part.strip() for part in text.split("|"))
    words = amount.split()
    comparator, value, value_to, unit = None, None, None, None
    if words != ["words"]:
        comparator, value, *rest = words
        value_to = rest.pop(0) if comparator in {"range", "growth"} and rest and rest[0][0].isdigit() else None
        unit = " ".join(rest) or None
    return {
        "quote": quote, "comparator": comparator, "value": value, "value_to": value_to, "unit": unit,
        "firm": firm == "firm", "on": on or None,
    }  # fmt: skip


def _prose_deadline(text: str) -> dict[str, Any]:
    quote, meaning = (part.strip() for part in text.split(">>"))
    return {"quote": quote, "due": due(meaning, quote)}


def _annex(text: str) -> dict[str, Any]:
    label, _, state = text.partition("=")
    return {"label": label.strip(), "present": state.strip() == "present"}
