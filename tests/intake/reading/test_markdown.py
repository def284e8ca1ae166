"""Markdown: words without their markup, on the physical lines where they stand."""

import pytest

from tests.intake.reading.old_fonts import vni
from tests.pace import takes_at_most
from tiendo.intake.reading import Unreadable, read_blocks
from tiendo.intake.reading.blocks import Paragraph

TEXT = """# KẾ HOẠCH **chuyển đổi số**

## I. MỤC TIÊU
1. Mục tiêu *chung*: 5 m<sup>2</sup>[^1]
   dòng hai
- gạch \\- đầu
* sao
+ cộng
      thụt vào

3) điểm a<br>điểm b
<div>khối **đậm**</div> <!-- ẩn
vẫn ẩn --> hiện

| TT | Nhiệm vụ | Đơn vị |
|----|:--------:|--------|
| 1 | Một<br>hai \\| ba | **Sở** A |
| 2 | x |

[^1]: Chú thích
"""


def paragraphs(text):
    source = read_blocks(text.encode(), "a.md")
    return [(b.position.line, b.text) for b in source.blocks if isinstance(b, Paragraph)]


def test_words_stand_on_their_physical_lines():
    assert paragraphs(TEXT) == [
        (1, "KẾ HOẠCH chuyển đổi số"),
        (3, "I. MỤC TIÊU"),
        (4, "1. Mục tiêu chung: 5 m²"),
        (5, "dòng hai"),
        (6, "- gạch - đầu"),
        (7, "- sao"),
        (8, "+ cộng"),
        (9, "thụt vào"),
        (11, "3) điểm a"),
        (11, "điểm b"),
        (12, "khối đậm"),
        (13, "hiện"),
        (20, "[^1]: Chú thích"),
    ]
    assert read_blocks(TEXT.encode(), "a.md").lines == tuple(TEXT.split("\n"))


def test_pipe_tables():
    (found,) = read_blocks(TEXT.encode(), "a.md").tables()
    assert [(row.position.line, row.texts) for row in found.rows] == [
        (15, ("TT", "Nhiệm vụ", "Đơn vị")),
        (17, ("1", "Một\nhai | ba", "Sở A")),
        (18, ("2", "x", "")),
    ]
    assert found.rows[1].cells[2].position.cell == 3


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Số: [12/KH-UBND](http://a.example)", "Số: 12/KH-UBND"),
        ("[Sở Tài chính]: chủ trì", "[Sở Tài chính]: chủ trì"),
        ("từ <tên đơn vị> đến <5%", "từ <tên đơn vị> đến <5%"),
        ("R&amp;D, KH&CN, `mã`", "R&D, KH&CN, mã"),
        ("    thụt bốn", "thụt bốn"),
        ("a_b_c 5*3", "a_b_c 5*3"),
        ("<!-- không đóng", "không đóng"),
    ],
)
def test_markup_goes_and_words_stay(text, shown):
    assert [line for _at, line in paragraphs(text)] == [shown]


def test_fenced_lines_are_lines():
    assert paragraphs("```\nmột\nhai\n```\n") == [(2, "một"), (3, "hai")]


def test_old_encodings_and_gaps():
    source = read_blocks(vni("# Kế hoạch chuyển đổi số\n\nmột\nhai").encode("latin-1"), "a.md")
    assert [(block.text, block.gap) for block in source.blocks] == [
        ("Kế hoạch chuyển đổi số", True), ("một", True), ("hai", False)
    ]  # fmt: skip
    assert source.encoding == "VNI"
    assert len(source.printed) == len(source.lines) == 4


@pytest.mark.parametrize("data", [b"", b" \n\n"])
def test_nothing_to_read(data):
    with pytest.raises(Unreadable):
        read_blocks(data, "a.md")


RUNS = [
    "[",
    "*a ",
    "> ",
    "`",
    "- ",
    "<",
    "![",
    "_a__b",
    "&",
    "\\",
    "<br>",
    "[^",
    "<!--",
    "| a ",
    "| a |\n",
    "<sup>",
    "~~",
]


@pytest.mark.parametrize("run", RUNS)
def test_long_runs_cost_no_more_than_their_length(run):
    data = ("a | b\n-|-\n" + run * (30_000 // len(run))).encode()
    with takes_at_most(220):
        read_blocks(data, "a.md")
