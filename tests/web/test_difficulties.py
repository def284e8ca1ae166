"""The register of difficulties, the page of one, what is typed, and who sees what of it."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.factories import NOON, World, make_duty, make_entry, make_period, make_submission, make_task, make_user
from tests.factories.following import make_follow_up
from tests.factories.obstacles import TITLE, bring_to, make_difficulty, make_obstacle
from tiendo.accounts.models import Role, User
from tiendo.oversight.bottlenecks import bottlenecks
from tiendo.oversight.difficulty_queries import lines, way_of
from tiendo.oversight.models import Difficulty, FollowUp
from tiendo.oversight.recurring import recurring_obstacles
from tiendo.plans.models import Plan, Task
from tiendo.ui.formats import number_text

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
LIST = "oversight:difficulty-list"


def page(browser: Client, name: str, *args: Any, **asked: str) -> str:
    response = browser.get(reverse(name, args=args), asked)
    assert response.status_code == 200
    return response.content.decode()


def test_a_unit_registers_and_its_head_sends(client_of: Browser, world: World, plan: Plan, task: Task) -> None:
    typed = {"plan": plan.code, "unit": world.unit_a.code, "kind": "money", "cause_kind": "objective"}
    words = {"title": TITLE, "cause": "", "measure": "Bổ sung kinh phí", "tasks": [task.code]}
    client_of(world.an).post(reverse("oversight:difficulty-add"), typed | words)
    made = Difficulty.objects.get()
    assert (made.title, made.tasks.get(), made.written_by) == (TITLE, task, world.an)
    assert "Gửi cơ quan đầu mối" not in page(client_of(world.an), "oversight:difficulty-detail", made.pk)
    assert "Gửi cơ quan đầu mối" in page(client_of(world.binh), "oversight:difficulty-detail", made.pk)
    response = client_of(world.binh).post(reverse("oversight:difficulty-send", args=[made.pk]), follow=True)
    assert "Đã gửi cơ quan đầu mối" in response.content.decode()
    assert TITLE in page(client_of(world.chi), LIST, xem="cho")
    assert client_of(world.dung).get(reverse("oversight:difficulty-detail", args=[made.pk])).status_code == 404
    assert TITLE not in page(client_of(world.dung), LIST, xem="het")


def reported(plan: Plan, task: Task, world: World) -> Any:
    entry = make_entry(make_duty(make_period(plan), world.unit_a), task, saved_by=world.an, difficulty="Chưa có đất")
    return make_submission(entry, by=world.binh, accepted_by=world.chi)


def test_what_a_report_told_fills_the_form(client_of: Browser, world: World, plan: Plan, task: Task) -> None:
    told = reported(plan, task, world)
    for person in (world.an, world.chi):
        assert "Chưa có đất" in page(client_of(person), "oversight:difficulty-told")
    assert "Chưa có đất" not in page(client_of(world.dung), "oversight:difficulty-told")
    an, address = client_of(world.an), f"{reverse('oversight:difficulty-add')}?bao_cao={told.pk}"
    form = an.get(address).content.decode()
    assert "Chưa có đất" in form
    assert f"?bao_cao={told.pk}" in page(an, "plans:task-detail", task.code)
    typed = {"plan": plan.code, "unit": world.unit_a.code, "kind": "land", "cause_kind": "objective"}
    an.post(address, typed | {"title": "Chưa có đất", "measure": "Giao đất", "tasks": [task.code]})
    assert Difficulty.objects.get().submission == told
    assert "Chưa có đất" not in page(an, "oversight:difficulty-told")
    assert "Chưa có đất" in page(an, "plans:task-detail", task.code)
    assert client_of(world.dung).get(address).status_code == 404


def test_what_is_still_being_written_fills_the_form_too(
    client_of: Browser, world: World, plan: Plan, task: Task
) -> None:
    entry = make_entry(make_duty(make_period(plan), world.unit_a), task, saved_by=world.an, difficulty="Chưa có đất")
    asked = {"soan": str(entry.pk)}
    assert "Chưa có đất" in page(client_of(world.an), "oversight:difficulty-add", **asked)
    assert client_of(world.dung).get(reverse("oversight:difficulty-add"), asked).status_code == 404
    link = f"?soan={entry.pk}"
    assert link in page(client_of(world.an), "reporting:entry-edit", entry.duty_id, task.code)


def test_a_refused_form_keeps_what_was_typed(client_of: Browser, world: World, plan: Plan, task: Task) -> None:
    sent = make_obstacle("sent", plan, task, world)
    chi, address = client_of(world.chi), reverse("oversight:difficulty-forward", args=[sent.pk])
    asked = {"authority": "ubnd-tinh", "reply_due_on": "2020-01-01", "note": "Lời của đầu mối"}
    body = chi.post(address, asked).content.decode()
    assert "Hạn trả lời không được là ngày đã qua" in body
    assert "Lời của đầu mối" in body
    assert Difficulty.objects.get(pk=sent.pk).state == "sent"


def test_a_decision_with_half_of_a_thing_to_do_is_asked_for_the_rest(
    client_of: Browser, world: World, plan: Plan, task: Task
) -> None:
    address = reverse("oversight:difficulty-decide", args=[make_obstacle("sent", plan, task, world).pk])
    typed = {"decision": "Đồng ý", "number": "1/QĐ", "text": "Bố trí kinh phí"}
    assert "ghi đủ đơn vị" in client_of(world.chi).post(address, typed).content.decode()
    due = (timezone.localdate() + timedelta(days=9)).isoformat()
    client_of(world.chi).post(address, typed | {"unit": world.unit_b.code, "due_on": due})
    assert FollowUp.objects.get().unit == world.unit_b


def test_an_act_that_is_over_leads_back_with_a_sentence(
    client_of: Browser, world: World, plan: Plan, task: Task
) -> None:
    removed = make_obstacle("removed", plan, task, world)
    response = client_of(world.binh).get(reverse("oversight:difficulty-withdraw", args=[removed.pk]), follow=True)
    assert "Không thể rút lại" in response.content.decode()


def test_the_way_is_told_with_its_days(client_of: Browser, world: World, plan: Plan, task: Task) -> None:
    body = page(client_of(world.binh), "oversight:difficulty-detail", make_obstacle("decided", plan, task, world).pk)
    for words in ("Đường đi", "cơ quan đầu mối", "UBND tỉnh", "120/QĐ-UBND", "ngày làm việc từ khi gửi"):
        assert words.lower() in body.lower()


FILTERS = [
    ({"loai": "money"}, True),
    ({"loai": "land"}, False),
    ({"o": "authority"}, True),
    ({"o": "unit"}, False),
    ({"xem": "qua_han"}, True),
    ({"q": "SO HOA ho so"}, True),
    ({"q": "đường sá"}, False),
    ({"don_vi": "so-xay-dung"}, True),
    ({"co_quan": "ubnd-tinh"}, True),
    ({"co_quan": "khong-co"}, True),
    ({"ke_hoach": "kh-57"}, True),
]


def test_the_unit_reads_what_others_do_about_it(client_of: Browser, world: World, plan: Plan, task: Task) -> None:
    """Asked of unit B because of unit A's difficulty: A reads it, and B's own page of it stays B's."""
    decided = make_obstacle("decided", plan, task, world)
    item = make_follow_up(plan, world.unit_b, by=world.chi, difficulty=decided, text="Bố trí kinh phí quý III")
    link = reverse("oversight:follow-up-detail", args=[item.pk])
    for person, opens in ((world.binh, False), (world.chi, True)):
        body = page(client_of(person), "oversight:difficulty-detail", decided.pk)
        assert "Bố trí kinh phí quý III" in body
        assert (link in body) is opens


