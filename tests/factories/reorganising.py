"""Changes of units, the successions they bring, and tasks handed over by them."""

from datetime import date

from tests.factories.clock import NOON
from tiendo.accounts.models import User
from tiendo.orgs.models import Succession, Unit, UnitChange
from tiendo.plans.models import Handover, Task


def make_change(kind: str = "merge", effective_on: date = date(2025, 3, 1), **fields: object) -> UnitChange:
    """A change that stands; its effects are made beside it."""
    values: dict[str, object] = {"decision": "12/QĐ-UBND", "recorded_by": "quan-tri", "recorded_at": NOON}
    return UnitChange.objects.create(kind=kind, effective_on=effective_on, **(values | fields))


def make_succession(
    predecessor: Unit, successor: Unit, *, change: UnitChange | None = None, is_default: bool = True, **fields: object
) -> Succession:
    """From the change on, one unit answers for the other, whose validity ends that day."""
    change = change or make_change()
    kind = change.kind if change.kind in Succession.Kind.values else "merge"
    values: dict[str, object] = {"kind": kind, "effective_on": change.effective_on, "decision": change.decision}
    Unit.objects.filter(pk=predecessor.pk, valid_to=None).update(valid_to=change.effective_on)
    return Succession.objects.create(
        predecessor=predecessor, successor=successor, change=change, is_default=is_default, **(values | fields)
    )


def make_handover(task: Task, predecessor: Unit, successor: Unit, *, change: UnitChange, by: User) -> Handover:
    """In this task the successor answers for the predecessor, whatever the default is."""
    return Handover.objects.create(
        task=task,
        predecessor=predecessor,
        successor=successor,
        change=change,
        source="Quyết định 12/QĐ-UBND, Điều 3",
        recorded_by=by,
        recorded_at=NOON,
    )
