"""The header of an annex table: which grid columns play which part, in one to three rows, anywhere in the table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tiendo.intake.extraction.headers import (
    LIKELY,
    NAMED,
    SURE,
    head_key,
    is_head,
    matches,
    names_money,
    names_person,
    names_report,
    names_state,
    names_time,
    stage_in,
    year_in,
)
from tiendo.intake.extraction.marks import COUNTER, read_mark
from tiendo.intake.extraction.spelling import one_line
from tiendo.intake.reading.blocks import Row

Span = tuple[int, int]  # grid columns from, to (exclusive)
DEEPEST = 3
LEAST_HEADS = 2


@dataclass(frozen=True)
class Columns:
    """The kind of a table, the grid columns of each part, and how many rows the header takes.

    `others` are columns whose header is read but plays no known part; `path` the columns of target years in order;
    `ticks` the year columns of a task table in which a mark says when; `keys` every header cell as compared.
    """

    kind: str
    at: Mapping[str, Span]
    width: int
    header: tuple[str, ...]
    depth: int
    horizon: str | None = None
    others: tuple[tuple[str, Span], ...] = ()
    path: tuple[tuple[str, Span], ...] = ()
    ticks: tuple[tuple[str, Span], ...] = ()
    baseline_year: str | None = None
    keys: frozenset[str] = field(default_factory=frozenset)
    times_products: bool = False  # the column of products also says by when

    @property
    def name(self) -> str:
        """The part that names a row."""
        return "title" if self.kind == "task" else "name"

    @property
    def leaves(self) -> tuple[Span, ...]:
        """Every column in order, whatever its part."""
        spans = {*self.at.values(), *(span for _head, span in (*self.others, *self.path, *self.ticks))}
        return tuple(sorted(spans))


@dataclass(frozen=True)
class _Leaf:
    """One column as the header draws it: its words from the lowest row up."""

    span: Span
    texts: tuple[str, ...]

    @property
    def whole(self) -> str:
        return " ".join(reversed(self.texts))


def could_be_header(row: Row) -> bool:
    """A quick look: at least two cells with words that head columns, and no number in front."""
    printed = [one_line(cell.text) for cell in row.cells if cell.text.strip() and not cell.across]
    if len(printed) < LEAST_HEADS or read_mark(printed[0]).counts:
        return False
    return sum(is_head(text) for text in printed) >= LEAST_HEADS


def columns_at(rows: Sequence[Row], top: int) -> Columns | None:
    """The header that begins at row `top`, or None when no annex table's header begins there."""
    if not could_be_header(rows[top]):
        return None
    best: Columns | None = None
    for depth in range(1, min(DEEPEST, len(rows) - top) + 1):
        if depth > 1 and not _may_be_under(rows[top + depth - 1]):
            break
        columns = _columns(rows[top : top + depth])
        if columns and (best is None or _worth(columns) > _worth(best)):
            best = columns
    return _with_rest(best, rows, top) if best else None


def _worth(columns: Columns) -> int:
    return len(columns.at) + len(columns.path) + len(columns.ticks)


def _may_be_under(row: Row) -> bool:
    """Whether a row can be the lower part of a header: short words, no row number in front."""
    own = [one_line(cell.text) for cell in row.cells if cell.text.strip() and not (cell.inherited or cell.across)]
    hangs = any(cell.inherited and cell.text.strip() for cell in row.cells)
    if not own or (read_mark(own[0]).counts and year_in(own[0]) is None and not _counts_stages(row, own)):
        return False
    return hangs or len(own) >= LEAST_HEADS


def _counts_stages(row: Row, own: Sequence[str]) -> bool:
    """Whether a row names months or quarters by their numbers: nothing of its own stands under the first column."""
    first = row.cells[0]
    return (first.inherited or not first.text.strip()) and len(own) > 1 and all(stage_in(text, "") for text in own)


def _with_rest(columns: Columns, rows: Sequence[Row], top: int) -> Columns:
    """Rows in which the name column still continues the header belong to the header."""
    depth = columns.depth
    start = columns.at[columns.name][0]
    while top + depth < len(rows):
        cells = rows[top + depth].cells
        if start >= len(cells) or not cells[start].inherited:
            break
        depth += 1
    return Columns(**{**vars(columns), "depth": depth}) if depth != columns.depth else columns