def test_an_answer_that_came_late_is_not_late_any_more(
    client_of: Browser, world: World, plan: Plan, task: Task
) -> None:
    body = page(client_of(world.chi), "oversight:difficulty-detail", make_obstacle("forwarded", plan, task, world).pk)
    assert "Quá hạn trả lời" in body
    body = page(client_of(world.chi), "oversight:difficulty-detail", make_obstacle("decided", plan, task, world).pk)
    assert "Quá hạn trả lời" not in body


@pytest.mark.parametrize(("asked", "found"), FILTERS)
def test_the_register_is_narrowed(
    asked: dict[str, str], found: bool, client_of: Browser, world: World, task: Task
) -> None:
    """The answer was due in July 2026 and the pages ask the machine's clock: it is late by now."""
    make_obstacle("forwarded", task.plan, task, world)
    asked = {name: value.replace("kh-57", task.plan.code) for name, value in asked.items()}
    assert (TITLE in page(client_of(world.chi), LIST, **asked)) is found


def test_the_workbook_holds_what_the_filters_ask_for(client_of: Browser, world: World, task: Task) -> None:
    make_obstacle("forwarded", task.plan, task, world)
    make_obstacle("removed", task.plan, task, world)
    for asked, rows in (({}, 1), ({"xem": "het"}, 2)):
        response = client_of(world.binh).get(reverse("oversight:difficulty-export"), asked)
        cells = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
        assert [row[0] for row in cells].count(TITLE) == rows
    assert any(task.code in row for row in cells)


