"""The words around a name that belong to it: a post, a place, a bracket, the body it is a part of."""

import re
from collections.abc import Callable, Set
from dataclasses import dataclass

from tiendo.intake.extraction.collective import ABOUT
from tiendo.intake.extraction.pieces import AGENCY
from tiendo.intake.extraction.spelling import pattern
from tiendo.orgs.words import fold

PLACE = pattern(
    r"^\s{1,3}(?:(?:tỉnh|thành phố|TP\.?|huyện|thị xã|xã|phường)\s{1,3})?"
    r"(?P<name>(?:[A-ZÀ-ỸĐ][a-zà-ỹđ]{0,9})(?:\s(?:-\s)?[A-ZÀ-ỸĐ][a-zà-ỹđ]{0,9}){0,4})"
)
# "Văn phòng UBND xã": of some commune, whichever it is.
BARE_PLACE = re.compile(r"^\s{1,3}(?:huyện|thị xã|xã|phường|cấp xã|cấp huyện)(?=\s*(?:$|[,;.\n)]))", re.IGNORECASE)
MARKED_PLACE = re.compile(r"^\s{1,3}(?:tỉnh|thành phố|TP\.?|huyện|thị xã|xã|phường)\s", re.IGNORECASE)
# Words right after a name belong to it: which of them are meant; after a name without a code also what names it whole.
AFTER = re.compile(rf"^(?:\s+(?:{ABOUT})(?!\w)){{1,3}}", re.IGNORECASE)
AFTER_UNCODED = re.compile(rf"^(?:\s(?!{AGENCY}|và\s|chủ trì|phối hợp)[^\s,;/()]+){{1,6}}")
BRACKET = re.compile(r"^\s{0,3}\([^()]{1,300}\)")
POST = re.compile(
    r"(?:đồng chí\s+)?(?:giám đốc|phó giám đốc|chánh văn phòng|chánh thanh tra|thủ trưởng|lãnh đạo|người đứng đầu|"
    r"chủ tịch|phó chủ tịch|bí thư|trưởng ban|tổng giám đốc|hiệu trưởng|viện trưởng|bộ trưởng|thủ tướng|"
    r"tổng cục trưởng|cục trưởng|chi cục trưởng)\s+$",
    re.IGNORECASE,
)
# A part of a body is not that body: "Văn phòng Sở Y tế", "Trung tâm Số thuộc Sở Y tế".
PART_OF = re.compile(
    r"(?:\b(?:văn phòng|thanh tra|đảng (?:ủy|uỷ)|chi bộ|công đoàn|ban giám đốc)\s+$|"
    r"[^,;\n]{2,120}\s(?:trực\s)?thuộc\s+$)",
    re.IGNORECASE,
)
NEAR = 130  # how far from a name the words that belong to it may stand


@dataclass(frozen=True)
class Place:
    """A province, district or commune named after a body, and how many letters it takes."""

    name: str
    length: int


def place_after(text: str, end: int, provinces: Set[str], is_name: Callable[[str], bool]) -> Place | None:
    """The place that follows a name; `provinces` are folded, `is_name` tells whether another body begins there."""
    rest = text[end : end + NEAR]
    if bare := BARE_PLACE.match(rest):
        return Place("", bare.end())
    found = PLACE.match(rest)
    if not found:
        return None
    words = found["name"].split(" ")
    for length in range(len(words), 0, -1):
        name = " ".join(words[:length])
        if fold(name) in provinces:
            return Place(name, found.start("name") + len(name))
    if MARKED_PLACE.match(found[0]) and not is_name(rest.lstrip()):
        return Place(found["name"], found.end())
    return None


def widened(cell: str, start: int, end: int, *, coded: bool) -> tuple[int, int, bool]:
    """A name with the post before it and the bracket after it, and whether it still means the body itself.

    A part of a body ("Văn phòng Sở Y tế") is named whole and is not that body.
    """
    own = True
    before = cell[max(0, start - NEAR) : start]
    begin = max(before.rfind(mark) for mark in ",;\n") + 1
    head = before[begin:]
    if post := POST.search(head):
        start -= len(post[0])
    elif part := PART_OF.search(head):
        start -= len(part[0].lstrip(" -–+•*"))
        own = False
    if more := (AFTER if coded else AFTER_UNCODED).match(cell[end : end + NEAR]):
        end += len(more[0])
    if bracket := BRACKET.match(cell[end:]):
        end += len(bracket[0])
    return start, end, own
