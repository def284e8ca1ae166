"""Prose with its figures put in: lines of a template and the facts of a period become blocks of a paper. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from gettext import gettext as _

from tiendo.papers.model import Block, Bullet, Heading, Inline, Paragraph, Run
from tiendo.papers.numbers import format_date
from tiendo.reporting.papers.blocks import BLOCKS
from tiendo.reporting.papers.consolidation import DutyLine, Figure, Measure, ReportFacts
from tiendo.reporting.papers.template import Line, Piece, Quotation, Shape, Token, Words
from tiendo.reporting.papers.words import communes_in_short, figure_words, inline, number


@dataclass(frozen=True)
class WordToken:
    """Words put in that are no figure: names, dates."""

    label: str
    words: Callable[[ReportFacts], str]


def named_units(duties: Iterable[DutyLine]) -> str:
    """ "Sở A; UBND các xã, phường: Bum Tở, Dào San"."""
    duties = tuple(duties)
    names = [duty.unit for duty in duties if not duty.is_commune]
    if communes := [duty.unit for duty in duties if duty.is_commune]:
        names.append(_("UBND các xã, phường: %s") % communes_in_short(communes))
    return "; ".join(names)


TOKENS: dict[str, WordToken] = {
    "ten_ke_hoach": WordToken(_("Tên kế hoạch"), lambda facts: facts.plan_title),
    "ten_ky": WordToken(_("Tên kỳ báo cáo"), lambda facts: facts.period_name),
    "tu_ngay": WordToken(_("Ngày đầu lấy số liệu"), lambda facts: format_date(facts.data_from)),
    "den_ngay": WordToken(_("Ngày cuối lấy số liệu"), lambda facts: format_date(facts.on)),
    "het_ky_toi": WordToken(_("Ngày cuối của kỳ tới"), lambda facts: format_date(facts.next_until)),
    "don_vi_chua_gui": WordToken(
        _("Tên các đơn vị chưa gửi báo cáo"),
        lambda facts: named_units(duty for duty in facts.duties if not duty.is_sent),
    ),
}


def blocks_of(lines: Iterable[Line], facts: ReportFacts, found: Mapping[str, Figure]) -> Iterator[Block]:
    """The lines that stand, in order; a line whose condition does not hold is left out."""
    for line in lines:
        if stands(line, found):
            yield from _blocks(line, facts, found)


def stands(line: Line, found: Mapping[str, Figure]) -> bool:
    """Whether the line's condition holds; a figure that cannot be computed, or is not there, counts as zero.

    Money reported as zero is not money nobody reported: it stands.
    """
    if not line.when:
        return True
    figure = found.get(line.when)
    told = figure is not None and figure.measure == Measure.DONG and figure.value is not None
    return (told or bool(figure and figure.value)) != line.when_zero


def _blocks(line: Line, facts: ReportFacts, found: Mapping[str, Figure]) -> Iterator[Block]:
    if line.shape == Shape.BLOCK:
        yield from BLOCKS[line.block].make(facts, found)
        return
    pieces = tuple(each for piece in line.pieces for each in put_in(piece, facts, found))
    if line.shape == Shape.HEADING:
        yield Heading(line.level, "".join(each.text for each in pieces if isinstance(each, Run)))
    elif line.shape == Shape.BULLET:
        yield Bullet(pieces)
    else:
        yield Paragraph(pieces)


def put_in(piece: Piece, facts: ReportFacts, found: Mapping[str, Figure]) -> tuple[Inline, ...]:
    """What a piece prints: a figure as a number bound to it, a reference, words, a quotation with its source."""
    match piece:
        case Words():
            return (Run(piece.text),)
        case Quotation():
            return (Run(f"{piece.text} ({piece.source})"),)
        case Token() if piece.key in TOKENS:
            return (Run(TOKENS[piece.key].words(facts)),)
        case Token() if piece.key not in found:
            return (Run(figure_words(None)),)
        case Token(key, is_ref):
            return inline(found[key]) if is_ref else (number(found[key]),)
