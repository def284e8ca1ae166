"""A published evaluation: the same scores from facts in which nothing kept back has a name, and never a person's."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import (
    NOON,
    World,
    make_card,
    make_criteria,
    make_cycle,
    make_duty,
    make_entry,
    make_evidence,
    make_indicator,
    make_judgement,
    make_period,
    make_submission,
    make_task,
)
from tests.factories.evaluation import make_content
from tiendo.audit.models import Event
from tiendo.evaluation.actions.deciding import publish_cycle
from tiendo.evaluation.actions.snapshots import freeze
from tiendo.evaluation.gathering import gather
from tiendo.evaluation.models import CriteriaSet, Cycle, Snapshot
from tiendo.evaluation.workflow import IllegalMove
from tiendo.indicators.models import Passport
from tiendo.plans.models import Plan
from tiendo.publication.evaluation import board, evaluations, find_evaluation, open_file, working
from tiendo.publication.evaluation_opening import opened
from tiendo_recompute import checked

pytestmark = pytest.mark.django_db
SECRET = "Bảo vệ hệ thống nội bộ"


@pytest.fixture
def cycle(world: World, plan: Plan) -> Cycle:
    """Published, with one task of unit A kept from the public and one that is not."""
    hidden = make_task(
        plan, by=world.chi, lead=world.unit_a, due_on=date(2026, 5, 1), title=SECRET, not_public_reason="Mật", code="M1"
    )
    make_task(plan, by=world.chi, lead=world.unit_a, due_on=date(2026, 4, 1), title="Việc công khai")
    criteria = make_criteria(plan, by=world.chi, decided_by=world.decision_maker)
    made = make_cycle(criteria, by=world.chi, stage="published", decided_by=world.decision_maker, published_at=NOON)
    card = make_card(made, world.unit_a, submitted_by=world.binh, submitted_at=NOON)
    make_card(made, world.unit_b)
    make_judgement(card, by=world.finance, reason="Lời nội bộ")
    make_judgement(card, by=world.binh, voice="self")
    duty = make_duty(make_period(plan, data_from=date(2026, 1, 1), data_to=date(2026, 6, 15)), world.unit_a)
    entry = make_entry(duty, hidden, saved_by=world.an, state="completed", percent=100, completed_on=date(2026, 4, 20))
    make_evidence(entry, by=world.an)
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    freeze(made, Snapshot.Purpose.FINAL, by=world.chi, at=NOON)
    return made


def test_the_opened_facts_give_the_official_scores(cycle: Cycle, world: World) -> None:
    (found,) = evaluations()
    official = {
        row["unit_code"]: (row["score"], row["rank"], row["rank_low"], row["rank_high"]) for row in board(found)
    }
    for code, (score, rank, low, high) in official.items():
        scored = working(found, code)
        assert scored is not None
        assert (scored.score, scored.rank, scored.rank_low, scored.rank_high) == (score, rank, low, high)
    assert official["so-xay-dung"][0] > 0


def test_the_separate_program_agrees_with_the_public_file(cycle: Cycle) -> None:
    (found,) = evaluations()
    assert checked(json.loads(open_file(found)))[1] == []


def test_nothing_kept_back_and_nobody_is_named(cycle: Cycle, world: World) -> None:
    (found,) = evaluations()
    text = open_file(found).decode()
    for word in (SECRET, '"M1"', "Lời nội bộ", "assessor-1", "reporting.submission", "reporting.duty"):
        assert word not in text
    for person in world.people.values():
        assert person.username not in json.loads(text)["snapshot"]
        assert person.full_name not in text


def test_a_task_hidden_later_loses_its_name_at_once(cycle: Cycle, plan: Plan) -> None:
    (found,) = evaluations()
    assert "Việc công khai" in open_file(found).decode()
    plan.tasks.filter(title="Việc công khai").update(not_public_reason="Mật")
    assert "Việc công khai" not in open_file(found).decode()


def reading(plan: Plan, world: World) -> CriteriaSet:
    """A set in force with one criterion more, by the value of an indicator kept from the public."""
    content = make_content()
    first, *rest = content["criteria"]
    measure = {"reads": "figure_value", "indicator": "KIN-1", "zero_at": "0", "full_at": "100"}
    more = {"code": "chi-tieu", "name": "Chỉ tiêu", "group": "Kết quả", "kind": "quantitative", "weight": "10"}
    content["criteria"] = [{**first, "weight": "50"}, *rest, {**more, "measure": measure}]
    make_indicator("KIN-1", by=world.chi, is_public=False, not_public_reason="Mật")
    return make_criteria(plan, by=world.chi, decided_by=world.decision_maker, content=content)


def test_an_evaluation_that_reads_a_hidden_indicator_is_not_published(world: World, plan: Plan) -> None:
    decided = {"stage": "decided", "decision": "5/QĐ", "decided_by": world.decision_maker, "decided_at": NOON}
    cycle = make_cycle(reading(plan, world), by=world.chi, **decided)
    before = Event.objects.count()
    with pytest.raises(IllegalMove, match="chi-tieu đọc chỉ tiêu KIN-1 không công bố"):
        publish_cycle(cycle=cycle, by=world.chi, at=NOON)
    cycle.refresh_from_db()
    assert (cycle.stage, Event.objects.count()) == ("decided", before)
    Passport.objects.update(is_public=True, not_public_reason="")
    assert publish_cycle(cycle=cycle, by=world.chi, at=NOON).stage == "published"


def test_what_is_judged_of_heads_stays_inside_and_may_read_it(world: World, plan: Plan) -> None:
    decided = {"stage": "decided", "decision": "5/QĐ", "decided_by": world.decision_maker, "decided_at": NOON}
    cycle = make_cycle(reading(plan, world), by=world.chi, subject="head", **decided)
    assert publish_cycle(cycle=cycle, by=world.chi, at=NOON).stage == "published"


def test_an_indicator_hidden_after_publication_takes_the_evaluation_back(world: World, plan: Plan) -> None:
    criteria = reading(plan, world)
    Passport.objects.update(is_public=True, not_public_reason="")
    cycle = make_cycle(criteria, by=world.chi, stage="published", decided_by=world.decision_maker, published_at=NOON)
    make_card(cycle, world.unit_a)
    freeze(cycle, Snapshot.Purpose.FINAL, by=world.chi, at=NOON)
    address = reverse("portal:evaluation-file", args=[cycle.pk])
    assert Client().get(address).status_code == 200
    Passport.objects.update(is_public=False, not_public_reason="Mật")
    assert Client().get(address).status_code == 404
    assert Client().get("/api/v1/evaluations").json()["items"] == []


@pytest.mark.parametrize("stage", ["appraisal", "objection", "decided", "cancelled"])
def test_nothing_is_public_before_publication(cycle: Cycle, stage: str) -> None:
    cycle.stage = stage
    cycle.save()
    assert (evaluations(), find_evaluation(cycle.pk)) == ([], None)
    assert Client().get(reverse("portal:evaluation-cycle", args=[cycle.pk])).status_code == 404


def test_what_is_judged_of_heads_is_never_public(cycle: Cycle, world: World) -> None:
    cycle.subject = "head"
    cycle.save()
    assert evaluations() == []
    with pytest.raises(ValueError, match="person"):
        opened(gather(cycle, at=NOON + timedelta(days=1)), [])


def test_the_pages_and_the_api_say_the_same(cycle: Cycle) -> None:
    client = Client()
    (found,) = evaluations()
    row = board(found)[0]
    told = client.get("/api/v1/evaluations").json()["items"][0]
    assert told["results"][0]["score"] == str(row["score"])
    assert told["results"][0]["unit_code"] == row["unit_code"]
    shown = client.get(reverse("portal:evaluation")).content.decode()
    assert row["unit_name"] in shown
    unit = client.get(reverse("portal:evaluation-unit", args=[cycle.pk, "so-xay-dung"])).content.decode()
    assert "Nhiệm vụ không công khai" in unit
    assert SECRET not in unit


def test_the_front_page_says_so_kindly_before_the_first(db: None) -> None:
    response = Client().get(reverse("portal:evaluation"))
    assert response.status_code == 200
    assert "Chưa có kết quả" in response.content.decode()
