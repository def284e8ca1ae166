"""One supervising agency for each task: its own before that of its branch, never one that takes part (R007)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON, TODAY, World, make_group, make_task, make_unit
from tests.factories.reorganising import make_succession
from tiendo.audit.models import Event
from tiendo.orgs.models import Unit
from tiendo.plans import actions
from tiendo.plans.models import Assignment, GroupSupervision, Plan, Task
from tiendo.plans.supervision import branches, supervised_by, supervisors_of, unsupervised

pytestmark = pytest.mark.django_db
PAPER = "Quyết định số 12/QĐ-UBND"


def supervise(plan: Plan, world: World, unit: Unit | None = None) -> GroupSupervision:
    """The agency, or inspection, supervises the first branch."""
    group, agency = plan.groups.get(code="III.1.1"), unit or world.inspection_unit
    return actions.supervise_branch(group=group, unit=agency, source=PAPER, by=world.chi, at=NOON)


def test_a_branch_has_one_agency_and_the_former_one_ends(plan: Plan, task: Task, world: World) -> None:
    first = supervise(plan, world)
    second = supervise(plan, world, world.unit_b)
    first.refresh_from_db()
    assert (first.ended_at, second.ended_at) == (NOON, None)
    assert supervisors_of([task], on=TODAY)[task.pk].answering == world.unit_b
    assert Event.objects.filter(act="plans.group.supervise").count() == 2


def test_said_again_it_is_written_once(plan: Plan, world: World) -> None:
    assert supervise(plan, world) == supervise(plan, world)
    assert Event.objects.filter(act="plans.group.supervise").count() == 1


def test_the_database_itself_keeps_a_second_agency_out(plan: Plan, world: World) -> None:
    supervise(plan, world)
    again = {"group": plan.groups.get(), "unit": world.unit_b, "source": PAPER, "started_by": world.chi}
    with pytest.raises(IntegrityError):
        GroupSupervision.objects.create(started_at=NOON, **again)


def test_the_tasks_own_agency_goes_before_that_of_its_branch(plan: Plan, task: Task, world: World) -> None:
    supervise(plan, world)
    actions.assign_unit(task=task, unit=world.unit_b, role="supervising", source=PAPER, by=world.chi, at=NOON)
    found = supervisors_of([task], on=TODAY)[task.pk]
    assert (found.answering, found.of_branch) == (world.unit_b, False)
    of_b = supervised_by(Task.objects.all(), [world.unit_b.pk], on=TODAY)
    of_branch = supervised_by(Task.objects.all(), [world.inspection_unit.pk], on=TODAY)
    assert (list(of_b), list(of_branch)) == ([task], [])


@pytest.mark.parametrize("role", ["lead", "coordinating", "performing"])
def test_who_takes_part_supervises_nothing(plan: Plan, task: Task, world: World, role: str) -> None:
    if role != "lead":
        Assignment.objects.create(task=task, unit=world.unit_b, role=role, started_at=NOON)
    unit = world.unit_a if role == "lead" else world.unit_b
    with pytest.raises(PermissionDenied, match="tham gia thực hiện"):
        actions.assign_unit(task=task, unit=unit, role="supervising", source=PAPER, by=world.chi, at=NOON)
    assert not Event.objects.exists()


def test_who_supervises_is_given_no_other_part(task: Task, world: World) -> None:
    actions.assign_unit(task=task, unit=world.unit_b, role="supervising", source=PAPER, by=world.chi, at=NOON)
    with pytest.raises(PermissionDenied, match="đang giám sát"):
        actions.assign_unit(task=task, unit=world.unit_b, role="coordinating", source=PAPER, by=world.chi, at=NOON)
    assert task.assignments.in_force().count() == 2


def test_a_task_its_branchs_agency_leads_is_listed_and_counts_as_without(plan: Plan, task: Task, world: World) -> None:
    supervise(plan, world, world.unit_a)
    other = make_task(plan, by=world.chi, lead=world.unit_b)
    assert list(unsupervised(Task.objects.all(), on=TODAY)) == [task]
    [branch] = branches(plan, Task.objects.all(), on=TODAY)
    assert (branch.total, branch.without, branch.clashing) == (2, 1, 1)
    assert set(supervisors_of([task, other], on=TODAY)) == {other.pk}


def test_a_cancelled_task_needs_no_agency(plan: Plan, world: World) -> None:
    make_task(plan, by=world.chi, lead=world.unit_a, state="cancelled")
    assert not unsupervised(Task.objects.all(), on=TODAY).exists()


def test_what_a_successor_took_over_it_leads_and_supervises(plan: Plan, task: Task, world: World) -> None:
    """The agency of the branch went up in unit B: B supervises. Once A goes up in B too, the task is B's own work."""
    old = make_unit("so-cu", "Sở cũ")
    supervise(plan, world, old)
    make_succession(old, world.unit_b)
    found = supervisors_of([task], on=TODAY)[task.pk]
    assert (found.named, found.answering) == (old, world.unit_b)
    assert Task.objects.visible_to(world.dung).filter(pk=task.pk).exists()
    make_succession(world.unit_a, world.unit_b)
    assert list(unsupervised(Task.objects.all(), on=TODAY)) == [task]
    with pytest.raises(PermissionDenied, match="tham gia thực hiện"):
        actions.assign_unit(task=task, unit=old, role="supervising", source=PAPER, by=world.chi, at=NOON)


