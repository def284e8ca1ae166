"""What a unit typed on a task that an amendment gave to another unit, or stopped, stays in its sight and is sent."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import NOON, World, make_document, make_duty, make_task, make_unit
from tiendo.accounts.models import User
from tiendo.plans.actions import drop_task
from tiendo.plans.actions.amending import amend_as_decided
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import WorkState
from tiendo.plans.structure import Charged, Due, NewTask
from tiendo.reporting.actions import save_draft, send_duty
from tiendo.reporting.handed import transferred
from tiendo.reporting.models import Duty, Entry
from tiendo.reporting.queries import tasks_to_report
from tiendo.reporting.rules import Values

ClientOf = Callable[[User], Client]
HALF = Values(state=WorkState.IN_PROGRESS, percent=Decimal(50), result="Đã lắp 6 trạm")
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def written(world: World, duty: Duty, task: Task) -> Entry:
    return save_draft(duty=duty, task=task, values=HALF, revision=0, by=world.an, at=NOON)


def transfer(task: Task, world: World) -> None:
    """To unit B, as a decided amendment does it."""
    lead = Charged(role="lead", unit_code=world.unit_b.code, printed=None)
    new = NewTask(
        item=task.item.path,
        title=task.title,
        description=task.description,
        due=Due("31/12/2026", "moment", date(2026, 12, 31)),
        charged=(lead,),
    )
    given = {"document": make_document("Sửa đổi"), "exact": True, "by": world.chi, "at": LATER}
    amend_as_decided(task=task, new=new, fields=["lead"], **given)


def page(client: Client, duty: Duty) -> str:
    return client.get(reverse("reporting:duty-detail", args=[duty.pk])).content.decode()


def test_the_old_unit_reads_and_sends_its_draft_of_a_transferred_task(
    world: World, duty: Duty, task: Task, written: Entry, client_of: ClientOf
) -> None:
    transfer(task, world)
    told = page(client_of(world.an), duty)
    assert "Đã lắp 6 trạm" in told
    assert f"Đã chuyển cho {world.unit_b} chủ trì" in told
    edit = client_of(world.an).get(reverse("reporting:entry-edit", args=[duty.pk, task.code]))
    assert "Đã lắp 6 trạm" in edit.content.decode()
    more = Values(state=WorkState.IN_PROGRESS, percent=Decimal(55), result="Đã lắp 7 trạm")
    save_draft(duty=duty, task=task, values=more, revision=1, by=world.an, at=LATER)
    send_duty(duty=duty, by=world.binh, at=LATER)
    assert written.submissions.get().result == "Đã lắp 7 trạm"


def test_the_new_unit_reports_for_itself_and_does_not_read_what_the_old_one_typed(
    world: World, duty: Duty, task: Task, written: Entry, client_of: ClientOf
) -> None:
    transfer(task, world)
    own = make_duty(duty.period, world.unit_b)
    assert list(tasks_to_report(own)) == [task]
    told = page(client_of(world.dung), own)
    assert task.title in told
    assert "Đã lắp 6 trạm" not in told
    assert "Đã chuyển cho" not in told


def test_the_old_unit_owes_nothing_on_a_transferred_task_it_has_not_begun(
    world: World, plan: Plan, duty: Duty, task: Task, written: Entry
) -> None:
    other = make_task(plan, by=world.chi, lead=world.unit_a, title="Chưa ai viết")
    Entry.objects.create(duty=duty, task=other)
    transfer(other, world)
    assert list(tasks_to_report(duty)) == [task]


def test_a_draft_of_a_dropped_task_says_so_and_is_sent(
    world: World, duty: Duty, task: Task, written: Entry, client_of: ClientOf
) -> None:
    drop_task(task=task, reason="Việc khác thay", document=make_document("Sửa đổi"), by=world.chi, at=LATER)
    told = page(client_of(world.an), duty)
    assert "Đã lắp 6 trạm" in told
    assert "đã thôi thực hiện theo quyết định" in told
    send_duty(duty=duty, by=world.binh, at=LATER)
    task.refresh_from_db()
    assert (written.submissions.count(), task.state) == (1, WorkState.CANCELLED)


def test_the_page_asks_as_often_for_three_transferred_tasks_as_for_one(
    world: World, plan: Plan, duty: Duty, task: Task, written: Entry, client_of: ClientOf
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client_of(world.an), duty)
        return len(queries)

    transfer(task, world)
    page(client_of(world.an), duty)
    one = asked()
    for number in range(2):
        more = make_task(plan, by=world.chi, lead=world.unit_a, title=f"Việc {number}")
        save_draft(duty=duty, task=more, values=HALF, revision=0, by=world.an, at=NOON)
        transfer(more, world)
    assert asked() == one


def test_only_another_lead_is_a_transfer(world: World, duty: Duty, task: Task, written: Entry) -> None:
    assert transferred(duty, on=NOON.date()) == {}
    task.assignments.filter(role="lead").update(unit=make_unit("so-khac", "Sở khác", parent=world.province))
    assert set(transferred(duty, on=NOON.date())) == {task.pk}
