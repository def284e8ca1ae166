"""The sample's registers: plans of units, programmes to review, tags, an IT checklist, trials and a commendation."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from tiendo.config.sample.world import Agenda, World
from tiendo.orgs.queries import reporting_units
from tiendo.orgs.words import fold
from tiendo.oversight.actions import commendations, pilots, related, security, unit_plans
from tiendo.oversight.models import Pilot
from tiendo.oversight.register_queries import results_of
from tiendo.oversight.security import IT_PROJECT, check_items
from tiendo.plans.actions import tags
from tiendo.plans.models import Assignment, Plan, Tag, Task

# The plan asks for them "before 28 February 2025": the 27th is the last good day.
FIRST_DUE = date(2025, 2, 27)
ORDER = "Mục IV.1 của Kế hoạch: ban hành trước ngày 28/02/2025 (minh họa)"
WORDS = {
    IT_PROJECT: ("phan mem", "nen tang", "he thong thong tin", "co so du lieu"),
    "nhan-luc": ("dao tao", "boi duong", "nhan luc"),
    "ha-tang-so": ("ha tang", "5g", "du lieu"),
    "the-che": ("nghi quyet", "co che", "chinh sach"),
    "truyen-thong": ("tuyen truyen", "truyen thong"),
}
PROGRAMMES = (
    ("12/CTr-UBND", "Chương trình chuyển đổi số của tỉnh (minh họa)", "so-kh-cn"),
    ("34/KH-UBND", "Kế hoạch phát triển nhân lực số (minh họa)", "so-noi-vu"),
    ("56/KH-UBND", "Kế hoạch thương mại điện tử (minh họa)", "so-cong-thuong"),
)


def schedule(world: World, agenda: Agenda, plan: Plan, *, now: datetime) -> None:
    """Two months of entries; each at its own moment."""
    acts: list[tuple[int, Callable[[World, Plan, datetime], None]]] = [
        (58, _plans_of_2025),
        (57, _programmes),
        (56, _tags),
        (40, _checklist),
        (39, _trial),
        (20, _reviews),
        (12, _evaluate),
        (10, _commend),
    ]
    for days, act in acts:
        agenda.add(now - timedelta(days=days), partial(act, world, plan))


def _plans_of_2025(world: World, plan: Plan, at: datetime) -> None:
    """Most units had their plan in time, some late, a few have none."""
    by = world.coordinator
    call = unit_plans.call_for_plans(plan=plan, year=2025, due_on=FIRST_DUE, source=ORDER, by=by, at=at)
    for place, unit in enumerate(reporting_units(on=FIRST_DUE).order_by("sort_key")):
        if place % 9 == 4:
            continue
        signed = date(2025, 3, 12) if place % 7 == 3 else date(2025, 2, 24)
        title = f"Kế hoạch chi tiết năm 2025 của {unit.name} (minh họa)"
        unit_plans.record_unit_plan(
            call=call, unit=unit, number=f"{place + 11}/KH", title=title, signed_on=signed, by=by, at=at
        )


def _programmes(world: World, plan: Plan, at: datetime) -> None:
    for number, title, reviewer in PROGRAMMES:
        unit = world.units[reviewer]
        due = date(2025, 12, 31)
        related.add_related(
            plan=plan, number=number, title=title, reviewer=unit, due_on=due, by=world.coordinator, at=at
        )


def _reviews(world: World, plan: Plan, at: datetime) -> None:
    """The first is kept; the second is to be amended; the third still waits."""
    first, second = plan.related_programmes.order_by("number")[:2]
    related.review_related(programme=first, outcome="keep", reason="", by=world.officer(first.reviewer.code), at=at)
    reason = "Cập nhật chỉ tiêu theo Kế hoạch (minh họa)"
    by = world.officer(second.reviewer.code)
    related.review_related(programme=second, outcome="amend", reason=reason, by=by, at=at)


def _tags(world: World, plan: Plan, at: datetime) -> None:
    """By the words of their titles."""
    tags.load_tags(by=world.coordinator, at=at)
    known = {tag.code: tag for tag in Tag.objects.filter(code__in=WORDS)}
    for task in plan.tasks.order_by("position"):
        title = fold(task.title)
        for code, words in WORDS.items():
            if any(word in title for word in words):
                tags.put_tag(task=task, tag=known[code], by=world.coordinator, at=at)


def _checklist(world: World, plan: Plan, at: datetime) -> None:
    """The lead of the first IT project has answered half of its checklist."""
    project, unit = _led_project(world, plan)
    if project:
        half = check_items()[: len(check_items()) // 2]
        answers = {
            item.code: security.CheckAnswer("done" if place % 3 else "partly") for place, item in enumerate(half)
        }
        security.answer_security(task=project, answers=answers, by=world.officer(unit), at=at)


def _led_project(world: World, plan: Plan) -> tuple[Task | None, str]:
    leads = Assignment.objects.in_force().filter(role=Assignment.Role.LEAD, unit__isnull=False, task__plan=plan)
    projects = leads.filter(task__tags__tag__code=IT_PROJECT, task__tags__taken_at=None)
    for part in projects.select_related("task", "unit").order_by("task__position"):
        if part.unit and any(person.unit == part.unit.code for person in world.people):
            return part.task, part.unit.code
    return None, ""


def _trial(world: World, plan: Plan, at: datetime) -> None:
    """A sandbox trial with an incident."""
    start = at.date() - timedelta(days=60)
    pilot = pilots.begin_pilot(
        plan=plan,
        kind=Pilot.Kind.SANDBOX.value,
        unit=world.units["so-y-te"],
        supervisor=world.units["so-kh-cn"],
        title="Giao thuốc bằng máy bay không người lái tới trạm y tế xã (minh họa)",
        decision="Quyết định số 77/QĐ-UBND (minh họa)",
        conditions="Bay ban ngày, trong một xã, không chở quá 2 kg.",
        starts_on=start,
        ends_on=start + timedelta(days=90),
        by=world.coordinator,
        at=at,
    )
    said = {"happened_on": at.date() - timedelta(days=5), "text": "Mất tín hiệu một chuyến; thiết bị tự quay về."}
    pilots.move_pilot(pilot=pilot, act="incident", by=world.officer("so-y-te"), at=at, **said)  # type: ignore[arg-type]


def _evaluate(world: World, plan: Plan, at: datetime) -> None:
    pilot = plan.pilots.get()
    said = {"happened_on": at.date() - timedelta(days=1), "text": "Đạt yêu cầu; đề nghị mở rộng ra ba xã (minh họa)."}
    pilots.move_pilot(pilot=pilot, act="evaluation", by=world.head("so-y-te"), at=at, **said)  # type: ignore[arg-type]


def _commend(world: World, plan: Plan, at: datetime) -> None:
    """The first department with a finished task."""
    for code in ("so-kh-cn", "so-noi-vu", "so-tai-chinh", "so-y-te", "so-gd-dt"):
        unit = world.units[code]
        done = list(results_of(plan, unit, on=at.date()).tasks[:2])
        if done:
            commendations.commend(
                plan=plan,
                unit=unit,
                form="Bằng khen của Chủ tịch UBND tỉnh",
                decision="Quyết định số 901/QĐ-UBND (minh họa)",
                decided_on=at.date() - timedelta(days=3),
                reason="Hoàn thành nhiệm vụ đúng hạn, có sản phẩm cụ thể (minh họa).",
                tasks=done,
                by=world.coordinator,
                at=at,
            )
            return
