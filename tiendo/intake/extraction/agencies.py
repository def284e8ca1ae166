"""Agencies in text: a dictionary of units and groups, longest name first; what it does not know stays visible.

Never split on commas blindly: "Sở Văn hóa, Thể thao và Du lịch" is one agency.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tiendo.intake.extraction.collective import OTHER_BODY, collective_at, only_qualifies
from tiendo.intake.extraction.names import Hit, Names, Token, tokens_of
from tiendo.intake.extraction.pieces import JOINERS, bounded, pieces_of
from tiendo.intake.extraction.spelling import one_line
from tiendo.intake.extraction.surroundings import place_after, widened
from tiendo.orgs.words import fold

BUILT_IN = Path(__file__).parents[2] / "orgs" / "data" / "units.json"
BODIES = Path(__file__).parent / "data" / "bodies.json"
NOUN_OF_MANY = re.compile(
    r"(?:(?:chủ tịch\s+)?(?:UBND|HĐND|(?:ủy|uỷ) ban nhân dân)\s+)?(?:các|những)\s+[^\W\d_]{2,6}(?:,\s[^\W\d_]{2,6})?$",
    re.IGNORECASE,
)
DOING = re.compile(
    r"(?:chủ trì|phối hợp|thực hiện|tham gia|triển khai|chỉ đạo|theo|trong|và|để|khi|nơi|có|cùng|phụ trách|chịu)(?!\w)",
    re.IGNORECASE,
)
MOST_NARROWING = 4
TICK = re.compile(r"(?:[A-Za-zĐđ✓✔√●•*+x]|CT|PH)", re.IGNORECASE)  # a mark under an agency's name in the header
HOME = re.compile(r"^(?:UBND|(?:Ủy|Uỷ) ban nhân dân) (?:tỉnh|thành phố) (?P<name>.+)$", re.IGNORECASE)
SHARED_HEAD = re.compile(
    r"\b(?P<all>(?i:các)\s+)?(?i:UBND\s+(?:các\s+)?)?(?P<word>(?i:sở|bộ|xã|phường|huyện))"
    r"(?i:\s*,\s*(?:ban|ngành|phường|xã|thành phố))*(?:\s*(?P<colon>:)\s*|\s+(?=[A-ZĐ]))"
)
SHARED_WORDS = {
    "sở": ("sở",), "bộ": ("bộ",), "xã": ("UBND xã", "UBND phường"), "phường": ("UBND phường", "UBND xã"),
    "huyện": ("UBND huyện", "UBND thành phố"),
}  # fmt: skip
SHARED_GAP = re.compile(r"^\s*(?:,\s*)?$")
LEADING_WORDS = 5  # "tất cả", "thủ trưởng" … before the name of a group
LONGEST_CELL = 20_000  # letters: longer than any list of agencies, short enough to be looked at word by word


@dataclass(frozen=True)
class Mention:
    """An agency as printed at one place of the text; `unit` is its code, or None when it is not known."""

    start: int
    end: int
    text: str
    unit: str | None

    def as_json(self) -> dict[str, str | None]:
        """The reading contract's form."""
        return {"text": self.text, "unit": self.unit}


def names_of(data: Any) -> dict[str, tuple[str, ...]]:
    """Code → name, short name and aliases, from the shape of `units.json`."""
    entries = [*data.get("units", []), *data.get("groups", [])] if isinstance(data, dict) else list(data)
    names: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        own = (entry.get("name"), entry.get("short_name"), *(entry.get("aliases") or []))
        names[str(entry["code"])] = (*names.get(str(entry["code"]), ()), *(str(name) for name in own if name))
    return names


