"""What one row of an annex says: the text of each part, what of it the row prints itself, and what it inherits."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tiendo.intake.extraction.columns import Columns, Span
from tiendo.intake.extraction.marks import Mark, read_mark, split_label
from tiendo.intake.extraction.spelling import one_line
from tiendo.intake.reading.blocks import Position, Row

# Words no phrase ends with; "số", "bộ", "năm" end many ("chuyển đổi số", "cán bộ", "hằng năm").
OPEN_END = re.compile(
    r"(?:[,\-–/(&]|(?<!\w)(?:(?i:và|của|các|cho|theo|về|tại|với|trong|đến|từ|là|hoặc|do|để|những|phối hợp)"
    r"|Sở|Bộ|Ban|UBND))$"
)
OPEN_TIME = re.compile(r"(?<!\w)(?:trước|ngày|tháng|quý|năm|hết|cuối|đầu)$", re.IGNORECASE)
TAIL_START = re.compile(r"^(?:[,;.:)/&%…]|[-–]\s?\d{4}|(?:và|của|hoặc|cùng)\s)")
YEAR_TAIL = re.compile(r"^(?:[/\-–]\s?)?(?:năm\s+)?(?:19|20)\d\d\b|^[/\-–]\s?\d", re.IGNORECASE)
UNDATED = re.compile(r"quý|tháng|ngày|trước|đến|đầu|cuối|giữa|\d", re.IGNORECASE)
REPEATING = re.compile(r"hằng|hàng|thường xuyên|định kỳ|mỗi", re.IGNORECASE)
HAS_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NO_TAIL = re.compile(r"^(?:các|toàn|từ|trong|hằng|hàng|thường|trước|đến|định|theo|ubnd)\b")
DITTO = re.compile(
    r"^(?:[\"“”″〃]|''|(?:-\s?)?nt(?:\s?-)?|như (?:trên|mục trên|dòng trên|nhiệm vụ trên))\.?$", re.IGNORECASE
)


@dataclass
class Line:
    """A row by its parts. `own` are the parts it prints itself, `merged` those a merged cell above covers."""

    position: Position
    mark: Mark
    texts: dict[str, str]
    own: frozenset[str]
    merged: frozenset[str]
    others: dict[str, str]
    path: dict[str, str]
    baseline: str
    printed: tuple[tuple[int, str], ...]  # the row's own cells: grid column and text
    widest: int  # grid columns of its widest own cell

    @property
    def filled(self) -> set[str]:
        """Parts that the row itself gives besides its number, name, code and remark."""
        return set(self.own) - {"number", "title", "name", "note", "code", "group"}


def take(row: Row, span: Span) -> tuple[str, bool]:
    """The text under a column and whether all of it is inherited; a cell that came from the left belongs there."""
    texts: list[str] = []
    inherited = True
    for index in range(span[0], min(span[1], len(row.cells))):
        cell = row.cells[index]
        if cell.across or not cell.text.strip():
            continue
        texts.append(cell.text.strip())
        inherited = inherited and cell.inherited
    return "\n".join(texts), inherited and bool(texts)


def read_line(row: Row, columns: Columns) -> Line:
    """The row as the header's columns divide it."""
    texts: dict[str, str] = {}
    own, merged = set[str](), set[str]()
    for role, span in columns.at.items():
        text, inherited = take(row, span)
        texts[role] = text
        if text:
            (merged if inherited else own).add(role)
    _part_number(texts, own, columns.name)
    start = columns.at["number"][0] if "number" in columns.at else None
    if start is not None and start < len(row.cells) and row.cells[start].inherited:
        merged.add("number")
    printed = tuple(
        (index, one_line(cell.text))
        for index, cell in enumerate(row.cells)
        if cell.text.strip() and not cell.across and not cell.inherited
    )
    return Line(
        position=row.position, mark=read_mark(texts.get("number", "")), texts=texts,
        own=frozenset(own), merged=frozenset(merged),
        others=_taken(row, columns.others), path=_taken(row, (*columns.path, *columns.ticks)),
        baseline=texts.get("baseline", ""), printed=printed, widest=_widest(row),
    )  # fmt: skip


def _part_number(texts: dict[str, str], own: set[str], name: str) -> None:
    """Part "(1) Lập đề án" that stands where numbers stand, the name's own place blank, in a row with more cells."""
    mark, title = split_label(texts.get("number", ""))
    if mark.style in {"number", "letter"} and not texts.get(name) and own - {"number", "note"}:
        texts["number"], texts[name] = mark.text, title
        own.add(name)


def _taken(row: Row, spans: tuple[tuple[str, Span], ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for head, span in spans:
        text = one_line(take(row, span)[0])
        if text:
            found[head] = text
    return found


def _widest(row: Row) -> int:
    widest = width = 0
    for cell in row.cells:
        width = width + 1 if cell.across else 1
        widest = max(widest, width)
    return widest


def is_open(text: str) -> bool:
    """Whether a text stops in the middle: at a comma, a joining word, or inside brackets."""
    text = text.rstrip()
    return bool(text) and (bool(OPEN_END.search(text[-12:])) or text.count("(") > text.count(")"))


def _is_open_time(text: str) -> bool:
    return is_open(text) or (bool(OPEN_TIME.search(text[-12:])) and not REPEATING.search(text))


def is_tail(role: str, text: str, above: str) -> bool:
    """Whether a cell is the rest of the cell above it rather than a value of its own."""
    if not above.strip():
        return False
    text = one_line(text)
    if role in {"due", "start", "end"}:
        waits = UNDATED.search(above) and not HAS_YEAR.search(above) and not REPEATING.search(above)
        return bool(waits and YEAR_TAIL.match(text)) or _is_open_time(one_line(above))
    if is_open(one_line(above)) or TAIL_START.match(text):
        return True
    return text[:1].islower() and not NO_TAIL.match(text) and not one_line(above).endswith((".", ";"))


def is_ditto(text: str) -> bool:
    """Whether a cell says "as above"."""
    return bool(DITTO.match(one_line(text)))


def joined(texts: Mapping[str, str], role: str, text: str) -> str:
    """The cell above with its rest under it."""
    above = texts.get(role, "")
    return f"{above}\n{text}".strip()


@dataclass
class Entry:
    """One row of an annex pieced together: each part's text, its groups, what it inherits, and what is not certain."""

    position: Position
    mark: Mark
    cells: dict[str, str]
    groups: tuple[str, ...] = ()
    inherits: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    others: dict[str, str] = field(default_factory=dict)
    path: dict[str, str] = field(default_factory=dict)
    baseline: str = ""
    parent: str | None = None
    loose: bool = False  # printed without a number
    own: frozenset[str] = frozenset()  # parts the row prints itself

    @property
    def group(self) -> str | None:
        """The title of the nearest heading."""
        return self.groups[-1] if self.groups else None
