"""Pages of the audit of claims."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.evaluation.test_audits import done, drawn, framed, look
from tests.factories import NOON, World, make_plan, make_user
from tiendo.accounts.models import Role, User
from tiendo.evaluation.actions import audits
from tiendo.evaluation.models import ClaimAudit
from tiendo.evaluation.states import Finding
from tiendo.plans.models import Plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(world: World) -> Plan:
    return make_plan(world.province)


@pytest.fixture
def checker(world: World) -> User:
    return make_user("kiem", world.unit_b, Role.OFFICER, full_name="Lê Thị Kiểm")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def concluded(plan: Plan, world: World, checker: User, count: int = 3) -> ClaimAudit:
    done(plan, world, count)
    audit = drawn(framed(plan, world), world)
    for place, claim in enumerate(audit.claims.order_by("place")):
        look(claim, checker, world, Finding.REFUTED if place == 0 else Finding.CONFIRMED)
    return audits.conclude_audit(audit=audit, by=world.chi, at=NOON)


def test_the_page_says_how_many_claims_hold_and_how_sure_that_is(plan: Plan, world: World, checker: User) -> None:
    audit = concluded(plan, world, checker)
    page = signed_in(world.chi).get(reverse("evaluation:audit-detail", args=[audit.pk])).content.decode()
    assert "66,6\N{NO-BREAK SPACE}%" in page  # two of three, cut and not rounded
    assert audit.frame_sha256 in page


def test_a_refused_frame_keeps_what_was_typed_and_says_why(plan: Plan, world: World) -> None:
    given = {"plan": plan.pk, "title": "Đợt thử", "first": "2026-01-01", "until": "2026-12-31", "seed_source": "Xổ số"}
    more = {"margin": "10", "confidence": "0.95", "by_risk": "5"}
    page = signed_in(world.chi).post(reverse("evaluation:audit-frame"), given | more).content.decode()
    assert "Không có báo cáo hoàn thành nào" in page
    assert 'value="Đợt thử"' in page
    assert not ClaimAudit.objects.exists()


def test_a_unit_sees_only_its_own_claims_and_only_once_published(plan: Plan, world: World, checker: User) -> None:
    audit = concluded(plan, world, checker)
    address = reverse("evaluation:audit-detail", args=[audit.pk])
    assert signed_in(world.binh).get(address).status_code == 404
    audits.publish_audit(audit=audit, by=world.decision_maker, at=NOON)
    title = audit.claims.all()[0].task.title
    assert title in signed_in(world.binh).get(address).content.decode()
    assert title not in signed_in(world.dung).get(address).content.decode()


def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_lost(
    plan: Plan, world: World, checker: User
) -> None:
    done(plan, world)
    claim = drawn(framed(plan, world), world).claims.get()
    audits.assign_checker(claim=claim, checker=checker, by=world.chi, at=NOON)
    upload = SimpleUploadedFile("anh.png", b"<html><script>alert(1)</script></html>")
    given = {"finding": "confirmed", "text": "Đã xem công trình.", "file": upload}
    page = signed_in(checker).post(reverse("evaluation:claim-check", args=[claim.pk]), given).content.decode()
    assert "Đã xem công trình." in page
    claim.refresh_from_db()
    assert claim.finding is None


def test_pages_ask_as_often_for_three_claims_as_for_one(world: World, checker: User) -> None:
    counts = []
    for number, count in (("kh-1", 1), ("kh-3", 3)):
        audit = concluded(make_plan(world.province, number), world, checker, count)
        client = signed_in(world.chi)
        for address in (reverse("evaluation:audit-detail", args=[audit.pk]), reverse("evaluation:audit-list")):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
