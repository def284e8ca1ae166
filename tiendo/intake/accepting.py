"""From chosen proposals to the content of a plan version. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tiendo.intake.choosing import Offered, branch
from tiendo.intake.grouping import Groups
from tiendo.intake.mending import Mender
from tiendo.intake.proposing import short
from tiendo.plans.structure import Charged, Due, NewAnnex, NewItem, NewTask, VersionContent

TABLES = "PL"
UNNAMED = "Bảng kèm theo"  # the branch for tables under no annex's heading; part of the plan, so in its language


@dataclass(frozen=True)
class Known:
    """What the plan has already: groups by code → title, headings of its tasks by path → title, paths of all items.

    `moved` maps the path of a heading to the code of the group it was under the path it had before.
    """

    groups: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    paths: frozenset[str] = frozenset()
    moved: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Attached:
    """The annex a file is attached as: its label, and the item of the plan that announced it, if any."""

    label: str
    announced_in: str | None = None

    @property
    def path(self) -> str:
        return branch_of_label(self.label)


def branch_of_label(label: str) -> str:
    """ "Phụ lục II" → "PL-II": the branch of the plan under which its rows stand."""
    number = label.removeprefix("Phụ lục").strip()
    return f"{TABLES}-{number}" if number else TABLES


@dataclass(frozen=True)
class Built:
    """The content, and what became of each proposal: tasks by key, paths by (kind, key)."""

    content: VersionContent
    tasks: Mapping[str, NewTask]
    paths: Mapping[tuple[str, str], str]


def build(chosen: Iterable[Offered], known: Known, attached: Attached | None = None) -> Built:
    """The version's content, and which proposal became what in it."""
    chosen = list(chosen)
    mender = Mender.of(chosen)
    prose = _prose(chosen, mender)
    rows = [each for each in chosen if each.kind == "indicator" or (each.kind == "task" and not each.value["item"])]
    branches = _Branches(known, attached, _announced(chosen, prose))
    places = branches.paths_of(rows)
    headings = {path: mender.mend(path, title) for path, title in known.headings.items()}
    groups = Groups(known.groups, headings, known.moved)
    paths = {ref: path for ref, (path, _) in places.items()}
    tasks = {each.key: _task(each, paths.get((each.kind, each.key)), groups, mender) for each in _tasks(chosen)}
    content = VersionContent(
        items=(*prose, *branches.new, *(_row_item(each, *places[each.kind, each.key]) for each in rows)),
        tasks=tuple(tasks.values()),
        groups=tuple(groups.new),
        annexes=tuple(_annex(each) for each in chosen if each.kind == "annex"),
    )
    in_prose = {(each.kind, each.key): each.key for each in chosen if each.kind in ("section", "item")}
    return Built(content, tasks, paths | in_prose)


def _tasks(chosen: Iterable[Offered]) -> Iterable[Offered]:
    return (each for each in chosen if each.kind == "task")


class _Branches:
    """Where rows of tables go: a branch for each annex, made once, and a path in it for each row."""

    def __init__(self, known: Known, attached: Attached | None, announced: Mapping[str, str]) -> None:
        self._taken = set(known.paths)
        self._attached = attached
        self._announced = announced
        self.new: list[NewItem] = []

    def paths_of(self, rows: list[Offered]) -> dict[tuple[str, str], tuple[str, str | None]]:
        """Each row's path and branch: the branch and the printed number, and its place when that repeats or lacks."""
        paths: dict[tuple[str, str], tuple[str, str | None]] = {}
        for each in rows:
            if each.place:
                paths[each.kind, each.key] = each.place
                self._taken.add(each.place[0])
        for count, each in enumerate(rows, 1):
            if each.place:
                continue
            under = self._branch(each.key.partition("#")[0])
            path = f"{under}.{each.value.get('number') or f'r{count}'}"
            while path in self._taken:
                path = f"{path}@{count}"
            self._taken.add(path)
            paths[each.kind, each.key] = path, under
        return paths

    def _branch(self, read: str) -> str:
        """Rows under the heading of no other annex belong to the annex the file is attached as."""
        if self._attached and read in (TABLES, self._attached.path):
            return self._make(self._attached.path, self._attached.label, self._attached.announced_in)
        label = read.replace(f"{TABLES}-", "Phụ lục ") if read != TABLES else UNNAMED
        return self._make(read, label, self._announced.get(read))

    def _make(self, path: str, title: str, parent: str | None) -> str:
        if path not in self._taken:
            self._taken.add(path)
            self.new.append(NewItem(path=path, kind="section", text=title, where={}, parent=parent))
        return path


