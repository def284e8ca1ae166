"""From chosen proposals and the version they amend to the content of the next version. Pure.

What the file keeps or renames goes on under its new path; what it adds is new; what it no longer has falls away only
when a person said so, and otherwise stays where it stood.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tiendo.intake.accepting import Attached, Built, Known, build
from tiendo.intake.amending import Standing, fields_to_amend
from tiendo.intake.choosing import Offered
from tiendo.intake.comparing import Change
from tiendo.plans.structure import NewItem, NewTask, VersionContent

Key = tuple[str, str]


@dataclass(frozen=True)
class Piece:
    """An item of the version that is amended, in reading order; `is_held` when the new file speaks of it."""

    path: str
    parent: str | None
    kind: str
    text: str
    is_held: bool


@dataclass(frozen=True)
class TaskChange:
    """A task that goes on: what it says now, the fields in which that is new, and the path where it stands now."""

    code: str
    new: NewTask
    fields: frozenset[str]
    path: str


@dataclass(frozen=True)
class Revision:
    """The next version: its content (with the new tasks), the tasks that go on, the tasks that are dropped.

    `made` maps the key of each task proposal that is taken to the place of its task among `content.tasks`, or to the
    code of the task it goes on from; `paths` maps (kind, key) of the other proposals to where they stand.
    """

    content: VersionContent
    changes: tuple[TaskChange, ...]
    dropped: tuple[str, ...]
    made: Mapping[str, int | str]
    paths: Mapping[Key, str]


@dataclass(frozen=True)
class Base:
    """The version that is amended: its pieces, its things by (kind, ref), and the titles of headings and groups."""

    pieces: Sequence[Piece]
    standing: Mapping[Key, Standing]
    titles: Mapping[str, str]
    exact: bool = False


def revise(chosen: Sequence[Offered], base: Base, known: Known, attached: Attached | None) -> Revision:
    """Put together what `chosen` (removals that a person accepted included) makes of the version."""
    taken = [each for each in chosen if each.change != Change.REMOVED]
    removed = [each for each in chosen if each.change == Change.REMOVED]
    held = frozenset(piece.path for piece in base.pieces if piece.is_held)
    taken = [_placed(each, base) for each in taken]
    built = build(taken, replace(known, paths=known.paths - held, moved=_moved(taken, known)), attached)
    dropped = tuple(each.ref for each in removed if each.kind == "task")
    items = _continued(built, taken, base)
    gone = _gone(removed, dropped, base)
    content = _content(built, taken, items, gone, base)
    going = _going(built, taken, base)
    made = {key: code for (_kind, key), (code, _new) in going.items()}
    fresh = [each.key for each in taken if each.kind == "task" and each.key not in made]
    changes = tuple(_change(each, *going["task", each.key], base) for each in taken if (each.kind, each.key) in going)
    placed = {key: place for place, key in enumerate(fresh)}
    return Revision(content, changes, dropped, {**made, **placed}, built.paths)


def _moved(taken: Iterable[Offered], known: Known) -> dict[str, str]:
    """Tasks under a heading that got another number stay in the group the plan has for it."""
    return {each.key: each.ref for each in taken if each.kind == "section" and each.ref in known.groups}


def _placed(each: Offered, base: Base) -> Offered:
    """A workbook's rows know nothing of annexes: those that go on stay where they stand."""
    was = base.standing.get((each.kind, each.ref)) if base.exact and each.kind in ("task", "indicator") else None
    piece = next((piece for piece in base.pieces if was and piece.path == was.path), None)
    return replace(each, place=(piece.path, piece.parent)) if piece else each


def _going(built: Built, taken: Iterable[Offered], base: Base) -> dict[Key, tuple[str, NewTask]]:
    """Task proposals that go on from a task the plan has → its code and what it says now."""
    return {
        (each.kind, each.key): (each.ref, built.tasks[each.key])
        for each in taken
        if each.kind == "task" and _goes_on(each, base)
    }


def _change(each: Offered, code: str, new: NewTask, base: Base) -> TaskChange:
    standing = base.standing["task", code]
    fields = fields_to_amend(standing, each.value, each.printed, base.titles, exact=base.exact)
    return TaskChange(code, new, fields, new.item)


