"""Two people open the same form: who saves second is told, sees what stands, and nothing typed is lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import NOON, World, make_card, make_criteria, make_cycle, make_indicator
from tests.factories.amending import make_amendment, make_proposal
from tests.factories.inspecting import make_inspection
from tests.factories.obstacles import make_obstacle
from tests.web.test_indicators import passport_typed
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.evaluation.models import Judgement
from tiendo.indicators.actions import create_programme
from tiendo.indicators.actions.sources import add_source
from tiendo.indicators.models import Passport, Programme, Source
from tiendo.oversight.models import Amendment, AmendmentLine, Difficulty, Inspection, Proposal
from tiendo.plans.models import Plan, Task

ClientOf = Callable[[User], Client]
Make = Callable[[World, Plan, Task], tuple[str, dict[str, Any], str]]
SEEN = re.compile(r'name="seen" value="([0-9a-f]+)"')
TOLD = "Người khác vừa sửa nội dung này"


def difficulty(world: World, plan: Plan, task: Task) -> tuple[str, dict[str, Any], str]:
    made = make_obstacle("draft", plan, task, world)
    words = {"kind": "money", "cause_kind": "objective", "cause": "", "measure": "Bổ sung vốn", "tasks": [task.code]}
    return reverse("oversight:difficulty-edit", args=[made.pk]), words, "title"


def proposal(world: World, plan: Plan, task: Task) -> tuple[str, dict[str, Any], str]:
    made = make_proposal(task, world, sent=False)
    return reverse("oversight:proposal-edit", args=[made.pk]), {"due_on": "2027-05-31"}, "reason"


def line(world: World, plan: Plan, task: Task) -> tuple[str, dict[str, Any], str]:
    made = make_amendment(plan, world, make_proposal(task, world)).lines.get()
    return reverse("oversight:line-edit", args=[made.pk]), {"due_on": "2027-05-31"}, "reason"


def draft(world: World, plan: Plan, task: Task) -> tuple[str, dict[str, Any], str]:
    return reverse("oversight:amendment-edit", args=[make_amendment(plan, world).pk]), {"title": "Lần 1"}, "summary"


def passport(world: World, plan: Plan, task: Task) -> tuple[str, dict[str, Any], str]:
    make_indicator("CT-9", by=world.chi)
    return reverse("indicators:passport-change", args=["CT-9"]), passport_typed(), "definition"


def inspection(world: World, plan: Plan, task: Task) -> tuple[str, dict[str, Any], str]:
    made = make_inspection(plan, world.unit_a, by=world.inspector, state="planned", tasks=(task,))
    days = {"starts_on": "2027-05-03", "ends_on": "2027-05-07"}
    return reverse("oversight:inspection-edit", args=[made.pk]), days | {"title": "5G", "tasks": [task.pk]}, "scope"


def programme(world: World, plan: Plan, task: Task) -> tuple[str, dict[str, Any], str]:
    drawn_up(world)
    typed = {"owner": world.unit_a.code, "frequency": "quarter", "publish_days": "30"}
    return reverse("indicators:programme-change", args=["chinh-phu-so"]), typed, "title"


def source(world: World, plan: Plan, task: Task) -> tuple[str, dict[str, Any], str]:
    add_source(code="dieu-tra", name="Điều tra", kind="survey", by=world.chi, at=NOON)
    return reverse("indicators:source-correct", args=["dieu-tra"]), {"kind": "survey"}, "name"


def drawn_up(world: World) -> Programme:
    rhythm: dict[str, Any] = {"frequency": "quarter", "publish_days": 30}
    return create_programme(
        code="chinh-phu-so", title="Chính phủ số", owner=world.unit_a, **rhythm, by=world.chi, at=NOON
    )


FORMS = [difficulty, proposal, line, draft, passport, inspection, programme, source]
NEEDED = {draft: "title", passport: "name", inspection: "title"}  # a field that may not be empty, where both wrote none


def writer_of(make: Make, world: World) -> User:
    return {difficulty: world.an, proposal: world.an, inspection: world.inspector}.get(make, world.chi)


def said(name: str) -> str:
    """What stands in the field that both wrote."""
    rows: dict[str, Any] = {
        "difficulty": Difficulty.objects,
        "proposal": Proposal.objects,
        "line": AmendmentLine.objects,
        "draft": Amendment.objects,
        "passport": Passport.objects.filter(is_current=True),
        "inspection": Inspection.objects,
        "programme": Programme.objects,
        "source": Source.objects,
    }
    fields = {"difficulty": "title", "draft": "summary", "passport": "definition", "inspection": "scope"}
    fields |= {"programme": "title", "source": "name"}
    return str(getattr(rows[name].get(), fields.get(name, "reason")))


@pytest.mark.parametrize("make", FORMS)
def test_who_saves_second_is_told_and_may_press_again(
    make: Make, world: World, plan: Plan, task: Task, client_of: ClientOf
) -> None:
    where, typed, field = make(world, plan, task)
    client = client_of(writer_of(make, world))
    both = SEEN.findall(client.get(where).content.decode())
    assert client.post(where, typed | {field: "Của người trước", "seen": both[0]}).status_code == 302
    before = Event.objects.count()
    refused = client.post(where, typed | {field: "Của người sau", "seen": both[0]}).content.decode()
    assert TOLD in refused
    assert "Của người sau" in refused
    assert (said(make.__name__), Event.objects.count()) == ("Của người trước", before)
    again = SEEN.findall(refused)[0]
    assert client.post(where, typed | {field: "Của người sau", "seen": again}).status_code == 302
    assert said(make.__name__) == "Của người sau"


def test_who_answers_for_an_objective_is_not_replaced_unseen(world: World, client_of: ClientOf) -> None:
    made = drawn_up(world)
    make_indicator("CT-9", by=world.chi)
    where, client = reverse("indicators:objective-set", args=[made.code]), client_of(world.chi)
    both = SEEN.findall(client.get(where).content.decode())[0]
    first = {"indicator": "CT-9", "unit": world.unit_a.code, "head": world.binh.username, "seen": both}
    second = {"indicator": "CT-9", "unit": world.unit_b.code, "head": "", "seen": both}
    assert client.post(where, first).status_code == 302
    refused = client.post(where, second).content.decode()
    assert TOLD in refused
    assert made.objectives.get().unit == world.unit_a
    assert client.post(where, second | {"seen": SEEN.findall(refused)[0]}).status_code == 302
    assert made.objectives.get().unit == world.unit_b


@pytest.mark.parametrize("make", FORMS)
def test_a_fault_of_ones_own_does_not_hide_what_the_other_wrote(
    make: Make, world: World, plan: Plan, task: Task, client_of: ClientOf
) -> None:
    where, typed, field = make(world, plan, task)
    client = client_of(writer_of(make, world))
    seen = SEEN.findall(client.get(where).content.decode())[0]
    assert client.post(where, typed | {field: "Của người trước", "seen": seen}).status_code == 302
    mine = typed | {field: "Của người sau", "seen": seen}
    faulty = client.post(where, mine | {NEEDED.get(make, field): ""}).content.decode()
    assert "errorlist" in faulty
    assert TOLD not in faulty
    told = client.post(where, mine | {"seen": SEEN.findall(faulty)[0]}).content.decode()
    assert TOLD in told
    assert "Của người sau" in told
    assert said(make.__name__) == "Của người trước"


@pytest.mark.parametrize("voice", ["self", "coordinator"])
def test_a_word_on_a_card_is_not_replaced_unseen(
    world: World, plan: Plan, task: Task, client_of: ClientOf, voice: str
) -> None:
    stage, person = ("self_assessment", world.an) if voice == "self" else ("consolidation", world.chi)
    criteria = make_criteria(plan, by=world.chi, decided_by=world.decision_maker)
    card = make_card(make_cycle(criteria, by=world.chi, stage=stage), world.unit_a)
    client, where = client_of(person), reverse("evaluation:card-say", args=[card.pk])
    assert 'name="seen" value="0"' in client.get(reverse("evaluation:card-detail", args=[card.pk])).content.decode()
    typed = {"voice": voice, "criterion": "quy-che", "level": "2", "seen": "0"}
    assert client.post(where, typed | {"reason": "Của người trước"}).status_code == 302
    before = Event.objects.count()
    refused = client.post(where, typed | {"reason": "Của người sau"})
    page = refused.content.decode()
    assert (refused.status_code, Event.objects.count()) == (422, before)
    assert TOLD in page
    assert "Của người sau</textarea>" in page
    assert "Của người trước" in page
    assert 'name="seen" value="1"' in page
    faulty = client.post(where, typed | {"reason": ""}).content.decode()
    assert 'name="seen" value="1"' not in faulty
    assert client.post(where, typed | {"reason": "Của người sau", "seen": "1"}).status_code == 302
    assert [each.reason for each in Judgement.objects.order_by("number")] == ["Của người trước", "Của người sau"]
