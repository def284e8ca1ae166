"""Pages of indicators, passports, targets, programmes and what plans propose."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import NOON, World, make_figure, make_indicator, make_item, make_target
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.indicators.actions import create_programme, put_in_force, set_objective, tie_task
from tiendo.indicators.models import Indicator, Passport, Programme, TargetLine
from tiendo.intake.extraction.target_cells import parse_target
from tiendo.plans.models import Plan, Task

ClientOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(world: World, client_of: ClientOf) -> Client:
    return client_of(world.chi)


@pytest.fixture
def indicator(world: World) -> Indicator:
    """Of unit A, red, on its way from 40 to 80."""
    found = make_indicator("CT-1", by=world.chi, name="Hồ sơ nộp trực tuyến", owner=world.unit_a)
    make_target(found, 40, by=world.chi, purpose="baseline", due_on=date(2024, 12, 31), comparator="eq")
    make_target(found, 80, by=world.chi)
    make_figure(found, world.province, 50, progress="25", distance="-5", state="not_met")
    return found


def url(name: str, *parts: object) -> str:
    return reverse(f"indicators:{name}", args=parts)


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def queries_for(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def rows_in(page: str) -> list[str]:
    """Names of the rows of the lists on the page."""
    return re.findall(r'<th scope="row" class="row-title"><a [^>]*>([^<]*)</a>', page)


def passport_typed(**changes: object) -> dict[str, object]:
    return {
        "name": "Hồ sơ nộp trực tuyến",
        "unit_code": "percent",
        "unit_text": "%",
        "decimals": 1,
        "measure": "number",
        "direction": "up",
        "firmness": "firm",
        "frequency": "year",
        "first_period": "2025",
        "lag_days": 30,
        "over_units": "none",
        "over_time": "last",
        "is_public": "on",
        "rests_on": "Quyết định số 5/QĐ-UBND",
        **changes,
    }


def test_firm_and_aspirational_stand_apart(world: World, coordinator: Client, indicator: Indicator) -> None:
    make_indicator("CT-2", by=world.chi, name="Lãnh đạo có chuyên môn", firmness="aspirational")
    page = body(coordinator, url("indicator-list"))
    firm, wish = page.index("<h2>Chỉ tiêu bắt buộc</h2>"), page.index("<h2>Phấn đấu, hướng tới</h2>")
    assert firm < page.index("Hồ sơ nộp trực tuyến") < wish < page.index("Lãnh đạo có chuyên môn")


def test_each_number_above_the_list_is_the_number_of_rows_it_opens(world: World, coordinator: Client) -> None:
    for number, state in enumerate(("met", "not_met", "not_met", "on_track", "exceeded")):
        make_figure(make_indicator(by=world.chi, name=f"Chỉ tiêu {number}"), world.province, 5, state=state)
    make_indicator(by=world.chi, name="Chỉ tiêu lặng")
    page = body(coordinator, url("indicator-list"))
    cells = re.findall(r'href="(\?state=\w+)">\s*<b>(\d+)</b>', page)
    assert len(cells) == 6
    for address, number in cells:
        assert len(rows_in(body(coordinator, url("indicator-list") + address))) == int(number), address


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("q=san+khau", ["Sân khấu số"]),
        ("owner=so-y-te", ["Trạm y tế số"]),
        ("firmness=aspirational", ["Sân khấu số"]),
        ("catalogue=NQ+03", ["Sân khấu số"]),
        ("programme=p1", ["Trạm y tế số"]),
        ("state=no_data", ["Trạm y tế số", "Sân khấu số"]),
        ("state=dance", ["Trạm y tế số", "Sân khấu số"]),
    ],
)
def test_the_list_is_narrowed(world: World, coordinator: Client, asked: str, names: list[str]) -> None:
    clinic = make_indicator(by=world.chi, name="Trạm y tế số", owner=world.unit_b)
    stage = make_indicator(by=world.chi, name="Sân khấu số", firmness="aspirational")
    Indicator.objects.filter(pk=stage.pk).update(catalogue="NQ 03")
    fields = {"title": "P", "owner": world.unit_a, "frequency": "quarter", "publish_days": 30}
    programme = create_programme(code="p1", by=world.chi, at=NOON, **fields)  # type: ignore[arg-type]
    set_objective(programme=programme, indicator=clinic, unit=None, head=None, by=world.chi, at=NOON)
    assert rows_in(body(coordinator, f"{url('indicator-list')}?{asked}")) == names


def test_a_unit_finds_what_it_owns_and_what_is_measured_in_it(
    world: World, client_of: ClientOf, indicator: Indicator
) -> None:
    make_indicator(by=world.chi, name="Đo ở mọi sở", measured_kinds=["department"])
    make_indicator(by=world.chi, name="Đo ở xã", measured_kinds=["commune"])
    mine = f"{url('indicator-list')}?whose=mine"
    assert rows_in(body(client_of(world.an), mine)) == ["Hồ sơ nộp trực tuyến", "Đo ở mọi sở"]
    assert rows_in(body(client_of(world.dung), mine)) == ["Đo ở mọi sở"]


def test_three_rows_cost_as_many_queries_as_one(world: World, coordinator: Client, indicator: Indicator) -> None:
    one = queries_for(coordinator, url("indicator-list"))
    for _time in range(2):
        more = make_indicator(by=world.chi, owner=world.unit_b)
        make_target(more, 80, by=world.chi)
        make_figure(more, world.province, 50)
    assert queries_for(coordinator, url("indicator-list")) == one


def test_the_passport_page_tells_where_it_stands_and_why(coordinator: Client, indicator: Indicator) -> None:
    page = body(coordinator, url("indicator-detail", "CT-1"))
    for words in (
        "Chưa đạt",
        "≥ 80",
        "25\N{NO-BREAK SPACE}%",
        "\N{MINUS SIGN}5",
        "Sở Xây dựng",
        "Mục tiêu và lộ trình",
    ):
        assert words in page, words


def test_a_replaced_target_stays_in_the_ledger(coordinator: Client, indicator: Indicator) -> None:
    line = TargetLine.objects.get(purpose="final")
    page = body(coordinator, f"{url('target-set', 'CT-1')}?dong={line.pk}")
    assert 'value="80"' in page
    typed = {"purpose": "final", "due_on": "2030-12-31", "comparator": "ge", "value": "85,5", "firmness": "firm"}
    answer = coordinator.post(url("target-set", "CT-1"), {**typed, "rests_on": "Quyết định 9"})
    assert answer.status_code == 302
    page = body(coordinator, url("indicator-detail", "CT-1"))
    assert "<b>≥ 85,5</b>" in page
    assert "<del>≥ 80</del>" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": "tám mươi"}, "Hãy nhập số"),
        ({"comparator": "between"}, "Khoảng giá trị cần đủ hai đầu"),
        ({"rests_on": ""}, "Trường này là bắt buộc"),
    ],
)
def test_a_target_that_cannot_be_written_keeps_what_was_typed(
    coordinator: Client, indicator: Indicator, changes: dict[str, str], words: str
) -> None:
    typed = {"purpose": "path", "due_on": "2027-12-31", "comparator": "ge", "value": "60", "firmness": "firm"}
    answer = coordinator.post(url("target-set", "CT-1"), {**typed, "rests_on": "QĐ", **changes})
    assert (answer.status_code, TargetLine.objects.count()) == (422, 2)
    page = answer.content.decode()
    assert words in page
    assert 'value="2027-12-31"' in page


def test_a_change_of_the_passport_is_a_version_that_says_what_changed(
    coordinator: Client, indicator: Indicator
) -> None:
    form = body(coordinator, url("passport-change", "CT-1"))
    assert 'value="Hồ sơ nộp trực tuyến"' in form
    typed = passport_typed(frequency="quarter", first_period="2025-Q1", owner="so-xay-dung")
    assert coordinator.post(url("passport-change", "CT-1"), typed).status_code == 302
    assert Passport.objects.in_force().get().number == 2
    page = body(coordinator, url("indicator-detail", "CT-1"))
    assert "đổi: Chu kỳ, Kỳ đầu tiên" in re.sub(r"\s+", " ", page)


def test_a_passport_says_whether_a_whole_waits_for_all_its_parts(coordinator: Client) -> None:
    typed = passport_typed(code="CHO", parts="all", low="0")
    assert coordinator.post(url("indicator-create"), typed).status_code == 302
    assert Passport.objects.in_force().get(indicator__code="CHO").checks == {"low": "0", "parts": "all"}
    assert '<option value="all" selected' in body(coordinator, url("passport-change", "CHO"))


def test_the_number_of_late_indicators_opens_as_many_rows(world: World, coordinator: Client) -> None:
    silent = make_indicator("LANG", by=world.chi, name="Chỉ tiêu lặng", first_period="2020")
    there = make_indicator("CO", by=world.chi, name="Chỉ tiêu có số", first_period="2999")
    make_figure(there, world.province, 5, state="met")
    page = body(coordinator, url("indicator-list") + "?thieu=1")
    assert len(rows_in(page)) == 1
    assert silent.code in page


def test_a_qualitative_indicator_is_defined_with_its_rubric(coordinator: Client) -> None:
    levels = "Chưa | Chưa có gì | Báo cáo\nĐã có | Chạy ổn định | Biên bản"
    typed = passport_typed(code="MUC-1", measure="level", unit_code="level", levels=levels, decimals=0)
    assert coordinator.post(url("indicator-create"), typed).status_code == 302
    page = body(coordinator, url("indicator-detail", "MUC-1"))
    assert "2. Đã có" in page
    assert "Chạy ổn định" in page


def test_a_formula_over_nothing_is_refused_at_its_field(coordinator: Client) -> None:
    answer = coordinator.post(url("indicator-create"), passport_typed(code="F", expression="[KHONG] * 2"))
    assert (answer.status_code, Indicator.objects.count()) == (422, 0)
    assert "Không có chỉ tiêu mang mã KHONG" in answer.content.decode()


def test_ties_are_made_and_ended_on_the_page(coordinator: Client, indicator: Indicator, task: Task) -> None:
    assert coordinator.post(url("tie-add", "CT-1"), {"task": task.code}).status_code == 302
    assert coordinator.post(url("tie-add", "CT-1"), {"item": task.item.path}).status_code == 302
    assert coordinator.post(url("tie-add", "CT-1"), {"task": "KHONG-CO"}).status_code == 422
    assert coordinator.post(url("tie-add", "CT-1"), {}).status_code == 422
    tie = indicator.task_ties.get()
    assert task.title in body(coordinator, url("indicator-detail", "CT-1"))
    assert coordinator.post(url("tie-end", "CT-1", "nhiem-vu", tie.pk)).status_code == 302
    assert not indicator.task_ties.filter(ended_at=None).exists()


def test_a_task_of_another_unit_is_counted_and_not_named(
    world: World, client_of: ClientOf, indicator: Indicator, task: Task
) -> None:
    tie_task(indicator=indicator, task=task, by=world.chi, at=NOON)
    page = body(client_of(world.dung), url("indicator-detail", "CT-1"))
    assert task.title not in page
    assert "1 nhiệm vụ của đơn vị khác" in page


def test_a_task_shows_numbers_and_levels_side_by_side(
    world: World, client_of: ClientOf, indicator: Indicator, task: Task
) -> None:
    levels = [{"level": 1, "name": "Chưa", "rubric": "Chưa có"}, {"level": 2, "name": "Có", "rubric": "Chạy ổn định"}]
    scale = make_indicator(by=world.chi, name="Mức sẵn sàng", measure="level", unit_code="level", levels=levels)
    make_figure(scale, world.province, 2, state="met")
    for each in (indicator, scale):
        tie_task(indicator=each, task=task, by=world.chi, at=NOON)
    page = body(client_of(world.an), reverse("plans:task-detail", args=[task.code]))
    assert "<b>50\N{NO-BREAK SPACE}%</b>" in page
    assert "mức 2 (Có)" in page
    assert "Chạy ổn định" in page


def annex_row(plan: Plan, path: str, text: str, raw: str) -> str:
    details = {"unit_text": "%", "target": parse_target(raw), "horizon": "2030", "lead": []}
    section = plan.version.items.filter(path="PL-I").first() or make_item(
        plan.version, "PL-I", "Chỉ tiêu", kind="section"
    )
    row = make_item(plan.version, path, text, kind="indicator_row", details=details, parent=section)
    return f"{row.pk}.0"


def test_only_ticked_rows_of_a_plan_are_taken(world: World, coordinator: Client, plan: Plan) -> None:
    first = annex_row(plan, "PL-I.1", "Hồ sơ nộp trực tuyến", "phấn đấu ≥ 80")
    annex_row(plan, "PL-I.2", "Hồ sơ số hóa", "100")
    page = body(coordinator, url("proposal-list", plan.code))
    assert page.count('type="checkbox"') == 2
    assert "đang hiểu là" in page
    coordinator.post(url("proposal-list", plan.code), {"dong": [first, "999.0"]})
    assert Passport.objects.get().firmness == "aspirational"
    page = body(coordinator, url("proposal-list", plan.code))
    assert page.count('type="checkbox"') == 1
    listed = body(coordinator, reverse("plans:plan-detail", args=[plan.code]))
    assert url("indicator-detail", f"{plan.code}.PL-I.1") in listed


def test_a_row_that_is_not_whole_is_completed_by_hand(coordinator: Client, plan: Plan) -> None:
    key = annex_row(plan, "PL-I.1", "Chính quyền phục vụ", "Tốt hơn")
    assert 'type="checkbox"' not in body(coordinator, url("proposal-list", plan.code))
    typed = passport_typed(name="Chính quyền phục vụ")
    target = {"dich-due_on": "2030-12-31", "dich-comparator": "ge", "dich-value": "90"}
    half = coordinator.post(url("proposal-edit", plan.code, key), {**typed, "dich-value": "90"})
    assert (half.status_code, Indicator.objects.count()) == (422, 0)
    assert coordinator.post(url("proposal-edit", plan.code, key), {**typed, **target}).status_code == 302
    assert TargetLine.objects.get().value == 90
    assert coordinator.get(url("proposal-edit", plan.code, key)).status_code == 404


def test_a_catalogue_is_taken_from_its_page(coordinator: Client) -> None:
    assert "44 chỉ tiêu" in body(coordinator, url("proposal-plans"))
    coordinator.post(url("catalogue-take", "nq-03"))
    assert Indicator.objects.count() == 44
    assert coordinator.post(url("catalogue-take", "khong-co")).status_code == 404


@pytest.fixture
def programme(world: World, indicator: Indicator) -> Programme:
    fields = {"title": "Kinh tế số", "owner": world.unit_a, "frequency": "quarter", "publish_days": 30}
    return create_programme(code="kinh-te-so", by=world.chi, at=NOON, **fields)  # type: ignore[arg-type]


def test_what_an_objective_lacks_is_said_when_it_is_put_into_force(
    world: World, client_of: ClientOf, coordinator: Client, programme: Programme
) -> None:
    coordinator.post(url("objective-set", "kinh-te-so"), {"indicator": "CT-1", "unit": "so-xay-dung"})
    leader = client_of(world.decision_maker)
    typed = {"on": "2026-07-01", "decision": "QĐ 9"}
    refused = leader.post(url("programme-force", "kinh-te-so"), typed)
    assert refused.status_code == 422
    assert "chưa có người đứng đầu chịu trách nhiệm" in refused.content.decode()
    whole = {"indicator": "CT-1", "unit": "so-xay-dung", "head": "binh"}
    assert coordinator.post(url("objective-set", "kinh-te-so"), whole).status_code == 302
    assert leader.post(url("programme-force", "kinh-te-so"), typed).status_code == 302
    programme.refresh_from_db()
    assert programme.decision == "QĐ 9"


def test_missed_periods_show_beside_those_published(
    world: World, client_of: ClientOf, coordinator: Client, programme: Programme, indicator: Indicator
) -> None:
    named: dict[str, Any] = {"unit": world.unit_a, "head": world.binh}
    set_objective(programme=programme, indicator=indicator, by=world.chi, at=NOON, **named)
    on = date(2026, 1, 1)
    put_in_force(programme=programme, on=on, decision="QĐ 9", by=world.decision_maker, at=NOON)
    assert coordinator.post(url("measurement-publish", "kinh-te-so", "2026-Q1"), {}).status_code == 302
    page = body(client_of(world.dung), url("programme-detail", "kinh-te-so"))
    assert "Công bố muộn" in page
    assert ">Không công bố<" in page
    assert "Kinh tế số" in body(client_of(world.dung), url("programme-list"))
    frozen = body(client_of(world.dung), url("measurement-detail", "kinh-te-so", "2026-Q1", 1))
    assert "Lò Thị Bình" in frozen
    assert coordinator.post(url("measurement-publish", "kinh-te-so", "2026-Q1"), {}).status_code == 422
    assert "Đổi kết quả" not in frozen
    make_figure(indicator, world.province, 90, period="2026-Q1", period_end=date(2026, 3, 31), state="met")
    assert coordinator.post(url("measurement-publish", "kinh-te-so", "2026-Q1"), {"note": "Sửa"}).status_code == 302
    corrected = body(client_of(world.dung), url("measurement-detail", "kinh-te-so", "2026-Q1", 2))
    assert re.search(r"Hồ sơ nộp trực tuyến: <span[^>]*chip.*Không có số liệu.* → .*Đạt", corrected)
    assert "Đổi kết quả" not in body(coordinator, url("measurement-detail", "kinh-te-so", "2026-Q1", 1))


@pytest.fixture
def training(world: World) -> Indicator:
    """The share of trained people in each department: A has not reached it, B said nothing."""
    trained, staff = (make_indicator(code, by=world.chi, unit_code="person") for code in ("CB-A", "CB-B"))
    found = make_indicator(
        "CB", by=world.chi, measured_kinds=["department"], numerator=trained, denominator=staff, name="Bồi dưỡng"
    )
    make_target(found, 100, by=world.chi, due_on=date(2025, 12, 31))
    for indicator, value in ((found, 60), (trained, 12), (staff, 20)):
        make_figure(indicator, world.unit_a, value)
    make_figure(found, world.finance_unit, 100, state="met")
    return found


def test_units_below_the_threshold_are_named_with_what_their_share_is_made_of(
    coordinator: Client, training: Indicator
) -> None:
    page = body(coordinator, url("below-list"))
    names = rows_in(page)
    assert names[0] == "Sở Xây dựng"
    assert "Sở Y tế" in names
    assert "Sở Tài chính" not in names
    assert ">60 %<" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert ">12<" in page
    assert ">20<" in page


def test_a_unit_sees_itself_alone_below_the_threshold(world: World, client_of: ClientOf, training: Indicator) -> None:
    assert rows_in(body(client_of(world.an), url("below-list"))) == ["Sở Xây dựng"]
    page = body(client_of(world.dung), url("below-list"))
    assert "Sở Xây dựng" not in page


def test_nobody_else_is_offered_or_allowed_the_acts(
    world: World, client_of: ClientOf, indicator: Indicator, plan: Plan
) -> None:
    before = Event.objects.count()
    for person in (world.an, world.binh, world.dung):
        client = client_of(person)
        assert "Sửa hồ sơ" not in body(client, url("indicator-detail", "CT-1"))
        for address in (url("passport-change", "CT-1"), url("indicator-create"), url("proposal-list", plan.code)):
            assert client.post(address, passport_typed()).status_code == 403
    assert Event.objects.count() == before
