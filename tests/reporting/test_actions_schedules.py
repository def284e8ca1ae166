"""Schedules make each next period ahead of its time: once, without a gap, whatever the clock slept through."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import World, make_period, make_unit
from tiendo.audit.models import Event
from tiendo.notices.models import Notice
from tiendo.orgs.models import OfficeDay, UnitKind
from tiendo.plans.models import Plan
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Period, Schedule, Stay
from tiendo.reporting.period_templates import PLAN
from tiendo.reporting.workflow import IllegalMove


def noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T05:00:00+00:00")


def start(world: World, plan: Plan, template: str = "month", *, on: str = "2026-01-05", **more: object) -> Schedule:
    return actions.start_schedule(
        plan=plan,
        template=template,
        started_on=date.fromisoformat(on),
        by=world.chi,
        at=noon(on),
        **more,  # type: ignore[arg-type]
    )


def run(day: str) -> None:
    """What the clock does."""
    actions.make_due_periods(by=None, at=noon(day))
    actions.open_due_periods(by=None, at=noon(day))


def slots() -> list[str]:
    return list(Period.objects.order_by("due_at").values_list("slot", flat=True))


def test_the_first_period_stands_ahead_and_can_be_seen(world: World, plan: Plan) -> None:
    start(world, plan)
    period = Period.objects.get()
    assert (period.name, period.slot, period.opened_at) == ("Tháng 1 năm 2026", "2026-01", None)
    assert (str(period.data_from), str(period.data_to)) == ("2025-12-15", "2026-01-15")
    assert period.opens_at == datetime(2026, 1, 8, 17, tzinfo=UTC)
    assert str(period.last_good_day) == "2026-01-19"
    assert period.due_text == "chậm nhất ngày 19/01/2026"
    assert not Duty.objects.exists()


def test_a_clock_that_slept_catches_up_without_a_gap_and_twice_does_nothing_twice(world: World, plan: Plan) -> None:
    start(world, plan)
    run("2026-04-10")
    assert slots() == ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]
    assert Period.objects.exclude(opened_at=None).count() == 4
    before = (Duty.objects.count(), Stay.objects.count(), Notice.objects.count(), Event.objects.count())
    run("2026-04-10")
    assert (Duty.objects.count(), Stay.objects.count(), Notice.objects.count(), Event.objects.count()) == before
    an = Notice.objects.filter(user=world.an, kind="period.opened")
    assert an.count() == 4
    assert an.values("key").distinct().count() == 4


@given(st.lists(st.integers(1, 60), min_size=1, max_size=6))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_however_often_the_clock_comes_the_periods_are_the_same(world: World, plan: Plan, steps: list[int]) -> None:
    Period.objects.all().delete()
    Schedule.objects.all().delete()
    schedule = start(world, plan)
    at = noon("2026-01-05")
    for step in steps:
        at += timedelta(days=step)
        actions.make_due_periods(by=None, at=at)
    many = slots()
    Period.objects.all().delete()
    Schedule.objects.filter(pk=schedule.pk).delete()
    start(world, plan)
    actions.make_due_periods(by=None, at=at)
    assert slots() == many


def test_the_plans_own_two_periods_a_year(world: World, plan: Plan) -> None:
    start(world, plan, PLAN, on="2026-01-05", asks_estimate=True)
    run("2026-10-31")
    found = Period.objects.order_by("due_at")
    assert [(each.name, str(each.last_good_day)) for each in found] == [
        ("6 tháng đầu năm 2026", "2026-06-14"),
        ("6 tháng cuối năm 2026", "2026-11-30"),
        ("6 tháng đầu năm 2027", "2027-06-14"),
    ]
    assert all(each.asks_estimate for each in found)


def test_communes_owe_earlier_and_every_report_knows_its_own_day(world: World, plan: Plan) -> None:
    commune = make_unit("xa-1", "Xã Một", kind=UnitKind.COMMUNE)
    start(world, plan, commune_days=-2)
    run("2026-01-12")
    due = dict(Duty.objects.values_list("unit__code", "due_at"))
    assert due[commune.code] == datetime(2026, 1, 15, 17, tzinfo=UTC)
    assert due["so-y-te"] == datetime(2026, 1, 19, 17, tzinfo=UTC)
    assert set(Stay.objects.filter(left_at=None).values_list("desk", flat=True)) == {"officer"}
    told = Notice.objects.get(user=world.an, kind="period.opened")
    assert told.filled["day"] == "19/01/2026"


@pytest.mark.parametrize(("template", "most"), [("month", 3), ("quarter", 3), (PLAN, 15)])
def test_communes_asked_before_there_is_time_to_report_are_refused_at_once(
    world: World, plan: Plan, template: str, most: int
) -> None:
    with pytest.raises(ValidationError, match=f"nhiều nhất {most} ngày làm việc") as refused:
        start(world, plan, template, commune_days=-most - 1)
    assert list(refused.value.message_dict) == ["commune_days"]
    assert not Schedule.objects.exists()
    assert not Event.objects.exists()
    assert start(world, plan, template, commune_days=-most).periods.exists()


def test_entered_days_off_move_what_is_still_to_come(world: World, plan: Plan) -> None:
    OfficeDay.objects.create(day="2026-01-16", kind="off", note="1/TB-UBND")
    start(world, plan)
    assert str(Period.objects.get().last_good_day) == "2026-01-20"


def test_a_period_changed_by_hand_is_not_made_again(world: World, plan: Plan) -> None:
    start(world, plan)
    period = Period.objects.get()
    actions.edit_period(
        period=period,
        name="Tháng Một",
        data_from=period.data_from,
        data_to=period.data_to,
        opens_at=period.opens_at,
        due_at=period.due_at + timedelta(days=1),
        due_text="chậm nhất 20/01",
        by=world.chi,
        at=noon("2026-01-06"),
    )
    run("2026-01-12")
    assert [(each.slot, each.name) for each in Period.objects.order_by("due_at")] == [
        ("2026-01", "Tháng Một"),
        ("2026-02", "Tháng 2 năm 2026"),
    ]


def test_a_period_set_by_hand_under_the_same_name_is_taken_in(world: World, plan: Plan) -> None:
    by_hand = make_period(plan, "Tháng 1 năm 2026")
    start(world, plan)
    by_hand.refresh_from_db()
    assert (by_hand.slot, by_hand.schedule_id) == ("2026-01", Schedule.objects.get().pk)
    assert Event.objects.filter(act="reporting.schedule.adopt").count() == 1


def test_an_ended_schedule_makes_nothing_and_takes_away_what_never_opened(world: World, plan: Plan) -> None:
    schedule = start(world, plan, commune_days=-1)
    run("2026-01-12")
    actions.end_schedule(schedule=schedule, by=world.chi, at=noon("2026-01-13"))
    run("2026-06-01")
    assert slots() == ["2026-01"]
    assert Event.objects.get(act="reporting.schedule.end").detail["dropped"] == ["Tháng 2 năm 2026"]
    with pytest.raises(IllegalMove):
        actions.end_schedule(schedule=schedule, by=world.chi, at=noon("2026-06-02"))
    again = start(world, plan, on="2026-06-03")
    assert again.periods.get().slot == "2026-06"


@pytest.mark.parametrize(
    "wrong", [{"template": "week"}, {"on": "2026-01-05", "at": "2026-01-06"}, {"template": "month", "twice": True}]
)
def test_what_cannot_be_started_leaves_nothing(world: World, plan: Plan, wrong: dict[str, object]) -> None:
    if wrong.pop("twice", False):
        start(world, plan)
    before = (Schedule.objects.count(), Period.objects.count(), Event.objects.count())
    day = str(wrong.get("on", "2026-01-05"))
    with pytest.raises(ValidationError):
        actions.start_schedule(
            plan=plan,
            template=str(wrong.get("template", "quarter")),
            started_on=date.fromisoformat(day),
            by=world.chi,
            at=noon(str(wrong.get("at", day))),
        )
    assert (Schedule.objects.count(), Period.objects.count(), Event.objects.count()) == before


@pytest.mark.parametrize("who", ["officer", "head", "decision_maker", "finance", "inspector", "administrator"])
def test_only_the_coordinator_keeps_schedules(world: World, plan: Plan, who: str) -> None:
    schedule = start(world, plan)
    before = (Schedule.objects.count(), Period.objects.count(), Event.objects.count())
    person, at = world.people[who], noon("2026-01-06")
    with pytest.raises(PermissionDenied):
        actions.start_schedule(plan=plan, template="year", started_on=date(2026, 1, 6), by=person, at=at)
    with pytest.raises(PermissionDenied):
        actions.end_schedule(schedule=schedule, by=person, at=at)
    schedule.refresh_from_db()
    assert schedule.ended_at is None
    assert (Schedule.objects.count(), Period.objects.count(), Event.objects.count()) == before