@pytest.mark.parametrize("name", [LIST, "oversight:difficulty-recurring", "oversight:bottleneck-list"])
def test_pages_ask_as_much_for_three_as_for_one(name: str, client_of: Browser, world: World, task: Task) -> None:
    counts = []
    chi = client_of(world.chi)
    for number in (1, 2):
        for _each in range(number):
            make_obstacle("forwarded", task.plan, task, world)
        page(chi, name)
        with CaptureQueriesContext(connection) as queries:
            page(chi, name)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def in_both_units(plan: Plan, task: Task, world: World) -> Task:
    other = make_task(plan, by=world.chi, lead=world.unit_b)
    head = make_user("truong-b", world.unit_b, Role.HEAD)
    make_obstacle("sent", plan, task, world)
    words = {"title": TITLE.replace("Thiếu", "Chưa có"), "tasks": [other]}
    at = NOON + timedelta(days=1)
    bring_to("sent", make_difficulty(plan, world.unit_b, by=world.dung, at=at, **words), world, head=head, at=at)
    return other


def test_the_same_obstacle_in_two_units_is_found(client_of: Browser, world: World, plan: Plan, task: Task) -> None:
    in_both_units(plan, task, world)
    make_obstacle("sent", plan, task, world, title="Đường truyền số liệu ở xã vùng cao hay mất", cause="")
    (group,) = recurring_obstacles(world.chi, at=NOON + timedelta(days=2))
    assert [member.obstacle.unit for member in group.members] == [world.unit_a, world.unit_b]
    assert group.members[0].alike == 100 > group.members[1].alike >= 72
    assert (group.task_count, group.oldest_age) == (2, 2)
    assert recurring_obstacles(world.dung, at=NOON) == []
    body = page(client_of(world.chi), "oversight:difficulty-recurring")
    assert "Chưa có kinh phí" in body
    assert "Đường truyền" not in body


def test_told_in_a_report_and_registered_elsewhere_is_the_same_obstacle(world: World, plan: Plan, task: Task) -> None:
    other = make_task(plan, by=world.chi, lead=world.unit_b)
    entry = make_entry(make_duty(make_period(plan), world.unit_b), other, saved_by=world.dung, difficulty=TITLE)
    make_submission(entry, by=world.dung, accepted_by=world.chi)
    make_obstacle("sent", plan, task, world, cause="")
    (group,) = recurring_obstacles(world.chi, at=NOON)
    assert {member.obstacle.difficulty is None for member in group.members} == {True, False}


def test_the_days_of_one_difficulty_read_the_same_on_every_page(
    client_of: Browser, world: World, plan: Plan, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = make_obstacle("forwarded", plan, task, world)
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(days=7, hours=18))
    chi, at = client_of(world.chi), timezone.now()
    (line,) = lines([sent], at=at)
    here, whole = number_text(line.days_here, 1), number_text(line.days_in_all, 1)
    way = way_of(sent, at=at)
    assert (line.days_here, line.days_in_all) == (way.steps[-1].days.raw, way.whole.raw)
    assert here.endswith(",7")
    listed = page(chi, LIST)
    assert f"{here} ở đây" in listed
    assert f"{whole} từ khi gửi" in listed
    own = page(chi, "oversight:difficulty-detail", sent.pk)
    assert f"{here} ngày làm việc" in own
    assert f"Cả đường đi: {whole} ngày làm việc" in own
    piles = page(chi, "oversight:bottleneck-list")
    for age in (here, here, whole):
        assert f'data-label="Lâu nhất">{age}</td>' in piles
        piles = piles.replace(f'data-label="Lâu nhất">{age}</td>', "", 1)


