"""Text made to break a reader: long runs take time in proportion to their length, and damage gives a sentence."""

import io
import json
import random

import pytest
from docx import Document

from tests.pace import takes_at_most
from tiendo.intake.extraction import read_document
from tiendo.intake.reading import Unreadable

LENGTH = 60_000
RUNS = [
    *("1", "1.1.", "(", "a ", "1-2-", "2025-", "≥ ", "quý I, ", "đến năm ", "tăng thêm ", "NỘI DUNG ", "12/A&A-", ".,"),
    *("các sở, ban, ngành, ", "Sở Tài chính phối hợp với ", "12/NQ-CP của Bộ A a ", "được hoá ", "|"),
    *("I. abc\n", "1.1. x\n", "a\tb\n", "a|b|c\n"),
]


@pytest.mark.parametrize("run", RUNS)
def test_long_runs_cost_no_more_than_their_length(run):
    data = f"a{' ' * 500}b {run * (LENGTH // len(run))}".encode()
    with takes_at_most(150):
        read_document(data, "a.txt")


def small_docx():
    document = Document()
    document.add_paragraph("I. MỤC TIÊU")
    document.add_table(rows=2, cols=3).cell(1, 1).text = "Đến năm 2030"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("name", ["a.docx", "a.txt"])
def test_damage_gives_a_reading_or_one_sentence(seed, name):
    chance = random.Random(seed)
    data = bytearray(small_docx() if name.endswith("docx") else "I. MỤC TIÊU\n- Hết năm 2025, đạt 60%.\n".encode())
    for _blow in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if seed % 4 == 0:
        data = data[: chance.randrange(1, len(data))]
    assert said(bytes(data), name).endswith((".", "}"))


def said(data, name):
    """The reading as JSON, or the sentence that refuses the file."""
    try:
        return json.dumps(read_document(data, name))
    except Unreadable as refusal:
        return str(refusal)
