"""Words to lines, lines to the text of a cell: what is a wrapped line and what begins something new."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tiendo.intake.reading.pdf_words import HOLE, Word

SAME_LINE = 0.45  # of the letter size: baselines no further apart make one line
DOUBT = 2.0  # points: a word that would have fitted by less may have been moved to the next line all the same
CLOSING = ";,.:)”"
BLANK = 0.25  # of the letter size: a space
# A list mark; after a dash only what opens an item: "kinh tế / - xã hội" is one phrase over two lines.
MARK = re.compile(
    r"^(?:[-–—+*]\s+(?=[\"“(]?[^\W\da-zà-ỹđ])|[•●▪]\s|\d{1,3}(?:\.\d{1,2}){0,3}[.)]\s|[a-zđ]\)\s|[a-zđ]\.\s|[IVX]{1,6}[.)]\s"
    r"|Điều \d{1,3}[.:])"
)
ANY_MARK = re.compile(r"^(?:[-–—+*•●▪]|\d{1,3}(?:\.\d{1,2}){0,3}[.)]|[a-zđ][.)]|[IVX]{1,6}[.)])\s")
ENDED = re.compile(r"[.;:!?…]\W{0,3}$")
GLUED_END = re.compile(r"[^\s/–-][/–-]$")
GLUED_START = re.compile(r"^/\w")
CUT_CODE = re.compile(r"^\S*\d\S*$")
MONTH = r"(?:0?[1-9]|1[0-2])"
WHOLE_DATE = re.compile(
    rf"^\W?(?:(?:0?[1-9]|[12]\d|3[01])[/.-]{MONTH}|{MONTH}|IV|I{{1,3}})[/.-](?:19|20)\d\d\W{{0,2}}$"
)
WHOLE_YEAR = re.compile(r"^(?:19|20)\d\d\W{0,2}$")
BEFORE_YEAR = re.compile(r"(?<!\w)(?:năm|quý (?:IV|I{1,3}|[1-4])|tháng \d{1,2})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line. `first` is the width of its first word; `left` and `right` bound the column it stands in.

    The bounds are None in the one column that most pages have. `page` is set when it is not the page it is kept with.
    `step` is the usual distance of the lines of its column.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    first: float
    column: int = 0
    left: float | None = None
    right: float | None = None
    page: int | None = None
    step: float = 0.0


def grouped(words: Iterable[Word], tolerance: float = SAME_LINE) -> list[list[Word]]:
    """Words of one baseline together, from top to bottom, each group from left to right."""
    groups: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.base, word.x0)):
        if groups and word.base - groups[-1][0].base <= tolerance * max(word.size, groups[-1][0].size):
            groups[-1].append(word)
        else:
            groups.append([word])
    for group in groups:
        group.sort(key=lambda word: word.x0)
    return groups


def line_of(words: Sequence[Word]) -> Line:
    """A line from its words in order."""
    pieces = [words[0].text]
    first = words[0].x1
    for before, word in pairwise(words):
        gap = word.x0 - before.x1
        joined = (word.glued and gap <= HOLE * word.size) or (word.text[0] in CLOSING and gap <= BLANK * word.size / 2)
        pieces.append(word.text if joined else f" {word.text}")
        if joined and len(pieces) == sum(not piece.startswith(" ") for piece in pieces):
            first = word.x1
    size = max(word.size for word in words)
    base = sorted(word.base for word in words)[len(words) // 2]
    return Line("".join(pieces), words[0].x0, max(word.x1 for word in words), base, size, first - words[0].x0)


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Printed lines from top to bottom."""
    return [line_of(group) for group in grouped(words)]


def join(above: str, below: str) -> str:
    """A wrapped line put back: with a space, but none after a hyphen or a slash inside a word."""
    between = "" if is_broken(above) or GLUED_START.match(below) else " "
    return f"{above}{between}{below}"


def is_full(room: float, below: Line) -> bool:
    """Whether a line had no room left for the first word of the next one, so that it was broken there."""
    return room < BLANK * below.size + below.first + DOUBT


def is_broken(text: str) -> bool:
    """Whether a line ends inside a word, at its hyphen or slash."""
    return bool(GLUED_END.search(text[-2:]))


def opens_item(line: Line, before: Line, full: bool) -> bool:
    """Whether a line begins a list item rather than going on with the phrase above."""
    if MARK.match(line.text):
        after = MARK.sub("", line.text, count=1)
        return not full or bool(ENDED.search(before.text)) or not after[:1].islower()
    return bool(ANY_MARK.match(line.text)) and (not full or bool(ENDED.search(before.text)))


@dataclass(frozen=True, slots=True)
class Inside:
    """The text in a cell. `first` is the width its first word needs, `room` what its last line leaves free.

    Both tell whether the cell below, on the next page, goes on with it.
    """

    text: str = ""
    first: float = 0.0
    room: float = 0.0


def cell_inside(words: Iterable[Word], left: float, right: float) -> Inside:
    """What a cell holds whose letters may stand between `left` and `right`; a new paragraph begins a new line."""
    lines = lines_of(words)
    if not lines:
        return Inside()
    centred = len(lines) > 1 and all(abs((line.x0 - left) - (right - line.x1)) <= 4 for line in lines)
    leading = min((b.base - a.base for a, b in pairwise(lines)), default=0.0)
    paragraphs = [lines[0].text]
    for before, line in pairwise(lines):
        room = right - before.x1 + (before.x0 - left if centred else 0)
        full = is_full(room, line) or is_broken(before.text)
        apart = line.base - before.base > max(1.45 * leading, 1.5 * line.size)
        if _is_cut(before, line, left, right) or (full and is_cut_date(paragraphs[-1], line.text)):
            paragraphs[-1] += line.text
        elif apart or not full or opens_item(line, before, full):
            paragraphs.append(line.text)
        else:
            paragraphs[-1] = join(paragraphs[-1], line.text)
    last = lines[-1]
    room = right - last.x1 + (last.x0 - left if centred else 0)
    return Inside("\n".join(paragraphs), lines[0].first + BLANK * lines[0].size + DOUBT, room)


def _is_cut(before: Line, line: Line, left: float, right: float) -> bool:
    """Whether a code or a number was too long for its narrow cell and broke in the middle."""
    if not (CUT_CODE.match(before.text) and CUT_CODE.match(line.text)):
        return False
    letter = (before.x1 - before.x0) / max(1, len(before.text))
    return (right - left) - (before.x1 - before.x0) < letter and line.x1 - line.x0 <= before.x1 - before.x0 + 1


def is_cut_date(above: str, below: str) -> bool:
    """Whether a date broke inside a number: "15/08/202" over "6", "năm 20" over "26"; neither part says it alone."""
    lead, _space, last = above[-40:].rpartition(" ")
    first = below[:20].split(" ", 1)[0]
    if not (last[-1:].isdigit() and first[:1].isdigit()) or WHOLE_DATE.match(last):
        return False
    if WHOLE_YEAR.match(last + first):
        return bool(BEFORE_YEAR.search(lead))
    # "Đợt 1" over "5/08/2026" are two, "ngày 15/0" over "8/2026" is one
    alone = bool(WHOLE_DATE.match(first)) and bool(lead) and not last.endswith(("/0", "-0", ".0"))
    return bool(WHOLE_DATE.match(last + first)) and not alone
