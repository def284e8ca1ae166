"""Repairs: slips of scanning and typing, with what they should say. Proposals only; the printed text is kept."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tiendo.intake.extraction.references import Reference
from tiendo.intake.extraction.spelling import word_key
from tiendo.intake.extraction.structure import Item, iterate_breaks

# printed pattern → what it should read, and whether a person needs to look
SLIPS: tuple[tuple[re.Pattern[str], str, bool], ...] = (
    (re.compile(r"(?<!\w)chuyên đổi số(?!\w)"), "chuyển đổi số", True),
    (re.compile(r"(?<!\w)Chuyên đổi số(?!\w)"), "Chuyển đổi số", True),
    (re.compile(r"(?<!\w)chuyên đổi(?! số|\w)"), "chuyển đổi", True),
    (re.compile(r"(?<!\w)Phần đầu(?=\s+(?:\d|đạt|đến|hoàn thành|có))"), "Phấn đấu", True),
    (re.compile(r"(?<!\w)phần đầu(?=\s+(?:\d|đạt|đến|hoàn thành|có))"), "phấn đấu", True),
    (re.compile(r"(?<!\w)phục lục(?!\w)"), "phụ lục", True),
    (re.compile(r"(?<!\w)tăng dân(?=\s+(?:theo|qua|hằng|hàng|lên))"), "tăng dần", False),
    (re.compile(r"(?<!\w)trí tuê(?!\w)"), "trí tuệ", True),
    (re.compile(r"(?<!\w)ủy ban nhấn dân(?!\w)", re.IGNORECASE), "ủy ban nhân dân", True),
)
DOUBLED = re.compile(
    r"(?<!\w)(?P<word>các|của|và|những|trong|cho|với|là|để|về|theo|được|tại)\s+(?P=word)(?!\w)", re.IGNORECASE
)
SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
# Open syllables whose tone may stand on either vowel: hoá or hóa, khoẻ or khỏe, uỷ or ủy ("qu" is a consonant).
NEW_PLACE = re.compile(r"(?<![qQ])(?:o[áàảãạéèẻẽẹ]|u[ýỳỷỹỵ])(?!\w)|(?<![qQ])(?:O[ÁÀẢÃẠÉÈẺẼẸ]|[uU][ÝỲỶỸỴýỳỷỹỵ])(?!\w)")
OLD_PLACE = re.compile(r"(?:[óòỏõọÓÒỎÕỌ][aeAE]|[úùủũụÚÙỦŨỤ][yY])(?!\w)")
WORD = re.compile(r"[^\W\d_]+")
CONTEXT = 2
LONGEST_WORD = 30


@dataclass(frozen=True)
class Repair:
    """What is printed, what it should read, and whether that is certain; `item` is None above the first heading."""

    item: str | None
    printed: str
    proposed: str
    sure: bool
    reason: str

    def as_json(self) -> dict[str, object]:
        """The reading contract's form."""
        return {
            "item": self.item,
            "printed": self.printed,
            "proposed": self.proposed,
            "sure": self.sure,
            "reason": self.reason,
        }


def propose_repairs(
    passages: Sequence[tuple[str | None, str]], items: Iterable[Item], references: Iterable[Reference]
) -> tuple[Repair, ...]:
    """Every repair once per item, in document order."""
    style = _majority(text for _item, text in passages)
    found: list[Repair] = []
    for item, text in passages:
        found.extend(_slips(item, text))
        found.extend(_tones(item, text, style))
    found.extend(_numbers(references))
    found.extend(_breaks(items))
    order = {item: place for place, (item, _text) in enumerate(passages)}
    return tuple(dict.fromkeys(sorted(found, key=lambda repair: order.get(repair.item, -1))))


def _slips(item: str | None, text: str) -> Iterator[Repair]:
    for pattern, proposed, sure in SLIPS:
        for found in pattern.finditer(text):
            yield Repair(item, found[0], proposed, sure, "ocr")
    for found in DOUBLED.finditer(text):
        yield Repair(item, found[0], found["word"], True, "doubled")
    for found in SPACES.finditer(text):
        before = text[max(0, found.start() - LONGEST_WORD) : found.start()].rpartition(" ")[2]
        after = text[found.end() : found.end() + LONGEST_WORD].partition(" ")[0]
        yield Repair(item, f"{before}{found[0]}{after}", f"{before} {after}", True, "spaces")


def _majority(texts: Iterable[str]) -> str:
    """Where this document mostly puts the mark: "old" (hóa) or "new" (hoá)."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts["old"] += len(OLD_PLACE.findall(text))
        counts["new"] += len(NEW_PLACE.findall(text))
    return "new" if counts["new"] > counts["old"] else "old"


def _tones(item: str | None, text: str, style: str) -> Iterator[Repair]:
    pattern = NEW_PLACE if style == "old" else OLD_PLACE
    for word in WORD.finditer(text):
        if pattern.search(word[0]):
            yield Repair(item, word[0], _moved(word[0], pattern), True, "tone")


def _moved(word: str, pattern: re.Pattern[str]) -> str:
    """The word with the tone mark on the other vowel of its last pair."""
    found = pattern.search(word)
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


def _numbers(references: Iterable[Reference]) -> Iterator[Repair]:
    """A document number printed unlike its other mentions."""
    for reference in references:
        for cited in reference.slips:
            yield Repair(cited.item, cited.number, reference.number, True, "number")


def _breaks(items: Iterable[Item]) -> Iterator[Repair]:
    """Paragraphs that a page end had cut in two."""
    for item, offset in iterate_breaks(items):
        before = item.text[max(0, offset - 200) : offset - 1].split(" ")[-CONTEXT:]
        after = item.text[offset : offset + 200].split(" ")[:CONTEXT]
        printed = f"{' '.join(before)}\n\n{' '.join(after)}"
        yield Repair(item.id, printed, f"{' '.join(before)} {' '.join(after)}", True, "broken")
