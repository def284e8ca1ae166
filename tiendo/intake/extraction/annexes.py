"""Annexes: which are mentioned, which are there, and what they say they were issued with."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tiendo.intake.extraction.annex_headings import is_attachment, issued_with, read_heading
from tiendo.intake.extraction.structure import Item
from tiendo.intake.reading.blocks import Paragraph

MENTION = re.compile(
    r"\b(?:phụ|phục|phu)\s+lục"
    r"(?:\s+(?:số\s+)?0{0,3}(?P<label>[IVX]{1,6}(?:[.-]\d{1,2})?|\d{1,2}(?:[.-]\d{1,2})?|(?-i:[A-HĐ]))(?!\w))?",
    re.IGNORECASE,
)
NEAR_HEADING = 5  # how many lines under its heading an annex says what it was issued with
TASK_WORD = re.compile(r"nhiệm vụ", re.IGNORECASE)


@dataclass
class Annex:
    """One annex: its label as "Phụ lục II", whether it is in the file, and the items that mention it."""

    label: str
    present: bool = False
    mentioned_in: list[str] = field(default_factory=list)
    issued_with: dict[str, str | None] | None = None

    def as_json(self) -> dict[str, object]:
        """The reading contract's form; `issued_with` only for an annex that says so."""
        said = {"issued_with": self.issued_with} if self.issued_with else {}
        return {"label": self.label, "present": self.present, "mentioned_in": self.mentioned_in, **said}


@dataclass(frozen=True)
class Assumed:
    """A mention without a label and the annex it was taken to mean."""

    item: str
    quote: str
    label: str | None


def find_annexes(items: Sequence[Item], headings: Iterable[Paragraph]) -> tuple[list[Annex], list[Assumed]]:
    """Annexes in order of first mention; a mention without a label goes to the annex whose own mention it resembles."""
    annexes: dict[str, Annex] = {}
    loose: list[tuple[Item, str]] = []
    for item in items:
        for found in MENTION.finditer(item.text):
            if found["label"]:
                _mention(annexes, f"Phụ lục {found['label']}", item.id)
            else:
                loose.append((item, found[0]))
    _present(annexes, headings)
    assumed = [_assume(annexes, item, quote, items) for item, quote in loose]
    return list(annexes.values()), assumed


def _present(annexes: dict[str, Annex], paragraphs: Iterable[Paragraph]) -> None:
    """Mark the annexes whose headings stand in the file, with what the lines under a heading say of their plan."""
    current: Annex | None = None
    under = 0
    for paragraph in paragraphs:
        heading = read_heading(paragraph.text)
        under += 1
        if heading:
            current, under = annexes.setdefault(heading.name, Annex(heading.name)), 0
            current.present = True
        elif current is None and is_attachment(paragraph.text):
            current, under = annexes.setdefault("Phụ lục", Annex("Phụ lục")), 0
            current.present = True
        if current is not None and current.issued_with is None and under <= NEAR_HEADING:
            current.issued_with = issued_with(paragraph.text)


def _mention(annexes: dict[str, Annex], label: str, item: str) -> None:
    mentioned = annexes.setdefault(label, Annex(label)).mentioned_in
    if item not in mentioned:
        mentioned.append(item)


def _assume(annexes: dict[str, Annex], item: Item, quote: str, items: Sequence[Item]) -> Assumed:
    label = _likely(annexes, item, {each.id: each.text for each in items})
    if label is None and not annexes:
        label = "Phụ lục"
    if label:
        _mention(annexes, label, item.id)
    return Assumed(item.id, quote, label)


def _likely(annexes: dict[str, Annex], item: Item, texts: dict[str, str]) -> str | None:
    if len(annexes) == 1:
        return next(iter(annexes))
    if not TASK_WORD.search(item.text):
        return None
    of_tasks = [a.label for a in annexes.values() if any(TASK_WORD.search(texts[i]) for i in a.mentioned_in)]
    return of_tasks[0] if len(of_tasks) == 1 else None
