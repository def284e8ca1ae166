"""CSV files: separators, quotes, ragged rows, encodings, and rows counted as Excel counts them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiendo.intake.reading import Unreadable, read_blocks
from tiendo.intake.reading.blocks import Paragraph
from tiendo.intake.reading.csv_text import Records, find_separator, read_csv
from tiendo.plans.spreadsheets import grid
from tiendo.plans.spreadsheets.progress import ignore

HEAD = "TT;Nhiệm vụ;Cơ quan chủ trì;Thời hạn"


def read(text, encoding="utf-8"):
    return read_blocks(text.encode(encoding), "a.csv")


def texts(source):
    return [row.texts for table in source.tables() for row in table.rows]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found_by_rows_of_equal_length(separator):
    rows = [
        ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"],
        ["1", "Dạy, học và thi; thực hành", "Bộ Văn hóa, Thể thao và Du lịch", "2025"],
        ["2", "Số hóa hồ sơ", "Sở Nội vụ", "Trước ngày 30/6/2025"],
    ]
    quoted = [[f'"{c}"' if separator in c else c for c in row] for row in rows]
    source = read("\r\n".join(separator.join(row) for row in quoted))
    assert texts(source) == [tuple(row) for row in rows]


def test_titles_above_the_table_are_paragraphs():
    source = read(f"PHỤ LỤC I;;;\nDANH MỤC;;;\n;;;\n{HEAD}\nI. Nhóm;;;\n1;Việc;Sở Y tế;2025\n")
    assert [b.text for b in source.blocks if isinstance(b, Paragraph)] == ["PHỤ LỤC I", "DANH MỤC"]
    (table,) = source.tables()
    assert [row.position.row for row in table.rows] == [4, 5, 6]
    assert table.rows[2].cells[3].position.cell == 4
    assert table.position.sheet is None


def test_line_breaks_inside_quotes_keep_one_row():
    source = read(f'{HEAD}\n1;"Việc\nhai dòng ""gấp""";Sở Y tế;2025\n2;Việc;;\n')
    assert texts(source)[1][1] == 'Việc\nhai dòng "gấp"'
    assert [row.position.row for row in next(source.tables()).rows] == [1, 2, 3]


def test_the_first_line_may_name_the_separator():
    source = read("sep=|\nTT|Việc; nhẹ|Cơ quan\n1|Một; hai|Sở Y tế\n")
    assert texts(source) == [("TT", "Việc; nhẹ", "Cơ quan"), ("1", "Một; hai", "Sở Y tế")]
    assert next(source.tables()).rows[0].position.row == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_files_read_alike(encoding):
    assert texts(read(f"{HEAD}\n1;Việc;Sở Y tế;2025\n", encoding))[1] == ("1", "Việc", "Sở Y tế", "2025")


def test_ragged_rows_are_filled_up_and_leading_zeros_stay():
    source = read(f"{HEAD}\n09;Việc\n1.10;Việc hai;Sở Y tế;2025;thừa\n")
    assert texts(source) == [
        ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", ""),
        ("09", "Việc", "", "", ""),
        ("1.10", "Việc hai", "Sở Y tế", "2025", "thừa"),
    ]


def test_a_quote_that_nothing_closes_is_a_letter_and_is_said():
    source = read(f'{HEAD}\n1;"Việc;Sở Y tế;2025\n2;Việc hai;Sở Nội vụ;2026\n')
    assert texts(source)[1] == ("1", '"Việc', "Sở Y tế", "2025")
    assert len(texts(source)) == 3
    assert "hàng 2" in source.remarks[0]


def test_words_after_a_closing_quote_stay():
    assert texts(read(f'{HEAD}\n1;"Đề án" phát triển;Sở Y tế;2025\n'))[1][1] == "Đề án phát triển"


def test_formulas_are_only_words():
    assert texts(read(f'{HEAD}\n1;"=HYPERLINK(""http://x"")";Sở Y tế;2025\n'))[1][1] == '=HYPERLINK("http://x")'


@pytest.mark.parametrize("text", ["", ";;;\n;;;\n", "\n\n"])
def test_a_file_without_words_says_so(text):
    with pytest.raises(Unreadable):
        read(text)


def test_marks_that_no_text_has_are_dropped():
    lines = read_csv("TT;Vi\0ệc;Cơ\x07 quan\n1;a;b\n".encode(), ignore).lines
    assert lines == ("TT | Việc | Cơ quan", "1 | a | b")


def test_a_row_of_a_million_cells_is_refused(monkeypatch):
    monkeypatch.setattr(grid, "MOST_PLACES", 1_000)
    with pytest.raises(Unreadable, match="quá lớn"):
        read("a" + ";" * 2_000)


def test_cells_beyond_the_widest_table_are_said():
    assert "200 cột" in read(";".join("abc" for _ in range(250)) + "\n" + HEAD).remarks[0]


def test_quotes_by_the_thousand_take_no_longer_than_letters():
    assert read("TT;Việc;Cơ quan\n" + '";' * 40_000 + '\n"' * 40_000).lines


def test_a_sample_without_columns_takes_the_comma():
    assert find_separator("Một dòng chữ\nHai dòng chữ\n") == ","


def refused_or_lines(text):
    """The lines, or the sentence of the refusal."""
    try:
        return read(text).lines
    except Unreadable as refusal:
        return str(refusal)


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@given(st.lists(st.lists(cells, min_size=3, max_size=6), min_size=1, max_size=6), st.sampled_from(";,\t|"))
@settings(max_examples=80, deadline=None)
def test_what_was_written_with_quotes_comes_back(rows, separator):
    written = "\n".join(separator.join('"' + c.replace('"', '""') + '"' for c in row) for row in rows)
    assert list(Records(written, separator)) == rows


@given(st.text(max_size=200))
@settings(max_examples=80, deadline=None)
def test_any_text_gives_blocks_or_a_sentence(text):
    outcome = refused_or_lines(text.encode("utf-8", "ignore").decode())
    assert outcome
