"""Text known to be typed in an old Vietnamese font: its letters, shown through Latin-1, back to Unicode. Pure.

TCVN3 (the `.Vn…` fonts) keeps each letter with a tone in one sign; it has no capitals with tones, so a word of capitals
comes with small toned letters, which are raised here. VNI writes a vowel and behind it a second letter for its marks.
"""

import re
import unicodedata
from functools import cache, lru_cache

from tiendo.intake.reading.syllables import is_syllable

TCVN3 = "TCVN3 (ABC)"
VNI = "VNI"
SCHEMES = (TCVN3, VNI)
# A PDF names the signs of the old fonts by their looks: a soft hyphen (the letter ư) as minus, ã as a bullet.
LOOKALIKES = {"\u2212": "\xad", "\u2219": "\xb7"}
WORD = re.compile(r"[A-Za-z\xa1-\xff\u2212\u2219]+")
SIGNS = frozenset("\u2212\u2219\xaa\xb5\xba")  # letters or signs by Unicode's book, signs when they stand alone
LONE_LETTERS = frozenset("\xab")  # "« nhiÔm" is "ô nhiễm"; these fonts have no other use for the sign
SMALL = re.compile(r"[a-z]")
CAPITAL = re.compile(r"[A-Z]")


def to_unicode(text: str, scheme: str) -> str:
    """The text with every word of the scheme's letters in Unicode (NFC); words in plain ASCII stay as they are."""
    return "\n".join(_line(line, scheme) for line in text.split("\n"))


@lru_cache(50_000)
def word_to_unicode(word: str, scheme: str) -> str:
    """One word; signs that stand alone (×, §, «) stay signs."""
    if word.isascii():
        return word
    if scheme == VNI:
        return _vni(word)
    table = _tcvn3_table()
    changed = word.translate(table)
    lone = len(word) == 1 and word not in LONE_LETTERS and (word in SIGNS or not word.isalpha())
    lettered = word in LONE_LETTERS or any(letter.isalpha() and letter not in SIGNS for letter in word)
    return changed if not lone and (lettered or is_syllable(changed)) else word


def _line(line: str, scheme: str) -> str:
    if line.isascii():
        return line
    changed = WORD.sub(lambda found: word_to_unicode(found[0], scheme), line)
    if scheme == VNI:
        return changed
    if not SMALL.search(line) and any(map(_is_high, WORD.findall(line))):
        return changed.upper()
    return _raised(line, scheme)


def _is_high(word: str) -> bool:
    """Whether a word with old letters has capitals only, and two or more: `HO¹CH`, but not `UBND`, not `X·`."""
    return not word.isascii() and not SMALL.search(word) and len(CAPITAL.findall(word)) > 1


def _raised(line: str, scheme: str) -> str:
    """The line with its words of capitals wholly in capitals; a word of one capital follows the word beside it."""
    words = list(WORD.finditer(line))
    high = [_is_high(found[0]) for found in words]
    pieces, end = list[str](), 0
    for at, found in enumerate(words):
        word = word_to_unicode(found[0], scheme)
        single = len(CAPITAL.findall(found[0])) == 1 and not SMALL.search(found[0])
        beside = high[at - 1 : at] + high[at + 1 : at + 2]
        raised = high[at] or (single and any(beside) and not found[0].isascii())
        pieces += [line[end : found.start()], word.upper() if raised else word]
        end = found.end()
    return "".join([*pieces, line[end:]])


@cache
def _tcvn3_table() -> dict[int, str]:
    # The package brings its whole pipeline along, so it is loaded with the first old file, not with the program.
    from viparse.normalize.tcvn3 import TCVN3 as charmap  # type: ignore[import-untyped]

    table = {ord(sign): letter for sign, letter in charmap.pairs}
    return table | {ord(look): table[ord(sign)] for look, sign in LOOKALIKES.items()}


def _vni(word: str) -> str:
    table, pattern = _vni_table()
    return unicodedata.normalize("NFC", pattern.sub(lambda found: table[found[0]], word))


@cache
def _vni_table() -> tuple[dict[str, str], re.Pattern[str]]:
    """The package's table with what it lacks: ẳ, the single sign of ỵ, and a capital with a small mark behind it."""
    from viparse.normalize.vni import VNI as charmap  # type: ignore[import-untyped]

    table = {"aú": "ẳ", "AÚ": "Ẳ", "î": "ỵ", "Î": "Ỵ", **dict(charmap.pairs)}
    for pair, letter in list(table.items()):
        if len(pair) == 2 and pair.isupper():
            table.setdefault(pair[0] + pair[1].lower(), letter)
        if len(pair) == 2 and pair.islower():
            table.setdefault(pair[0] + pair[1].upper(), letter)
    longest_first = sorted(table, key=len, reverse=True)
    return table, re.compile("|".join(map(re.escape, longest_first)))
