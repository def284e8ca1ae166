"""Every act on money, offered in one place."""

from tiendo.budget.actions.confirming import NotPossible, Outcome, confirm_lines, return_money
from tiendo.budget.actions.entering import Attached, NothingNew, enter_money, enter_rows
from tiendo.budget.actions.reported import Reported, enter_reported_money
from tiendo.budget.actions.sources import ensure_sources
from tiendo.budget.actions.spending import record_spending

__all__ = [
    "Attached",
    "NotPossible",
    "NothingNew",
    "Outcome",
    "Reported",
    "confirm_lines",
    "ensure_sources",
    "enter_money",
    "enter_reported_money",
    "enter_rows",
    "record_spending",
    "return_money",
]
