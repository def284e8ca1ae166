"""Pilots: pilot, evaluation, institutionalisation, in that order; from every stage, every act, everybody."""

from datetime import date
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import NOON, make_plan, make_task, make_user
from tests.factories.registering import make_pilot
from tiendo.accounts.models import Role
from tiendo.audit.models import Event
from tiendo.oversight.actions.pilots import begin_pilot, move_pilot
from tiendo.oversight.models import Pilot, PilotRecord
from tiendo.oversight.pilot_workflow import (
    PILOT_ACT_WORDS,
    PILOT_MOVES,
    PILOT_STAGE_WORDS,
    IllegalPilotMove,
    PilotAct,
    PilotParty,
    PilotStage,
    pilot_acts,
    pilot_move,
)

DAY = date(2026, 6, 1)
_P, _E, _I, _S = PilotStage.PILOT, PilotStage.EVALUATED, PilotStage.INSTITUTIONALISED, PilotStage.STOPPED
LEADS = {
    (_P, PilotAct.EVALUATE): _E,
    (_P, PilotAct.NOTE_INCIDENT): _P,
    (_P, PilotAct.STOP): _S,
    (_E, PilotAct.EVALUATE): _E,
    (_E, PilotAct.NOTE_INCIDENT): _E,
    (_E, PilotAct.INSTITUTIONALISE): _I,
    (_E, PilotAct.STOP): _S,
}
MAY = {
    PilotAct.EVALUATE: {"binh", "dung", "chi"},
    PilotAct.NOTE_INCIDENT: {"an", "binh", "dung", "chi"},
    PilotAct.INSTITUTIONALISE: {"chi"},
    PilotAct.STOP: {"dung", "chi"},
}
PEOPLE = ("an", "binh", "chi", "dung", "decision_maker", "finance", "inspector", "administrator", "stranger")


@pytest.mark.parametrize(("stage", "act"), list(product(PilotStage, PilotAct)))
def test_each_act_leads_where_it_should_from_each_stage(stage, act):
    if (stage, act) in LEADS:
        assert pilot_move(stage, act).to == LEADS[stage, act]
    else:
        with pytest.raises(IllegalPilotMove):
            pilot_move(stage, act)


def test_words_and_codes_are_those_of_the_tables():
    assert set(PILOT_STAGE_WORDS) == set(PilotStage)
    assert set(PILOT_ACT_WORDS) == set(PilotAct)
    assert {each.value for each in PilotStage} == set(Pilot.Stage.values)
    assert {each.value for each in PilotAct} == set(PilotRecord.Kind.values)
    assert all(move.by for move in PILOT_MOVES.values())


def test_nothing_is_open_at_the_end():
    assert pilot_acts(_I, frozenset(PilotParty)) == []
    assert pilot_acts(_S, frozenset(PilotParty)) == []


def at_stage(plan, world, stage):
    """A sandbox of unit A under the eyes of unit B, with what had to happen before."""
    pilot = make_pilot(plan, world.unit_a, world, supervisor=world.unit_b, stage=stage.value)
    if stage != _P:
        said = {"kind": "evaluation", "happened_on": DAY, "text": "Đạt", "recorded_by": world.chi, "recorded_at": NOON}
        PilotRecord.objects.create(pilot=pilot, **said)
    return pilot


def moved(pilot, act, by, **more):
    given = {"happened_on": DAY, "text": "Đã xong", "paper_number": "QĐ 9"} | more
    return move_pilot(pilot=pilot, act=act, by=by, at=NOON, **given)


