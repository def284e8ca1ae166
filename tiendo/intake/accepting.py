"""From accepted proposals to the content of a plan version. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from tiendo.intake.extraction.reading import first_line
from tiendo.intake.proposing import short
from tiendo.orgs.words import fold
from tiendo.plans.structure import Charged, Due, NewAnnex, NewGroup, NewItem, NewTask, VersionContent

ALIKE = 0.8
GROUP_TITLE_LENGTH = 80


@dataclass(frozen=True)
class Accepted:
    """An accepted proposal: `value` is what the person made of it, or as printed."""

    kind: str
    key: str
    value: dict[str, Any]
    where: dict[str, Any]


@dataclass(frozen=True)
class Place:
    """Where rows of a table go: the path of their branch, its title, and the item that announced it, if any."""

    path: str
    title: str
    parent: str | None = None


def content_of(accepted: Iterable[Accepted], known_groups: dict[str, str], place: Place) -> VersionContent:
    """The version's content: sections and items, rows under `place`, tasks in their groups, annexes named.

    `known_groups` maps code → title of the plan's groups so far; a row's group that reads alike joins it.
    """
    accepted = list(accepted)
    sections = {each.key: each.value["title"] for each in accepted if each.kind == "section"}
    mended = _mend(accepted)
    groups = _Groups(known_groups, sections)
    rows = [each for each in accepted if each.kind in ("task", "indicator") and not each.value.get("item")]
    paths = _row_paths(rows, place)
    row_items = [_row_item(each, paths[each.kind, each.key], place) for each in rows]
    tasks = [_task(each, paths.get((each.kind, each.key)), groups) for each in accepted if each.kind == "task"]
    items = [*_prose_items(accepted, mended), *([_place_item(place)] if rows else []), *row_items]
    return VersionContent(
        items=tuple(items),
        tasks=tuple(tasks),
        groups=tuple(groups.new),
        annexes=tuple(_annex(each) for each in accepted if each.kind == "annex"),
    )


class _Groups:
    """Finds or makes the group a task belongs to."""

    def __init__(self, known: dict[str, str], sections: dict[str, str]) -> None:
        self._titles = dict(known)
        self._sections = sections
        self.new: list[NewGroup] = []

    def code_for(self, printed: str | None) -> str | None:
        """The group's code for a section id or for the words of a group row; None for a task without one."""
        if not printed:
            return None
        if printed in self._titles:
            return printed
        if printed in self._sections:
            return self._make(printed, self._sections[printed])
        return self._alike(printed) or self._make(printed, printed)

    def _alike(self, words: str) -> str | None:
        wanted = _bare(words)
        for code, title in self._titles.items():
            have = _bare(title)
            if have.startswith(wanted) or wanted.startswith(have):
                return code
            if SequenceMatcher(None, have, wanted, autojunk=False).ratio() >= ALIKE:
                return code
        return None

    def _make(self, code: str, title: str) -> str:
        self._titles[code] = title
        self.new.append(NewGroup(code, title, short(_without_number(title), GROUP_TITLE_LENGTH)))
        return code


def _without_number(title: str) -> str:
    head, _, rest = title.partition(" ")
    is_number = head.endswith((".", ")", "/")) or (head.isupper() and set(head) <= set("IVX"))
    return rest if rest and is_number else title


def _bare(title: str) -> str:
    return fold(_without_number(title))


def _mend(accepted: list[Accepted]) -> dict[str, list[tuple[str, str]]]:
    """Item path → accepted repairs of its words."""
    mended: dict[str, list[tuple[str, str]]] = {}
    for each in accepted:
        if each.kind == "repair" and each.value.get("proposed"):
            mended.setdefault(each.value["item"], []).append((each.value["printed"], each.value["proposed"]))
    return mended


def _prose_items(accepted: list[Accepted], mended: dict[str, list[tuple[str, str]]]) -> list[NewItem]:
    """Sections and items in the order they stand in the document."""
    prose = [each for each in accepted if each.kind in ("section", "item")]
    prose.sort(key=lambda each: first_line(each.where["lines"]) if "lines" in each.where else 0)
    kept = {each.key for each in prose}
    return [_section(each, kept) if each.kind == "section" else _item(each, kept, mended) for each in prose]


def _section(each: Accepted, kept: set[str]) -> NewItem:
    parent = each.key.rpartition(".")[0]
    return NewItem(
        path=each.key,
        kind="section",
        text=each.value["title"],
        where=each.where,
        number=each.value.get("number"),
        parent=parent if parent in kept else None,
        details={"level": each.value.get("level")},
    )


def _item(each: Accepted, kept: set[str], mended: dict[str, list[tuple[str, str]]]) -> NewItem:
    text = each.value["text"]
    for printed, proposed in mended.get(each.key, []):
        text = text.replace(printed, proposed)
    section = each.value["section"]
    details = {"printed": each.value["text"]} if text != each.value["text"] else {}
    return NewItem(
        path=each.key,
        kind=each.value["kind"],
        text=text,
        where=each.where,
        parent=section if section in kept else None,
        details=details,
    )


def _place_item(place: Place) -> NewItem:
    return NewItem(path=place.path, kind="section", text=place.title, where={}, parent=place.parent)


def _row_paths(rows: list[Accepted], place: Place) -> dict[tuple[str, str], str]:
    """A path for each row: the branch and its printed number, or its place when numbers repeat or lack."""
    paths: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for count, each in enumerate(rows, 1):
        path = f"{place.path}.{each.value.get('number') or f'r{count}'}"
        if path in taken:
            path = f"{path}@{count}"
        taken.add(path)
        paths[each.kind, each.key] = path
    return paths


def _row_item(each: Accepted, path: str, place: Place) -> NewItem:
    is_task = each.kind == "task"
    details = {} if is_task else {key: value for key, value in each.value.items() if key != "name"}
    return NewItem(
        path=path,
        kind="task_row" if is_task else "indicator_row",
        text=each.value["description"] if is_task else each.value["name"],
        where=each.where,
        number=each.value.get("number"),
        parent=place.path,
        details=details,
    )


def _task(each: Accepted, path: str | None, groups: _Groups) -> NewTask:
    value = each.value
    return NewTask(
        item=value.get("item") or path or "",
        title=value["title"],
        description=value["description"],
        group=groups.code_for(value.get("group")),
        number=value.get("number"),
        product=value.get("product"),
        due=due_of(value.get("due")),
        charged=tuple(_charged(value)),
        quotes=value.get("quotes") or {},
    )


def _charged(value: dict[str, Any]) -> Iterable[Charged]:
    """The first lead leads; further names in the lead's cell help, for one unit only is accountable (domain §2)."""
    leads, helpers = value.get("lead") or [], value.get("coordinating") or []
    seen: set[str] = set()
    for place, agency in enumerate([*leads, *helpers]):
        code = agency.get("unit")
        if code is None or code not in seen:
            seen.add(code or "")
            role = "lead" if place == 0 and leads else "coordinating"
            yield Charged(role, code, agency.get("text"))


def due_of(due: dict[str, Any] | None) -> Due:
    """The reading's due as the ledger keeps it."""
    if not due or due.get("kind") == "missing":
        return Due(raw=(due or {}).get("raw"))
    return Due(
        raw=due.get("raw"),
        kind=due["kind"],
        on=_day(due.get("on")),
        starts_on=_day(due.get("from")),
        rrule=due.get("rrule"),
        before=bool(due.get("before")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _annex(each: Accepted) -> NewAnnex:
    return NewAnnex(label=each.value["label"], mentioned_in=tuple(each.value.get("mentioned_in") or ()))
