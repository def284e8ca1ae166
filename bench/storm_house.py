"""What the storm breaks over: one open period of a generated province, and who is signed in."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from bench import generate
from bench.generate import Province, Size, lead_of, put
from bench.measure import get, post
from bench.pages import TOKEN, signed_in
from bench.storm import Work
from tiendo.config.management.commands.serve import collect_static
from tiendo.orgs.models import Succession
from tiendo.plans.models import Assignment, Task
from tiendo.reporting.actions import open_period
from tiendo.reporting.models import Period


@dataclass(frozen=True)
class House:
    """The period, each unit's work, and the requests of those who only look."""

    period: Period
    works: list[Work]
    room: bytes
    empty: bytes
    token: str


def fill(units: int, tasks: int) -> House:
    """An emptied database with one open period: `units` reports of `tasks` unfinished tasks each."""
    at = timezone.now()
    call_command("migrate", verbosity=0)
    size = Size(tasks=units * tasks, units=units + 1)
    province = generate.make_province(size, at=at)
    plan, made = generate.make_plan(size, province, at=at)
    Task.objects.update(state="in_progress", percent=10, completed_on=None)
    _lead_all(made, province)
    period = Period.objects.create(
        plan=plan,
        name="Kỳ đang mở",
        data_from=at.date() - timedelta(days=180),
        data_to=at.date(),
        opens_at=at,
        due_at=at + timedelta(minutes=10),
        due_text="trong hôm nay",
    )
    open_period(period=period, by=None, at=at)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    collect_static()
    chi = signed_in(province.coordinator)
    return House(
        period=period,
        works=_works(period, made, province),
        room=get(reverse("reporting:period-live", args=[period.pk]), chi),
        empty=post("/ghi-trong/", {**chi, "X-CSRFToken": TOKEN}, b"x=1"),
        token=TOKEN,
    )


def _lead_all(tasks: list[Task], province: Province) -> None:
    """The generated plan leaves some tasks without a lead, and units that were merged: here each unit has its own."""
    Succession.objects.all().delete()
    Assignment.objects.filter(role=Assignment.Role.LEAD).delete()
    at = timezone.now()
    put(
        Assignment(task=task, unit=province.units[lead_of(n, province.units)], role="lead", started_at=at)
        for n, task in enumerate(tasks)
    )


def _works(period: Period, tasks: list[Task], province: Province) -> list[Work]:
    duties = {duty.unit_id: duty.pk for duty in period.duties.all()}
    codes: dict[int, list[str]] = {}
    for n, task in enumerate(tasks):
        codes.setdefault(lead_of(n, province.units), []).append(task.code)
    return [
        Work(
            duty=duties[province.units[place].pk],
            codes=tuple(own),
            officer=signed_in(province.officers[place]),
            head=signed_in(province.heads[place]),
        )
        for place, own in sorted(codes.items())
    ]
