"""Two versions of a plan side by side as an official paper: what was, what is, group by group. Pure (R026)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from tiendo.papers.model import BandRow, Block, Column, Heading, Paper, Paragraph, Row, Run, Signature, TableBlock
from tiendo.papers.numbers import format_date
from tiendo.papers.wording import numbered
from tiendo.plans.differences import (
    FIELD_WORDS,
    KIND_WORDS,
    Difference,
    FieldChange,
    GroupOfDifferences,
    PieceDifference,
    Turn,
)


@dataclass(frozen=True)
class Sender:
    """Whose paper it is, as its head prints it."""

    parent_agency: str
    issuing_agency: str
    symbol: str
    place: str
    signer_title: str
    signer_name: str


@dataclass(frozen=True)
class VersionFacts:
    """A version as the paper names it; `document` is what its paper calls itself."""

    number: int
    in_force_from: date
    document: str


@dataclass(frozen=True)
class DifferenceFacts:
    plan: str
    first: VersionFacts
    second: VersionFacts
    groups: Sequence[GroupOfDifferences]
    by_hand: Sequence[GroupOfDifferences]
    pieces: Sequence[PieceDifference]
    replaced: Sequence[GroupOfDifferences] = ()


def difference_paper(facts: DifferenceFacts, sender: Sender, *, year: int, illustrative: bool) -> Paper:
    """The paper, to be laid out by `papers.docx`."""
    summary = _("các nội dung sửa đổi, bổ sung của %(plan)s") % {"plan": facts.plan}
    return Paper(
        parent_agency=sender.parent_agency,
        issuing_agency=sender.issuing_agency,
        symbol=sender.symbol,
        place=sender.place,
        year=year,
        kind_title=_("BẢN SO SÁNH"),
        summary=summary,
        body=numbered(tuple(_body(facts))),
        signature=Signature((), sender.signer_title, sender.signer_name),
        recipients=(_("Lưu: VT"),),
        footer_note=_("Phiên bản %(a)d và phiên bản %(b)d, như hệ thống lưu khi mỗi phiên bản được lập.")
        % {"a": facts.first.number, "b": facts.second.number},
        illustrative=illustrative,
    )


def _body(facts: DifferenceFacts) -> Iterable[Block]:
    yield Heading(1, _("Hai phiên bản"))
    for version in (facts.first, facts.second):
        yield Paragraph((Run(_version_words(version)),))
    yield Heading(1, _("Nhiệm vụ"))
    if facts.groups:
        yield Paragraph((Run(_count_words(facts.groups)),))
        yield TableBlock(_COLUMNS, [row for group in facts.groups for row in _group_rows(group)])
    else:
        yield Paragraph((Run(_("Không có nhiệm vụ nào khác nhau.")),))
    if facts.pieces:
        yield Heading(1, _("Lời văn và chỉ tiêu"))
        yield TableBlock(_COLUMNS, [row for piece in facts.pieces for row in _piece_rows(piece)])
    if facts.replaced:
        yield Heading(1, _("Nội dung sửa sau ngày quyết định, được thay theo quyết định"))
        yield TableBlock(_COLUMNS, [row for group in facts.replaced for row in _group_rows(group)])
    if facts.by_hand:
        yield Heading(1, _("Điền bằng tay giữa hai phiên bản"))
        yield TableBlock(_COLUMNS, [row for group in facts.by_hand for row in _group_rows(group)])


_COLUMNS = (
    Column(_("Nội dung"), 26),
    Column(_("Phần"), 14),
    Column(_("Trước đây"), 30),
    Column(_("Nay"), 30),
)


def _version_words(version: VersionFacts) -> str:
    words = _("Phiên bản %(number)d, có hiệu lực từ %(day)s: %(document)s.")
    return words % {
        "number": version.number,
        "day": format_date(version.in_force_from),
        "document": version.document.rstrip("."),
    }


def _count_words(groups: Sequence[GroupOfDifferences]) -> str:
    kinds = [line.kind for group in groups for line in group.lines]
    parts = [f"{words} {kinds.count(kind)}" for kind, words in KIND_WORDS.items() if kind in kinds]
    return _("Có %(n)d nhiệm vụ khác nhau: %(parts)s.") % {"n": len(kinds), "parts": ", ".join(parts)}


def _group_rows(group: GroupOfDifferences) -> Iterable[Row]:
    yield BandRow(group.title or _("Không thuộc nhóm nào"))
    for line in group.lines:
        yield from _rows(_title(line), KIND_WORDS[line.kind], line.changes)


def _piece_rows(piece: PieceDifference) -> Iterable[Row]:
    yield from _rows(f"{piece.path} {piece.text}"[:200], KIND_WORDS[piece.kind], piece.changes)


def _rows(title: str, kind: str, changes: Sequence[FieldChange]) -> Iterable[Row]:
    """The first row names the thing; one row for each field, or one that says what became of it."""
    if not changes:
        yield (title, kind, "", "")
    for nth, change in enumerate(changes):
        named = f"{title} ({kind})" if nth == 0 else ""
        yield (named, FIELD_WORDS[change.field], change.was or "–", (change.now or "–") + _turn_words(change))


def _turn_words(change: FieldChange) -> str:
    if change.turn == Turn.LATER:
        return _(" (lùi %d ngày)") % change.days
    return _(" (sớm hơn %d ngày)") % change.days if change.turn == Turn.EARLIER else ""


def _title(line: Difference) -> str:
    return f"{line.number}. {line.title}" if line.number else line.title
