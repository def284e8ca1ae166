"""Documents, plans and tasks, each with the rows that make it whole."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import count

from tests.factories.clock import NOON
from tests.factories.people import SINCE
from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.plans.actions import Progress, record_progress_of_all
from tiendo.plans.files import hash_of
from tiendo.plans.finding import task_index
from tiendo.plans.models import (
    Assignment,
    Charge,
    DeadlineLine,
    Document,
    ItemKind,
    Plan,
    PlanItem,
    PlanVersion,
    StoredFile,
    Task,
    TaskGroup,
)
from tiendo.plans.states import WorkState

_next = count(1)


def make_file(data: bytes | None = None, *, extension: str = "txt", media_type: str = "text/plain") -> StoredFile:
    """The row of a stored file; the same content gives the same row, as in the store itself."""
    data = data if data is not None else f"tệp {next(_next)}".encode()
    row, _ = StoredFile.objects.get_or_create(
        sha256=hash_of(data),
        defaults={"size": len(data), "media_type": media_type, "extension": extension, "stored_at": NOON},
    )
    return row


def make_document(
    title: str = "Kế hoạch thực hiện Nghị quyết", *, file: StoredFile | None = None, **fields: object
) -> Document:
    values: dict[str, object] = {"file_name": "ke-hoach.txt", "kind": "KẾ HOẠCH", "lines": ["KẾ HOẠCH", title]}
    return Document.objects.create(file=file or make_file(), title=title, **(values | fields))


def make_plan(owner: Unit, code: str = "kh-57", title: str = "Kế hoạch thực hiện Nghị quyết 57") -> Plan:
    """A plan with its first version and one group; tasks are added with `make_task`."""
    plan = Plan.objects.create(code=code, title=title, owner=owner, created_at=NOON)
    PlanVersion.objects.create(plan=plan, number=1, document=make_document(title), in_force_from=SINCE, created_at=NOON)
    make_group(plan)
    return plan


def make_group(plan: Plan, code: str = "III.1.1", title: str = "Nâng cao nhận thức") -> TaskGroup:
    return TaskGroup.objects.create(
        plan=plan, code=code, title=title, short_title=title, position=plan.groups.count() + 1
    )


def make_item(version: PlanVersion, path: str, text: str, **fields: object) -> PlanItem:
    values: dict[str, object] = {"kind": ItemKind.BULLET, "where": {"lines": [1, 2]}, "parent": None}
    position = version.items.count() + 1
    return PlanItem.objects.create(
        version=version, document=version.document, path=path, position=position, text=text, **(values | fields)
    )


def make_task(
    plan: Plan,
    *,
    by: User,
    lead: Unit | None = None,
    coordinating: Iterable[Unit] = (),
    supervising: Unit | None = None,
    head: User | None = None,
    officer: User | None = None,
    due_on: date | None = date(2026, 12, 31),
    title: str = "Phủ sóng 5G tại trung tâm các xã",
    **fields: object,
) -> Task:
    """A task with its clause, the units and people charged, and the first line of its ledger, recorded by `by`."""
    number = plan.tasks.count() + 1
    values: dict[str, object] = {
        "group": plan.groups.first(),
        "code": f"{plan.code}-{number}",
        "number": str(number),
        "description": title,
        "product": "Báo cáo kết quả",
        "authority": "UBND tỉnh",
        "position": number,
        "followed_from": SINCE,
        "due_kind": "moment" if due_on else "missing",
        "original_due_on": due_on,
    } | fields
    if "item" not in values:
        values["item"] = make_item(plan.version, f"III.1.1#{number}", title)
    task = Task(plan=plan, title=title, due_on=due_on, **values)
    task.folded = task_index(task)
    if task.state == WorkState.COMPLETED and task.completed_on is None:
        task.completed_on = due_on or SINCE
    task.save()
    _assign(task, lead, coordinating, supervising)
    _charge(task, head, officer)
    _open_ledger(task, by)
    return task


def move_task(
    task: Task, state: WorkState, *, by: User, percent: Decimal | None = None, completed_on: date | None = None
) -> Task:
    """The task where an accepted report puts it; the one given stays as it was read."""
    progress = Progress(task.pk, state, percent, completed_on, "test:1")
    return record_progress_of_all(progress=[progress], by=by, at=NOON)[0]


def _assign(task: Task, lead: Unit | None, coordinating: Iterable[Unit], supervising: Unit | None) -> None:
    parts = [(Assignment.Role.LEAD, lead), (Assignment.Role.SUPERVISING, supervising)]
    parts += [(Assignment.Role.COORDINATING, unit) for unit in coordinating]
    for role, unit in parts:
        if unit is not None:
            Assignment.objects.create(task=task, unit=unit, role=role, printed=unit.name, started_at=NOON)


def _charge(task: Task, head: User | None, officer: User | None) -> None:
    for kind, user in ((Charge.Kind.HEAD, head), (Charge.Kind.OFFICER, officer)):
        if user is not None:
            Charge.objects.create(task=task, user=user, kind=kind, valid_from=SINCE)


def _open_ledger(task: Task, by: User) -> None:
    DeadlineLine.objects.create(
        task=task,
        number=1,
        raw=f"{task.due_on:%d/%m/%Y}" if task.due_on else None,
        kind=task.due_kind,
        due_on=task.due_on,
        reason="Theo văn bản",
        source="Kế hoạch",
        recorded_by=by,
        recorded_at=NOON,
    )
