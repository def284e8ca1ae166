"""One number on every face: list, page, overview, picture, file, document, API, portal, open data. Awkward ones."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
import time_machine
from django.core.cache import cache

from tests.factories import World, make_duty, make_entry, make_period, make_plan, make_submission, make_task
from tests.factories.budget import make_money
from tests.factories.clock import NOON
from tests.factories.indicators import make_indicator, make_observation, make_programme, make_target
from tests.publication.release import Story
from tests.publication.test_evaluation import cycle as _cycle
from tests.road.people import Road
from tests.road.workbooks import shown
from tiendo.evaluation.models import Cycle, Result
from tiendo.indicators.actions.refreshing import Cell, refresh
from tiendo.indicators.keeping import sentences_again
from tiendo.indicators.models import Figure, Measurement, Objective, TaskTie
from tiendo.indicators.programmes import content_of
from tiendo.indicators.states import STATE_WORDS as MEASURE_STATE_WORDS
from tiendo.indicators.states import State
from tiendo.plans.models import Plan, Task
from tiendo.plans.storage import read_file
from tiendo.reporting import actions as reporting
from tiendo.reporting.models import IssuedReport
from tiendo.ui.chips import look_of
from tiendo.ui.formats import number_text

cycle = _cycle
END = date(2025, 12, 31)
# code: unit, baseline, end, values in the order they came, then what every face says: value, progress, state, word
CASES: dict[str, tuple[str, str, str, list[str], str, str, str, str]] = {
    "SAT-DICH": ("%", "0", "100", ["99.6"], "99,6 %", "99,6", "not_met", "chưa đạt"),
    "SAT-HON": ("%", "0", "100", ["99.996"], "99,996 %", "99,9", "not_met", "chưa đạt"),
    "DUNG-80": ("%", "0", "80", ["80"], "80 %", "100", "met", "đạt"),
    "DUNG-100": ("%", "0", "100", ["100"], "100 %", "100", "met", "đạt"),
    "DUOI-KHONG": ("%", "-30", "-10", ["-10"], "−10 %", "100", "met", "đạt"),
    "VUOT-115": ("%", "0", "100", ["115"], "115 %", "115", "exceeded", "vượt"),
    "GIAM": ("vụ", "60000", "50000", ["59000"], "59.000 vụ", "10", "not_met", "chưa đạt"),
    "KHONG-TINH": ("%", "50", "50", ["50"], "50 %", "", "met", "đạt"),
    "BA-BAN": ("%", "0", "100", ["50", "52.25", "51.75"], "51,75 %", "51,7", "not_met", "chưa đạt"),
}
STATUSES = ("estimate", "official", "revised")


def plain(text: str) -> str:
    """Words as a reader sees them: no marks, one kind of space."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\xa0", " ").replace("&#x27;", "'").split())


@pytest.fixture(autouse=True)
def _autumn() -> Iterator[None]:
    """Figures and money of 2026 stand on the first page of each face, whatever year the tests are run in."""
    with time_machine.travel(datetime(2026, 11, 20, 3, tzinfo=UTC)):
        yield


@pytest.fixture
def road(world: World) -> Road:
    cache.clear()
    return Road(world)


@pytest.fixture
def plan(world: World) -> Plan:
    return make_plan(world.province)


@pytest.fixture
def task(world: World, plan: Plan) -> Task:
    """99.6 percent by its accepted report, 1.234.567.890 đồng spent by finance's word and by the report's."""
    task = make_task(
        plan, by=world.chi, lead=world.unit_a, head=world.binh, officer=world.an, due_on=date(2026, 12, 31)
    )
    period = make_period(plan)
    told = {"percent": Decimal("99.6"), "money_used": 1_234_567_890}
    entry = make_entry(make_duty(period, world.unit_a), task, saved_by=world.an, **told)
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    task.state, task.percent, task.last_accepted_on = "in_progress", Decimal("99.6"), NOON.date()
    task.save()
    paper = {"document": "QĐ 15/QĐ-UBND", "confirmed_by": world.finance}
    make_money(task, world.unit_a, by=world.an, kind="allocated", amount=2_000_000_001, **paper)  # type: ignore[arg-type]
    make_money(task, world.unit_a, by=world.an, kind="disbursed", amount=1_234_567_890, **paper)  # type: ignore[arg-type]
    return task


