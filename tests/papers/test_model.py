"""What a paper promises about itself before anything is drawn."""

from dataclasses import replace
from datetime import date

import pytest

from tests.papers.samples import sample_paper, words
from tiendo.papers.model import BandRow, Column, ColumnGroup, Heading, Ref, Run, TableBlock
from tiendo.papers.text import clean
from tiendo.papers.wording import addressee_lines, balanced, closed, numbered, recipient_lines, width_in_ems


def test_headings_are_numbered_level_by_level() -> None:
    levels = (1, 2, 3, 3, 3, 3, 3, 2, 3, 1, 2)
    lines = [block.line for block in numbered(Heading(level, "x") for level in levels) if isinstance(block, Heading)]
    assert lines == ["I. X", "1. x", "a) x", "b) x", "c) x", "d) x", "đ) x", "2. x", "a) x", "II. X", "1. x"]


def test_a_given_number_is_kept_and_counted() -> None:
    first, second = numbered((Heading(2, "x", number="1.1."), Heading(2, "y")))
    assert isinstance(first, Heading)
    assert isinstance(second, Heading)
    assert (first.number, second.number) == ("1.1.", "2.")


@pytest.mark.parametrize(
    ("marks", "labels"),
    [((12,), ["12"]), ((3, 1, 2), ["1–3"]), ((1, 2), ["1", "2"]), ((5, 9, 7, 6, 9), ["5–7", "9"]), ((), [])],
)
def test_reference_labels(marks: tuple[int, ...], labels: list[str]) -> None:
    assert [label for _, label in Ref(marks).parts()] == labels


def test_recipients_begin_with_the_addressee_and_end_with_the_file() -> None:
    paper = replace(sample_paper(), recipients=("- Sở Tài chính;",))
    assert recipient_lines(paper) == ["- Như trên;", "- Sở Tài chính;", "- Lưu: VT."]
    alone = replace(paper, addressees=(), recipients=("Sở Tài chính", "Lưu: VT, KHTC."))
    assert recipient_lines(alone) == ["- Sở Tài chính;", "- Lưu: VT, KHTC."]


def test_addressees_on_one_line_or_listed() -> None:
    paper = replace(sample_paper(), addressees=("Tỉnh ủy", "Ủy ban nhân dân tỉnh"))
    assert addressee_lines(paper) == ["Kính gửi:", "- Tỉnh ủy;", "- Ủy ban nhân dân tỉnh."]
    assert addressee_lines(replace(paper, addressees=("Tỉnh ủy",))) == ["Kính gửi: Tỉnh ủy."]


def test_the_last_sentence_closes_the_paper_once() -> None:
    (block,) = closed((words("Kính trình xem xét."),))
    assert "".join(run.text for run in block.runs) == "Kính trình xem xét./."  # type: ignore[union-attr]
    assert closed((block,)) == (block,)
    assert closed(()) == ()


def test_number_date_and_annex_note_with_and_without_blanks() -> None:
    paper = replace(sample_paper(issued_on=date(2026, 2, 5)), number="12")
    assert paper.number_line == "Số: 12/BC-SKHCN"
    assert paper.date_line == "Lai Châu, ngày 05 tháng 02 năm 2026"
    assert paper.annex_note == (
        "(Kèm theo Báo cáo số 12/BC-SKHCN ngày 05 tháng 02 năm 2026 của Sở Khoa học và Công nghệ)"
    )
    assert " ".join(sample_paper().number_line.split()) == "Số: /BC-SKHCN"


def test_tables_refuse_rows_and_groups_that_do_not_fit() -> None:
    columns = (Column("a", 1), Column("b", 1))
    with pytest.raises(ValueError, match="3 cells"):
        TableBlock(columns, (("1", "2", "3"),))
    with pytest.raises(ValueError, match="cover"):
        TableBlock(columns, (), groups=(ColumnGroup("x", 3),))
    assert TableBlock(columns, (BandRow("nhóm"), ("1", (Run("2"),)))).columns == columns


def test_clean_composes_and_drops_what_files_cannot_hold() -> None:
    assert clean("Lai Cha\u0302u\x00\x0b\ud800\u202e\u200b\u00ad\r\nx\ty") == "Lai Châu\nx y"
    assert clean("a\tb\r\nc\x07") == "a b\nc"


def test_long_names_break_into_two_even_lines() -> None:
    lines = balanced("ỦY BAN NHÂN DÂN TỈNH LAI CHÂU", 15)
    assert lines == ["ỦY BAN NHÂN DÂN", "TỈNH LAI CHÂU"]
    assert width_in_ems("Ộ") == width_in_ems("O")
