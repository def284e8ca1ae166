"""An amendment is decided while fifty officers save what they have written: nothing is lost, everybody is told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from tests.factories import NOON, World, make_duty, make_period, make_plan, make_task, make_unit, make_user, make_world
from tests.factories.amending import LATER, decide, make_amendment, make_line, submit
from tests.reporting.test_together import together
from tiendo.accounts.models import Role, User
from tiendo.audit.chain import GENESIS, event_hash, iso
from tiendo.audit.models import Event
from tiendo.notices.models import Notice
from tiendo.oversight.amendment_wants import Change
from tiendo.oversight.models import Amendment
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import WorkState
from tiendo.reporting.actions import save_draft
from tiendo.reporting.models import Duty, Entry
from tiendo.reporting.rules import Values

OFFICERS = 50


@dataclass(frozen=True)
class Desk:
    """An officer with the task they write about and the report it stands in."""

    officer: User
    task: Task
    duty: Duty

    @property
    def words(self) -> str:
        return f"Kết quả của {self.officer.username}"

    def save(self) -> None:
        said = Values(state=WorkState.IN_PROGRESS, percent=Decimal(40), result=self.words)
        by = User.objects.get(pk=self.officer.pk)
        save_draft(duty=self.duty, task=self.task, values=said, revision=0, by=by, at=NOON)


@dataclass(frozen=True)
class Scene:
    world: World
    plan: Plan
    amendment: Amendment
    desks: list[Desk]

    def decide(self) -> None:
        decide(self.amendment, self.world)


def desk(nth: int, plan: Plan, period: object, world: World) -> Desk:
    unit = make_unit(f"don-vi-{nth}", f"Đơn vị {nth}", parent=world.province)
    officer = make_user(f"can-bo-{nth}", unit, Role.OFFICER)
    make_user(f"truong-{nth}", unit, Role.HEAD)
    return Desk(officer, make_task(plan, by=world.chi, lead=unit), make_duty(period, unit))  # type: ignore[arg-type]


def set_scene() -> Scene:
    """Fifty units with a task each; the draft moves every deadline, words every third task anew."""
    world = make_world()
    plan = make_plan(world.province)
    period = make_period(plan)
    desks = [desk(nth, plan, period, world) for nth in range(OFFICERS)]
    amendment = make_amendment(plan, world)
    for nth, each in enumerate(desks):
        make_line(amendment, world, Change.EXTEND, each.task, due=LATER)
        if nth % 3 == 0:
            make_line(amendment, world, Change.CHANGE, each.task, product="Báo cáo và bản đồ")
    return Scene(world, plan, submit(amendment, world), desks)


def check(scene: Scene) -> None:
    """Every word saved, every task as decided, every officer and head told, the log whole."""
    said = {entry.task_id: entry.result for entry in Entry.objects.all()}
    assert said == {each.task.pk: each.words for each in scene.desks}
    tasks = Task.objects.filter(pk__in=[each.task.pk for each in scene.desks])
    assert set(tasks.values_list("due_on", flat=True)) == {date(2027, 6, 30)}
    assert tasks.filter(product="Báo cáo và bản đồ").count() == len(scene.desks[::3])
    assert scene.plan.versions.count() == 2
    told = set(Notice.objects.filter(key__contains="bring_into_force").values_list("user__username", flat=True))
    people = {f"{name}-{nth}" for nth in range(OFFICERS) for name in ("can-bo", "truong")}
    assert people <= told
    assert Event.objects.filter(act="reporting.entry.save").count() == OFFICERS
    check_log()


def check_log() -> None:
    before = GENESIS
    for event in Event.objects.order_by("seq"):
        assert event.prev_hash == before
        before = event_hash(before, event.seq, iso(event.at), event.actor, event.act, event.subject, event.detail)
        assert event.hash == before


@pytest.mark.django_db
def test_saved_before_and_after_the_decision_all_stands() -> None:
    """The same in turns, on a database in which one acts at a time."""
    scene = set_scene()
    for each in scene.desks[::2]:
        each.save()
    scene.decide()
    for each in scene.desks[1::2]:
        each.save()
    check(scene)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="a database in memory belongs to one thread")
def test_fifty_officers_save_while_it_is_decided() -> None:
    scene = set_scene()
    acts: list[Callable[[], object]] = [each.save for each in scene.desks]
    raised = together(*acts[:25], scene.decide, *acts[25:])
    assert raised == [None] * (OFFICERS + 1)
    check(scene)
