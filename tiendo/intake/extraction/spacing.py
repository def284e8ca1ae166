"""Slips between words: doubled words, spaces too many or too few around punctuation."""

import re
from collections.abc import Iterator

from tiendo.intake.extraction.slips import Slip
from tiendo.intake.extraction.spelling import CAPITALS, SMALL

FUNCTION_WORDS = (
    "các|của|và|những|trong|cho|với|là|để|về|theo|được|tại|bằng|do|đến|trên|ở|đã|sẽ|này|khi|như|hoặc|bởi|"
    "nhằm|tỉnh|thực hiện"
)
DOUBLED = re.compile(rf"(?<!\w)(?P<word>{FUNCTION_WORDS})\s{{1,3}}(?P=word)(?!\w)", re.IGNORECASE)
DOUBLED_PAIR = re.compile(r"(?<!\w)(?P<pair>[^\W\d_]{2,9} [^\W\d_]{2,9}) (?P=pair)(?!\w)")
# A gap to be filled in by hand ("Số:    /KH", "ngày    tháng") is no slip, nor is a wide one between two columns.
SPACES = re.compile(r"(?<=\S)(?<!ngày)(?<!tháng)(?<!:) {2,7}(?=[^\s/])")
LETTER = rf"[A-Za-z{CAPITALS}{SMALL}đĐ]"
LOW = rf"[a-z{SMALL}đ]"
HIGH = rf"[A-Z{CAPITALS}Đ]"
NO_SPACE = re.compile(rf"(?<![\w@/.-])(?P<a>{LETTER}{{2,9}})(?P<mark>[,;])(?P<b>{LETTER}{{2,9}})(?![\w@/]|\.\w)")
NO_SPACE_STOP = re.compile(rf"(?<![\w@/.-])(?P<a>{LETTER}?{LOW}{{1,8}})\.(?P<b>{HIGH}{LOW}{{1,8}})(?![\w@/.])")
SPACE_BEFORE = re.compile(r"(?<![\w/.-])(?P<a>\w{1,12}) {1,3}(?P<mark>[,;:.!?])(?=\s|$)")
SPACE_INSIDE = re.compile(r"\( {1,3}(?P<b>\w{1,12})|(?<![\w/.-])(?P<a>\w{1,12}) {1,3}\)")
STUCK_NUMBER = re.compile(r"(?<!\w)(?P<word>năm|tháng|quý|ngày)(?P<n>\d{1,4})(?![\w-])", re.IGNORECASE)
LONGEST_WORD = 30


def find_gaps(text: str) -> Iterator[Slip]:
    """Slips between the words of a text, in no particular order."""
    for found in DOUBLED.finditer(text):
        yield Slip(*found.span(), found["word"], "doubled", 95)
    for found in DOUBLED_PAIR.finditer(text):
        yield Slip(*found.span(), found["pair"], "doubled", 80)
    for found in SPACES.finditer(text):
        start = found.start() - len(text[max(0, found.start() - LONGEST_WORD) : found.start()].rpartition(" ")[2])
        after = text[found.end() : found.end() + LONGEST_WORD].partition(" ")[0]
        yield Slip(start, found.end() + len(after), f"{text[start : found.start()]} {after}", "spaces", 99)
    yield from _missing(text)
    yield from _extra(text)


def _missing(text: str) -> Iterator[Slip]:
    for found in NO_SPACE.finditer(text):
        if not (found["a"].isupper() and found["b"].isupper()):  # VH,TT&DL is one name
            yield Slip(*found.span(), f"{found['a']}{found['mark']} {found['b']}", "punctuation", 92)
    for found in NO_SPACE_STOP.finditer(text):
        if not (found["a"].isascii() and found["b"].isascii()):  # a name of a site or a file
            yield Slip(*found.span(), f"{found['a']}. {found['b']}", "punctuation", 90)
    for found in STUCK_NUMBER.finditer(text):
        yield Slip(*found.span(), f"{found['word']} {found['n']}", "stuck", 92)


def _extra(text: str) -> Iterator[Slip]:
    for found in SPACE_BEFORE.finditer(text):
        yield Slip(*found.span(), f"{found['a']}{found['mark']}", "gap", 90)
    for found in SPACE_INSIDE.finditer(text):
        yield Slip(*found.span(), f"({found['b']}" if found["b"] else f"{found['a']})", "gap", 90)
