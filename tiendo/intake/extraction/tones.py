"""Where the tone mark stands in open syllables: hoá or hóa, khoẻ or khỏe, uỷ or ủy. One document, one style."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tiendo.intake.extraction.slips import WORD, Slip
from tiendo.intake.extraction.spelling import word_key

# "qu" is a consonant, so the y of "quý" has one place only.
NEW_PLACE = re.compile(r"(?<![qQ])(?:o[áàảãạéèẻẽẹ]|u[ýỳỷỹỵ])(?!\w)|(?<![qQ])(?:O[ÁÀẢÃẠÉÈẺẼẸ]|[uU][ÝỲỶỸỴýỳỷỹỵ])(?!\w)")
OLD_PLACE = re.compile(r"(?:[óòỏõọÓÒỎÕỌ][aeAE]|[úùủũụÚÙỦŨỤ][yY])(?!\w)")


def majority(texts: Iterable[str]) -> str:
    """Where a document mostly puts the mark: "old" (hóa) or "new" (hoá)."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts["old"] += sum(1 for _found in OLD_PLACE.finditer(text))
        counts["new"] += sum(1 for _found in NEW_PLACE.finditer(text))
    return "new" if counts["new"] > counts["old"] else "old"


def find_tones(text: str, style: str) -> Iterator[Slip]:
    """Words whose mark stands where the rest of the document does not put it."""
    pattern = NEW_PLACE if style == "old" else OLD_PLACE
    if not pattern.search(text):
        return
    for word in WORD.finditer(text):
        if pattern.search(word[0]):
            yield Slip(*word.span(), _moved(word[0], style), "tone", 95)


@lru_cache(maxsize=5_000)
def _moved(word: str, style: str) -> str:
    """The word with the tone mark on the other vowel of its last pair."""
    found = (NEW_PLACE if style == "old" else OLD_PLACE).search(word)
    if found is None:
        return word
    pair = found[0]
    for first in "oóòỏõọuúùủũụ":
        for second in "aáàảãạeéèẻẽẹyýỳỷỹỵ":
            for moved in (first + second, first.upper() + second, first.upper() + second.upper()):
                if moved != pair and word_key(moved) == word_key(pair) and _same_case(moved, pair):
                    return word[: found.start()] + moved + word[found.end() :]
    return word


def _same_case(one: str, other: str) -> bool:
    return [letter.isupper() for letter in one] == [letter.isupper() for letter in other]