def _leaves(rows: Sequence[Row]) -> list[_Leaf]:
    """The columns a header draws: a new one wherever any of its rows starts a cell."""
    width = max(len(row.cells) for row in rows)
    starts = [
        column
        for column in range(width)
        if column == 0 or any(column < len(row.cells) and not row.cells[column].across for row in rows)
    ]
    leaves = []
    for start, stop in zip(starts, [*starts[1:], width], strict=True):
        texts = [one_line(row.cells[start].text) for row in reversed(rows) if start < len(row.cells)]
        leaves.append(_Leaf((start, stop), tuple(dict.fromkeys(text for text in texts if text))))
    return leaves


def _columns(rows: Sequence[Row]) -> Columns | None:
    leaves = _spread(_leaves(rows), rows)
    task, indicator = _task(leaves), _indicator(leaves)
    chosen = _better(task, indicator, leaves)
    if chosen is None or any(names_person(text) for leaf in leaves for text in leaf.texts):
        return None
    kind, at, path, ticks = chosen
    if "code" in at and "number" not in at:
        at["number"] = at.pop("code")
    taken = {*at.values(), *(span for _year, span in (*path, *ticks))}
    others = tuple((leaf.whole, leaf.span) for leaf in leaves if leaf.span not in taken and leaf.texts)
    baseline = next((leaf.whole for leaf in leaves if leaf.span == at.get("baseline")), "")
    return Columns(
        kind=kind, at=at, path=path, ticks=ticks, others=others,
        width=max(len(row.cells) for row in rows), depth=len(rows),
        header=tuple(leaf.whole for leaf in leaves),
        baseline_year=year_in(baseline), horizon=_horizon(leaves, at, path),
        keys=frozenset(head_key(text) for leaf in leaves for text in (*leaf.texts, leaf.whole)),
        times_products=any(names_time(leaf.whole) for leaf in leaves if leaf.span == at.get("product")),
    )  # fmt: skip


def _spread(leaves: list[_Leaf], rows: Sequence[Row]) -> list[_Leaf]:
    """Where the upper row of a header leaves the cells beside a heading blank, the heading covers them too.

    Files without merged cells (CSV, text) print "Cơ quan thực hiện" once over "Chủ trì" and "Phối hợp".
    """
    if len(rows) == 1:
        return leaves
    spread: list[_Leaf] = []
    above = ""
    for leaf in leaves:
        start = leaf.span[0]
        top = one_line(rows[0].cells[start].text) if start < len(rows[0].cells) else ""
        if not top and leaf.texts and above:
            leaf = _Leaf(leaf.span, (*leaf.texts, above))
        above = top or (above if leaf.texts else "")
        spread.append(leaf)
    return spread


Chosen = tuple[str, dict[str, Span], tuple[tuple[str, Span], ...], tuple[tuple[str, Span], ...]]


def _roles(leaves: Sequence[_Leaf], kind: str) -> dict[str, tuple[Span, int]]:
    """Parts by how surely each column may play them; the surest column first, then the leftmost."""
    offers: list[tuple[int, int, str, Span]] = []
    for leaf in leaves:
        for depth, text in enumerate((*leaf.texts, leaf.whole)):
            found = matches(text, kind)
            offers.extend((match.grade * 10 - depth, -leaf.span[0], match.role, leaf.span) for match in found)
            if found:
                break
    at: dict[str, tuple[Span, int]] = {}
    taken: set[Span] = set()
    for grade, _left, role, span in sorted(offers, reverse=True):
        if role not in at and span not in taken:
            at[role] = (span, grade)
            taken.add(span)
    return at


def _years(leaves: Sequence[_Leaf], taken: set[Span]) -> tuple[tuple[str, Span], ...]:
    """Columns headed by a year and nothing that names something else: "2030", "Mục tiêu đến năm 2030"."""
    found = []
    for leaf in leaves:
        year = year_in(leaf.texts[0]) if leaf.texts else None
        if year and leaf.span not in taken and not any(names_money(text) for text in leaf.texts):
            found.append((year, leaf.span))
    return tuple(sorted(found))


def _task(leaves: Sequence[_Leaf]) -> Chosen | None:
    at = _roles(leaves, "task")
    who = {"lead", "parties", "coordinating"} & at.keys()
    when = {"due", "start", "end"} & at.keys()
    if "title" not in at or not (who or when or "product" in at):
        return None
    strong = any(at[role][1] > LIKELY * 10 - DEEPEST for role in who) or bool(when)
    product = at.get("product", (None, 0))[1]
    money = any(names_money(text) for leaf in leaves for text in leaf.texts)
    if money and not (when or product or "coordinating" in at):
        return None
    if not strong and product < LIKELY * 10 - DEEPEST and at["title"][1] < SURE * 10 - DEEPEST:
        return None
    spans = {role: span for role, (span, _grade) in at.items()}
    if "product" in spans and any(names_state(text) for leaf in leaves for text in leaf.texts):
        _report_no_product(leaves, spans)
    ticks = _stages(leaves)
    if ticks:
        spans = {role: span for role, span in spans.items() if span not in {span for _time, span in ticks}}
    return "task", spans, (), ticks


