"""The history of a task: whole, by kind, each line with its act, and only what the reader may see."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    NOON,
    TODAY,
    World,
    make_duty,
    make_entry,
    make_money,
    make_period,
    make_submission,
    make_unit,
)
from tests.factories.amending import decide, make_amendment, make_proposal, submit
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.orgs.models import Succession
from tiendo.plans.actions import assign_unit, charge_head, set_deadline, set_field
from tiendo.plans.actions.terms import keep_terms
from tiendo.plans.models import Assignment, Charge, FieldSource, Plan, Task, TaskTerms
from tiendo.plans.structure import Due
from tiendo.reporting.actions.urging import urge_unit
from tiendo.reporting.models import Entry, Remark

ClientOf = Callable[[User], Client]
LATER = NOON + timedelta(hours=1)


def page(task: Task, **asked: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return reverse("plans:task-history", args=[task.code]) + f"?{query}"


def words(client: Client, url: str) -> list[str]:
    return [line.words for line in client.get(url).context["page"].object_list]


@pytest.fixture
def entry(world: World, plan: Plan, task: Task) -> Entry:
    """Unit A has written, sent and been taken at its word; then somebody remarked on it."""
    duty = make_duty(make_period(plan, name="Tháng 9"), world.unit_a)
    entry = make_entry(duty, task, state="in_progress", percent=40, result="Đã khảo sát", saved_by=world.an)
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    Remark.objects.create(entry=entry, text="Nêu rõ số trạm", said_by=world.chi, said_for=world.unit_a, said_at=LATER)
    return entry


def test_every_kind_of_fact_stands_in_it_with_who_and_why(
    world: World, task: Task, entry: Entry, client_of: ClientOf
) -> None:
    assign_unit(task=task, unit=world.unit_b, role="coordinating", source="CV 12", by=world.chi, at=LATER)
    due = Due(kind="moment", on=date(2027, 3, 31))
    set_deadline(task=task, due=due, reason="Chờ vốn", source="CV 15", by=world.chi, at=LATER)
    Charge.objects.update(valid_to=TODAY)
    charge_head(task=task, user=world.binh, by=world.chi, at=LATER)
    urge_unit(unit=world.unit_a, task=task, message="Báo cáo ngay", by=world.chi, at=LATER)
    make_money(task, world.unit_a, by=world.an, confirmed_by=world.finance)
    client = client_of(world.an)
    text = client.get(page(task)).text
    for told in (
        "Được giao trong kế hoạch",
        "Thời hạn được giao: 31/12/2026",
        "Thời hạn đổi từ 31/12/2026 thành 31/03/2027",
        "Chờ vốn",
        "CV 15",
        "Giao Sở Xây dựng chủ trì",
        "Giao Sở Y tế phối hợp",
        "Sở Xây dựng gửi báo cáo kỳ Tháng 9",
        "Báo cáo kỳ Tháng 9 của Sở Xây dựng được tiếp nhận",
        "“Đang thực hiện”, đạt 40",
        "Nêu rõ số trạm",
        "Ghi người đứng đầu chịu trách nhiệm",
        "Đôn đốc Sở Xây dựng",
        "Báo cáo ngay",
        "Giải ngân năm",
        "Vàng Thị Chi – ",
    ):
        assert told in text, told


def test_kinds_narrow_the_list_and_count_it(world: World, task: Task, entry: Entry, client_of: ClientOf) -> None:
    client = client_of(world.an)
    kinds = {code: n for code, _words, n in client.get(page(task)).context["kinds"]}
    for kind, count in kinds.items():
        shown = client.get(page(task, loai=kind)).context["page"].object_list
        assert [line.kind for line in shown] == [kind] * count
    assert sum(kinds.values()) == client.get(page(task)).context["total"]
    assert len(words(client, page(task, loai="no-such-kind"))) == sum(kinds.values())


def test_a_line_opens_its_act_and_no_other(world: World, task: Task, client_of: ClientOf) -> None:
    assign_unit(task=task, unit=world.unit_b, role="coordinating", source="CV 12", by=world.chi, at=LATER)
    given = Event.objects.get(act="plans.task.assign_unit")
    other = Event.objects.create(
        seq=given.seq + 1, at=LATER, actor="x", act="a.b.c", subject="a.b:1", prev_hash=given.hash, hash="0" * 64
    )
    client = client_of(world.an)
    own = reverse("plans:task-act-record", args=[task.code, given.seq])
    assert own in client.get(page(task)).text
    text = client.get(own).text
    assert "Giao cho đơn vị" in text
    assert given.hash in text
    assert "CV 12" in text
    assert client.get(reverse("plans:task-act-record", args=[task.code, other.seq])).status_code == 404


def test_a_proposal_is_told_once_and_not_who_was_told_of_it(world: World, task: Task, client_of: ClientOf) -> None:
    make_proposal(task, world)
    about = Event.objects.filter(subject__startswith="oversight.proposal:")
    assert about.filter(act__startswith="notices.").exists()
    told = words(client_of(world.chi), page(task))
    assert told.count("Gửi thông báo") == 0
    assert len([line for line in told if "đề nghị" in line.lower()]) == 2


def test_a_coordinating_unit_sees_the_task_but_not_the_lead_s_drafts_and_remarks(
    world: World, task: Task, entry: Entry, client_of: ClientOf
) -> None:
    """Dũng's unit helps: what was accepted is told, what was sent and said on the way is not."""
    Assignment.objects.create(task=task, unit=world.unit_b, role="coordinating", started_at=NOON)
    text = client_of(world.dung).get(page(task)).text
    assert "được tiếp nhận" in text
    for hidden in ("gửi báo cáo", "Nêu rõ số trạm"):
        assert hidden not in text
        assert hidden in client_of(world.inspector).get(page(task)).text


