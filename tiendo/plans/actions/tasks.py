"""What a task's card says changes: units, people, deadline, product, authority, visibility."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.models import Post, Role, User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.orgs.models import Unit
from tiendo.plans.actions.naming import put_in_charge
from tiendo.plans.finding import task_index
from tiendo.plans.models import Assignment, Charge, DeadlineLine, Document, FieldSource, Task
from tiendo.plans.permissions import (
    can_assign_task,
    can_charge_head,
    can_charge_officer,
    can_hide_task,
    can_supervise,
    can_take_part,
)
from tiendo.plans.structure import Due, NewTask

HAND_FILLED = ("title", "description", "product", "authority")


@transaction.atomic
def assign_unit(*, task: Task, unit: Unit, role: str, source: str, by: User, at: datetime) -> Assignment:
    """Charge a unit with a part of the task; a new lead or supervisor takes the place of the former one.

    `source` names the paper or order it rests on.
    """
    role = Assignment.Role(role)
    task = lock_task(task)
    require(can_assign_task(by))
    require_source(source)
    apart = can_supervise if role == Assignment.Role.SUPERVISING else can_take_part
    require(apart(unit, task, on=localdate(at)))
    assignment = put_in_charge(task, role, at=at, unit=unit)
    write_source(task, role, by=by, at=at, note=source)
    record_act("assign_unit", task, by, at, unit=unit.code, role=role, source=source)
    return assignment


@transaction.atomic
def unassign_unit(*, assignment: Assignment, source: str, by: User, at: datetime) -> None:
    """End a unit's part; the row stays as history. A part that has ended already is left alone."""
    task = lock_task(assignment.task)
    require(can_assign_task(by))
    require_source(source)
    if not Assignment.objects.in_force().filter(pk=assignment.pk).update(ended_at=at):
        return
    write_source(task, assignment.role, by=by, at=at, note=source)
    record_act("unassign_unit", task, by, at, unit=assignment.code, role=assignment.role, source=source)


@transaction.atomic
def set_deadline(*, task: Task, due: Due, reason: str, source: str, by: User, at: datetime) -> DeadlineLine:
    """Write the next line of the ledger; the lines before it stay (R067)."""
    task = lock_task(task)
    require(can_assign_task(by))
    if not reason.strip():
        require(no(_("Hãy ghi lý do thay đổi thời hạn.")))
    require_source(source)
    was = task.due_on
    line = write_line(task, due, reason=reason, source=source, by=by, at=at)
    record_act("set_deadline", task, by, at, was=was, now=due.on, reason=reason, line=line.number)
    return line


@transaction.atomic
def set_field(*, task: Task, field: str, value: str, source: str, by: User, at: datetime) -> Task:
    """Fill or mend one of HAND_FILLED by hand, naming the source it rests on (R034)."""
    if field not in HAND_FILLED:
        raise ValueError(f"{field} is not filled by hand")
    task = lock_task(task)
    require(can_assign_task(by))
    require_source(source)
    if field in ("title", "description") and not value.strip():
        require(no(_("Nhiệm vụ phải có tên và nội dung.")))
    was = getattr(task, field)
    setattr(task, field, value or None if field in ("product", "authority") else value)
    task.folded = task_index(task)
    task.save(update_fields=[field, "folded"])
    write_source(task, field, by=by, at=at, note=source)
    record_act("set_field", task, by, at, field=field, was=was, now=value, source=source)
    return task


@transaction.atomic
def charge_head(*, task: Task, user: User, by: User, at: datetime) -> Charge:
    """Name the accountable head; the one before keeps the time before (R037)."""
    task = lock_task(task)
    require(can_charge_head(by))
    if not Post.objects.in_force(localdate(at)).filter(user=user, role=Role.HEAD).exists():
        require(no(_("Người được chọn không giữ chức thủ trưởng đơn vị nào.")))
    return _charge(task, user, Charge.Kind.HEAD, by=by, at=at)


@transaction.atomic
def charge_officer(*, task: Task, user: User, by: User, at: datetime) -> Charge:
    """The head gives the task to a person of the lead unit (R018)."""
    task = lock_task(task)
    require(can_charge_officer(by, task))
    if not Post.objects.in_force(localdate(at)).filter(user=user, unit_id__in=by.access.headed_unit_ids).exists():
        require(no(_("Chỉ giao được cho người đang giữ chức vụ trong đơn vị của bạn.")))
    return _charge(task, user, Charge.Kind.OFFICER, by=by, at=at)


