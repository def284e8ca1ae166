"""From chosen proposals to content that `plans.structure.check` finds sound."""

from datetime import date
from typing import Any

import pytest

from tiendo.intake.accepting import Attached, Known, branch_of_label, build, due_of
from tiendo.intake.choosing import Offered, branch, choose, nameless
from tiendo.intake.grouping import Groups, without_number
from tiendo.intake.proposing import short
from tiendo.plans.structure import Due, check

TITLES = {"III.1": "Nâng cao nhận thức của cán bộ và người dân", "III.2": "Phát triển hạ tầng số"}


def offered(kind: str, key: str, decision: str = "accepted", line: int = 1, /, **value: Any) -> Offered:
    return Offered(kind, key, value, {"lines": [line, line]}, decision, dict(value))


def section(path: str, decision: str = "accepted", line: int = 1) -> Offered:
    return offered("section", path, decision, line, id=path, title=f"Mục {path}", number=path, level=1)


def item(path: str, decision: str = "accepted", line: int = 2, kind: str = "bullet") -> Offered:
    return offered("item", path, decision, line, id=path, section=path.split("#")[0], kind=kind, text=f"Việc {path}")


def task(key: str, decision: str = "accepted", **value: Any) -> Offered:
    given = {"item": key, "title": "Việc", "description": "Việc", "group": None, "number": None} | value
    return offered("task", key, decision, 2, **given)


def row(key: str, number: str | None, **value: Any) -> Offered:
    return task(key, item=None, number=number, **value)


def keys(chosen: list[Offered]) -> list[str]:
    return [each.key for each in chosen]


def test_pending_ones_are_taken_only_when_asked() -> None:
    found = [section("I", "pending"), item("I#1", "accepted"), item("I#2", "rejected"), item("I#3", "pending")]
    assert keys(choose(found, take_pending=True)) == ["I", "I#1", "I#3"]
    assert keys(choose(found, take_pending=False)) == ["I", "I#1"]


def test_a_task_brings_its_item_even_one_left_out() -> None:
    found = [item("I#1", "rejected"), task("I#1")]
    assert [(each.kind, each.key) for each in choose(found, take_pending=False)] == [("item", "I#1"), ("task", "I#1")]


def test_a_heading_left_out_stays_out_and_its_items_move_up() -> None:
    found = [section("I"), section("I.1", "rejected"), item("I.1#1")]
    content = build(choose(found, take_pending=False), Known()).content
    assert [(each.path, each.parent) for each in content.items] == [("I", None), ("I.1#1", "I")]


def test_branches_of_a_path() -> None:
    assert branch("III.1.2") == ["III.1.2", "III.1", "III"]
    assert branch(None) == []


def test_rows_without_a_name_are_named() -> None:
    found = [row("PL#1", "1", title=""), row("PL#2", "2")]
    assert nameless(found) == ["PL#1"]


def test_items_stand_in_the_order_of_the_text() -> None:
    found = [section("II", line=9), section("I", line=1), item("I#1", line=3), item("II#1", line=10)]
    assert [each.path for each in build(found, Known()).content.items] == ["I", "I#1", "II", "II#1"]


def test_repairs_mend_item_heading_and_task_and_keep_the_print() -> None:
    mend = offered("repair", "I#1~1", item="I#1", printed="Việc", proposed="Công việc")
    content = build([section("I"), item("I#1"), task("I#1"), mend], Known()).content
    found = {each.path: each for each in content.items}
    assert (found["I#1"].text, found["I#1"].details) == ("Công việc I#1", {"printed": "Việc I#1"})
    assert content.tasks[0].description == "Công việc"
    assert found["I"].details == {"level": 1}


def test_rows_go_under_the_branch_of_their_annex() -> None:
    announced = item("III.2#1", kind="annex_reference")
    annex = offered("annex", "Phụ lục II", label="Phụ lục II", present=True, mentioned_in=["III.2#1"])
    content = build([announced, annex, row("PL-II#1", "1"), row("PL#1", "1")], Known()).content
    found = {each.path: each.parent for each in content.items}
    assert found == {"III.2#1": None, "PL-II": "III.2#1", "PL-II.1": "PL-II", "PL": None, "PL.1": "PL"}
    assert content.annexes[0].present
    check(content)


