"""The annexes of the consolidated report as a workbook: each figure with the numbers of its records. Pure.

The numbers are those of the paper: a record, or a unit, bears one number in both. Words are Vietnamese whoever asks.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from gettext import gettext as _

from tiendo.indicators.states import STATE_WORDS as MEASURE_STATE_WORDS
from tiendo.papers.model import Ref
from tiendo.papers.numbers import format_date
from tiendo.papers.workbook import Kind, Sheet, SheetColumn, Value, render_workbook
from tiendo.plans.states import STATE_WORDS
from tiendo.reporting.papers.consolidation import (
    DutyLine,
    Figure,
    Measure,
    MeasureLine,
    Record,
    ReportFacts,
    TaskLine,
)
from tiendo.reporting.papers.figures import figures, money
from tiendo.reporting.papers.paper import Letterhead
from tiendo.reporting.papers.words import figure_words
from tiendo.ui.formats import percent_cut

_MOST_PARTS = 2_000  # of up to fifteen letters each: a cell holds 32 767
_UNITS = {Measure.COUNT: "", Measure.PERCENT: "%", Measure.DONG: _("đồng")}
_NUMBER = SheetColumn(_("TT"), 6, Kind.WHOLE)
_CODE = SheetColumn(_("Mã nhiệm vụ"), 16)
_TITLE = SheetColumn(_("Nhiệm vụ"), 46)
_LEAD = SheetColumn(_("Cơ quan chủ trì"), 28)
_RECORDS = SheetColumn(_("Căn cứ (số ở trang “Bản ghi”)"), 22)

Row = Sequence[Value]


def render_annex_workbook(facts: ReportFacts, head: Letterhead, made_at: datetime) -> bytes:
    """The workbook; equal input gives equal bytes."""
    title = _("Phụ lục báo cáo {period}").format(period=facts.period_name)
    note = _("{agency}. {title}, số liệu đến hết ngày {day}.").format(
        agency=head.issuing_agency, title=title, day=format_date(facts.on)
    )
    return render_workbook(list(_sheets(facts, note)), made_at=made_at, title=title, streams=True)


def _sheets(facts: ReportFacts, note: str) -> Iterator[Sheet]:
    yield _figures(facts, note)
    yield _tasks(facts, note)
    yield _money(facts, note)
    yield _duties(facts, note)
    yield _records(facts, note)
    if facts.measures:
        yield _measures(facts, note)


def reference(marks: Iterable[int]) -> str:
    """ "3, 7–9": as the paper writes its references, and as many of them as a cell holds."""
    return ", ".join(label for _first, label in Ref(tuple(marks)).parts(_MOST_PARTS))


def _figures(facts: ReportFacts, note: str) -> Sheet:
    columns = (
        SheetColumn(_("Số liệu"), 70),
        SheetColumn(_("Giá trị"), 18, Kind.NUMBER),
        SheetColumn(_("Đơn vị tính"), 11),
        SheetColumn(_("Số nhiệm vụ"), 12, Kind.WHOLE),
        SheetColumn(_("Căn cứ (số ở trang “Bản ghi”, “Đơn vị”)"), 40),
        SheetColumn(_("Số thứ tự ở trang “Nhiệm vụ”"), 30),
    )
    return Sheet(_("Tổng hợp"), columns, [_figure_row(figure) for figure in figures(facts).values()], note)


def _figure_row(figure: Figure) -> Row:
    value: Value = figure_words(figure) if figure.value is None else _whole(figure.value)
    rows = reference(line.row for line in figure.lines if line.row)
    counted = len(figure.lines) if figure.lines else None
    return (figure.label, value, _UNITS[figure.measure], counted, reference(figure.marks), rows)


def _whole(value: Decimal) -> Decimal | int:
    """A whole number as one, so that it shows no decimal mark."""
    return int(value) if value == value.to_integral_value() else value


def _tasks(facts: ReportFacts, note: str) -> Sheet:
    columns = (
        _NUMBER,
        _CODE,
        SheetColumn(_("Nhóm"), 28),
        _TITLE,
        SheetColumn(_("Sản phẩm yêu cầu"), 30),
        SheetColumn(_("Thời hạn"), 13, Kind.DATE),
        SheetColumn(_("Thời hạn ban đầu"), 13, Kind.DATE),
        _LEAD,
        SheetColumn(_("Trạng thái"), 17),
        SheetColumn(_("Tình trạng theo thời hạn"), 22),
        SheetColumn(_("Tiến độ (%)"), 11, Kind.PLAIN),
        SheetColumn(_("Ngày hoàn thành"), 13, Kind.DATE),
        SheetColumn(_("Ước đến 31/12 (%)"), 11, Kind.PLAIN),
        SheetColumn(_("Kết quả hiện nay"), 60),
        SheetColumn(_("Khó khăn, vướng mắc"), 40),
        SheetColumn(_("Kỳ của kết quả"), 22),
        _RECORDS,
    )
    lines = [line for group in facts.groups.values() for line in group]
    return Sheet(_("Nhiệm vụ"), columns, [_task_row(line, facts) for line in lines], note, frozen_columns=2)


def _task_row(line: TaskLine, facts: ReportFacts) -> Row:
    told = line.record is not None
    return (
        line.row,
        line.code,
        line.group,
        line.title,
        line.product,
        line.due_on,
        line.original_due_on,
        line.lead,
        STATE_WORDS[line.state] if told else None,
        line.cell_on(facts.on).label,
        line.percent,
        line.completed_on,
        line.percent_estimate,
        line.result or (None if told else _("Chưa có báo cáo được tiếp nhận")),
        line.difficulty or None,
        line.record.period if line.record else None,
        _record_number(line),
    )


def _record_number(line: TaskLine) -> str | None:
    return str(line.record.mark) if line.record else None


def _money(facts: ReportFacts, note: str) -> Sheet:
    columns = (
        _NUMBER,
        _CODE,
        _TITLE,
        _LEAD,
        SheetColumn(_("Được giao trong năm (đồng)"), 20, Kind.WHOLE),
        SheetColumn(_("Đã sử dụng (đồng)"), 20, Kind.WHOLE),
        SheetColumn(_("Tỷ lệ (%)"), 10, Kind.PLAIN),
        _RECORDS,
        SheetColumn(_("Nguồn số liệu"), 30),
    )
    rows: list[Row] = []
    for group, lines in facts.groups.items():
        if told := [line for line in lines if line.money_allocated is not None or line.money_used is not None]:
            rows.append(_sum_row(group, told))
            rows += [_money_row(line) for line in told]
    if rows:
        rows.append(_sum_row(_("Tổng số"), facts.counted))
    return Sheet(_("Kinh phí"), columns, rows, note)


def _money_row(line: TaskLine) -> Row:
    _given, _used, rate = money((line,))
    share = rate.value if rate.lines else None
    source = line.money_source or _("báo cáo của đơn vị")
    named = (line.row, line.code, line.title, line.lead)
    return (*named, line.money_allocated, line.money_used, share, _record_number(line), source)


def _sum_row(words: str, lines: Iterable[TaskLine]) -> Row:
    given, used, rate = money(lines)
    told = {*given.marks, *used.marks}
    return (None, None, words, None, given.value, used.value, rate.value, reference(told), None)


def _duties(facts: ReportFacts, note: str) -> Sheet:
    columns = (
        SheetColumn(_("Số"), 7, Kind.WHOLE),
        SheetColumn(_("Đơn vị"), 44),
        SheetColumn(_("Gửi lần đầu"), 18, Kind.MOMENT),
        SheetColumn(_("Đúng hạn"), 12),
        SheetColumn(_("Không phát sinh"), 12),
        SheetColumn(_("Tiếp nhận"), 18, Kind.MOMENT),
        SheetColumn(_("Đôn đốc (lượt)"), 12, Kind.WHOLE),
    )
    return Sheet(_("Đơn vị"), columns, [_duty_row(duty) for duty in facts.duties], note)


def _duty_row(duty: DutyLine) -> Row:
    in_time = _("Chưa gửi") if not duty.is_sent else _("Muộn") if duty.is_late else _("Đúng hạn")
    nothing_new = duty.nothing_new if duty.is_sent else None
    return (duty.mark, duty.unit, duty.first_sent_at, in_time, nothing_new, duty.accepted_at, duty.urgings)


def _records(facts: ReportFacts, note: str) -> Sheet:
    columns = (
        SheetColumn(_("Số"), 7, Kind.WHOLE),
        _CODE,
        SheetColumn(_("Đơn vị báo cáo"), 32),
        SheetColumn(_("Kỳ"), 24),
        SheetColumn(_("Lần gửi"), 8, Kind.WHOLE),
        SheetColumn(_("Người gửi"), 24),
        SheetColumn(_("Gửi lúc"), 18, Kind.MOMENT),
        SheetColumn(_("Người tiếp nhận"), 24),
        SheetColumn(_("Tiếp nhận lúc"), 18, Kind.MOMENT),
        SheetColumn(_("Minh chứng"), 60),
    )
    return Sheet(_("Bản ghi"), columns, [_record_row(record) for record in facts.records], note)


def _record_row(record: Record) -> Row:
    return (
        record.mark,
        record.task_code,
        record.unit,
        record.period,
        record.number,
        record.sent_by,
        record.sent_at,
        record.accepted_by,
        record.accepted_at,
        "; ".join(record.evidence) or None,
    )


def _measures(facts: ReportFacts, note: str) -> Sheet:
    columns = (
        SheetColumn(_("Số"), 6, Kind.WHOLE),
        SheetColumn(_("Mã"), 14),
        SheetColumn(_("Chỉ tiêu"), 60),
        SheetColumn(_("Đơn vị tính"), 16),
        SheetColumn(_("Mục tiêu"), 24),
        SheetColumn(_("Kết quả"), 16, Kind.NUMBER),
        SheetColumn(_("Kỳ số liệu"), 18),
        SheetColumn(_("Mức độ"), 14),
        SheetColumn(_("So với mục tiêu"), 18),
        SheetColumn(_("Đi được (%)"), 12, Kind.NUMBER),
        SheetColumn(_("Vì sao chưa có số liệu"), 30),
        SheetColumn(_("Nguồn số liệu"), 30),
        SheetColumn(_("Cơ quan chủ trì theo dõi, đánh giá"), 36),
    )
    return Sheet(_("Chỉ tiêu"), columns, [_measure_row(line) for line in facts.measures], note)


def _measure_row(line: MeasureLine) -> Row:
    return (
        line.mark,
        line.code,
        line.titled,
        line.unit_text or None,
        line.target or None,
        line.value,
        line.span or None,
        line.status or None,
        MEASURE_STATE_WORDS[line.state],
        None if line.progress is None else percent_cut(line.progress),
        line.without or None,
        line.source or None,
        line.lead or None,
    )
