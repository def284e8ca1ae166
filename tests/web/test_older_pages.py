"""Two people open the same form: who saves second is told, sees what stands, and nothing typed is lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import World, make_indicator
from tests.factories.amending import make_amendment, make_proposal
from tests.factories.obstacles import make_obstacle
from tests.web.test_indicators import passport_typed
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.indicators.models import Passport
from tiendo.oversight.models import Amendment, AmendmentLine, Difficulty, Proposal
from tiendo.plans.models import Plan, Task

ClientOf = Callable[[User], Client]
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


def said(name: str) -> str:
    """What stands in the field that both wrote."""
    rows: dict[str, Any] = {
        "difficulty": Difficulty.objects,
        "proposal": Proposal.objects,
        "line": AmendmentLine.objects,
        "draft": Amendment.objects,
        "passport": Passport.objects.filter(is_current=True),
    }
    fields = {"difficulty": "title", "draft": "summary", "passport": "definition"}
    return str(getattr(rows[name].get(), fields.get(name, "reason")))


@pytest.mark.parametrize("make", [difficulty, proposal, line, draft, passport])
def test_who_saves_second_is_told_and_may_press_again(
    make: Callable[..., tuple[str, dict[str, Any], str]], world: World, plan: Plan, task: Task, client_of: ClientOf
) -> None:
    where, typed, field = make(world, plan, task)
    client = client_of(world.an if make in (difficulty, proposal) else world.chi)
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
