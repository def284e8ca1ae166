"""What the registers say of one task: tags, security checklist, pilots, commendations, enterprises that perform it."""

from typing import Any

from tiendo.accounts.models import User
from tiendo.oversight.commendation_queries import commendations_visible_to, pilots_visible_to
from tiendo.oversight.register_queries import answers_of
from tiendo.oversight.register_rules import can_answer_security
from tiendo.oversight.security import IT_PROJECT, check_state
from tiendo.plans.models import Assignment, Task
from tiendo.plans.tag_queries import tags_of
from tiendo.plans.tag_rules import can_name_performer, can_tag_tasks


def panel(task: Task, user: User) -> dict[str, Any]:
    """Context of `web/oversight/panels/registers.html`."""
    tags = tags_of(task)
    is_it = any(row.tag.code == IT_PROJECT for row in tags)
    answers = answers_of(user, [task])[task.pk] if is_it else []
    performing = Assignment.objects.in_force().filter(task=task, role=Assignment.Role.PERFORMING)
    return {
        "tags": tags,
        "is_it": is_it,
        "security": check_state({row.item: row.answer for row in answers}) if is_it else None,
        "may_answer": is_it and bool(can_answer_security(user, task)),
        "pilots": list(pilots_visible_to(user).filter(task=task)),
        "commendations": list(commendations_visible_to(user).filter(tasks=task)),
        "performers": list(performing.select_related("unit").order_by("pk")),
        "may_tag": bool(can_tag_tasks(user)),
        "may_name": bool(can_name_performer(user, task)),
    }
