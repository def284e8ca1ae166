"""The annexes of the consolidated report: tasks, who reported, and the accepted records. Pure."""

from dataclasses import replace
from gettext import gettext as _

from tiendo.indicators.states import STATE_WORDS as MEASURE_STATE_WORDS
from tiendo.indicators.wording import value_words
from tiendo.papers.model import Align, Annex, BandRow, Block, Column, Paragraph, Row, Run, TableBlock
from tiendo.papers.numbers import format_date
from tiendo.plans.states import STATE_WORDS
from tiendo.reporting.papers.consolidation import DutyLine, MeasureLine, Record, ReportFacts, TaskLine
from tiendo.reporting.papers.lengths import printed
from tiendo.reporting.papers.pictures import chart_blocks
from tiendo.reporting.papers.words import inline, lower_first, moment, percent, unstopped
from tiendo.ui.formats import number_text

NONE = "–"


def annexes(facts: ReportFacts, workbook: str = "") -> tuple[Annex, ...]:
    """All; that of indicators where the plan has some. With the SHA-256 of the workbook, those too long to print only
    say where in it they stand.
    """
    counts = (len(facts.counted), len(facts.duties), len(facts.records), len(facts.measures))
    makers = (_tasks, _duties, _records, _measures)
    sheets = (_("Nhiệm vụ"), _("Đơn vị"), _("Bản ghi"), _("Chỉ tiêu"))
    fits = printed(counts) if workbook else [True] * len(counts)
    made = tuple(
        make(facts)
        if fit
        else _elsewhere(make(replace(facts, lines=(), duties=(), measures=())), count, sheet, workbook)
        for make, fit, count, sheet in zip(makers, fits, counts, sheets, strict=True)
    )
    return (made if facts.measures else made[:-1]) + _charts(facts)


def _elsewhere(annex: Annex, rows: int, sheet: str, workbook: str) -> Annex:
    """The annex with words in place of its table."""
    where = _(
        "Phụ lục này có %(rows)s dòng, nhiều hơn số dòng in được trong một báo cáo. Toàn văn là trang “%(sheet)s” của "
        "tệp phụ lục Excel lập cùng báo cáo; số dẫn trong báo cáo là số ở cột đầu của trang ấy."
    )
    words = where % {"rows": number_text(rows), "sheet": sheet}
    mark = _("Tệp ấy là một phần của báo cáo, nhận ra bằng mã băm SHA-256:")
    blocks = (Paragraph((Run(words),)), Paragraph((Run(mark),)), Paragraph((Run(workbook),), Align.LEFT))
    return replace(annex, blocks=blocks, landscape=False)


def _tasks(facts: ReportFacts) -> Annex:
    columns = (
        Column(_("TT"), 2, Align.CENTER),
        Column(_("Nhiệm vụ"), 10),
        Column(_("Sản phẩm yêu cầu"), 8),
        Column(_("Thời hạn"), 4, Align.CENTER),
        Column(_("Cơ quan chủ trì"), 6),
        Column(_("Tiến độ"), 5),
        Column(_("Kết quả hiện nay"), 11),
    )
    rows: list[Row] = []
    for group, lines in facts.groups.items():
        rows.append(BandRow(group))
        rows.extend(_task_row(line) for line in lines)
    note = _("Dấu “–” ở cột sản phẩm, thời hạn, cơ quan chủ trì: Kế hoạch không ghi.")
    title = _("Danh mục nhiệm vụ và tiến độ thực hiện")
    blocks: tuple[Block, ...] = (TableBlock(columns, rows), Paragraph((Run(note, italic=True),)))
    return Annex(_("Phụ lục I"), title, blocks if rows else (_nothing(),), landscape=True)


def _task_row(line: TaskLine) -> Row:
    progress = STATE_WORDS[line.state] if line.record else NONE
    if line.record and line.percent is not None:
        progress += f", {percent(line.percent)}"
    result = inline(_("Chưa có báo cáo được tiếp nhận"))
    if line.record:
        when = "" if line.is_new else _(" (báo cáo kỳ %s)") % lower_first(line.record.period)
        result = inline((unstopped(line.result) or _("Không có nội dung mới")) + when, line, ".")
    due = format_date(line.due_on) if line.due_on else NONE
    return (str(line.row), line.title, line.product or NONE, due, line.lead or NONE, progress, result)


