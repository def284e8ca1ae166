"""Words of a page with their places, and the repairs that need these places: loose accents, raised figures, doubles."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from tiendo.intake.reading.pdf_glyphs import ACCENTS, raised

HOLE = 0.16  # of the letter size: a wider hole between two letters parts words
RAISED = 0.85  # a raised mark is smaller than this share of its word


@dataclass(frozen=True, slots=True)
class OldWord:
    """A word of an old Vietnamese font: in Unicode, as the file has it, and the old encoding."""

    text: str
    printed: str
    scheme: str


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a space between them. `glued` says no space parts it from the word before it.

    `printed` and `scheme` are set for a word of an old Vietnamese font, whose `text` is in Unicode.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    glued: bool = False
    printed: str = ""
    scheme: str = ""

    @property
    def middle(self) -> float:
        """The height of the middle of a small letter: inside the cell whatever the marks above and below."""
        return self.base - 0.3 * self.size


def mended(words: Iterable[Word]) -> list[Word]:
    """Words with loose accents over their letters, raised figures as such, and nothing twice at one place."""
    return _unrepeated(_folded(_folded(words, _accented), _raised))


def _folded(words: Iterable[Word], joined: Callable[[Word, Word], Word | None]) -> Iterator[Word]:
    """The words, each that belongs to the one before it joined with that."""
    before: Word | None = None
    for word in words:
        one = joined(before, word) if before is not None else None
        if before is not None and one is None:
            yield before
        before = one or word
    if before is not None:
        yield before


def _accented(before: Word, word: Word) -> Word | None:
    """Accents drawn as letters of their own go over the letter they stand on."""
    mark = ACCENTS.get(word.text, word.text)
    over = before.x0 <= (word.x0 + word.x1) / 2 <= before.x1 + 0.2 * before.size
    if over and mark and all(map(unicodedata.combining, mark)):
        return replace(before, text=unicodedata.normalize("NFC", before.text + mark))
    return None


def _raised(before: Word, word: Word) -> Word | None:
    """Small figures above the end of a word become raised figures of that word."""
    if _is_raised(before, word) and (figures := raised(word.text)):
        return replace(before, text=before.text + figures, x1=word.x1)
    return None


def _is_raised(before: Word, word: Word) -> bool:
    lift = before.base - word.base
    near = -0.2 * before.size <= word.x0 - before.x1 <= HOLE * before.size
    return near and word.size <= RAISED * before.size and 0.15 * before.size < lift < 0.7 * before.size


def _unrepeated(words: Iterable[Word]) -> list[Word]:
    """Words without those drawn twice at one place to look bold."""
    seen: set[tuple[str, int, int]] = set()
    kept: list[Word] = []
    for word in words:
        key = (word.text, round(word.x0), round(word.base))
        if key not in seen and word.text:
            seen.add(key)
            kept.append(word)
    return kept
