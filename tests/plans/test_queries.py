"""Every number is counted by the rule of its list, on the day itself, the day before and the day after."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.factories import TODAY, World, make_plan, make_task, make_unit
from tests.factories.plans import make_group
from tiendo.calendars.deadlines import cell
from tiendo.orgs.models import Succession
from tiendo.plans import queries
from tiendo.plans.counting import by_lead, most_overdue
from tiendo.plans.holding import holding
from tiendo.plans.models import Assignment, Plan, Task
from tiendo.plans.queries import CELLS, CONCERNS, in_list, overview

DAY = timedelta(days=1)


@pytest.fixture
def tasks(world: World, plan: Plan) -> list[Task]:
    """Every state against a deadline around today and none."""
    made = []
    for due in (TODAY - DAY, TODAY, TODAY + DAY, TODAY + 7 * DAY, TODAY + 8 * DAY, None):
        for state in ("not_started", "in_progress", "completed", "paused", "cancelled"):
            done = TODAY if state == "completed" else None
            lead = world.unit_a if due else None
            made.append(make_task(plan, by=world.chi, lead=lead, due_on=due, state=state, completed_on=done))
    return made


def test_the_cells_part_all_counted_tasks_and_agree_with_the_calendar(tasks: list[Task]) -> None:
    listed = {name: set(in_list(Task.objects.all(), name, on=TODAY)) for name in CELLS}
    counted = [task for task in tasks if task.state != "cancelled"]
    for task in counted:
        [where] = [name for name in CELLS if task in listed[name]]
        assert where == cell(task.due_on, on=TODAY, done_on=task.completed_on)
        assert Task.objects.with_cell(TODAY).get(pk=task.pk).cell == where  # type: ignore[attr-defined]
    assert sum(map(len, listed.values())) == len(counted)


@pytest.mark.parametrize("on", [TODAY - DAY, TODAY, TODAY + DAY])
def test_every_number_is_as_long_as_its_list(tasks: list[Task], on: date) -> None:
    numbers = overview(Task.objects.all(), on=on)
    for name in (*CELLS, *CONCERNS):
        assert numbers.counts[name] == in_list(Task.objects.all(), name, on=on).count(), name
    assert numbers.total == in_list(Task.objects.all(), "counted", on=on).count()
    assert numbers.finished == in_list(Task.objects.all(), "finished", on=on).count()
    assert numbers.unfinished == in_list(Task.objects.all(), "unfinished", on=on).count()
    assert numbers.cancelled == 6


def test_overdue_and_due_soon_turn_on_their_days(world: World, plan: Plan) -> None:
    task = make_task(plan, by=world.chi, due_on=TODAY)
    late = [Task.objects.open_overdue(day).filter(pk=task.pk).exists() for day in (TODAY - DAY, TODAY, TODAY + DAY)]
    assert late == [False, False, True]
    soon = [
        Task.objects.due_soon(day).filter(pk=task.pk).exists()
        for day in (TODAY - 8 * DAY, TODAY - 7 * DAY, TODAY, TODAY + DAY)
    ]
    assert soon == [False, True, True, False]


def test_stale_turns_on_the_day_after_the_limit(world: World, plan: Plan) -> None:
    said = make_task(plan, by=world.chi, last_accepted_on=TODAY)
    silent = make_task(plan, by=world.chi, followed_from=TODAY)
    for task in (said, silent):
        stale = [Task.objects.stale(TODAY + days * DAY).filter(pk=task.pk).exists() for days in (90, 91)]
        assert stale == [False, True]


@pytest.mark.parametrize(
    ("done_on_time", "overdue", "of_all", "of_due"),
    [(0, 0, None, None), (3, 1, Decimal(75), Decimal(75)), (0, 2, Decimal(0), Decimal(0))],
)
def test_both_completion_rates(
    world: World, plan: Plan, done_on_time: int, overdue: int, of_all: Decimal | None, of_due: Decimal | None
) -> None:
    for _ in range(done_on_time):
        make_task(plan, by=world.chi, state="completed", completed_on=TODAY)
    for _ in range(overdue):
        make_task(plan, by=world.chi, due_on=TODAY - DAY)
    numbers = overview(Task.objects.all(), on=TODAY)
    assert (numbers.rate_of_all, numbers.rate_of_due) == (of_all, of_due)


def test_the_rates_differ_by_what_is_not_yet_due(world: World, plan: Plan) -> None:
    make_task(plan, by=world.chi, state="completed", completed_on=TODAY)
    make_task(plan, by=world.chi, due_on=TODAY + DAY)
    numbers = overview(Task.objects.all(), on=TODAY)
    assert (numbers.rate_of_all, numbers.rate_of_due) == (Decimal(50), Decimal(100))


def test_groups_are_counted_in_the_order_of_the_plan(world: World, plan: Plan) -> None:
    second = make_group(plan, "III.1.2", "Hạ tầng")
    make_task(plan, by=world.chi, group=second, due_on=TODAY - DAY)
    make_task(plan, by=world.chi, state="completed", completed_on=TODAY)
    make_task(plan, by=world.chi, state="cancelled")
    rows = [(row.code, row.total, row.finished, row.overdue) for row in queries.by_group(Task.objects.all(), on=TODAY)]
    assert rows == [("III.1.1", 1, 1, 0), ("III.1.2", 1, 0, 1)]


def test_groups_of_two_plans_with_one_code_stay_apart(world: World, plan: Plan) -> None:
    other = make_plan(world.province, "kh-58", "Kế hoạch khác")
    for each in (plan, other):
        make_task(each, by=world.chi)
    assert [row.total for row in queries.by_group(Task.objects.all(), on=TODAY)] == [1, 1]


def test_a_successor_answers_for_what_its_predecessor_led(world: World, plan: Plan) -> None:
    old = make_unit("so-gtvt", "Sở Giao thông vận tải")
    Succession.objects.create(
        predecessor=old, successor=world.unit_a, kind="merge", effective_on=date(2025, 3, 1), decision="NQ 1"
    )
    make_task(plan, by=world.chi, lead=old, due_on=TODAY - DAY)
    make_task(plan, by=world.chi, lead=world.unit_a)
    make_task(plan, by=world.chi, lead=world.unit_b)
    make_task(plan, by=world.chi)
    rows = by_lead(Task.objects.all(), on=TODAY, known=holding(on=TODAY))
    assert [(row.unit, row.total, row.overdue, row.unfinished) for row in rows] == [
        (world.unit_a, 2, 1, 2),
        (world.unit_b, 1, 0, 1),
    ]
    assert queries.led_by(Task.objects.all(), world.unit_a, on=TODAY).count() == 2
    assert Task.objects.visible_to(world.an).count() == 2


def test_the_longest_overdue_comes_first_with_its_people(world: World, plan: Plan) -> None:
    make_task(plan, by=world.chi, lead=world.unit_b, due_on=TODAY - DAY)
    worst = make_task(plan, by=world.chi, lead=world.unit_a, head=world.binh, due_on=TODAY - 9 * DAY)
    make_task(plan, by=world.chi, due_on=TODAY)
    first, second = most_overdue(Task.objects.all(), on=TODAY, limit=5)
    assert (first, first.lead_id, first.head_name) == (worst, world.unit_a.pk, "Lò Thị Bình")  # type: ignore[attr-defined]
    assert (second.lead_id, second.head_name) == (world.unit_b.pk, None)  # type: ignore[attr-defined]


def test_a_unit_sees_its_tasks_in_every_role_until_its_part_ends(world: World, plan: Plan) -> None:
    for fields in ({"lead": world.unit_b}, {"coordinating": [world.unit_b]}, {"supervising": world.unit_b}):
        task = make_task(plan, by=world.chi, **fields)
        assert Task.objects.visible_to(world.dung).filter(pk=task.pk).exists()
        assert not Task.objects.visible_to(world.an).filter(pk=task.pk).exists()
        Assignment.objects.filter(task=task).update(ended_at=task.assignments.get().started_at)
        assert not Task.objects.visible_to(world.dung).filter(pk=task.pk).exists()


def test_overseers_see_every_task_and_the_administrator_none(world: World, task: Task) -> None:
    for person in (world.chi, world.decision_maker, world.finance, world.inspector):
        assert list(Task.objects.visible_to(person)) == [task]
    assert not Task.objects.visible_to(world.administrator).exists()


def test_tasks_are_found_by_path_in_every_version(world: World, task: Task, plan: Plan) -> None:
    found = queries.tasks_by_path(Task.objects.all(), plan.version)
    assert found == {"III.1.1#1": [task]}
    assert [item.path for item in queries.tree(plan.version)] == ["III.1.1#1"]


def test_a_lead_that_is_only_words_is_no_lead(world: World, plan: Plan) -> None:
    task = make_task(plan, by=world.chi, due_on=TODAY - DAY)
    started = task.deadline_lines.get().recorded_at
    Assignment.objects.create(task=task, role="lead", printed="các sở, ban, ngành", started_at=started)
    assert list(Task.objects.without_lead()) == [task]
    assert "nguoi" in queries.lacks_of(queries.with_known(Task.objects.all()).get())
    assert by_lead(Task.objects.all(), on=TODAY, known=holding(on=TODAY)) == []
    assert most_overdue(Task.objects.all(), on=TODAY, limit=1)[0].lead_id is None  # type: ignore[attr-defined]
