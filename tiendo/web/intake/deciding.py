"""Which proposals a button of the review page means: one, all that are shown, those of a group, the sure ones."""

from dataclasses import dataclass

from django.http import QueryDict

from tiendo.intake.models import Proposal
from tiendo.web.intake.looking import NO_GROUP, Look, group_of, is_number


@dataclass(frozen=True)
class Wish:
    """What a person asked for; `one` is the proposal's number when only one is meant."""

    decision: str
    pks: tuple[int, ...]
    one: int | None = None


def wish_of(given: QueryDict, look: Look) -> Wish | None:
    """`mot=accepted-12` · `loai=accepted` · `nhom=accepted-III.1` · `chac=accepted` · `nhom_chac=accepted-III.1`.

    `loai` and `chac` mean all that the tab and its filters show, the last two only what waits and is sure.
    None for a button that nobody made.
    """
    name = next((name for name in ("mot", "nhom_chac", "nhom", "chac", "loai") if name in given), "")
    decision, _dash, rest = given.get(name, "").partition("-")
    if decision not in Proposal.Decision.values or (name == "mot" and not is_number(rest)):
        return None
    if name == "mot":
        return Wish(decision, (int(rest),), int(rest))
    removals = look.change == Proposal.Change.REMOVED
    meant = [each for each in look.proposals if _is_meant(each, name, rest, removals)]
    return Wish(decision, tuple(each.pk for each in meant))


def _is_meant(each: Proposal, name: str, group: str, asked_for_removals: bool) -> bool:
    """Dropping a task is never part of a batch, unless the person looks at nothing but what is dropped."""
    if name in ("nhom", "nhom_chac") and (group_of(each) or NO_GROUP) != group:
        return False
    if each.change == Proposal.Change.REMOVED and not asked_for_removals:
        return False
    if name in ("chac", "nhom_chac"):
        return each.sure and each.decision == Proposal.Decision.PENDING
    return name == "loai" or each.decision == Proposal.Decision.PENDING
