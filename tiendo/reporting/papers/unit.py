"""A unit's own report of a period as an official paper to the coordinating agency. Pure.

Its figures are those of `figures`, counted over the unit's own tasks and what it wrote of them.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from gettext import gettext as _

from tiendo.calendars.periods import VIETNAM
from tiendo.papers.model import Align, Annex, Block, Column, Heading, Paper, Paragraph, Row, Run, Signature, TableBlock
from tiendo.papers.numbers import format_date
from tiendo.papers.wording import numbered
from tiendo.plans.states import STATE_WORDS
from tiendo.reporting.papers.consolidation import Figure, ReportFacts, TaskLine
from tiendo.reporting.papers.figures import figures
from tiendo.reporting.papers.paper import Letterhead
from tiendo.reporting.papers.words import Piece, bullet, lower_first, number, paragraph, percent, unstopped
from tiendo.ui.formats import number_text

NONE = "–"
PREVIEW = _("Bản xem trước: đơn vị chưa phê duyệt và gửi.")


def unit_paper(
    facts: ReportFacts, head: Letterhead, *, at: datetime, note: str, nothing_new: bool, illustrative: bool
) -> Paper:
    """The whole paper. `facts.lines` are the unit's own; `note` stands in the foot of each page."""
    summary = _("Kết quả thực hiện %(plan)s, kỳ báo cáo %(period)s")
    blocks = _nothing_new() if nothing_new else _body(facts, figures(facts))
    return Paper(
        parent_agency=head.parent_agency,
        issuing_agency=head.issuing_agency,
        symbol=head.symbol,
        place=head.place,
        year=at.astimezone(VIETNAM).year,
        kind_title=_("Báo cáo"),
        summary=summary % {"plan": facts.plan_title, "period": lower_first(facts.period_name)},
        addressees=(head.addressee,),
        body=numbered(blocks),
        signature=Signature((), head.signer_title, head.signer_name),
        recipients=(_("Như trên"), _("Lưu: VT")),
        annexes=() if nothing_new or not facts.lines else (_annex(facts),),
        footer_note=note,
        illustrative=illustrative,
    )


def _nothing_new() -> Iterable[Block]:
    yield paragraph(_("Trong kỳ báo cáo, đơn vị không phát sinh nội dung mới so với lần báo cáo trước."))


def _body(facts: ReportFacts, found: Mapping[str, Figure]) -> Iterable[Block]:
    yield Heading(1, _("Kết quả thực hiện"))
    yield paragraph(
        _("Đơn vị báo cáo "),
        number(found["total"]),
        _(" nhiệm vụ, số liệu từ ngày %(a)s đến hết ngày %(b)s: đã hoàn thành ")
        % {"a": format_date(facts.data_from), "b": format_date(facts.on)},
        number(found["done"]),
        _(" nhiệm vụ; chưa hoàn thành, trong hạn "),
        number(found["open_in_time"]),
        _(" nhiệm vụ; chưa hoàn thành, quá hạn "),
        number(found["open_overdue"]),
        _(" nhiệm vụ."),
    )
    for line in facts.counted:
        if line.result.strip():
            yield bullet(f"{line.title}: {unstopped(line.result)}.")
    yield Heading(1, _("Kinh phí thực hiện"))
    yield _money(found)
    yield Heading(1, _("Khó khăn, vướng mắc và kiến nghị"))
    told = [line for line in facts.counted if line.difficulty.strip()]
    if not told:
        yield paragraph(_("Đơn vị không có khó khăn, vướng mắc."))
    for line in told:
        yield bullet(f"{line.title}: {lower_first(unstopped(line.difficulty))}.")
    yield Heading(1, _("Nhiệm vụ kỳ tới"))
    yield from _next(facts)


def _money(found: Mapping[str, Figure]) -> Block:
    used, given = found["money_used"], found["money_allocated"]
    if not used.lines:
        return paragraph(_("Đơn vị chưa có số liệu kinh phí."))
    words: list[Piece] = [_("Lũy kế từ đầu năm đã sử dụng "), number(used)]
    if given.lines:
        words += [_(", kinh phí được giao trong năm "), number(given)]
    return paragraph(*words, ".")


def _next(facts: ReportFacts) -> Iterable[Block]:
    left = [line for line in facts.counted if not line.is_done(facts.on)]
    if not left:
        yield paragraph(_("Đơn vị không còn nhiệm vụ chưa hoàn thành."))
    for line in sorted(left, key=lambda line: (line.due_on is None, line.due_on)):
        due = _("hạn %s") % format_date(line.due_on) if line.due_on else _("không ấn định thời hạn")
        yield bullet(f"{line.title} ({due}).")


def _annex(facts: ReportFacts) -> Annex:
    columns = (
        Column(_("TT"), 2, Align.CENTER),
        Column(_("Mã"), 4),
        Column(_("Nhiệm vụ"), 10),
        Column(_("Thời hạn"), 4, Align.CENTER),
        Column(_("Tiến độ"), 5),
        Column(_("Kết quả trong kỳ"), 11),
        Column(_("Minh chứng"), 7),
        Column(_("Kinh phí đã dùng (đồng)"), 5, Align.RIGHT),
    )
    rows: list[Row] = [_row(position, line) for position, line in enumerate(facts.counted, 1)]
    note = Paragraph((Run(_("Dấu “–”: Kế hoạch không ghi hoặc đơn vị không báo cáo."), italic=True),))
    return Annex(_("Phụ lục"), _("Tiến độ từng nhiệm vụ"), (TableBlock(columns, rows), note), landscape=True)


def _row(position: int, line: TaskLine) -> Row:
    progress = STATE_WORDS[line.state] + (f", {percent(line.percent)}" if line.percent is not None else "")
    return (
        str(position),
        line.code,
        line.title,
        format_date(line.due_on) if line.due_on else NONE,
        progress,
        unstopped(line.result) or NONE,
        "; ".join(line.record.evidence) if line.record and line.record.evidence else NONE,
        number_text(line.money_used) if line.money_used is not None else NONE,
    )
