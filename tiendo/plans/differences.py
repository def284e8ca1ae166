"""What two versions of a plan say differently, task by task and piece by piece. Pure: words in, lines out (R026)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from gettext import gettext as _
from typing import Any

Terms = Mapping[str, Any]  # as plans.TaskTerms keeps them


class Kind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    DROPPED = "dropped"
    RESUMED = "resumed"


KIND_WORDS: dict[Kind, str] = {
    Kind.ADDED: _("bổ sung"),
    Kind.CHANGED: _("sửa đổi"),
    Kind.DROPPED: _("thôi thực hiện"),
    Kind.RESUMED: _("tiếp tục thực hiện"),
}


class Turn(StrEnum):
    """How a deadline moved; SET and LIFTED: from no day to one, and back."""

    EARLIER = "earlier"
    LATER = "later"
    SET = "set"
    LIFTED = "lifted"


FIELD_WORDS: dict[str, str] = {
    "number": _("Số thứ tự"),
    "title": _("Nhiệm vụ"),
    "description": _("Nội dung"),
    "product": _("Sản phẩm"),
    "authority": _("Thẩm quyền quyết định"),
    "group": _("Nhóm nhiệm vụ"),
    "due": _("Thời hạn"),
    "lead": _("Cơ quan chủ trì"),
    "coordinating": _("Cơ quan phối hợp"),
    "performing": _("Đơn vị thực hiện"),
    "text": _("Lời văn"),
    "unit": _("Đơn vị tính"),
    "target": _("Mục tiêu"),
}
FIELDS: tuple[str, ...] = ("number", "title", "description", "product", "authority", "group", "due")
FIELDS += ("lead", "coordinating", "performing")
UNIT_FIELDS = frozenset({"lead", "coordinating", "performing"})


@dataclass(frozen=True)
class FieldChange:
    """One field: its words before and after (None: nothing), and for a deadline which way and by how many days."""

    field: str
    was: str | None
    now: str | None
    turn: Turn | None = None
    days: int | None = None


@dataclass(frozen=True)
class Difference:
    """One task: what became of it, and field by field how; for an added one the fields it came with."""

    code: str
    number: str | None
    title: str
    group: str | None
    kind: Kind
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class GroupOfDifferences:
    code: str | None
    title: str | None
    lines: tuple[Difference, ...]


@dataclass(frozen=True)
class Piece:
    """A piece of a version's text. `key` is the same in every version that has the piece."""

    key: int
    path: str
    text: str
    details: Mapping[str, str]


@dataclass(frozen=True)
class PieceDifference:
    path: str
    text: str
    kind: Kind
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class Names:
    """What codes are called on the page: units by code, groups of tasks by code in the plan's order."""

    units: Mapping[str, str]
    groups: Mapping[str, str]


def compare(before: Mapping[str, Terms], after: Mapping[str, Terms], names: Names) -> list[Difference]:
    """The tasks whose words differ, in the order of `after`, then those it no longer has."""
    found = [_of_task(code, before.get(code), terms, names) for code, terms in after.items()]
    gone = [_line(code, terms, Kind.DROPPED) for code, terms in before.items() if code not in after and _stands(terms)]
    return [line for line in found if line] + gone


def apart(
    lines: Iterable[Difference], said: Mapping[str, Collection[str]]
) -> tuple[list[Difference], list[Difference]]:
    """What the papers say otherwise, and what a person filled by hand between them.

    `said`: task code → fields that the papers gave. A task added, dropped or resumed is the papers' as a whole.
    """
    papers: list[Difference] = []
    hands: list[Difference] = []
    for line in lines:
        named = said.get(line.code, ()) if line.kind is Kind.CHANGED else FIELDS
        by_paper = tuple(change for change in line.changes if change.field in named)
        by_hand = tuple(change for change in line.changes if change.field not in named)
        papers += [replace(line, changes=by_paper)] if by_paper or not by_hand else []
        hands += [replace(line, changes=by_hand)] if by_hand else []
    return papers, hands


def grouped(lines: Iterable[Difference], names: Names) -> list[GroupOfDifferences]:
    """The lines under their groups in the plan's order; those without a group last."""
    by_group: dict[str | None, list[Difference]] = {}
    for line in lines:
        by_group.setdefault(line.group if line.group in names.groups else None, []).append(line)
    order = [*names.groups, None]
    return [
        GroupOfDifferences(code, names.groups.get(code or ""), tuple(by_group[code]))
        for code in order
        if code in by_group
    ]


