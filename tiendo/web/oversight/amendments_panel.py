"""What is under way to change a task, for its page."""

from typing import Any

from tiendo.accounts.models import User
from tiendo.oversight.amendment_permissions import can_propose_for
from tiendo.oversight.models import Amendment, Proposal
from tiendo.plans.models import Task


def panel(task: Task, user: User) -> dict[str, Any]:
    """Drafts and decisions that name the task, proposals about it not in one, and whether the reader may propose."""
    drafts = Amendment.objects.visible_to(user).filter(lines__task=task, lines__removed_at=None).distinct()
    proposals = Proposal.objects.visible_to(user).filter(task=task).exclude(state__in=["withdrawn", "decided"])
    return {"amendments": drafts, "proposals": proposals, "may_propose": bool(can_propose_for(user, task))}