def _report_no_product(leaves: Sequence[_Leaf], at: dict[str, Span]) -> None:
    """Beside a column of states "Kết quả thực hiện" reports what was done so far: it is nothing to deliver."""
    if any(names_report(leaf.texts[0]) for leaf in leaves if leaf.texts and leaf.span == at["product"]):
        at.pop("product")


def _stages(leaves: Sequence[_Leaf]) -> tuple[tuple[str, Span], ...]:
    """Years, quarters or months under one heading of time: "Lộ trình thực hiện" over 2025, 2026, 2027."""
    found = [(stage, leaf) for leaf in leaves if len(leaf.texts) > 1 and (stage := stage_in(*leaf.texts[:2]))]
    timed = all(any(m.role == "due" for m in matches(leaf.texts[-1], "task")) for _stage, leaf in found)
    return tuple((stage, leaf.span) for stage, leaf in found) if len(found) > 1 and timed else ()


def _indicator(leaves: Sequence[_Leaf]) -> Chosen | None:
    at = _roles(leaves, "indicator")
    if "name" not in at:
        return None
    named = at["name"][1] > LIKELY * 10
    if not named and any(names_money(text) for leaf in leaves for text in leaf.texts):
        return None
    spans = {role: span for role, (span, _grade) in at.items()}
    years = _years(leaves, {span for role, span in spans.items() if role not in {"target", "name", "baseline"}})
    path = tuple((year, span) for year, span in years if span not in {spans["name"], spans.get("baseline")})
    if "target" in spans and spans["target"] in {span for _year, span in path}:
        spans.pop("target")
    if "target" not in spans and not path:
        _name_first(leaves, spans)
    if not ("target" in spans or path or (named and "unit_text" in spans)):
        return None
    if "target" not in spans and path:
        spans["target"] = path[-1][1]
    return "indicator", spans, path, ()


def _name_first(leaves: Sequence[_Leaf], at: dict[str, Span]) -> None:
    """ "Nội dung · Đơn vị tính · Chỉ tiêu": the last word heads the target when something else names the row."""
    for leaf in leaves:
        free = leaf.span not in at.values() and leaf.span < at["name"]
        if free and any(match.role == "name" for text in leaf.texts for match in matches(text, "indicator")):
            at["target"], at["name"] = at["name"], leaf.span
            return


def _better(task: Chosen | None, indicator: Chosen | None, leaves: Sequence[_Leaf]) -> Chosen | None:
    """Which of two readings of one header: a unit of measure with a target means indicators."""
    if task is None or indicator is None:
        return task or indicator
    measured = any(m == ("unit_text", SURE) for m in _plain(leaves)) and ("target" in indicator[1] or indicator[2])
    named = any(role == "name" and grade >= NAMED for role, grade in _plain(leaves))
    worded = any(m.role == "title" and m.grade >= SURE for leaf in leaves for m in matches(leaf.whole, "task"))
    if worded and not (measured and named):
        return task
    return indicator if measured or (named and len(indicator[1]) >= len(task[1])) else task


def _plain(leaves: Sequence[_Leaf]) -> list[tuple[str, int]]:
    return [(match.role, match.grade) for leaf in leaves for match in matches(leaf.whole, "indicator")]


def _horizon(leaves: Sequence[_Leaf], at: Mapping[str, Span], path: Sequence[tuple[str, Span]]) -> str | None:
    if path and at.get("target") == path[-1][1]:
        return path[-1][0]
    return next((year_in(leaf.whole) for leaf in leaves if leaf.span == at.get("target")), None)


def counts_columns(row: Row) -> bool:
    """Whether a row only counts the columns: "(1) (2) (3)", "A B 1 2 3"."""
    printed = [one_line(cell.text) for cell in row.cells if cell.text.strip() and not cell.across]
    if len(printed) < LEAST_HEADS + 1 or not all(COUNTER.match(text) for text in printed):
        return False
    numbers = [int(text.strip("()[] ")) for text in printed if text.strip("()[] ").isdigit()]
    first = numbers[0] if numbers else 0
    return first <= LEAST_HEADS and numbers == list(range(first, first + len(numbers)))
