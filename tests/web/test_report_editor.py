"""The editor of one task: what it starts from, what it says, two people at once, evidence, and what it costs."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import World, make_duty, make_entry, make_period, make_submission, make_task
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.plans.models import Plan, Task
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Entry, Evidence, Period
from tiendo.reporting.rules import Values
from tiendo.web.reporting.editing import sealed, unsealed

ClientOf = Callable[[User], Client]
AJAX = {"headers": {"accept": "application/json"}}


@pytest.fixture
def now() -> datetime:
    """Pages read the clock, so these tests take place today."""
    return timezone.now()


@pytest.fixture
def period(plan: Plan, now: datetime) -> Period:
    opened, today = now - timedelta(days=10), timezone.localdate(now)
    window = {"opens_at": opened, "opened_at": opened, "due_at": now + timedelta(days=10)}
    return make_period(plan, data_from=today - timedelta(days=90), data_to=today + timedelta(days=1), **window)


@pytest.fixture
def last(world: World, plan: Plan, period: Period, task: Task, now: datetime) -> Entry:
    """What was accepted in the period before this one, of the same year."""
    days = {"data_from": period.data_from - timedelta(days=90), "data_to": period.data_from}
    earlier = make_period(
        plan, "Kỳ trước", due_at=now - timedelta(days=80), opens_at=now - timedelta(days=100), closed_at=now, **days
    )
    said = {"percent": 40, "difficulty": "Thiếu vốn đối ứng", "money_used": 500, "money_allocated": 9_000_000}
    entry = make_entry(make_duty(earlier, world.unit_a), task, saved_by=world.an, **said)
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    return entry


def url_of(name: str, duty: Duty, task: Task) -> str:
    return reverse(f"reporting:{name}", args=[duty.pk, task.code])


def form_in(client: Client, duty: Duty, task: Task) -> dict[str, str]:
    """What the browser would send of the page as it was opened."""
    form = client.get(url_of("entry-edit", duty, task)).context
    fields = {name: form["form"].text_of(name) for name in form["form"].fields}
    return fields | {"version": str(form["version"]), "base": form["base"]}


def autosave(client: Client, duty: Duty, task: Task, typed: dict[str, str]) -> Any:
    return client.post(url_of("entry-autosave", duty, task), typed)


# What it starts from


def test_the_editor_starts_from_what_is_known_and_asks_for_what_is_new(
    world: World, duty: Duty, task: Task, last: Entry, client_of: ClientOf
) -> None:
    form = form_in(client_of(world.an), duty, task)
    assert (form["percent"], form["difficulty"]) == ("40", "Thiếu vốn đối ứng")
    assert (form["result"], form["money_used"], form["completed_on"]) == ("", "", "")
    assert not Entry.objects.filter(duty=duty).exists()


def test_the_last_period_stands_beside_each_field(
    world: World, duty: Duty, task: Task, last: Entry, client_of: ClientOf
) -> None:
    page = client_of(world.an).get(url_of("entry-edit", duty, task)).content.decode()
    beside = re.findall(r'data-row="(\w+)"(?:(?!data-row).)*?entry-last', page, re.DOTALL)
    assert {"state", "percent", "result", "difficulty", "money_used", "money_allocated"} == set(beside)


def test_an_estimate_is_asked_only_where_the_period_asks(
    world: World, duty: Duty, task: Task, client_of: ClientOf
) -> None:
    client = client_of(world.an)
    assert "percent_estimate" not in form_in(client, duty, task)
    Period.objects.filter(pk=duty.period_id).update(asks_estimate=True)
    assert "percent_estimate" in form_in(client, duty, task)


@pytest.mark.parametrize("used", [None, 500])
def test_money_is_laid_open_only_when_the_task_has_some(
    world: World, duty: Duty, task: Task, used: int | None, client_of: ClientOf
) -> None:
    make_entry(duty, task, saved_by=world.an, money_used=used)
    page = client_of(world.an).get(url_of("entry-edit", duty, task)).content.decode()
    assert ('<details class="disclosure entry-money" open>' in page) is (used is not None)


def test_an_entry_not_begun_starts_from_an_overlapping_report(
    world: World, plan: Plan, period: Period, duty: Duty, task: Task, client_of: ClientOf
) -> None:
    days = {"data_from": period.data_from, "data_to": period.data_to}
    other = make_duty(make_period(plan, "Báo cáo quý", opened_at=period.opened_at, **days), world.unit_a)
    make_entry(other, task, saved_by=world.an, result="Đã lắp 6 trạm", status="accepted")
    client = client_of(world.an)
    assert form_in(client, duty, task)["result"] == "Đã lắp 6 trạm"
    assert (
        "Điền sẵn từ nội dung đơn vị đã nhập cho Báo cáo quý"
        in client.get(url_of("entry-edit", duty, task)).content.decode()
    )


def test_what_was_filled_says_where_from_and_the_source_says_where_to(
    world: World, plan: Plan, period: Period, duty: Duty, task: Task, client_of: ClientOf
) -> None:
    other = make_duty(make_period(plan, "Báo cáo quý", opened_at=period.opened_at), world.unit_a)
    client = client_of(world.an)
    autosave(client, duty, task, form_in(client, duty, task) | {"result": "Đã lắp 6 trạm"})
    filled = client.get(url_of("entry-edit", other, task)).content.decode()
    assert f"Lấy từ báo cáo {period}" in filled
    assert url_of("entry-edit", other, task) in client.get(url_of("entry-edit", duty, task)).content.decode()
    report = client.get(reverse("reporting:duty-detail", args=[other.pk])).content.decode()
    assert f"Lấy từ báo cáo {period} (nhiệm vụ {task.code}); chỉ cần xem lại." in report
    assert "Đã lắp 6 trạm" in report


def test_the_report_shows_what_was_allocated_and_what_is_estimated(
    world: World, duty: Duty, task: Task, client_of: ClientOf
) -> None:
    make_entry(duty, task, saved_by=world.an, money_allocated=9_000_000, percent_estimate=85)
    report = client_of(world.an).get(reverse("reporting:duty-detail", args=[duty.pk])).content.decode()
    assert "9.000.000" in report
    assert "Ước đến 31/12" in report


# Moving on


def test_the_editor_says_where_one_is_and_saves_towards_the_next(
    world: World, plan: Plan, duty: Duty, task: Task, client_of: ClientOf
) -> None:
    after = make_task(plan, by=world.chi, lead=world.unit_a)
    client = client_of(world.an)
    page = client.get(url_of("entry-edit", duty, task)).content.decode()
    assert "Nhiệm vụ <b>1</b>/2" in page
    answer = client.post(url_of("entry-edit", duty, task), {"result": "Xong", "version": "0", "next": "1"})
    assert answer["Location"] == url_of("entry-edit", duty, after)
    answer = client.post(url_of("entry-edit", duty, after), {"result": "Xong", "version": "0", "next": "1"})
    assert answer["Location"] == reverse("reporting:duty-detail", args=[duty.pk])


# What is said beside a field


def test_hints_say_what_is_missing_and_what_is_unusual(
    world: World, duty: Duty, task: Task, last: Entry, client_of: ClientOf
) -> None:
    client = client_of(world.an)
    typed = form_in(client, duty, task) | {"state": "in_progress", "percent": "10", "result": ""}
    reply = autosave(client, duty, task, typed).json()
    assert reply["hints"]["result"] == ["Hãy ghi kết quả đã làm được trong kỳ."]
    assert reply["hints"]["percent"] == ["Tỷ lệ giảm còn 10%, trước đó là 40%."]
    done = typed | {"state": "completed", "percent": "100", "version": "1", "base": reply["hold"]["base"]}
    hints = autosave(client, duty, task, done).json()["hints"]
    assert "Nhiệm vụ hoàn thành cần ngày hoàn thành." in hints["completed_on"]
    assert any("minh chứng" in sentence for sentence in hints["evidence"])


def test_a_page_nobody_wrote_on_blames_nobody(world: World, duty: Duty, task: Task, client_of: ClientOf) -> None:
    page = client_of(world.an).get(url_of("entry-edit", duty, task))
    assert page.context["hints"] == {}


def test_wrong_words_leave_the_stored_value_alone(world: World, duty: Duty, task: Task, client_of: ClientOf) -> None:
    client = client_of(world.an)
    autosave(client, duty, task, form_in(client, duty, task) | {"percent": "45"})
    reply = autosave(client, duty, task, form_in(client, duty, task) | {"percent": "bốn", "result": "Thêm"}).json()
    assert list(reply["fields"]) == ["percent"]
    assert (Entry.objects.get().percent, Entry.objects.get().result) == (Decimal(45), "Thêm")


# Two at once


def test_two_edits_at_once_one_wins_the_other_is_told_nothing_is_lost(
    world: World, duty: Duty, task: Task, client_of: ClientOf
) -> None:
    """Both have the page open; each changes the percentage, and one more field of their own."""
    an, binh = client_of(world.an), client_of(world.binh)
    make_entry(duty, task, saved_by=world.an)
    mine, theirs = form_in(an, duty, task), form_in(binh, duty, task)
    assert autosave(binh, duty, task, theirs | {"percent": "60", "difficulty": "Thiếu vốn"}).status_code == 200
    mine |= {"percent": "55", "result": "Đã khảo sát 9 xã."}
    told = autosave(an, duty, task, mine)
    assert told.status_code == 409
    reply = told.json()
    assert "Lò Thị Bình" in reply["message"]
    assert (reply["mine"], reply["theirs"]) == ({"percent": "55"}, {"percent": "60"})
    assert reply["taken"] == {"difficulty": "Thiếu vốn"}
    assert "choose-percent" in reply["panel"]
    assert (Entry.objects.get().percent, Entry.objects.get().revision) == (Decimal(60), 2)
    settled = mine | reply["taken"] | {"version": "2", "base": reply["hold"]["base"], "choose-percent": "theirs"}
    assert autosave(an, duty, task, settled).status_code == 200
    entry = Entry.objects.get()
    assert (entry.percent, entry.difficulty, entry.result) == (Decimal(60), "Thiếu vốn", "Đã khảo sát 9 xã.")


def test_what_only_one_changed_is_joined_and_said(world: World, duty: Duty, task: Task, client_of: ClientOf) -> None:
    an, binh = client_of(world.an), client_of(world.binh)
    mine, theirs = form_in(an, duty, task), form_in(binh, duty, task)
    autosave(binh, duty, task, theirs | {"difficulty": "Thiếu vốn"})
    reply = autosave(an, duty, task, mine | {"result": "Đã khảo sát 9 xã."}).json()
    assert reply["taken"] == {"difficulty": "Thiếu vốn"}
    assert "Đồng nghiệp vừa sửa: Khó khăn, vướng mắc" in reply["message"].replace("khó khăn", "Khó khăn")
    assert (Entry.objects.get().result, Entry.objects.get().difficulty) == ("Đã khảo sát 9 xã.", "Thiếu vốn")


def test_without_scripts_the_page_offers_both_sides_of_each_field(
    world: World, duty: Duty, task: Task, client_of: ClientOf
) -> None:
    an, binh, url = client_of(world.an), client_of(world.binh), url_of("entry-edit", duty, task)
    make_entry(duty, task, saved_by=world.an)
    mine, theirs = form_in(an, duty, task), form_in(binh, duty, task)
    binh.post(url, theirs | {"percent": "60", "difficulty": "Thiếu vốn"})
    told = an.post(url, mine | {"percent": "55", "result": "Đã khảo sát 9 xã."})
    assert [(choice.name, choice.mine, choice.theirs) for choice in told.context["choices"]] == [
        ("percent", "55", "60")
    ]
    page = told.content.decode()
    assert "Bản của Lò Thị Bình" in page
    again = {name: told.context["form"].text_of(name) for name in told.context["form"].fields}
    assert (again["percent"], again["difficulty"], again["result"]) == ("55", "Thiếu vốn", "Đã khảo sát 9 xã.")
    hidden = {"version": str(told.context["version"]), "base": told.context["base"]}
    assert an.post(url, again | hidden | {"choose-percent": "mine"}).status_code == 302
    entry = Entry.objects.get()
    assert (entry.percent, entry.difficulty, entry.result) == (Decimal(55), "Thiếu vốn", "Đã khảo sát 9 xã.")


def test_a_base_that_was_tampered_with_is_no_base(world: World) -> None:
    values = Values(percent=Decimal("45.5"), completed_on=date(2026, 6, 1), result="Đã lắp 6 trạm")
    assert unsealed(sealed(values)) == values
    assert unsealed(sealed(values)[:-1] + "_") is None
    assert unsealed("") is None


# Evidence


def upload(*names: str) -> dict[str, Any]:
    return {"file": [SimpleUploadedFile(name, f"Danh sách {name}".encode()) for name in names]}


def test_several_files_at_once_without_scripts(world: World, duty: Duty, task: Task, client_of: ClientOf) -> None:
    page = client_of(world.an).post(url_of("evidence-add", duty, task), upload("a.txt", "b.exe", "c.txt"), follow=True)
    assert [row.file_name for row in Evidence.objects.all()] == ["a.txt", "c.txt"]
    assert "b.exe:" in page.content.decode()


def test_a_dropped_file_is_answered_with_the_list_as_it_stands(
    world: World, duty: Duty, task: Task, client_of: ClientOf
) -> None:
    reply = client_of(world.an).post(url_of("evidence-add", duty, task), upload("a.txt"), **AJAX).json()
    assert reply["count"] == 1
    assert "a.txt" in reply["items"]


def test_a_dropped_file_that_is_refused_is_told_in_one_sentence(
    world: World, duty: Duty, task: Task, client_of: ClientOf
) -> None:
    answer = client_of(world.an).post(url_of("evidence-add", duty, task), upload("a.exe"), **AJAX)
    assert answer.status_code == 422
    assert answer.json()["message"].startswith("a.exe: ")
    assert not Evidence.objects.exists()
    assert not Event.objects.exists()


def test_a_document_carries_its_number_day_and_link(world: World, duty: Duty, task: Task, client_of: ClientOf) -> None:
    client = client_of(world.an)
    named = {"document_number": "15/BC-SXD", "document_date": "2026-06-25", "document_url": "vanban.vidu.test/15"}
    client.post(url_of("evidence-add", duty, task), named)
    assert Evidence.objects.get().document_url == "https://vanban.vidu.test/15"
    assert 'href="https://vanban.vidu.test/15"' in client.get(url_of("entry-edit", duty, task)).content.decode()


def test_own_people_are_told_in_the_page_why_nothing_can_be_added_now(
    world: World, duty: Duty, task: Task, now: datetime, client_of: ClientOf
) -> None:
    make_entry(duty, task, saved_by=world.an)
    actions.close_period(period=duty.period, by=world.chi, at=now)
    client = client_of(world.an)
    page = client.post(url_of("evidence-add", duty, task), upload("a.txt"), follow=True)
    assert "khóa số liệu" in page.content.decode()
    told = autosave(client, duty, task, {"result": "Thêm", "version": "1"})
    assert (told.status_code, "khóa số liệu" in told.json()["message"]) == (409, True)
    assert client_of(world.dung).post(url_of("evidence-add", duty, task), upload("a.txt")).status_code == 404
    assert client_of(world.chi).post(url_of("evidence-add", duty, task), upload("a.txt")).status_code == 403
    assert not Evidence.objects.exists()


# What it costs


def queries(act: Callable[[], Any]) -> int:
    """How often the database is asked, beginnings and ends of transactions aside."""
    with CaptureQueriesContext(connection) as taken:
        act()
    return sum("SAVEPOINT" not in query["sql"] for query in taken)


def test_the_editor_and_its_autosave_ask_the_database_seldom(
    world: World, plan: Plan, duty: Duty, task: Task, last: Entry, client_of: ClientOf
) -> None:
    client = client_of(world.an)
    typed = form_in(client, duty, task)
    autosave(client, duty, task, typed)
    opened, saved = [], []
    for number in range(2):
        typed = form_in(client, duty, task) | {"result": f"Đã lắp {number} trạm"}
        opened.append(queries(lambda: client.get(url_of("entry-edit", duty, task))))
        saved.append(queries(lambda typed=typed: autosave(client, duty, task, typed)))
        for _ in range(3):
            make_task(plan, by=world.chi, lead=world.unit_a)
    assert opened[0] == opened[1] <= 19
    assert saved[0] == saved[1] <= 14
