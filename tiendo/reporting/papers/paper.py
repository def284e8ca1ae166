"""The consolidated report as an official paper (Nghị định 30/2020, outline of domain §9). Pure.

The words come from a template and from what a person wrote over its parts; every figure from the facts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from gettext import gettext as _
from importlib.resources import files

from tiendo.calendars.periods import VIETNAM
from tiendo.papers.model import Block, Heading, Paper, Signature
from tiendo.papers.wording import numbered
from tiendo.reporting.papers.annexes import annexes
from tiendo.reporting.papers.blocks import BLOCKS
from tiendo.reporting.papers.consolidation import Figure, ReportFacts
from tiendo.reporting.papers.figures import figure_keys, figures
from tiendo.reporting.papers.prose import TOKENS, blocks_of
from tiendo.reporting.papers.template import Line, Template, parse, parse_part
from tiendo.reporting.papers.words import lower_first

_NOBODY = ReportFacts("", "", date.min, date.min, (), ())
FIGURE_KEYS = frozenset(figures(_NOBODY))


def every_figure() -> list[Figure]:
    """The figures any plan has, counted of nothing: their keys and labels."""
    return list(figures(_NOBODY).values())


@dataclass(frozen=True)
class Letterhead:
    """Who reports to whom."""

    parent_agency: str
    issuing_agency: str
    symbol: str
    place: str
    addressee: str
    signer_title: str
    signer_name: str


@dataclass(frozen=True)
class Mark:
    """What the paper says of its making, and where its figures open (an address; "" when there is none)."""

    log_seq: int
    log_head: str
    code: str = ""
    figure_page: str = ""

    @property
    def note(self) -> str:
        words = _("Lập từ các báo cáo đã tiếp nhận. Đầu chuỗi nhật ký số %(seq)d: %(head)s")
        code = _(". Mã kiểm chứng: %s") % self.code if self.code else ""
        return words % {"seq": self.log_seq, "head": self.log_head} + code


def report_paper(
    facts: ReportFacts,
    head: Letterhead,
    mark: Mark,
    *,
    at: datetime,
    illustrative: bool,
    template: Template | None = None,
    workbook: str = "",
) -> Paper:
    """The whole paper; without a template, by the one shipped with the program.

    With the SHA-256 of the workbook made along with it, annexes too long to print stand there and not here.
    """
    summary = _("Tình hình, kết quả thực hiện %(plan)s, kỳ báo cáo %(period)s")
    return Paper(
        parent_agency=head.parent_agency,
        issuing_agency=head.issuing_agency,
        symbol=head.symbol,
        place=head.place,
        year=at.astimezone(VIETNAM).year,
        kind_title=_("Báo cáo"),
        summary=summary % {"plan": facts.plan_title, "period": lower_first(facts.period_name)},
        addressees=(head.addressee,),
        body=numbered(body(template or shipped(), facts, figures(facts))),
        signature=Signature((), head.signer_title, head.signer_name),
        recipients=(_("Như trên"), _("Các sở, ban, ngành tỉnh"), _("UBND các xã, phường"), _("Lưu: VT")),
        annexes=annexes(facts, workbook),
        footer_note=mark.note,
        illustrative=illustrative,
        figure_page=mark.figure_page,
    )


def body(template: Template, facts: ReportFacts, found: Mapping[str, Figure]) -> Iterable[Block]:
    """The blocks of the parts, in the order of the template."""
    for part in template.parts:
        yield Heading(1, part.title)
        yield from blocks_of(part.lines, facts, found)


def read_template(text: str) -> Template:
    """The template in a text. Raises report_template.BadTemplate."""
    return parse(text, tokens=TOKENS.keys(), figures=FIGURE_KEYS, blocks=BLOCKS.keys())


def read_part(text: str, facts: ReportFacts) -> tuple[Line, ...]:
    """A part as a person wrote it, in which figures of single groups may stand too. Raises BadTemplate."""
    return parse_part(text, tokens=TOKENS.keys(), figures=figure_keys(facts), blocks=BLOCKS.keys())


def shipped_text() -> str:
    """The template that comes with the program."""
    return files("tiendo.reporting").joinpath("data/mau-bao-cao.txt").read_text(encoding="utf-8")


@cache
def shipped() -> Template:
    return read_template(shipped_text())