@pytest.fixture
def measured(world: World, plan: Plan, task: Task) -> None:
    """An indicator for each case, its values accepted one after the other, and a programme published for the year."""
    programme = make_programme("so", plan, by=world.chi, decided_by=world.decision_maker)
    for place, (code, (unit, start, end, values, *_rest)) in enumerate(CASES.items()):
        down = Decimal(end) < Decimal(start)
        words = {"unit_code": "percent" if unit == "%" else "document", "unit_text": unit, "decimals": 3}
        direction = {"direction": "down" if down else "up", "name": f"Chỉ tiêu {code}"}
        made = make_indicator(code, by=world.chi, plan=plan, owner=world.unit_a, **words, **direction)
        sign = "le" if down else "ge"
        make_target(made, start, by=world.chi, purpose="baseline", due_on=date(2024, 12, 31))
        make_target(made, end, by=world.chi, due_on=END, comparator=sign)
        for value, status in zip(values, STATUSES if len(values) > 1 else ("official",), strict=True):
            make_observation(made, world.province, value, by=world.an, accepted_by=world.chi, status=status)
        refresh([Cell(made.pk, world.province.pk, "2025", "")], at=NOON)
        TaskTie.objects.create(indicator=made, task=task, recorded_by=world.chi, recorded_at=NOON)
        whose = {"unit": world.unit_a, "head": world.binh}
        Objective.objects.create(programme=programme, indicator=made, position=place, **whose)
    told = {"content": content_of(programme, "2025"), "sha256": "0" * 64}
    Measurement.objects.create(
        programme=programme, period="2025", number=1, published_by=world.chi, published_at=NOON, **told
    )


def issued(world: World, plan: Plan) -> dict[str, str]:
    """The consolidated report as DOCX, PDF and the workbook of its annexes, in plain words."""
    period = plan.periods.get()
    report: IssuedReport = reporting.issue_report(period=period, by=world.chi, at=NOON, confirmed=True)
    pages = pypdfium2.PdfDocument(read_file(report.pdf))
    return {
        "report.docx": plain(_xml(read_file(report.docx), "word/document.xml")),
        "report.pdf": plain(" ".join(page.get_textpage().get_text_range() for page in pages)),
    }


def annexes(plan: Plan) -> dict[str, list[dict[str, str]]]:
    """The workbook of the issued report, sheet by sheet."""
    report = IssuedReport.objects.get(period__plan=plan)
    assert report.workbook is not None
    return shown(read_file(report.workbook))


def _xml(data: bytes, name: str) -> str:
    """The words of one part of an office file, each paragraph whole."""
    with ZipFile(io.BytesIO(data)) as archive:
        text = archive.read(name).decode()
    return " ".join("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", part)) for part in text.split("</w:p>"))


def row_of(page: str, name: str) -> str:
    """The row of a table that names it."""
    found = [row for row in page.split("<tr>") if name in row]
    assert found, name
    return found[0].split("</tr>")[0]


def public(road: Road, address: str) -> str:
    answer = road.anybody.client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def publish(world: World, plan: Plan, task: Task) -> None:
    Story(world, plan, plan.periods.get(), task, task, task).publish()


def opened(road: Road, name: str, *args: object, **query: Any) -> str:
    return str(road.coordinator.page(name, *args, **query).content.decode())


def test_the_value_progress_and_state_of_an_indicator(
    world: World, road: Road, plan: Plan, task: Task, measured: None
) -> None:
    papers = issued(world, plan)
    measures = {row["Mã"]: row for row in annexes(plan)["Chỉ tiêu"]}
    publish(world, plan, task)
    inside, overview = opened(road, "indicators:indicator-list"), plain(opened(road, "plans:overview"))
    on_task, programme = opened(road, "plans:task-detail", task.code), opened(road, "indicators:programme-detail", "so")
    listed, theirs = public(road, "/chi-tieu/"), public(road, "/chuong-trinh/so/")
    table = list(csv.DictReader(io.StringIO(public(road, "/du-lieu/chi-tieu.csv").removeprefix("\ufeff"))))
    for code, (unit, _start, _end, values, value, progress, state, word) in CASES.items():
        name, exact = f"Chỉ tiêu {code}", values[-1]
        figure = Figure.objects.get(indicator__code=code)
        assert (figure.state, figure.value) == (state, Decimal(exact)), code
        page, shown = opened(road, "indicators:indicator-detail", code), public(road, f"/chi-tieu/{code}/")
        rows = {
            "list": row_of(inside, name),
            "page": page,
            "task": row_of(on_task, name),
            "programme": row_of(programme, name),
            "portal list": row_of(listed, name),
            "portal page": shown,
            "portal programme": row_of(theirs, name),
        }
        for face, row in rows.items():
            text = plain(row)
            assert value in text, (code, face, text)
            assert word in text.lower(), (code, face, text)
            assert f"chip-{look_of(state).tone}" in row, (code, face)
        [why] = sentences_again([figure.not_computable]) if not progress else [f"{progress} %"]
        for face in ("page", "portal page") + (("list",) if progress else ()):
            assert str(why) in plain(rows[face]), (code, face)
        for face in ("report.docx", "report.pdf"):
            number = value.removesuffix(f" {unit}")
            assert re.search(rf"{re.escape(name)} .{{0,60}}{re.escape(number)} \(", papers[face]), (code, face)
            assert not progress or f"đi được {progress}%" in papers[face], (code, face)
        line = measures[code]
        said = (line["Kết quả"].replace("-", "−"), line["Đi được (%)"], line["So với mục tiêu"])
        assert said == (value.removesuffix(f" {unit}"), progress, MEASURE_STATE_WORDS[State(state)]), code
        record = json.loads(public(road, f"/api/v1/indicators/{code}"))["indicator"]["latest"]
        assert (record["value"], record["state"]) == (exact, state)
        if not progress:
            assert record["not_computable"]["pattern"] == str(why)
        [line] = [each for each in table if each["ma_chi_tieu"] == code]
        assert (line["gia_tri"], line["trang_thai"], line["trang_thai_chu"]) == (exact, state, word)
        assert value in plain(public(road, f"/chi-tieu/{code}.svg"))
        if state == "not_met":
            assert value in overview or "Xem tất cả" in overview, code


