"""One reading of one file, in the form of the reading contract. Deterministic: the same bytes give the same result."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tiendo.intake.extraction import notes as remarks
from tiendo.intake.extraction.agencies import Directory, Mention, built_in_directory
from tiendo.intake.extraction.annex_rows import rows_of
from tiendo.intake.extraction.annexes import find_annexes
from tiendo.intake.extraction.deadlines import Due
from tiendo.intake.extraction.document import Zones, cut
from tiendo.intake.extraction.duties import coordinating, subjects
from tiendo.intake.extraction.facts import Facts, read_facts
from tiendo.intake.extraction.horizons import horizons
from tiendo.intake.extraction.prose_deadlines import Found, find_deadlines
from tiendo.intake.extraction.references import Passage, Reference, find_references
from tiendo.intake.extraction.repairs import propose_repairs
from tiendo.intake.extraction.structure import Item, Section, Tree, read_tree
from tiendo.intake.extraction.tables import find_tables
from tiendo.intake.extraction.targets import find_targets
from tiendo.intake.reading import SourceDocument, read_blocks
from tiendo.intake.reading.blocks import Position
from tiendo.plans.spreadsheets.progress import Progress, ignore

LONGEST_SENTENCE = 5_000
TIMELY = re.compile(r"\d|hằng|hàng|mỗi|định kỳ|năm|quý|tháng|tuần|ngày", re.IGNORECASE)  # else no time, no amount
Said = list[tuple[str, tuple[Found, ...]]]
SCHEMA = "tiendo.reading/1"
TEXTS = frozenset({"txt", "md"})  # formats with physical lines
WORDED = ("title", "product", "note")  # what a task row says in words
SHEETS = frozenset({"xlsx", "xls", "csv"})


def read_document(
    data: bytes, name: str, directory: Directory | None = None, progress: Progress = ignore
) -> dict[str, Any]:
    """Read a file and say what it holds, as plain data ready for JSON.

    Raises intake.reading.Unreadable with one Vietnamese sentence when the file cannot be read.
    """
    return interpret(read_blocks(data, name, progress), directory or built_in_directory())


def first_line(lines: Any) -> int:
    """The first line (or block) of a position as the reading contract writes it."""
    return int(lines["block"] if isinstance(lines, dict) else lines[0])


def interpret(source: SourceDocument, directory: Directory) -> dict[str, Any]:
    """The meaning of blocks already read, with `directory` for the names of agencies."""
    tables = find_tables(source)
    zones = cut(tables.outside)
    facts, tree = read_facts(zones.head, zones.foot), read_tree(zones.body)
    annexes, assumed = find_annexes(tree.items, zones.annexes)
    tasks, indicators = rows_of(tables.found, directory, facts.issued_on)
    references = find_references([*_passages(zones, tree), *_cells(tasks)])
    repairs = propose_repairs(_repairable(zones, tree, tasks), tree.items, references)
    places, aims = _Places(source), horizons(tree)
    said = {item.id: _said(item, facts.issued_on) for item in tree.items}
    notes = [
        *(remarks.Note("warning", "document", sentence) for sentence in source.remarks),
        *([remarks.annex_only_note()] if zones.annex_only else remarks.facts_notes(facts)),
        *remarks.annex_notes(annexes, assumed),
        *remarks.reference_notes(references),
        *remarks.row_notes(tasks),
        *remarks.doubt_notes((*tasks, *indicators)),
        *remarks.table_notes(tables),
        *remarks.emptiness_notes(len(tree.items), len(tasks), len(indicators)),
    ]
    return {
        "schema": SCHEMA,
        "file": _file(source),
        "document": _document(facts),
        "sections": [_section(section, places) for section in tree.sections],
        "items": [_item(item, places, directory) for item in tree.items],
        "tasks": tasks,
        "indicators": indicators,
        "targets": [
            target
            for item in tree.items
            for target in _targets(item, said[item.id], aims.get(item.id), facts.issued_on)
        ],
        "deadlines": [deadline for item in tree.items for deadline in _deadlines(item, said[item.id], directory)],
        "references": [_reference(reference) for reference in references],
        "annexes": [annex.as_json() for annex in annexes],
        "repairs": [repair.as_json() for repair in repairs],
        "notes": [note.as_json() for note in notes],
    }


def _file(source: SourceDocument) -> dict[str, Any]:
    """`encoding` names the old encoding that the letters were repaired from; null for Unicode.

    `recognised` are the pages whose letters a machine told from a picture.
    """
    return {
        "name": source.name,
        "sha256": source.sha256,
        "format": source.format,
        "pages": source.pages,
        "encoding": source.encoding,
        "recognised": list(source.recognised),
    }


def _document(facts: Facts) -> dict[str, Any]:
    return {
        "kind": facts.kind,
        "symbol": facts.symbol,
        "number": facts.number,
        "issuer": facts.issuer,
        "place": facts.place,
        "issued_on": facts.issued_on.isoformat() if facts.issued_on else None,
        "title": facts.title,
        "signer": {"capacity": facts.capacity, "name": facts.signer},
        "recipients": list(facts.recipients),
    }


class _Places:
    """Positions as the reading contract writes them, by the form of the file."""

    def __init__(self, source: SourceDocument) -> None:
        self._format = source.format
        self._at = source.places()

    def of(self, first: int, last: int) -> Any:
        """Physical lines of a text, the row of a sheet, otherwise the block and, where the format has pages, its page.

        `block` and `last_block` count the printed lines in every format but text.
        """
        if self._format in TEXTS:
            return [first, last]
        at = self._at.get(first, Position(first))
        blocks = {"block": first, "last_block": last}
        return {"sheet": at.sheet, "row": at.row, **blocks} if self._format in SHEETS else {"page": at.page, **blocks}


def _section(section: Section, places: _Places) -> dict[str, Any]:
    return {
        "id": section.id,
        "level": section.level,
        "number": section.number,
        "title": section.title,
        "lines": places.of(section.first, section.last),
    }


def _item(item: Item, places: _Places, directory: Directory) -> dict[str, Any]:
    return {
        "id": item.id,
        "section": item.section,
        "kind": item.kind,
        "text": item.text,
        "lines": places.of(item.element.first, item.element.last),
        "sentences": [{"id": f"{item.id}:{n}", "text": text} for n, text in enumerate(item.sentences, 1)],
        "agencies": _roles(item.text, directory),
    }


def _roles(text: str, directory: Directory) -> dict[str, list[dict[str, str | None]]]:
    """Agencies of a passage by the part it gives them: lead, coordinating, or merely mentioned."""
    found = directory.find(text)
    leads, partners = set(subjects(text, found)), set(coordinating(text, found))
    roles: dict[str, list[dict[str, str | None]]] = {"lead": [], "coordinating": [], "mentioned": []}
    for mention in found:
        role = "lead" if mention in leads else "coordinating" if mention in partners else "mentioned"
        roles[role].append(mention.as_json())
    return roles


def _said(item: Item, issued_on: date | None) -> Said:
    """Sentences of a length people write, each with its deadlines; a longer run of characters says nothing."""
    sentences = [sentence for sentence in item.sentences if len(sentence) <= LONGEST_SENTENCE]
    return [(each, find_deadlines(each, issued_on) if TIMELY.search(each) else ()) for each in sentences]


def _targets(item: Item, said: Said, aim: Due | None, issued_on: date | None) -> Iterator[dict[str, Any]]:
    """Targets of a passage; one without a deadline of its own has that of the heading above (`aim`)."""
    for sentence, deadlines in said:
        for target in find_targets(sentence, deadlines, issued_on) if TIMELY.search(sentence) else ():
            yield {
                "item": item.id,
                "quote": target.quote,
                "measure": target.measure,
                "amount": target.amount,
                "comparator": target.comparator,
                "value": target.value,
                "value_to": target.value_to,
                "unit": target.unit,
                "firm": target.firm,
                "due": due.as_json() if (due := target.due or aim) else None,
            }


def _deadlines(item: Item, said: Said, directory: Directory) -> Iterator[dict[str, Any]]:
    for sentence, deadlines in said:
        for found in deadlines:
            binds = [mention.as_json() for mention in _bound(sentence, directory)]
            quote = sentence[found.start : found.end]
            yield {"item": item.id, "quote": quote, "due": found.due.as_json(), "binds": binds}


def _bound(sentence: str, directory: Directory) -> Sequence[Mention]:
    return subjects(sentence, directory.find(sentence))


def _passages(zones: Zones, tree: Tree) -> Iterator[Passage]:
    for paragraph in zones.head:
        if not paragraph.text.lower().startswith("số"):
            yield Passage(None, paragraph.text, ((0, paragraph.position.line),))
    for section in tree.sections:
        yield Passage(section.id, section.title, ((0, section.first),))
    for item in tree.items:
        yield Passage(item.id, item.text, tuple(item.element.parts))


def _cells(tasks: Sequence[Mapping[str, Any]]) -> Iterator[Passage]:
    """Texts of task rows, in which documents may be cited too."""
    for task in tasks:
        for name in WORDED:
            if task[name]:
                yield Passage.of(task["id"], task[name], task["source"]["line"])


def _repairable(zones: Zones, tree: Tree, tasks: Sequence[Mapping[str, Any]]) -> list[tuple[str | None, str]]:
    head: list[tuple[str | None, str]] = [(None, paragraph.text) for paragraph in zones.head]
    titles = [(section.id, section.title) for section in tree.sections]
    rows = [(task["id"], task[name]) for task in tasks for name in WORDED if task[name]]
    return [*head, *titles, *((item.id, item.text) for item in tree.items), *rows]


def _reference(reference: Reference) -> dict[str, Any]:
    return {
        "number": reference.number,
        "kind": reference.kind,
        "issued_on": reference.issued_on.isoformat() if reference.issued_on else None,
        "issuer": reference.issuer,
        "mentions": [{"item": cited.item, "line": cited.line, "quote": cited.quote} for cited in reference.mentions],
    }
