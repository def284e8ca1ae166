"""Nobody is judge in the own cause: a difficulty one's unit raised, a clock that runs against one's unit."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import NOON, World
from tests.factories.obstacles import bring_to, make_difficulty, make_obstacle
from tiendo.accounts.models import Absence, Post, Role, User
from tiendo.audit.models import Event
from tiendo.oversight.actions import difficulties as acts
from tiendo.oversight.actions import difficulties_answering as answers
from tiendo.oversight.actions.difficulties_clock import stop_reply_clock
from tiendo.oversight.difficulty_workflow import IllegalMove
from tiendo.oversight.models import ClockStop, Difficulty
from tiendo.plans.models import Plan, Task
from tiendo.web.oversight.difficulties import buttons_for

pytestmark = pytest.mark.django_db
DECISION = {"decision": "Đồng ý", "number": "15/QĐ-UBND", "at": NOON + timedelta(hours=4)}


def anew(person: User) -> User:
    return User.objects.get(pk=person.pk)


def refused() -> tuple[int, int, list[str]]:
    return Event.objects.count(), ClockStop.objects.count(), list(Difficulty.objects.values_list("state", flat=True))


def test_the_coordinator_does_not_stop_the_clock_of_the_own_unit(world: World, plan: Plan, task: Task) -> None:
    found = bring_to("sent", make_difficulty(plan, world.unit_a, by=world.an, tasks=[task]), world)
    given = {"authority": world.coordinator_unit, "reply_due_on": date(2026, 7, 20)}
    found = answers.forward_difficulty(difficulty=found, by=world.chi, at=NOON + timedelta(hours=1), **given)
    before = refused()
    with pytest.raises(PermissionDenied, match="Đơn vị của bạn đang phải trả lời"):
        stop_reply_clock(difficulty=found, reason="Chờ", by=world.chi, at=NOON + timedelta(hours=2))
    assert refused() == before
    assert "stop" not in {button.act for button in buttons_for(anew(world.chi), found)}


def test_nobody_decides_what_their_own_unit_raised_by_a_second_post(world: World, plan: Plan, task: Task) -> None:
    found = make_obstacle("sent", plan, task, world)
    Post.objects.create(
        user=world.binh, unit=world.coordinator_unit, role=Role.COORDINATOR, title="", valid_from=date(2025, 1, 1)
    )
    before = refused()
    with pytest.raises(PermissionDenied, match="đơn vị của bạn nêu"):
        answers.decide_difficulty(difficulty=found, by=anew(world.binh), **DECISION)
    assert refused() == before
    assert answers.decide_difficulty(difficulty=found, by=world.chi, **DECISION).state == "decided"


def test_nor_in_the_place_of_somebody_away(
    world: World, plan: Plan, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = make_obstacle("forwarded", plan, task, world)
    Absence.objects.create(
        user=world.decision_maker,
        substitute=world.binh,
        first_day=date(2000, 1, 1),
        last_day=date(2100, 1, 1),
        reason="Đi công tác",
        recorded_by=world.administrator,
        recorded_at=NOON,
    )
    stand_in = anew(world.binh)
    assert found.authority_id in stand_in.access.signing_unit_ids
    with pytest.raises(PermissionDenied, match="đơn vị của bạn nêu"):
        answers.decide_difficulty(difficulty=found, by=stand_in, **DECISION)


def test_a_decision_confirms_an_objective_cause_only_where_the_unit_named_one_and_the_tasks(
    world: World, plan: Plan, task: Task
) -> None:
    for given in ({"cause_kind": "subjective", "tasks": [task]}, {"tasks": []}):
        found = bring_to("sent", make_difficulty(plan, world.unit_a, by=world.an, **given), world)
        before = refused()
        with pytest.raises(IllegalMove, match="nguyên nhân khách quan"):
            answers.decide_difficulty(difficulty=found, by=world.chi, excuses=True, **DECISION)
        assert refused() == before
    found = make_obstacle("sent", plan, task, world)
    assert answers.decide_difficulty(difficulty=found, by=world.chi, excuses=True, **DECISION).excuses
    assert Event.objects.filter(act="oversight.difficulty.decide").latest("seq").detail["excuses"] is True


def test_what_still_stands_is_excused_anew_by_whoever_decides_again(world: World, plan: Plan, task: Task) -> None:
    """Else the unit would take it back and name all its tasks under a decision that never meant them."""
    found = make_obstacle("sent", plan, task, world)
    found = answers.decide_difficulty(difficulty=found, by=world.chi, excuses=True, **DECISION)
    later = NOON + timedelta(hours=6)
    assert not acts.stand_difficulty(difficulty=found, reason="Chưa có vốn", by=world.binh, at=later).excuses
