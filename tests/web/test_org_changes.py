"""Reorganisations: entered step by step, looked at before they are recorded, listed, undone; units as at a day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    NOON,
    World,
    make_duty,
    make_entry,
    make_group,
    make_period,
    make_submission,
    make_task,
    make_unit,
)
from tests.factories.changing import CHANGED_ON, make_change
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.config.units import built_in_units
from tiendo.notices.models import Notice
from tiendo.orgs.actions import load_units, undo_change
from tiendo.orgs.models import GroupMembership, Unit, UnitChange, UnitGroup
from tiendo.orgs.presets import presets, recorded_as
from tiendo.plans.models import Handover, Plan

ClientOf = Callable[[User], Client]
DAY_BEFORE = CHANGED_ON - timedelta(days=1)
FIRST = {"a-effective_on": f"{CHANGED_ON}", "a-decision": "QĐ 15/QĐ-UBND", "a-note": "ghi chú riêng"}


def address(name: str, *args: object) -> str:
    return reverse(f"orgs:{name}", args=args)


def typed(kind: str, before: list[str], *after: dict[str, Any], step: str, **more: Any) -> dict[str, Any]:
    """The whole form as it stands at a step; `after` are its lines."""
    data: dict[str, Any] = {**FIRST, "a-kind": kind, "a-predecessors": before, "buoc": step}
    if after:
        data["b-count"] = str(len(after))
    for place, line in enumerate(after):
        data |= {f"b-{place}-{name}": value for name, value in line.items()}
    return data | more


def new(code: str, name: str, **more: str) -> dict[str, str]:
    return {"name": name, "code": code, "unit_kind": "department", "reports": "on", **more}


def say(client: Client, data: dict[str, Any]) -> Any:
    return client.post(address("change-add"), data)


def hidden(page: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in page.context["carried"]:
        found.setdefault(name, []).append(value)
    return found


SPLIT = (new("cuc-vt", "Cục Viễn thông", functions="trạm phát sóng; mạng 5G"), {"existing": "so-y-te"})


def test_a_merger_goes_through_its_steps_and_loses_nothing_typed(world: World, client_of: ClientOf) -> None:
    client = client_of(world.administrator)
    assert client.get(address("change-add"), {"viec": "merge"}).context["step"] == "don-vi"
    page = say(client, typed("merge", ["so-xay-dung"], step="tiep-nhan"))
    assert page.context["step"] == "tiep-nhan"
    assert hidden(page)["a-note"] == ["ghi chú riêng"]
    page = say(client, typed("merge", ["so-xay-dung"], {"existing": "so-y-te"}, step="xem-truoc"))
    assert page.context["step"] == "xem-truoc"
    assert {"a-predecessors", "a-decision", "b-count", "b-0-existing"} <= set(hidden(page))
    back = say(client, typed("merge", ["so-xay-dung"], {"existing": "so-y-te"}, step="don-vi"))
    assert 'value="so-xay-dung" checked' in back.content.decode()
    assert hidden(back)["b-0-existing"] == ["so-y-te"]
    assert not UnitChange.objects.exists()
    done = say(client, typed("merge", ["so-xay-dung"], {"existing": "so-y-te"}, step="ghi"))
    change = UnitChange.objects.get()
    assert done["Location"] == address("change-detail", change.pk)
    assert (change.note, change.ended, change.recorded_by) == ("ghi chú riêng", ["so-xay-dung"], "quan-tri")


def test_a_step_not_filled_in_is_shown_again_and_says_why(world: World, client_of: ClientOf) -> None:
    client = client_of(world.chi)
    page = say(client, typed("merge", [], {"existing": "so-y-te"}, step="xem-truoc"))
    assert page.context["step"] == "don-vi"
    assert "predecessors" in page.context["draft"].first.errors
    page = say(client, typed("merge", ["so-y-te"], {"existing": "so-y-te"}, step="ghi"))
    assert page.context["step"] == "tiep-nhan"
    assert "tự tiếp nhận" in page.content.decode()
    both = {"existing": "so-y-te", "name": "Sở Mới", "code": "so-moi"}
    page = say(client, typed("merge", ["so-xay-dung"], both, step="ghi"))
    assert "không cả hai" in page.content.decode()
    page = say(client, typed("create", [], {"name": "Sở Mới"}, step="ghi"))
    assert "Đơn vị mới cần mã" in page.content.decode()
    assert not UnitChange.objects.exists()
    assert not Event.objects.exists()


def test_a_rename_begins_with_what_is_known_of_the_unit(world: World, client_of: ClientOf) -> None:
    group = UnitGroup.objects.create(code="cac-so", name="các sở", folded="cac so")
    GroupMembership.objects.create(group=group, unit=world.unit_a)
    page = say(client_of(world.chi), typed("rename", ["so-xay-dung"], step="tiep-nhan"))
    [line] = page.context["draft"].lines
    assert (line["unit_kind"].value(), line["parent"].value(), line["groups"].value()) == (
        "department",
        "ubnd-tinh",
        ["cac-so"],
    )
    assert "existing" not in line.fields


def test_one_more_line_keeps_those_before(world: World, client_of: ClientOf) -> None:
    page = say(client_of(world.chi), typed("split", ["so-xay-dung"], *SPLIT, step="them-dong"))
    assert len(page.context["draft"].lines) == 3
    assert page.context["draft"].lines[0]["name"].value() == "Cục Viễn thông"


@pytest.fixture
def tasks(plan: Plan, world: World) -> dict[str, Any]:
    group = make_group(plan, "IV.9", "Nhân lực")
    make: dict[str, Any] = {"by": world.chi, "lead": world.unit_a}
    return {
        "branch": group,
        "mobile": make_task(plan, title="Phủ mạng 5G toàn tỉnh", **make),
        "grouped": make_task(plan, title="Đào tạo cán bộ", group=group, **make),
        "other": make_task(plan, title="Xây nhà văn hóa", **make),
        "foreign": make_task(plan, title="Việc của Sở Y tế", by=world.chi, lead=world.unit_b),
    }


def test_tasks_go_by_choice_then_branch_then_function_then_default(
    world: World, tasks: dict[str, Any], client_of: ClientOf
) -> None:
    client = client_of(world.chi)
    asked = typed("split", ["so-xay-dung"], *SPLIT, step="nhiem-vu", **{"b-default": "1"})
    page = say(client, asked)
    lines = {line.task.pk: line for branch in page.context["branches"] for line in branch.tasks}
    assert {pk: line.to.mark for pk, line in lines.items()} == {
        tasks["mobile"].pk: "cuc-vt",
        tasks["grouped"].pk: "so-y-te",
        tasks["other"].pk: "so-y-te",
    }
    branch = next(line.field for line in page.context["branches"] if line.tasks[0].task == tasks["grouped"])
    own = lines[tasks["mobile"].pk].field
    asked |= {branch: "cuc-vt", own: "so-y-te"}
    page = say(client, asked | {"buoc": "xem-truoc"})
    assert [line.task for line in page.context["apart"]] == [tasks["grouped"]]
    [touched] = [kind for kind in page.context["touched"] if kind.touch.code == "tasks"]
    assert set(touched.touch.rows) == {tasks["mobile"], tasks["grouped"], tasks["other"]}
    assert hidden(page)[branch] == ["cuc-vt"]
    say(client, asked | {"buoc": "ghi"})
    row = Handover.objects.get()
    assert (row.task, row.predecessor, row.successor.code) == (tasks["grouped"], world.unit_a, "cuc-vt")
    assert row.change == UnitChange.objects.get()
    told = Notice.objects.filter(kind="unit.changed")
    assert {notice.user for notice in told} == {world.an, world.binh, world.dung}


def test_functions_share_out_tasks_also_when_an_administrator_records_who_reads_none(
    world: World, tasks: dict[str, Any], client_of: ClientOf
) -> None:
    asked = typed("split", ["so-xay-dung"], SPLIT[0], **{"a-stays": "on"}, step="nhiem-vu")
    page = say(client_of(world.administrator), asked)
    assert "Phủ mạng 5G" not in page.content.decode()
    say(client_of(world.administrator), asked | {"buoc": "ghi"})
    assert {row.task: row.successor.code for row in Handover.objects.all()} == {tasks["mobile"]: "cuc-vt"}


def test_a_unit_that_stays_keeps_what_is_not_chosen(world: World, tasks: dict[str, Any], client_of: ClientOf) -> None:
    asked = typed("split", ["so-xay-dung"], SPLIT[0], step="ghi", **{"a-stays": "on"})
    say(client_of(world.chi), asked)
    assert {row.task: row.successor.code for row in Handover.objects.all()} == {tasks["mobile"]: "cuc-vt"}
    assert Unit.objects.get(pk=world.unit_a.pk).valid_to is None


def test_tasks_may_be_shared_out_after_the_change(world: World, tasks: dict[str, Any], client_of: ClientOf) -> None:
    change = make_change("split", world.unit_a, to=("cuc-vt", world.unit_b))
    page = client_of(world.chi).get(address("change-tasks", change.pk, "so-xay-dung"))
    field = next(line.field for each in page.context["branches"] for line in each.tasks if line.task == tasks["other"])
    client_of(world.chi).post(address("change-tasks", change.pk, "so-xay-dung"), {field: "cuc-vt", "buoc": "ghi"})
    assert Handover.objects.get().successor.code == "cuc-vt"
    again = client_of(world.chi).get(address("change-tasks", change.pk, "so-xay-dung"))
    kept = {line.task: line.own for each in again.context["branches"] for line in each.tasks}
    assert kept[tasks["other"]] == "cuc-vt"
    client_of(world.chi).post(address("change-tasks", change.pk, "so-xay-dung"), {field: "so-y-te", "buoc": "ghi"})
    assert not Handover.objects.filter(undone_at=None).exists()


def test_each_unit_of_one_decision_shares_its_tasks_among_its_own_successors(
    world: World, plan: Plan, client_of: ClientOf
) -> None:
    rows = [
        {"predecessor": old, "successor": new, "kind": "merge", "effective_on": "2026-03-01", "decision": "NQ"}
        for old, new in (("so-xay-dung", "so-y-te"), ("so-tai-chinh", "thanh-tra"))
    ]
    load_units(data={"units": [], "successions": rows}, by="hệ thống", at=NOON)
    make_task(plan, by=world.chi, lead=world.finance_unit)
    change = UnitChange.objects.get()
    page = client_of(world.chi).get(address("change-tasks", change.pk, "so-tai-chinh"))
    assert [line.to.mark for branch in page.context["branches"] for line in branch.tasks] == ["thanh-tra"]
    assert [taker.mark for taker in page.context["takers"]] == ["thanh-tra"]
    assert client_of(world.chi).get(address("change-detail", change.pk)).context["sharing"] == []
    assert client_of(world.chi).get(address("change-tasks", change.pk, "so-y-te")).status_code == 404


def test_the_administrator_reads_no_task_on_the_way(world: World, tasks: dict[str, Any], client_of: ClientOf) -> None:
    page = say(
        client_of(world.administrator), typed("merge", ["so-xay-dung"], {"existing": "so-y-te"}, step="xem-truoc")
    )
    assert "Phủ mạng 5G" not in page.content.decode()
    assert "3 mục bạn không có quyền xem" in page.content.decode()


def test_a_move_has_two_steps(world: World, client_of: ClientOf) -> None:
    client = client_of(world.administrator)
    asked = typed("move", ["so-xay-dung", "so-y-te"], step="xem-truoc", **{"a-parent": "so-tai-chinh"})
    assert say(client, asked).context["step"] == "xem-truoc"
    say(client, asked | {"buoc": "ghi"})
    assert {unit.parent for unit in Unit.objects.filter(code__in=asked["a-predecessors"])} == {world.finance_unit}
    wrong = say(client, asked | {"buoc": "xem-truoc"})
    assert wrong.context["step"] == "don-vi"
    assert "vốn đã thuộc" in wrong.content.decode()


def test_an_undo_is_recorded_or_says_what_stands_in_its_way(
    world: World, tasks: dict[str, Any], client_of: ClientOf
) -> None:
    client = client_of(world.chi)
    say(client, typed("split", ["so-xay-dung"], *SPLIT, step="ghi", **{"b-default": "1"}))
    change = UnitChange.objects.get()
    assert Handover.objects.filter(undone_at=None).count() == 1
    page = client.post(address("change-undo", change.pk), {"reason": ""}, follow=True)
    assert "Hãy ghi lý do hủy" in page.content.decode()
    later = make_change("rename", Unit.objects.get(code="cuc-vt"), to=("cuc-moi",), on=date(2026, 9, 1))
    page = client.post(address("change-undo", change.pk), {"reason": "Nhầm"}, follow=True)
    assert "hãy hủy thay đổi ấy trước" in page.content.decode()
    assert Handover.objects.filter(undone_at=None).count() == 1
    undo_change(change=later, reason="Nhầm", by="quan-tri", at=NOON)
    page = client.post(address("change-undo", change.pk), {"reason": "Nhầm ngày"}, follow=True)
    assert "Nhầm ngày" in page.content.decode()
    assert not Handover.objects.filter(undone_at=None).exists()
    assert Unit.objects.get(pk=world.unit_a.pk).valid_to is None


def test_before_an_undo_it_is_said_what_the_successor_has_reported(
    world: World, plan: Plan, client_of: ClientOf
) -> None:
    passed, own = (make_task(plan, by=world.chi, lead=unit) for unit in (world.unit_a, world.unit_b))
    change = make_change("merge", world.unit_a, to=(world.unit_b,))
    client, url = client_of(world.chi), address("change-detail", change.pk)
    duty = make_duty(make_period(plan), world.unit_b)
    make_submission(make_entry(duty, own), by=world.dung)
    assert client.get(url).context["since"].reports == 0
    make_submission(make_entry(duty, passed), by=world.dung)
    page = client.get(url)
    assert page.context["since"].tasks == (passed,)
    assert "đã gửi 1 báo cáo" in page.content.decode()
    assert "đã gửi 1 báo cáo" not in client_of(world.dung).get(url).content.decode()
    client.post(address("change-undo", change.pk), {"reason": "Nhầm"})
    assert UnitChange.objects.get().undone_at is not None
    assert passed.entries.get().submissions.count() == 1
    assert client.get(url).context["since"] is None


@pytest.mark.parametrize("part", ["officer", "head", "decision_maker", "inspector", "finance", "other_unit"])
def test_everybody_reads_and_few_reorganise(world: World, client_of: ClientOf, part: str) -> None:
    change = make_change("rename", world.unit_b, to=("so-moi",))
    client, events = client_of(world.people[part]), Event.objects.count()
    for url in (address("change-list"), address("change-detail", change.pk), address("unit-tree")):
        assert client.get(url).status_code == 200
    assert client.get(address("change-add")).status_code == 403
    assert say(client, typed("create", [], new("x", "Sở X"), step="ghi")).status_code == 403
    assert client.post(address("change-undo", change.pk), {"reason": "x"}).status_code == 403
    assert Event.objects.count() == events


def test_a_unit_page_tells_its_chain_and_a_list_leaves_out_what_was_undone(world: World, client_of: ClientOf) -> None:
    first = make_change("rename", world.unit_a, to=("so-moi",))
    body = client_of(world.an).get(address("unit-detail", "so-xay-dung")).content.decode()
    assert "Cơ quan so-moi" in body
    assert address("change-detail", first.pk) in body
    undo_change(change=first, reason="Nhầm", by="quan-tri", at=NOON)
    listed = client_of(world.an).get(address("unit-list"), {"past": "on"}).content.decode()
    assert "Cơ quan so-moi" not in listed
    gone = client_of(world.an).get(address("unit-detail", f"so-moi-huy-{first.pk}")).content.decode()
    assert "chưa từng hoạt động" in gone


def test_units_of_a_day_are_those_of_that_day(world: World, client_of: ClientOf) -> None:
    make_change("merge", world.unit_a, to=(world.unit_b,))
    client = client_of(world.an)
    before = client.get(address("unit-tree"), {"ngay": f"{DAY_BEFORE}"})
    after = client.get(address("unit-tree"), {"ngay": f"{CHANGED_ON}"})
    assert (before.context["total"] - after.context["total"], list(before.context["ended"])) == (1, [])
    assert [unit.code for unit in after.context["ended"]] == ["so-xay-dung"]
    assert "Sở Y tế tiếp nhận" in after.content.decode()
    assert client.get(address("unit-tree"), {"ngay": "khong"}).status_code == 200


def test_a_group_shows_its_members_of_the_day(world: World, client_of: ClientOf) -> None:
    group = UnitGroup.objects.create(code="cac-so", name="các sở", folded="cac so")
    client = client_of(world.chi)
    client.post(address("member-add", "cac-so"), {"unit": "so-xay-dung", "valid_from": "2026-01-01"})
    row = GroupMembership.objects.get(group=group)
    client.post(address("member-end", row.pk), {"on": "2026-06-01"})
    shown = [
        client.get(address("group-detail", "cac-so"), {"ngay": day}).context["members"].count()
        for day in ("2025-12-31", "2026-01-01", "2026-06-01")
    ]
    assert shown == [0, 1, 0]
    refused = client.post(address("member-add", "cac-so"), {"unit": "so-xay-dung"}, follow=True)
    assert "đã thuộc nhóm" in refused.content.decode()
    client.post(address("member-correct", row.pk), {"valid_from": "2025-06-01", "reason": "Nhập nhầm"})
    assert GroupMembership.objects.standing().get().valid_from == date(2025, 6, 1)


def test_lists_ask_as_often_for_few_as_for_many(world: World, client_of: ClientOf) -> None:
    client = client_of(world.an)
    counts: dict[str, list[int]] = {"change-list": [], "unit-tree": []}
    for number in range(3):
        unit = make_unit(f"le-{number}", parent=world.unit_b)
        make_change("rename", unit, to=(f"le-moi-{number}",))
        for name, found in counts.items():
            with CaptureQueriesContext(connection) as asked:
                client.get(address(name), {"ngay": "2027-01-01"})
            found.append(len(asked))
    assert all(found[0] == found[-1] for found in counts.values())


def test_a_change_of_many_units_asks_as_often_as_one_of_two(world: World, client_of: ClientOf) -> None:
    """The end of the districts names eight units and thirty-eight."""
    counts = []
    for number, size in enumerate((2, 6)):
        units = [
            make_unit(f"u-{number}-{each}", f"Đơn vị {number} {each}", parent=world.unit_b) for each in range(size)
        ]
        change = make_change("merge", *units, to=(f"xa-{number}",))
        with CaptureQueriesContext(connection) as asked:
            client_of(world.inspector).get(address("change-detail", change.pk))
        counts.append(len(asked))
    assert counts[0] == counts[1]


# Presets


def test_presets_stand_recorded_in_a_home_that_starts_from_the_built_in_list(world: World, client_of: ClientOf) -> None:
    Unit.objects.filter(code="so-xay-dung").update(code="so-xd-rieng")
    Unit.objects.filter(code="so-tai-chinh").update(code="so-tc-rieng")
    load_units(data=built_in_units(), by="hệ thống", at=NOON)
    changes = tuple(change for preset in presets() for change in preset.changes)
    assert recorded_as(changes).keys() == set(changes)
    body = client_of(world.chi).get(address("change-add")).content.decode()
    assert body.count("Đã ghi") == len(changes)


def test_a_preset_fills_the_form_and_records_nothing(world: World, client_of: ClientOf) -> None:
    for code in ("so-tn-mt", "so-nn-ptnt"):
        make_unit(code, parent=world.province)
    for code in ("cac-so-ban-nganh", "cac-co-quan-don-vi"):
        UnitGroup.objects.create(code=code, name=code, folded=code)
    client, preset = client_of(world.chi), presets()[0]
    place = next(at for at, change in enumerate(preset.changes) if len(change.predecessors) == 2)
    page = client.get(address("change-add"), {"mau": preset.code, "so": str(place)})
    assert page.context["draft"].first["effective_on"].value() == "2025-03-01"
    assert hidden(page)["b-0-code"] == ["so-nn-mt"]
    assert not UnitChange.objects.exists()
    given = {name: page.context["draft"].data.getlist(name) for name in page.context["draft"].data}
    say(client, given | {"buoc": "ghi"})
    change = UnitChange.objects.get()
    assert (change.kind, sorted(change.ended)) == ("merge", ["so-nn-ptnt", "so-tn-mt"])
    assert Unit.objects.get(code="so-nn-mt").group_memberships.count() == 2
