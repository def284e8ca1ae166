"""The annex workbook of a consolidated report, read back and held against the facts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.factories import World, make_figure, make_indicator, make_item, make_target
from tests.pace import takes_at_most
from tiendo.indicators.models import Indicator
from tiendo.indicators.states import State
from tiendo.plans.models import ItemKind, Plan, PlanVersion
from tiendo.plans.states import WorkState
from tiendo.reporting.models import Period
from tiendo.reporting.papers.consolidation import (
    DutyLine,
    MeasureLine,
    Record,
    ReportFacts,
    TaskLine,
    marked,
    marked_duties,
    placed,
)
from tiendo.reporting.papers.measures import measure_charts, measure_lines
from tiendo.reporting.papers.paper import Letterhead
from tiendo.reporting.papers.pictures import MOST
from tiendo.reporting.papers.workbook import reference, render_annex_workbook

ON = date(2026, 6, 30)
AT = datetime(2026, 7, 1, 5, tzinfo=UTC)
HEAD = Letterhead("UBND TỈNH", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "BC-SKHCN", "Lai Châu", "UBND tỉnh", "Giám đốc", "Vàng Chi")


def line(code: str, **fields: object) -> TaskLine:
    record = Record(0, 1, code, "Sở A", "Kỳ 1", 1, AT, "Bình", AT, "Chi", ("12/BC-SXD ngày 01/06/2026",))
    given = {"due_on": date(2026, 12, 31), "record": record, "is_new": True, "state": WorkState.IN_PROGRESS} | fields
    return TaskLine(code, f"=Việc {code}", "Nhóm 1", "Sở A", "Báo cáo", **given)  # type: ignore[arg-type]


LINES = (
    line("1", percent=Decimal("45.5"), money_allocated=Decimal(200), money_used=Decimal(50), result="@Khảo sát"),
    line("2", money_used=Decimal(30), completed_on=date(2026, 6, 1), state=WorkState.COMPLETED),
    line("3", record=None, is_new=False, state=WorkState.NOT_STARTED, due_on=date(2026, 6, 1)),
    line("4", state=WorkState.CANCELLED, money_used=Decimal(999)),
)
DUTIES = (
    DutyLine("Sở A", False, AT, False, False, AT, urgings=2),
    DutyLine("UBND xã B", True, None, False, False, None),
)


def facts(lines: tuple[TaskLine, ...] = LINES) -> ReportFacts:
    told = marked(placed(lines), on=ON)
    duties = marked_duties(DUTIES, after=sum(each.record is not None for each in told))
    return ReportFacts("Kế hoạch", "6 tháng đầu năm", date(2026, 1, 1), ON, told, duties)


def sheets(data: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_every_figure_names_the_records_it_rests_on():
    rows = {row[0]: row for row in sheets(render_annex_workbook(facts(), HEAD, AT))["Tổng hợp"][2:]}
    assert rows["Tổng số nhiệm vụ"][1:5] == [3.0, "", 3.0, "1, 2"]
    assert rows["Kinh phí đã sử dụng (đồng)"][1:5] == [80.0, "đồng", 2.0, "1, 2"]
    assert rows["Kinh phí được giao trong năm (đồng)"][1:5] == [200.0, "đồng", 1.0, "2"]
    assert rows["Tỷ lệ giải ngân (đã sử dụng ÷ được giao)"][1:5] == [25.0, "%", 1.0, "2"]
    assert rows["Đơn vị chưa gửi báo cáo"][4] == "5"  # after the records, the cancelled task's among them


def test_tasks_records_units_and_money_stand_on_their_sheets():
    book = sheets(render_annex_workbook(facts(), HEAD, AT))
    assert list(book) == ["Tổng hợp", "Nhiệm vụ", "Kinh phí", "Đơn vị", "Bản ghi"]
    heading, *tasks = book["Nhiệm vụ"][1:]
    first = dict(zip(heading, tasks[0], strict=True))
    assert [row[1] for row in tasks] == ["1", "2", "3"]  # the cancelled one is counted nowhere
    assert (first["Nhiệm vụ"], first["Tiến độ (%)"], first["Kết quả hiện nay"]) == ("=Việc 1", 45.5, "@Khảo sát")
    assert tasks[2][heading.index("Kết quả hiện nay")] == "Chưa có báo cáo được tiếp nhận"
    assert book["Kinh phí"][2][2:8] == ["Nhóm 1", "", 200.0, 80.0, 25.0, "1, 2"]
    assert book["Kinh phí"][-1][2:6] == ["Tổng số", "", 200.0, 80.0]
    assert [row[:2] for row in book["Đơn vị"][2:]] == [[4.0, "Sở A"], [5.0, "UBND xã B"]]
    assert [row[:2] for row in book["Bản ghi"][2:]] == [[1.0, "2"], [2.0, "1"], [3.0, "4"]]


def test_money_without_a_pair_has_no_rate():
    rows = sheets(render_annex_workbook(facts(), HEAD, AT))["Kinh phí"]
    assert next(row for row in rows if row[1] == "2")[4:7] == ["", 30.0, ""]
    assert len(sheets(render_annex_workbook(facts(LINES[2:3]), HEAD, AT))["Kinh phí"]) == 2


def test_indicators_come_where_the_plan_has_them():
    told = MeasureLine(
        *("KTS", "Kinh tế số", "% GRDP", "≥ 30 (2030)", "Sở KH&CN", State.ON_TRACK, "năm 2025", "ước"),
        value=Decimal("12.5"),
        progress=Decimal(45),
        mark=5,
    )
    rows = sheets(render_annex_workbook(replace(facts(), measures=(told,)), HEAD, AT))["Chỉ tiêu"]
    assert rows[2][:6] == [5.0, "KTS", "Kinh tế số", "% GRDP", "≥ 30 (2030)", 12.5]
    assert rows[2][6:10] == ["năm 2025", "ước", "đúng lộ trình", 45.0]
    striving = replace(told, is_aspirational=True)
    rows = sheets(render_annex_workbook(replace(facts(), measures=(striving,)), HEAD, AT))["Chỉ tiêu"]
    assert rows[2][2] == "Kinh tế số (phấn đấu)"
    assert "Chỉ tiêu" not in sheets(render_annex_workbook(facts(), HEAD, AT))


def test_no_word_is_a_formula_and_equal_facts_give_equal_bytes():
    data = render_annex_workbook(facts(), HEAD, AT)
    assert data == render_annex_workbook(facts(), HEAD, AT)
    with ZipFile(BytesIO(data)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_references_run_together():
    assert reference([9, 3, 7, 8, 3]) == "3, 7–9"


def test_150_units_with_70_tasks_take_bounded_time():
    lines = tuple(replace(LINES[0], code=str(number), result="Kết quả " * 30) for number in range(10_500))
    many = facts(lines)
    with takes_at_most(450):
        data = render_annex_workbook(many, HEAD, AT)
    assert len(sheets(data)["Nhiệm vụ"]) == 10_502


def test_rows_of_the_plan_nobody_follows_stand_as_printed_in_the_version_of_the_period(plan: Plan, period: Period):
    details = {"unit_text": "%", "target": {"raw": "≥ 30"}, "horizon": "2030", "lead": [{"text": "Sở A", "unit": None}]}
    make_item(plan.version, "PL-I.1", "Kinh tế số", kind=ItemKind.INDICATOR_ROW, details=details)
    make_item(plan.version, "PL-I.2", "Chưa rõ", kind=ItemKind.INDICATOR_ROW)
    first, second = measure_lines(period, on=ON)
    assert (first.code, first.name, first.unit_text) == ("PL-I.1", "Kinh tế số", "%")
    assert (first.target, first.lead, first.state) == ("≥ 30 (2030)", "Sở A", State.NO_DATA)
    assert (second.name, second.target) == ("Chưa rõ", "")
    later = PlanVersion.objects.create(
        plan=plan, number=2, document=plan.version.document, in_force_from=ON, created_at=AT + timedelta(days=9)
    )
    assert measure_lines(period, on=ON) == []  # the version in force has none
    period.closed_at = later.created_at - timedelta(days=1)
    assert len(measure_lines(period, on=ON)) == 2


def test_an_indicator_tells_its_last_figure_of_the_time_and_how_final_it_is(plan: Plan, period: Period, world: World):
    row = make_item(plan.version, "PL-I.1", "Phủ sóng 5G", kind=ItemKind.INDICATOR_ROW)
    covered = make_indicator("5G", by=world.chi, plan=plan, owner=world.unit_a, frequency="half")
    Indicator.objects.filter(pk=covered.pk).update(item=row)
    end = make_target(covered, 99, by=world.chi)
    make_figure(covered, plan.owner, "25", period="2025-H2", period_end=date(2025, 12, 31), target=end)
    late = {"period": "2026-H1", "period_end": date(2026, 6, 30), "status": "estimate", "state": "on_track"}
    make_figure(covered, plan.owner, "40.50", target=end, **late)
    make_figure(covered, plan.owner, "60", period="2026-H2", period_end=date(2026, 12, 31), target=end)  # to come
    make_figure(covered, plan.owner, "41", period="2026-M06", period_end=date(2026, 6, 30))  # of another frequency
    make_figure(covered, world.unit_b, "1", period="2026-M06", period_end=date(2026, 6, 30))  # of one unit only
    (told,) = measure_lines(period, on=ON)
    assert (told.value, told.span, told.status) == (Decimal("40.5"), "6 tháng đầu năm 2026", "ước")
    assert (told.target, told.lead, told.state) == ("≥ 99 (2030)", "Sở Xây dựng", State.ON_TRACK)


def test_key_indicators_are_drawn_up_to_the_day_those_not_met_before_others(plan: Plan, period: Period, world: World):
    for number in range(MOST + 2):
        covered = make_indicator(f"CT{number}", by=world.chi, plan=plan, frequency="year", name=f"Chỉ tiêu {number}")
        end = make_target(covered, 99, by=world.chi)
        state = "not_met" if number == MOST + 1 else "on_track"
        past = {"period": "2025", "period_end": date(2025, 12, 31), "state": state}
        make_figure(covered, world.province, "40.5", target=end, **past)
        make_figure(covered, world.province, "60", period="2026", period_end=date(2026, 12, 31), target=end)
    drawn = measure_charts(measure_lines(period, on=ON), on=ON)
    assert [series.title[-1] for series in drawn] == [*"01234", "7"]
    assert [(point.label, point.value) for point in drawn[0].observed] == [("2025", Decimal("40.5"))]
    assert drawn[0].final is not None
    assert drawn[0].final.value == 99
    assert measure_charts([], on=ON) == ()


def test_a_plan_of_a_department_is_told_by_the_figures_of_the_whole(plan: Plan, period: Period, world: World):
    covered = make_indicator("5G", by=world.chi, plan=plan, firmness="aspirational", frequency="year")
    make_figure(covered, world.province, "40.5", period="2025", period_end=date(2025, 12, 31))
    Plan.objects.filter(pk=plan.pk).update(owner=world.unit_a)
    period.plan.refresh_from_db()
    (told,) = measure_lines(period, on=ON)
    assert (told.value, told.titled) == (Decimal("40.5"), f"{told.name} (phấn đấu)")


def test_an_indicator_without_a_figure_is_there_and_says_so(plan: Plan, period: Period, world: World):
    make_indicator("5G", by=world.chi, plan=plan)
    (told,) = measure_lines(period, on=ON)
    assert (told.code, told.value, told.state) == ("5G", None, State.NO_DATA)


def test_indicators_come_in_as_many_queries_for_three_as_for_one(plan: Plan, period: Period, world: World):
    counts = []
    for more in (1, 2):
        for _each in range(more):
            make_figure(make_indicator(by=world.chi, plan=plan), plan.owner, "5")
        with CaptureQueriesContext(connection) as queries:
            measure_lines(period, on=ON)
        counts.append(len(queries))
    assert counts[0] == counts[1]
