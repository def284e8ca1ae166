"""A task given to a group of units: its members of the day see it, apart from their own; nobody else does."""

import random
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON, TODAY, World, make_plan, make_task, make_unit, make_user
from tests.factories.groups import give_to, join, make_unit_group
from tests.factories.reorganising import make_change, make_succession
from tiendo.accounts.models import Role, User
from tiendo.orgs.models import Succession, Unit, UnitGroup
from tiendo.plans.holding import holding
from tiendo.plans.joining import members_of
from tiendo.plans.models import Assignment, Plan, Task, TaskQuerySet
from tiendo.plans.queries import answering_units

DAY = timedelta(days=1)
GIVEN = date(2026, 1, 1)


@pytest.fixture
def plan(world: World) -> Plan:
    return make_plan(world.province)


@pytest.fixture
def group(world: World) -> UnitGroup:
    return make_unit_group(world.unit_a)


@pytest.fixture
def shared(world: World, plan: Plan, group: UnitGroup) -> Task:
    task = make_task(plan, by=world.chi, lead=world.finance_unit)
    give_to(group, task)
    return task


def of(unit: Unit, on: date = TODAY) -> TaskQuerySet:
    return Task.objects.shared_with(holding(on=on).held_by(unit.pk), on=on)


def test_a_member_sees_the_task_and_no_other_unit_does(world: World, shared: Task) -> None:
    seen = {name: Task.objects.visible_to(user).filter(pk=shared.pk).exists() for name, user in world.people.items()}
    assert [name for name, sees in seen.items() if not sees] == ["administrator", "other_unit"]


@pytest.mark.parametrize("lasts", [(date(2990, 1, 1), None), (None, TODAY)], ids=["not yet", "no longer"])
def test_who_is_no_member_today_does_not_see_it(
    world: World, shared: Task, group: UnitGroup, lasts: tuple[date | None, date | None]
) -> None:
    join(group, world.unit_b, *lasts)
    assert not Task.objects.visible_to(world.dung).exists()


def test_the_days_of_a_membership_are_the_days_of_the_part(world: World, shared: Task, group: UnitGroup) -> None:
    join(group, world.unit_b, TODAY, TODAY + 2 * DAY)
    found = [of(world.unit_b, TODAY + days * DAY).exists() for days in (-1, 0, 1, 2)]
    assert found == [False, True, True, False]


def test_it_stands_apart_from_what_names_the_unit(world: World, plan: Plan, group: UnitGroup, shared: Task) -> None:
    own = make_task(plan, by=world.chi, lead=world.unit_a)
    give_to(group, own)
    held = frozenset([world.unit_a.pk])
    assert list(Task.objects.shared_with(held)) == [shared]
    assert list(Task.objects.of_units(held)) == [own]


def test_it_asks_nothing_of_its_members(world: World, plan: Plan, group: UnitGroup) -> None:
    for role in ("lead", "coordinating"):
        give_to(group, make_task(plan, by=world.chi), role)
    roles = ["lead", "coordinating"]
    assert not answering_units(plan, roles=roles, on=TODAY).filter(pk=world.unit_a.pk, reports=False).exists()
    assert not Task.objects.of_units(frozenset([world.unit_a.pk])).exists()


def test_a_task_led_by_a_group_still_lacks_a_lead_unit(world: World, plan: Plan, group: UnitGroup) -> None:
    task = make_task(plan, by=world.chi)
    give_to(group, task, "lead")
    assert list(Task.objects.without_lead()) == [task]


def test_a_successor_takes_the_place_of_a_merged_member(world: World, plan: Plan) -> None:
    old = make_unit("so-gtvt", "Sở Giao thông vận tải", valid_to=TODAY)
    make_succession(old, world.unit_b, change=make_change(effective_on=TODAY))
    group = make_unit_group(old)
    before, after = (make_task(plan, by=world.chi, followed_from=day) for day in (TODAY - DAY, TODAY))
    for task in (before, after):
        give_to(group, task)
    assert list(of(world.unit_b)) == [before]
    assert list(of(old, TODAY - DAY)) == [before, after]
    assert not of(world.unit_b, TODAY - DAY).exists()


