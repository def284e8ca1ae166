"""Every figure of a consolidated report: how it is counted, and the records and units behind it. Pure.

Each is counted from `ReportFacts` alone, on the last day of data (`facts.on`). "Counted" tasks are all of the plan but
those whose newest accepted report says cancelled. Keys are stable: documents, pages and checkers name figures by them.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from gettext import gettext as _

from tiendo.calendars.deadlines import Cell, cell
from tiendo.indicators.states import State
from tiendo.plans.rates import share
from tiendo.reporting.papers.consolidation import (
    DONE,
    DutyLine,
    Figure,
    Measure,
    MeasureLine,
    ObstacleLine,
    ReportFacts,
    TaskLine,
)


def figures(facts: ReportFacts) -> dict[str, Figure]:
    """Every figure of the report by its key, in the order in which they are explained; those of groups last."""
    found = [
        *_tasks(facts),
        *_rates(facts),
        *_told(facts),
        *money(facts.counted),
        *_units(facts),
        *_measures(facts),
        *_obstacles(facts),
    ]
    for lines in facts.groups.values():
        found += group_figures(facts, lines)
    return {figure.key: figure for figure in found}


def figure_keys(facts: ReportFacts) -> frozenset[str]:
    """The keys of `figures`, found from one task of each group instead of all."""
    some = tuple(lines[0] for lines in facts.groups.values())
    return frozenset(figures(replace(facts, lines=some)))


def group_key(code: str, figure: str) -> str:
    """The key of a figure of one group of the plan, "group:III.1.1:done"; "khac" stands for tasks without one."""
    return f"group:{code or 'khac'}:{figure}"


def _tasks(facts: ReportFacts) -> Iterable[Figure]:
    """total: counted tasks. The four cells by the current deadline (calendars.deadlines.cell). done: the two cells of
    finished tasks."""
    lines, on = facts.counted, facts.on
    yield counting("total", _("Tổng số nhiệm vụ"), lines, lambda line: True)
    for each in Cell:
        yield counting(each.value, each.label, lines, lambda line, each=each: line.cell_on(on) == each)  # type: ignore[misc]
    yield counting("done", _("Nhiệm vụ đã hoàn thành"), lines, lambda line: line.is_done(on))


def _rates(facts: ReportFacts) -> Iterable[Figure]:
    """rate_all: done ÷ total. rate_due: done ÷ (done + unfinished overdue). on_time_rate: finished by their current
    deadline ÷ tasks with one that are finished or past it; on_time_rate_original: the same by the first deadline."""
    lines, on = facts.counted, facts.on
    done = tuple(line for line in lines if line.is_done(on))
    due = tuple(line for line in lines if line.is_done(on) or line.cell_on(on) == Cell.OPEN_OVERDUE)
    yield _rate("rate_all", _("Tỷ lệ hoàn thành (đã hoàn thành ÷ tổng số)"), done, lines)
    label = _("Tỷ lệ hoàn thành đến hạn (đã hoàn thành ÷ (đã hoàn thành + quá hạn chưa hoàn thành))")
    yield _rate("rate_due", label, done, due)
    label = _("Tỷ lệ đúng hạn (hoàn thành đúng hạn ÷ (có thời hạn và đã hoàn thành hoặc quá hạn))")
    yield _on_time("on_time_rate", label, lines, on, lambda line: line.due_on)
    label = _(
        "Tỷ lệ đúng hạn theo thời hạn ban đầu (hoàn thành đúng hạn ÷ (có thời hạn và đã hoàn thành hoặc quá hạn))"
    )
    yield _on_time("on_time_rate_original", label, lines, on, lambda line: line.original_due_on)


def _measures(facts: ReportFacts) -> Iterable[Figure]:
    """measures: indicators of the plan. By how their last figure stands: measures_met (met or passed),
    measures_on_track, measures_not_met, measures_no_data; measures_told: all with a value."""
    held = (State.MET, State.EXCEEDED)
    yield _measured("measures", _("Số chỉ tiêu của kế hoạch"), facts, lambda line: True)
    yield _measured("measures_told", _("Chỉ tiêu đã có số liệu"), facts, lambda line: line.value is not None)
    yield _measured("measures_met", _("Chỉ tiêu đạt hoặc vượt"), facts, lambda line: line.state in held)
    yield _measured("measures_on_track", _("Chỉ tiêu đúng lộ trình"), facts, lambda line: line.state == State.ON_TRACK)
    yield _measured("measures_not_met", _("Chỉ tiêu chưa đạt"), facts, lambda line: line.state == State.NOT_MET)
    yield _measured("measures_no_data", _("Chỉ tiêu không có số liệu"), facts, lambda line: line.state == State.NO_DATA)


def _measured(key: str, label: str, facts: ReportFacts, wanted: Callable[[MeasureLine], bool]) -> Figure:
    chosen = tuple(line for line in facts.measures if wanted(line))
    return Figure(key, label, Decimal(len(chosen)), measures=chosen)


def _on_time(
    key: str, label: str, lines: Iterable[TaskLine], on: date, due: Callable[[TaskLine], date | None]
) -> Figure:
    cells = [(line, cell(due(line), on=on, done_on=line.completed_on)) for line in lines if due(line) is not None]
    judged = tuple(line for line, found in cells if found != Cell.OPEN_IN_TIME)
    return _rate(key, label, tuple(line for line, found in cells if found == Cell.DONE_ON_TIME), judged)


def _rate(key: str, label: str, part: tuple[TaskLine, ...], whole: tuple[TaskLine, ...]) -> Figure:
    return Figure(key, label, share(len(part), len(whole)), whole, measure=Measure.PERCENT)


def _told(facts: ReportFacts) -> Iterable[Figure]:
    """not_reported: unfinished without an accepted report of this period. without_report: never an accepted report.
    finished: finished, told in this period. documents: papers with a number among this period's accepted evidence.
    difficulties: tasks with a difficulty told in this period. ahead: unfinished, in time, due by the end of the next
    period. estimate_told / estimate_done: tasks with an estimate to 31/12 in this period, and those of 100 %."""
    lines, on = facts.counted, facts.on
    silent = _("Chưa hoàn thành và không có báo cáo được tiếp nhận trong kỳ")
    yield counting("not_reported", silent, lines, lambda line: not line.is_new and line.cell_on(on) not in DONE)
    yield counting("without_report", _("Chưa từng có báo cáo được tiếp nhận"), lines, lambda line: not line.record)
    label = _("Nhiệm vụ hoàn thành có sản phẩm được tiếp nhận trong kỳ")
    yield counting("finished", label, lines, lambda line: line.is_new and line.is_done(on))
    yield _documents(lines)
    label = _("Nhiệm vụ có khó khăn, vướng mắc nêu trong kỳ")
    yield counting("difficulties", label, lines, lambda line: line.has_difficulty)
    yield counting("ahead", _("Nhiệm vụ đến hạn trong kỳ tới"), lines, lambda line: falls_due(line, facts))
    told = tuple(line for line in lines if line.is_new and line.percent_estimate is not None)
    yield counting("estimate_told", _("Nhiệm vụ có ước thực hiện đến 31/12"), told, lambda line: True)
    label = _("Nhiệm vụ ước hoàn thành đến 31/12")
    yield counting("estimate_done", label, told, lambda line: line.percent_estimate == 100)


def _documents(lines: Iterable[TaskLine]) -> Figure:
    backed = tuple(line for line in lines if line.is_new and line.record and line.record.documents)
    numbers = {document for line in backed if line.record for document in line.record.documents}
    return Figure("documents", _("Văn bản các đơn vị ban hành trong kỳ"), Decimal(len(numbers)), backed)


def _obstacles(facts: ReportFacts) -> Iterable[Figure]:
    """Of the register of difficulties: obstacles, standing at the end; obstacles_objective, obstacles_subjective: of
    these by cause; obstacles_raised, obstacles_removed: within the time. None where the register was not asked."""
    yield _registered("obstacles", _("Khó khăn còn theo dõi"), facts, lambda line: line.standing)
    label = _("Khó khăn còn theo dõi do nguyên nhân khách quan")
    yield _registered("obstacles_objective", label, facts, lambda line: line.objective)
    label = _("Khó khăn còn theo dõi do nguyên nhân chủ quan")
    yield _registered("obstacles_subjective", label, facts, lambda line: line.subjective)
    yield _registered("obstacles_raised", _("Khó khăn gửi trong kỳ"), facts, lambda line: line.raised)
    yield _registered("obstacles_removed", _("Khó khăn đã tháo gỡ trong kỳ"), facts, lambda line: line.removed)


def _registered(key: str, label: str, facts: ReportFacts, number: Callable[[ObstacleLine], int]) -> Figure:
    return Figure(key, label, None if facts.obstacles is None else Decimal(sum(map(number, facts.obstacles))))


def falls_due(line: TaskLine, facts: ReportFacts) -> bool:
    """Unfinished, in time, and due by the end of the next period."""
    return line.due_on is not None and line.due_on <= facts.next_until and line.cell_on(facts.on) == Cell.OPEN_IN_TIME


def money(lines: Iterable[TaskLine]) -> Iterable[Figure]:
    """money_allocated, money_used: sums in đồng of the year so far, over the counted tasks that give them;
    None when none gives any.
    money_rate: used ÷ allocated, over the tasks that give both."""
    lines = tuple(lines)
    yield _sum("money_allocated", _("Kinh phí được giao trong năm (đồng)"), lines, lambda line: line.money_allocated)
    yield _sum("money_used", _("Kinh phí đã sử dụng (đồng)"), lines, lambda line: line.money_used)
    both = tuple(line for line in lines if line.money_used is not None and line.money_allocated is not None)
    used, given = total(both, lambda line: line.money_used), total(both, lambda line: line.money_allocated)
    rate = share(int(used), int(given))
    yield Figure("money_rate", _("Tỷ lệ giải ngân (đã sử dụng ÷ được giao)"), rate, both, measure=Measure.PERCENT)


def _sum(key: str, label: str, lines: Iterable[TaskLine], amount: Callable[[TaskLine], Decimal | None]) -> Figure:
    given = tuple(line for line in lines if amount(line) is not None)
    return Figure(key, label, total(given, amount) if given else None, given, measure=Measure.DONG)


def total(lines: Iterable[TaskLine], amount: Callable[[TaskLine], Decimal | None]) -> Decimal:
    return sum((amount(line) or Decimal(0) for line in lines), Decimal(0))


def _units(facts: ReportFacts) -> Iterable[Figure]:
    """units: duties of the period; sent: ever sent; on time, late: by first sending against its own due moment;
    missing: never sent; nothing_new: "không phát sinh"; urgings: how many times units were urged, all together."""
    duties = facts.duties
    yield _duties("units", _("Đơn vị phải báo cáo"), duties, lambda duty: True)
    yield _duties("units_sent", _("Đơn vị đã gửi báo cáo"), duties, lambda duty: duty.is_sent)
    yield _duties("units_on_time", _("Đơn vị gửi đúng hạn"), duties, lambda duty: duty.is_sent and not duty.is_late)
    yield _duties("units_late", _("Đơn vị gửi muộn"), duties, lambda duty: duty.is_sent and duty.is_late)
    yield _duties("units_missing", _("Đơn vị chưa gửi báo cáo"), duties, lambda duty: not duty.is_sent)
    label = _("Đơn vị báo không phát sinh")
    yield _duties("units_nothing_new", label, duties, lambda duty: duty.is_sent and duty.nothing_new)
    urged = tuple(duty for duty in duties if duty.urgings)
    times = Decimal(sum(duty.urgings for duty in urged))
    yield Figure("urgings", _("Lượt đôn đốc đơn vị"), times, duties=urged)


def _duties(key: str, label: str, duties: Iterable[DutyLine], belongs: Callable[[DutyLine], bool]) -> Figure:
    chosen = tuple(duty for duty in duties if belongs(duty))
    return Figure(key, label, Decimal(len(chosen)), duties=chosen)


def group_figures(facts: ReportFacts, lines: tuple[TaskLine, ...]) -> list[Figure]:
    """The figures of one group: total, done, open_overdue, rate_all and money, with keys and labels of the group."""
    own = replace(facts, lines=lines, duties=())
    wanted = {"total", "done", "open_overdue", "rate_all"}
    found = [figure for figure in (*_tasks(own), *_rates(own)) if figure.key in wanted]
    found += money(lines)
    code, name = lines[0].group_code, lines[0].group
    return [replace(each, key=group_key(code, each.key), label=f"{name}: {each.label}") for each in found]


def counting(key: str, label: str, lines: Iterable[TaskLine], belongs: Callable[[TaskLine], bool]) -> Figure:
    """How many of the lines belong."""
    chosen = tuple(line for line in lines if belongs(line))
    return Figure(key, label, Decimal(len(chosen)), chosen)
