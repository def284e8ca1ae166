"""What nobody may learn, or change, ahead of the others: words not yet heard by all, and acts of one's own work."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from tests.evaluation.test_audits import done, drawn, framed, look
from tests.factories import NOON, World, make_assessor, make_card, make_criteria, make_cycle, make_judgement, make_user
from tiendo.accounts.models import Role
from tiendo.evaluation.actions.audits import conclude_audit, publish_audit
from tiendo.evaluation.actions.cycles import name_assessor
from tiendo.evaluation.gathering import gather
from tiendo.evaluation.models import Assessor, Cycle
from tiendo.evaluation.states import Voice
from tiendo.plans.models import Plan, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(world: World, plan: Plan, task: Task) -> Cycle:
    criteria = make_criteria(plan, by=world.chi, decided_by=world.decision_maker)
    return make_cycle(criteria, by=world.chi, stage="appraisal")


@pytest.mark.parametrize("who", ["assessor", "unit"])
def test_the_first_level_is_read_neither_by_the_second_assessor_nor_by_the_unit(
    client: Client, cycle: Cycle, world: World, who: str
) -> None:
    card = make_card(cycle, world.unit_b)
    first, second = (make_user(name, world.unit_a, Role.OFFICER) for name in ("mot", "hai"))
    for each in (first, second):
        make_assessor(cycle, each, by=world.chi)
    make_judgement(card, by=first, level=4)
    client.force_login(second if who == "assessor" else world.dung)
    page = client.get(reverse("evaluation:card-detail", args=[card.pk])).content.decode()
    assert "quy-che" in page
    assert not re.findall(r"[^<>\n]*mức 4[^<>\n]*", page)


def test_a_word_said_alone_is_in_no_snapshot_until_another_has_spoken(cycle: Cycle, world: World) -> None:
    card = make_card(cycle, world.unit_b)
    first, second = (make_user(name, world.unit_a, Role.OFFICER) for name in ("mot", "hai"))
    make_judgement(card, by=first, level=4)
    assert gather(cycle, at=NOON).cards[0].judgements == ()
    make_judgement(card, by=second, level=2)
    assert [each.level for each in gather(cycle, at=NOON).cards[0].judgements] == [4, 2]


def test_a_coordinator_who_reads_every_result_appraises_no_group(cycle: Cycle, world: World) -> None:
    make_card(cycle, world.unit_b)
    with pytest.raises(PermissionDenied, match="đầu mối"):
        name_assessor(cycle=cycle, group="so-nganh", user=world.chi, voice=Voice.ASSESSOR, by=world.chi, at=NOON)
    assert not Assessor.objects.exists()


def test_whoever_concluded_an_audit_does_not_publish_it(world: World, plan: Plan) -> None:
    checker = make_user("kiem", world.unit_b, Role.OFFICER)
    done(plan, world)
    audit = drawn(framed(plan, world), world)
    look(audit.claims.get(), checker, world)
    conclude_audit(audit=audit, by=world.chi, at=NOON)
    audit.refresh_from_db()
    audit.concluded_by = world.decision_maker
    audit.save(update_fields=["concluded_by"])
    with pytest.raises(PermissionDenied, match="kết luận"):
        publish_audit(audit=audit, by=world.decision_maker, at=NOON)
    audit.refresh_from_db()
    assert audit.published_at is None