def test_the_progress_of_a_task_and_a_sum_of_money(world: World, road: Road, plan: Plan, task: Task) -> None:
    papers = issued(world, plan)
    publish(world, plan, task)
    percent, spent, given = "99,6 %", "1.234.567.890 đồng", "2.000.000.001 đồng"
    code = task.code
    exported = b"".join(road.coordinator.page("plans:task-export").streaming_content).decode()
    assert _cells(exported)["Tỷ lệ hoàn thành (%)"] == "99.6"
    for face in (
        row_of(opened(road, "plans:task-list"), task.title),
        opened(road, "plans:task-detail", code),
        public(road, f"/nhiem-vu/{code}/"),
    ):
        assert percent in plain(face)
    for face in (
        opened(road, "plans:task-detail", code),
        opened(road, "budget:overview"),
        public(road, f"/nhiem-vu/{code}/"),
        public(road, "/kinh-phi/"),
    ):
        assert spent in plain(face), plain(face)
        assert given in plain(face)
    for name in ("report.docx", "report.pdf"):
        assert "99,6%" in papers[name]
        assert "1.234,56789" in papers[name], papers[name]
    record = json.loads(public(road, f"/api/v1/tasks/{code}"))["task"]
    [listed] = json.loads(public(road, "/api/v1/tasks"))["items"]
    row = _cells(public(road, "/du-lieu/nhiem-vu.csv"))
    assert {record["progress"]["percent"], listed["percent"], row["ty_le"]} == {"99.6"}
    tables = annexes(plan)
    assert tables["Nhiệm vụ"][0]["Tiến độ (%)"] == "99,6"
    assert tables["Kinh phí"][-1]["Đã sử dụng (đồng)"] == "1.234.567.890"
    [year] = record["resources"]["years"]
    money = _cells(public(road, "/du-lieu/kinh-phi.csv"))
    assert {year["disbursed"], money["da_giai_ngan"]} == {"1234567890"}
    assert {year["allocated"], money["da_giao"]} == {"2000000001"}


def _cells(table: str) -> dict[str, str]:
    """The first row of a CSV by the names of its columns."""
    return next(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))


def test_a_score_and_what_it_is_made_of(world: World, road: Road, cycle: Cycle) -> None:
    cache.clear()
    for result in Result.objects.filter(snapshot__cycle=cycle).select_related("scorecard__unit"):
        unit, card = result.scorecard.unit, result.scorecard
        score = number_text(result.score or Decimal(0))
        board = row_of(opened(road, "evaluation:scoreboard", cycle.pk), unit.short_name)
        outside = row_of(public(road, f"/danh-gia/{cycle.pk}/"), unit.name)
        working = opened(road, "evaluation:result-detail", result.pk)
        theirs = public(road, f"/danh-gia/{cycle.pk}/{unit.code}/")
        paper = road.coordinator.page("evaluation:card-file", card.pk, "docx")
        for face in (board, outside, working, theirs):
            assert f"<b>{score}</b>" in face or f" {score} " in plain(face)
        assert f"Tổng điểm {score}:" in plain(_xml(paper.content, "word/document.xml"))
        [row] = [
            each
            for each in json.loads(public(road, "/api/v1/evaluations"))["items"][0]["results"]
            if each["unit_code"] == unit.code
        ]
        assert Decimal(row["score"]) == result.score
        assert number_text(Decimal(row["score"])) == score