@pytest.mark.django_db
@pytest.mark.parametrize("stage", list(PilotStage))
def test_every_act_by_everybody_from_each_stage(world, plan, stage):
    """Who may, may where the table has a move; a refused act writes and records nothing."""
    stranger = make_user("vui", world.finance_unit, Role.OFFICER)
    for act, name in product(PilotAct, PEOPLE):
        pilot, by = at_stage(plan, world, stage), stranger if name == "stranger" else getattr(world, name)
        before = (Event.objects.count(), pilot.records.count())
        if name not in MAY[act]:
            with pytest.raises(PermissionDenied):
                moved(pilot, act, by)
        elif (stage, act) not in LEADS:
            with pytest.raises(IllegalPilotMove):
                moved(pilot, act, by)
        else:
            assert moved(pilot, act, by).kind == act.value
            pilot.refresh_from_db()
            assert (pilot.stage, Event.objects.count()) == (LEADS[stage, act].value, before[0] + 1)
            continue
        pilot.refresh_from_db()
        assert (name, act, pilot.stage) == (name, act, stage.value)
        assert (Event.objects.count(), pilot.records.count()) == before


@pytest.mark.django_db
def test_a_pilot_without_an_evaluation_record_becomes_no_rule(world, plan):
    """Even if its stage said so: the record itself is asked for (R047)."""
    pilot = make_pilot(plan, world.unit_a, world, stage="evaluated")
    with pytest.raises(PermissionDenied, match="đánh giá"):
        moved(pilot, PilotAct.INSTITUTIONALISE, world.chi)
    pilot.refresh_from_db()
    assert pilot.stage == "evaluated"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [{"text": " "}, {"paper_number": ""}, {"happened_on": date(2025, 12, 31)}, {"happened_on": date(2026, 7, 2)}],
)
def test_what_is_not_whole_is_refused(world, plan, wrong):
    pilot = at_stage(plan, world, _E)
    with pytest.raises(PermissionDenied):
        moved(pilot, PilotAct.INSTITUTIONALISE, world.chi, **wrong)
    assert pilot.records.count() == 1


def begun(plan, unit, by, **more):
    given = {
        "kind": "sandbox",
        "title": "Giao thuốc",
        "decision": "QĐ 5",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "conditions": "Một xã",
    }
    return begin_pilot(plan=plan, unit=unit, by=by, at=NOON, **(given | more))


@pytest.mark.django_db
def test_the_coordinator_begins_a_trial_with_supervisor_conditions_and_task(world, plan):
    task = make_task(plan, by=world.chi, lead=world.unit_a)
    pilot = begun(plan, world.unit_a, world.chi, supervisor=world.unit_b, task=task)
    assert (pilot.stage, pilot.task, Event.objects.last().act) == ("pilot", task, "oversight.pilot.begin")


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["an", "binh", "dung", "inspector", "decision_maker", "finance", "administrator"])
def test_nobody_else_begins_one(world, plan, who):
    with pytest.raises(PermissionDenied):
        begun(plan, world.unit_a, getattr(world, who), supervisor=world.unit_b)
    assert not Pilot.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"supervisor": None}, {"conditions": " "}, {"title": ""}, {"ends_on": date(2025, 1, 1)}]
)
def test_a_trial_without_what_it_needs_is_refused(world, plan, wrong):
    with pytest.raises(PermissionDenied):
        begun(plan, world.unit_a, world.chi, **({"supervisor": world.unit_b} | wrong))
    assert not Pilot.objects.exists()


@pytest.mark.django_db
def test_nobody_supervises_their_own_trial(world, plan):
    with pytest.raises(PermissionDenied, match="phải khác đơn vị thực hiện"):
        begun(plan, world.unit_a, world.chi, supervisor=world.unit_a)
    assert not Pilot.objects.exists()


@pytest.mark.django_db
def test_a_task_of_another_plan_is_refused(world, plan):
    task = make_task(make_plan(world.province, "kh-khac"), by=world.chi)
    with pytest.raises(PermissionDenied, match="thuộc kế hoạch"):
        begun(plan, world.unit_a, world.chi, supervisor=world.unit_b, task=task)


@pytest.mark.django_db
def test_only_its_unit_its_supervisor_and_readers_see_it(world, plan):
    make_pilot(plan, world.unit_a, world)
    seen = {name for name in PEOPLE[:-1] if Pilot.objects.visible_to(getattr(world, name)).exists()}
    assert seen == {"an", "binh", "chi", "decision_maker", "finance", "inspector"}
