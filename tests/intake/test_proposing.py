"""What a reading proposes: nothing more than it says, each with its place and how sure it is."""

from pathlib import Path
from typing import Any

import pytest

from tests.intake.plan import plan_reading
from tiendo.intake.extraction.reading import read_document
from tiendo.intake.proposing import Proposed, propose, short, task_sections

SAMPLE = Path(__file__).parents[2] / "tiendo" / "config" / "sample"


def sample(name: str) -> list[Proposed]:
    return propose(read_document((SAMPLE / name).read_bytes(), name))


def by_key(found: list[Proposed], kind: str) -> dict[str, Proposed]:
    return {each.key: each for each in found if each.kind == kind}


@pytest.mark.parametrize("name", ["ke-hoach.docx", "phu-luc-1.docx", "phu-luc-2.docx"])
def test_keys_are_unique_within_a_kind(name: str) -> None:
    found = sample(name)
    assert len({(each.kind, each.key) for each in found}) == len(found)


@pytest.mark.parametrize("name", ["ke-hoach.docx", "phu-luc-1.docx", "phu-luc-2.docx"])
def test_every_place_is_told_in_printed_lines(name: str) -> None:
    for each in sample(name):
        first, last = each.where.get("lines", (1, 1))
        assert 1 <= first <= last
        assert each.where or each.kind in ("document", "annex")


def test_a_reading_is_proposed_whole() -> None:
    reading = plan_reading()
    found = propose(reading)
    for kind, part in (("section", "sections"), ("item", "items"), ("repair", "repairs"), ("annex", "annexes")):
        assert len(by_key(found, kind)) == len(reading[part])


def test_bullets_of_the_task_part_are_tasks_and_clauses_are_unsure() -> None:
    tasks = by_key(propose(plan_reading()), "task")
    bullets = [key for key in tasks if "#" in key]
    assert len(bullets) == 74
    assert {key.split(".")[0] for key in bullets} == {"III"}
    clauses = [tasks[key] for key in tasks if key.startswith("IV.")]
    assert len(clauses) == 7
    assert not any(each.sure for each in clauses)
    assert {each.printed["group"] for each in clauses} == {None}


def test_a_lead_named_in_prose_is_never_sure() -> None:
    for task in by_key(propose(plan_reading()), "task").values():
        assert not (task.sure and task.printed["lead"])


def test_what_prose_does_not_give_is_null() -> None:
    task = by_key(propose(plan_reading()), "task")["III.1.1#1"].printed
    assert (task["product"], task["due"], task["number"], task["lead"]) == (None, None, None, [])
    assert set(task["quotes"]) == {"title", "description"}


def test_a_deadline_in_prose_comes_with_its_exact_words() -> None:
    task = by_key(propose(plan_reading()), "task")["III.1.4#8"].printed
    assert task["quotes"]["due"] in task["description"]
    assert task["due"]["on"] == "2025-12-31"


def test_rows_keep_their_table_and_row_beside_the_line() -> None:
    task = by_key(sample("phu-luc-2.docx"), "task")["PL-II#1"]
    assert (task.where["table"], task.where["row"], task.where["lines"]) == (1, 3, [7, 7])
    assert set(task.printed["quotes"]) == {"title", "description", "product", "due", "lead", "coordinating"}


def test_a_row_that_names_an_unknown_agency_is_unsure() -> None:
    for task in by_key(sample("phu-luc-2.docx"), "task").values():
        named = [*task.printed["lead"], *task.printed["coordinating"]]
        assert task.sure is all(agency["unit"] for agency in named)


def test_a_row_without_a_title_is_proposed_and_unsure() -> None:
    reading: dict[str, Any] = read_document((SAMPLE / "phu-luc-2.docx").read_bytes(), "phu-luc-2.docx")
    row = reading["tasks"][0] | {"title": None}
    task = by_key(propose(reading | {"tasks": [row]}), "task")["PL-II#1"]
    assert (task.printed["title"], task.sure) == ("", False)


def test_headings_of_the_task_part() -> None:
    titles = {"I": "MỤC TIÊU", "I.1": "Chung", "II": "NHIỆM VỤ, GIẢI PHÁP", "II.1": "Hạ tầng"}
    assert set(task_sections(titles)) == {"II", "II.1"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Làm việc A. Rồi làm việc B.", "Làm việc A"),
        ("Một dòng\nhai dòng", "Một dòng hai dòng"),
        ("Việc dài thế này thì cắt ở chữ", "Việc dài thế này…"),
        ("Việc thứ nhất ở đây; việc thứ hai", "Việc thứ nhất ở đây"),
    ],
)
def test_short_titles(text: str, expected: str) -> None:
    assert short(text, 20) == expected


def paper(body):
    return propose(read_document(f"THÔNG BÁO\nKết luận cuộc họp\n\n{body}\n".encode(), "a.txt"))


def test_a_paper_without_parts_assigns_where_it_charges_an_agency():
    found = paper("1. Sở Tài chính chủ trì, bố trí kinh phí trước ngày 30/6/2026.\n\n2. Cuộc họp diễn ra tốt đẹp.")
    assert [(each.key, each.sure) for each in found if each.kind == "task"] == [("1", False)]


def test_the_part_on_tasks_is_known_at_any_depth():
    body = "A. CHUNG\n\nI. CÁC NHIỆM VỤ TRỌNG TÂM\n\n1. Dữ liệu\n\n- Làm sạch dữ liệu đất đai của tỉnh.\n\n- Mở kho số."
    assert len([each for each in paper(body) if each.kind == "task"]) == 2


def table(*rows):
    head = "TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn"
    text = "\n".join(["PHỤ LỤC", "DANH MỤC NHIỆM VỤ", "", head, *(" | ".join(row) for row in rows)])
    return [each for each in propose(read_document(text.encode(), "a.txt")) if each.kind in ("task", "repair")]


def test_what_the_reader_assumed_is_unsure():
    found = table(
        ("1", "Mở điểm đọc", "Sở Tài chính", "30/6/2026"),
        ("2", "Mở kho sách", "Sở Tài chính", "31/6/2026"),
        ("3", "Mở trường số", "Sở Tài chính", "tuần 26/2026"),
    )
    assert [each.sure for each in found if each.kind == "task"] == [True, False, False]


def test_a_slip_in_a_row_is_proposed_where_the_row_stands():
    found = table(("1", "Thúc đẩy chuyên đổi số cấp xã", "Sở Tài chính", "2026"), ("2", "Việc", "Sở Y tế", "2026"))
    (repair,) = [each for each in found if each.kind == "repair"]
    assert (repair.printed["item"], repair.where["row"]) == ("PL#1", 2)
    assert repair.printed["confidence"]


def test_what_a_machine_told_from_a_picture_is_unsure():
    reading: dict[str, Any] = read_document((SAMPLE / "phu-luc-2.docx").read_bytes(), "phu-luc-2.docx")
    first, second, *_rest = reading["tasks"]
    first["source"]["page"], second["source"]["page"] = 3, 4
    reading["file"]["recognised"] = [3]
    found = {each.key: each for each in propose(reading) if each.kind == "task"}
    assert (found[first["id"]].sure, found[first["id"]].where["ocr"]) == (False, True)
    assert found[second["id"]].sure
    assert "ocr" not in found[second["id"]].where