def _duties(facts: ReportFacts) -> Annex:
    columns = (
        Column(_("Số"), 4, Align.CENTER),
        Column(_("Đơn vị"), 20),
        Column(_("Gửi lần đầu"), 16, Align.CENTER),
        Column(_("Đúng hạn"), 9, Align.CENTER),
        Column(_("Tình trạng"), 12),
        Column(_("Đôn đốc (lượt)"), 7, Align.CENTER),
    )
    rows = [_duty_row(duty) for duty in facts.duties]
    title = _("Tình hình gửi báo cáo của các đơn vị")
    table: tuple[Block, ...] = (TableBlock(columns, rows, mark_rows=True),)
    return Annex(_("Phụ lục II"), title, table if rows else (_nothing(),))


def _duty_row(duty: DutyLine) -> Row:
    urged = str(duty.urgings) if duty.urgings else NONE
    if duty.first_sent_at is None:
        return (str(duty.mark), duty.unit, NONE, NONE, _("Chưa gửi"), urged)
    in_time = _("Muộn") if duty.is_late else _("Đúng hạn")
    state = _("Đã tiếp nhận") if duty.accepted_at else _("Đã gửi, đang xem xét")
    if duty.nothing_new:
        state += _(" (không phát sinh)")
    return (str(duty.mark), duty.unit, moment(duty.first_sent_at), in_time, state, urged)


def _records(facts: ReportFacts) -> Annex:
    columns = (
        Column(_("Số"), 2, Align.CENTER),
        Column(_("Mã nhiệm vụ"), 4),
        Column(_("Đơn vị báo cáo"), 7),
        Column(_("Kỳ, lần gửi"), 6),
        Column(_("Phê duyệt, gửi"), 6),
        Column(_("Tiếp nhận"), 6),
        Column(_("Minh chứng"), 9),
    )
    rows = [_record_row(record) for record in facts.records]
    title = _("Các nội dung báo cáo đã tiếp nhận làm căn cứ của số liệu")
    table: tuple[Block, ...] = (TableBlock(columns, rows, mark_rows=True),)
    return Annex(_("Phụ lục III"), title, table if rows else (_nothing(),), landscape=True)


def _record_row(record: Record) -> Row:
    return (
        str(record.mark),
        record.task_code,
        record.unit,
        _("%(period)s, lần %(n)d") % {"period": record.period, "n": record.number},
        f"{record.sent_by}, {moment(record.sent_at)}",
        f"{record.accepted_by}, {moment(record.accepted_at)}",
        "; ".join(record.evidence) or NONE,
    )


def _measures(facts: ReportFacts) -> Annex:
    columns = (
        Column(_("Số"), 2, Align.CENTER),
        Column(_("Chỉ tiêu"), 12),
        Column(_("Đơn vị tính"), 4, Align.CENTER),
        Column(_("Mục tiêu"), 6, Align.CENTER),
        Column(_("Kết quả"), 6, Align.CENTER),
        Column(_("So với mục tiêu"), 6),
        Column(_("Nguồn số liệu"), 6),
        Column(_("Cơ quan chủ trì theo dõi"), 7),
    )
    rows = [_measure_row(line) for line in facts.measures]
    title = _("Kết quả thực hiện các chỉ tiêu")
    note = _("Kết quả ghi kèm kỳ số liệu và mức độ: ước, chính thức hoặc điều chỉnh.")
    table: tuple[Block, ...] = (TableBlock(columns, rows, mark_rows=True), Paragraph((Run(note, italic=True),)))
    return Annex(_("Phụ lục IV"), title, table if rows else (_nothing(),), landscape=True)


def _measure_row(line: MeasureLine) -> Row:
    told = line.without or _("không có số liệu")
    if line.value is not None:
        told = f"{value_words(line.value, '', line.levels)} ({line.status}, {lower_first(line.span)})"
    state = MEASURE_STATE_WORDS[line.state]
    if line.progress is not None:
        state += _(", đi được %s quãng đường") % percent(line.progress)
    first, lead = str(line.mark), line.lead or NONE
    return (first, line.titled, line.unit_text or NONE, line.target or NONE, told, state, line.source or NONE, lead)


def _charts(facts: ReportFacts) -> tuple[Annex, ...]:
    """The few key indicators as pictures, each said in words under it; none without figures."""
    pictures = chart_blocks(facts.charts)
    words = _(
        "Chỉ tiêu chưa đạt được chọn vẽ trước; mọi chỉ tiêu ghi tại Phụ lục IV. Số liệu của các kỳ kết thúc đến ngày "
        "%(day)s. Nét đứt là lộ trình, nét chấm là đích."
    )
    note = Paragraph((Run(words % {"day": format_date(facts.on)}),))
    title = _("Một số chỉ tiêu chủ yếu trên đường đến mục tiêu")
    return (Annex(_("Phụ lục V"), title, (note, *pictures)),) if pictures else ()


def _nothing() -> Paragraph:
    return Paragraph((Run(_("Chưa có nội dung nào.")),))
