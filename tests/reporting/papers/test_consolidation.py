"""Figures worked out by hand, and the numbering that keeps references short. Pure."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tiendo.plans.states import WorkState
from tiendo.reporting.papers.consolidation import (
    DutyLine,
    Record,
    ReportFacts,
    TaskLine,
    marked,
    marked_duties,
    placed,
)
from tiendo.reporting.papers.figures import figures
from tiendo.reporting.papers.paper import read_part
from tiendo.reporting.papers.prose import stands
from tiendo.reporting.papers.words import figure_words

ON = date(2026, 6, 30)
AT = datetime(2026, 7, 1, 5, tzinfo=UTC)


def line(
    code: str,
    due_on: date | None,
    completed_on: date | None = None,
    *,
    told: bool = True,
    is_new: bool = True,
    money: int | None = None,
    state: WorkState | None = None,
) -> TaskLine:
    record = Record(0, int(code), code, "Sở A", "Kỳ 1", 1, AT, "Bình", AT, "Chi", ())
    return TaskLine(
        code,
        f"Việc {code}",
        "Nhóm 1",
        "Sở A",
        None,
        due_on,
        state=state or (WorkState.COMPLETED if completed_on else WorkState.IN_PROGRESS),
        completed_on=completed_on,
        money_used=Decimal(money) if money is not None else None,
        record=record if told else None,
        is_new=is_new and told,
    )


LINES = (
    line("1", date(2026, 6, 30), date(2026, 6, 30), money=100),  # finished on its last good day
    line("2", date(2026, 6, 29), date(2026, 6, 30)),  # a day late
    line("3", date(2026, 6, 30), money=0),  # its last good day is today
    line("4", date(2026, 6, 29), money=50, is_new=False),  # overdue since this morning, told in an earlier period
    line("5", date(2026, 6, 1), told=False),  # overdue, and nobody has ever said a word
    line("6", None),  # no date in the document
    line("7", date(2026, 1, 1), date(2026, 7, 1)),  # finished only after the day of the figures
    line("8", date(2026, 1, 1), state=WorkState.CANCELLED),
)


@pytest.fixture
def facts() -> ReportFacts:
    return ReportFacts("Kế hoạch", "Kỳ 1", date(2026, 1, 1), ON, marked(LINES, on=ON), ())


@pytest.mark.parametrize(
    ("key", "value", "codes"),
    [
        ("total", 7, "1234567"),
        ("done_on_time", 1, "1"),
        ("done_late", 1, "2"),
        ("open_in_time", 2, "36"),
        ("open_overdue", 3, "457"),
        ("not_reported", 2, "45"),
        ("without_report", 1, "5"),
        ("money_used", 150, "134"),
    ],
)
def test_each_figure_by_hand(facts: ReportFacts, key: str, value: int, codes: str) -> None:
    figure = figures(facts)[key]
    assert figure.value == value
    assert "".join(row.code for row in figure.lines) == codes


def test_the_four_cells_add_up_to_the_total(facts: ReportFacts) -> None:
    found = figures(facts)
    cells = ("done_on_time", "done_late", "open_in_time", "open_overdue")
    assert sum(found[cell].value for cell in cells) == found["total"].value


def test_marks_run_from_one_cell_by_cell_with_money_first(facts: ReportFacts) -> None:
    marks = {row.code: row.record.mark for row in facts.lines if row.record}
    assert marks == {"1": 1, "2": 2, "3": 3, "6": 4, "4": 5, "7": 6, "8": 7}
    assert [record.mark for record in facts.records] == [1, 2, 3, 4, 5, 6, 7]


def test_a_figure_refers_to_the_records_of_its_own_tasks(facts: ReportFacts) -> None:
    overdue = figures(facts)["open_overdue"]
    assert overdue.marks == (5, 6)
    assert [record.submission for record in overdue.records] == [4, 7]


def test_a_zero_amount_is_an_amount_and_silence_is_not(facts: ReportFacts) -> None:
    assert {row.code for row in figures(facts)["money_used"].lines} == {"1", "3", "4"}


def test_money_nobody_gives_is_missing_and_not_zero(facts: ReportFacts) -> None:
    missing = figures(facts)["money_allocated"]
    assert (missing.value, figure_words(missing)) == (None, "chưa có số liệu")
    assert figures(replace(facts, lines=()))["money_used"].value is None
    told = read_part("? money_used: Có.\n?! money_used: Không.", facts)
    given = replace(figures(facts)["money_used"], value=Decimal(0))
    assert [stands(line, {"money_used": given}) for line in told] == [True, False]
    assert [stands(line, {"money_used": replace(given, value=None)}) for line in told] == [False, True]


def test_numbering_changes_nothing_else() -> None:
    for before, after in zip(LINES, marked(LINES, on=ON), strict=True):
        record = before.record and after.record and replace(after.record, mark=0)
        assert replace(after, record=record, row=0) == before


def test_rows_of_the_annex_run_group_by_group_without_the_cancelled() -> None:
    lines = [replace(each, group="Nhóm 2") if each.code in "14" else each for each in LINES]
    assert {row.code: row.row for row in placed(lines)} == dict(zip("14235678", (1, 2, 3, 4, 5, 6, 7, 0), strict=True))


def unit(name: str, *, sent: bool = True, late: bool = False, quiet: bool = False) -> DutyLine:
    return DutyLine(name, False, AT if sent else None, late, quiet, None)


def test_units_are_numbered_on_from_the_records_so_that_each_figure_is_one_range() -> None:
    given = [unit("A", sent=False), unit("B", late=True), unit("C", quiet=True), unit("D"), unit("E", sent=False)]
    numbered = marked_duties(given, after=7)
    assert [(duty.unit, duty.mark) for duty in numbered] == [("D", 8), ("C", 9), ("B", 10), ("A", 11), ("E", 12)]
