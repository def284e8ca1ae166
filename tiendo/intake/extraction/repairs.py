"""Repairs: slips of scanning and typing, with what they should say. Proposals only; the printed text is kept."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from tiendo.intake.extraction.references import Reference
from tiendo.intake.extraction.slips import Slip, find_slips
from tiendo.intake.extraction.spacing import find_gaps
from tiendo.intake.extraction.structure import Item, iterate_breaks
from tiendo.intake.extraction.tones import find_tones, majority

CONTEXT = 2
CONTINUED, SURE, UNSURE = 95, 90, 80
PARTY = frozenset({"TW", "TU"})
STATE = frozenset({"CP", "TTg", "UBND", "HĐND"})
REASONS = {
    "ocr": _("Chữ hoặc dấu bị nhận nhầm khi quét, gõ."),
    "doubled": _("Từ bị lặp."),
    "spaces": _("Thừa dấu cách giữa hai từ."),
    "punctuation": _("Thiếu dấu cách sau dấu câu."),
    "gap": _("Thừa dấu cách cạnh dấu câu."),
    "stuck": _("Hai từ dính liền nhau."),
    "tone": _("Dấu thanh đặt khác phần còn lại của văn bản."),
    "digit": _("Chữ cái lẫn trong số."),
    "letters": _("Chữ cái của bảng chữ khác lẫn trong từ."),
    "case": _("Viết hoa nhầm bên trong từ."),
    "number": _("Số, ký hiệu văn bản ghi khác các chỗ còn lại hoặc sai cách viết."),
    "broken": _("Đoạn văn bị ngắt khi sang trang."),
}


@dataclass(frozen=True)
class Repair:
    """What is printed, what it should read, of which kind the slip is and how sure that is, in hundredths.

    `item` is None above the first heading.
    """

    item: str | None
    printed: str
    proposed: str
    kind: str
    confidence: int

    @property
    def sure(self) -> bool:
        """Whether it may be accepted with others, unseen."""
        return self.confidence >= SURE

    def as_json(self) -> dict[str, object]:
        """The reading contract's form; `reason` is a Vietnamese sentence, `confidence` a decimal string."""
        return {
            "item": self.item,
            "printed": self.printed,
            "proposed": self.proposed,
            "sure": self.sure,
            "kind": self.kind,
            "reason": REASONS[self.kind],
            "confidence": f"{self.confidence / 100:.2f}",
        }


def propose_repairs(
    passages: Sequence[tuple[str | None, str]], items: Iterable[Item], references: Iterable[Reference]
) -> tuple[Repair, ...]:
    """Every repair once per item, in document order. `passages` are texts with what they belong to: items, cells."""
    style = majority(text for _item, text in passages)
    found = [Repair(item, *each) for item, text in passages for each in _in_text(text, style)]
    found.extend(_numbers(references))
    found.extend(_breaks(items))
    order = {item: place for place, (item, _text) in enumerate(passages)}
    return tuple(dict.fromkeys(sorted(found, key=lambda repair: order.get(repair.item, -1))))


def _in_text(text: str, style: str) -> Iterator[tuple[str, str, str, int]]:
    """Slips of one text; where two claim the same letters, the surer one stands."""
    slips = [*find_slips(text), *find_gaps(text), *find_tones(text, style)]
    taken: list[Slip] = []
    for slip in sorted(slips, key=lambda slip: (-slip.confidence, slip.start)):
        if text[slip.start : slip.end] != slip.proposed:
            taken.append(slip)
    last = -1
    for slip in sorted(taken, key=lambda slip: (slip.start, -slip.confidence)):
        if slip.start >= last or slip.kind == "tone":
            last = max(last, slip.end if slip.kind != "tone" else last)
            yield text[slip.start : slip.end], slip.proposed, slip.kind, slip.confidence


def _numbers(references: Iterable[Reference]) -> Iterator[Repair]:
    """A document number printed unlike its other mentions, or not as such documents are numbered."""
    for reference in references:
        for cited in reference.slips:
            yield Repair(cited.item, cited.printed, reference.number, "number", SURE)
        proper = _as_numbered(reference.number)
        for cited in reference.mentions if proper != reference.number else ():
            if cited.printed == reference.number:
                yield Repair(cited.item, cited.printed, proper, "number", UNSURE)


def _as_numbered(number: str) -> str:
    """The Party numbers 57-NQ/TW, the State 03/NQ-CP."""
    parts = re.split(r"[-/]", number)
    if len(parts) != 3 or parts[2] not in PARTY | STATE:
        return number
    first, second = "-/" if parts[2] in PARTY else "/-"
    return f"{parts[0]}{first}{parts[1]}{second}{parts[2]}"


def _breaks(items: Iterable[Item]) -> Iterator[Repair]:
    """Paragraphs that a page end had cut in two; less sure where the rest begins with a capital."""
    for item, offset in iterate_breaks(items):
        before = item.text[max(0, offset - 200) : offset - 1].split(" ")[-CONTEXT:]
        after = item.text[offset : offset + 200].split(" ")[:CONTEXT]
        if before[-1].isupper() and after[0][:1].isupper():
            continue  # a signature, not a sentence
        printed = f"{' '.join(before)}\n\n{' '.join(after)}"
        confidence = UNSURE if after[0][:1].isupper() else CONTINUED
        yield Repair(item.id, printed, f"{' '.join(before)} {' '.join(after)}", "broken", confidence)
