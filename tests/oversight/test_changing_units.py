"""A change of units that something still to come rests on is not undone under its feet."""

from datetime import timedelta

import pytest

from tests.factories import NOON, TODAY, World, make_plan, make_task
from tests.factories.amending import decide, make_amendment, make_line, submit
from tiendo.audit.models import Event
from tiendo.orgs.actions import CannotUndo
from tiendo.orgs.models import Unit, UnitChange
from tiendo.orgs.reorganisation import Kind, NewUnit, Reorganisation, Successor
from tiendo.oversight.actions.changing_units import change_units, undo_units
from tiendo.oversight.amendment_wants import Change


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


def test_a_unit_that_nothing_waits_for_is_undone(world: World) -> None:
    undo_units(change=made(world), reason="Nhầm", by=world.chi, at=NOON)
    assert not Unit.objects.standing().filter(code="trung-tam-so").exists()
