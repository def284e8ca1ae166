"""A file beside the version it would amend: each proposal says whether it adds, changes, keeps or removes. Pure."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tiendo.intake.accepting import charged_of
from tiendo.intake.comparing import Change, Compared, Row, changed_fields, compare
from tiendo.intake.grouping import without_number
from tiendo.intake.proposing import Proposed
from tiendo.orgs.words import fold

PROSE = ("title", "description", "product", "due", "lead", "coordinating")  # fields whose exact words are kept
SURE_ABOVE = 90  # a text edited more than this leaves some doubt whether it is the same thing
KINDS = ("section", "item", "indicator", "task")
ANNEX = "PL"

Value = Mapping[str, Any]


@dataclass(frozen=True)
class Standing:
    """One thing the plan has now: `ref` is the task's code or the item's path, `value` in the shape of `printed`.

    `said` are the words a document gave last, by field. `path` is the item it stands in, None when in none any more.
    """

    kind: str
    ref: str
    value: dict[str, Any]
    said: Mapping[str, str | None]
    path: str | None


@dataclass(frozen=True)
class Scope:
    """What a file speaks of: its kinds of things, and the branches of annexes it holds ("" is the plan's own text)."""

    kinds: frozenset[str]
    branches: frozenset[str]

    def holds(self, each: Standing) -> bool:
        """Whether the file would name the thing if it still stood."""
        if each.kind not in self.kinds or each.path is None:
            return False
        branch = branch_of(each.path)
        return branch in self.branches and each.path != branch


def branch_of(path: str) -> str:
    """The annex's branch that a path stands in: "PL-II.3" → "PL-II"; the plan's own text has the empty one."""
    head = path.split(".")[0].split("#")[0]
    return head if head == ANNEX or head.startswith(f"{ANNEX}-") else ""


def scope_of(proposals: Sequence[Proposed], attached: str | None) -> Scope:
    """From what a file proposes. `attached` is the branch of the annex it comes in as, which has all its rows."""
    kinds = {each.kind for each in proposals if each.kind in KINDS}
    rows = [
        each for each in proposals if each.kind == "indicator" or (each.kind == "task" and not each.printed["item"])
    ]
    branches = {attached} if attached else {branch_of(each.key) for each in rows}
    if kinds & {"section", "item"} and not attached:
        branches.add("")
        kinds |= {"section", "item"}
    return Scope(frozenset(kinds), frozenset(branches))


def amended(
    proposals: Sequence[Proposed],
    standing: Sequence[Standing],
    scope: Scope,
    titles: Mapping[str, str],
    left_out: Container[tuple[str, str]] = frozenset(),
) -> list[Proposed]:
    """The proposals with what each changes, each kind followed by what the file no longer has.

    `titles` are headings and groups by code or path → title: groups are compared by their words. `left_out` are
    (kind, folded text) of what a person left out of the plan before: it stays out unless it is taken now.
    """
    there = _without_siblings(each for each in standing if scope.holds(each))
    compared = {kind: _compare(kind, proposals, there, titles) for kind in KINDS}
    found: list[Proposed] = []
    for kind in dict.fromkeys([*(each.kind for each in proposals), *KINDS]):
        mine = [each for each in proposals if each.kind == kind]
        found += [_beside(each, compared[kind].get(each.key)) for each in mine] if kind in KINDS else mine
        found += [_removed(each) for each in _gone(kind, compared, there)]
    kept = {each.key for each in found if each.kind in ("item", "section") and each.change == Change.SAME}
    current = {(each.kind, each.ref): each.value for each in standing}
    return [_settled(each, kept, left_out, current) for each in found]


def only_rest(found: Sequence[Proposed]) -> list[Proposed]:
    """Of a file that made a version before: what it adds is asked about, what else differs stays as the plan has it."""
    settled = (Change.CHANGED, Change.REMOVED)
    return [replace(each, left_out=True, sure=False) if each.change in settled else each for each in found]


def fields_to_amend(
    standing: Standing, value: Value, printed: Value, titles: Mapping[str, str], *, exact: bool
) -> frozenset[str]:
    """Fields in which what is accepted differs from what the task says now.

    A field whose printed words are those of the last document did not change, unless a person edited it here.
    `exact` asks of the values alone: in a workbook every cell is what its writer means.
    """
    now, then = _task("", standing.value, {}, titles), _task("", value, {}, titles)
    differing = set(changed_fields(now, then))
    if not exact:
        before, read = _task("", standing.value, standing.said, titles), _task("", printed, _words(printed), titles)
        edited = changed_fields(_task("", printed, {}, titles), then)
        differing &= {*changed_fields(before, read), *edited}
    found = {"description" if name == "text" else name for name in differing}
    retitled = exact or "description" in found or value.get("title") != printed.get("title")
    if retitled and value.get("title") != standing.value.get("title"):
        found.add("title")
    return frozenset(found)


def text_of(kind: str, value: Value) -> str:
    """The folded text a thing is known by."""
    return fold(
        str(value.get({"task": "description", "indicator": "name", "section": "title"}.get(kind, "text")) or "")
    )


def _compare(
    kind: str, proposals: Sequence[Proposed], there: Iterable[Standing], titles: Mapping[str, str]
) -> dict[str, Compared]:
    """Key of each proposal → what it was compared with; "" and the ref for those that are gone."""
    current = [SHAPES[kind](each.ref, each.value, each.said, titles) for each in there if each.kind == kind]
    proposed = [
        SHAPES[kind](each.key, each.printed, _words(each.printed), titles) for each in proposals if each.kind == kind
    ]
    found = compare(current, proposed)
    return {
        each.proposed.ref if each.proposed else f"\0{each.current.ref if each.current else ''}": each for each in found
    }


def _gone(kind: str, compared: Mapping[str, Mapping[str, Compared]], there: Iterable[Standing]) -> list[Standing]:
    keys = compared.get(kind, {})
    return [each for each in there if each.kind == kind and f"\0{each.ref}" in keys]


def _beside(each: Proposed, found: Compared | None) -> Proposed:
    if found is None or found.current is None:
        return replace(each, change=Change.ADDED)
    doubtful = found.change == Change.CHANGED and found.score < SURE_ABOVE
    sure = found.change == Change.SAME or (each.sure and not doubtful)
    return replace(each, change=found.change, current_ref=found.current.ref, sure=sure)


def _removed(each: Standing) -> Proposed:
    """Under a key no reading gives. That a thing is gone is never sure: a page may be missing."""
    key = f"-{each.ref}"
    return Proposed(each.kind, key, each.value, {}, sure=False, change=Change.REMOVED, current_ref=each.ref)


def _settled(
    each: Proposed,
    kept: Container[str],
    left_out: Container[tuple[str, str]],
    current: Mapping[tuple[str, str], dict[str, Any]],
) -> Proposed:
    """With the value it was compared with; without asking again what a person has decided before."""
    if each.current_ref:
        return replace(each, current=current[each.kind, each.current_ref])
    if each.kind == "repair" and each.printed["item"] in kept:
        return replace(each, change=Change.SAME)
    if each.change == Change.ADDED and (each.kind, text_of(each.kind, each.printed)) in left_out:
        return replace(each, change=Change.SAME, left_out=True)
    return each


def _without_siblings(standing: Iterable[Standing]) -> list[Standing]:
    """Of the tasks that a person made of one passage the first speaks for all: the document has it once."""
    seen: set[tuple[str | None, str]] = set()
    found: list[Standing] = []
    for each in standing:
        words = each.said.get("description") if each.kind == "task" else None
        if not words or (each.path, words) not in seen:
            found.append(each)
            seen.add((each.path, words or ""))
    return found


def _words(printed: Value) -> dict[str, str | None]:
    quotes = printed.get("quotes") or {}
    if "text" in printed:
        return {"text": printed["text"]}
    return {name: quotes.get(name) for name in PROSE} if "quotes" in printed else {}


def _group(value: Value, titles: Mapping[str, str]) -> str | None:
    """The words of a group, whatever number it has."""
    printed = value.get("group")
    return without_number(titles.get(printed, printed)) if printed else None


def _task(ref: str, value: Value, said: Value, titles: Mapping[str, str]) -> Row:
    charged = list(charged_of(dict(value)))
    roles = {
        role: [{"text": each.printed, "unit": each.unit_code} for each in charged if each.role == role]
        for role in ("lead", "coordinating")
    }
    words = {name: said[name] for name in ("product", "due") if name in said}
    words |= {"text": said["description"]} if "description" in said else {}
    # The lead's cell may hold further names, which help: the words of both cells speak for both.
    both = " | ".join(str(said.get(role) or "") for role in ("lead", "coordinating"))
    words |= dict.fromkeys(roles, both) if "lead" in said else {}
    row = {
        "text": said.get("description") or value["description"],
        "number": value.get("number"),
        "group": _group(value, titles),
        "product": value.get("product"),
        "due": _due(value.get("due")),
        **roles,
    }
    return Row(ref, row, words)


def _due(due: Value | None) -> list[Any] | None:
    if not due or due.get("kind") == "missing":
        return None
    return [due.get(name) for name in ("kind", "on", "from", "rrule")]


def _indicator(ref: str, value: Value, said: Value, titles: Mapping[str, str]) -> Row:
    row = {
        "text": value["name"],
        "number": value.get("number"),
        "group": _group(value, titles),
        "unit_text": value.get("unit_text"),
        "target": (value.get("target") or {}).get("raw"),
        "horizon": value.get("horizon"),
        "lead": value.get("lead") or [],
    }
    return Row(ref, row)


def _section(ref: str, value: Value, said: Value, titles: Mapping[str, str]) -> Row:
    return Row(ref, {"text": value["title"], "number": value.get("number")})


def _item(ref: str, value: Value, said: Value, titles: Mapping[str, str]) -> Row:
    words = {"text": said["text"]} if "text" in said else {}
    return Row(ref, {"text": value["text"]}, words)


SHAPES = {"task": _task, "indicator": _indicator, "section": _section, "item": _item}
