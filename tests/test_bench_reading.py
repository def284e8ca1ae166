"""The scorer itself: it sees what is wrong, what is missing and what is invented, and the page says so."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench.reading import EMPTY, judge
from bench.reading_page import page
from bench.reading_speed import Speed, docx_of, pdf_of, xlsx_of
from bench.scoring import Count, Score, align, score
from tests.documents.making.truth import due
from tiendo.intake.extraction.reading import read_document


def task(number: str, title: str, **others: Any) -> dict[str, Any]:
    own = {"group": None, "lead": [], "coordinating": [], "product": None, "due": due("missing")}
    return {"number": number, "title": title, **own, **others}


LEAD = [{"text": "Sở Tài chính", "unit": "so-tai-chinh"}]
GOLD = {
    **EMPTY,
    "tasks": [
        task("1", "Lập bản đồ số", lead=LEAD, due=due("moment 2026-06-30")),
        task("2", "Mở lớp tập huấn cho các xã", product="05 lớp"),
    ],
}


def changed(**task_values: Any) -> Score:
    """The score of a reading that says something else of the first task."""
    reading = copy.deepcopy(GOLD)
    reading["tasks"][0].update(task_values)
    return score(GOLD, reading)


def test_the_same_reading_is_right_in_every_field() -> None:
    result = score(GOLD, copy.deepcopy(GOLD))
    assert result.misses == []
    assert all(count.precision == count.recall == 1 and not count.invented for count in result.counts.values())


@pytest.mark.parametrize(
    ("values", "field", "counts"),
    [
        ({"title": "Lập bản đồ"}, "titles", Count(1, 2, 2, 0)),
        ({"title": "Lập  bản đồ số"}, "titles", Count(2, 2, 2, 0)),
        ({"product": "Bản đồ"}, "products", Count(1, 2, 1, 1)),
        ({"due": due("moment 2026-07-01")}, "deadlines", Count(0, 1, 1, 0)),
        ({"due": due("missing")}, "deadlines", Count(0, 0, 1, 0)),
        ({"lead": []}, "agencies", Count(0, 0, 1, 0)),
        ({"lead": [{"text": "Sở Tài chính", "unit": None}]}, "agencies", Count(0, 1, 1, 0)),
        ({"coordinating": LEAD}, "agencies", Count(1, 2, 1, 1)),
        ({"group": "Hạ tầng"}, "groups", Count(0, 1, 0, 1)),
    ],
)
def test_a_changed_value_is_counted(values: dict[str, Any], field: str, counts: Count) -> None:
    assert changed(**values).counts[field] == counts


def test_a_unit_for_a_body_that_has_none_is_invented() -> None:
    gold = {**EMPTY, "tasks": [task("1", "Việc", lead=[{"text": "Tổ bản", "unit": None}])]}
    reading = {**EMPTY, "tasks": [task("1", "Việc", lead=[{"text": "Tổ bản", "unit": "so-y-te"}])]}
    assert score(gold, reading).counts["agencies"].invented == 1


def test_rows_are_paired_by_their_words_wherever_they_stand() -> None:
    rows = GOLD["tasks"]
    assert align(rows, rows[::-1], "title") == [(0, 1), (1, 0)]


def test_a_row_too_many_is_invented_and_a_lost_one_counts_in_every_field() -> None:
    more = {**GOLD, "tasks": [*GOLD["tasks"], task("3", "Việc không ai giao")]}
    assert score(GOLD, more).counts["task rows"].invented == 1
    lost = score(GOLD, {**GOLD, "tasks": GOLD["tasks"][:1]})
    assert lost.counts["task rows"].recall == 0.5
    assert lost.counts["products"].recall == 0
    assert len(lost.misses) == 1


def test_a_file_that_is_refused_scores_as_one_that_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.gold.json").write_text('{"tasks": [], "indicators": [], "targets": [], "deadlines": [], '
        '"references": ["1/KH"], "annexes": [], "document": {"kind": "Kế hoạch", "symbol": null, "number": null, '
        '"issuer": null, "place": null, "issued_on": null, "title": null, "signer": {"capacity": null, "name": null}, '
        '"recipients": []}}')  # fmt: skip
    (tmp_path / "a.docx").write_bytes(b"PK")
    judged = judge(tmp_path / "a.docx", tmp_path / "a.gold.json")
    assert judged.refusal
    assert judged.score.counts["references"] == Count(0, 0, 1, 0)


def test_the_page_shows_each_file_each_miss_and_the_speed() -> None:
    result = changed(title="Lập bản đồ")
    speed = Speed("a.docx", 500, "rows", 0.1, 0.01, 0.1, 0.5, 500, 60)
    text = page([("mau.docx", result)], result.counts, [speed], 2)
    assert "| mau.docx |" in text
    assert "titles, 1: expected `Lập bản đồ số`, read `Lập bản đồ`" in text
    assert "1000 rows/s" in text


@pytest.mark.parametrize(
    ("name", "make", "size", "tasks"),
    [("a.docx", docx_of, 20, 20), ("a.xlsx", xlsx_of, 20, 20), ("a.pdf", pdf_of, 2, 28)],
)
def test_the_files_that_are_timed_hold_their_rows(
    name: str, make: Callable[[int], bytes], size: int, tasks: int
) -> None:
    assert len(read_document(make(size), name)["tasks"]) == tasks
