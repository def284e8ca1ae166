"""Everything that changes units. Who may is asked by the caller's room: `accounts` stands above this one.

`by` is the user name that the log keeps; this room knows no people.
"""

from tiendo.orgs.actions.boundaries import import_boundaries
from tiendo.orgs.actions.groups import CannotJoin, add_member, correct_membership, end_member
from tiendo.orgs.actions.loading import load_units
from tiendo.orgs.actions.office_days import remove_office_day, set_office_day
from tiendo.orgs.actions.reorganising import reorganise, succeed_unit
from tiendo.orgs.actions.undoing import CannotUndo, undo_change
from tiendo.orgs.actions.units import correct_unit, create_unit, learn_alias

__all__ = [
    "CannotJoin",
    "CannotUndo",
    "add_member",
    "correct_membership",
    "correct_unit",
    "create_unit",
    "end_member",
    "import_boundaries",
    "learn_alias",
    "load_units",
    "remove_office_day",
    "reorganise",
    "set_office_day",
    "succeed_unit",
    "undo_change",
]
