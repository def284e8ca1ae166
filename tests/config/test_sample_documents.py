"""The sample's documents: made from their sources, and read by the reader as the story expects."""

import zipfile
from collections import Counter
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from tiendo.config.sample.build import FILES, HERE, MARK, rows_of
from tiendo.config.sample.story import progress
from tiendo.intake.extraction.reading import read_document

TEXT = "word/document.xml"


def reading_of(name: str) -> dict[str, Any]:
    return read_document((HERE / name).read_bytes(), name)


@pytest.mark.parametrize("name", FILES)
def test_committed_file_says_what_its_sources_say(name: str) -> None:
    with zipfile.ZipFile(HERE / name) as kept, zipfile.ZipFile(BytesIO(FILES[name]())) as made:
        assert kept.read(TEXT) == made.read(TEXT)


@pytest.mark.parametrize("name", FILES)
def test_two_builds_give_the_same_bytes(name: str) -> None:
    assert FILES[name]() == FILES[name]()


@pytest.mark.parametrize("name", FILES)
def test_every_page_is_marked_as_illustrative(name: str) -> None:
    with zipfile.ZipFile(HERE / name) as kept:
        headers = [kept.read(part).decode() for part in kept.namelist() if part.startswith("word/header")]

    assert any(MARK in header for header in headers)


def test_plan_is_read_with_its_facts_and_its_eight_groups() -> None:
    reading = reading_of("ke-hoach.docx")
    document = reading["document"]
    groups = [section["id"] for section in reading["sections"] if section["id"].startswith("III.1.")]

    assert (document["symbol"], document["issued_on"]) == ("68/KH-UBND", date(2025, 2, 20).isoformat())
    assert document["signer"]["name"] == "Lò Văn Minh Họa"
    assert groups == [f"III.1.{number}" for number in range(1, 9)]
    assert [(annex["label"], annex["present"]) for annex in reading["annexes"]] == [
        ("Phụ lục I", False),
        ("Phụ lục II", False),
    ]


def test_first_annex_is_read_as_indicators_with_targets_of_2030() -> None:
    indicators = reading_of("phu-luc-1.docx")["indicators"]

    assert len(indicators) >= 30
    assert {row["horizon"] for row in indicators} == {"2030"}
    assert all(row["target"]["parts"] for row in indicators)


def test_second_annex_is_read_as_tasks_with_short_titles_in_eight_groups() -> None:
    tasks = reading_of("phu-luc-2.docx")["tasks"]

    assert len(tasks) >= 60
    assert len({task["group"] for task in tasks}) == 8
    assert all(len(task["title"]) <= 90 for task in tasks)


def test_second_annex_shows_what_real_annexes_look_like() -> None:
    tasks = reading_of("phu-luc-2.docx")["tasks"]
    kinds = Counter(task["due"]["kind"] for task in tasks)
    leads = [agency["unit"] for task in tasks for agency in task["lead"]]

    assert set(kinds) == {"moment", "period_end", "range", "recurring", "open", "missing"}
    assert sum(not task["lead"] for task in tasks) == 2
    assert sum(not task["coordinating"] for task in tasks) >= 10
    assert sum(not task["product"] for task in tasks) >= 5
    assert {"so-tt-tt", "so-tn-mt", "so-ld-tbxh"} <= set(leads)
    assert None in [agency["unit"] for task in tasks for agency in task["coordinating"]]


def test_story_speaks_only_of_tasks_of_the_annex() -> None:
    numbers = {row[0] for row in rows_of("tasks.csv")}

    assert {task for _, task in progress()} <= numbers