def test_its_people_see_the_tasks_of_the_branch_and_nobody_elses(plan: Plan, task: Task, world: World) -> None:
    other = make_task(plan, by=world.chi, lead=world.unit_a, group=make_group(plan, "III.1.2", "Thể chế"))
    assert not Task.objects.visible_to(world.dung).exists()
    supervise(plan, world, world.unit_b)
    assert list(Task.objects.visible_to(world.dung)) == [task]
    actions.assign_unit(task=task, unit=world.inspection_unit, role="supervising", source=PAPER, by=world.chi, at=NOON)
    assert not Task.objects.visible_to(world.dung).exists()
    assert other.group != task.group


def test_an_ended_supervision_is_kept_and_recorded(plan: Plan, task: Task, world: World) -> None:
    row = supervise(plan, world)
    for _twice in range(2):
        actions.end_branch_supervision(supervision=row, source="Công văn 9", by=world.chi, at=NOON)
    row.refresh_from_db()
    assert row.ended_at == NOON
    assert supervisors_of([task], on=TODAY) == {}
    assert Event.objects.filter(act="plans.group.end_supervision").count() == 1


@pytest.mark.parametrize("person", ["an", "binh", "dung", "decision_maker", "finance", "inspector", "administrator"])
def test_only_the_coordinator_writes_it(plan: Plan, task: Task, world: World, person: str) -> None:
    by = getattr(world, person)
    with pytest.raises(PermissionDenied):
        actions.supervise_branch(group=plan.groups.get(), unit=world.unit_b, source=PAPER, by=by, at=NOON)
    with pytest.raises(PermissionDenied):
        actions.assign_unit(task=task, unit=world.unit_b, role="supervising", source=PAPER, by=by, at=NOON)
    assert not Event.objects.exists()
    assert not GroupSupervision.objects.exists()


def test_it_rests_on_a_paper_and_on_a_unit_in_force(plan: Plan, world: World) -> None:
    gone = make_unit("da-giai-the", "Sở đã giải thể", valid_from=date(2020, 1, 1), valid_to=date(2025, 3, 1))
    for unit, source in ((world.unit_b, " "), (gone, PAPER)):
        with pytest.raises(PermissionDenied):
            actions.supervise_branch(group=plan.groups.get(), unit=unit, source=source, by=world.chi, at=NOON)
    assert not Event.objects.exists()


def test_one_branch_costs_as_many_questions_as_three(plan: Plan, task: Task, world: World) -> None:
    supervise(plan, world)
    one = _asked(plan)
    for number, unit in ((2, world.unit_b), (3, world.finance_unit)):
        group = make_group(plan, f"III.1.{number}", f"Nhóm {number}")
        make_task(plan, by=world.chi, lead=world.unit_a, group=group)
        actions.supervise_branch(group=group, unit=unit, source=PAPER, by=world.chi, at=NOON)
    assert _asked(plan) == one


def _asked(plan: Plan) -> int:
    tasks = Task.objects.filter(plan=plan)
    with CaptureQueriesContext(connection) as queries:
        branches(plan, tasks, on=TODAY)
        supervisors_of(tasks, on=TODAY)
        list(unsupervised(tasks, on=TODAY))
    return len(queries)
