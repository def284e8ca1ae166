"""Is this a syllable as Vietnamese writes them? The measure of whether letters were put right. Pure.

Vietnamese words are written syllable by syllable, and few letter sequences are syllables: text shown in the wrong
encoding gives hardly any.
"""

import re
import unicodedata
from functools import lru_cache

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
SHARP_OR_HEAVY = frozenset("\u0301\u0323")
SHAPE = re.compile(
    r"(ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"  # how it begins
    r"([aăâeêioôơuưy]{1,3})"
    r"(ng|nh|ch|[cmnpt])?"  # how it closes
)
# Vowels → the letters that may carry the tone, and whether a consonant may follow ("both", "open", "closed").
VOWELS = {
    **dict.fromkeys(("a", "e", "ê", "i", "o", "ô", "ơ", "u", "ư"), ("0", "both")),
    **dict.fromkeys(("ă", "â"), ("0", "closed")),
    **dict.fromkeys(("ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "iu", "oi", "ôi", "ơi"), ("0", "open")),
    **dict.fromkeys(("ia", "ua", "ui", "ưa", "ưi", "ưu", "y"), ("0", "open")),
    **dict.fromkeys(("oa", "oe", "uy"), ("01", "both")),
    **dict.fromkeys(("iê", "yê", "uô", "ươ", "oă", "uâ"), ("1", "closed")),
    **dict.fromkeys(("oo", "uê", "uơ"), ("01", "both")),
    **dict.fromkeys(("oai", "oay", "oao", "oeo", "uây", "iêu", "yêu", "uôi", "ươi", "ươu"), ("1", "open")),
    **dict.fromkeys(("uya", "uyu"), ("1", "open")),
    "uyê": ("2", "closed"),
}


@lru_cache(50_000)
def is_syllable(word: str) -> bool:
    """Whether the word, in any case and any form of Unicode, is a possible syllable with its tone in place."""
    letters, tone, at = _split(word)
    shape = SHAPE.fullmatch(letters)
    if shape is None:
        return False
    return _fits(shape, tone, at) or bool(shape[1] == "gi" and _fits_gi(letters, tone, at))


def _split(word: str) -> tuple[str, str, int]:
    """The letters without the tone, the tone (more than one marks a word that is none), and the letter it stands on."""
    letters, tone, at = "", "", -1
    for mark in unicodedata.normalize("NFD", word[:16].lower()):
        if mark in TONES:
            tone, at = tone + mark, len(letters) - 1
        else:
            letters = unicodedata.normalize("NFC", letters + mark)
    return letters, tone, at


def _fits(shape: re.Match[str], tone: str, at: int) -> bool:
    places, follows = VOWELS.get(shape[2], ("", ""))
    closed = shape[3] is not None
    if not places or len(tone) > 1 or follows == ("open" if closed else "closed"):
        return False
    if closed and shape[3] in {"c", "ch", "p", "t"} and tone not in SHARP_OR_HEAVY:
        return False
    return not tone or str(at - shape.start(2)) in places


def _fits_gi(letters: str, tone: str, at: int) -> bool:
    """`gì`, `gìn`: the i of gi is the vowel; `giết`: it begins the vowel."""
    shape = re.fullmatch(r"(g)([iê]{1,2})(n|ng|t|m)?", letters)
    return shape is not None and _fits(shape, tone, at)
