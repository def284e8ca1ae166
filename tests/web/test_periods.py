"""Pages about periods: the year's list, schedules, one set or changed, one report opened again, the programme."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import NOON, World, make_duty, make_entry, make_period, make_submission, make_task, make_unit
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.orgs.models import UnitKind
from tiendo.plans.models import Plan, Task
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Entry, Period, ProgrammeEntry, Reopening, Schedule

ClientOf = Callable[[User], Client]


def url(name: str, *args: object, **asked: object) -> str:
    found = reverse(f"reporting:{name}", args=args)
    return f"{found}?{'&'.join(f'{key}={value}' for key, value in asked.items())}" if asked else found


def shown(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


# The list


@time_machine.travel(NOON)
def test_period_list_shows_one_year_with_clear_states(world: World, plan: Plan, client_of: ClientOf) -> None:
    now = timezone.now()
    this_year = timezone.localdate(now).year
    make_period(plan, "Đang mở", due_at=now + timedelta(days=1))
    make_period(plan, "Chờ mở", opened_at=None, due_at=now + timedelta(days=1))
    make_period(plan, "Đã khóa", due_at=now - timedelta(days=1), closed_at=now)
    make_period(plan, "Quá hạn", due_at=now - timedelta(hours=1))
    make_period(plan, "Năm trước", opens_at=now - timedelta(days=900), due_at=now - timedelta(days=800))
    for page in (
        shown(client_of(world.an), url("period-list")),
        shown(client_of(world.an), url("period-list", nam="x")),
    ):
        for words in ("Đang mở", "Chưa đến kỳ", "Đã khóa", "Đã qua hạn nộp"):
            assert words in page
        assert "Năm trước" not in page
        assert f"nam={this_year}" in page
    before = (now - timedelta(days=801)).year
    assert "Năm trước" in shown(client_of(world.an), url("period-list", nam=before))


def test_period_list_asks_as_much_for_one_period_as_for_three(world: World, plan: Plan, client_of: ClientOf) -> None:
    client, counts = client_of(world.chi), []
    for number in (1, 2):
        for _each in range(number):
            make_duty(make_period(plan, due_at=timezone.now() + timedelta(days=1)), world.unit_a)
        counts.append(queries_of(client, url("period-list")))
    assert counts[0] == counts[1]


# One period


TYPED = {
    "name": "Quý I năm 2027",
    "data_from": "2027-01-01",
    "data_to": "2027-04-01",
    "opens_on": "2027-03-15",
    "last_good_day": "2027-04-09",
    "due_text": "trước ngày 10/4",
}


def test_period_create_takes_levels_units_and_the_estimate(world: World, plan: Plan, client_of: ClientOf) -> None:
    make_unit("xa-1", "Xã Một", kind=UnitKind.COMMUNE)
    more = {"plan": plan.pk, "day_commune": "2027-04-07", "asks_estimate": "on", "only_units": ["xa-1", "so-y-te"]}
    client_of(world.chi).post(url("period-create"), TYPED | more)
    period = Period.objects.get()
    assert period.asks_estimate
    assert {unit.code for unit in period.only_units.all()} == {"xa-1", "so-y-te"}
    opened = actions.open_period(period=period, by=world.chi, at=timezone.now())
    assert {duty.unit.code: str(duty.last_good_day) for duty in opened.duties.all()} == {
        "xa-1": "2027-04-07",
        "so-y-te": "2027-04-09",
    }


@pytest.mark.parametrize(("changed", "words"), [({"day_commune": "2027-03-01"}, "phải sau ngày mở")])
def test_period_create_says_what_is_wrong_with_a_level(
    world: World, plan: Plan, changed: dict[str, str], words: str, client_of: ClientOf
) -> None:
    make_unit("xa-1", "Xã Một", kind=UnitKind.COMMUNE)
    page = client_of(world.chi).post(url("period-create"), TYPED | {"plan": plan.pk} | changed)
    assert words in page.content.decode()
    assert not Period.objects.exists()


def test_period_edit_shows_what_stands_and_changes_it_until_it_opens(
    world: World, plan: Plan, client_of: ClientOf
) -> None:
    make_unit("xa-1", "Xã Một", kind=UnitKind.COMMUNE)
    chi = client_of(world.chi)
    chi.post(url("period-create"), TYPED | {"plan": plan.pk, "day_commune": "2027-04-07"})
    period = Period.objects.get()
    initial = chi.get(url("period-edit", period.pk)).context["form"].initial
    assert (initial["opens_on"], initial["last_good_day"]) == (date(2027, 3, 15), date(2027, 4, 9))
    assert initial["day_commune"] == date(2027, 4, 7)
    chi.post(url("period-edit", period.pk), TYPED | {"plan": plan.pk, "last_good_day": "2027-04-12"})
    period.refresh_from_db()
    assert str(period.last_good_day) == "2027-04-12"
    assert not period.deadlines.exists()
    actions.open_period(period=period, by=world.chi, at=timezone.now())
    page = chi.post(url("period-edit", period.pk), TYPED | {"plan": plan.pk, "name": "Khác"}, follow=True)
    assert "Kỳ đã mở nên không đổi được nữa" in page.content.decode()
    period.refresh_from_db()
    assert period.name == "Quý I năm 2027"


def test_period_edit_keeps_names_apart(world: World, plan: Plan, client_of: ClientOf) -> None:
    make_period(plan, "Kỳ đã có")
    period = make_period(plan, "Kỳ mới", opened_at=None)
    page = client_of(world.chi).post(url("period-edit", period.pk), TYPED | {"plan": plan.pk, "name": "Kỳ đã có"})
    assert "cùng tên" in page.content.decode()


# Schedules


def schedule_typed(plan: Plan, **changed: object) -> dict[str, object]:
    today = timezone.localdate()
    given = {"plan": plan.pk, "template": "quarter", "started_on": str(today), "commune_days": "-2"}
    return given | changed


def test_schedule_start_shows_the_year_before_anything_is_kept(world: World, plan: Plan, client_of: ClientOf) -> None:
    page = client_of(world.chi).get(
        url("schedule-start"), schedule_typed(plan, started_on="2027-01-04", template="plan")
    )
    rows = page.context["rows"]
    assert [row.coming.name for row in rows] == ["6 tháng đầu năm 2027", "6 tháng cuối năm 2027"]
    assert [row.is_due_off for row in rows] == [False, False]
    later = client_of(world.chi).get(
        url("schedule-start"), schedule_typed(plan, started_on="2026-01-04", template="plan")
    )
    assert [row.is_due_off for row in later.context["rows"]] == [True, False]  # 14 June 2026 is a Sunday
    assert "không phải ngày làm việc" in later.content.decode()
    assert not Schedule.objects.exists()
    assert not Event.objects.exists()


def test_schedule_start_and_end(world: World, plan: Plan, client_of: ClientOf) -> None:
    chi = client_of(world.chi)
    assert chi.post(url("schedule-start"), schedule_typed(plan)).status_code == 302
    schedule = Schedule.objects.get()
    assert schedule.periods.count() >= 1
    page = shown(client_of(world.an), url("schedule-list"))
    assert "Quý" in page
    assert "Thôi áp dụng" not in page
    assert "sớm hơn hạn chung 2 ngày làm việc" in page
    chi.post(url("schedule-end", schedule.pk))
    schedule.refresh_from_db()
    assert schedule.ended_at is not None
    assert "Đã thôi áp dụng" in shown(chi, url("schedule-list"))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"started_on": "2020-01-01"}, "từ hôm nay trở đi"),
        ({"commune_days": "-99"}, "lớn hơn hoặc bằng"),
        ({"template": "week"}, "Hãy chọn"),
    ],
)
def test_schedule_start_says_what_is_wrong(
    world: World, plan: Plan, changed: dict[str, str], words: str, client_of: ClientOf
) -> None:
    page = client_of(world.chi).post(url("schedule-start"), schedule_typed(plan, **changed))
    assert page.context["form"].errors
    assert not Schedule.objects.exists()


def test_schedule_list_asks_as_much_for_one_as_for_three(world: World, plan: Plan, client_of: ClientOf) -> None:
    chi, counts = client_of(world.chi), []
    for templates in (["month"], ["quarter", "year"]):
        for template in templates:
            chi.post(url("schedule-start"), schedule_typed(plan, template=template))
        counts.append(queries_of(chi, url("schedule-list")))
    assert counts[0] == counts[1]


# One report opened again


@pytest.fixture
def closed(world: World, plan: Plan) -> Entry:
    """An accepted entry of unit A in a period that was closed."""
    period, task = make_period(plan), make_task(plan, by=world.chi, lead=world.unit_a)
    entry = make_entry(make_duty(period, world.unit_a), task, saved_by=world.an)
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    actions.close_period(period=period, by=world.chi, at=timezone.now())
    return entry


def reopen_typed(task: Task | None) -> dict[str, object]:
    day = timezone.localdate() + timedelta(days=3)
    return {"task": task.pk if task else "", "last_day": str(day), "reason": "Sai số trạm"}


def test_duty_reopen_opens_one_item_and_the_pages_say_so(world: World, closed: Entry, client_of: ClientOf) -> None:
    chi, an = client_of(world.chi), client_of(world.an)
    assert chi.post(url("duty-reopen", closed.duty_id), reopen_typed(closed.task)).status_code == 302
    row = Reopening.objects.get()
    assert (row.task, row.reason) == (closed.task, "Sai số trạm")
    for address in (url("reopening-list"), url("period-detail", closed.duty.period_id)):
        assert closed.task.code in shown(an, address)
        assert "Sai số trạm" in shown(chi, address)
    assert "Khóa lại ngay" not in shown(an, url("reopening-list"))
    assert url("entry-edit", closed.duty_id, closed.task.code) in shown(an, url("duty-detail", closed.duty_id))
    chi.post(url("reopening-end", row.pk))
    assert "Không có báo cáo nào" in shown(an, url("reopening-list"))


def test_another_unit_sees_nothing_of_a_reopening(world: World, closed: Entry, client_of: ClientOf) -> None:
    client_of(world.chi).post(url("duty-reopen", closed.duty_id), reopen_typed(None))
    dung = client_of(world.dung)
    assert closed.task.code not in shown(dung, url("reopening-list"))
    assert "Sai số trạm" not in shown(dung, url("period-detail", closed.duty.period_id))
    assert dung.get(url("duty-reopen", closed.duty_id)).status_code == 404
    assert dung.post(url("reopening-end", Reopening.objects.get().pk)).status_code == 404


@pytest.mark.parametrize("changed", [{"reason": ""}, {"last_day": "2020-01-01"}, {"task": "999999"}, {"last_day": ""}])
def test_duty_reopen_says_what_is_wrong(
    world: World, closed: Entry, changed: dict[str, str], client_of: ClientOf
) -> None:
    page = client_of(world.chi).post(url("duty-reopen", closed.duty_id), reopen_typed(closed.task) | changed)
    assert page.context["form"].errors
    assert not Reopening.objects.exists()


def test_a_correction_stands_beside_the_closed_period(world: World, closed: Entry, client_of: ClientOf) -> None:
    chi = client_of(world.chi)
    chi.post(url("duty-reopen", closed.duty_id), reopen_typed(closed.task))
    an = client_of(world.an)
    closed.refresh_from_db()
    values = {"state": "in_progress", "percent": "55", "result": "Thêm 3 xã.", "version": closed.revision}
    an.post(url("entry-edit", closed.duty_id, closed.task.code), values)
    client_of(world.binh).post(url("duty-send", closed.duty_id))
    actions.accept_entry(entry=closed, by=world.chi, at=timezone.now())
    page = shown(an, url("period-detail", closed.duty.period_id))
    assert "40\N{NO-BREAK SPACE}%" in page
    assert "55\N{NO-BREAK SPACE}%" in page
    assert "Thêm 3 xã." in page
    other = shown(client_of(world.dung), url("period-detail", closed.duty.period_id))
    assert "Thêm 3 xã." not in other
    issued = actions.issue_report(period=closed.duty.period, by=world.chi, at=timezone.now(), confirmed=True)
    beside = shown(chi, url("report-detail", issued.pk))
    assert "Thêm 3 xã." in beside
    assert "Báo cáo tổng hợp giữ số liệu lúc khóa" in beside


# The programme


def programme_typed(plan: Plan, **changed: object) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "plan": plan.pk,
        "title": "Nghe tình hình chuyển đổi số",
        "held_on": str(today + timedelta(days=9)),
        "report_due_on": str(today + timedelta(days=5)),
        "document": "10-CTr/TU",
        "units": ["so-xay-dung"],
    } | changed


def programme_page() -> str:
    return url("programme-list", nam=(timezone.localdate() + timedelta(days=9)).year)


def test_programme_add_asks_the_units_and_cancel_ends_it(world: World, plan: Plan, client_of: ClientOf) -> None:
    chi = client_of(world.chi)
    assert chi.post(url("programme-add"), programme_typed(plan)).status_code == 302
    entry = ProgrammeEntry.objects.get()
    assert [duty.unit for duty in Duty.objects.all()] == [world.unit_a]
    assert "Nghe tình hình" in shown(client_of(world.an), url("my-work"))
    page = shown(client_of(world.an), programme_page())
    assert "10-CTr/TU" in page
    assert "Hủy mục này" not in page
    chi.post(url("programme-cancel", entry.pk), {"reason": ""})
    entry.refresh_from_db()
    assert entry.cancelled_at is None
    chi.post(url("programme-cancel", entry.pk), {"reason": "Hoãn họp"})
    page = shown(client_of(world.an), programme_page())
    assert "Đã hủy" in page
    assert "Hoãn họp" in page


@pytest.mark.parametrize("changed", [{"report_due_on": "2099-01-01"}, {"report_due_on": "2020-01-01"}, {"units": []}])
def test_programme_add_says_what_is_wrong(
    world: World, plan: Plan, changed: dict[str, object], client_of: ClientOf
) -> None:
    page = client_of(world.chi).post(url("programme-add"), programme_typed(plan, **changed))
    assert list(page.context["form"].errors) == list(changed)
    assert not ProgrammeEntry.objects.exists()


def test_programme_list_asks_as_much_for_one_as_for_three(world: World, plan: Plan, client_of: ClientOf) -> None:
    chi, counts = client_of(world.chi), []
    for number in (1, 2):
        for each in range(number):
            chi.post(url("programme-add"), programme_typed(plan, title=f"Mục {number}.{each}"))
        counts.append(queries_of(chi, programme_page()))
    assert counts[0] == counts[1]


def test_a_year_nobody_means_is_this_year(world: World, client_of: ClientOf) -> None:
    for year in ("9999999999", "-1", "x", "٢٠٢٦"):
        assert client_of(world.an).get(url("programme-list", nam=year)).status_code == 200
