"""Reorganisations as a test words them."""

from datetime import date, datetime

from tests.factories.clock import NOON
from tiendo.orgs.actions import reorganise
from tiendo.orgs.models import Unit, UnitChange
from tiendo.orgs.reorganisation import Kind, NewUnit, Reorganisation, Successor

CHANGED_ON = date(2026, 3, 1)


def make_change(
    kind: str,
    *before: Unit,
    to: tuple[Unit | str, ...] = (),
    on: date = CHANGED_ON,
    at: datetime = NOON,
    **more: object,
) -> UnitChange:
    """A recorded reorganisation; of `to`, units stand already and codes are made; the last one is the default."""
    named = []
    for place, each in enumerate(to, 1):
        last = place == len(to) and not more.get("stays")
        if isinstance(each, Unit):
            named.append(Successor(each.code, is_default=last))
        else:
            new = NewUnit(f"Cơ quan {each}", f"CQ {each}", "department", groups=("cac-so",) if more.get("join") else ())
            named.append(Successor(each, new, is_default=last))
    parent = more.get("parent")
    asked = Reorganisation(
        Kind(kind),
        on,
        "QĐ 15/QĐ-UBND",
        tuple(unit.code for unit in before),
        tuple(named),
        parent=parent.code if isinstance(parent, Unit) else None,
        stays=bool(more.get("stays")),
    )
    return reorganise(change=asked, by="quan-tri", at=at)
