"""What changed between what a plan has and what a file proposes: by content, not by position. Pure."""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from rapidfuzz import fuzz, process

from tiendo.intake.extraction.spelling import phrase_key
from tiendo.intake.pairing import pair_up
from tiendo.orgs.words import fold

TEXT, NUMBER, GROUP = "text", "number", "group"
LIKE = 80  # so alike (0 to 100) two texts are one text that was edited
LIKE_IN_PLACE = 55  # … and under the same number in the same group
BESIDE = 12  # what the same number and group are worth when several rows could be meant
MOST_RIVALS = 2_000  # pairs of rows with one and the same text that are weighed against each other
MOST_LETTERS = 3_000  # of a longer text the beginning is compared


class Change(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    SAME = "same"


@dataclass(frozen=True)
class Row:
    """One thing: `value` maps fields to strings, agencies ([{text, unit}]), other plain data, or None.

    `value["text"]` is what it is known by, `number` and `group` where it stands; every key is a field that is compared.
    `said` gives for some fields the exact words of the document that gave them last: a field whose words did not
    change did not change, whatever a person made of it since.
    """

    ref: str
    value: Mapping[str, Any]
    said: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Compared:
    """A row beside the one it continues; `fields` that differ, in alphabetical order; `score` likeness of the texts.

    A row that only got another number is the same: `fields` then holds "number" alone.
    """

    change: Change
    current: Row | None
    proposed: Row | None
    fields: tuple[str, ...] = ()
    score: int = 0


def compare(current: Sequence[Row], proposed: Sequence[Row]) -> list[Compared]:
    """Every row of both sides once: those proposed in their order, then those that are gone in theirs.

    Rows are paired by the same text, whatever its marks and spaces; what is left by the likeness of the texts, where
    the same number in the same group helps. A row that was only moved or renumbered is the same.
    """
    have, want = _Side(current), _Side(proposed)
    pairs = _exact(have, want)
    pairs |= _near(have, want, pairs)
    found = [_compared(current[pairs[at]] if at in pairs else None, row) for at, row in enumerate(proposed)]
    kept = set(pairs.values())
    return found + [Compared(Change.REMOVED, row, None) for at, row in enumerate(current) if at not in kept]


def changed_fields(current: Row, proposed: Row) -> tuple[str, ...]:
    """Fields that differ, unless the words of the document are the same in both."""
    names = sorted({*current.value, *proposed.value})
    return tuple(name for name in names if not _same_field(name, current, proposed))


def same_words(one: str | None, other: str | None) -> bool:
    """Whether two texts differ in nothing but spaces, the place of tone marks and the way letters are composed."""
    return _plain(one) == _plain(other)


class _Side:
    """One side's rows in an order of their own, so that the order they came in decides nothing."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.order = sorted(range(len(rows)), key=lambda at: (_stable(rows[at].value), rows[at].ref))
        self.folded = [fold(str(row.value.get(TEXT) or ""))[:MOST_LETTERS] for row in rows]

    def place(self, at: int) -> tuple[str, str] | None:
        """Number and group, when the row has a number."""
        value = self.rows[at].value
        number = value.get(NUMBER)
        return (str(number), fold(str(value.get(GROUP) or ""))) if number else None


def _exact(have: _Side, want: _Side) -> dict[int, int]:
    """Proposed → current for rows of the same text; of several, those alike in the most fields."""
    there: dict[str, list[int]] = {}
    for at in have.order:
        there.setdefault(have.folded[at], []).append(at)
    asked: dict[str, list[int]] = {}
    for at in want.order:
        if have_text := want.folded[at]:
            asked.setdefault(have_text, []).append(at)
    pairs: dict[int, int] = {}
    for text, ats in asked.items():
        pairs |= _alike(have, there.get(text, []), want, ats)
    return pairs


def _alike(have: _Side, mine: list[int], want: _Side, theirs: list[int]) -> dict[int, int]:
    if len(mine) * len(theirs) in (0, 1) or len(mine) * len(theirs) > MOST_RIVALS:
        return dict(zip(theirs, mine, strict=False))
    scores = {
        (left, right): _agreement(have.rows[old], want.rows[new])
        for left, old in enumerate(mine)
        for right, new in enumerate(theirs)
    }
    return {theirs[right]: mine[left] for left, right in pair_up(scores)}


def _agreement(one: Row, other: Row) -> int:
    """How many fields agree, the place counting most; never 0, for the texts are the same."""
    names = {*one.value, *other.value}
    agreeing = {name for name in names if _same_value(one.value.get(name), other.value.get(name))}
    return 1 + len(agreeing) + 8 * (GROUP in agreeing) + 4 * (NUMBER in agreeing)


def _near(have: _Side, want: _Side, pairs: Mapping[int, int]) -> dict[int, int]:
    """Proposed → current for rows whose text was edited."""
    kept = set(pairs.values())
    mine = [at for at in have.order if at not in kept]
    theirs = [at for at in want.order if at not in pairs]
    scores = _likeness(have, mine, want, theirs)
    return {theirs[right]: mine[left] for left, right in pair_up(scores)}


def _likeness(have: _Side, mine: list[int], want: _Side, theirs: list[int]) -> dict[tuple[int, int], int]:
    texts = {right: want.folded[at] for right, at in enumerate(theirs) if want.folded[at]}
    places: dict[tuple[str, str], list[int]] = {}
    for right, at in enumerate(theirs):
        if place := want.place(at):
            places.setdefault(place, []).append(right)
    scores: dict[tuple[int, int], int] = {}
    for left, at in enumerate(mine):
        text = have.folded[at]
        for _text, score, right in process.extract(text, texts, scorer=fuzz.ratio, score_cutoff=LIKE, limit=None):
            scores[left, right] = round(score)
        place = have.place(at)
        for right in places.get(place, ()) if place else ():
            if (score := fuzz.ratio(text, want.folded[theirs[right]], score_cutoff=LIKE_IN_PLACE)) > 0:
                scores[left, right] = round(score) + BESIDE
    return scores


def _compared(current: Row | None, proposed: Row) -> Compared:
    if current is None:
        return Compared(Change.ADDED, None, proposed)
    fields = changed_fields(current, proposed)
    score = round(fuzz.ratio(*(fold(str(row.value.get(TEXT) or ""))[:MOST_LETTERS] for row in (current, proposed))))
    change = Change.CHANGED if set(fields) - {NUMBER} else Change.SAME
    return Compared(change, current, proposed, fields, score)


def _same_field(name: str, current: Row, proposed: Row) -> bool:
    if _same_value(current.value.get(name), proposed.value.get(name)):
        return True
    both = name in current.said and name in proposed.said
    return both and same_words(current.said[name], proposed.said[name])


def _same_value(one: Any, other: Any) -> bool:
    """Nothing given is one value, however it is written."""
    if not one or not other:
        return not one and not other
    if isinstance(one, str) and isinstance(other, str):
        return same_words(one, other)
    if _are_agencies(one) and _are_agencies(other):
        return _same_agencies(one, other)
    return bool(one == other)


def _are_agencies(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, Mapping) and "unit" in each for each in value)


def _same_agencies(one: Sequence[Mapping[str, Any]], other: Sequence[Mapping[str, Any]]) -> bool:
    """The same agencies in any order: the same unit, or the same words."""
    if len(one) != len(other):
        return False
    scores = {
        (left, right): 1
        for left, mine in enumerate(one)
        for right, theirs in enumerate(other)
        if (mine["unit"] and mine["unit"] == theirs["unit"]) or fold(mine["text"] or "") == fold(theirs["text"] or "")
    }
    return len(pair_up(scores)) == len(one)


def _plain(text: str | None) -> str:
    return phrase_key(unicodedata.normalize("NFC", text or ""))


def _stable(value: Mapping[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
