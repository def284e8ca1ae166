"""The consolidated report as an official paper (Nghị định 30/2020, outline of domain §9). Pure.

Every figure is followed by a raised reference to the rows of the last annex, which lists the accepted records.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _

from tiendo.calendars.deadlines import Cell
from tiendo.calendars.periods import VIETNAM
from tiendo.papers.model import (
    Align,
    Annex,
    BandRow,
    Block,
    Bullet,
    Column,
    Heading,
    Inline,
    Paper,
    Paragraph,
    Ref,
    Row,
    Run,
    Signature,
    TableBlock,
)
from tiendo.papers.numbers import format_date, format_million_dong, format_percent
from tiendo.papers.wording import numbered
from tiendo.plans.states import STATE_WORDS, WorkState
from tiendo.reporting.consolidation import Figure, Record, ReportFacts, TaskLine, figures, share


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
    note = _("Lập từ các báo cáo đã tiếp nhận. Đầu chuỗi nhật ký số %(seq)d: %(head)s") % {
        "seq": log_seq,
        "head": log_head,
    }
    return Paper(
        parent_agency=head.parent_agency,
        issuing_agency=head.issuing_agency,
        symbol=head.symbol,
        place=head.place,
        year=at.astimezone(VIETNAM).year,
        kind_title=_("Báo cáo"),
        summary=_("Kết quả thực hiện %(plan)s – kỳ %(period)s")
        % {"plan": _lower_first(facts.plan_title), "period": _lower_first(facts.period_name)},
        addressees=(head.addressee,),
        body=numbered(_body(facts)),
        signature=Signature((), head.signer_title, head.signer_name),
        recipients=(),
        annexes=(_task_annex(facts), _record_annex(facts)),
        footer_note=note,
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
        *_next(facts),
    )


def _direction(facts: ReportFacts, found: dict[str, Figure]) -> Iterable[Block]:
    yield Heading(1, _("Công tác lãnh đạo, chỉ đạo và chế độ báo cáo"))
    sent = [duty for duty in facts.duties if duty.is_sent]
    late = [duty for duty in sent if duty.is_late]
    yield _paragraph(
        _(
            "Kỳ báo cáo tính từ ngày %(a)s đến ngày %(b)s. "
            "Có %(sent)d/%(all)d đơn vị gửi báo cáo, trong đó %(late)d đơn vị gửi muộn."
        )
        % {
            "a": format_date(facts.data_from),
            "b": format_date(facts.on),
            "sent": len(sent),
            "all": len(facts.duties),
            "late": len(late),
        }
    )
    if missing := [duty.unit for duty in facts.duties if not duty.is_sent]:
        yield _paragraph(_("Đơn vị chưa gửi báo cáo: %(units)s.") % {"units": "; ".join(missing)})
    yield Paragraph(
        (
            Run(_("Kế hoạch giao %(n)d nhiệm vụ") % {"n": int(found["total"].value)}),
            *_ref(found["total"]),
            Run(_("; %(n)d nhiệm vụ chưa có báo cáo nào được tiếp nhận.") % {"n": int(found["without_report"].value)}),
        )
    )


def _results(facts: ReportFacts, found: dict[str, Figure]) -> Iterable[Block]:
    yield Heading(1, _("Kết quả thực hiện theo các nhóm nhiệm vụ"))
    rows = [(_capital(key.label), str(int(found[key.value].value)), (Run(""), *_ref(found[key.value]))) for key in Cell]
    yield TableBlock(
        (Column(_("Tình trạng"), 5), Column(_("Số nhiệm vụ"), 2, Align.CENTER), Column(_("Nguồn"), 4)), rows
    )
    for group, lines in facts.groups.items():
        yield Heading(2, group)
        yield _group_line(facts, lines)
        for line in lines:
            if line.record and line.result:
                yield Bullet((Run(f"{line.title}: {line.result.rstrip('.')}"), *_ref_to([line.record]), Run(".")))
    yield Heading(2, _("Kinh phí"))
    yield _money_line(found["money_used"])


def _group_line(facts: ReportFacts, lines: tuple[TaskLine, ...]) -> Paragraph:
    done = Figure("done", "", 0, tuple(line for line in lines if line.completed_on))  # type: ignore[arg-type]
    overdue = tuple(line for line in lines if line.cell_on(facts.on) == Cell.OPEN_OVERDUE)
    return Paragraph(
        (
            Run(_("Hoàn thành %(n)d/%(all)d nhiệm vụ") % {"n": len(done.lines), "all": len(lines)}),
            *_ref(done),
            Run(_("; quá hạn chưa hoàn thành %(n)d") % {"n": len(overdue)}),
            *_ref_to(line.record for line in overdue if line.record),
            Run("."),
        )
    )


def _money_line(figure: Figure) -> Paragraph:
    if not figure.lines:
        return _paragraph(_("Chưa có số liệu kinh phí trong các báo cáo được tiếp nhận."))
    words = _("Kinh phí đã sử dụng theo báo cáo của các đơn vị: %(sum)s, cho %(n)d nhiệm vụ")
    amount = format_million_dong(figure.value)
    return Paragraph((Run(words % {"sum": amount, "n": len(figure.lines)}), *_ref(figure), Run(".")))


def _outstanding(facts: ReportFacts) -> Iterable[Block]:
    yield Heading(1, _("Kết quả nổi bật"))
    finished = [line for line in facts.counted if line.state == WorkState.COMPLETED and line.record]
    if not finished:
        yield _paragraph(_("Trong kỳ chưa có nhiệm vụ hoàn thành với sản phẩm cụ thể."))
    for line in finished:
        backing = "; ".join(line.record.evidence) if line.record else ""
        words = f"{line.title}: {line.product or line.result}"
        yield Bullet((Run(words.rstrip(".") + (f" ({backing})" if backing else "")), *_ref_to([line.record]), Run(".")))


def _assessment(facts: ReportFacts, found: dict[str, Figure]) -> Iterable[Block]:
    yield Heading(1, _("Đánh giá chung"))
    total = int(found["total"].value)
    done = (*found["done_on_time"].lines, *found["done_late"].lines)
    rate = share(len(done), total)
    due_rate = share(len(done), len(done) + int(found["open_overdue"].value))
    yield Heading(2, _("Mức độ hoàn thành"))
    yield Paragraph(
        (
            Run(_("Tỷ lệ hoàn thành trên tổng số nhiệm vụ: %(p)s") % {"p": _percent(rate)}),
            *_ref_to(line.record for line in done if line.record),
            Run(
                _("; tỷ lệ hoàn thành trên số nhiệm vụ đã hoàn thành hoặc đã quá hạn: %(p)s.")
                % {"p": _percent(due_rate)}
            ),
        )
    )
    yield Heading(2, _("Hạn chế"))
    overdue = found["open_overdue"]
    yield Paragraph(
        (
            Run(_("%(n)d nhiệm vụ quá hạn chưa hoàn thành") % {"n": int(overdue.value)}),
            *_ref(overdue),
            Run(_("; %(n)d nhiệm vụ chưa có báo cáo được tiếp nhận.") % {"n": int(found["without_report"].value)}),
        )
    )


def _difficulties(facts: ReportFacts) -> Iterable[Block]:
    yield Heading(1, _("Khó khăn, vướng mắc và kiến nghị"))
    told = [line for line in facts.counted if line.difficulty.strip() and line.record]
    if not told:
        yield _paragraph(_("Các đơn vị không nêu khó khăn, vướng mắc trong kỳ."))
    for line in told:
        lead = line.lead or _("chưa rõ cơ quan chủ trì")
        yield Bullet((Run(f"{lead} – {line.title}: {line.difficulty.rstrip('.')}"), *_ref_to([line.record]), Run(".")))


def _next(facts: ReportFacts) -> Iterable[Block]:
    yield Heading(1, _("Nhiệm vụ trọng tâm kỳ tới"))
    ahead = [line for line in facts.counted if not line.completed_on and line.due_on]
    ahead.sort(key=lambda line: (line.due_on is None, line.due_on))
    for line in ahead[:15]:
        words = _("%(title)s (%(lead)s, hạn %(due)s)")
        due = format_date(line.due_on) if line.due_on else ""
        yield Bullet((Run(words % {"title": line.title, "lead": line.lead or "…", "due": due}), Run(".")))
    if not ahead:
        yield _paragraph(_("Tiếp tục thực hiện các nhiệm vụ thường xuyên."))


def _task_annex(facts: ReportFacts) -> Annex:
    columns = (
        Column(_("TT"), 1, Align.CENTER),
        Column(_("Nhiệm vụ"), 6),
        Column(_("Sản phẩm"), 4),
        Column(_("Thời hạn"), 2, Align.CENTER),
        Column(_("Cơ quan chủ trì"), 3),
        Column(_("Tiến độ"), 3),
        Column(_("Kết quả hiện nay"), 6),
    )
    rows: list[Row] = []
    for group, lines in facts.groups.items():
        rows.append(BandRow(group))
        rows.extend(_task_row(place, line) for place, line in enumerate(lines, 1))
    title = _("Danh mục nhiệm vụ và tiến độ thực hiện")
    return Annex(_("Phụ lục I"), title, (TableBlock(columns, rows),), landscape=True)


def _task_row(place: int, line: TaskLine) -> Row:
    missing = _("không có trong văn bản")
    state = STATE_WORDS[line.state] + (f", {format_percent(line.percent)}" if line.percent is not None else "")
    result: tuple[Inline, ...] = (Run(_("Chưa có báo cáo được tiếp nhận")),)
    if line.record:
        result = (Run(line.result or _("Không có nội dung mới")), *_ref_to([line.record]))
    due = format_date(line.due_on) if line.due_on else missing
    return (str(place), line.title, line.product or missing, due, line.lead or missing, state, result)


def _record_annex(facts: ReportFacts) -> Annex:
    columns = (
        Column(_("Số"), 1, Align.CENTER),
        Column(_("Nhiệm vụ"), 3),
        Column(_("Đơn vị báo cáo"), 5),
        Column(_("Kỳ, lần gửi"), 4),
        Column(_("Gửi"), 4),
        Column(_("Tiếp nhận"), 4),
        Column(_("Minh chứng"), 5),
    )
    rows = [_record_row(record) for record in facts.records]
    title = _("Các báo cáo đã tiếp nhận mà số liệu dựa vào")
    return Annex(_("Phụ lục II"), title, (TableBlock(columns, rows, mark_rows=True),), landscape=True)


def _record_row(record: Record) -> Row:
    return (
        str(record.mark),
        record.task_code,
        record.unit,
        _("%(period)s, lần %(n)d") % {"period": record.period, "n": record.number},
        f"{record.sent_by}, {_moment(record.sent_at)}",
        f"{record.accepted_by}, {_moment(record.accepted_at)}",
        "; ".join(record.evidence) or "–",
    )


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def _paragraph(words: str) -> Paragraph:
    return Paragraph((Run(words),))


def _percent(rate: object) -> str:
    return format_percent(rate) if rate is not None else _("chưa tính được")  # type: ignore[arg-type]


def _ref(figure: Figure) -> tuple[Inline, ...]:
    return (Ref(figure.marks),) if figure.marks else ()


def _ref_to(records: Iterable[Record | None]) -> tuple[Inline, ...]:
    marks = tuple(record.mark for record in records if record is not None)
    return (Ref(marks),) if marks else ()


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
