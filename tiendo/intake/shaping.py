"""Rows shaped by a person: one bullet cut into several tasks, two rows of one task joined. Pure values in and out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from string import ascii_lowercase
from typing import Any

from tiendo.intake.extraction.target_cells import parse_target
from tiendo.orgs.words import fold

Value = dict[str, Any]

JOINED = "~"
CLASHING = ("due", "lead", "group", "unit_text", "target", "horizon")


def part_keys(key: str) -> Iterator[str]:
    """Keys of the parts of a proposal: KEY~a … KEY~z, KEY~aa …"""
    for first in ["", *ascii_lowercase]:
        for letter in ascii_lowercase:
            yield f"{key}{JOINED}{first}{letter}"


def is_part(key: str, made_from: Sequence[str]) -> bool:
    """Whether a proposal is a part of the one it was made from, not one that others were joined into."""
    return any(key.startswith(f"{whole}{JOINED}") for whole in made_from)


def part_value(whole: Value, given: Mapping[str, Any]) -> Value:
    """A part: what is given for it, and of the whole what is not given anew; a title stands for a lacking description.

    Raises ValueError for a field the whole does not have.
    """
    if unknown := set(given) - {*whole, "notes"}:
        raise ValueError(f"no such fields: {sorted(unknown)}")
    value = whole | dict(given)
    if "title" in given and "description" not in given:
        value["description"] = given["title"]
    return value


def joined(values: Sequence[Value]) -> Value:
    """Rows of one task as one row, cell by cell, so that nothing any of them says is lost.

    Text stands after text, each agency once. Of several deadlines the last decides and each is kept as a step. Where
    only one value can stand (a number, a group) it is the first that is given; see `differing`. The exact words of
    each cell are joined alike, so that every word still has its quote.
    """
    first, *rest = values
    result = dict(first)
    for other in rest:
        result = {name: _cell(name, result.get(name), other.get(name)) for name in {**result, **other}}
    return result


def differing(values: Sequence[Value]) -> dict[str, list[str]]:
    """Field → what the rows say in it, where they say different things that do not simply add up."""
    found = {}
    for name in CLASHING:
        said = [_words(value[name]) for value in values if not _is_blank(value.get(name))]
        if len({fold(each or "") for each in said}) > 1:
            found[name] = [each for each in dict.fromkeys(said) if each]
    return found


def where_of(places: Sequence[Mapping[str, Any]]) -> Value:
    """From the first place to the last: the lines widen, the rest is the first's."""
    lines = [place["lines"] for place in places if place.get("lines")]
    widest = {"lines": [min(first for first, _ in lines), max(last for _, last in lines)]} if lines else {}
    return dict(places[0]) | widest


def _cell(name: str, have: Any, other: Any) -> Any:
    """One field of two rows."""
    if _is_blank(have) or _is_blank(other) or have == other:
        return other if _is_blank(have) else have
    if name in JOINS:
        return JOINS[name](have, other)
    if isinstance(have, list) and isinstance(other, list):
        return [*have, *(each for each in other if each not in have)]
    if isinstance(have, dict) and isinstance(other, dict):
        return {**other, **have}
    return have


def _is_blank(value: Any) -> bool:
    """Nothing, or a due that its cell does not give ("…")."""
    missing = isinstance(value, dict) and value.get("kind") == "missing"
    return missing or value in (None, "", [], {})


def _text(have: str, other: str) -> str:
    """Both texts, unless one says nothing more than the other."""
    return have if _holds(have, other) else f"{have} {other}"


def _list(have: str, other: str) -> str:
    """Both texts, the second as a thing of its own unless it goes on in small letters."""
    if _holds(have, other):
        return have
    return f"{have} {other}" if other[:1].islower() else f"{have}; {other}"


def _holds(have: str, other: str) -> bool:
    """Whether the words of one stand in the other; "05 lớp" does not stand in "105 lớp"."""
    return f" {fold(other)} " in f" {fold(have)} "


def _due(have: Value, other: Value) -> Value:
    """Both deadlines: the later day decides, each is kept as a step with its words."""
    steps = [step for due in (have, other) for step in _steps(due)]
    if all(step in _steps(have) for step in _steps(other)):
        return have
    last = max((have, other), key=lambda due: str(due.get("on") or ""))
    words = [str(due["raw"]) for due in (have, other) if due.get("raw")]
    return last | {"raw": "; ".join(dict.fromkeys(words)) or None, "steps": list(_unique(steps))}


def _steps(due: Value) -> list[Value]:
    itself = {"text": _words(due) or "", "on": due.get("on"), "rrule": due.get("rrule")}
    return list(due.get("steps") or [itself])


def _unique(steps: Sequence[Value]) -> Iterator[Value]:
    return (step for place, step in enumerate(steps) if step not in steps[:place])


def _target(have: Value, other: Value) -> Value:
    return parse_target(f"{have.get('raw') or ''}; {other.get('raw') or ''}")


def _words(value: Any) -> str | None:
    """A field in words: of a due or a target what was printed, of agencies their names."""
    if isinstance(value, list):
        return "; ".join(sorted(str(each.get("text") or each.get("unit") or "") for each in value)) or None
    if isinstance(value, dict):
        return value.get("raw") or value.get("on")
    return str(value) if value else None


def _agencies(have: list[Value], other: list[Value]) -> list[Value]:
    seen = {_agency(each) for each in have}
    return [*have, *(each for each in other if _agency(each) not in seen)]


def _agency(each: Value) -> str:
    return str(each["unit"] or fold(each["text"]))


def _quotes(have: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    return {name: _text(have.get(name) or "", other.get(name) or "").strip() for name in {**have, **other}}


JOINS: Mapping[str, Callable[[Any, Any], Any]] = {
    **dict.fromkeys(("title", "name", "description"), _text),
    **dict.fromkeys(("product", "unit_text", "horizon"), _list),
    **dict.fromkeys(("lead", "coordinating"), _agencies),
    "due": _due,
    "target": _target,
    "quotes": _quotes,
}
