"""Rows cut, joined and put back: the print is never lost, and two people at once do not make a muddle."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import World
from tests.intake.conftest import Accept, Read
from tiendo.audit.models import Event
from tiendo.intake.actions import (
    decide_proposals,
    decide_sure,
    edit_proposal,
    link_indicators,
    merge_proposals,
    split_proposal,
    start_import,
    undo_shaping,
)
from tiendo.intake.extraction.deadlines import parse_due
from tiendo.intake.learning import relearned
from tiendo.intake.models import Import, Proposal
from tiendo.intake.shaping import differing, joined, part_keys, where_of
from tiendo.orgs.models import Unit
from tiendo.plans.models import Task
from tiendo.web.intake.doubts import Doubts

PLAN = """KẾ HOẠCH

I. NHIỆM VỤ

- Mở lớp tin học và cấp máy tính cho xã trước ngày 30/6/2026.

- Lắp mạng.

PHỤ LỤC I

TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn | Sản phẩm
1 | Lắp điểm đọc số | Hội Sách nói | | | 20 điểm
2 | tại các xã vùng cao | Sở Nội vụ | Hội Sách nói | Quý IV/2026 |
3 | Làm kho sách | Hội  sách nói | | |
"""
PARTS = [{"title": "Mở lớp tin học"}, {"title": "Cấp máy tính", "product": "Máy tính"}]


@pytest.fixture
def source(units: World, now: datetime) -> Import:
    return start_import(data=PLAN.encode(), name="kh.txt", by=units.chi, at=now)[0]


@pytest.fixture
def bullet(source: Import) -> Proposal:
    return source.proposals.get(kind="task", key="I#1")


def rows(source: Import) -> dict[str, Proposal]:
    return {row.key: row for row in source.proposals.filter(kind="task")}


def prints(source: Import) -> list[Any]:
    return list(source.proposals.order_by("pk").values_list("kind", "key", "printed", "where"))


def test_a_bullet_becomes_several_tasks(
    bullet: Proposal, source: Import, accept: Accept, units: World, now: datetime
) -> None:
    made = split_proposal(proposal=bullet, parts=PARTS, by=units.chi, at=now)
    assert [(row.key, row.made_from, row.decision, row.printed == bullet.printed) for row in made] == [
        ("I#1~a", ["I#1"], "accepted", True),
        ("I#1~b", ["I#1"], "accepted", True),
    ]
    assert [row.key for row in source.proposals.filter(kind="task")][:3] == ["I#1", "I#1~a", "I#1~b"]
    assert rows(source)["I#1"].decision == "rejected"
    plan = accept(source).plan
    tasks = list(plan.tasks.filter(item__path="I#1"))
    assert [(task.title, task.product, str(task.due_on)) for task in tasks] == [
        ("Mở lớp tin học", None, "2026-06-29"),
        ("Cấp máy tính", "Máy tính", "2026-06-29"),
    ]
    assert plan.version.items.get(path="I#1").text == bullet.printed["description"]


def test_rows_of_one_task_are_joined_cell_by_cell(source: Import, accept: Accept, units: World, now: datetime) -> None:
    by_key = rows(source)
    first = merge_proposals(proposals=[by_key["PL-I#2"], by_key["PL-I#1"]], by=units.chi, at=now)
    value = first.value
    assert (first.key, first.made_from, first.decision) == ("PL-I#1", ["PL-I#2"], "accepted")
    assert (value["description"], value["product"]) == ("Lắp điểm đọc số tại các xã vùng cao", "20 điểm")
    assert [each["text"] for each in value["lead"]] == ["Hội Sách nói", "Sở Nội vụ"]
    assert (value["due"]["raw"], value["quotes"]["due"]) == ("Quý IV/2026", "Quý IV/2026")
    assert first.where["lines"][1] == first.where["lines"][0] + 1
    assert rows(source)["PL-I#2"].decision == "rejected"
    assert accept(source).plan.tasks.filter(item__kind="task_row").count() == 2


def test_everything_can_be_put_back(bullet: Proposal, source: Import, units: World, now: datetime) -> None:
    before = prints(source)
    row = rows(source)["PL-I#1"]
    edit_proposal(proposal=row, edited=row.printed | {"product": "21 điểm"}, by=units.chi, at=now)
    parts = split_proposal(proposal=bullet, parts=PARTS, by=units.chi, at=now)
    merge_proposals(proposals=[row, rows(source)["PL-I#2"]], by=units.chi, at=now)
    undo_shaping(proposal=parts[1], by=units.chi, at=now)
    undo_shaping(proposal=rows(source)["PL-I#2"], by=units.chi, at=now)
    assert prints(source) == before
    now_rows = rows(source)
    assert {now_rows[key].decision for key in ("I#1", "PL-I#1", "PL-I#2")} == {"pending"}
    assert now_rows["PL-I#1"].edited["product"] == "21 điểm"  # type: ignore[index]
    assert not any(row.made_from or row.unshaped for row in now_rows.values())


def test_what_took_another_shape_is_not_decided_by_itself(
    bullet: Proposal, source: Import, units: World, now: datetime
) -> None:
    split_proposal(proposal=bullet, parts=PARTS, by=units.chi, at=now)
    decide_proposals(source=source, proposals=source.proposals.all(), decision="accepted", by=units.chi, at=now)
    assert rows(source)["I#1"].decision == "rejected"
    with pytest.raises(PermissionDenied, match="hoàn tác"):
        edit_proposal(proposal=bullet, edited={}, by=units.chi, at=now)


def test_two_people_at_once_shape_a_row_once(bullet: Proposal, source: Import, units: World, now: datetime) -> None:
    """Both pages show the row as it was; the second act finds it changed and leaves everything alone."""
    stale = Proposal.objects.get(pk=bullet.pk)
    split_proposal(proposal=bullet, parts=PARTS, by=units.chi, at=now)
    before = (Event.objects.count(), Proposal.objects.count())
    other = rows(source)["I#2"]
    acts: list[Callable[[], object]] = [
        lambda: split_proposal(proposal=stale, parts=PARTS, by=units.chi, at=now),
        lambda: merge_proposals(proposals=[stale, other], by=units.chi, at=now),
        lambda: undo_shaping(proposal=other, by=units.chi, at=now),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert (Event.objects.count(), Proposal.objects.count()) == before


@pytest.mark.parametrize(
    ("parts", "said"), [([{"title": "Một"}], "ít nhất hai"), ([{"title": "Một"}, {"title": " "}], "có tên")]
)
def test_a_split_that_makes_no_sense_is_refused(
    bullet: Proposal, units: World, now: datetime, parts: list[dict[str, str]], said: str
) -> None:
    before = (Event.objects.count(), Proposal.objects.count())
    with pytest.raises(PermissionDenied, match=said):
        split_proposal(proposal=bullet, parts=parts, by=units.chi, at=now)
    with pytest.raises(ValueError, match="no such fields"):
        split_proposal(proposal=bullet, parts=[{"title": "A"}, {"titel": "B"}], by=units.chi, at=now)
    assert (Event.objects.count(), Proposal.objects.count()) == before


def test_only_rows_of_one_kind_and_file_are_joined(source: Import, read: Read, units: World, now: datetime) -> None:
    task, item = rows(source)["I#1"], source.proposals.get(kind="item", key="I#1")
    other = read("phu-luc-2.docx").proposals.filter(kind="task")[0]
    for pair in ([task, item], [task, other], [item, source.proposals.get(kind="item", key="I#2")], [task, task]):
        with pytest.raises(PermissionDenied):
            merge_proposals(proposals=pair, by=units.chi, at=now)


def test_the_sure_ones_of_a_kind_are_taken_at_once(source: Import, units: World, now: datetime) -> None:
    assert decide_sure(source=source, kind="task", by=units.chi, at=now) == 2
    decided = source.proposals.filter(decision="accepted")
    assert {(row.kind, row.sure) for row in decided} == {("task", True)}


def test_a_name_tied_to_a_unit_is_read_anew_in_the_undecided_rows(source: Import, units: World, now: datetime) -> None:
    by_key = rows(source)
    decided = by_key["PL-I#2"]
    decide_proposals(
        source=source, proposals=source.proposals.filter(pk=decided.pk), decision="accepted", by=units.chi, at=now
    )
    row, unit = by_key["PL-I#1"], Unit.objects.get(code="so-noi-vu")
    edited = row.printed | {"lead": [{"text": "Hội Sách nói", "unit": unit.code}]}
    edit_proposal(proposal=row, edited=edited, learned={"Hội Sách nói": unit}, by=units.chi, at=now)
    again = rows(source)
    third = again["PL-I#3"]
    assert (third.value["lead"][0]["unit"], third.decision, third.sure) == (unit.code, "pending", True)
    assert third.printed["lead"][0]["unit"] is None
    assert again["PL-I#2"].value["coordinating"][0]["unit"] is None
    assert Event.objects.get(act="intake.import.relearn").detail["keys"] == ["PL-I#3"]


@pytest.mark.parametrize("person", ["an", "binh", "dung", "decision_maker", "inspector", "administrator"])
def test_only_the_coordinator_shapes(
    bullet: Proposal, source: Import, units: World, now: datetime, person: str
) -> None:
    by, other, before = getattr(units, person), rows(source)["I#2"], (Event.objects.count(), Proposal.objects.count())
    acts: list[Callable[[], object]] = [
        lambda: split_proposal(proposal=bullet, parts=PARTS, by=by, at=now),
        lambda: merge_proposals(proposals=[bullet, other], by=by, at=now),
        lambda: undo_shaping(proposal=bullet, by=by, at=now),
        lambda: decide_sure(source=source, kind="task", by=by, at=now),
        lambda: link_indicators(proposal=bullet, keys=[], by=by, at=now),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied, match="Cơ quan đầu mối"):
            act()
    assert (Event.objects.count(), Proposal.objects.count(), Task.objects.count()) == (*before, 0)


def test_a_closed_import_takes_no_shape(
    bullet: Proposal, source: Import, accept: Accept, units: World, now: datetime
) -> None:
    accept(source)
    with pytest.raises(PermissionDenied, match="kết thúc"):
        split_proposal(proposal=bullet, parts=PARTS, by=units.chi, at=now)


def test_keys_of_parts_go_on_after_z() -> None:
    keys = [key for key, _n in zip(part_keys("K"), range(28), strict=False)]
    assert (keys[0], keys[25], keys[26], keys[27]) == ("K~a", "K~z", "K~aa", "K~ab")


def test_joining_says_nothing_twice() -> None:
    one = {"title": "Làm A", "description": "Làm A và B", "due": {"kind": "missing"}, "lead": []}
    other = {"title": "làm a", "description": "và B", "due": {"kind": "moment"}, "lead": []}
    assert joined([one, other]) == one | {"due": {"kind": "moment"}}


def due(raw: str | None, on: str | None = None, **more: Any) -> dict[str, Any]:
    return {"raw": raw, "kind": "moment" if on else "open", "on": on, "from": None, "rrule": None} | more


def test_of_two_deadlines_both_texts_stay_and_the_later_decides() -> None:
    early, late = due("30/6/2026", "2026-06-30"), due("Quý IV/2026", "2026-12-31")
    for rows_of_one, raw in (([early, late], "30/6/2026; Quý IV/2026"), ([late, early], "Quý IV/2026; 30/6/2026")):
        value = joined([{"due": each} for each in rows_of_one])["due"]
        assert (value["raw"], value["on"], value["kind"]) == (raw, "2026-12-31", "moment")
        assert {(step["text"], step["on"]) for step in value["steps"]} == {
            ("30/6/2026", "2026-06-30"),
            ("Quý IV/2026", "2026-12-31"),
        }
        assert parse_due(raw).on == date(2026, 12, 31)
    assert joined([{"due": early}, {"due": early}])["due"] == early
    assert joined([{"due": early}, {"due": due("khi có hướng dẫn")}])["due"]["raw"] == "30/6/2026; khi có hướng dẫn"
    assert len(joined([{"due": early}, {"due": late}, {"due": due("2027", "2027-12-31")}])["due"]["steps"]) == 3


def test_nothing_of_the_second_row_vanishes() -> None:
    one = {"title": "A", "product": "105 lớp", "lead": [{"text": "Sở Y", "unit": "y"}], "notes": {"due": "CV 1"}}
    other = {"title": "B", "product": "05 lớp", "lead": [{"text": "Sở Z", "unit": None}], "notes": {"product": "CV 2"}}
    value = joined([one, other | {"level": 3, "pieces": ["p"]}])
    assert (value["title"], value["product"], value["level"], value["pieces"]) == ("A B", "105 lớp; 05 lớp", 3, ["p"])
    assert [each["text"] for each in value["lead"]] == ["Sở Y", "Sở Z"]
    assert value["notes"] == {"due": "CV 1", "product": "CV 2"}
    assert joined([{"product": "Báo cáo kết"}, {"product": "quả hằng năm"}])["product"] == "Báo cáo kết quả hằng năm"
    target = joined([{"target": {"raw": "80%"}}, {"target": {"raw": "95%"}}])["target"]
    assert target["raw"] == "80%; 95%"


def test_differing_names_what_does_not_add_up() -> None:
    one = {"due": due("30/6/2026"), "lead": [{"text": "Sở Y", "unit": "y"}], "group": "1", "product": "A"}
    other = {"due": due("2027"), "lead": [{"text": "sở y", "unit": "y"}], "group": None, "product": "B"}
    assert differing([one, other]) == {"due": ["30/6/2026", "2027"]}


def test_joined_rows_that_disagree_are_unsure_until_taken_apart(source: Import, units: World, now: datetime) -> None:
    first, second = rows(source)["PL-I#2"], rows(source)["PL-I#3"]
    second.printed["due"] = due("30/9/2027", "2027-09-30")
    second.sure = True
    second.save()
    Proposal.objects.filter(pk=first.pk).update(sure=True)
    merged = merge_proposals(proposals=[first, second], by=units.chi, at=now)
    assert (merged.value["due"]["raw"], merged.value["due"]["on"]) == ("Quý IV/2026; 30/9/2027", "2027-09-30")
    assert not merged.sure
    said = Doubts({}).about(merged)
    assert "Các dòng được gộp ghi khác nhau ở “Thời hạn”: “Quý IV/2026”; “30/9/2027”; hãy kiểm tra." in said
    undo_shaping(proposal=merged, by=units.chi, at=now)
    again = rows(source)["PL-I#2"]
    assert (again.sure, again.value["due"]["raw"]) == (True, "Quý IV/2026")


def test_the_place_of_joined_rows_is_from_first_to_last() -> None:
    assert where_of([{"lines": [4, 5], "page": 1}, {"lines": [9, 9], "page": 2}]) == {"lines": [4, 9], "page": 1}
    assert where_of([{}, {}]) == {}


def test_a_name_that_no_row_prints_changes_nothing() -> None:
    assert relearned({"title": "A", "lead": [{"text": "Sở X", "unit": "x"}]}, {"Sở Y": "y"}) is None
    assert relearned({"title": "A", "lead": [{"text": "Sở X", "unit": "x"}]}, {"sở x": "x"}) is None
