"""The consolidated report as an official paper (Nghị định 30/2020, outline of domain §9). Pure.

Every figure taken from reports is followed by a raised reference to the rows of the last annex, the accepted records.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from gettext import gettext as _

from tiendo.calendars.deadlines import Cell
from tiendo.calendars.periods import VIETNAM
from tiendo.papers.model import Align, Block, Column, Heading, Paper, Paragraph, Run, Signature, TableBlock
from tiendo.papers.numbers import format_date, format_million_dong
from tiendo.papers.wording import numbered
from tiendo.plans.rates import share
from tiendo.reporting.consolidation import (
    DutyLine,
    Figure,
    ReportFacts,
    TaskLine,
    counting,
    figures,
    money,
)
from tiendo.reporting.report_annexes import annexes
from tiendo.reporting.report_words import (
    Piece,
    bullet,
    capital,
    communes_in_short,
    inline,
    lower_first,
    paragraph,
    percent,
    unstopped,
)

NAMED = 12  # so many tasks are named one by one; the rest stand in the annex


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


def report_paper(
    facts: ReportFacts, head: Letterhead, *, at: datetime, log_seq: int, log_head: str, illustrative: bool
) -> Paper:
    """The whole paper. `log_head` is the head of the log when it was issued, printed in the foot."""
    note = _("Lập từ các báo cáo đã tiếp nhận. Đầu chuỗi nhật ký số %(seq)d: %(head)s")
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
        body=numbered(_body(facts)),
        signature=Signature((), head.signer_title, head.signer_name),
        recipients=(_("Như trên"), _("Các sở, ban, ngành tỉnh"), _("UBND các xã, phường"), _("Lưu: VT")),
        annexes=annexes(facts),
        footer_note=note % {"seq": log_seq, "head": log_head},
        illustrative=illustrative,
    )


def _body(facts: ReportFacts) -> tuple[Block, ...]:
    found = figures(facts)
    return (
        *_direction(facts, found),
        *_results(facts, found),
        *_outstanding(facts),
        *_assessment(facts, found),
        *_difficulties(facts),
        *_next(facts, found),
    )


def _direction(facts: ReportFacts, found: dict[str, Figure]) -> Iterable[Block]:
    yield Heading(1, _("Công tác chỉ đạo và chế độ báo cáo"))
    span = {"a": format_date(facts.data_from), "b": format_date(facts.on)}
    yield paragraph(
        _("Kế hoạch giao %d nhiệm vụ") % int(found["total"].value),
        found["total"],
        _(". Số liệu trong báo cáo tính từ ngày %(a)s đến hết ngày %(b)s.") % span,
    )
    yield paragraph(*_sending(facts), _(" Chi tiết tại Phụ lục II."))
    if missing := tuple(duty for duty in facts.duties if not duty.is_sent):
        yield paragraph(_("Các đơn vị chưa gửi báo cáo: %s") % _named_units(missing), missing, ".")


def _sending(facts: ReportFacts) -> Iterable[Piece]:
    """Who sent, who late, who had nothing new, who was urged; each number refers to the units it counts."""
    sent = tuple(duty for duty in facts.duties if duty.is_sent)
    late, quiet = tuple(duty for duty in sent if duty.is_late), tuple(duty for duty in sent if duty.nothing_new)
    urged = tuple(duty for duty in facts.duties if duty.urgings)
    yield _("Có %(sent)d/%(all)d đơn vị gửi báo cáo") % {"sent": len(sent), "all": len(facts.duties)}
    yield from (sent, " (")
    yield _("%d đơn vị gửi muộn") % len(late) if late else _("không có đơn vị gửi muộn")
    yield from (late, "; ", _("%d đơn vị báo không phát sinh") % len(quiet), quiet, ").")
    if urged:
        yield _(" Cơ quan đầu mối đã đôn đốc %d lượt đơn vị") % sum(duty.urgings for duty in urged)
        yield from (urged, ".")


def _named_units(duties: tuple[DutyLine, ...]) -> str:
    names = [duty.unit for duty in duties if not duty.is_commune]
    if communes := [duty.unit for duty in duties if duty.is_commune]:
        names.append(_("UBND các xã, phường: %s") % communes_in_short(communes))
    return "; ".join(names)


def _results(facts: ReportFacts, found: dict[str, Figure]) -> Iterable[Block]:
    yield Heading(1, _("Kết quả thực hiện theo các nhóm nhiệm vụ"))
    total = int(found["total"].value)
    yield paragraph(_("Tình trạng các nhiệm vụ đến hết ngày %s:") % format_date(facts.on))
    yield _cells(found, total)
    yield Paragraph((Run(_("Tỷ lệ làm tròn xuống một chữ số nên tổng có thể nhỏ hơn 100 %."), italic=True),))
    if never := len(found["without_report"].lines):
        words = _("%d nhiệm vụ chưa từng có báo cáo được tiếp nhận nên chỉ tính theo thời hạn")
        yield paragraph(words % never, found["without_report"], ".")
    for group, lines in facts.groups.items():
        yield Heading(2, group)
        yield _group_line(facts, lines)
        for line in lines:
            if line.is_new and line.result:
                yield bullet(f"{line.title}: {unstopped(line.result)}", line, ".")
    yield Heading(2, _("Kinh phí thực hiện"))
    yield _money_line(found["money_used"])


def _cells(found: dict[str, Figure], total: int) -> TableBlock:
    columns = (
        Column(_("Tình trạng"), 6),
        Column(_("Số nhiệm vụ"), 4, Align.CENTER),
        Column(_("Tỷ lệ"), 2, Align.CENTER),
    )
    rows = [
        (
            capital(each.label),
            inline(str(int(found[each.value].value)), found[each.value]),
            percent(share(len(found[each.value].lines), total)),
        )
        for each in Cell
    ]
    last = (_("Tổng số"), inline(str(total), found["total"]), percent(share(total, total)))
    return TableBlock(columns, rows, total=last)


def _group_line(facts: ReportFacts, lines: tuple[TaskLine, ...]) -> Block:
    done = counting("done", "", lines, lambda line: line.is_done(facts.on))
    overdue = counting("overdue", "", lines, lambda line: line.cell_on(facts.on) == Cell.OPEN_OVERDUE)
    spent = money(lines)
    pieces: list[Piece] = [_("Đã hoàn thành %(n)d/%(all)d nhiệm vụ") % {"n": len(done.lines), "all": len(lines)}, done]
    if overdue.lines:
        pieces += [_("; %d nhiệm vụ quá hạn chưa hoàn thành") % len(overdue.lines), overdue]
    if spent.lines:
        pieces += [_("; kinh phí đã sử dụng %s") % format_million_dong(spent.value), spent]
    if not any(line.is_new for line in lines):
        pieces += [_("; trong kỳ không có báo cáo nào được tiếp nhận")]
    return paragraph(*pieces, ".")


def _money_line(figure: Figure) -> Block:
    if not figure.lines:
        return paragraph(_("Chưa có số liệu kinh phí trong các báo cáo đã tiếp nhận."))
    words = _("Lũy kế từ đầu năm, các đơn vị báo cáo đã sử dụng %(sum)s cho %(n)d nhiệm vụ")
    return paragraph(words % {"sum": format_million_dong(figure.value), "n": len(figure.lines)}, figure, ".")


def _outstanding(facts: ReportFacts) -> Iterable[Block]:
    yield Heading(1, _("Kết quả nổi bật"))
    finished = [line for line in facts.counted if line.is_new and line.is_done(facts.on)]
    if not finished:
        yield paragraph(_("Trong kỳ chưa có nhiệm vụ nào hoàn thành với sản phẩm cụ thể."))
        return
    words = _("Trong kỳ có %d nhiệm vụ hoàn thành, có sản phẩm và minh chứng") % len(finished)
    yield paragraph(words, counting("finished", "", finished, lambda line: True), ":")
    for line in finished:
        backing = "; ".join(line.record.evidence) if line.record else ""
        words = f"{line.title}: {lower_first(unstopped(line.product or line.result))}"
        yield bullet(words + (f" ({backing})" if backing else ""), line, ".")


def _assessment(facts: ReportFacts, found: dict[str, Figure]) -> Iterable[Block]:
    yield Heading(1, _("Đánh giá chung"))
    total, overdue = int(found["total"].value), found["open_overdue"]
    done = counting("done", "", facts.counted, lambda line: line.is_done(facts.on))
    yield Heading(2, _("Kết quả đạt được"))
    words = _("Đã hoàn thành %(n)d/%(all)d nhiệm vụ, đạt %(p)s tổng số nhiệm vụ được giao")
    rate = percent(share(len(done.lines), total))
    due_rate = percent(share(len(done.lines), len(done.lines) + len(overdue.lines)))
    yield paragraph(
        words % {"n": len(done.lines), "all": total, "p": rate},
        done,
        _("; tính trên số nhiệm vụ đã hoàn thành hoặc đã quá hạn, đạt %s") % due_rate,
        counting("due", "", facts.counted, lambda line: line in done.lines or line in overdue.lines),
        ".",
    )
    yield Heading(2, _("Hạn chế"))
    silent, never = found["not_reported"], found["without_report"]
    late = _("Còn %d nhiệm vụ quá hạn chưa hoàn thành") % len(overdue.lines)
    yield paragraph(late if overdue.lines else _("Không có nhiệm vụ quá hạn chưa hoàn thành"), overdue, ".")
    if silent.lines:
        words = _("%d nhiệm vụ chưa hoàn thành không có báo cáo được tiếp nhận trong kỳ")
        pieces: list[Piece] = [words % len(silent.lines), silent]
        if never.lines:
            pieces += [_(", trong đó %d nhiệm vụ chưa từng có báo cáo") % len(never.lines), never]
        yield paragraph(*pieces, ".")
    yield Heading(2, _("Nguyên nhân"))
    yield paragraph(_("Theo báo cáo của các đơn vị, nguyên nhân là những khó khăn, vướng mắc nêu tại mục V."))


def _difficulties(facts: ReportFacts) -> Iterable[Block]:
    yield Heading(1, _("Khó khăn, vướng mắc và kiến nghị"))
    told = [line for line in facts.counted if line.is_new and line.difficulty.strip()]
    if not told:
        yield paragraph(_("Trong kỳ, các đơn vị không nêu khó khăn, vướng mắc."))
        return
    yield Heading(2, _("Khó khăn, vướng mắc"))
    for line in told:
        unit = line.record.unit if line.record else ""
        yield bullet(f"{unit} – {line.title}: {lower_first(unstopped(line.difficulty))}", line, ".")
    yield Heading(2, _("Kiến nghị"))
    yield paragraph(_("Đề nghị cấp có thẩm quyền xem xét, chỉ đạo tháo gỡ các khó khăn, vướng mắc nêu trên."))


def _next(facts: ReportFacts, found: dict[str, Figure]) -> Iterable[Block]:
    """What is overdue, and what falls due in a time as long as the period reported on."""
    yield Heading(1, _("Nhiệm vụ trọng tâm kỳ tới"))
    until = facts.on + (facts.on - facts.data_from) + timedelta(days=1)
    ahead = counting("ahead", "", facts.counted, lambda line: _falls_due(line, facts, until))
    heading = _("Tập trung hoàn thành dứt điểm %d nhiệm vụ đã quá hạn")
    yield from _named_tasks(heading, found["open_overdue"])
    heading = _("Hoàn thành đúng hạn %%d nhiệm vụ đến hạn trước ngày %s") % format_date(until + timedelta(days=1))
    yield from _named_tasks(heading, ahead)
    yield paragraph(_("Tiếp tục thực hiện các nhiệm vụ khác theo tiến độ của Kế hoạch."))


def _falls_due(line: TaskLine, facts: ReportFacts, until: date) -> bool:
    return line.due_on is not None and line.due_on <= until and line.cell_on(facts.on) == Cell.OPEN_IN_TIME


def _named_tasks(heading: str, figure: Figure) -> Iterable[Block]:
    if not figure.lines:
        return
    yield paragraph(heading % len(figure.lines), figure, ":")
    lines = sorted(figure.lines, key=lambda line: (line.due_on is None, line.due_on))
    for line in lines[:NAMED]:
        due = format_date(line.due_on) if line.due_on else ""
        yield bullet(f"{line.title} ({line.lead or _('chưa rõ cơ quan chủ trì')}, {_('hạn')} {due}).")
    if len(lines) > NAMED:
        yield bullet(_("%d nhiệm vụ khác tại Phụ lục I.") % (len(lines) - NAMED))
