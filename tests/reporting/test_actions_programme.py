"""The work programme: an entry asks the chosen units, tells them, and is reminded of like any other report."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.factories import World, make_period
from tiendo.audit.models import Event
from tiendo.notices.models import Notice
from tiendo.plans.models import Plan
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Period, ProgrammeEntry, Stay
from tiendo.reporting.workflow import IllegalMove


def add(world: World, plan: Plan, now: datetime, **changed: object) -> ProgrammeEntry:
    given: dict[str, object] = {
        "title": "Ban Thường vụ nghe tình hình chuyển đổi số",
        "held_on": date(2026, 7, 20),
        "report_due_on": date(2026, 7, 15),
        "units": [world.unit_a],
        "document": "Chương trình số 10-CTr/TU",
        "by": world.chi,
    }
    return actions.add_programme_entry(plan=plan, at=now, **(given | changed))  # type: ignore[arg-type]


def test_an_entry_asks_the_chosen_units_by_its_day(world: World, plan: Plan, now: datetime) -> None:
    entry = add(world, plan, now)
    duty = Duty.objects.select_related("period").get()
    assert entry.period == duty.period
    assert (duty.unit, str(duty.last_good_day)) == (world.unit_a, "2026-07-15")
    assert duty.period.is_open
    assert duty.period.due_text == "chậm nhất ngày 15/07/2026"
    assert (str(duty.period.data_from), str(duty.period.data_to)) == ("2026-01-01", "2026-07-16")
    assert Stay.objects.get(duty=duty).desk == "officer"


def test_its_people_are_told_and_nobody_else(world: World, plan: Plan, now: datetime) -> None:
    add(world, plan, now)
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"an", "binh"}
    assert list(Duty.objects.visible_to(world.dung)) == []


def test_the_same_title_may_come_again_and_a_long_one_is_cut(world: World, plan: Plan, now: datetime) -> None:
    add(world, plan, now)
    again = add(world, plan, now, held_on=date(2026, 8, 20), report_due_on=date(2026, 8, 10))
    assert again.period is not None
    assert again.period.name.endswith("(20/08/2026)")
    long = add(world, plan, now, title="Nghe báo cáo " * 30)
    assert long.period is not None
    assert len(long.period.name) <= 120


def test_a_cancelled_entry_asks_no_more(world: World, plan: Plan, now: datetime) -> None:
    entry = add(world, plan, now)
    actions.cancel_programme_entry(entry=entry, reason="Hoãn họp", by=world.chi, at=now)
    entry.refresh_from_db()
    period = Period.objects.get()
    assert (entry.cancelled_at, entry.cancel_reason, period.closed_at) == (now, "Hoãn họp", now)
    assert not Stay.objects.filter(left_at=None).exists()
    with pytest.raises(IllegalMove):
        actions.cancel_programme_entry(entry=entry, reason="Hoãn họp", by=world.chi, at=now)
    assert Event.objects.filter(act="reporting.programme.cancel").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"report_due_on": date(2026, 7, 21)},
        {"report_due_on": date(2026, 6, 30)},
        {"units": []},
        {"title": "   "},
    ],
)
def test_what_cannot_be_asked_leaves_nothing(world: World, plan: Plan, now: datetime, wrong: dict[str, object]) -> None:
    make_period(plan)
    with pytest.raises(ValidationError):
        add(world, plan, now, **wrong)
    assert Period.objects.count() == 1
    assert not ProgrammeEntry.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize("who", ["officer", "head", "decision_maker", "finance", "inspector", "administrator"])
def test_only_the_coordinator_keeps_the_programme(world: World, plan: Plan, now: datetime, who: str) -> None:
    with pytest.raises(PermissionDenied):
        add(world, plan, now, by=world.people[who])
    entry = add(world, plan, now)
    before = Event.objects.count()
    with pytest.raises(PermissionDenied):
        actions.cancel_programme_entry(entry=entry, reason="Hoãn", by=world.people[who], at=now)
    with pytest.raises(PermissionDenied):
        actions.cancel_programme_entry(entry=entry, reason=" ", by=world.chi, at=now)
    assert Event.objects.count() == before
