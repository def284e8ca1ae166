"""What the public sees of a task given to a group of units: its words, and who belongs to it that day."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON, TODAY
from tests.factories.groups import give_to, join, make_unit_group
from tests.publication.release import Story
from tiendo.plans.models import Assignment
from tiendo.publication.snapshot import take_snapshot


def test_a_group_stands_with_its_members_of_the_day(story: Story) -> None:
    group = make_unit_group(story.world.finance_unit)
    join(group, story.world.inspection_unit, until=TODAY)
    give_to(group, story.late, printed="các sở, ngành")
    [row] = [each for each in take_snapshot(story.plan, at=NOON).tasks if each["code"] == story.late.code]
    [named] = [each for each in row["data"]["coordinating"] if "group" in each]
    assert named == {
        "code": None,
        "name": "các sở, ngành",
        "named": None,
        "group": {"code": "cac-so", "name": "Các sở, ban, ngành"},
        "members": [{"code": "so-tai-chinh", "name": "Sở Tài chính"}],
    }
    assert "|so-tai-chinh|" not in row["unit_codes"]  # it stands apart from what names the unit itself
    assert "các sở, ngành" in [line["values"].get("unit") for line in row["data"]["timeline"]]


def test_a_group_named_by_hand_stands_under_its_own_name(story: Story) -> None:
    story.late.assignments.update(ended_at=NOON)
    part = give_to(make_unit_group(story.world.unit_b), story.late, "lead")
    Assignment.objects.filter(pk=part.pk).update(printed=None)
    [row] = [each for each in take_snapshot(story.plan, at=NOON).tasks if each["code"] == story.late.code]
    assert (row["lead_code"], row["lead_name"]) == (None, "Các sở, ban, ngành")


def test_tasks_given_to_groups_cost_no_more_queries(story: Story) -> None:
    group = make_unit_group(story.world.unit_b)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            take_snapshot(story.plan, at=NOON)
        return len(captured)

    give_to(group, story.late)
    one = cost()
    give_to(group, story.done)
    give_to(make_unit_group(code="cac-xa", name="UBND các xã"), story.done)
    assert cost() == one
