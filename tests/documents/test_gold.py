"""The gold set: what is read must be what a clerk reads, in every format. The floor is the aim of the project."""

import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bench.reading import DOCUMENTS, Judged, files, judge, totals
from tiendo.intake.extraction.reading import read_document

FLOOR = {
    "task rows": 0.99, "indicator rows": 0.99, "titles": 0.99, "indicator names": 0.99, "products": 0.99,
    "deadlines": 0.99, "prose deadlines": 0.99, "agencies": 0.97, "targets": 0.97, "prose targets": 0.97,
    "numbers": 0.99, "groups": 0.99, "units of measure": 0.99, "horizons": 0.99, "facts": 0.99, "references": 0.99,
    "annexes": 0.99,
}  # fmt: skip
SIX = ("docx", "xlsx", "csv", "html", "md", "pdf")


def _needs(document: Path) -> str | None:
    """The program from outside that a file cannot be read without; a web page called .doc needs none."""
    if document.name.endswith("-quet.pdf"):
        return "tesseract"
    return "soffice" if document.suffix == ".doc" and document.read_bytes().startswith(b"\xd0\xcf") else None


@cache
def judged() -> tuple[Judged, ...]:
    """Every file that we read ourselves, read once."""
    return tuple(judge(document, truth) for document, truth in files() if _needs(document) is None)


def _below(scores: tuple[Judged, ...], field: str) -> dict[str, float]:
    """The sides of a field that fall below the floor."""
    count = totals(list(scores))[field]
    sides = {"precision": count.precision, "recall": count.recall}
    return {side: value for side, value in sides.items() if value < FLOOR[field]}


def _misses(scores: tuple[Judged, ...], field: str) -> list[Any]:
    return [(each.name, miss) for each in scores for miss in each.score.misses if miss.field == field]


def _invented(scores: tuple[Judged, ...]) -> list[tuple[str, str, int]]:
    return [
        (each.name, name, count.invented)
        for each in scores
        for name, count in each.score.counts.items()
        if count.invented
    ]


def test_every_document_has_its_expected_reading_and_the_other_way_round() -> None:
    kept = {truth.name for _document, truth in files()}
    assert {path.name for path in DOCUMENTS.glob("*.gold.json")} == kept
    assert len(kept) >= 14
    assert {document.suffix for document, _truth in files()} == {
        ".docx", ".pdf", ".xlsx", ".xls", ".csv", ".html", ".doc", ".md", ".txt",
    }  # fmt: skip


def test_no_document_is_refused() -> None:
    assert {each.name: each.refusal for each in judged() if each.refusal} == {}


@pytest.mark.parametrize("field", sorted(FLOOR))
def test_the_floor_holds_over_the_set(field: str) -> None:
    assert totals(list(judged()))[field].expected > 0
    assert _below(judged(), field) == {}, _misses(judged(), field)


def test_nothing_is_invented() -> None:
    assert _invented(judged()) == []


@cache
def _annex(extension: str) -> list[dict[str, Any]]:
    """The tasks of the annex that is kept in six formats, without the place where each stands."""
    document = DOCUMENTS / f"phu-luc-chung.{extension}"
    tasks = read_document(document.read_bytes(), document.name)["tasks"]
    return [{key: value for key, value in task.items() if key != "source"} for task in tasks]


@pytest.mark.parametrize("extension", SIX[1:])
def test_the_same_annex_reads_to_the_same_tasks(extension: str) -> None:
    assert len(_annex("docx")) == 12
    assert json.dumps(_annex(extension), ensure_ascii=False) == json.dumps(_annex("docx"), ensure_ascii=False)


@pytest.mark.parametrize("name", ["chuong-trinh-hanh-dong.txt", "ke-hoach-muc-tieu.docx", "nghi-quyet-hdnd.md"])
def test_every_quote_stands_in_the_text(name: str) -> None:
    reading = read_document((DOCUMENTS / name).read_bytes(), name)
    texts = {item["id"]: item["text"] for item in reading["items"]}
    quoted = [*reading["targets"], *reading["deadlines"]]
    assert quoted
    assert [entry["quote"] for entry in quoted if entry["quote"] not in texts[entry["item"]]] == []


@pytest.mark.slow
@pytest.mark.parametrize("program", ["soffice", "tesseract"])
def test_what_needs_a_program_from_outside_is_read_as_well(program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    scores = tuple(judge(document, truth) for document, truth in files() if _needs(document) == program)
    assert scores
    assert {each.name: each.refusal for each in scores if each.refusal} == {}
    assert _invented(scores) == []
    for field in ("task rows", "titles", "products", "agencies"):
        assert _below(scores, field) == {}, _misses(scores, field)
