"""A change of units that something still to come rests on is not undone under its feet."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.factories import (
    NOON,
    TODAY,
    World,
    make_indicator,
    make_money,
    make_observation,
    make_period,
    make_plan,
    make_task,
    make_user,
)
from tests.factories.amending import decide, make_amendment, make_line, submit
from tests.factories.changing import make_change
from tests.factories.following import make_follow_up
from tests.factories.obstacles import make_difficulty
from tiendo.accounts.models import Role
from tiendo.audit.models import Event
from tiendo.indicators.models import Observation
from tiendo.orgs.actions import CannotUndo
from tiendo.orgs.models import Unit, UnitChange
from tiendo.orgs.reorganisation import Kind, NewUnit, Reorganisation, Successor
from tiendo.oversight.actions.changing_units import change_units, share_tasks, undo_units
from tiendo.oversight.amendment_wants import Change
from tiendo.oversight.models import FollowUp, Proposal
from tiendo.oversight.since import Since, reported_since
from tiendo.plans.models import Plan
from tiendo.reporting.actions import open_period
from tiendo.reporting.models import Duty, Entry


def made(world: World) -> UnitChange:
    new = Successor("trung-tam-so", NewUnit("Trung tâm số", "TT số", "department"))
    change = Reorganisation(Kind.CREATE, TODAY - timedelta(days=9), "QĐ 12/QĐ-UBND", successors=(new,))
    return change_units(change=change, choices={}, by=world.chi, at=NOON)


def test_a_unit_that_a_waiting_amendment_gives_a_task_to_is_not_undone(world: World) -> None:
    change, plan = made(world), make_plan(world.province, "kh-57")
    amendment = make_amendment(plan, world)
    task = make_task(plan, by=world.chi, lead=world.unit_a)
    party = [{"unit": "trung-tam-so", "printed": None}]
    make_line(amendment, world, Change.TRANSFER, task, lead=party)
    decide(submit(amendment, world), world, start=TODAY + timedelta(days=5))
    before = Event.objects.count()
    with pytest.raises(CannotUndo, match="Sửa đổi lần 1"):
        undo_units(change=change, reason="Nhầm", by=world.chi, at=NOON)
    assert Event.objects.count() == before
    assert Unit.objects.standing().filter(code="trung-tam-so").exists()


Write = Callable[[World, Plan, Unit], object]
WRITTEN: dict[str, Write] = {
    "1 khó khăn, vướng mắc": lambda world, plan, unit: make_difficulty(
        plan, unit, by=make_user("moi", unit, Role.OFFICER)
    ),
    "1 việc phải theo dõi": lambda world, plan, unit: make_follow_up(plan, unit, by=world.chi),
    "1 đề nghị sửa đổi kế hoạch": lambda world, plan, unit: Proposal.objects.create(
        plan=plan, unit=unit, kind="add", reason="Cần thêm", written_by=world.chi, written_at=NOON
    ),
    "1 số liệu chỉ tiêu": lambda world, plan, unit: make_observation(
        make_indicator("HSTT", by=world.chi), unit, 40, by=world.an
    ),
    "1 dòng kinh phí": lambda world, plan, unit: make_money(
        make_task(plan, by=world.chi), unit, by=world.an, confirmed_by=world.finance
    ),
}


@pytest.mark.parametrize("what", WRITTEN)
def test_a_unit_made_by_it_that_has_done_something_is_not_undone_and_the_sentence_says_what(
    world: World, what: str
) -> None:
    change, plan = made(world), make_plan(world.province, "kh-57")
    WRITTEN[what](world, plan, Unit.objects.get(code="trung-tam-so"))
    before = Event.objects.count()
    with pytest.raises(CannotUndo, match=f"Trung tâm số đã có {what};"):
        undo_units(change=change, reason="Nhầm", by=world.chi, at=NOON)
    assert Event.objects.count() == before


def test_what_a_unit_that_stood_before_has_done_since_is_told_and_stays(world: World) -> None:
    """Of tasks passed to it only, and of values only for periods that end after the change."""
    plan = make_plan(world.province, "kh-57")
    passed, own = (make_task(plan, by=world.chi, lead=unit) for unit in (world.unit_a, world.unit_b))
    change = make_change("merge", world.unit_a, to=(world.unit_b,))
    indicator = make_indicator("HSTT", by=world.chi)
    make_observation(indicator, world.unit_b, 40, period="2025", by=world.an)
    make_follow_up(plan, world.unit_b, by=world.chi, task=own)
    assert reported_since(change, world.chi) == Since(0)
    make_follow_up(plan, world.unit_b, by=world.chi, task=passed)
    make_difficulty(plan, world.unit_b, by=world.dung, tasks=[passed])
    make_observation(indicator, world.unit_b, 41, period="2026", period_end=date(2026, 12, 31), by=world.an)
    told = reported_since(change, world.chi).others
    assert told == ("1 khó khăn, vướng mắc", "1 việc phải theo dõi", "1 số liệu chỉ tiêu")
    undo_units(change=change, reason="Nhầm", by=world.chi, at=NOON)
    assert (FollowUp.objects.count(), Observation.objects.count()) == (2, 2)


def test_a_unit_that_nothing_waits_for_is_undone(world: World) -> None:
    undo_units(change=made(world), reason="Nhầm", by=world.chi, at=NOON)
    assert not Unit.objects.standing().filter(code="trung-tam-so").exists()


def test_tasks_shared_out_in_an_open_period_bring_the_new_unit_a_report_and_begun_it_keeps_the_change(
    world: World,
) -> None:
    plan = make_plan(world.province, "kh-57")
    task = make_task(plan, by=world.chi, lead=world.unit_a)
    opened = NOON - timedelta(days=2)
    period = make_period(plan, opened_at=None, opens_at=opened, due_at=NOON + timedelta(days=30))
    open_period(period=period, by=world.chi, at=opened)
    change = make_change(Kind.SPLIT, world.unit_a, to=("cuc-mot", "cuc-hai"), on=TODAY)
    one = Unit.objects.get(code="cuc-mot")
    choices = {(task.pk, world.unit_a.pk): one.pk}
    share_tasks(change=change, choices=choices, source="Điều 3", by=world.chi, at=NOON)
    duty = Duty.objects.get(period=period, unit=one)
    Entry.objects.create(duty=duty, task=task, revision=1, saved_by=world.an, saved_at=NOON)
    before = Event.objects.count()
    with pytest.raises(CannotUndo, match="báo cáo"):
        undo_units(change=change, reason="Nhầm", by=world.chi, at=NOON)
    assert Event.objects.count() == before
    assert Duty.objects.filter(pk=duty.pk).exists()
    Entry.objects.all().delete()
    undo_units(change=change, reason="Nhầm", by=world.chi, at=NOON)
    assert not Duty.objects.filter(pk=duty.pk).exists()
