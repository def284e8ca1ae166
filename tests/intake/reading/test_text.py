"""Text files: Unicode in every form, lines kept, tables typed by hand found."""

import codecs
import unicodedata

import pytest

from tiendo.intake import reading
from tiendo.intake.reading import Unreadable, read_blocks
from tiendo.intake.reading.blocks import Paragraph, Table

LINE = "Kế hoạch chuyển đổi số"


@pytest.mark.parametrize(
    "data",
    [
        LINE.encode(),
        codecs.BOM_UTF8 + LINE.encode(),
        codecs.BOM_UTF16_LE + LINE.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + LINE.encode("utf-16-be"),
        unicodedata.normalize("NFD", LINE).encode(),
        LINE.replace(" ", "\u00a0").encode(),
        ("\u200b" + LINE).encode(),
        LINE.replace("chuyển", "chuy\u00adển").encode(),
    ],
)
def test_unicode_is_read_whatever_its_form(data):
    assert read_blocks(data, "a.txt").lines == (LINE,)


@pytest.mark.parametrize(
    "text",
    [
        "Số 12/KH-UBND ngày 3 tháng 3: §1, 5 m², ±2 °C, ½ tổng số",
        "Le café est à côté de l'hôtel, où naît l'été",
        "plain ASCII",
    ],
)
def test_unicode_text_with_odd_signs_is_not_mistaken_for_legacy(text):
    assert read_blocks(text.encode(), "a.txt").lines == (text,)


def test_other_bytes_are_refused_with_advice():
    with pytest.raises(Unreadable, match="UTF-8"):
        read_blocks("kế".encode() + b"\xff\xfe\xc3", "a.txt")


@pytest.mark.parametrize("data", [b"", b" \r\n\r\n ", codecs.BOM_UTF8])
def test_nothing_to_read(data):
    with pytest.raises(Unreadable):
        read_blocks(data, "a.txt")


def test_lines_are_the_physical_ones_and_gaps_are_known():
    source = read_blocks(b"mot\r\nhai\r\n\r\nba\n", "a.txt")
    assert source.lines == ("mot", "hai", "", "ba", "")
    assert [(p.text, p.position.line, p.gap) for p in source.paragraphs()] == [
        ("mot", 1, True), ("hai", 2, False), ("ba", 4, True),
    ]  # fmt: skip


def test_tables_typed_with_bars_or_tabs():
    source = read_blocks(b"x\n|a|b||\n|--|:-:|--|\n|1|2|3|\n\nt\tu\tv\n1\t2\n", "a.txt")
    kinds = [type(block) for block in source.blocks]
    assert kinds == [Paragraph, Table, Table]
    bars, tabs = source.tables()
    assert [row.texts for row in bars.rows] == [("a", "b", ""), ("1", "2", "3")]
    assert [(row.texts, row.position.line) for row in tabs.rows] == [(("t", "u", "v"), 6), (("1", "2", ""), 7)]


def test_one_line_with_bars_is_no_table():
    source = read_blocks(b"a | b | c\n\nd", "a.txt")
    assert list(source.tables()) == []


def test_a_text_longer_than_any_document_is_refused_with_a_sentence(monkeypatch):
    monkeypatch.setattr(reading, "LONGEST", 19)
    assert reading.read_blocks("Mười hai chữ\n8 chữ ạ".encode(), "a.txt").lines
    with pytest.raises(Unreadable, match="tách thành nhiều tệp"):
        reading.read_blocks("Mười hai chữ\n8 chữ ạ.".encode(), "a.txt")


def test_a_line_of_more_columns_than_a_page_has_is_no_table():
    source = read_blocks(("a\t" * 300 + "\n" + "b\tc\n" * 300).encode(), "a.txt")
    assert list(source.tables()) == []
