"""Where the parts of a document stand: head (letterhead, title, preamble), body, foot (signature), annexes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tiendo.intake.extraction.annex_headings import ANNEX_HEADING, is_attachment, plain, read_heading
from tiendo.intake.extraction.facts import NAME, POST, RECIPIENTS, kind_index, kind_of, subject_index
from tiendo.intake.extraction.spelling import pattern
from tiendo.intake.extraction.structure import opens_body
from tiendo.intake.reading.blocks import Paragraph

__all__ = ["ANNEX_HEADING", "Zones", "cut"]

FIRST_SIGNATURE = pattern(r"^(?:TM\.|KT\.|TL\.|TUQ\.|T/M|K/T|T/L)\s*[A-ZÀ-ỸĐ]{2}")
ADDRESSED = re.compile(r"^Kính gửi\s*:?", re.IGNORECASE)
STAMP = re.compile(
    r"^(?:Ký bởi|Người ký|Được ký bởi|Digitally signed by|Signature Not Verified|Ký số)\b", re.IGNORECASE
)
STAMP_LINE = re.compile(
    r"^(?:Ký bởi|Người ký|E-?mail|Cơ quan|Tổ chức|Thời gian ký|Ngày ký|Giờ ký|Chức vụ|Date|DN|Reason|Location)\s?:",
    re.IGNORECASE,
)
ATTACHMENT_LINES = 6
TITLE_LINES = 4


@dataclass(frozen=True)
class Zones:
    """The document cut into its head (letterhead, title, preamble), body, foot and annexes."""

    head: tuple[Paragraph, ...]
    body: tuple[Paragraph, ...]
    foot: tuple[Paragraph, ...]
    annexes: tuple[Paragraph, ...]

    @property
    def annex_only(self) -> bool:
        """Whether the file is an annex by itself, without the document it belongs to."""
        return bool(self.annexes) and not (self.head or self.body or self.foot)


def cut(paragraphs: Sequence[Paragraph]) -> Zones:
    """Find where the body begins and ends; what a decision is issued with is body too."""
    paragraphs = _without_stamps(paragraphs)
    kind = kind_index(paragraphs)
    annexes = _annexes_at(paragraphs, kind)
    foot = next((i for i, p in enumerate(paragraphs) if i > (kind or 0) and _ends_body(paragraphs, i)), annexes)
    body = _body_at(paragraphs, kind, min(foot, annexes))
    end = min(foot, annexes)
    enclosed = _enclosed(paragraphs, end, annexes)
    stop = enclosed[0] if enclosed else annexes
    inner = paragraphs[enclosed[1] : enclosed[2]] if enclosed else ()
    return Zones(
        tuple(paragraphs[:body]),
        (*paragraphs[body:end], *inner),
        tuple(paragraphs[end:stop]),
        tuple(paragraphs[annexes:]),
    )


def _without_stamps(paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """The text without the boxes that signing programs print."""
    kept: list[Paragraph] = []
    inside = False
    for paragraph in paragraphs:
        text = plain(paragraph.text)
        inside = bool(STAMP.match(text) and len(text) < 200) or (inside and bool(STAMP_LINE.match(text)))
        if not inside:
            kept.append(paragraph)
    return kept


def _annexes_at(paragraphs: Sequence[Paragraph], kind: int | None) -> int:
    """The first line of the annexes: a heading, or the title over a line that says what it is issued with."""
    for index, paragraph in enumerate(paragraphs):
        if read_heading(paragraph.text):
            return index
        if is_attachment(paragraph.text) and not _of_document(paragraphs, index, kind):
            return _title_above(paragraphs, index)
    return len(paragraphs)


def _of_document(paragraphs: Sequence[Paragraph], index: int, kind: int | None) -> bool:
    """Whether a line "(Kèm theo …)" belongs to the title of a plan or rules, not to an annex."""
    above = paragraphs[max(0, index - ATTACHMENT_LINES) : index]
    unsigned = kind is None and index > ATTACHMENT_LINES and not _signed(paragraphs[:index])
    return unsigned or any(kind_of(each) for each in above)


def _signed(paragraphs: Sequence[Paragraph]) -> bool:
    return any(_opens_foot(each) for each in paragraphs)


def _title_above(paragraphs: Sequence[Paragraph], index: int) -> int:
    top = index
    while top > 0 and index - top < TITLE_LINES and plain(paragraphs[top - 1].text).isupper():
        top -= 1
    return top


def _opens_foot(paragraph: Paragraph) -> bool:
    text = plain(paragraph.text)
    return bool(RECIPIENTS.match(text) or FIRST_SIGNATURE.match(text))


def _ends_body(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Where the foot begins: recipients, "TM. …", or a post in capitals straight above a name."""
    if _opens_foot(paragraphs[index]):
        return True
    text = plain(paragraphs[index].text)
    below = (plain(each.text) for each in paragraphs[index + 1 : index + 3])
    return text.isupper() and bool(POST.match(text)) and any(NAME.match(line) for line in below)


def _body_at(paragraphs: Sequence[Paragraph], kind: int | None, end: int) -> int:
    body = next((i for i in range(kind or 0, end) if opens_body(plain(paragraphs[i].text))), None)
    addressed = _addressed(paragraphs, end) if kind is None else None
    if addressed is not None:
        return addressed
    if body is not None:
        return body
    return min(kind + 2, end) if kind is not None else 0


def _addressed(paragraphs: Sequence[Paragraph], end: int) -> int | None:
    """Below the addressees of an official letter, when it is one."""
    if subject_index(paragraphs[:end]) is None:
        return None
    index = next((i for i, p in enumerate(paragraphs[:end]) if ADDRESSED.match(plain(p.text))), None)
    if index is None:
        return None
    index += 1
    while index < end and plain(paragraphs[index].text)[:1] in "-–+•":
        index += 1
    return index


def _enclosed(paragraphs: Sequence[Paragraph], foot: int, annexes: int) -> tuple[int, int, int] | None:
    """A plan behind the decision it is issued with: where it begins, where its body begins and ends."""
    for index in range(foot + 1, annexes):
        near = paragraphs[index + 1 : min(index + 1 + ATTACHMENT_LINES, annexes)]
        if kind_of(paragraphs[index]) and any(is_attachment(each.text) for each in near):
            end = next((i for i in range(index + 1, annexes) if _opens_foot(paragraphs[i])), annexes)
            body = next((i for i in range(index + 1, end) if opens_body(plain(paragraphs[i].text))), None)
            return None if body is None else (index, body, end)
    return None
