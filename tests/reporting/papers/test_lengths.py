"""A report of a plan of thousands of tasks stays a paper one can sign: the rest stands in its workbook, by its hash."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest

from tiendo.papers.docx import render_docx
from tiendo.papers.listing import places
from tiendo.papers.model import Bullet, Paper, Ref, TableBlock
from tiendo.papers.wording import marked_rows
from tiendo.plans.states import WorkState
from tiendo.reporting.papers.consolidation import DutyLine, Record, ReportFacts, TaskLine, marked, marked_duties, placed
from tiendo.reporting.papers.figures import figure_keys, figures
from tiendo.reporting.papers.lengths import MOST_ROWS, MOST_TOLD, NAMED, named, printed
from tiendo.reporting.papers.paper import Letterhead, Mark, report_paper

HEAD = Letterhead("UBND tỉnh", "Sở KH&CN", "BC-SKHCN", "Lai Châu", "UBND tỉnh", "Giám đốc", "Trần A")
AT, ON = datetime(2026, 7, 20, tzinfo=UTC), date(2026, 6, 30)
HASH = "5e" * 32


def facts(tasks: int) -> ReportFacts:
    """So many tasks in three groups, all told in the period, every other one finished, each with a difficulty."""
    lines = tuple(_line(number) for number in range(1, tasks + 1))
    found = marked(placed(lines), on=ON)
    duty = DutyLine("Sở A", False, AT, False, False, AT)
    return ReportFacts("Kế hoạch", "Quý II", date(2026, 4, 1), ON, found, marked_duties([duty], after=tasks))


def _line(number: int) -> TaskLine:
    record = Record(0, number, f"N{number}", "Sở A", "Quý II", 1, AT, "B", AT, "C", ())
    done = {"state": WorkState.COMPLETED, "completed_on": ON} if number % 2 else {"state": WorkState.IN_PROGRESS}
    told = {"result": f"KẾT{number}.", "difficulty": f"KHÓ{number}.", "percent": Decimal(40)}
    group = f"Nhóm {number % 3}"
    return TaskLine(
        f"N{number}",
        f"Việc {number}",
        group,
        "Sở A",
        None,
        ON,
        record=record,
        is_new=True,
        group_code=group,
        **told,
        **done,
    )


def paper(of: ReportFacts, workbook: str = HASH) -> Paper:
    return report_paper(of, HEAD, Mark(7, "ab" * 32), at=AT, illustrative=False, workbook=workbook)


def said(of: Paper) -> str:
    return "\n".join(cell for place in places(of) for cell in place.cells)


def test_an_ordinary_report_tells_and_lists_everything() -> None:
    made = paper(facts(MOST_TOLD // 2))
    text = said(made)
    assert all(f"KẾT{number} " in text.replace(".", " ").replace("[", " ") for number in range(1, MOST_TOLD // 2))
    assert all(any(isinstance(block, TableBlock) for block in annex.blocks) for annex in made.annexes)
    assert HASH not in text
    assert made == paper(facts(MOST_TOLD // 2), workbook="")


@pytest.fixture(scope="module")
def long_facts() -> ReportFacts:
    return facts(MOST_ROWS + 300)


@pytest.fixture(scope="module")
def long_paper(long_facts: ReportFacts) -> Paper:
    return paper(long_facts)


def test_a_long_annex_says_where_it_stands_and_how_many_rows_it_has(long_paper: Paper) -> None:
    first, second, third = long_paper.annexes
    assert any(isinstance(block, TableBlock) for block in second.blocks)
    assert not any(isinstance(block, TableBlock) for block in (*first.blocks, *third.blocks))
    for label, sheet in (("Phụ lục I", "Nhiệm vụ"), ("Phụ lục III", "Bản ghi")):
        words = " ".join(cell for place in places(long_paper) if place.part == label for cell in place.cells)
        assert "có 3.300 dòng" in words
        assert f"“{sheet}”" in words
        assert HASH in words
    assert marked_rows(long_paper) == {MOST_ROWS + 301}
    with ZipFile(BytesIO(render_docx(long_paper, made_at=AT))) as archive:
        assert archive.read("word/document.xml").decode().count(HASH) == 2


def test_a_long_part_names_some_of_each_group_and_counts_the_rest(long_paper: Paper) -> None:
    bullets = [block for block in long_paper.body if isinstance(block, Bullet)]
    assert len(bullets) < 3 * 2 * (NAMED + 1) + NAMED + 60
    text = said(long_paper)
    left = f"{(MOST_ROWS + 300) // 3 - NAMED:,}".replace(",", ".")
    assert text.count(f"Kết quả của {left} nhiệm vụ khác ghi tại Phụ lục I.") == 3
    assert text.count(f"Khó khăn, vướng mắc ở {left} nhiệm vụ khác ghi tại trang “Nhiệm vụ”") == 3


def test_a_long_reference_ends_with_a_count_of_the_rest() -> None:
    marks = tuple(range(1, 200, 2))
    parts = Ref(marks).parts()
    assert [label for _first, label in parts[:3]] == ["1", "3", "5"]
    assert parts[-1] == (81, "và 60 số khác")
    assert len(parts) == 41
    assert [first for first, _label in Ref(marks).parts(1000)] == list(marks)


@pytest.mark.parametrize(
    ("rows", "fit"),
    [
        ((10, 10, 10), [True, True, True]),
        ((MOST_ROWS, 0, 1), [True, True, False]),
        ((MOST_ROWS + 1, 150, MOST_ROWS - 150), [False, True, True]),
        ((1600, 150, 1600), [True, True, False]),
    ],
)
def test_annexes_are_printed_while_there_is_room(rows: tuple[int, ...], fit: list[bool]) -> None:
    assert printed(rows) == fit


def test_names_are_cut_only_when_all_groups_together_are_too_many() -> None:
    lines = list(range(MOST_TOLD))
    assert named(lines, MOST_TOLD) == (lines, 0)
    assert named(lines, MOST_TOLD + 1) == (tuple(range(NAMED)), MOST_TOLD - NAMED)


def test_keys_are_those_of_the_figures(long_facts: ReportFacts) -> None:
    few = facts(7)
    assert figure_keys(few) == figures(few).keys()
    assert figure_keys(long_facts) == figures(long_facts).keys()