def compare_fields(before: Terms, after: Terms, names: Names) -> tuple[FieldChange, ...]:
    """Field by field what differs; only fields that `after` has are compared, so it may hold a part of the terms."""
    pairs = ((name, before.get(name), after[name]) for name in FIELDS if name in after)
    return tuple(_change(name, was, now, names) for name, was, now in pairs if not same(name, was, now))


def same(field: str, was: Any, now: Any) -> bool:
    """Whether two values of a field say the same: a unit is the same unit however it is printed."""
    if field in UNIT_FIELDS:
        return {_party(each) for each in was or ()} == {_party(each) for each in now or ()}
    if field == "due":
        return _due_key(was) == _due_key(now)
    return (was or None) == (now or None)


def say(field: str, value: Any, names: Names) -> str | None:
    """The words for a field's value; None for nothing."""
    if field in UNIT_FIELDS:
        return "; ".join(_named(each, names) for each in value or ()) or None
    if field == "due":
        return _due_words(value or {})
    if field == "group":
        return names.groups.get(value, value) if value else None
    return value or None


def turn_of(was: date | None, now: date | None) -> Turn | None:
    """Which way a deadline moved; None when it did not."""
    if was == now:
        return None
    if was is None or now is None:
        return Turn.SET if was is None else Turn.LIFTED
    return Turn.LATER if now > was else Turn.EARLIER


def compare_pieces(before: Iterable[Piece], after: Iterable[Piece]) -> list[PieceDifference]:
    """The pieces of text that were added, left out or worded anew, in the order of `after`, those left out last."""
    was, now = {piece.key: piece for piece in before}, {piece.key: piece for piece in after}
    found: list[PieceDifference] = []
    for key, piece in now.items():
        if key not in was:
            found.append(PieceDifference(piece.path, piece.text, Kind.ADDED))
        elif changes := _piece_changes(was[key], piece):
            found.append(PieceDifference(piece.path, piece.text, Kind.CHANGED, changes))
    return found + [PieceDifference(p.path, p.text, Kind.DROPPED) for key, p in was.items() if key not in now]


def _of_task(code: str, was: Terms | None, now: Terms, names: Names) -> Difference | None:
    if was is None or (not _stands(was) and _stands(now)):
        if not _stands(now):
            return None
        came = compare_fields(was or {}, now, names)
        return _line(code, now, Kind.ADDED if was is None else Kind.RESUMED, came)
    if _stands(was) and not _stands(now):
        return _line(code, now, Kind.DROPPED)
    changes = compare_fields(was, now, names)
    return _line(code, now, Kind.CHANGED, changes) if changes else None


def _line(code: str, terms: Terms, kind: Kind, changes: tuple[FieldChange, ...] = ()) -> Difference:
    return Difference(code, terms.get("number"), terms.get("title") or "", terms.get("group"), kind, changes)


def _stands(terms: Terms) -> bool:
    return not terms.get("dropped")


def _change(name: str, was: Any, now: Any, names: Names) -> FieldChange:
    turn = days = None
    if name == "due":
        first, second = _day(was), _day(now)
        turn = turn_of(first, second)
        days = abs((second - first).days) if first and second and first != second else None
    return FieldChange(name, say(name, was, names), say(name, now, names), turn, days)


def _piece_changes(was: Piece, now: Piece) -> tuple[FieldChange, ...]:
    words: list[tuple[str, str | None, str | None]] = [("text", was.text, now.text)]
    words += [(name, was.details.get(name), now.details.get(name)) for name in ("unit", "target")]
    return tuple(FieldChange(name, first, second) for name, first, second in words if first != second)


def _party(named: Mapping[str, Any]) -> tuple[bool, str]:
    code = named.get("unit")
    return (True, code) if code else (False, named.get("printed") or "")


def _named(named: Mapping[str, Any], names: Names) -> str:
    code = named.get("unit")
    return names.units.get(code, code) if code else named.get("printed") or ""


def _day(due: Mapping[str, Any] | None) -> date | None:
    text = (due or {}).get("on")
    return date.fromisoformat(text) if text else None


def _due_key(due: Mapping[str, Any] | None) -> tuple[Any, ...]:
    """Two deadlines on one day are the same however worded; without a day the kind and the words tell them apart."""
    due = due or {}
    if day := _day(due):
        return (day,)
    return (None, due.get("kind") or "missing", due.get("raw") or None)


def _due_words(due: Mapping[str, Any]) -> str | None:
    day, raw = _day(due), due.get("raw") or None
    if day is None:
        return raw
    printed = f"{day:%d/%m/%Y}"
    return printed if raw in (None, printed) else f"{raw} ({printed})"
