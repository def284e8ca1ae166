"""A later document says otherwise: what it changes in a task, and tasks it no longer has."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.plans.actions.naming import Named, begin_part, named_in
from tiendo.plans.actions.tasks import lock_task, record_act, write_line, write_origins, write_source
from tiendo.plans.finding import task_index
from tiendo.plans.models import Assignment, Charge, Document, PlanItem, Task, TaskGroup
from tiendo.plans.permissions import can_make_version
from tiendo.plans.states import WorkState
from tiendo.plans.structure import NewTask

WORDS = ("number", "title", "description", "product", "authority")
ROLES = ("lead", "coordinating", "performing")
AMENDABLE = frozenset({*WORDS, *ROLES, "group", "due"})
AMENDED = gettext_noop("theo văn bản sửa đổi")


@transaction.atomic
def amend_task(
    *,
    task: Task,
    new: NewTask,
    fields: Collection[str],
    document: Document,
    item: PlanItem | None = None,
    by: User,
    at: datetime,
) -> Task:
    """Let `fields` of the task (of AMENDABLE) say what the document says; its reports and its state are untouched.

    A deadline becomes the next line of the ledger; units that no longer answer keep the time before. Units that a
    person added by hand stay. `item` is the piece of the new version that the task stands in now.
    """
    require(can_make_version(by, task.plan))
    return amend_as_decided(task=task, new=new, fields=fields, document=document, item=item, by=by, at=at)


def amend_as_decided(
    *,
    task: Task,
    new: NewTask,
    fields: Collection[str],
    document: Document,
    item: PlanItem | None = None,
    reason: str = AMENDED,
    where: dict[str, Any] | None = None,
    exact: bool = False,
    by: User,
    at: datetime,
) -> Task:
    """As `amend_task`, for a caller that has decided who may, inside its transaction.

    `reason` stands in the ledger of deadlines; `where`: the words of the document, where they are not the item's.
    `exact`: the units are those named and no other, whoever added them; a
    new lead also ends the charges of the people of the former one.
    """
    if unknown := set(fields) - AMENDABLE:
        raise ValueError(f"not amended by a document: {sorted(unknown)}")
    task = lock_task(task)
    was = _words(task, fields)
    if item:
        task.item = item
    for name in set(fields) & set(WORDS):
        setattr(task, name, getattr(new, name))
    if "group" in fields:
        task.group = TaskGroup.objects.get(plan=task.plan_id, code=new.group) if new.group else None
    task.folded = task_index(task)
    task.save(update_fields=["item", *WORDS, "group", "folded"])
    for role in sorted(set(fields) & set(ROLES)):
        _recharge(task, new, role, exact=exact, at=at)
    if "due" in fields:
        write_line(task, new.due, reason=reason, source=str(document), by=by, at=at)
    write_origins(task, new, sorted(fields), document, where=where, by=by, at=at)
    if fields:
        now = _words(task, fields)
        record_act("amend", task, by, at, fields=sorted(fields), document=document.pk, was=was, now=now)
    return task


@transaction.atomic
def drop_task(*, task: Task, reason: str, document: Document, by: User, at: datetime) -> Task:
    """The document no longer has the task: it is cancelled. Its reports, evidence and ledger stay."""
    require(can_make_version(by, task.plan))
    if not reason.strip():
        require(no(_("Hãy ghi lý do dừng theo dõi nhiệm vụ.")))
    return drop_as_decided(task=task, reason=reason, document=document, by=by, at=at)


def drop_as_decided(*, task: Task, reason: str, document: Document, by: User, at: datetime) -> Task:
    """As `drop_task`, for a caller that has decided who may, inside its transaction."""
    task = lock_task(task)
    if task.state == WorkState.CANCELLED:
        return task
    was = task.state
    task.state, task.completed_on = WorkState.CANCELLED.value, None
    task.save(update_fields=["state", "completed_on"])
    write_source(task, "state", by=by, at=at, document=document, note=reason)
    record_act("drop", task, by, at, was=was, now=task.state, reason=reason, document=document.pk)
    return task


def _recharge(task: Task, new: NewTask, role: str, *, exact: bool, at: datetime) -> None:
    """End what the document no longer says, begin what it says newly."""
    wanted = named_in(each for each in new.charged if each.role == role)
    kept: list[Named] = []
    for part in Assignment.objects.in_force().filter(task=task, role=role):
        same = next((each for each in wanted if each.is_part(part)), None)
        if same:
            kept.append(same)
        elif exact or part.printed is not None or role == Assignment.Role.LEAD:
            Assignment.objects.filter(pk=part.pk).update(ended_at=at)
    fresh = [each for each in wanted if each not in kept]
    for each in fresh:
        begin_part(task, each, at=at)
    if exact and fresh and role == Assignment.Role.LEAD:
        Charge.objects.filter(task=task, valid_to=None).update(valid_to=localdate(at))


def _words(task: Task, fields: Collection[str]) -> dict[str, Any]:
    """What the log keeps of the fields: words and codes."""
    found: dict[str, Any] = {name: getattr(task, name) for name in sorted(set(fields) & set(WORDS))}
    if "group" in fields:
        found["group"] = task.group.code if task.group else None
    if "due" in fields:
        found["due"] = task.due_on
    for role in sorted(set(fields) & set(ROLES)):
        parts = Assignment.objects.in_force().filter(task=task, role=role).select_related("unit", "group")
        found[role] = ", ".join(part.code for part in parts.order_by("pk"))
    return found
