"""What a decided draft makes of the next version: the decision's words, new pieces, how tasks are amended. Pure.

A task that is worded anew continues its piece of the text; where several tasks stand in one piece the piece stays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from typing import Any

from tiendo.oversight.amendment_wants import Change, day_of
from tiendo.plans.differences import FIELD_WORDS, Names, say
from tiendo.plans.structure import Charged, Due, NewItem, NewTask, VersionContent

Terms = Mapping[str, Any]
ROLES = ("lead", "coordinating", "performing")
KIND_WORDS: dict[Change, str] = {
    Change.ADD: _("Bổ sung nhiệm vụ"),
    Change.CHANGE: _("Sửa đổi nhiệm vụ"),
    Change.EXTEND: _("Gia hạn nhiệm vụ"),
    Change.TRANSFER: _("Chuyển cơ quan chủ trì nhiệm vụ"),
    Change.DROP: _("Thôi thực hiện nhiệm vụ"),
}


@dataclass(frozen=True)
class Line:
    """A line as decided. `task` is the task's code; None for one to add."""

    kind: Change
    task: str | None
    wanted: Terms
    reason: str


@dataclass(frozen=True)
class Place:
    """Where a task stands in the last version. `alone`: no other task stands there; `leaf`: nothing stands under it."""

    path: str
    kind: str
    number: str | None
    parent: str | None
    details: Mapping[str, Any]
    alone: bool
    leaf: bool


@dataclass(frozen=True)
class Amended:
    """How one task goes on: the fields of `new` that it takes; `row` is its line of the decision, counted from 1."""

    code: str
    new: NewTask
    fields: tuple[str, ...]
    reason: str
    row: int


@dataclass(frozen=True)
class Dropped:
    code: str
    reason: str


@dataclass(frozen=True)
class Built:
    """The version's content, what becomes of the tasks that are there, and the lines of the decision."""

    content: VersionContent
    amended: tuple[Amended, ...]
    dropped: tuple[Dropped, ...]


def decision_lines(heading: Iterable[str], lines: Iterable[Line], titles: Mapping[str, str], names: Names) -> list[str]:
    """The decision's words as the house keeps them: its heading, then one line for each change."""
    return [*heading, *(f"{nth}. {_said(line, titles, names)}" for nth, line in enumerate(lines, 1))]


def build(
    rows: Iterable[tuple[int, Line]],
    tasks: Mapping[str, Terms],
    places: Mapping[str, Place],
    words: list[str],
    stem: str,
) -> Built:
    """What the lines make of the plan; each with its row in `words`, the decision's, counted from 1.

    `tasks`: what each task that a line names says now; `places`: where it stands; `stem` begins the paths of new
    pieces.
    """
    rows = list(rows)
    items: dict[str, NewItem] = {}
    new: list[NewTask] = []
    amended: dict[str, Amended] = {}
    for row, line in rows:
        if line.kind == Change.ADD:
            item = _new_item(line, f"{stem}.{len(new) + 1}", row)
            items[item.path] = item
            new.append(_task(line.wanted, item.path, words[row - 1], line.wanted))
        elif line.kind != Change.DROP and line.task is not None:
            amended[line.task] = _amended(line, amended.get(line.task), tasks[line.task], places, words, row)
            place = places.get(line.task)
            if place and place.alone and "description" in line.wanted:
                items[place.path] = _again(place, line.wanted["description"], row)
    gone = [line for _row, line in rows if line.kind == Change.DROP and line.task is not None]
    standing = [place for line in gone if (place := places.get(line.task or ""))]
    content = VersionContent(
        items=tuple(items.values()),
        tasks=tuple(new),
        leaves_out=frozenset(place.path for place in standing if place.alone and place.leaf),
    )
    return Built(content, tuple(amended.values()), tuple(Dropped(line.task or "", line.reason) for line in gone))


def _amended(
    line: Line, before: Amended | None, now: Terms, places: Mapping[str, Place], words: list[str], row: int
) -> Amended:
    """Lines of one task go together: what an earlier line said stands where this one is silent."""
    said = dict(now) | (_terms(before) if before else {}) | dict(line.wanted)
    code = line.task or ""
    path = places[code].path if code in places else ""
    fields = tuple(dict.fromkeys([*(before.fields if before else ()), *line.wanted]))
    new = _task(said, path, words[row - 1], dict.fromkeys(fields))
    reason = f"{before.reason}; {line.reason}" if before and before.reason != line.reason else line.reason
    return Amended(code, new, fields, reason, row)


def _terms(before: Amended) -> dict[str, Any]:
    """The words an earlier line gave its fields, in the shape of terms again."""
    new = before.new
    said: dict[str, Any] = {
        name: getattr(new, name) for name in ("title", "description", "product", "authority", "group")
    }
    said["due"] = {"raw": new.due.raw, "kind": new.due.kind, "on": new.due.on.isoformat() if new.due.on else None}
    for role in ROLES:
        said[role] = [{"unit": each.unit_code, "printed": each.printed} for each in new.charged if each.role == role]
    return {name: said[name] for name in before.fields}


def _task(said: Terms, path: str, quote: str, fields: Iterable[str]) -> NewTask:
    return NewTask(
        item=path,
        title=said.get("title") or "",
        description=said.get("description") or "",
        group=said.get("group"),
        number=said.get("number"),
        product=said.get("product"),
        authority=said.get("authority"),
        due=due_of(said.get("due")),
        charged=tuple(
            Charged(role, each.get("unit") or each.get("group"), each.get("printed"))
            for role in ROLES
            for each in said.get(role) or ()
        ),
        quotes=dict.fromkeys(fields, quote),
    )


def due_of(due: Terms | None) -> Due:
    """A deadline in the shape of terms as the ledger takes it."""
    due = due or {}
    day: date | None = day_of(due)
    return Due(raw=due.get("raw"), kind=due.get("kind") or ("moment" if day else "missing"), on=day)


def _new_item(line: Line, path: str, row: int) -> NewItem:
    text = line.wanted.get("description") or line.wanted.get("title") or ""
    return NewItem(path=path, kind="task_row", text=text, where={"lines": [row, row]})


def _again(place: Place, text: str, row: int) -> NewItem:
    return NewItem(
        path=place.path,
        kind=place.kind,
        text=text,
        where={"lines": [row, row]},
        number=place.number,
        parent=place.parent,
        details=dict(place.details),
        continues=place.path,
    )


def _said(line: Line, titles: Mapping[str, str], names: Names) -> str:
    title = line.wanted.get("title") if line.kind == Change.ADD else titles.get(line.task or "")
    parts = [f"{FIELD_WORDS[name]}: {say(name, value, names) or _('không ghi')}" for name, value in line.wanted.items()]
    return f"{KIND_WORDS[line.kind]} “{title}”. {'; '.join(parts)}".rstrip(" .") + "."
