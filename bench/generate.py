"""A province's rows in bulk: units, people, one plan with its tasks. Load to measure with, never a sample to show.

Everything follows from the position of a row, so that two runs measure the same data.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models

from tiendo.accounts.models import Post, Role, User
from tiendo.orgs.models import Succession, Unit, UnitKind
from tiendo.orgs.words import fold, sort_key
from tiendo.plans.models import (
    Assignment,
    Charge,
    DeadlineLine,
    Document,
    FieldSource,
    Plan,
    PlanItem,
    PlanVersion,
    StoredFile,
    Task,
    TaskGroup,
)

M = TypeVar("M", bound=models.Model)
GROUPS = 10
OLD_UNITS = 6  # of the units, merged into others
TITLE = "Xây dựng, hoàn thiện và đưa vào sử dụng hạng mục số {n} của chương trình chuyển đổi số, phục vụ người dân"
TEXT = (
    TITLE + "; rà soát quy trình, bố trí cán bộ phụ trách, tập huấn cho các xã và báo cáo kết quả theo quý; ưu tiên "
    "các địa bàn khó khăn, bảo đảm an toàn thông tin và dùng chung dữ liệu với các hệ thống đang vận hành."
)
STATES = ("not_started", "in_progress", "in_progress", "awaiting_confirmation", "completed", "completed", "paused")


@dataclass(frozen=True)
class Size:
    tasks: int = 10_000
    units: int = 150
    periods: int = 6  # each with one entry a task


@dataclass(frozen=True)
class Province:
    """What the rest of the load hangs on."""

    units: list[Unit]
    officers: list[User]  # by unit
    heads: list[User]
    coordinator: User
    decision_maker: User


def put(rows: Iterable[M]) -> list[M]:
    rows = list(rows)
    return type(rows[0])._default_manager.bulk_create(rows, 1000) if rows else []


def make_province(size: Size, *, at: datetime) -> Province:
    """Units, of which a few were merged; an officer and a head in each; a coordinator and a decision-maker."""
    units = put(_unit(n) for n in range(size.units))
    since = at.date() - timedelta(days=700)
    put(
        Succession(
            predecessor=units[-n - 1], successor=units[n + 1], kind="merge", effective_on=since, decision="01/QĐ-UBND"
        )
        for n in range(min(OLD_UNITS, size.units // 10))
    )
    officers = _people("can-bo", Role.OFFICER, units, since)
    heads = _people("thu-truong", Role.HEAD, units, since)
    (coordinator,) = _people("dau-moi", Role.COORDINATOR, units[:1], since)
    (decision_maker,) = _people("chu-tich", Role.DECISION_MAKER, units[:1], since)
    return Province(units, officers, heads, coordinator, decision_maker)


def _unit(n: int) -> Unit:
    kind = UnitKind.COMMITTEE if n == 0 else UnitKind.DEPARTMENT if n < 50 else UnitKind.COMMUNE
    name = f"{'UBND xã' if n >= 50 else 'Sở'} Thử nghiệm {n:03}"
    return Unit(
        code=f"don-vi-{n}",
        name=name,
        short_name=name,
        folded=fold(name),
        sort_key=sort_key(name),
        kind=kind,
        reports=n > 0,
    )


def _people(name: str, role: Role, units: list[Unit], since: date) -> list[User]:
    people = put(
        User(username=f"{name}-{n}", full_name=f"{role.label} {n:03}", password=UNUSABLE_PASSWORD_PREFIX)
        for n in range(len(units))
    )
    put(
        Post(user=user, unit=unit, role=role, title=str(role.label), valid_from=since)
        for user, unit in zip(people, units, strict=True)
    )
    return people


def make_plan(size: Size, province: Province, *, at: datetime) -> tuple[Plan, list[Task]]:
    """One plan with a passage, units, people, a ledger and sources for each of its tasks."""
    plan = Plan.objects.create(code="kh-tai", title="Kế hoạch thử tải", owner=province.units[0], created_at=at)
    version = _version(plan, at)
    groups = put(
        TaskGroup(plan=plan, code=f"III.{n}", title=f"Nhóm {n}", short_title=f"Nhóm {n}", position=n)
        for n in range(1, GROUPS + 1)
    )
    items = put(_item(version, n) for n in range(size.tasks))
    tasks = put(_task(plan, groups[n * GROUPS // size.tasks], item, n, at.date()) for n, item in enumerate(items))
    put(part for n, task in enumerate(tasks) for part in _assignments(task, province.units, n, at))
    put(charge for n, task in enumerate(tasks) for charge in _charges(task, province, n))
    put(_first_line(task, province.coordinator, at) for task in tasks)
    put(source for task in tasks for source in _sources(task, version.document, province.coordinator, at))
    return plan, tasks


def _version(plan: Plan, at: datetime) -> PlanVersion:
    file = StoredFile.objects.create(
        sha256=hashlib.sha256(b"bench").hexdigest(), size=5, media_type="text/plain", extension="txt", stored_at=at
    )
    document = Document.objects.create(
        file=file,
        file_name="ke-hoach.txt",
        kind="KẾ HOẠCH",
        number="1",
        symbol="/KH-UBND",
        title=plan.title,
        lines=[TEXT.format(n=n) for n in range(400)],
    )
    return PlanVersion.objects.create(
        plan=plan, number=1, document=document, in_force_from=at.date() - timedelta(days=400), created_at=at
    )


def _item(version: PlanVersion, n: int) -> PlanItem:
    return PlanItem(
        version=version,
        document=version.document,
        path=f"III.{n // 100}#{n}",
        position=n,
        kind="bullet",
        text=TEXT.format(n=n),
        where={"lines": [n % 400 + 1, n % 400 + 1]},
    )


def _task(plan: Plan, group: TaskGroup, item: PlanItem, n: int, today: date) -> Task:
    state = STATES[n % len(STATES)]
    due_on = None if n % 12 == 0 else today + timedelta(days=n * 37 % 700 - 350)
    done_on = today - timedelta(days=n % 200) if state == "completed" else None
    task = Task(
        plan=plan,
        group=group,
        item=item,
        code=f"kh-tai-{n}",
        number=str(n),
        title=TITLE.format(n=n),
        description=TEXT.format(n=n),
        product=None if n % 5 == 0 else "Báo cáo kết quả",
        authority=None if n % 3 == 0 else "UBND tỉnh",
        position=n,
        followed_from=today - timedelta(days=400),
        state=state,
        percent=100 if done_on else None if state == "not_started" else n % 100,
        completed_on=done_on,
        last_accepted_on=None if n % 9 == 0 else today - timedelta(days=n % 150),
        due_on=due_on,
        due_kind="moment" if due_on else "missing",
        original_due_on=due_on,
    )
    task.folded = fold(f"{task.code} | {task.title} | {task.description} | {task.product or ''}")
    return task


def lead_of(n: int, units: list[Any]) -> int:
    """Which unit leads the task at that position: any but the committee."""
    return 1 + n * 7 % (len(units) - 1)


def _assignments(task: Task, units: list[Unit], n: int, at: datetime) -> list[Assignment]:
    """A lead (one in forty tasks has none), two that help, one that watches."""
    lead = lead_of(n, units)
    parts = [] if n % 40 == 39 else [(Assignment.Role.LEAD, units[lead])]
    helping = dict.fromkeys((lead + step) % len(units) for step in (3, 11))  # one and the same of few units
    parts += [(Assignment.Role.COORDINATING, units[at_place]) for at_place in helping]
    parts += [(Assignment.Role.SUPERVISING, units[0])]
    return [Assignment(task=task, unit=unit, role=role, printed=unit.name, started_at=at) for role, unit in parts]


def _charges(task: Task, province: Province, n: int) -> list[Charge]:
    lead, since = lead_of(n, province.units), task.followed_from
    return [
        Charge(task=task, user=province.heads[lead], kind=Charge.Kind.HEAD, valid_from=since),
        Charge(task=task, user=province.officers[lead], kind=Charge.Kind.OFFICER, valid_from=since),
    ]


def _first_line(task: Task, by: User, at: datetime) -> DeadlineLine:
    return DeadlineLine(
        task=task,
        number=1,
        raw=str(task.due_on) if task.due_on else None,
        kind=task.due_kind,
        due_on=task.due_on,
        reason="Theo văn bản",
        source="Kế hoạch",
        recorded_by=by,
        recorded_at=at,
    )


def _sources(task: Task, document: Document, by: User, at: datetime) -> list[FieldSource]:
    where = task.item.where
    return [
        FieldSource(task=task, field=field, document=document, where=where, quote=quote, recorded_by=by, recorded_at=at)
        for field, quote in (("title", task.title), ("lead", "chủ trì"))
    ]
