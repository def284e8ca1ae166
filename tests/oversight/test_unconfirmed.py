"""What was reported as done and nobody confirms: who should is reminded, then those above are told (R039)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from tests.factories import NOON, World
from tests.factories.following import make_follow_up
from tiendo.audit.models import Event
from tiendo.notices.models import Notice
from tiendo.oversight.actions import following_up as acts
from tiendo.oversight.actions.following_up_clock import remind_confirmers
from tiendo.oversight.followup_waiting import word_due
from tiendo.oversight.followup_workflow import Act
from tiendo.oversight.models import FollowUp, FollowUpStep
from tiendo.plans.models import Plan

DAY = timedelta(days=1)
MONDAY = NOON + 5 * DAY  # reported on Wednesday: Thursday, Friday, Monday
THURSDAY = NOON + 8 * DAY


@pytest.mark.parametrize(
    ("days", "told", "word"),
    [
        (2, set(), None),
        (3, set(), Act.REMIND),
        (5, {Act.REMIND}, None),
        (6, {Act.REMIND}, Act.PRESS),
        (9, set(), Act.PRESS),
        (9, {Act.PRESS}, None),
    ],
)
def test_each_word_is_said_once(days: int, told: set[Act], word: Act | None) -> None:
    assert word_due(days, told, remind_after=3, press_after=6) is word


@pytest.fixture
def reported(world: World, plan: Plan) -> FollowUp:
    item = make_follow_up(plan, world.unit_a, by=world.chi)
    acts.report_follow_up(follow_up=item, note="Xong", by=world.binh, at=NOON)
    Notice.objects.all().delete()
    return item


def clock_steps(item: FollowUp) -> list[str]:
    return list(FollowUpStep.objects.filter(follow_up=item, by=None).values_list("act", flat=True))


def told() -> set[str]:
    rows: QuerySet[Notice] = Notice.objects.all()
    return set(rows.values_list("user__username", flat=True))


def test_the_confirmer_is_reminded_after_three_working_days(world: World, reported: FollowUp) -> None:
    assert remind_confirmers(by=None, at=MONDAY - DAY) == []
    assert remind_confirmers(by=None, at=MONDAY) == [reported]
    assert remind_confirmers(by=None, at=MONDAY + DAY) == []
    assert told() == {"chi"}
    assert clock_steps(reported) == [Act.REMIND]


def test_then_those_above_are_told_and_the_history_says_both(world: World, reported: FollowUp) -> None:
    remind_confirmers(by=None, at=MONDAY)
    Notice.objects.all().delete()
    assert remind_confirmers(by=None, at=THURSDAY) == [reported]
    assert remind_confirmers(by=None, at=THURSDAY + 9 * DAY) == []
    assert {"chi", "chu-tich"} <= told()
    assert not {"an", "binh", "dung"} & told()
    assert clock_steps(reported) == [Act.REMIND, Act.PRESS]
    event = Event.objects.get(act="oversight.followup.press")
    assert (event.actor, event.detail["days"]) == ("hệ thống", 6)


def test_a_clock_that_slept_tells_those_above_at_once(reported: FollowUp) -> None:
    assert remind_confirmers(by=None, at=THURSDAY + 9 * DAY) == [reported]
    assert clock_steps(reported) == [Act.PRESS]


def test_sent_back_and_reported_again_is_watched_anew(world: World, reported: FollowUp) -> None:
    remind_confirmers(by=None, at=THURSDAY)
    acts.return_follow_up(follow_up=reported, reason="Chưa đủ", by=world.chi, at=THURSDAY)
    assert remind_confirmers(by=None, at=THURSDAY + 9 * DAY) == []
    acts.report_follow_up(follow_up=reported, note="Xong", by=world.binh, at=THURSDAY + 9 * DAY)
    assert remind_confirmers(by=None, at=THURSDAY + 9 * DAY) == []
    assert remind_confirmers(by=None, at=THURSDAY + 14 * DAY) == [reported]


def test_what_was_confirmed_is_left_alone(world: World, reported: FollowUp) -> None:
    acts.close_follow_up(follow_up=reported, by=world.chi, at=NOON + DAY)
    assert remind_confirmers(by=None, at=THURSDAY) == []


def test_only_those_who_direct_ask_the_clock_early(world: World, reported: FollowUp) -> None:
    with pytest.raises(PermissionDenied):
        remind_confirmers(by=world.binh, at=THURSDAY)
    assert clock_steps(reported) == []
    assert remind_confirmers(by=world.chi, at=THURSDAY) == [reported]