def test_rows_of_an_attached_annex_go_under_its_placeholder() -> None:
    known = Known(paths=frozenset({"III.2#1"}))
    attached = Attached("Phụ lục II", announced_in="III.2#1")
    for key in ("PL#1", "PL-II#1"):
        content = build([row(key, "1.2")], known, attached).content
        assert [(each.path, each.parent) for each in content.items] == [("PL-II", "III.2#1"), ("PL-II.1.2", "PL-II")]


def test_a_branch_that_is_there_already_is_not_made_twice() -> None:
    known = Known(paths=frozenset({"PL-II", "PL-II.1"}))
    content = build([row("PL-II#1", "1")], known, Attached("Phụ lục II")).content
    assert [each.path for each in content.items] == ["PL-II.1@1"]


def test_numbers_that_repeat_or_lack_still_give_each_row_a_path() -> None:
    content = build([row("PL#1", "1"), row("PL#2", "1"), row("PL#3", None)], Known()).content
    assert [each.path for each in content.items] == ["PL", "PL.1", "PL.1@2", "PL.r3"]
    assert [each.item for each in content.tasks] == ["PL.1", "PL.1@2", "PL.r3"]
    check(content)


def test_the_first_lead_leads_and_the_rest_help() -> None:
    lead = [{"text": "Sở A", "unit": "a"}, {"text": "Sở B", "unit": "b"}]
    helping = [{"text": "Sở A", "unit": "a"}, {"text": "Tổ C", "unit": None}, {"text": "Tổ D", "unit": None}]
    (one,) = build([row("PL#1", "1", lead=lead, coordinating=helping)], Known()).content.tasks
    assert [(each.role, each.unit_code, each.printed) for each in one.charged] == [
        ("lead", "a", "Sở A"),
        ("coordinating", "b", "Sở B"),
        ("coordinating", None, "Tổ C"),
        ("coordinating", None, "Tổ D"),
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("III.2", "III.2"),
        ("Nâng cao nhận thức của cán bộ", "III.1"),
        ("I. Phát triển hạ tầng số", "III.2"),
        ("Phát triển hạ tầng sô", "III.2"),
        ("Hợp tác quốc tế", "Hợp tác quốc tế"),
        ("Phát triển", "Phát triển"),
        (None, None),
    ],
)
def test_groups_are_found_by_path_or_by_likeness(words: str | None, code: str | None) -> None:
    assert Groups({}, TITLES).code_for(words) == code


def test_a_group_is_made_once_and_known_ones_never() -> None:
    groups = Groups({"III.1": TITLES["III.1"]}, TITLES)
    for words in ("III.1", "III.2", "Phát triển hạ tầng số", "III.2"):
        groups.code_for(words)
    assert [(each.code, each.title) for each in groups.new] == [("III.2", TITLES["III.2"])]


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("IV. Hạ tầng", "Hạ tầng"),
        ("1.2. Hạ tầng", "Hạ tầng"),
        ("V Hạ tầng", "Hạ tầng"),
        ("Vì dân", "Vì dân"),
        ("I", "I"),
    ],
)
def test_titles_without_their_number(title: str, bare: str) -> None:
    assert without_number(title) == bare


@pytest.mark.parametrize("label", [("Phụ lục II", "PL-II"), ("Phụ lục", "PL"), ("Phụ lục 3", "PL-3")])
def test_branch_of_a_label(label: tuple[str, str]) -> None:
    assert branch_of_label(label[0]) == label[1]


def test_a_due_the_document_does_not_give_stays_missing() -> None:
    assert due_of(None) == Due()
    assert due_of({"raw": "sớm", "kind": "missing"}) == Due(raw="sớm")


def test_a_due_as_read() -> None:
    read = {"raw": "trước 15/6/2026", "kind": "moment", "on": "2026-06-14", "from": None, "rrule": None, "before": True}
    assert due_of(read) == Due("trước 15/6/2026", "moment", date(2026, 6, 14), None, None, before=True)


def test_a_slip_across_the_cut_of_a_title_is_mended_there_too():
    words = f"Triển khai {'việc lớn ' * 11}và chuyên đổi số trên mọi lĩnh vực của đời sống ở từng xã, từng bản"
    slip = {"item": "PL#1", "printed": "chuyên đổi số trên mọi", "proposed": "chuyển đổi số trên mọi"}
    made = row("PL#1", "1", title=short(words), description=words)
    (task_made,) = build([made, offered("repair", "PL#1~1", **slip)], Known()).content.tasks
    assert "chuyên đổi" in short(words)
    assert "chuyển đổi" in task_made.title
    assert task_made.title == short(task_made.description)
