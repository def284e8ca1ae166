"""Sixty units with their people, and a plan of three hundred tasks. All names are made up."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from tests.factories import make_plan, make_task, make_unit, make_user
from tests.year.chronicle import Chronicle, Job
from tiendo.accounts.models import Role, User
from tiendo.orgs.models import Unit, UnitKind
from tiendo.plans.models import Plan, TaskGroup

DEPARTMENTS, COMMUNES = 22, 38
TASKS_EACH = 5
GROUPS = ("III.1", "III.2", "III.3", "III.4")
FIRST_DUE, LAST_DUE = date(2026, 3, 31), date(2027, 3, 31)


@dataclass(frozen=True)
class Office:
    """A unit that reports: its officers (the second steps in for the first), its head, and a deputy."""

    number: int
    unit: Unit
    officer: User
    second: User
    head: User
    deputy: User
    tasks: tuple[str, ...]


@dataclass(frozen=True)
class Province:
    """Who is who. The coordinator's office does not report to itself."""

    committee: Unit
    plan: Plan
    offices: tuple[Office, ...]
    coordinator: User
    second_coordinator: User
    chairman: User


def build(chance: random.Random, chronicle: Chronicle) -> Province:
    """Everything that stands before the year begins; each task is noted in the chronicle."""
    committee = make_unit("ubnd-tinh", "UBND tỉnh", kind=UnitKind.COMMITTEE)
    science = make_unit("so-khcn", "Sở Khoa học và Công nghệ", parent=committee, reports=False)
    coordinator = make_user("dau-moi", science, Role.COORDINATOR, full_name="Vàng Thị Chi")
    second = make_user("dau-moi-2", science, Role.COORDINATOR, full_name="Lò Văn Pản")
    chairman = make_user("chu-tich", committee, Role.DECISION_MAKER, full_name="Trần Quyết", title="Chủ tịch")
    make_user("pho-chu-tich", committee, Role.HEAD, full_name="Hà Thị Thường", title="Phó Chủ tịch")
    plan = make_plan(committee, "kh-2026")
    groups = [
        TaskGroup.objects.create(plan=plan, code=code, title=f"Nhóm {code}", short_title=f"Nhóm {code}", position=n)
        for n, code in enumerate(GROUPS, 10)
    ]
    units = [_unit(number, committee) for number in range(DEPARTMENTS + COMMUNES)]
    offices = tuple(
        _office(number, unit, _tasks(number, units, plan, groups, coordinator, chance, chronicle))
        for number, unit in enumerate(units)
    )
    return Province(committee, plan, offices, coordinator, second, chairman)


def _unit(number: int, committee: Unit) -> Unit:
    commune = number >= DEPARTMENTS
    name = f"UBND xã Bản {number:02}" if commune else f"Sở Thử {number:02}"
    kind = UnitKind.COMMUNE if commune else UnitKind.DEPARTMENT
    return make_unit(f"don-vi-{number:02}", name, kind=kind, parent=committee)


def _office(number: int, unit: Unit, tasks: tuple[str, ...]) -> Office:
    def person(part: str, role: Role | None) -> User:
        return make_user(f"{part}-{number:02}", unit if role else None, role, full_name=f"{part.title()} {number:02}")

    return Office(
        number=number,
        unit=unit,
        officer=person("canbo", Role.OFFICER),
        second=person("canbohai", Role.OFFICER),
        head=person("thutruong", Role.HEAD),
        deputy=person("phogiamdoc", Role.OFFICER),
        tasks=tasks,
    )


def _tasks(
    number: int,
    units: list[Unit],
    plan: Plan,
    groups: list[TaskGroup],
    by: User,
    chance: random.Random,
    chronicle: Chronicle,
) -> tuple[str, ...]:
    codes = []
    for place in range(TASKS_EACH):
        due_on = FIRST_DUE + timedelta(days=chance.randrange((LAST_DUE - FIRST_DUE).days))
        helpers = (chance.choice([n for n in range(DEPARTMENTS) if n != number]),) if chance.random() < 0.3 else ()
        group = groups[(number + place) % len(groups)]
        task = make_task(
            plan,
            by=by,
            lead=units[number],
            coordinating=[units[n] for n in helpers],
            due_on=due_on,
            title=f"Việc {place + 1} của đơn vị {number:02}",
            group=group,
            followed_from=date(2026, 1, 1),
        )
        chronicle.jobs[task.code] = Job(task.code, group.code, number, helpers, due_on, due_on)
        codes.append(task.code)
    return tuple(codes)
