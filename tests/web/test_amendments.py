"""The pages by which a plan changes: a unit's wish, the draft, the decision, and what two versions say differently."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import TODAY, World, make_plan, make_task
from tests.factories.amending import decide, make_amendment, make_line, make_proposal, submit
from tiendo.accounts.models import User
from tiendo.oversight.amendment_wants import Change
from tiendo.oversight.models import Amendment, AmendmentLine, Proposal
from tiendo.plans.actions.terms import keep_terms
from tiendo.plans.models import Plan, Task

ClientOf = Callable[[User], Client]


def test_the_form_is_filled_with_what_the_task_says_and_keeps_what_is_changed(
    world: World, task: Task, client_of: ClientOf
) -> None:
    url = reverse("oversight:proposal-change", args=[task.code])
    client = client_of(world.an)
    assert "viec=extend" in client.get(url).content.decode()
    page = client.get(f"{url}?viec=change").content.decode()
    assert "Báo cáo kết quả" in page
    typed = {
        "title": task.title,
        "description": task.description,
        "group": "III.1.1",
        "product": "Bản đồ",
        "authority": "UBND tỉnh",
        "due_on": "2026-12-31",
        "reason": "Rõ sản phẩm hơn",
    }
    answer = client.post(f"{url}?viec=change", typed)
    proposal = Proposal.objects.get()
    assert answer.url == reverse("oversight:proposal-detail", args=[proposal.pk])  # type: ignore[attr-defined]
    assert proposal.wanted == {"product": "Bản đồ"}
    shown = client.get(answer.url).content.decode()  # type: ignore[attr-defined]
    assert "<del>Báo cáo kết quả</del>" in shown
    assert "<ins>Bản đồ</ins>" in shown


def test_extending_asks_for_a_day(world: World, task: Task, client_of: ClientOf) -> None:
    url = reverse("oversight:proposal-change", args=[task.code]) + "?viec=extend"
    client = client_of(world.an)
    assert client.post(url, {"reason": "x"}).status_code == 200
    client.post(url, {"reason": "x", "due_on": "2027-03-31"})
    assert Proposal.objects.get().wanted == {"due": {"raw": "31/03/2027", "kind": "moment", "on": "2027-03-31"}}


def test_a_transfer_and_an_added_task_by_their_forms(world: World, plan: Plan, task: Task, client_of: ClientOf) -> None:
    client = client_of(world.an)
    client.post(
        reverse("oversight:proposal-change", args=[task.code]) + "?viec=transfer",
        {"lead": world.unit_b.code, "reason": "Đúng chức năng"},
    )
    given = {"title": "Kho dữ liệu", "description": "Xây kho", "lead": world.unit_b.code, "reason": "Cần", "group": ""}
    client.post(reverse("oversight:proposal-add", args=[plan.code]), given)
    transfer, added = Proposal.objects.order_by("pk")
    assert transfer.wanted == {"lead": [{"unit": world.unit_b.code, "printed": None}]}
    assert added.wanted["title"] == "Kho dữ liệu"


def test_the_head_signs_on_the_page_and_an_officer_finds_no_button(
    world: World, task: Task, client_of: ClientOf
) -> None:
    proposal = make_proposal(task, world, sent=False)
    page = reverse("oversight:proposal-detail", args=[proposal.pk])
    send = reverse("oversight:proposal-send", args=[proposal.pk])
    assert send not in client_of(world.an).get(page).content.decode()
    assert send in client_of(world.binh).get(page).content.decode()
    client_of(world.binh).post(send)
    proposal.refresh_from_db()
    assert proposal.state == "sent"


def test_dung_sees_nothing_of_unit_a(world: World, plan: Plan, task: Task, client_of: ClientOf) -> None:
    proposal = make_proposal(task, world)
    amendment = make_amendment(plan, world, proposal)
    client = client_of(world.dung)
    for url in (
        reverse("oversight:proposal-detail", args=[proposal.pk]),
        reverse("oversight:proposal-change", args=[task.code]),
        reverse("oversight:amendment-detail", args=[amendment.pk]),
    ):
        assert client.get(url).status_code == 404
    assert task.title not in client.get(reverse("oversight:proposal-list")).content.decode()


def test_the_coordinator_consolidates_and_the_chairman_decides_on_one_screen(
    world: World, plan: Plan, task: Task, client_of: ClientOf
) -> None:
    proposal, chi = make_proposal(task, world), client_of(world.chi)
    chi.post(reverse("oversight:amendment-start", args=[plan.code]), {"title": "Sửa đổi lần 1"})
    amendment = Amendment.objects.get()
    page = reverse("oversight:amendment-detail", args=[amendment.pk])
    assert "chờ đưa vào" in chi.get(page).content.decode()
    chi.post(reverse("oversight:proposal-take", args=[proposal.pk]), {"amendment": amendment.pk})
    line = AmendmentLine.objects.get()
    edited = {"due_on": "2027-05-31", "reason": "Rút ngắn một tháng"}
    chi.post(reverse("oversight:line-edit", args=[line.pk]), edited)
    chi.post(reverse("oversight:amendment-submit", args=[amendment.pk]))
    leader = client_of(world.decision_maker)
    shown = leader.get(page).content.decode()
    for words in ("<del>31/12/2026</del>", "<ins>31/05/2027</ins>", "Rút ngắn một tháng", "Sở Xây dựng"):
        assert words in shown
    typed = {"number": "9/QĐ-UBND", "issued_on": TODAY.isoformat(), "in_force_from": TODAY.isoformat()}
    assert (
        leader.post(reverse("oversight:amendment-decide", args=[amendment.pk]), typed | {"number": ""}).status_code
        == 422
    )
    leader.post(reverse("oversight:amendment-decide", args=[amendment.pk]), typed)
    after = client_of(world.an).get(page).content.decode()
    assert f"{reverse('plans:plan-differences', args=[plan.code])}?tu=1&amp;den=2" in after
    assert "9/QĐ-UBND" in after
    assert "lần trước đây" not in after


def test_what_waits_names_the_kind_of_change_and_the_task(task: Task, world: World, client_of: ClientOf) -> None:
    make_proposal(task, world)
    page = client_of(world.chi).get(reverse("oversight:home")).content.decode()
    assert f"Gia hạn: {task.title}" in page


def test_a_conflict_is_shown_and_confirmed(world: World, plan: Plan, task: Task, client_of: ClientOf) -> None:
    amendment = make_amendment(plan, world, make_proposal(task, world))
    line = amendment.lines.get()
    line.base = {"due": {"raw": None, "kind": "moment", "on": "2026-11-30"}}
    line.save()
    page = reverse("oversight:amendment-detail", args=[amendment.pk])
    chi = client_of(world.chi)
    shown = chi.get(page).content.decode()
    assert "nhiệm vụ đã thay đổi sau khi dòng này được viết" in shown
    assert reverse("oversight:amendment-submit", args=[amendment.pk]) not in shown.split("<form id")[0]
    chi.post(reverse("oversight:line-confirm", args=[line.pk]))
    assert "Xung đột" not in chi.get(page).content.decode()


def test_the_coordinator_adds_and_removes_lines(world: World, plan: Plan, task: Task, client_of: ClientOf) -> None:
    amendment, chi = make_amendment(plan, world), client_of(world.chi)
    url = reverse("oversight:line-add", args=[amendment.pk])
    assert task.title in chi.get(url).content.decode()
    chi.post(f"{url}?viec=drop&nhiem-vu={task.code}", {"reason": "Trùng"})
    line = AmendmentLine.objects.get()
    assert (line.kind, line.reason) == ("drop", "Trùng")
    chi.post(reverse("oversight:line-remove", args=[line.pk]))
    line.refresh_from_db()
    assert line.removed_at


def test_the_task_page_leads_to_a_proposal(world: World, task: Task, client_of: ClientOf) -> None:
    page, way = reverse("plans:task-detail", args=[task.code]), reverse("oversight:proposal-change", args=[task.code])
    assert way in client_of(world.an).get(page).content.decode()
    assert way not in client_of(world.chi).get(page).content.decode()


@pytest.fixture
def amended(world: World, plan: Plan, task: Task) -> Plan:
    keep_terms(version=plan.version)
    decide(submit(make_amendment(plan, world, make_proposal(task, world)), world), world)
    return plan


def test_two_versions_as_a_page_and_as_a_document(world: World, amended: Plan, client_of: ClientOf) -> None:
    client = client_of(world.dung)
    page = client.get(reverse("plans:plan-differences", args=[amended.code])).content.decode()
    assert "<del>31/12/2026</del>" in page
    assert "lùi 181 ngày" in page
    back = client.get(reverse("plans:plan-differences", args=[amended.code]) + "?tu=2&den=1").content.decode()
    assert "sớm hơn 181 ngày" in back
    same = client.get(reverse("plans:plan-differences", args=[amended.code]) + "?tu=2&den=2").content.decode()
    assert "Không có nhiệm vụ nào khác nhau" in same
    file = client.get(reverse("plans:plan-differences-file", args=[amended.code]) + "?tu=1&den=2")
    words = zipfile.ZipFile(BytesIO(file.content)).read("word/document.xml").decode()
    for said in ("31/12/2026", "30/06/2027 (lùi 181 ngày)", "QUYẾT ĐỊNH 123/QĐ-UBND", "Nâng cao nhận thức"):
        assert said in words
    heads = [re.sub("<[^>]+>", "", row) for row in re.findall("<w:p>.*?</w:p>", words)]
    assert heads.count(world.province.name.upper()) == 1  # nobody stands above themselves


def test_a_plan_of_one_version_has_nothing_to_compare(world: World, plan: Plan, client_of: ClientOf) -> None:
    client = client_of(world.an)
    assert "một phiên bản" in client.get(reverse("plans:plan-differences", args=[plan.code])).content.decode()
    assert client.get(reverse("plans:plan-differences-file", args=[plan.code])).status_code == 404


def count(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", ["proposal-list", "amendment-list"])
def test_lists_ask_the_same_number_of_questions(
    world: World, plan: Plan, task: Task, client_of: ClientOf, name: str
) -> None:
    submit(make_amendment(plan, world, make_proposal(task, world)), world)
    few = count(client_of(world.inspector), reverse(f"oversight:{name}"))
    for nth in range(2):
        other = make_plan(world.province, code=f"kh-{nth}")
        more = make_task(other, by=world.chi, lead=world.unit_a)
        submit(make_amendment(other, world, make_proposal(more, world)), world)
    assert count(client_of(world.inspector), reverse(f"oversight:{name}")) == few


def test_a_draft_asks_the_same_number_of_questions_for_any_number_of_lines(
    world: World, plan: Plan, task: Task, client_of: ClientOf
) -> None:
    make_proposal(task, world)
    amendment = make_amendment(plan, world, make_proposal(task, world))
    url = reverse("oversight:amendment-detail", args=[amendment.pk])
    few = count(client_of(world.chi), url)
    for _ in range(2):
        other = make_task(plan, by=world.chi, lead=world.unit_a)
        make_proposal(other, world)
        make_line(amendment, world, Change.EXTEND, other, due={"raw": None, "kind": "moment", "on": "2027-09-30"})
    assert count(client_of(world.chi), url) == few


def test_a_form_that_names_no_draft_finds_none(world: World, task: Task, client_of: ClientOf) -> None:
    proposal = make_proposal(task, world)
    url = reverse("oversight:proposal-take", args=[proposal.pk])
    for wrong in ("x", "-1", "9" * 30, ""):
        assert client_of(world.chi).post(url, {"amendment": wrong, "into": wrong}).status_code == 404
