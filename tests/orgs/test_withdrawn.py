"""A unit of a change that was undone never was in force: no list in which something is chosen or found names it."""

from collections.abc import Callable, Iterable

import pytest

from tests.factories import NOON, World
from tests.factories.changing import make_change
from tiendo.budget.queries import budget_owners
from tiendo.intake.directory import directory_of_units
from tiendo.orgs.actions import undo_change
from tiendo.orgs.models import Unit
from tiendo.publication import reading
from tiendo.web.indicators.programme_forms import ProgrammeForm
from tiendo.web.indicators.sources import SourceForm
from tiendo.web.intake.forms import AcceptForm
from tiendo.web.intake.units import UnitNames, choices_of_units

NEW = "so-moi"
NAME = f"Cơ quan {NEW}"

READ: dict[str, Callable[[], Iterable[str]]] = {
    "typed names": lambda: choices_of_units(),
    "names known": lambda: [unit.name for unit in UnitNames().units.values()],
    "directory of the reader": lambda: [NAME] if directory_of_units().find(NAME) else [],
    "owners of a plan": lambda: names(AcceptForm.base_fields["owner"].queryset.all()),  # type: ignore[attr-defined]
    "keepers of a source": lambda: names(SourceForm().fields["keeper"].queryset),  # type: ignore[attr-defined]
    "owners of a programme": lambda: names(ProgrammeForm().fields["owner"].queryset),  # type: ignore[attr-defined]
    "published": lambda: [row["name"] for row in reading.units().values()],
}


def names(units: Iterable[Unit]) -> list[str]:
    return [unit.name for unit in units]


@pytest.mark.parametrize("where", READ)
def test_no_list_names_a_unit_of_a_change_that_was_undone(world: World, where: str) -> None:
    change = make_change("merge", world.unit_a, world.unit_b, to=(NEW,))
    assert NAME in list(READ[where]())
    undo_change(change=change, reason="Nhập nhầm", by="quan-tri", at=NOON)
    assert NAME not in list(READ[where]())


def test_no_budget_and_no_value_is_asked_of_it(world: World) -> None:
    change = make_change("merge", world.unit_a, world.unit_b, to=(NEW,))
    Unit.objects.filter(code=NEW).update(kind="committee")
    assert NAME in names(budget_owners())
    undo_change(change=change, reason="Nhập nhầm", by="quan-tri", at=NOON)
    assert NAME not in names(budget_owners())
