"""Vietnamese words made comparable: for search without marks, and for sorting as a Vietnamese reader expects.

Pure. Databases do not agree on either (SQLite folds ASCII only), so both keys are stored columns.
"""

import re
import unicodedata

_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_RANK = {letter: f"{place:02d}" for place, letter in enumerate("0123456789" + "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", 1)}
_LEVEL = re.compile(r"^(?:UBND |Ủy ban nhân dân )?(?:(?:xã|phường) )?", re.IGNORECASE)


def fold(text: str) -> str:
    """Lower case, no marks, đ as d, single spaces: "Mạng  5G ở Đà" → "mang 5g o da"."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    kept = "".join(ch for ch in plain if not unicodedata.combining(ch))
    return " ".join(re.sub(r"[^\w]+", " ", kept).split())


def bare_place(name: str) -> str:
    """A commune, or its committee, by its bare name: "UBND xã Mường Tè" → "Mường Tè"."""
    return _LEVEL.sub("", name) or name


def sort_key(text: str) -> str:
    """A string whose plain byte order is Vietnamese dictionary order: letters first, then tones.

    "Tà Tổng" sorts after "Ta Gia"; ă after a, đ after d. Other characters sort before letters.
    """
    letters, tones = [], []
    for word in text.lower().split():
        word_letters, word_tone = _split_tone(word)
        letters.append("".join(_RANK.get(ch, "00") for ch in word_letters))
        tones.append(str(word_tone))
    return " ".join(letters) + "|" + "".join(tones)


def _split_tone(word: str) -> tuple[str, int]:
    tone, kept = 0, []
    for ch in unicodedata.normalize("NFD", word):
        if ch in _TONES:
            tone = _TONES[ch]
        else:
            kept.append(ch)
    return unicodedata.normalize("NFC", "".join(kept)), tone
