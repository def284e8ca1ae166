"""One annex in Word and as PDF from several programs reads to the same tasks and indicators."""

from pathlib import Path

import pytest

from tiendo.intake.extraction.reading import read_document

DOCUMENTS = Path(__file__).parents[2] / "documents"
PAIRS = sorted(
    (pdf, word)
    for pdf in DOCUMENTS.glob("*.pdf")
    if (word := pdf.with_name(f"{pdf.name.split('.')[0]}.docx")).is_file()
)


def rows(path):
    """What the document says: its passages, tasks and indicators, without their places in the file."""
    reading = read_document(path.read_bytes(), path.name)
    found = [*reading["items"], *reading["tasks"], *reading["indicators"]]
    return [{key: value for key, value in row.items() if key not in {"source", "lines"}} for row in found]


@pytest.mark.parametrize(("pdf", "word"), PAIRS, ids=[pdf.name for pdf, _ in PAIRS])
def test_the_same_annex_reads_to_the_same_rows(pdf, word):
    assert rows(pdf) == rows(word) != []


def test_there_are_annexes_to_compare():
    assert len(PAIRS) >= 3
