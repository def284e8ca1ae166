"""A unit brings in its own plan: its people upload and review, its head accepts; nobody else's is seen (R013, R038)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import NOON, World
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.intake.actions import (
    accept_import,
    ask_acceptance,
    decide_proposals,
    discard_import,
    edit_proposal,
    start_import,
)
from tiendo.intake.models import Import, Proposal
from tiendo.notices.models import Notice
from tiendo.orgs.models import UnitAlias
from tiendo.plans.models import Plan, PlanVersion

ClientOf = Callable[[User], Client]
TEXT = "KẾ HOẠCH\nMở rộng thư viện số\nI. NHIỆM VỤ\n1. Thư viện\n- Mở 20 điểm đọc sách.\n- Số hóa 500 đầu sách.\n"
pytestmark = pytest.mark.django_db


def bring(world: World, by: User, text: str = TEXT, **given: Any) -> Import:
    given = {"unit": world.unit_a} | given
    return start_import(data=text.encode(), name="ke-hoach.txt", by=by, at=NOON, **given)[0]


def accept(source: Import, world: World, plan: Plan, by: User, **given: Any) -> PlanVersion:
    named = {"code": "KH-A", "title": "Kế hoạch của Sở", "owner": world.unit_a, "under": plan}
    return accept_import(source=source, take_pending=True, by=by, at=NOON, **(named | given))


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("who", ["an", "binh", "chi"])
def test_people_of_the_unit_and_the_coordinator_bring_its_plan_in(world: World, who: str) -> None:
    source = bring(world, getattr(world, who))
    assert source.unit == world.unit_a
    seen = {name for name in ("an", "binh", "chi", "inspector", "dung", "finance", "administrator")
            if Import.objects.visible_to(getattr(world, name)).filter(pk=source.pk).exists()}  # fmt: skip
    assert seen == {"an", "binh", "chi", "inspector"}


def test_the_officer_reviews_and_the_head_accepts(world: World, plan: Plan) -> None:
    source = bring(world, world.an)
    task = source.proposals.filter(kind=Proposal.Kind.TASK)[0]
    edit_proposal(proposal=task, edited={**task.printed, "title": "Mở 20 điểm đọc"}, by=world.an, at=NOON)
    with pytest.raises(PermissionDenied, match="thủ trưởng"):
        accept(source, world, plan, world.an)
    assert not Plan.objects.filter(code="KH-A").exists()
    version = accept(source, world, plan, world.binh)
    made = version.plan
    assert (made.owner, made.under, version.number, made.tasks.count()) == (world.unit_a, plan, 1, 2)
    assert made.tasks.filter(title="Mở 20 điểm đọc").exists()


def test_a_change_of_its_own_plan_comes_in_the_same_way(world: World, plan: Plan) -> None:
    made = accept(bring(world, world.an), world, plan, world.binh).plan
    change = bring(world, world.an, TEXT.replace("20", "30"), plan=made)
    given = {"code": "", "title": "", "owner": None, "under": None, "in_force_from": date(2026, 8, 1)}
    assert accept(change, world, plan, fresh(world.binh), **given).number == 2
    assert made.tasks.filter(description__contains="30 điểm").exists()


@pytest.mark.parametrize("who", ["dung", "inspector", "decision_maker", "administrator"])
def test_nobody_else_brings_reviews_or_accepts_it(world: World, plan: Plan, who: str) -> None:
    source, person = bring(world, world.an), getattr(world, who)
    before = (Event.objects.count(), Import.objects.values().get())
    for act in (
        lambda: bring(world, person, TEXT + "x"),
        lambda: decide_proposals(
            source=source, proposals=source.proposals.all(), decision="accepted", by=person, at=NOON
        ),
        lambda: discard_import(source=source, reason="x", by=person, at=NOON),
        lambda: accept(source, world, plan, person),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert before == (Event.objects.count(), Import.objects.values().get())


def test_a_unit_brings_in_nothing_of_the_province_or_of_another_unit(world: World, plan: Plan) -> None:
    theirs = Plan.objects.create(code="KH-B", title="x", owner=world.unit_b, under=plan, created_at=NOON)
    for given in ({"unit": None}, {"unit": world.unit_b}, {"plan": plan}, {"plan": theirs}):
        with pytest.raises(PermissionDenied):
            bring(world, world.an, **given)  # type: ignore[arg-type]
    source = bring(world, world.an)
    for given in ({"under": None}, {"owner": world.unit_b}, {"owner": world.province}):
        with pytest.raises(PermissionDenied):
            accept(source, world, plan, world.binh, **given)
    assert PlanVersion.objects.exclude(plan=plan).count() == 0


def test_a_file_that_is_not_one_s_own_to_see_is_refused_without_a_word_of_it(world: World) -> None:
    bring(world, world.chi, unit=None)
    with pytest.raises(PermissionDenied, match="đã được nhập"):
        bring(world, world.an)


def test_a_unit_teaches_the_house_no_names(world: World) -> None:
    source = bring(world, world.an)
    task = source.proposals.filter(kind=Proposal.Kind.TASK)[0]
    learned = {"Thư viện số": world.unit_b}
    edit_proposal(proposal=task, edited=task.printed, learned=learned, by=world.an, at=NOON)
    assert not UnitAlias.objects.filter(text="Thư viện số").exists()


def test_the_pages_from_upload_to_plan(client_of: ClientOf, world: World, plan: Plan) -> None:
    officer, head = client_of(world.an), client_of(world.binh)
    shown = officer.get(reverse("intake:import-list")).content.decode()
    assert "thủ trưởng chấp nhận" in shown
    assert plan.title not in shown
    upload = {"file": SimpleUploadedFile("ke-hoach.txt", TEXT.encode())}
    assert officer.post(reverse("intake:import-list"), upload).status_code == 302
    source = Import.objects.get()
    assert source.unit == world.unit_a
    if source.status == Import.Status.READING:
        Import.objects.all().delete()
        source = bring(world, world.an)
    at = {name: reverse(f"intake:{name}", args=[source.pk]) for name in ("import-review", "import-accept")}
    assert "Trình thủ trưởng chấp nhận" in officer.get(at["import-review"]).content.decode()
    assert officer.get(at["import-accept"]).status_code == 403
    assert client_of(world.dung).get(at["import-review"]).status_code == 404
    form = head.get(at["import-accept"]).content.decode()
    assert f'value="{world.unit_a.pk}" selected' in form
    assert f'value="{world.unit_b.pk}"' not in form
    typed = {"code": "KH-A", "title": "Kế hoạch của Sở", "owner": world.unit_a.pk, "in_force_from": "2026-07-01"}
    assert head.post(at["import-accept"], typed | {"lay": "tat_ca"}).status_code == 200
    assert head.post(at["import-accept"], typed | {"lay": "tat_ca", "under": plan.pk}).status_code == 302
    assert Plan.objects.get(code="KH-A").owner == world.unit_a


def told(user: User) -> list[tuple[str, str, str]]:
    return [(each.kind, str(each), each.body) for each in Notice.objects.filter(user=user).order_by("pk")]


def test_the_head_is_told_when_the_officer_has_reviewed_it_and_the_officer_when_it_is_accepted(
    world: World, plan: Plan, client_of: ClientOf
) -> None:
    source = bring(world, world.an)
    review, ask = (reverse(f"intake:import-{name}", args=[source.pk]) for name in ("review", "ask"))
    assert ask in client_of(world.an).get(review).content.decode()
    assert ask not in client_of(world.binh).get(review).content.decode()
    assert client_of(world.an).post(ask).status_code == 302
    assert told(world.binh) == [
        ("plan.to_accept", "Kế hoạch “ke-hoach.txt” của Sở Xây dựng đã đối chiếu xong, chờ bạn chấp nhận.", "")
    ]
    ask_acceptance(source=source, by=world.an, at=timezone.now())
    assert len(told(world.binh)) == Event.objects.filter(act="intake.import.ask").count() == 1
    version = accept(source, world, plan, world.binh)
    day = f"{version.in_force_from:%d/%m/%Y}"
    words = f"Kế hoạch “ke-hoach.txt” của Sở Xây dựng đã được chấp nhận, có hiệu lực từ {day}."
    assert told(world.an) == [("plan.decided", words, "")]
    assert not Notice.objects.filter(user__in=[world.dung, world.chi]).exists()


def test_put_aside_by_the_head_the_officer_hears_why(world: World) -> None:
    source = bring(world, world.an)
    discard_import(source=source, reason="Thiếu phụ lục", by=world.binh, at=NOON)
    words = "Kế hoạch “ke-hoach.txt” của Sở Xây dựng không được chấp nhận: lần nhập đã bị bỏ."
    assert told(world.an) == [("plan.decided", words, "Thiếu phụ lục")]
    assert told(world.binh) == []


@pytest.mark.parametrize("who", ["binh", "chi", "dung", "inspector"])
def test_only_who_reviews_and_may_not_accept_asks(world: World, who: str) -> None:
    source = bring(world, world.an)
    before = Event.objects.count()
    with pytest.raises(PermissionDenied):
        ask_acceptance(source=source, by=getattr(world, who), at=NOON)
    assert (Event.objects.count(), Notice.objects.count()) == (before, 0)


def test_without_a_head_nobody_is_asked_and_the_officer_is_told_whom_to_turn_to(world: World) -> None:
    source = bring(world, world.an)
    User.objects.filter(pk=world.binh.pk).update(is_active=False)
    with pytest.raises(PermissionDenied, match="chưa có thủ trưởng"):
        ask_acceptance(source=source, by=world.an, at=NOON)


def test_what_the_province_brings_in_tells_nobody(world: World) -> None:
    source = bring(world, world.chi, unit=None)
    discard_import(source=source, reason="Nhầm", by=world.chi, at=NOON)
    assert not Notice.objects.exists()
