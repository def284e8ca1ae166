from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.factories import World, make_period, make_task, make_unit
from tiendo.audit.models import Event
from tiendo.orgs.models import Succession, UnitKind
from tiendo.plans.models import Plan
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Period


def create(world: World, plan: Plan, now: datetime, **changed: object) -> Period:
    values: dict[str, object] = {
        "name": "6 tháng đầu năm 2026",
        "data_from": date(2025, 12, 1),
        "data_to": date(2026, 6, 1),
        "opens_at": now,
        "due_at": now + timedelta(days=14),
        "due_text": "trước ngày 15/7",
    }
    return actions.create_period(plan=plan, by=world.chi, at=now, **(values | changed))  # type: ignore[arg-type]


def test_opening_asks_every_unit_that_reports_once(world: World, plan: Plan, now: datetime) -> None:
    make_unit("so-cu", reports=True, valid_to=date(2025, 3, 1))
    make_unit("bo-khcn", kind=UnitKind.NATIONAL)
    period = create(world, plan, now)
    actions.open_period(period=period, by=world.chi, at=now)
    actions.open_period(period=period, by=world.chi, at=now)
    asked = set(Duty.objects.values_list("unit__code", flat=True))
    assert asked == {"so-khcn", "so-tai-chinh", "thanh-tra", "so-xay-dung", "so-y-te"}
    assert Event.objects.filter(act="reporting.period.open").count() == 1


def test_the_schedule_opens_what_is_due_and_catches_up(world: World, plan: Plan, now: datetime) -> None:
    create(world, plan, now, name="đã đến")
    create(world, plan, now, name="chưa đến", opens_at=now + timedelta(days=5))
    assert [p.name for p in actions.open_due_periods(by=None, at=now + timedelta(days=3))] == ["đã đến"]
    assert actions.open_due_periods(by=None, at=now + timedelta(days=3)) == []
    assert Event.objects.get(act="reporting.period.open").actor == "hệ thống"


@pytest.mark.parametrize("who", ["officer", "head", "decision_maker", "finance", "inspector", "administrator"])
def test_only_the_coordinator_sets_periods(world: World, plan: Plan, now: datetime, who: str) -> None:
    period = create(world, plan, now)
    with pytest.raises(PermissionDenied):
        actions.open_period(period=period, by=world.people[who], at=now)
    assert not Duty.objects.exists()


def test_dates_out_of_order_are_refused(world: World, plan: Plan, now: datetime) -> None:
    with pytest.raises(ValidationError):
        create(world, plan, now, data_to=date(2025, 12, 1))
    with pytest.raises(ValidationError):
        create(world, plan, now, due_at=now)
    assert not Period.objects.exists()


def test_whoever_leads_an_unfinished_task_is_asked_whether_or_not_it_reports_as_a_rule(
    world: World, plan: Plan, now: datetime
) -> None:
    """The unit that answers on the day, not its predecessor; never for what is finished."""
    old, heir, done, helps = (make_unit(code, reports=False) for code in ("cty-cu", "cty-moi", "cty-xong", "cty-giup"))
    Succession.objects.create(
        predecessor=old, successor=heir, kind="merge", effective_on=date(2026, 1, 1), is_default=True
    )
    make_task(plan, by=world.chi, lead=old, coordinating=[helps])
    make_task(plan, by=world.chi, lead=done, state="completed", completed_on=date(2026, 3, 1))
    asked = actions.open_period(period=make_period(plan, opened_at=None), by=None, at=now).duties
    units = set(asked.values_list("unit__code", flat=True))
    assert heir.code in units
    assert not units & {old.code, done.code, helps.code}
    only = make_period(plan, opened_at=None)
    only.only_units.set([world.unit_b])
    assert [duty.unit for duty in actions.open_period(period=only, by=None, at=now).duties.all()] == [world.unit_b]
