"""Pages of the yearly evaluation: what each reader meets on them, in a constant number of queries."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    NOON,
    World,
    make_assessor,
    make_card,
    make_criteria,
    make_cycle,
    make_judgement,
    make_task,
    make_unit,
)
from tiendo.accounts.models import User
from tiendo.evaluation.actions.snapshots import freeze
from tiendo.evaluation.models import Cycle, Scorecard, Snapshot
from tiendo.plans.models import Plan

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def cycle(world: World, plan: Plan) -> Cycle:
    make_task(plan, by=world.chi, lead=world.unit_a, due_on=date(2026, 5, 1), title="Phủ sóng 5G các xã")
    return make_cycle(make_criteria(plan, by=world.chi, decided_by=world.decision_maker), by=world.chi)


@pytest.fixture
def card(cycle: Cycle, world: World) -> Scorecard:
    return make_card(cycle, world.unit_a)


def test_the_card_is_filled_with_what_the_records_say(
    client_of: ClientOf, world: World, cycle: Cycle, card: Scorecard
) -> None:
    page = _page(client_of(world.an), "card-detail", card.pk)
    assert "Phủ sóng 5G các xã" in page
    assert "thiếu báo cáo" in page


@pytest.mark.parametrize(("person", "offered"), [("an", True), ("binh", True), ("chi", False), ("inspector", False)])
def test_the_form_is_offered_to_the_unit_alone(
    client_of: ClientOf, world: World, card: Scorecard, person: str, offered: bool
) -> None:
    page = _page(client_of(getattr(world, person)), "card-detail", card.pk)
    assert (reverse("evaluation:card-say", args=[card.pk]) in page) is offered


def test_only_the_head_is_offered_to_send(client_of: ClientOf, world: World, card: Scorecard) -> None:
    address = reverse("evaluation:card-submit", args=[card.pk])
    assert address in _page(client_of(world.binh), "card-detail", card.pk)
    assert address not in _page(client_of(world.an), "card-detail", card.pk)


def test_a_fault_is_said_on_the_card_and_nothing_is_kept(client_of: ClientOf, world: World, card: Scorecard) -> None:
    given = {"voice": "self", "criterion": "quy-che", "level": "", "reason": ""}
    response = client_of(world.an).post(reverse("evaluation:card-say", args=[card.pk]), given, follow=True)
    assert "Mức" in response.content.decode()
    assert not card.judgements.exists()


def test_a_unit_sees_its_own_result_from_the_objections_on_and_no_other(
    client_of: ClientOf, world: World, cycle: Cycle, card: Scorecard
) -> None:
    make_card(cycle, world.unit_b)
    freeze(cycle, Snapshot.Purpose.PRELIMINARY, by=world.chi, at=NOON)
    board = reverse("evaluation:scoreboard", args=[cycle.pk])
    assert "row-title" not in client_of(world.binh).get(board).content.decode()
    cycle.stage, cycle.objection_until = "objection", date(2099, 1, 1)
    cycle.save()
    freeze(cycle, Snapshot.Purpose.OBJECTION, by=world.chi, at=NOON)
    own = client_of(world.binh).get(board).content.decode()
    assert own.count("row-title") == 1
    assert "Sở Y tế" not in own
    other = client_of(world.dung).get(board).content.decode()
    assert other.count("row-title") == 1
    assert "Sở Xây dựng" not in other


def test_an_assessor_does_not_read_the_other_word_on_the_card(
    client_of: ClientOf, world: World, cycle: Cycle, card: Scorecard
) -> None:
    for person in (world.finance, world.dung):
        make_assessor(cycle, person, by=world.chi)
    cycle.stage = "appraisal"
    cycle.save()
    make_judgement(card, by=world.finance, reason="Lời của người thứ nhất")
    assert "Lời của người thứ nhất" not in _page(client_of(world.dung), "card-detail", card.pk)
    make_judgement(card, by=world.dung, reason="Lời của người thứ hai")
    assert "Lời của người thứ nhất" in _page(client_of(world.dung), "card-detail", card.pk)


def test_ties_and_what_is_missing_are_declared_on_the_board(
    client_of: ClientOf, world: World, cycle: Cycle, card: Scorecard
) -> None:
    for unit in (world.unit_b, world.finance_unit):
        make_card(cycle, unit)
    freeze(cycle, Snapshot.Purpose.PRELIMINARY, by=world.chi, at=NOON)
    page = _page(client_of(world.chi), "scoreboard", cycle.pk)
    assert "đồng hạng" in page
    assert "thiếu 1 tiêu chí" in page.lower() or "thiếu 2 tiêu chí" in page.lower()


@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_a_card_is_handed_out_as_a_file(
    client_of: ClientOf, world: World, cycle: Cycle, card: Scorecard, format: str
) -> None:
    freeze(cycle, Snapshot.Purpose.PRELIMINARY, by=world.chi, at=NOON)
    response = client_of(world.chi).get(reverse("evaluation:card-file", args=[card.pk, format]))
    assert response.status_code == 200
    assert response.content.startswith(b"PK")


def test_the_first_and_the_last_computation_stand_side_by_side(
    client_of: ClientOf, world: World, cycle: Cycle, card: Scorecard
) -> None:
    freeze(cycle, Snapshot.Purpose.PRELIMINARY, by=world.chi, at=NOON)
    for person in (world.finance, world.dung):
        make_judgement(card, by=person)
    freeze(cycle, Snapshot.Purpose.FINAL, by=world.chi, at=NOON)
    page = _page(client_of(world.chi), "cycle-compare", cycle.pk)
    assert "Quy chế, kiểm tra nội bộ: 0 → 14" in page.replace(",00", "")


@pytest.mark.parametrize("name", ["cycle-list", "cycle-detail", "scoreboard"])
def test_as_many_queries_for_three_cards_as_for_one(
    client_of: ClientOf, world: World, plan: Plan, cycle: Cycle, card: Scorecard, name: str
) -> None:
    client, args = client_of(world.chi), [] if name == "cycle-list" else [cycle.pk]
    freeze(cycle, Snapshot.Purpose.PRELIMINARY, by=world.chi, at=NOON)
    one = _queries(client, reverse(f"evaluation:{name}", args=args))
    for number in range(2):
        make_card(cycle, make_unit(f"so-{number}", parent=world.province))
    freeze(cycle, Snapshot.Purpose.PRELIMINARY, by=world.chi, at=NOON)
    assert _queries(client, reverse(f"evaluation:{name}", args=args)) == one


def _page(client: Client, name: str, pk: int) -> str:
    response = client.get(reverse(f"evaluation:{name}", args=[pk]))
    assert response.status_code == 200
    return response.content.decode()


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