class Directory:
    """Known units and groups under all their names. Give each code its name, short name and aliases.

    `learned` are (words, code) that people chose, the last word last: they outrank what was known before.
    """

    def __init__(self, names: Mapping[str, Iterable[str]], learned: Iterable[tuple[str, str]] = ()) -> None:
        self._names = Names()
        self._homes: set[str] = set()
        for code, aliases in names.items():
            for alias in aliases:
                self._names.add(alias, code)
                self._homes.update(fold(found["name"]) for found in [HOME.match(alias)] if found)
        for body in _bodies()["bodies"]:
            self._names.add(body, None)
        for words, code in learned:
            self._names.add(words, code, override=True)

    def find(self, text: str) -> tuple[Mention, ...]:
        """Known agencies of prose in reading order, none overlapping; a bare abbreviation ("KHCN") is only a word."""
        found = [(at, hit) for at, hit in self._hits(text, abbreviations=False) if hit.code]
        return tuple(mention for mention in self._mentions(text, found) if mention.unit)

    def split(self, cell: str) -> tuple[Mention, ...]:
        """Every agency of a table cell in order: known ones with their code, the rest as printed with None."""
        if len(cell) > LONGEST_CELL:
            return (Mention(0, len(cell), one_line(cell), None),)
        shared, rest = self._shared(cell)
        known = [_whole(rest, mention) for mention in self._mentions(rest, self._hits(rest, abbreviations=True))]
        found: list[Mention] = []
        at = 0
        for mention in _apart([*shared, *known, *self._collectives(rest)]):
            found.extend(_unknown(rest, at, mention.start))
            found.append(mention)
            at = mention.end
        found.extend(_unknown(rest, at, len(cell)))
        return tuple(_narrowed(cell, found))

    def _hits(self, text: str, *, abbreviations: bool) -> list[tuple[tuple[int, int], Hit]]:
        """Places and names, longest first at each word."""
        tokens = tokens_of(text)
        hits: list[tuple[tuple[int, int], Hit]] = []
        at = 0
        while at < len(tokens):
            hit = self._names.longest(text, tokens, at) if not _inside_word(tokens, at) else None
            if hit is None or (hit.exact and not (abbreviations and _stands_alone(text, tokens, at, hit))):
                at += 1
                continue
            hits.append(((tokens[at].start, tokens[at + hit.length - 1].end), hit))
            at += hit.length
        return hits

    def _mentions(self, text: str, hits: Iterable[tuple[tuple[int, int], Hit]]) -> Iterator[Mention]:
        """Names with the place that follows them: "Sở Y tế Hà Nội" is not the home province's."""
        for (start, end), hit in hits:
            place = place_after(text, end, self._homes | _provinces(), self._is_name)
            last = end + place.length if place else end
            own = place is None or fold(place.name) in self._homes
            yield Mention(start, last, one_line(text[start:last]), hit.code if own else None)

    def _is_name(self, words: str) -> bool:
        """Whether a known name begins here."""
        return self._names.longest(words, tokens_of(words), 0) is not None

    def _shared(self, cell: str) -> tuple[list[Mention], str]:
        """ "Các Sở: Tài chính, Nội vụ; …": each name is read as if the shared word stood before it.

        Also gives the cell with those names and their shared word blanked, its length unchanged.
        """
        tokens = tokens_of(cell)
        found: list[Mention] = []
        for head in SHARED_HEAD.finditer(cell):
            if found and head.start() < found[-1].end:
                continue
            names = [*self._listed(cell, tokens, head)]
            if len(names) > 1 or (names and (head["all"] or head["colon"])):
                if not (head["all"] or head["colon"]):
                    names[0] = Mention(
                        head.start(), names[0].end, one_line(cell[head.start() : names[0].end]), names[0].unit
                    )
                found.extend(names)
                cell = f"{cell[: head.start()]}{' ' * (names[-1].end - head.start() - 1)};{cell[names[-1].end :]}"
        return found, cell

    def _listed(self, cell: str, tokens: list[Token], head: re.Match[str]) -> Iterator[Mention]:
        """The names after a shared word, as far as the list goes on."""
        at = next((place for place, token in enumerate(tokens) if token.start >= head.end()), len(tokens))
        before = head.end()
        while at < len(tokens) and SHARED_GAP.match(cell[before : tokens[at].start]):
            at += tokens[at].text.lower() in JOINERS and at + 1 < len(tokens)
            words = SHARED_WORDS[head["word"].lower()]
            hits = [hit for word in words if (hit := self._names.longest(cell, tokens, at, head=word))]
            if not hits or (before > head.end() and self._names.longest(cell, tokens, at)):
                return
            start, before = tokens[at].start, tokens[at + hits[0].length - 1].end
            yield Mention(start, before, one_line(cell[start:before]), hits[0].code)
            at += hits[0].length

    def _collectives(self, cell: str) -> list[Mention]:
        """Collective phrases of a cell, with the code of the group whose name they begin with or are."""
        found: list[Mention] = []
        for token in tokens_of(cell):
            end = collective_at(cell, token.start) if not found or token.start >= found[-1].end else None
            if end:
                found.append(
                    Mention(token.start, end, one_line(cell[token.start : end]), self._group(cell, token, end))
                )
        return found

    def _group(self, cell: str, token: Token, end: int) -> str | None:
        """The group a phrase names, when the words around the group's name only say which of them are meant."""
        phrase = cell[token.start : end]
        tokens = tokens_of(phrase)
        for at in range(min(LEADING_WORDS, len(tokens))):
            if hit := self._names.longest(phrase, tokens, at):
                rest = phrase[tokens[at + hit.length - 1].end :]
                own = not OTHER_BODY.match(phrase[: tokens[at].start])
                return hit.code if own and (not rest.strip() or only_qualifies(rest)) else None
        return None