def _continued(built: Built, taken: Iterable[Offered], base: Base) -> list[NewItem]:
    """The items of the file, each knowing the piece it goes on from; what says the same goes on unchanged."""
    paths = {piece.path for piece in base.pieces if piece.is_held}
    refs: dict[str, tuple[str, bool]] = {}
    for each in taken:
        if each.kind == "task" and each.value["item"]:
            continue  # prose: the passage it stands in goes on by itself
        was = base.standing.get((each.kind, each.ref))
        if was and was.path in paths:
            refs[built.paths[each.kind, each.key]] = was.path or "", _says_the_same(each, was)
    used: set[str] = set()
    found = []
    for item in built.content.items:
        ref, same = refs.get(item.path, ("", False))
        if ref and ref not in used:
            used.add(ref)
            item = replace(item, continues=ref, unchanged=same)
        found.append(item)
    return found


def _says_the_same(each: Offered, was: Standing) -> bool:
    """Kept word for word, and under its number."""
    return (
        each.change == Change.SAME
        and each.value == each.printed
        and each.value.get("number") == was.value.get("number")
    )


def _gone(removed: Iterable[Offered], dropped: Sequence[str], base: Base) -> set[str]:
    """Paths that fall away. A passage in which a task still stands stays with it."""
    standing = {path: code for code, path in _places(base).items() if code not in dropped}
    paths: set[str] = set()
    for each in removed:
        if each.kind == "task":
            was = base.standing[each.kind, each.ref]
            paths |= {was.path} if was.path and not was.value["item"] else set()
        else:
            paths.add(each.ref)
    return {path for path in paths if path not in standing}


def _places(base: Base) -> dict[str, str]:
    return {code: each.path for (kind, code), each in base.standing.items() if kind == "task" and each.path}


def _content(
    built: Built, taken: Sequence[Offered], items: list[NewItem], gone: set[str], base: Base
) -> VersionContent:
    continued = {item.continues for item in items if item.continues}
    gone = (gone | _left_behind(taken, base)) - continued
    kept = [piece for piece in base.pieces if piece.is_held and piece.path not in continued | gone]
    return replace(
        built.content,
        items=tuple(_woven(items, kept, base)),
        tasks=tuple(built.tasks[each.key] for each in taken if each.kind == "task" and not _goes_on(each, base)),
        leaves_out=frozenset(gone),
    )


def _left_behind(taken: Iterable[Offered], base: Base) -> set[str]:
    """Rows of tables whose task the file now gives in another place."""
    going = [base.standing["task", each.ref] for each in taken if each.kind == "task" and _goes_on(each, base)]
    held = {piece.path for piece in base.pieces if piece.is_held}
    return {each.path for each in going if each.path in held and not each.value["item"]} - {None}


def _goes_on(each: Offered, base: Base) -> bool:
    return bool(each.ref) and ("task", each.ref) in base.standing


def _woven(items: list[NewItem], kept: Sequence[Piece], base: Base) -> list[NewItem]:
    """What the file does not name but keeps its place: after the piece it stood behind, under what is left above."""
    now = {item.continues: item.path for item in items if item.continues}
    taken = {item.path for item in items} | {piece.path for piece in base.pieces if not piece.is_held}
    for piece in kept:
        now[piece.path] = _free(piece.path, taken)
        taken.add(now[piece.path])
    parents = {piece.path: piece.parent for piece in base.pieces}
    held = {piece.path for piece in base.pieces if piece.is_held}
    keeping = {piece.path for piece in kept}
    woven, behind = list(items), -1
    for piece in base.pieces:
        if piece.path in keeping:
            parent = _left_above(piece.parent, parents, now, held)
            behind += 1
            woven.insert(behind, _kept(piece, now[piece.path], parent))
        elif piece.path in now:
            behind = next(place for place, item in enumerate(woven) if item.path == now[piece.path])
    return woven


def _kept(piece: Piece, path: str, parent: str | None) -> NewItem:
    return NewItem(path, piece.kind, piece.text, {}, parent=parent, continues=piece.path, unchanged=True)


def _left_above(
    path: str | None, parents: Mapping[str, str | None], now: Mapping[str, str], held: set[str]
) -> str | None:
    while path is not None and path in held and path not in now:
        path = parents[path]
    return now.get(path, path) if path else None


def _free(path: str, taken: set[str]) -> str:
    """The path, or the first of path@2, path@3 … that is free."""
    number, free = 2, path
    while free in taken:
        number, free = number + 1, f"{path}@{number}"
    return free