def _announced(chosen: list[Offered], prose: list[NewItem]) -> dict[str, str]:
    """Branch of an annex → the kept item that announces it."""
    announcing = {item.path for item in prose if item.kind == "annex_reference"}
    found: dict[str, str] = {}
    for each in chosen:
        if each.kind == "annex":
            named = [path for path in each.value.get("mentioned_in") or () if path in announcing]
            found.update({branch_of_label(each.value["label"]): path for path in named[:1]})
    return found


def _prose(chosen: list[Offered], mender: Mender) -> list[NewItem]:
    """Sections and items in the order they stand in the document, each under the nearest heading that was taken."""
    prose = [each for each in chosen if each.kind in ("section", "item")]
    prose.sort(key=lambda each: each.where["lines"])
    kept = {each.key for each in prose}
    return [_section(each, kept, mender) if each.kind == "section" else _item(each, kept, mender) for each in prose]


def _nearest(path: str | None, kept: set[str]) -> str | None:
    return next((above for above in branch(path) if above in kept), None)


def _section(each: Offered, kept: set[str], mender: Mender) -> NewItem:
    title = mender.mend(each.key, each.value["title"])
    return NewItem(
        path=each.key,
        kind="section",
        text=title,
        where=each.where,
        number=each.value.get("number"),
        parent=_nearest(each.key.rpartition(".")[0], kept),
        details={"level": each.value.get("level"), **_printed(each.printed["title"], title)},
    )


def _item(each: Offered, kept: set[str], mender: Mender) -> NewItem:
    text = mender.mend(each.key, each.value["text"])
    return NewItem(
        path=each.key,
        kind=each.value["kind"],
        text=text,
        where=each.where,
        parent=_nearest(each.value["section"], kept),
        details={**_printed(each.printed["text"], text), **_aims(each.value)},
    )


def _aims(value: dict[str, Any]) -> dict[str, Any]:
    """The targets that the passage sets, kept with it."""
    return {"targets": value["targets"]} if value.get("targets") else {}


def _printed(was: str, now: str) -> dict[str, str]:
    """What the document printed, kept beside words that were mended."""
    return {"printed": was} if was != now else {}


def _row_item(each: Offered, path: str, under: str | None) -> NewItem:
    is_task = each.kind == "task"
    details = {} if is_task else {key: value for key, value in each.value.items() if key not in ("name", "notes")}
    return NewItem(
        path=path,
        kind="task_row" if is_task else "indicator_row",
        text=each.value["description" if is_task else "name"],
        where=each.where,
        number=each.value.get("number"),
        parent=under,
        details=details,
    )


def _title(each: Offered, mender: Mender) -> str:
    """A title cut from the description is cut again from the mended words, for a slip may stand across the cut."""
    title, description = each.value["title"], each.value["description"]
    if title == short(description):
        return short(mender.mend(each.key, description))
    return mender.mend(each.key, title)


def _task(each: Offered, path: str | None, groups: Groups, mender: Mender) -> NewTask:
    value = each.value
    return NewTask(
        item=value["item"] or path or "",
        title=_title(each, mender),
        description=mender.mend(each.key, value["description"]),
        group=groups.code_for(value.get("group")),
        number=value.get("number"),
        product=mender.mend(each.key, value["product"]) if value.get("product") else None,
        due=due_of(value.get("due")),
        charged=tuple(charged_of(value)),
        quotes=value.get("quotes") or {},
        notes=value.get("notes") or {},
    )


def charged_of(value: dict[str, Any]) -> Iterable[Charged]:
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


def _annex(each: Offered) -> NewAnnex:
    value = each.value
    return NewAnnex(value["label"], tuple(value.get("mentioned_in") or ()), present=bool(value.get("present")))
