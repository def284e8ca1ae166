"""The register of difficulties in the consolidated report: kinds, causes, counts, as the period's data ended (R085)."""

from datetime import date, timedelta

import pytest
from django.conf import LazySettings
from django.utils.timezone import localdate
from django.utils.translation import override

from tests.factories import NOON, World, make_period
from tests.factories.obstacles import bring_to, make_difficulty, make_obstacle
from tiendo.oversight.models import Difficulty
from tiendo.oversight.reported import obstacle_lines
from tiendo.papers.model import TableBlock
from tiendo.plans.models import Plan, Task
from tiendo.reporting.actions import close_period
from tiendo.reporting.models import FrozenReport, Period
from tiendo.reporting.papers.blocks import BLOCKS
from tiendo.reporting.papers.consolidation import ObstacleLine
from tiendo.reporting.papers.figures import figures
from tiendo.reporting.papers.gathering import facts_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def ended(plan: Plan) -> Period:
    """A period whose data end with the day of noon."""
    return make_period(plan, "Quý II", data_from=date(2026, 4, 1), data_to=localdate(NOON) + DAY)


def test_each_kind_with_its_causes_and_what_came_and_went(world: World, plan: Plan, task: Task, ended: Period) -> None:
    make_obstacle("forwarded", plan, task, world)
    make_obstacle("decided", plan, task, world, cause_kind="subjective")
    make_obstacle("removed", plan, task, world)
    make_obstacle("sent", plan, task, world, kind="people")
    make_obstacle("draft", plan, task, world, kind="land")
    make_obstacle("withdrawn", plan, task, world, kind="land")
    assert obstacle_lines(ended) == [
        ObstacleLine("kinh phí", standing=2, objective=1, raised=3, removed=1),
        ObstacleLine("nhân lực", standing=1, objective=1, raised=1, removed=0),
    ]


def test_what_happens_after_the_last_day_changes_nothing(world: World, plan: Plan, task: Task, ended: Period) -> None:
    found = bring_to("sent", make_difficulty(plan, world.unit_a, by=world.an, tasks=[task]), world)
    before = obstacle_lines(ended)
    bring_to("sent", make_difficulty(plan, world.unit_a, by=world.an, at=NOON + 2 * DAY), world, at=NOON + 2 * DAY)
    Difficulty.objects.filter(pk=found.pk).update(state="removed", ended_at=NOON + 3 * DAY)
    assert obstacle_lines(ended) == before == [ObstacleLine("kinh phí", 1, 1, 1, 0)]


def test_the_report_is_in_vietnamese_whoever_asks(world: World, plan: Plan, task: Task, ended: Period) -> None:
    make_obstacle("sent", plan, task, world)
    with override("en"):
        assert [line.kind for line in obstacle_lines(ended)] == ["kinh phí"]


def test_the_block_adds_up_to_the_figures(world: World, plan: Plan, task: Task, ended: Period) -> None:
    make_obstacle("forwarded", plan, task, world)
    make_obstacle("sent", plan, task, world, kind="people", cause_kind="subjective")
    facts = facts_of(ended)
    found = figures(facts)
    assert [found[key].value for key in ("obstacles", "obstacles_objective", "obstacles_subjective")] == [2, 1, 1]
    _words, table = BLOCKS["kho-khan-theo-loai"].make(facts, found)
    assert isinstance(table, TableBlock)
    assert list(table.rows) == [("Kinh phí", "1", "1", "0", "1", "0"), ("Nhân lực", "1", "0", "1", "1", "0")]


def test_closing_the_period_freezes_them(world: World, plan: Plan, task: Task, ended: Period) -> None:
    make_obstacle("sent", plan, task, world)
    Period.objects.filter(pk=ended.pk).update(opened_at=NOON)
    close_period(period=Period.objects.get(pk=ended.pk), by=world.chi, at=NOON + 20 * DAY)
    Difficulty.objects.update(kind="land")
    kept = facts_of(Period.objects.get(pk=ended.pk))
    assert kept.obstacles == (ObstacleLine("kinh phí", 1, 1, 1, 0),)
    assert FrozenReport.objects.get().facts["obstacles"][0]["kind"] == "kinh phí"


def test_a_house_without_a_register_says_that_it_cannot_tell(ended: Period, settings: LazySettings) -> None:
    settings.TIENDO_OBSTACLES_READER = ""
    facts = facts_of(ended)
    assert facts.obstacles is None
    assert figures(facts)["obstacles"].value is None
    assert list(BLOCKS["kho-khan-theo-loai"].make(facts, figures(facts))) == []


def test_the_register_is_counted_in_one_query(
    world: World, plan: Plan, task: Task, ended: Period, django_assert_num_queries: object
) -> None:
    make_obstacle("sent", plan, task, world)
    make_obstacle("sent", plan, task, world, kind="people")
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(obstacle_lines(ended)) == 2