def test_another_unit_finds_no_history(world: World, task: Task, client_of: ClientOf) -> None:
    assert client_of(world.dung).get(page(task)).status_code == 404
    assert client_of(world.dung).get(reverse("plans:task-act-record", args=[task.code, 1])).status_code == 404


def test_units_that_pass_on_and_versions_that_say_otherwise_are_told(
    world: World, task: Task, client_of: ClientOf
) -> None:
    later, on = make_unit("so-moi", "Sở Mới"), date(2026, 3, 1)
    Succession.objects.create(
        predecessor=world.unit_a, successor=later, kind="merge", effective_on=on, decision="NQ 15"
    )
    version = task.plan.version
    second = task.plan.versions.create(
        number=version.number + 1, document=version.document, in_force_from=date(2026, 9, 1), created_at=LATER
    )
    terms = {"title": "Cũ", "product": "Báo cáo", "dropped": False}
    TaskTerms.objects.create(version=version, task=task, terms=terms)
    TaskTerms.objects.create(version=second, task=task, terms=terms | {"title": "Mới"})
    said = {"document": version.document, "recorded_by": world.chi, "recorded_at": LATER}
    FieldSource.objects.create(task=task, field="title", **said)
    text = client_of(world.chi).get(page(task)).text
    assert "Sở Xây dựng hợp nhất, sáp nhập; nay do Sở Mới đảm nhiệm" in text
    assert "NQ 15" in text
    assert "Kế hoạch sửa đổi: Nhiệm vụ" in text


def test_an_amendment_is_told_with_what_it_changed_and_no_more(world: World, task: Task, client_of: ClientOf) -> None:
    """What was filled by hand since the version before is told as that act, not as the amendment's."""
    keep_terms(version=task.plan.version)
    set_field(task=task, field="authority", value="UBND tỉnh", source="CV 9", by=world.chi, at=LATER)
    decide(submit(make_amendment(task.plan, world, make_proposal(task, world)), world), world)
    told = words(client_of(world.chi), page(task))
    assert [line for line in told if line.startswith("Kế hoạch sửa đổi")] == ["Kế hoạch sửa đổi: Thời hạn"]


def test_the_card_tells_the_newest_five_and_where_the_rest_is(
    world: World, task: Task, entry: Entry, client_of: ClientOf
) -> None:
    found = client_of(world.an).get(reverse("plans:task-detail", args=[task.code]))
    total = client_of(world.an).get(page(task)).context["total"]
    assert len(found.context["history"]) == 5
    assert f"Xem cả {total} việc" in found.text


def test_a_longer_history_costs_as_many_queries(world: World, task: Task, entry: Entry, client_of: ClientOf) -> None:
    client = client_of(world.chi)
    urge_unit(unit=world.unit_a, task=task, message="Lần 1", by=world.chi, at=LATER)
    with CaptureQueriesContext(connection) as short:
        client.get(page(task))
    for n in range(2, 5):
        urge_unit(unit=world.unit_a, task=task, message=f"Lần {n}", by=world.chi, at=LATER + timedelta(days=n))
        make_money(task, world.unit_a, by=world.an, confirmed_by=world.finance, amount=n)
    with CaptureQueriesContext(connection) as long:
        client.get(page(task))
    assert len(long) == len(short)
