"""Pages of plans and tasks: who sees what, numbers that open their lists, acts, the CSV."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    World,
    make_duty,
    make_entry,
    make_evidence,
    make_figure,
    make_indicator,
    make_period,
    make_submission,
    make_target,
    make_task,
)
from tests.factories.clock import TODAY
from tests.factories.people import make_unit
from tests.factories.plans import make_item
from tests.factories.reorganising import make_succession
from tests.factories.reporting import DUE_AT
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.orgs.models import Succession, Unit
from tiendo.plans.models import Assignment, Plan, Task
from tiendo.plans.queries import CELLS
from tiendo.reporting.models import Duty
from tiendo.web.plans import board
from tiendo.web.plans.lists import CONCERNS

ClientOf = Callable[[User], Client]
PAGES = ["overview", "overview-live", "task-list", "task-export", "task-unclear", "plan-list"]
ACTS = ["task-assign", "task-deadline", "task-head", "task-officer", "task-hide", "task-show"]


def page_of(task: Task, name: str = "task-detail", *more: object) -> str:
    return reverse(f"plans:{name}", args=[task.code, *more])


def queries_for(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def body(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    if answer.streaming:
        return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    return answer.content.decode()


@pytest.fixture
def many(world: World, plan: Plan) -> list[Task]:
    """One task at least in each cell and each concern."""
    today = timezone.localdate()
    made: dict[str, dict[str, object]] = {
        "on time": {"state": "completed", "due_on": today, "completed_on": today - timedelta(days=3)},
        "late": {"state": "completed", "due_on": today - timedelta(days=9), "completed_on": today - timedelta(days=3)},
        "in time": {"due_on": today + timedelta(days=90), "followed_from": today},
        "overdue": {"due_on": today - timedelta(days=1)},
        "longer overdue": {"due_on": today - timedelta(days=40), "state": "in_progress"},
        "last day": {"due_on": today, "last_accepted_on": today},
        "no lead": {"due_on": today + timedelta(days=60), "lead": None},
        "cancelled": {"state": "cancelled", "due_on": today - timedelta(days=1)},
        "no deadline": {"due_on": None},
    }
    base: dict[str, object] = {"by": world.chi, "lead": world.unit_a, "head": world.binh, "officer": world.an}
    return [make_task(plan, title=title, **(base | fields)) for title, fields in made.items()]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [*PAGES, "overview-events"])
def test_every_page_asks_to_sign_in(client: Client, world: World, name: str) -> None:
    answer = client.get(reverse(f"plans:{name}"))
    assert answer.status_code == 302
    assert reverse("accounts:sign-in") in answer["Location"]


@pytest.mark.parametrize("name", PAGES)
def test_pages_open_for_everybody_signed_in(world: World, task: Task, client_of: ClientOf, name: str) -> None:
    for person in world.people.values():
        assert client_of(person).get(reverse(f"plans:{name}")).status_code == 200


@pytest.mark.parametrize("name", ["task-detail", *ACTS])
def test_another_unit_finds_no_such_task(world: World, task: Task, client_of: ClientOf, name: str) -> None:
    assert client_of(world.dung).get(page_of(task, name)).status_code == 404
    assert client_of(world.dung).post(page_of(task, name), {}).status_code == 404


def test_another_unit_sees_the_task_in_no_list(world: World, task: Task, client_of: ClientOf) -> None:
    for name in PAGES:
        assert task.title not in body(client_of(world.dung), reverse(f"plans:{name}"))
    assert task.title in body(client_of(world.an), reverse("plans:task-list"))


def test_every_number_of_the_overview_opens_a_list_with_as_many_rows(
    world: World, many: list[Task], client_of: ClientOf
) -> None:
    client = client_of(world.chi)
    board = client.get(reverse("plans:overview")).context["board"]
    assert board.counted.numbers.counts["open_overdue"] == 2
    assert board.counted.numbers.counts["done_late"] == board.counted.numbers.counts["done_on_time"] == 1
    for number in [*board.counted.cells, *board.counted.concerns]:
        assert client.get(number.url).context["page"].paginator.count == number.number, number.label
    assert len(board.counted.cells) == len(CELLS)
    assert len(board.counted.concerns) == len(CONCERNS)


def test_the_tables_of_the_overview_open_lists_with_as_many_rows(
    world: World, many: list[Task], client_of: ClientOf
) -> None:
    client = client_of(world.chi)
    text = body(client, reverse("plans:overview"))
    links = re.findall(r'href="([^"]+\?(?:group|unit)=[^"]+)">(?:<span[^>]*><svg.*?</svg><span>)?(\d+)<', text)
    assert len(links) >= 6
    for url, number in links:
        assert client.get(url.replace("&amp;", "&")).context["page"].paginator.count == int(number), url


def test_the_overview_names_who_is_late_since_when_and_why(
    world: World, many: list[Task], plan: Plan, client_of: ClientOf
) -> None:
    late = next(task for task in many if task.title == "longer overdue")
    duty = make_duty(make_period(plan), world.unit_a)
    entry = make_entry(duty, late, saved_by=world.an, difficulty="Chưa bố trí được vốn.")
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    board = client_of(world.decision_maker).get(reverse("plans:overview")).context["board"]
    first = board.counted.red[0]
    assert (first.task, first.unit, first.head, first.days_late) == (late, world.unit_a, "Lò Thị Bình", 40)
    assert first.why == "Chưa bố trí được vốn."


def test_open_difficulties_are_those_the_newest_accepted_report_states(
    world: World, plan: Plan, client_of: ClientOf
) -> None:
    stuck, freed, unheard, done = (make_task(plan, by=world.chi, lead=world.unit_a, title=title) for title in "abcd")
    first, second = (make_duty(make_period(plan, due_at=DUE_AT + timedelta(days=n)), world.unit_a) for n in (0, 90))
    for duty, task, words in [
        (first, stuck, ""),
        (second, stuck, "Chưa có mặt bằng."),
        (first, freed, "Thiếu vốn."),
        (second, freed, ""),
        (first, done, "Thiếu người."),
    ]:
        entry = make_entry(duty, task, saved_by=world.an, difficulty=words)
        make_submission(entry, by=world.binh, accepted_by=world.chi)
    make_submission(make_entry(second, unheard, saved_by=world.an, difficulty="Chưa ai xem."), by=world.binh)
    Task.objects.filter(pk=done.pk).update(state="completed", completed_on=TODAY)
    client = client_of(world.chi)
    concerns = client.get(reverse("plans:overview")).context["board"].counted.concerns
    number = next(each for each in concerns if each.label == "Khó khăn, vướng mắc")
    assert number.number == 1
    page = client.get(number.url)
    assert [row.task for row in page.context["rows"]] == [stuck]
    assert "Chưa có mặt bằng." in page.content.decode()
    others = client_of(world.dung).get(reverse("plans:overview")).context["board"].counted.concerns
    assert [other.number for other in others if other.label == number.label] == [0]


def test_the_overview_says_that_targets_are_not_measured_and_opens_them(
    world: World, plan: Plan, client_of: ClientOf
) -> None:
    url = reverse("plans:plan-detail", args=[plan.code])
    assert url not in body(client_of(world.chi), reverse("plans:overview"))
    section = make_item(plan.version, "PL-I", "Phụ lục I", kind="section")
    details = {"unit_text": "%", "target": {"raw": "≥ 80"}, "horizon": "2030", "lead": [{"text": "Sở Y tế"}]}
    for path, row in (("PL-I.1", details), ("PL-I.2", {"target": None, "lead": []})):
        make_item(plan.version, path, "Hồ sơ trực tuyến", kind="indicator_row", parent=section, details=row)
    board.KEPT.kept.clear()
    overview = body(client_of(world.chi), reverse("plans:overview"))
    assert "Chưa có chỉ tiêu nào được đo" in overview
    assert f'href="{url}#PL-I.1"' in overview
    first, second = re.findall(r'<tr id="PL-I\.\d">(.*?)</tr>', body(client_of(world.chi), url), re.DOTALL)
    assert all(words in first for words in ("Hồ sơ trực tuyến", ">%<", "≥ 80", "2030", "Sở Y tế"))
    assert second.count("không có trong văn bản") == 4


def test_the_overview_says_which_indicators_are_red_who_answers_and_what_they_must_reach(
    world: World, plan: Plan, client_of: ClientOf
) -> None:
    found = []
    for code, state, firmness, progress in (
        ("A", "not_met", "firm", 60),
        ("B", "not_met", "firm", 10),
        ("C", "not_met", "aspirational", 5),
        ("D", "exceeded", "firm", 120),
    ):
        each = make_indicator(
            code, by=world.chi, plan=plan, name=f"Chỉ tiêu {code}", firmness=firmness, owner=world.unit_a
        )
        end = make_target(each, 99, by=world.chi)
        how = {"progress": Decimal(progress)}
        make_figure(each, world.province, "60", state=state, target=end, **how)
        found.append(each)
    board.KEPT.kept.clear()
    aims = client_of(world.chi).get(reverse("plans:overview")).context["board"].counted.aims
    assert [row.indicator.code for row in aims.red] == ["B", "A"]  # firm ones only, the furthest first
    for number in aims.states:
        page = client_of(world.chi).get(number.url)
        assert page.context["page"].paginator.count == number.number
    text = body(client_of(world.chi), reverse("plans:overview"))
    assert all(words in text for words in ("Chỉ tiêu B", world.unit_a.short_name, "≥ 99", "năm 2025"))


def test_lists_and_pages_say_how_old_the_last_update_is(world: World, plan: Plan, client_of: ClientOf) -> None:
    last = timezone.localdate() - timedelta(days=12)
    task = make_task(plan, by=world.chi, lead=world.unit_a, last_accepted_on=last)
    for url in (reverse("plans:task-list"), page_of(task)):
        assert f"{last:%d/%m/%Y} (12 ngày trước)" in body(client_of(world.chi), url)


def test_a_report_not_sent_by_its_moment_is_named_on_the_overview(
    world: World, plan: Plan, client_of: ClientOf
) -> None:
    now = timezone.now()
    late = make_period(plan, opens_at=now - timedelta(days=9), due_at=now - timedelta(days=1))
    make_duty(late, world.unit_a)
    make_duty(make_period(plan, opens_at=now - timedelta(days=9), due_at=now + timedelta(days=1)), world.unit_b)
    assert [duty.unit for duty in client_of(world.chi).get(reverse("plans:overview")).context["board"].missing] == [
        world.unit_a
    ]
    assert client_of(world.dung).get(reverse("plans:overview")).context["board"].missing == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"cell": "open_overdue"}, {"overdue", "longer overdue"}),
        ({"cell": "finished"}, {"on time", "late"}),
        ({"state": "cancelled"}, {"cancelled"}),
        ({"concern": "due_soon"}, {"last day"}),
        ({"concern": "without_lead"}, {"no lead"}),
        ({"q": "LONGER  overdue"}, {"longer overdue"}),
        ({"unit": "so-y-te"}, set()),
    ],
)
def test_task_list_is_narrowed(
    world: World, many: list[Task], client_of: ClientOf, asked: dict[str, str], found: set[str]
) -> None:
    rows = client_of(world.chi).get(reverse("plans:task-list"), asked).context["rows"]
    assert {row.task.title for row in rows} == found


def test_search_needs_no_marks_and_an_unknown_filter_is_left_out(world: World, task: Task, client_of: ClientOf) -> None:
    client = client_of(world.chi)
    for words in ("phu song", "PHỦ SÓNG 5g", "mang khac"):
        found = client.get(reverse("plans:task-list"), {"q": words, "cell": "nonsense"}).context["page"].paginator.count
        assert found == (words != "mang khac")


def test_tasks_of_a_former_unit_are_found_under_its_successor(world: World, plan: Plan, client_of: ClientOf) -> None:
    old = make_unit("so-gtvt", "Sở Giao thông vận tải")
    make_task(plan, by=world.chi, lead=old, title="Mở đường")
    Succession.objects.create(
        predecessor=old, successor=world.unit_a, kind="merge", effective_on=date(2025, 3, 1), decision="NQ 1"
    )
    page = client_of(world.an).get(reverse("plans:task-list"), {"unit": world.unit_a.code})
    assert [row.lead.now for row in page.context["rows"]] == [world.unit_a]
    assert "nay do" in page.content.decode()


def test_pages_hold_25_rows_and_say_how_many_there_are(world: World, plan: Plan, client_of: ClientOf) -> None:
    for number in range(27):
        make_task(plan, by=world.chi, lead=world.unit_a, title=f"Việc {number}")
    page = client_of(world.chi).get(reverse("plans:task-list"), {"page": 2})
    assert len(page.context["rows"]) == 2
    assert "Có <b>27</b> nhiệm vụ" in page.content.decode()


def test_words_that_no_task_holds_together_find_those_with_some(world: World, plan: Plan, client_of: ClientOf) -> None:
    for title in ("Nối mạng tới bản", "Phủ sóng 5G"):
        make_task(plan, by=world.chi, title=title)
    for view in ("task-list", "task-unclear"):
        address, some = reverse(f"plans:{view}"), "Không có nhiệm vụ chứa đủ các từ"
        assert some in body(client_of(world.chi), f"{address}?q=mang+5g")
        assert some not in body(client_of(world.chi), f"{address}?q=5G")
    listed = body(client_of(world.chi), f"{reverse('plans:task-list')}?q=an+mang+5G+song")
    assert listed.index("Phủ sóng 5G") < listed.index("Nối mạng tới bản")


def test_htmx_gets_the_list_alone(world: World, task: Task, client_of: ClientOf) -> None:
    answer = client_of(world.chi).get(reverse("plans:task-list"), headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert task.title in answer.content.decode()
    assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize("name", ["overview", "task-list", "task-unclear", "plan-list"])
def test_lists_ask_the_database_as_often_for_one_row_as_for_three(
    world: World, plan: Plan, client_of: ClientOf, name: str
) -> None:
    client, url = client_of(world.chi), reverse(f"plans:{name}")
    late = timezone.localdate() - timedelta(days=3)
    make_task(plan, by=world.chi, lead=world.unit_a, head=world.binh, due_on=late, product=None)
    one = queries_for(client, url)
    for unit in (world.unit_a, world.unit_b):
        make_task(plan, by=world.chi, lead=unit, head=world.binh, due_on=late, product=None)
    assert queries_for(client, url) == one


def test_the_overview_takes_seventeen_queries_at_most(world: World, many: list[Task], client_of: ClientOf) -> None:
    assert queries_for(client_of(world.chi), reverse("plans:overview-live")) <= 17


def test_task_detail_says_what_the_document_does_not_give(world: World, plan: Plan, client_of: ClientOf) -> None:
    task = make_task(plan, by=world.chi, product=None, authority=None, due_on=None)
    text = body(client_of(world.chi), page_of(task))
    assert text.count("không có trong văn bản") >= 5
    assert page_of(task, "task-field", "product") in text
    assert {words for words, clear in client_of(world.chi).get(page_of(task)).context["six"] if not clear} == {
        "rõ người",
        "rõ thời gian",
        "rõ trách nhiệm",
        "rõ sản phẩm",
        "rõ thẩm quyền",
    }


def test_task_detail_shows_accepted_reports_and_the_draft_only_to_those_who_may(
    world: World, plan: Plan, duty: Duty, client_of: ClientOf
) -> None:
    task = make_task(plan, by=world.chi, lead=world.unit_a, coordinating=[world.unit_b])
    entry = make_entry(duty, task, saved_by=world.an, result="Đã lắp 3 trạm.")
    make_evidence(entry, by=world.an)
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    later = make_duty(make_period(plan), world.unit_a)
    make_entry(later, task, saved_by=world.an, result="Bản nháp chưa ai được xem")
    own, other = body(client_of(world.an), page_of(task)), body(client_of(world.dung), page_of(task))
    assert "Đã lắp 3 trạm." in own
    assert "12/BC-SXD" in own
    assert "Đã lắp 3 trạm." in other
    assert later.period.name in own
    assert later.period.name not in other
    assert "Bản nháp chưa ai được xem" not in own + other


def test_the_clause_opens_its_lines_in_the_document(world: World, task: Task, client_of: ClientOf) -> None:
    client = client_of(world.an)
    url = client.get(page_of(task)).context["passage"].url
    assert url.endswith("?tu=1&den=2#l1")
    lines = client.get(url).context["lines"]
    assert [lit for _number, _text, lit in lines] == [True, True]
    assert client.get(url.replace("tu=1&den=2", "tu=x&den=99999999999")).status_code == 200


ACCEPTED_POSTS: list[tuple[str, tuple[str, ...], dict[str, str], str, str]] = [
    ("task-assign", (), {"unit": "so-y-te", "role": "lead", "source": "CV 1"}, "coordinator", "plans.task.assign_unit"),
    (
        "task-deadline",
        (),
        {"kind": "moment", "due_on": "2027-01-31", "raw": "", "reason": "Mưa lũ", "source": "CV 2"},
        "coordinator",
        "plans.task.set_deadline",
    ),
    ("task-field", ("product",), {"value": "Báo cáo", "source": "CV 3"}, "coordinator", "plans.task.set_field"),
    ("task-head", (), {"user": "binh"}, "coordinator", "plans.task.charge_head"),
    ("task-officer", (), {"user": "an"}, "head", "plans.task.charge_officer"),
    ("task-hide", (), {"reason": "Liên quan bí mật kinh doanh"}, "decision_maker", "plans.task.hide"),
    ("task-show", (), {}, "decision_maker", "plans.task.show"),
]


@pytest.mark.parametrize(("name", "more", "data", "role", "act"), ACCEPTED_POSTS)
def test_acts_are_done_by_those_who_may_and_refused_to_the_rest(
    world: World,
    plan: Plan,
    client_of: ClientOf,
    name: str,
    more: tuple[str, ...],
    data: dict[str, str],
    role: str,
    act: str,
) -> None:
    task = make_task(plan, by=world.chi, lead=world.unit_a, coordinating=[world.unit_b])
    for part, person in world.people.items():
        if part not in (role, "administrator"):
            assert client_of(person).post(page_of(task, name, *more), data).status_code == 403, part
    assert client_of(world.administrator).post(page_of(task, name, *more), data).status_code == 404
    assert not Event.objects.exists()
    answer = client_of(world.people[role]).post(page_of(task, name, *more), data)
    assert answer.status_code == 302
    assert list(Event.objects.values_list("act", "subject")) == [(act, f"plans.task:{task.code}")]


def test_unassign_ends_a_part_with_its_source(world: World, task: Task, client_of: ClientOf) -> None:
    part = task.assignments.get()
    url = page_of(task, "task-unassign", part.pk)
    assert client_of(world.chi).post(url, {"source": ""}).status_code == 200
    assert Assignment.objects.in_force().filter(task=task).exists()
    assert client_of(world.chi).post(url, {"source": "CV 9"}).status_code == 302
    assert not Assignment.objects.in_force().filter(task=task).exists()


def test_a_deadline_without_its_day_or_reason_keeps_what_was_typed(
    world: World, task: Task, client_of: ClientOf
) -> None:
    data = {"kind": "moment", "due_on": "", "raw": "Quý III", "reason": "", "source": "CV 7"}
    answer = client_of(world.chi).post(page_of(task, "task-deadline"), data)
    assert set(answer.context["form"].errors) == {"due_on", "reason"}
    assert "CV 7" in answer.content.decode()
    assert task.deadline_lines.count() == 1


def test_a_head_may_not_charge_a_person_of_another_unit(world: World, task: Task, client_of: ClientOf) -> None:
    answer = client_of(world.binh).post(page_of(task, "task-officer"), {"user": "dung"})
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_the_csv_holds_the_filtered_list_and_no_formula(world: World, plan: Plan, client_of: ClientOf) -> None:
    make_task(plan, by=world.chi, lead=world.unit_a, head=world.binh, title="=HYPERLINK(1)", product="-2+3")
    make_task(plan, by=world.chi, lead=world.unit_b, title="Việc khác")
    text = body(client_of(world.chi), reverse("plans:task-export") + "?unit=so-xay-dung")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["Nhiệm vụ"] for row in rows] == ["'=HYPERLINK(1)"]
    assert rows[0]["Sản phẩm"] == "'-2+3"
    assert rows[0]["Cơ quan chủ trì"] == "Sở Xây dựng"
    assert rows[0]["Người đứng đầu chịu trách nhiệm"] == "Lò Thị Bình"
    assert rows[0]["Thời hạn"] == "2026-12-31"


def test_plan_detail_is_a_tree_with_tasks_one_may_see(
    world: World, task: Task, plan: Plan, client_of: ClientOf
) -> None:
    url = reverse("plans:plan-detail", args=[plan.code])
    assert page_of(task) in body(client_of(world.an), url)
    assert page_of(task) not in body(client_of(world.dung), url)
    assert client_of(world.an).get(url, {"ban": "7"}).context["version"].number == 1
    assert client_of(world.an).get(reverse("plans:plan-detail", args=["khong-co"])).status_code == 404


def test_a_task_nobody_leads_any_more_says_since_when_and_what_to_do(
    world: World, task: Task, client_of: ClientOf
) -> None:
    chi, listed = client_of(world.chi), f"{reverse('plans:task-list')}?concern=unanswered"
    Unit.objects.filter(pk=world.unit_a.pk).update(valid_to=date(2026, 3, 1))
    for address in (listed, reverse("plans:task-detail", args=[task.code])):
        assert "kết thúc từ 01/03/2026, chưa có đơn vị tiếp nhận" in chi.get(address).content.decode()
    assert reverse("orgs:change-list") in chi.get(listed).content.decode()
    make_succession(world.unit_a, world.unit_b, effective_on=date(2026, 3, 1))
    page = chi.get(reverse("plans:task-detail", args=[task.code])).content.decode()
    assert "chưa có đơn vị tiếp nhận" not in page
