"""Plans of agencies: owed by a day, entered, replaced, late or missing, taken in with their tasks (R013, R038)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON, make_task, make_unit
from tests.factories.registering import make_call, make_unit_plan
from tiendo.audit.models import Event
from tiendo.calendars.working_days import OfficeCalendar
from tiendo.intake.actions import start_import
from tiendo.intake.models import Import
from tiendo.notices.models import Notice
from tiendo.orgs.models import Succession
from tiendo.oversight.actions.register_papers import Paper
from tiendo.oversight.actions.unit_plans import (
    accept_with_register,
    call_for_plans,
    read_unit_plan,
    record_unit_plan,
)
from tiendo.oversight.actions.unit_plans_clock import remind_of_plans
from tiendo.oversight.models import PlanCall, UnitPlan
from tiendo.oversight.plan_calls import PlanStanding, Telling, plan_standing, telling_on
from tiendo.oversight.register_queries import plan_lines
from tiendo.plans.actions import create_plan
from tiendo.plans.models import Plan, Task

pytestmark = pytest.mark.django_db
DUE, SIGNED = date(2026, 2, 27), date(2026, 2, 20)
TODAY = date(2026, 7, 1)
TEXT = "KẾ HOẠCH\nThực hiện chuyển đổi số của Sở\nI. NHIỆM VỤ\n1. Hồ sơ\n- Số hóa 500 hồ sơ lưu trữ.\n"


def entered(call, unit, by, **more):
    given = {"number": "15/KH-SXD", "signed_on": SIGNED, "title": "Kế hoạch năm 2026"} | more
    return record_unit_plan(call=call, unit=unit, by=by, at=NOON, **given)


def standings(call, user, on=TODAY):
    return {line.unit.code: line.standing for line in plan_lines(call, user, on=on)}


@pytest.mark.parametrize(
    ("signed", "on", "expected"),
    [
        ((DUE,), TODAY, PlanStanding.IN_TIME),
        ((date(2026, 2, 28),), TODAY, PlanStanding.LATE),
        ((date(2026, 3, 9), SIGNED), TODAY, PlanStanding.IN_TIME),
        ((), DUE, PlanStanding.DUE),
        ((), date(2026, 2, 28), PlanStanding.MISSING),
    ],
)
def test_the_first_plan_signed_is_held_against_the_day(signed, on, expected):
    assert plan_standing(signed, due_on=DUE, on=on) == expected


def test_the_coordinator_asks_for_plans_once_a_year(world, plan):
    given = {"plan": plan, "year": 2026, "due_on": DUE, "source": "Mục IV.1", "at": NOON}
    call = call_for_plans(by=world.chi, **given)
    assert (call.due_on, Event.objects.last().act) == (DUE, "oversight.plan_call.make")
    with pytest.raises(PermissionDenied, match="đã có yêu cầu"):
        call_for_plans(by=world.chi, **given)
    assert PlanCall.objects.count() == 1


@pytest.mark.parametrize("who", ["an", "binh", "dung", "inspector", "finance", "decision_maker", "administrator"])
def test_nobody_else_asks_for_plans(world, plan, who):
    events = Event.objects.count()
    with pytest.raises(PermissionDenied):
        call_for_plans(plan=plan, year=2026, due_on=DUE, source="x", by=getattr(world, who), at=NOON)
    assert (PlanCall.objects.count(), Event.objects.count()) == (0, events)


@pytest.mark.parametrize("who", ["an", "binh", "chi"])
def test_the_unit_or_the_coordinator_enters_its_plan(world, plan, who):
    call = make_call(plan, world)
    made = entered(call, world.unit_a, getattr(world, who), paper=Paper(b"%PDF-1.4\n%%EOF\n", "kh.pdf"))
    assert (made.number, made.file.extension) == ("15/KH-SXD", "pdf")
    assert standings(call, world.chi)["so-xay-dung"] == PlanStanding.IN_TIME
    assert Event.objects.last().act == "oversight.unit_plan.enter"


@pytest.mark.parametrize("who", ["dung", "inspector", "finance", "decision_maker", "administrator"])
def test_nobody_enters_the_plan_of_another_unit(world, plan, who):
    call, events = make_call(plan, world), Event.objects.count()
    with pytest.raises(PermissionDenied):
        entered(call, world.unit_a, getattr(world, who))
    assert (UnitPlan.objects.count(), Event.objects.count()) == (0, events)


@pytest.mark.parametrize("wrong", [{"number": " "}, {"title": ""}, {"signed_on": date(2026, 7, 2)}])
def test_a_plan_without_its_number_or_signed_tomorrow_is_refused(world, plan, wrong):
    call = make_call(plan, world)
    with pytest.raises(PermissionDenied):
        entered(call, world.unit_a, world.an, **wrong)
    assert not UnitPlan.objects.exists()


def test_a_later_entry_stands_and_the_earlier_one_is_kept(world, plan):
    call = make_call(plan, world)
    first = entered(call, world.unit_a, world.an)
    second = entered(call, world.unit_a, world.an, number="40/KH-SXD", signed_on=date(2026, 5, 4))
    first.refresh_from_db()
    assert first.replaced_at == NOON
    assert list(UnitPlan.objects.standing()) == [second]
    line = next(line for line in plan_lines(call, world.chi, on=TODAY) if line.unit == world.unit_a)
    assert (line.entries, line.standing) == ((second, first), PlanStanding.IN_TIME)


def test_units_without_a_plan_are_missing_after_the_day_and_due_before(world, plan):
    call = make_call(plan, world)
    make_unit_plan(call, world.unit_b, world, signed_on=date(2026, 3, 15))
    found = standings(call, world.chi)
    assert (found["so-xay-dung"], found["so-y-te"]) == (PlanStanding.MISSING, PlanStanding.LATE)
    assert standings(call, world.chi, on=DUE)["so-xay-dung"] == PlanStanding.DUE


def test_a_unit_sees_its_own_line_alone(world, plan):
    call = make_call(plan, world)
    make_unit_plan(call, world.unit_a, world, signed_on=SIGNED)
    assert set(standings(call, world.an)) == {"so-xay-dung"}
    assert set(standings(call, world.dung)) == {"so-y-te"}
    assert not UnitPlan.objects.visible_to(world.dung).exists()


def merged(world, old, on):
    new = make_unit("so-moi", "Sở mới", parent=world.province, valid_from=on)
    Succession.objects.create(predecessor=old, successor=new, kind="merge", effective_on=on, decision="NQ")
    type(old).objects.filter(pk=old.pk).update(valid_to=on)
    return new


def test_a_unit_merged_after_the_day_keeps_its_plan_and_its_duty(world, plan):
    call = make_call(plan, world)
    make_unit_plan(call, world.unit_a, world, signed_on=SIGNED)
    new = merged(world, world.unit_a, date(2026, 3, 1))
    lines = {line.unit.code: line for line in plan_lines(call, world.chi, on=TODAY)}
    assert lines["so-xay-dung"].standing == PlanStanding.IN_TIME
    assert lines["so-xay-dung"].answering == new
    assert "so-moi" not in lines


def test_what_the_successor_signed_counts_for_a_unit_that_had_none(world, plan):
    call = make_call(plan, world)
    new = merged(world, world.unit_a, date(2026, 3, 1))
    make_unit_plan(call, new, world, signed_on=date(2026, 4, 2))
    line = next(line for line in plan_lines(call, world.chi, on=TODAY) if line.unit == world.unit_a)
    assert line.standing == PlanStanding.LATE


def test_a_unit_merged_before_the_day_owes_nothing(world, plan):
    call = make_call(plan, world)
    merged(world, world.unit_a, date(2026, 2, 1))
    found = standings(call, world.chi)
    assert found["so-moi"] == PlanStanding.MISSING
    assert "so-xay-dung" not in found


def test_lines_cost_the_same_for_many_units(world, plan):
    call = make_call(plan, world)
    assert plan_lines(call, world.chi, on=TODAY)
    with CaptureQueriesContext(connection) as few:
        plan_lines(call, world.chi, on=TODAY)
    for code in ("so-mot", "so-hai", "so-ba"):
        make_unit_plan(call, make_unit(code), world, signed_on=SIGNED)
    with CaptureQueriesContext(connection) as many:
        plan_lines(call, world.chi, on=TODAY)
    assert len(many) == len(few)


def taken_in(world, unit_plan, *, owner, under):
    """The plan as the import makes it of the file of the register."""
    given = {"take_pending": True, "code": "KH15", "title": "KH Sở", "owner": owner, "under": under}
    return accept_with_register(source=Import.objects.get(file=unit_plan.file), given=given, by=world.chi, at=NOON).plan


def test_the_plan_of_a_unit_comes_in_with_its_tasks_under_the_provinces(world, plan):
    call = make_call(plan, world)
    row = entered(call, world.unit_a, world.an, paper=Paper(TEXT.encode(), "kh.txt"))
    start_import(data=TEXT.encode(), name="kh.txt", by=world.chi, at=NOON)
    assert read_unit_plan(unit_plan=row, by=world.chi, at=NOON) == Import.objects.get(file=row.file)
    made = taken_in(world, row, owner=world.unit_a, under=plan)
    row.refresh_from_db()
    assert (row.detailed, made.under, made.owner) == (made, plan, world.unit_a)
    task = made.tasks.get()
    assert task in Task.objects.visible_to(world.an)
    assert task in Task.objects.visible_to(world.chi)
    assert task not in Task.objects.visible_to(world.dung)
    assert Event.objects.last().act == "oversight.unit_plan.take_in"


@pytest.mark.parametrize("wrong", ["owner", "under"])
def test_only_the_units_own_plan_under_this_one_is_linked(world, plan, wrong):
    row = entered(make_call(plan, world), world.unit_a, world.an, paper=Paper(TEXT.encode(), "kh.txt"))
    start_import(data=TEXT.encode(), name="kh.txt", by=world.chi, at=NOON)
    other = {"owner": world.unit_b, "under": None}[wrong]
    taken_in(world, row, **{"owner": world.unit_a, "under": plan, wrong: other})
    row.refresh_from_db()
    assert row.detailed is None
    assert not Event.objects.filter(act="oversight.unit_plan.take_in").exists()


def test_a_plan_under_a_detailed_one_is_refused(world, plan):
    own = Plan.objects.create(code="kh-a", title="KH", owner=world.unit_a, under=plan, created_at=NOON)
    with pytest.raises(PermissionDenied):
        create_plan(code="kh-c", title="KH", owner=world.unit_b, under=own, by=world.chi, at=NOON)
    with pytest.raises(PermissionDenied):
        call_for_plans(plan=own, year=2026, due_on=DUE, source="x", by=world.chi, at=NOON)


def test_a_plan_without_a_file_cannot_be_read(world, plan):
    row = make_unit_plan(make_call(plan, world), world.unit_a, world, signed_on=SIGNED)
    with pytest.raises(PermissionDenied, match="tệp"):
        read_unit_plan(unit_plan=row, by=world.chi, at=NOON)
    assert not make_task(plan, by=world.chi).plan.imports.exists()


def test_accepting_the_file_of_the_register_links_its_entry_by_itself(world, plan, client_of):
    row = entered(make_call(plan, world), world.unit_a, world.an, paper=Paper(TEXT.encode(), "kh.txt"))
    source = start_import(data=TEXT.encode(), name="kh.txt", by=world.chi, at=NOON)[0]
    chi, address = client_of(world.chi), f"/lam-viec/nhap/{source.pk}/chap-nhan/"
    page = chi.get(address)
    initial = page.context["form"].initial
    assert (initial["owner"], initial["under"], initial["title"]) == (world.unit_a, plan, row.title)
    typed = {"code": "KH15", "title": "KH", "owner": world.unit_a.pk, "under": plan.pk, "in_force_from": "2026-02-20"}
    assert chi.post(address, typed | {"lay": "tat_ca"}).status_code == 302
    row.refresh_from_db()
    assert row.detailed == Plan.objects.get(code="KH15")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 2, 10), None),
        (date(2026, 2, 24), Telling.SOON),
        (DUE, Telling.SOON),
        (date(2026, 2, 28), Telling.LATE),
        (date(2026, 3, 30), Telling.LATE),
        (date(2026, 3, 31), None),
    ],
)
def test_what_is_told_around_the_day(on, expected):
    assert telling_on(DUE, on, OfficeCalendar()) == expected


def test_units_are_told_when_asked_before_the_day_and_after_it_each_once(world, plan):
    due = TODAY + timedelta(days=20)
    call_for_plans(plan=plan, year=2026, due_on=due, source="Mục IV.1", by=world.chi, at=NOON)
    told = set(Notice.objects.values_list("user__username", flat=True))
    assert {"an", "binh", "dung"} <= told
    assert remind_of_plans(by=None, at=NOON) == []
    entered(PlanCall.objects.get(), world.unit_a, world.binh)
    for day, word in ((due, "hạn cuối"), (due + timedelta(days=1), "quá hạn")):
        at = NOON + (day - TODAY)
        sent = remind_of_plans(by=None, at=at)
        assert {notice.user for notice in sent} & {world.an, world.binh, world.dung} == {world.dung}
        assert all(word in notice.pattern for notice in sent)
        assert remind_of_plans(by=None, at=at) == []


def test_a_call_entered_after_its_day_asks_nobody(world, plan):
    call_for_plans(plan=plan, year=2026, due_on=DUE, source="Mục IV.1", by=world.chi, at=NOON)
    assert remind_of_plans(by=None, at=NOON) == []
    assert not Notice.objects.exists()


def test_only_who_keeps_the_registers_reminds_by_hand(world):
    with pytest.raises(PermissionDenied):
        remind_of_plans(by=world.binh, at=NOON)
    assert remind_of_plans(by=world.chi, at=NOON) == []
