"""Published audits of claims on the portal: what anybody reads, and what stays inside."""

import json

import pytest
from django.test import Client
from django.urls import reverse

import tiendo_recompute
from tests.evaluation.test_audits import done, drawn, framed, look
from tests.factories import NOON, World, make_plan, make_user
from tiendo.accounts.models import Role
from tiendo.evaluation.actions import audits
from tiendo.evaluation.models import ClaimAudit
from tiendo.plans.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def concluded(world: World) -> ClaimAudit:
    plan = make_plan(world.province)
    checker = make_user("kiem", world.unit_b, Role.OFFICER, full_name="Lê Thị Kiểm")
    done(plan, world, 2)
    audit = drawn(framed(plan, world), world)
    for claim in audit.claims.all():
        look(claim, checker, world)
    return audits.conclude_audit(audit=audit, by=world.chi, at=NOON)


def text(name: str, *args: int) -> str:
    return Client().get(reverse(name, args=args)).content.decode()


def test_nothing_is_public_before_it_is_published(concluded: ClaimAudit) -> None:
    assert concluded.title not in text("portal:claim-audit-list")
    for name in ("portal:claim-audit", "portal:claim-audit-frame"):
        assert Client().get(reverse(name, args=[concluded.pk])).status_code == 404


def test_anybody_reads_the_rates_draws_again_and_meets_nobody_by_name(
    concluded: ClaimAudit, world: World, tmp_path, capsys
) -> None:
    audits.publish_audit(audit=concluded, by=world.decision_maker, at=NOON)
    page = text("portal:claim-audit", concluded.pk)
    assert all(words in page for words in (world.unit_a.name, concluded.frame_sha256, "84213"))
    assert "Kiểm" not in page.replace("Kiểm tra", "").replace("Kiểm chứng", "")
    file = tmp_path / "khung.json"
    file.write_bytes(Client().get(reverse("portal:claim-audit-frame", args=[concluded.pk])).content)
    assert tiendo_recompute.main([str(file), "--seed", "84213", "--json"]) == 0
    again = [row["place"] for row in json.loads(capsys.readouterr().out)["drawn"]]
    assert again == list(concluded.claims.order_by("place").values_list("place", flat=True))


def test_a_task_kept_from_the_public_since_is_named_nowhere(concluded: ClaimAudit, world: World) -> None:
    audits.publish_audit(audit=concluded, by=world.decision_maker, at=NOON)
    task = Task.objects.filter(audited_claims__audit=concluded)[0]
    Task.objects.filter(pk=task.pk).update(not_public_reason="Nội dung nội bộ", title="TENKIN")
    assert "TENKIN" not in text("portal:claim-audit", concluded.pk)
    assert Client().get(reverse("portal:claim-audit-frame", args=[concluded.pk])).status_code == 404
