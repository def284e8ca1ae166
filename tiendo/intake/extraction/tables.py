"""Which table is a task table or an indicator table, by the words of its header; and its rows, pieced together."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tiendo.intake.extraction.headers import INDICATOR_KEYS, TASK_KEYS
from tiendo.intake.extraction.spelling import one_line, phrase_key
from tiendo.intake.reading.blocks import Position, Row, Table

YEAR_TARGET = re.compile(r"^(?:mục tiêu |kế hoạch |chỉ tiêu )?(?:đến )?(?:năm )?(20\d\d)$", re.IGNORECASE)
GROUP_NUMBER = re.compile(r"^(?:[IVXLC]+|[A-H])[.)]?$")
COUNTED = re.compile(r"^\(?\d{1,2}\)?$")
HEADER_DEPTH = 4
FOOTNOTE = re.compile(r"(?:\s{0,3}\[\d{1,2}\]|[¹²³⁰-⁹*]+)$")


@dataclass(frozen=True)
class Columns:
    """The kind of a table, the grid column of each role, and how many rows its header takes."""

    kind: str
    at: Mapping[str, int]
    width: int
    header: tuple[str, ...]
    depth: int
    horizon: str | None = None


@dataclass
class Entry:
    """One row of an annex pieced together: the text of each role, its group, and where it starts."""

    position: Position
    group: str | None
    cells: dict[str, str] = field(default_factory=dict)
    inherited: frozenset[str] = frozenset()


def read_columns(table: Table) -> Columns | None:
    """What the header says, or None when this is no task or indicator table."""
    best: Columns | None = None
    for top in range(min(HEADER_DEPTH, len(table.rows))):
        for depth in (1, 2):
            if top + depth < len(table.rows) + (depth == 1):
                columns = _columns(table.rows[top : top + depth], top + depth)
                if columns and (best is None or len(columns.at) > len(best.at)):
                    best = columns
    return best


def _columns(rows: Sequence[Row], depth: int) -> Columns | None:
    width = max(len(row.cells) for row in rows)
    stacks = [_stack(rows, column) for column in range(width)]
    header = tuple(" ".join(stack) for stack in stacks)
    task, indicator = _assign(stacks, TASK_KEYS), _assign(stacks, INDICATOR_KEYS)
    horizon = None
    if "name" in indicator and "target" not in indicator:
        horizon = _year_column(stacks, indicator)
    if "title" in task and {"lead", "due", "product"} & task.keys():
        return Columns("task", task, width, header, depth)
    if "name" in indicator and ("target" in indicator or "unit_text" in indicator):
        return Columns("indicator", indicator, width, header, depth, horizon)
    return None


def _stack(rows: Sequence[Row], column: int) -> tuple[str, ...]:
    texts = [one_line(row.cells[column].text) for row in rows if column < len(row.cells)]
    return tuple(dict.fromkeys(text for text in texts if text))


def _assign(stacks: Sequence[tuple[str, ...]], keys: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """Columns by role: the lowest header text decides, then the upper one, then both together."""
    at: dict[str, int] = {}
    for column, stack in enumerate(stacks):
        for text in (*reversed(stack), " ".join(stack)):
            key = phrase_key(FOOTNOTE.sub("", text))
            role = next((role for role, heads in keys.items() if role not in at and key in heads), None)
            if role:
                at[role] = column
                break
    return at


def _year_column(stacks: Sequence[tuple[str, ...]], at: dict[str, int]) -> str | None:
    """A column headed by a year ("Năm 2030") holds the target of that year; the last such column is taken."""
    for column in range(len(stacks) - 1, -1, -1):
        found = next((YEAR_TARGET.match(text) for text in stacks[column] if YEAR_TARGET.match(text)), None)
        if found and column not in at.values():
            at["target"] = column
            return found[1]
    return None


def read_entries(
    table: Table, columns: Columns, *, first: int, group: str | None, above: Entry | None
) -> Iterator[Entry]:
    """The rows below the header, from row index `first`; orphan rows continue the entry above, cell by cell."""
    for row in table.rows[first:]:
        texts = _texts(row, columns)
        if _is_furniture(row, columns):
            continue
        heading = _group_of(row, columns, texts)
        if heading is not None:
            group = heading
        elif above is not None and _is_orphan(row, columns, texts):
            _continue(above, row, columns, texts)
        elif any(texts.values()):
            if above is not None:
                yield above
            above = Entry(row.position, group, texts)
    if above is not None:
        yield above


def _texts(row: Row, columns: Columns) -> dict[str, str]:
    return {
        role: row.cells[column].text.strip() if column < len(row.cells) else "" for role, column in columns.at.items()
    }


def _is_furniture(row: Row, columns: Columns) -> bool:
    """A header repeated on the next page, or the row that only counts the columns."""
    printed = [one_line(text) for text in row.texts if text.strip()]
    counted = len(printed) > 2 and all(COUNTED.match(text) for text in printed)
    counts = counted and [int(text.strip("()")) for text in printed] == list(range(1, len(printed) + 1))
    heads = [head for head in columns.header if head]
    same = sum(phrase_key(text) in {phrase_key(head) for head in heads} for text in printed)
    return not printed or counts or (len(printed) > 2 and same == len(printed))


def _group_of(row: Row, columns: Columns, texts: Mapping[str, str]) -> str | None:
    """The title of a group row: Roman or letter number with nothing but a title, or one cell across the table."""
    name = "title" if columns.kind == "task" else "name"
    own = [cell.text.strip() for cell in row.cells if not cell.across and cell.text.strip() and not cell.inherited]
    if len(own) == 1 and len(row.cells) > 2 and any(cell.across for cell in row.cells):
        return one_line(re.sub(r"^(?:[IVXLC]+|[A-H])[.)]\s+", "", own[0]))
    number = texts.get("number", "")
    others = [text for role, text in texts.items() if role not in {"number", name}]
    if GROUP_NUMBER.match(number) and texts.get(name) and not any(others):
        return one_line(texts[name])
    if GROUP_NUMBER.match(number) and len(own) == 2 and texts.get(name):
        return one_line(texts[name])
    return None


def _is_orphan(row: Row, columns: Columns, texts: Mapping[str, str]) -> bool:
    if "number" not in columns.at:
        return False
    column = columns.at["number"]
    continues = column < len(row.cells) and row.cells[column].inherited
    return continues or not texts.get("number")


def _continue(entry: Entry, row: Row, columns: Columns, texts: Mapping[str, str]) -> None:
    for role, text in texts.items():
        column = columns.at[role]
        inherited = column < len(row.cells) and row.cells[column].inherited
        if role != "number" and text and not inherited:
            entry.cells[role] = f"{entry.cells.get(role, '')}\n{text}".strip()
