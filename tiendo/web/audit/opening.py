"""Which pages that the log points to its reader may open; the rest stays words without a link."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tiendo.accounts.models import User
from tiendo.oversight.models import Amendment, Difficulty, FollowUp, Inspection, Pilot, Proposal
from tiendo.plans.models import Plan, Task
from tiendo.web.audit.words import Line

KEPT: dict[str, tuple[Any, str]] = {
    "plans.task": (Task, "code"),
    "plans.plan": (Plan, "code"),
    "oversight.proposal": (Proposal, "pk"),
    "oversight.amendment": (Amendment, "pk"),
    "oversight.pilot": (Pilot, "pk"),
    "oversight.difficulty": (Difficulty, "pk"),
    "oversight.followup": (FollowUp, "pk"),
    "oversight.inspection": (Inspection, "pk"),
}


def openable(lines: Iterable[Line], user: User) -> list[Line]:
    """The same lines, without the address of what this person may not see. One query for each kind of thing."""
    found = list(lines)
    named: dict[str, set[str]] = defaultdict(set)
    for line in found:
        noun, _colon, name = line.event.subject.partition(":")
        if line.url and noun in KEPT:
            named[noun].add(name)
    seen = {f"{noun}:{name}" for noun, names in named.items() for name in _seen(noun, names, user)}
    return [line if _is_open(line, seen) else replace(line, url="") for line in found]


def _is_open(line: Line, seen: set[str]) -> bool:
    return line.event.subject.partition(":")[0] not in KEPT or line.event.subject in seen


def _seen(noun: str, names: set[str], user: User) -> list[str]:
    model, key = KEPT[noun]
    rows = model.objects.visible_to(user).filter(**{f"{key}__in": names})
    return [str(name) for name in rows.values_list(key, flat=True)]
