"""Slips of scanning and typing inside words: wrong marks, letters among digits, letters of another alphabet, capitals.

Each is found where the word beside it tells what was meant; what may be another word is left alone.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tiendo.intake.extraction.official_terms import ALLOWED, TERMS, pairs
from tiendo.intake.extraction.spelling import CAPITALS, SMALL, TONES, word_key


@dataclass(frozen=True)
class Slip:
    """A place in a text, what it should read, of which kind the slip is, and how sure that is (0 to 100)."""

    start: int
    end: int
    proposed: str
    kind: str
    confidence: int


# printed pattern, what it should read, how sure: slips that are words themselves and need their neighbours
IN_CONTEXT: tuple[tuple[re.Pattern[str], str, int], ...] = (
    (re.compile(r"(?<!\w)chuyên đổi số(?!\w)"), "chuyển đổi số", 98),
    (re.compile(r"(?<!\w)Chuyên đổi số(?!\w)"), "Chuyển đổi số", 98),
    (re.compile(r"(?<!\w)CHUYÊN ĐỔI SỐ(?!\w)"), "CHUYỂN ĐỔI SỐ", 98),
    (re.compile(r"(?<!\w)Phần đầu(?=\s+(?:\d|đạt|đến|hoàn thành|có|hết|trong năm))"), "Phấn đấu", 95),
    (re.compile(r"(?<!\w)phần đầu(?=\s+(?:\d|đạt|đến|hoàn thành|có|hết|trong năm))"), "phấn đấu", 95),
    (re.compile(r"(?<!\w)Ph(?:ấn đầu|ần đấu)(?=\s+(?:\d|đạt|đến|hoàn thành|có|hết|trong năm))"), "Phấn đấu", 95),
    (re.compile(r"(?<!\w)ph(?:ấn đầu|ần đấu)(?=\s+(?:\d|đạt|đến|hoàn thành|có|hết|trong năm))"), "phấn đấu", 95),
    (re.compile(r"(?<!\w)nhấn dân(?!\w)"), "nhân dân", 95),
    (re.compile(r"(?<!\w)phục lục(?!\w)"), "phụ lục", 95),
    (re.compile(r"(?<!\w)Phục lục(?!\w)"), "Phụ lục", 95),
    (re.compile(r"(?<!\w)tăng dân(?=\s+(?:theo|qua|hằng|hàng|lên))"), "tăng dần", 70),
)
WORD = re.compile(r"[^\W\d_]+")
NUMBER = re.compile(r"(?<![\w.,/-])(?=[\doOlI./]{0,12}\d)[\dOolI]{1,6}(?:[./,][\dOolI]{1,6}){0,3}(?=%?(?:[\s,.;:)]|$))")
CYRILLIC = dict(zip("АВЕКМНОРСТХУаеорсухіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTXYaeopcyxisjABEZHIKMNOPTYXo", strict=True))
FOREIGN = re.compile(f"[{''.join(CYRILLIC)}]")
LATIN = re.compile(rf"[A-Za-z{CAPITALS}{SMALL}đĐ]")
MIXED = re.compile(rf"(?<=[a-z{SMALL}đ])[A-Z{CAPITALS}Đ]|(?<=[A-Z{CAPITALS}Đ]{{2}})[a-z{SMALL}đ]")
ROMAN_OR_NOT = re.compile(r"[\dOolI]+")
STOPS = ("p", "t", "c", "ch")
ACUTE_OR_DOT = frozenset({"\u0301", "\u0323"})
HOOK_AND_TILDE = {"\u0309", "\u0303"}


@lru_cache(maxsize=20_000)
def _letters(word: str) -> str:
    """The word without marks, in small letters."""
    plain = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


_key = lru_cache(maxsize=20_000)(word_key)
KNOWN = {tuple(_letters(word) for word in term.split()): tuple(term.split()) for term in pairs(TERMS)}
FIRST = frozenset(letters[0] for letters in KNOWN)
SPARED = frozenset(tuple(_key(word) for word in pair.split()) for pair in pairs(ALLOWED))
EXACT = frozenset(tuple(_key(word) for word in term) for term in KNOWN.values())
SYLLABLES = {_key(word): word for term in KNOWN.values() for word in term}
STUCK = {_key("".join(term)): term for term in KNOWN.values()}


def find_slips(text: str) -> Iterator[Slip]:
    """Slips inside the words of a text, in no particular order."""
    for pattern, proposed, confidence in IN_CONTEXT:
        yield from (Slip(*found.span(), proposed, "ocr", confidence) for found in pattern.finditer(text))
    words = list(WORD.finditer(text))
    yield from _terms(text, words)
    for word in words:
        yield from _inside(word)
    yield from _digits(text)


def _terms(text: str, words: Sequence[re.Match[str]]) -> Iterator[Slip]:
    """Pairs of words that are a term but for a mark; what an exact term holds on either side is a seam, no slip."""
    exact = -2  # where the last exact term begins
    found: tuple[int, list[Slip]] = (-2, [])
    for place, (first, second) in enumerate(pairwise(words)):
        if _letters(first[0]) not in FIRST or text[first.end() : second.start()] != " ":
            continue
        if (_key(first[0]), _key(second[0])) in EXACT:
            exact = place
            if found[0] == place - 1:
                found = (-2, [])
            continue
        yield from found[1]
        found = (place, list(_marks(first, second)) if exact != place - 1 else [])
    yield from found[1]


def _marks(first: re.Match[str], second: re.Match[str]) -> Iterator[Slip]:
    """A pair that is a known term but for the marks of one of its two syllables."""
    term = KNOWN.get((_letters(first[0]), _letters(second[0])))
    if term is None or (second[0][0].isupper() and not first[0].isupper()):
        return
    printed = (_key(first[0]), _key(second[0]))
    wrong = [place for place in (0, 1) if printed[place] != _key(term[place])]
    if len(wrong) == 1 and printed not in SPARED:
        place = wrong[0]
        proposed = [first[0], second[0]]
        proposed[place] = _as_cased(term[place], proposed[place])
        sure = _likeness(printed[place], _key(term[place]))
        if sure:
            yield Slip(first.start(), second.end(), " ".join(proposed), "ocr", sure)


def _as_cased(word: str, like: str) -> str:
    return word.upper() if like.isupper() and len(like) > 1 else word.capitalize() if like[0].isupper() else word


def _likeness(printed: str, right: str) -> int:
    """How sure a syllable is a slip of another: it cannot be one at all, lost a mark, or has hook for tilde.

    0 when the marks merely differ: then it is more often a word of its own. Keys carry the tone at their end.
    """
    if printed.rstrip(TONES).endswith(STOPS) and printed[-1] not in ACUTE_OR_DOT:
        return 97
    bare = unicodedata.normalize("NFD", printed.replace("đ", "d\u0335"))
    whole = unicodedata.normalize("NFD", right.replace("đ", "d\u0335"))
    marks, wanted = _marks_of(bare), _marks_of(whole)
    if len(marks) < len(wanted) and all(mark in wanted for mark in marks):
        return 92
    swapped = printed[:-1] == right[:-1] and {printed[-1:], right[-1:]} == HOOK_AND_TILDE
    return 90 if swapped else 0


def _marks_of(text: str) -> list[str]:
    return [letter for letter in text if unicodedata.combining(letter)]


def _inside(word: re.Match[str]) -> Iterator[Slip]:
    """Letters of another alphabet, a capital inside a word, and two words in one."""
    printed = word[0]
    if FOREIGN.search(printed) and LATIN.search(printed):
        proposed = "".join(CYRILLIC.get(letter, letter) for letter in printed)
        if not _has_foreign(proposed):
            yield Slip(*word.span(), proposed, "letters", 98)
        return
    if MIXED.search(printed) and len(printed) > 2 and not printed.isascii() and _key(printed) in SYLLABLES:
        yield Slip(*word.span(), _as_cased(printed.lower(), printed), "case", 85)
    term = STUCK.get(_key(printed)) if len(printed) > 4 else None
    if term and not printed.isascii():
        cut = len(term[0])
        yield Slip(*word.span(), f"{printed[:cut]} {printed[cut:]}", "stuck", 92)


def _has_foreign(text: str) -> bool:
    return any(not LATIN.match(letter) for letter in text)


def _as_digits(found: re.Match[str]) -> str:
    """Digits for the letters of one group of a number; a group of nothing but I is Roman: "II/2026"."""
    group = found[0]
    return group if not group.strip("I") else re.sub("[Oo]", "0", re.sub("[lI]", "1", group))


def _digits(text: str) -> Iterator[Slip]:
    """ "2O25", "l2/2025", "1OO%": letters that look like digits, in a number."""
    for found in NUMBER.finditer(text):
        printed = found[0]
        digits = sum(letter.isdigit() for letter in printed)
        percent = text[found.end() : found.end() + 1] == "%"
        if digits < 2 - percent or printed.isdigit() or not re.search(r"[OolI]", printed) or printed[-1] in "lI":
            continue
        proposed = ROMAN_OR_NOT.sub(_as_digits, printed)
        if proposed == printed:
            continue
        firm = bool(re.search(r"(?<!\d)(?:19|20)\d\d$", proposed) or percent)
        yield Slip(*found.span(), proposed, "digit", 92 if firm else 75)
