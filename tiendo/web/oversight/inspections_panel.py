"""Who supervises one task, and what inspection saw of it."""

from typing import Any

from django.utils.timezone import localdate

from tiendo.accounts.models import User
from tiendo.oversight.models import Finding, Inspection
from tiendo.plans.models import Task
from tiendo.plans.permissions import can_assign_task
from tiendo.plans.supervision import supervisors_of
from tiendo.web.oversight.inspection_subjects import about_of


def panel(task: Task, user: User) -> dict[str, Any]:
    """Context of `web/oversight/panels/inspections.html`; findings as far as the reader may see them."""
    keys = ("inspection", "recorded_by", "observation__indicator", "submission__entry__task")
    findings = Finding.objects.visible_to(user).standing().filter(task=task)
    findings = findings.select_related(*keys, "submission__entry__duty__period").order_by("-seen_at", "-pk")
    return {
        "supervisor": supervisors_of([task], on=localdate()).get(task.pk),
        "inspections": list(Inspection.objects.visible_to(user).filter(tasks=task).select_related("unit")),
        "findings": [(finding, about_of(finding)) for finding in findings],
        "may_assign": can_assign_task(user),
    }