def _inside_word(tokens: list[Token], at: int) -> bool:
    """ "Chi cục Thuế" is no "Cục Thuế"."""
    return at > 0 and tokens[at].text.lower() == "cục" and tokens[at - 1].text.lower() in {"chi", "tổng"}


def _stands_alone(text: str, tokens: list[Token], at: int, hit: Hit) -> bool:
    """Whether an abbreviation is in capitals, between separators."""
    start, end = tokens[at].start, tokens[at + hit.length - 1].end
    run = text[start:end]
    return run.replace(" và ", "").isupper() and bounded(text, start, end)


def _whole(cell: str, mention: Mention) -> Mention:
    start, end, own = widened(cell, mention.start, mention.end, coded=mention.unit is not None)
    return Mention(start, end, one_line(cell[start:end]), mention.unit if own else None)


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """In reading order without overlaps: the one that begins first, and of those the longest, stays."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda each: (each.start, -each.end, each.unit is None)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _narrowed(cell: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """ "Các sở xây dựng" are not all departments: one noun that the next small words narrow is as printed."""
    before: Mention | None = None
    for mention in mentions:
        if before and mention.unit is None and _narrows(cell, before, mention):
            before = Mention(before.start, mention.end, one_line(cell[before.start : mention.end]), None)
            continue
        if before:
            yield before
        before = mention
    if before:
        yield before


def _narrows(cell: str, before: Mention, after: Mention) -> bool:
    plural = NOUN_OF_MANY.match(before.text) and cell[before.end : after.start] == " "
    small = after.text[:1].islower() and not DOING.match(after.text)
    return bool(plural) and small and len(after.text.split()) <= MOST_NARROWING


def _unknown(text: str, start: int, end: int) -> Iterator[Mention]:
    for begin, stop in pieces_of(text, start, end):
        if TICK.fullmatch(text, begin, stop):
            continue
        yield Mention(begin, stop, one_line(text[begin:stop]), None)


@cache
def _bodies() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(BODIES.read_text(encoding="utf-8"))
    return data


@cache
def _provinces() -> frozenset[str]:
    return frozenset(map(fold, _bodies()["provinces"]))


@cache
def built_in_names() -> Mapping[str, tuple[str, ...]]:
    """All names of each unit and group on the list that a new home starts with; empty when there is no such list."""
    if not BUILT_IN.exists():
        return {}
    return names_of(json.loads(BUILT_IN.read_text(encoding="utf-8")))


@cache
def built_in_directory() -> Directory:
    """The directory of the units and groups that a new home starts with."""
    return Directory(built_in_names())
