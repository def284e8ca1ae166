"""Agencies in text: a dictionary of units and groups, longest name first; what it does not know stays visible.

Never split on commas blindly: "Sở Văn hóa, Thể thao và Du lịch" is one agency.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tiendo.intake.extraction.spelling import one_line, word_key

BUILT_IN = Path(__file__).parents[2] / "orgs" / "data" / "units.json"
TOKEN = re.compile(r"[^\W_]+(?:&[^\W_]+)*|&")
GAP = re.compile(r"^[\s,;/–-]{0,4}$")
NEW_AGENCY = (
    r"(?:Sở|Bộ|Ban|UBND|(?:Ủy|Uỷ) ban|HĐND|Hội|Liên|Công an|Cục|Chi cục|Tổng cục|Văn phòng|Trường|Viện|"
    r"Trung tâm|Đài|Báo|"
    r"Ngân hàng|Kho bạc|Tập đoàn|Công ty|Thanh tra|Đoàn|Đảng ủy|Tòa án|Viện kiểm sát|Các|các|Phòng|Thuế|"
    r"Hải quan|Bưu điện)\s"
)
LONGEST_NAME = 40  # words
GAPS = r"\s{0,9}"
PIECES = re.compile(
    rf"{GAPS}[;\n]{GAPS}|{GAPS},{GAPS}(?={NEW_AGENCY})|\s{GAPS}và\s{GAPS}(?={NEW_AGENCY})"
    rf"|(?<=[\wÀ-ỹ])\s{GAPS}(?=(?:Sở|Bộ(?! đội)|UBND|Cục)\s)"
)
EDGES = " \t\r\n,;.:+–-"
QUALIFIER = re.compile(r"^\s*(?:có\s+)?liên quan\b", re.IGNORECASE)
SUBJECT_VERB = re.compile(
    r"^\s*(?:theo chức năng|có trách nhiệm|chịu trách nhiệm|trực tiếp|chủ động|chủ trì|tham mưu|phối hợp|"
    r"tổ chức|xây dựng|triển khai|bảo đảm|"
    r"căn cứ|tập trung|ban hành|rà soát|báo cáo|hướng dẫn|thực hiện|phân công)\b",
    re.IGNORECASE,
)
LIST_GAP = re.compile(r"^\s*(?:[,;]|và|cùng)?\s*$")
NEAR = 60  # how far from an agency the words that charge it stand
# "Quyết định số … của Thủ tướng Chính phủ ban hành …": who issued a cited paper is not charged with anything.
ISSUER = re.compile(r"\bcủa\s+(?:Thủ tướng\s+|Chủ tịch\s+)?$", re.IGNORECASE)
WITH = re.compile(r"phối hợp\s+(?:chặt chẽ\s+)?(?:với|cùng)\s*$", re.IGNORECASE)


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


@dataclass
class _Node:
    after: dict[str, "_Node"] = field(default_factory=dict)
    code: str | None = None
    exact: str | None = None  # an abbreviation in one word: its letters must match and it must stand alone


class Directory:
    """Known units and groups under all their names. Give each code its name, short name and aliases."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._root = _Node()
        for code, aliases in names.items():
            for alias in aliases:
                self._add(alias, code)

    @classmethod
    def from_data(cls, data: Any) -> "Directory":
        """From the shape of `units.json`: a list of units, or an object with `units` and `groups`."""
        return cls(names_of(data))

    def _add(self, alias: str, code: str) -> None:
        words = TOKEN.findall(alias)
        node = self._root
        for word in words:
            node = node.after.setdefault(_key(word), _Node())
        if words and node.code is None:
            node.code = code
            node.exact = alias if len(words) == 1 and alias.isupper() else None

    def find(self, text: str, *, abbreviations: bool = False) -> tuple[Mention, ...]:
        """Known agencies in reading order, none overlapping; bare abbreviations ("KHCN") only where asked for."""
        tokens = [(found.start(), found.end(), _key(found[0])) for found in TOKEN.finditer(text)]
        mentions: list[Mention] = []
        at = 0
        while at < len(tokens):
            length, code = self._longest(text, tokens, at, abbreviations)
            if code is None:
                at += 1
                continue
            start, end = tokens[at][0], tokens[at + length - 1][1]
            mentions.append(Mention(start, end, text[start:end], code))
            at += length
        return tuple(mentions)

    def _longest(
        self, text: str, tokens: list[tuple[int, int, str]], at: int, abbreviations: bool
    ) -> tuple[int, str | None]:
        node, best, code = self._root, 0, None
        for length, (start, _end, key) in enumerate(tokens[at : at + LONGEST_NAME], 1):
            if length > 1 and not GAP.match(text[tokens[at + length - 2][1] : start]):
                break
            follower = node.after.get(key)
            if follower is None:
                break
            node = follower
            if node.code and (node.exact is None or (abbreviations and _stands_alone(text, tokens[at], node.exact))):
                best, code = length, node.code
        return best, code

    def split(self, cell: str) -> tuple[Mention, ...]:
        """Every agency of a table cell in order: known ones with their code, the rest as printed with None."""
        known = self.find(cell, abbreviations=True)
        found: list[Mention] = []
        at = 0
        for mention in known:
            found.extend(_unknown(cell, at, mention.start))
            tail = QUALIFIER.match(cell[mention.end : mention.end + NEAR])
            at = mention.end + (tail.end() if tail else 0)
            found.append(Mention(mention.start, at, one_line(cell[mention.start : at]), mention.unit))
        found.extend(_unknown(cell, at, len(cell)))
        return tuple(found)


