"""Unicode text that is really an old Vietnamese font shown through Latin-1, found and put right. Pure.

The witness is the syllable: `Së Tµi chÝnh` holds no Vietnamese syllable as it stands and three once the letters are put
right. Whole texts are judged together, so that a lone `µm` among good Unicode never counts, and every cell is judged
for itself, so that a few cells in the old font are found among good ones.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from gettext import gettext as _

from tiendo.intake.reading.blocks import Block, Paragraph, Read, Table
from tiendo.intake.reading.legacy import SCHEMES, WORD, to_unicode, word_to_unicode
from tiendo.intake.reading.syllables import is_syllable
from tiendo.ui.sentences import Sentence

MASKED = re.compile("[\xa1-\xff\u2212\u2219]")
# Letters no old font shows through Latin-1: who has one is Unicode.
MODERN = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
MICRO_UNITS = frozenset({"µm", "µg", "µl", "µs", "µv", "µa", "µw"})
LEAST_WITNESSES = 3  # different words
BETWEEN_CELLS = re.compile(r"(\s*\|\s*|\t|\n)")
SOFT_HYPHEN = "\xad"


@dataclass(frozen=True)
class Repairer:
    """Puts right the texts of one document; `encoding` is None when there is nothing to do.

    `whole` says that no text of the document is in good Unicode: then also words that could be either are put right.
    """

    encoding: str | None
    whole: bool = False

    def __call__(self, text: str) -> str:
        if self.encoding is None or not MASKED.search(text):
            return text
        return "".join(self._piece(piece, self.encoding) for piece in BETWEEN_CELLS.split(text))

    def _piece(self, piece: str, scheme: str) -> str:
        if not MASKED.search(piece) or MODERN.search(piece):
            return piece
        return to_unicode(piece, scheme) if self.whole or _witnesses(piece, scheme) else piece


def repairer_of(texts: Iterable[str]) -> Repairer:
    """What the texts of one document, taken together, say about its letters. Good Unicode and ASCII never count."""
    texts = list(texts)
    suspects = (piece for text in texts if MASKED.search(text) for piece in BETWEEN_CELLS.split(text))
    masked = [piece for piece in suspects if MASKED.search(piece) and not MODERN.search(piece)]
    if not masked:
        return Repairer(None)
    found = {scheme: Counter[str]() for scheme in SCHEMES}
    for scheme, words in found.items():
        for piece in masked:
            words.update(_witnesses(piece, scheme))
    scheme = max(SCHEMES, key=lambda name: found[name].total())
    if len(found[scheme]) < LEAST_WITNESSES:
        return Repairer(None)
    return Repairer(scheme, whole=not any(map(MODERN.search, texts)))


def repaired(read: Read) -> Read:
    """What a reader of any format read, with old letters put right and soft hyphens dropped.

    The printed lines are kept and a remark added when letters were put right.
    """
    repair = Repairer(None) if read.encoding else repairer_of(_texts(read))
    if repair.encoding:
        printed, remark = read.lines, repair_remark(repair.encoding)
        read = _mapped(read, repair)
        read = replace(read, encoding=repair.encoding, printed=printed, remarks=(*read.remarks, remark))
    if any(SOFT_HYPHEN in line for line in read.lines):
        return _mapped(read, lambda text: text.replace(SOFT_HYPHEN, ""))
    return read


def from_old_font(read: Read, scheme: str | None, printed: Iterable[str]) -> Read:
    """What was read of a file that names its old fonts, with its lines as printed; no scheme, nothing added."""
    if scheme is None:
        return read
    remarks = (*read.remarks, repair_remark(scheme))
    return replace(read, encoding=scheme, printed=tuple(printed), remarks=remarks)


def repair_remark(encoding: str) -> str:
    """The sentence for the person who reviews a file whose letters were put right."""
    pattern = _("Chữ trong tệp dùng bảng mã cũ {name}, đã được đổi sang Unicode; hãy đối chiếu với bản gốc.")
    return Sentence.of(pattern, name=encoding)


def _texts(read: Read) -> Iterable[str]:
    for block in read.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (c.text for row in block.rows for c in row.cells if not (c.inherited or c.across))


def _mapped(read: Read, change: Callable[[str], str]) -> Read:
    def block(one: Block) -> Block:
        if isinstance(one, Paragraph):
            return replace(one, text=change(one.text))
        rows = (replace(row, cells=tuple(replace(c, text=change(c.text)) for c in row.cells)) for row in one.rows)
        return Table(tuple(rows), one.position)

    return replace(read, blocks=tuple(map(block, read.blocks)), lines=tuple(map(change, read.lines)))


def _witnesses(piece: str, scheme: str) -> list[str]:
    """The words that become Vietnamese by the scheme and are none now; none when too many others stay strange."""
    words = [found[0] for found in WORD.finditer(piece) if not found[0].isascii()]
    speaking = [word for word in words if speaks(word, scheme) > 0]
    strange = sum(speaks(word, scheme) < 0 for word in words)
    return speaking if len(speaking) >= 3 * strange else []


@lru_cache(50_000)
def speaks(word: str, scheme: str) -> int:
    """1: Vietnamese only once put right; -1: not even then; 0: could be either."""
    changed = word_to_unicode(word, scheme)
    if word.lower() in MICRO_UNITS or (changed == word and not any(map(str.isalpha, word))):
        return 0
    was, becomes = is_syllable(word), changed != word and is_syllable(changed)
    return int(becomes and not was) - int(not becomes)
