"""A small plan, against its whole expected reading kept beside it."""

import json
from pathlib import Path

import pytest

from tiendo.intake.extraction import read_document

DOCUMENTS = Path(__file__).parents[2] / "documents"
FILES = [DOCUMENTS / path.name.replace(".reading.json", ".txt") for path in sorted(DOCUMENTS.glob("*.reading.json"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_reading_equals_the_expected_one(path):
    expected = json.loads(path.with_suffix(".reading.json").read_text(encoding="utf-8"))
    assert read_document(path.read_bytes(), path.name) == expected


def test_there_is_something_to_read():
    assert FILES