def test_bottlenecks_count_tasks_and_say_whose_desk(world: World, plan: Plan, task: Task) -> None:
    other = in_both_units(plan, task, world)
    make_obstacle("forwarded", plan, task, world, kind="land")
    Task.objects.filter(pk__in=[task.pk, other.pk]).update(followed_from=date(2026, 1, 5))
    found = bottlenecks(world.chi, at=NOON + timedelta(days=7))
    assert [(pile.key, pile.tasks, pile.difficulties) for pile in found.causes] == [("money", 2, 2), ("land", 1, 1)]
    assert [(pile.key, pile.tasks, number_text(pile.age, 1)) for pile in found.authorities] == [("ubnd-tinh", 1, "4,9")]
    assert [(pile.key, pile.tasks) for pile in found.desks] == [("coordinator", 2), ("authority", 1)]
    assert {lead.unit: lead.tasks for lead in found.leads} == {world.unit_a: 1, world.unit_b: 1}
    assert {row.task for row in found.stale} == {task, other}
    assert found.stale[0].age > 100
    own = bottlenecks(world.dung, at=NOON + timedelta(days=7), plan=plan)
    assert ([row.task for row in own.stale], own.authorities, own.causes[0].tasks) == ([other], [], 1)


def test_the_bottleneck_page_opens_each_list(client_of: Browser, world: World, task: Task) -> None:
    make_obstacle("forwarded", task.plan, task, world)
    chi = client_of(world.chi)
    body = page(chi, "oversight:bottleneck-list", ke_hoach=task.plan.code)
    for link in ("?o=authority", "?co_quan=ubnd-tinh", "?loai=money"):
        assert link in body
    assert chi.get(reverse("oversight:bottleneck-list"), {"ke_hoach": "khong-co"}).status_code == 404


def test_the_overview_says_whose_answer_is_late(client_of: Browser, world: World, task: Task) -> None:
    make_obstacle("forwarded", task.plan, task, world)
    leader = client_of(world.decision_maker)
    body = page(leader, "plans:overview")
    assert "Khó khăn quá hạn trả lời" in body
    assert TITLE in body
    assert TITLE not in page(client_of(world.dung), "plans:overview")


def test_the_paper_of_the_decision_is_kept(client_of: Browser, world: World, plan: Plan, task: Task) -> None:
    sent = make_obstacle("sent", plan, task, world)
    paper = SimpleUploadedFile("qd.pdf", b"%PDF-1.4\n%%EOF\n")
    typed = {"decision": "Đồng ý", "number": "15/QĐ-SKHCN", "file": paper}
    client_of(world.chi).post(reverse("oversight:difficulty-decide", args=[sent.pk]), typed)
    address = reverse("oversight:difficulty-file", args=[sent.pk])
    assert client_of(world.binh).get(address).content.startswith(b"%PDF")
    assert client_of(world.dung).get(address).status_code == 404


def test_a_decision_confirms_an_objective_cause_on_the_page(
    client_of: Browser, world: World, plan: Plan, task: Task
) -> None:
    found = make_obstacle("sent", plan, task, world)
    coordinator, typed = client_of(world.chi), {"decision": "Do mưa lũ kéo dài", "number": "15/QĐ-UBND"}
    where = reverse("oversight:difficulty-decide", args=[found.pk])
    page = coordinator.post(where, {**typed, "excuses": "on"}, follow=True).content.decode()
    assert "Đã xác nhận nguyên nhân khách quan" in page
    other = make_obstacle("sent", plan, task, world, cause_kind="subjective")
    shown = coordinator.get(reverse("oversight:difficulty-decide", args=[other.pk])).content.decode()
    assert "vì nguyên nhân khách quan" not in shown