@transaction.atomic
def hide_task(*, task: Task, reason: str, by: User, at: datetime) -> Task:
    """Keep a task out of every public page, export, feed and API, for a stated reason."""
    if not reason.strip():
        require(no(_("Hãy ghi lý do không công khai.")))
    return _set_visibility(task, reason, by=by, at=at)


@transaction.atomic
def show_task(*, task: Task, by: User, at: datetime) -> Task:
    """Let the next release show the task again."""
    return _set_visibility(task, None, by=by, at=at)


def first_deadline(task: Task, due: Due, *, source: Document, by: User, at: datetime) -> DeadlineLine:
    """The ledger's first line: what the document gave, or that it gave nothing."""
    line = write_line(task, due, reason=gettext_noop("theo văn bản giao việc"), source=str(source), by=by, at=at)
    task.original_due_on = due.on
    task.save(update_fields=["original_due_on"])
    return line


def write_source(
    task: Task,
    field: str,
    *,
    by: User,
    at: datetime,
    document: Document | None = None,
    where: dict[str, Any] | None = None,
    quote: str | None = None,
    note: str | None = None,
) -> None:
    """Say where a field's value comes from; the newest row of a field speaks for its present value."""
    FieldSource.objects.create(
        task=task,
        field=field,
        document=document,
        where=where or {},
        quote=quote,
        note=note,
        recorded_by=by,
        recorded_at=at,
    )


def write_origins(
    task: Task,
    new: NewTask,
    fields: Iterable[str],
    document: Document,
    *,
    by: User,
    at: datetime,
    where: dict[str, Any] | None = None,
) -> None:
    """Say of each field which words of the document filled it (the item's, or those at `where`), or which paper a
    person rested it on."""
    place = task.item.where if where is None else where
    for name in fields:
        quote, note = new.quotes.get(name), new.notes.get(name)
        write_source(task, name, by=by, at=at, document=document, where=place, quote=quote, note=note)


def require_source(source: str) -> None:
    if not source.strip():
        require(no(_("Hãy ghi căn cứ: số văn bản hoặc ý kiến chỉ đạo.")))


def lock_task(task: Task) -> Task:
    return Task.objects.select_for_update(of=("self",), no_key=True).get(pk=task.pk)


def record_act(verb: str, task: Task, by: User, at: datetime, **detail: Any) -> None:
    record(act=f"plans.task.{verb}", subject=f"plans.task:{task.code}", actor=by.username, at=at, **detail)


def write_line(task: Task, due: Due, *, reason: str, source: str, by: User, at: datetime) -> DeadlineLine:
    last = task.deadline_lines.order_by("-number").first()
    line = DeadlineLine.objects.create(
        task=task,
        number=(last.number if last else 0) + 1,
        raw=due.raw,
        kind=due.kind,
        due_on=due.on,
        starts_on=due.starts_on,
        rrule=due.rrule,
        is_before=due.before,
        reason=reason,
        source=source,
        recorded_by=by,
        recorded_at=at,
    )
    task.due_on, task.due_kind = due.on, due.kind
    task.starts_on = task.starts_on or due.starts_on
    task.save(update_fields=["due_on", "due_kind", "starts_on"])
    return line


def _charge(task: Task, user: User, kind: str, *, by: User, at: datetime) -> Charge:
    open_charges = Charge.objects.filter(task=task, kind=kind, valid_to=None)
    same = open_charges.filter(user=user).first()
    if same:
        return same
    open_charges.update(valid_to=localdate(at))
    charge = Charge.objects.create(task=task, user=user, kind=kind, valid_from=localdate(at))
    record_act(f"charge_{kind}", task, by, at, user=user.username)
    return charge


def _set_visibility(task: Task, reason: str | None, *, by: User, at: datetime) -> Task:
    task = lock_task(task)
    require(can_hide_task(by))
    task.not_public_reason = reason
    task.save(update_fields=["not_public_reason"])
    record_act("hide" if reason else "show", task, by, at, reason=reason)
    return task
