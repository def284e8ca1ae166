"""Rows shaped by a person: one bullet cut into several tasks, two rows of one task joined. Pure values in and out."""

from collections.abc import Iterator, Mapping, Sequence
from string import ascii_lowercase
from typing import Any

from tiendo.orgs.words import fold

Value = dict[str, Any]

JOINED = "~"
LONG = ("description", "product")  # cells that hold running text: both are kept, one after the other
LISTS = ("lead", "coordinating")
ONCE = ("number", "group", "due", "item", "unit_text", "target", "horizon")


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
    """Rows of one task as one row, cell by cell: text after text, each agency once, otherwise the first that is given.

    The exact words of each cell are joined alike, so that every word still has its quote.
    """
    first, *rest = values
    result = dict(first)
    for other in rest:
        result |= {name: _text(result.get(name), other.get(name)) for name in LONG if name in result}
        result |= {name: _agencies(result[name], other.get(name) or []) for name in LISTS if name in result}
        result |= {name: _given(result[name], other.get(name)) for name in ONCE if name in result}
        result |= {name: _text(result[name], other.get(name)) for name in ("title", "name") if name in result}
        if "quotes" in result:
            result["quotes"] = _quotes(result["quotes"], other.get("quotes") or {})
    return result


def where_of(places: Sequence[Mapping[str, Any]]) -> Value:
    """From the first place to the last: the lines widen, the rest is the first's."""
    lines = [place["lines"] for place in places if place.get("lines")]
    widest = {"lines": [min(first for first, _ in lines), max(last for _, last in lines)]} if lines else {}
    return dict(places[0]) | widest


def _given(have: Any, other: Any) -> Any:
    """The first that is given; a due that is missing in one row may stand in the other."""
    if isinstance(have, dict) and have.get("kind") == "missing" and other:
        return other
    return have if have not in (None, "") else other


def _text(have: str | None, other: str | None) -> str | None:
    """Both texts, unless one says nothing more than the other."""
    if not have or not other:
        return have or other
    if fold(other) in fold(have):
        return have
    return f"{have} {other}"


def _agencies(have: list[Value], other: list[Value]) -> list[Value]:
    seen = {_agency(each) for each in have}
    return [*have, *(each for each in other if _agency(each) not in seen)]


def _agency(each: Value) -> str:
    return str(each["unit"] or fold(each["text"]))


def _quotes(have: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    return {name: _text(have.get(name), other.get(name)) or "" for name in {**have, **other}}