def test_an_undone_membership_and_an_undone_change_count_for_nothing(world: World, plan: Plan) -> None:
    old = make_unit("so-gtvt", "Sở Giao thông vận tải", valid_to=TODAY)
    link = make_succession(old, world.unit_b, change=make_change(effective_on=TODAY))
    group = make_unit_group(old, world.unit_a)
    give_to(group, make_task(plan, by=world.chi, followed_from=GIVEN))
    Succession.objects.filter(pk=link.pk).update(undone_at=NOON)
    group.memberships.filter(unit=world.unit_a).update(undone_at=NOON)
    assert not of(world.unit_b).exists()
    assert not of(world.unit_a).exists()


def test_an_ended_part_of_a_group_is_nobodys(world: World, shared: Task) -> None:
    Assignment.objects.filter(task=shared, role="coordinating").update(ended_at=NOON)
    assert not Task.objects.visible_to(world.an).exists()


def test_an_enterprise_of_a_group_sees_the_task_and_not_the_plan(world: World, shared: Task, group: UnitGroup) -> None:
    enterprise = make_unit("vnpt", "VNPT", kind="enterprise")
    join(group, enterprise)
    user = make_user("vnpt", enterprise, Role.OFFICER)
    assert list(Task.objects.visible_to(user)) == [shared]
    assert not Plan.objects.visible_to(user).exists()


def test_lists_and_members_agree_whatever_happened_to_the_units(world: World, plan: Plan) -> None:
    draw = random.Random(57)
    days = [GIVEN + step * 30 * DAY for step in range(12)]
    units = [make_unit(f"u-{n}", valid_from=draw.choice([None, None, draw.choice(days[:3])])) for n in range(12)]
    for place, unit in enumerate(units[:7]):
        end = draw.choice(days[3:])
        make_succession(unit, draw.choice(units[place + 1 :]), change=make_change(effective_on=end))
        Unit.objects.filter(pk=unit.pk).update(valid_to=draw.choice([None, end, end]))
    groups = [make_unit_group(code=f"g-{n}") for n in range(3)]
    for group in groups:
        for unit in draw.sample(units, 8):
            join(
                group,
                unit,
                draw.choice([None, draw.choice(days[:4])]),
                draw.choice([None, None, draw.choice(days[5:])]),
            )
    tasks = [make_task(plan, by=world.chi, followed_from=draw.choice(days)) for _ in range(12)]
    given = {task.pk: draw.choice(groups) for task in tasks}
    for task in tasks:
        give_to(given[task.pk], task)
    for on in days[2::3]:
        members = members_of({(given[task.pk].pk, task.followed_from) for task in tasks}, on=on)
        for unit in units:
            expected = {task.pk for task in tasks if unit.pk in members[given[task.pk].pk, task.followed_from]}
            assert set(of(unit, on).values_list("pk", flat=True)) == expected
        assert len(set(members.values())) > 1


def test_members_of_many_groups_cost_the_queries_of_one(world: World, group: UnitGroup) -> None:
    other = make_unit_group(world.unit_b, code="cac-xa", name="UBND các xã")
    with CaptureQueriesContext(connection) as one:
        members_of([(group.pk, GIVEN)], on=TODAY)
    with CaptureQueriesContext(connection) as many:
        found = members_of([(group.pk, GIVEN), (group.pk, TODAY), (other.pk, GIVEN)], on=TODAY)
    assert len(many) == len(one)
    assert found[other.pk, GIVEN] == {world.unit_b.pk}


def test_seeing_tasks_costs_no_more_queries_with_groups(world: World, plan: Plan, group: UnitGroup) -> None:
    def cost(user: User) -> int:
        with CaptureQueriesContext(connection) as captured:
            list(Task.objects.visible_to(user))
        return len(captured)

    user = User.objects.get(pk=world.an.pk)
    assert user.access.held_unit_ids  # read once a request
    without = cost(user)
    for _ in range(3):
        give_to(group, make_task(plan, by=world.chi))
    assert cost(user) == without


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"role": "coordinating"}, "assignment_names_somebody"),
        ({"role": "supervising", "group": True}, "assignment_supervised_by_a_unit"),
        ({"role": "coordinating", "group": True, "unit": True}, "assignment_unit_or_group"),
        ({"role": "performing", "group": True}, "assignment_group_once_per_role"),
    ],
)
def test_what_a_part_may_not_be(
    world: World, shared: Task, group: UnitGroup, fields: dict[str, object], constraint: str
) -> None:
    give_to(group, shared, "performing")
    named = {"group": group if fields.get("group") else None, "unit": world.unit_b if fields.get("unit") else None}
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Assignment.objects.create(task=shared, started_at=NOON, **(fields | named))
    assert constraint in str(refused.value) or "UNIQUE" in str(refused.value)
