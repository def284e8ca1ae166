"""The clock of oversight: what is late is told once, missed days are made up, one failure holds up nothing else."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from tests.factories import NOON, TODAY, World, make_user
from tests.factories.following import make_follow_up
from tiendo.accounts.models import Role
from tiendo.audit.models import Event
from tiendo.notices.models import Notice
from tiendo.oversight import tasks
from tiendo.oversight.actions import following_up as acts
from tiendo.oversight.actions.following_up_clock import escalate_follow_ups
from tiendo.oversight.followup_workflow import Act
from tiendo.oversight.models import FollowUpStep
from tiendo.oversight.tasks import ask_for_watch, keep_watch, watch
from tiendo.plans.models import Plan

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def _told() -> set[str]:
    return set(Notice.objects.values_list("user__username", flat=True))


def test_what_is_late_is_told_once_to_the_unit_those_above_and_those_who_asked(plan: Plan, world: World) -> None:
    """The day itself is still in time; a clock that slept for a week tells the same, once."""
    item = make_follow_up(plan, world.unit_a, by=world.chi, due_on=TODAY)
    assert not escalate_follow_ups(by=None, at=NOON)
    assert escalate_follow_ups(by=None, at=NOON + 7 * DAY) == [item]
    assert _told() == {"an", "binh", "chi", "chu-tich"}
    assert not escalate_follow_ups(by=None, at=NOON + 8 * DAY)
    [step] = FollowUpStep.objects.filter(act=Act.ESCALATE)
    assert (step.by, step.at) == (None, NOON + 7 * DAY)
    assert Event.objects.get(act="oversight.followup.escalate").detail["days"] == 7


def test_a_new_deadline_is_watched_anew(plan: Plan, world: World) -> None:
    item = make_follow_up(plan, world.unit_a, by=world.chi, due_on=TODAY - DAY)
    assert escalate_follow_ups(by=None, at=NOON) == [item]
    acts.extend_follow_up(follow_up=item, due_on=TODAY + 2 * DAY, reason="Mưa lũ", by=world.chi, at=NOON)
    assert not escalate_follow_ups(by=None, at=NOON + 2 * DAY)
    assert escalate_follow_ups(by=None, at=NOON + 3 * DAY) == [item]
    assert Notice.objects.filter(user=world.binh, key__contains="followup").count() == 3


def test_what_was_reported_or_ended_is_nobody_s_delay(plan: Plan, world: World) -> None:
    told = make_follow_up(plan, world.unit_a, by=world.chi, due_on=TODAY - DAY)
    acts.report_follow_up(follow_up=told, note="Xong", by=world.binh, at=NOON)
    ended = make_follow_up(plan, world.unit_a, by=world.chi, due_on=TODAY - DAY)
    acts.cancel_follow_up(follow_up=ended, reason="Thôi", by=world.chi, at=NOON)
    assert not escalate_follow_ups(by=None, at=NOON + 9 * DAY)
    acts.return_follow_up(follow_up=told, reason="Chưa đủ", by=world.chi, at=NOON + 9 * DAY)
    assert escalate_follow_ups(by=None, at=NOON + 9 * DAY) == [told]


def test_a_person_may_ask_the_clock_early_if_they_may_direct(plan: Plan, world: World) -> None:
    item = make_follow_up(plan, world.unit_a, by=world.chi, due_on=TODAY - DAY)
    with pytest.raises(PermissionDenied):
        escalate_follow_ups(by=world.binh, at=NOON)
    assert not FollowUpStep.objects.filter(act=Act.ESCALATE).exists()
    assert escalate_follow_ups(by=world.chi, at=NOON) == [item]


def test_the_watch_run_twice_does_everything_exactly_once(plan: Plan, world: World) -> None:
    make_user("thu-truong-tinh", world.province, Role.HEAD)
    make_follow_up(plan, world.unit_a, by=world.chi, due_on=TODAY - DAY)
    first, second = watch(at=NOON), watch(at=NOON + DAY)
    assert {name: done for name, done in first.items() if done} == {"escalate_follow_ups": 1}
    assert set(first) == {act.__name__ for act in tasks.STEPS}
    assert set(second.values()) == {0}


def test_a_step_that_fails_holds_up_no_other(plan: Plan, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_who: object) -> list[object]:
        raise ValueError("an amendment nobody can read")

    make_follow_up(plan, world.unit_a, by=world.chi, due_on=TODAY - DAY)
    monkeypatch.setattr(tasks, "STEPS", (broken, *tasks.STEPS))
    with pytest.raises(ValueError, match="nobody can read"):
        watch(at=NOON)
    assert FollowUpStep.objects.filter(act=Act.ESCALATE).count() == 1


def test_the_tick_asks_for_the_watch_once(settings: LazySettings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    call_command("tick")
    assert DBTaskResult.objects.filter(task_path=keep_watch.module_path).count() == 1
    assert not ask_for_watch()