def _key(word: str) -> str:
    return word_key("và" if word == "&" else word)


def _stands_alone(text: str, token: tuple[int, int, str], exact: str) -> bool:
    start, end, _ = token
    before, after = text[max(0, start - NEAR) : start].rstrip(" "), text[end : end + NEAR].lstrip(" ")
    return text[start:end] == exact and (not before or before[-1] in ",;\n-+") and (not after or after[0] in ",;\n-+.")


def _unknown(text: str, start: int, end: int) -> Iterator[Mention]:
    at = start
    for cut in [*PIECES.finditer(text, start, end), None]:
        stop = cut.start() if cut else end
        piece = text[at:stop]
        printed = _bare(piece)
        if printed and any(letter.isalnum() for letter in printed) and one_line(printed).lower() not in {"và", "với"}:
            begin = at + piece.index(printed)
            yield Mention(begin, begin + len(printed), one_line(printed), None)
        at = cut.end() if cut else end


def _bare(piece: str) -> str:
    """The piece without separators and joining words at its ends."""
    bare = piece.strip(EDGES)
    while bare.startswith(("và ", "cùng ", "với ")) or bare.endswith((" và", " cùng")):
        bare = bare.removeprefix("và ").removeprefix("cùng ").removeprefix("với ").strip(EDGES)
        bare = bare.removesuffix(" và").removesuffix(" cùng").strip(EDGES)
    return bare


def subjects(text: str, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The agencies that a sentence charges: those directly before a verb of duty, lists of them included."""
    found = list(mentions)
    partners = set(coordinating(text, found))
    charged: list[Mention] = []
    after: Mention | None = None
    for mention in reversed(found):
        tail = text[mention.end : mention.end + NEAR]
        listed = after is not None and LIST_GAP.match(text[mention.end : after.start])
        after = None
        head = text[max(0, mention.start - NEAR) : mention.start]
        if mention not in partners and not ISSUER.search(head) and (listed or SUBJECT_VERB.match(tail)):
            charged.append(mention)
            after = mention
    return tuple(reversed(charged))


def coordinating(text: str, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The agencies named after "phối hợp với", as far as the list goes on."""
    found: list[Mention] = []
    for mention in mentions:
        gap = text[found[-1].end : mention.start][:NEAR] if found else "-"
        if LIST_GAP.match(gap) or WITH.search(text[max(0, mention.start - NEAR) : mention.start]):
            found.append(mention)
    return tuple(found)


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
