"""Parents and children among the rows of an annex: "1" over "1.1", "a)" or "-".

A parent that gives nothing to do by itself (no product, no time of its own) is a heading of its children; one that has
its own is a task beside them. Only a heading's lead and time pass on, to children whose own cell is blank, and the
child says that it inherits them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _

from tiendo.intake.extraction.cells import YEAR_TAIL, Entry
from tiendo.intake.extraction.columns import Columns
from tiendo.intake.extraction.marks import without_footnotes
from tiendo.intake.extraction.spelling import one_line
from tiendo.ui.sentences import Sentence

WHO = ("lead", "parties", "coordinating", "head", "supervising", "authority")
WHEN = ("due", "start", "end")
PASSED = ("lead", "parties", "coordinating", "due", "start", "end", "head")
RANKS = {"roman": 0, "capital": 1, "words": 2, "none": 90, "letter": 50, "bullet": 60}


@dataclass
class _Node:
    entry: Entry
    children: list["_Node"] = field(default_factory=list)


def settle(entries: Iterable[Entry], columns: Columns) -> list[Entry]:
    """The entries that are tasks or indicators, in order, each under the headings it stands beneath."""
    kept: list[Entry] = []
    rows = list(entries)
    figures = columns.kind == "task" and any(row.mark.style in {"number", "code"} for row in rows)
    for node in _forest(rows, figures):
        found = _settled(node, columns)
        if figures and _is_dated_group(node.entry):
            _doubt_time(node.entry, kept[-1] if kept else None, found)
        kept.extend(found)
    return kept


def _is_dated_group(entry: Entry) -> bool:
    """Whether a row numbered as groups are gives nothing but a time, which may have strayed from the row above."""
    given = _given(entry)
    return entry.mark.heads and bool(given) and given <= set(WHEN)


def _doubt_time(entry: Entry, above: Entry | None, found: Sequence[Entry]) -> None:
    """Say the time of a group that its rows do not take: to the row above when it may be the rest of that one."""
    time = one_line("; ".join(entry.cells[role] for role in WHEN if entry.cells.get(role)))
    taken = any(set(WHEN) & set(each.inherits) for each in found)
    if not found or taken or not time:
        return
    message = _("Dòng nhóm “{title}” có ghi thời gian “{time}” không rõ của dòng nào; hãy kiểm tra lại.")
    title = one_line(entry.cells.get("title", ""))
    hearer = above if above is not None and entry not in found and YEAR_TAIL.match(time) else found[0]
    hearer.doubts.append(Sentence.of(message, title=title, time=time))


def _rank(entry: Entry) -> int:
    mark = entry.mark
    if mark.style in {"number", "code"}:
        return 10 + len(mark.parts)
    return RANKS.get(mark.style, 90)


def _forest(entries: Sequence[Entry], figures: bool) -> list[_Node]:
    roots: list[_Node] = []
    open_: list[_Node] = []
    for entry in entries:
        while open_ and not _belongs(entry, open_[-1].entry, figures):
            open_.pop()
        node = _Node(entry)
        (open_[-1].children if open_ else roots).append(node)
        open_.append(node)
    return roots


def _belongs(entry: Entry, parent: Entry, figures: bool) -> bool:
    """Whether a row stands under an earlier one by their numbers; `figures` says that tasks are numbered by them."""
    if entry.groups[: len(parent.groups)] != parent.groups or _rank(parent) >= _rank(entry):
        return False
    mine, theirs = entry.mark, parent.mark
    if mine.style in {"number", "code"} and theirs.style in {"number", "code"}:
        return mine.parts[: len(theirs.parts)] == theirs.parts
    if mine.style in {"letter", "bullet"}:
        return theirs.style in {"roman", "capital", "number", "code", "letter"}
    if mine.style == "none":
        group = figures and _is_dated_group(parent)
        return theirs.counts and theirs.style != "bullet" and (group or not _given(parent))
    return theirs.heads


def _given(entry: Entry) -> set[str]:
    """The parts a row gives itself besides its number, name and remark."""
    filled = {role for role, text in entry.cells.items() if text}
    return (filled - {"number", "title", "name", "note", "code", "group"}) | ({"target"} if entry.path else set())


def _says(entry: Entry, columns: Columns) -> bool:
    """Whether a row says anything of a task or an indicator: a criterion beside blank cells is none."""
    return bool(entry.cells.get(columns.name) or _given(entry))


def _settled(node: _Node, columns: Columns) -> list[Entry]:
    if not node.children:
        return [node.entry] if _says(node.entry, columns) else []
    heading = _is_heading(node) if columns.kind == "task" else not _given(node.entry)
    below: list[Entry] = []
    dated = any(each & set(WHEN) for each in _all_given(node.children))
    passed = [role for role in PASSED if not (dated and role in WHEN)]
    for child in node.children:
        _adopt(child, node.entry, passed if heading else None, columns.name)
        below.extend(_settled(child, columns))
    return below if heading else [node.entry, *below]


def _is_heading(node: _Node) -> bool:
    given = _given(node.entry)
    below = list(_all_given(node.children))
    if "product" in given:
        return False
    if _is_dated_group(node.entry):
        return True
    if not given & set(WHEN):
        return any(below) or not given
    dated = any(each & set(WHEN) for each in below)
    return not dated and any("product" in each for each in below)


def _all_given(nodes: Sequence[_Node]) -> Iterable[set[str]]:
    for node in nodes:
        yield _given(node.entry)
        yield from _all_given(node.children)


def _adopt(child: _Node, parent: Entry, passed: Sequence[str] | None, name: str) -> None:
    """Tell a child and all below it what they stand under, and give what a heading passes on to blank cells."""
    entry = child.entry
    entry.parent = parent.mark.printed
    if passed is not None:
        title = without_footnotes(one_line(parent.cells.get(name, ""))).rstrip(" :.")
        _under(child, title, len(parent.groups))
        _pass_on(child, parent, passed)


def _under(node: _Node, title: str, depth: int) -> None:
    groups = node.entry.groups
    node.entry.groups = (*groups[:depth], title, *groups[depth:]) if title else groups
    for child in node.children:
        _under(child, title, depth)


def _pass_on(node: _Node, parent: Entry, passed: Sequence[str]) -> None:
    entry = node.entry
    timed = any(entry.cells.get(role) for role in WHEN)
    led = any(entry.cells.get(role) for role in ("lead", "parties"))
    for role in passed:
        settled = (timed and role in WHEN) or (led and role in WHO)
        if parent.cells.get(role) and not entry.cells.get(role) and not settled:
            entry.cells[role] = parent.cells[role]
            entry.inherits = sorted({*entry.inherits, role})
