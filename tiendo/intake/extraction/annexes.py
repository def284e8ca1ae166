"""Annexes: which are mentioned, which are there, and the tasks and indicators in their tables."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tiendo.intake.extraction.agencies import Directory
from tiendo.intake.extraction.dates import find_points
from tiendo.intake.extraction.deadlines import parse_due
from tiendo.intake.extraction.document import ANNEX_HEADING
from tiendo.intake.extraction.spelling import one_line
from tiendo.intake.extraction.structure import Item
from tiendo.intake.extraction.tables import Columns, Entry, read_columns, read_entries
from tiendo.intake.extraction.target_cells import parse_target
from tiendo.intake.reading.blocks import Paragraph, SourceDocument, Table

MENTION = re.compile(r"\b(?:phụ|phục|phu)\s+lục(?:\s+(?:số\s+)?0*(?P<label>[IVX]+|\d{1,2})\b)?", re.IGNORECASE)
TASK_WORD = re.compile(r"nhiệm vụ", re.IGNORECASE)


@dataclass
class Annex:
    """One annex: its label as "Phụ lục II", whether it is in the file, and the items that mention it."""

    label: str
    present: bool = False
    mentioned_in: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """The reading contract's form."""
        return {"label": self.label, "present": self.present, "mentioned_in": self.mentioned_in}


@dataclass(frozen=True)
class Assumed:
    """A mention without a label and the annex it was taken to mean."""

    item: str
    quote: str
    label: str | None


def find_annexes(items: Sequence[Item], headings: Iterable[Paragraph]) -> tuple[list[Annex], list[Assumed]]:
    """Annexes in order of first mention; a mention without a label goes to the annex whose own mention it resembles."""
    annexes: dict[str, Annex] = {}
    loose: list[tuple[Item, str]] = []
    for item in items:
        for found in MENTION.finditer(item.text):
            if found["label"]:
                _mention(annexes, f"Phụ lục {found['label']}", item.id)
            else:
                loose.append((item, found[0]))
    for paragraph in headings:
        heading = ANNEX_HEADING.match(paragraph.text.replace("**", "").strip())
        if heading:
            label = f"Phụ lục {heading['label']}" if heading["label"] else "Phụ lục"
            annexes.setdefault(label, Annex(label)).present = True
    assumed = [_assume(annexes, item, quote, items) for item, quote in loose]
    return list(annexes.values()), assumed


def _mention(annexes: dict[str, Annex], label: str, item: str) -> None:
    mentioned = annexes.setdefault(label, Annex(label)).mentioned_in
    if item not in mentioned:
        mentioned.append(item)


def _assume(annexes: dict[str, Annex], item: Item, quote: str, items: Sequence[Item]) -> Assumed:
    label = _likely(annexes, item, {each.id: each.text for each in items})
    if label is None and not annexes:
        label = "Phụ lục"
    if label:
        _mention(annexes, label, item.id)
    return Assumed(item.id, quote, label)


def _likely(annexes: dict[str, Annex], item: Item, texts: dict[str, str]) -> str | None:
    if len(annexes) == 1:
        return next(iter(annexes))
    if not TASK_WORD.search(item.text):
        return None
    of_tasks = [a.label for a in annexes.values() if any(TASK_WORD.search(texts[i]) for i in a.mentioned_in)]
    return of_tasks[0] if len(of_tasks) == 1 else None


def read_tables(
    source: SourceDocument, directory: Directory
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Tasks and indicators of every annex table, in document order, as the reading contract has them."""
    tasks: list[dict[str, object]] = []
    indicators: list[dict[str, object]] = []
    for annex, columns, entries in _annex_entries(source):
        for entry in entries:
            if columns.kind == "task":
                tasks.append(_task(f"{annex}#{len(tasks) + 1}", entry, columns, directory))
            else:
                indicators.append(_indicator(f"{annex}#{len(indicators) + 1}", entry, columns, directory))
    return tasks, indicators


def _annex_entries(source: SourceDocument) -> list[tuple[str, Columns, list[Entry]]]:
    """Each annex table's entries; a table without a header continues the one before it when it is as wide."""
    found: list[tuple[str, Columns, list[Entry]]] = []
    label = "PL"
    for block in source.blocks:
        if isinstance(block, Paragraph):
            heading = ANNEX_HEADING.match(block.text.replace("**", "").strip())
            label = f"PL-{heading['label']}" if heading and heading["label"] else "PL" if heading else label
            continue
        _add_table(found, block, label)
    return found


def _add_table(found: list[tuple[str, Columns, list[Entry]]], table: Table, label: str) -> None:
    columns = read_columns(table)
    last = found[-1] if found else None
    if columns is None and last and max((len(row.cells) for row in table.rows), default=0) == last[1].width:
        entries = last[2]
        above = entries.pop() if entries else None
        group = above.group if above else None
        entries.extend(read_entries(table, last[1], first=0, group=group, above=above))
    elif columns is not None and last and last[0] == label and last[1].at == columns.at and last[2]:
        above = last[2].pop()
        last[2].extend(read_entries(table, columns, first=columns.depth, group=above.group, above=above))
    elif columns is not None:
        found.append((label, columns, list(read_entries(table, columns, first=columns.depth, group=None, above=None))))


def _agencies(text: str, directory: Directory) -> list[dict[str, str | None]]:
    return [mention.as_json() for mention in directory.split(text)]


def _source(entry: Entry) -> dict[str, int | str | None]:
    at = entry.position
    return {"page": at.page, "table": at.table, "row": at.row, "line": at.line, "sheet": at.sheet}


def _given(text: str | None) -> str | None:
    return one_line(text) or None if text else None


def _number(entry: Entry) -> str | None:
    return one_line(entry.cells.get("number", "")).strip(".)(") or None


def _task(identity: str, entry: Entry, columns: Columns, directory: Directory) -> dict[str, object]:
    cells = entry.cells
    due = parse_due(cells.get("due", ""))
    lead = _agencies(cells.get("lead", ""), directory)
    return {
        "id": identity,
        "number": _number(entry),
        "title": _given(cells.get("title")),
        "group": entry.group,
        "lead": lead,
        "coordinating": _agencies(cells.get("coordinating", ""), directory),
        "product": _given(cells.get("product")),
        "due": due.as_json(),
        "source": _source(entry),
        "lacks": _lacks(cells, bool(lead), due.kind == "missing"),
        "note": _given(cells.get("note")),
    }


def _lacks(cells: dict[str, str], led: bool, undated: bool) -> list[str]:
    """Which of the six the row leaves unsaid."""
    missing = {
        "viec": not cells.get("title"),
        "nguoi": not led,
        "thoi_gian": undated,
        "trach_nhiem": not cells.get("head"),
        "san_pham": not cells.get("product"),
        "tham_quyen": not cells.get("authority"),
    }
    return [name for name, lacking in missing.items() if lacking]


def _indicator(identity: str, entry: Entry, columns: Columns, directory: Directory) -> dict[str, object]:
    cells = entry.cells
    horizon = columns.horizon or _horizon(entry.group)
    return {
        "id": identity,
        "number": _number(entry),
        "name": _given(cells.get("name")),
        "unit_text": _given(cells.get("unit_text")),
        "target": parse_target(cells.get("target", "")),
        "horizon": horizon,
        "lead": _agencies(cells.get("lead", ""), directory),
        "source": _source(entry),
        "group": entry.group,
    }


def _horizon(group: str | None) -> str | None:
    """ "Đến năm 2030" as a group row says the year its indicators aim at."""
    points = find_points(group or "")
    return str(points[-1].last.year) if points else None
