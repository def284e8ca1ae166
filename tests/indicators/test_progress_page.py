"""The method page: each row of its tables is computed."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tiendo.indicators.courses import Course, Point, Threshold, edge_of, side_of
from tiendo.indicators.formulas import compute
from tiendo.indicators.progress import judge
from tiendo.indicators.rollups import Part, roll_up
from tiendo.indicators.states import COMPARATOR_SIGNS, ROLLUP_WORDS, STATE_WORDS, Comparator, Direction, Purpose

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/progress.md"
END = date(2030, 12, 31)
DIRECTIONS = {"cao": Direction.UP, "thấp": Direction.DOWN, "trong khoảng": Direction.WITHIN}
NONE = "–"


def table(first: str) -> list[list[str]]:
    """The rows of the table whose heading begins so."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith(f"| {first} |"))
    return list(_rows(lines[start + 2 :]))


def _rows(lines: list[str]) -> Iterator[list[str]]:
    for line in lines:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in line.strip("|").split("|")]


def number(text: str) -> Decimal | None:
    return None if text == NONE else Decimal(text)


def threshold(text: str) -> Threshold:
    """As papers print it: "≥ 100", "16 – 18"."""
    if " – " in text:
        low, high = text.split(" – ")
        return Threshold(Comparator.BETWEEN, Decimal(low), Decimal(high))
    sign, value = text.split()
    signs = {sign: comparator for comparator, sign in COMPARATOR_SIGNS.items()}
    return Threshold(signs[sign], Decimal(value))


@pytest.mark.parametrize("row", table("chiều tốt"), ids=" ".join)
def test_progress_and_state(row: list[str]) -> None:
    direction, baseline, goal, value, progress, state, reason = row
    points = () if goal == NONE else (Point(END, threshold(goal)),)
    got = judge(number(value), END, Course(DIRECTIONS[direction], points, number(baseline), date(2024, 12, 31)))
    assert (got.progress, STATE_WORDS[got.state]) == (number(progress), state)
    assert (got.not_computable or NONE) == reason


@pytest.mark.parametrize("row", table("ngày cuối kỳ"), ids=" ".join)
def test_the_path(row: list[str]) -> None:
    day, value, state, milestone, distance = row
    aims = [
        (date(2025, 12, 31), "20", Purpose.PATH),
        (date(2026, 12, 31), "40", Purpose.PATH),
        (END, "100", Purpose.FINAL),
    ]
    points = tuple(Point(due, Threshold(Comparator.AT_LEAST, Decimal(aim)), purpose) for due, aim, purpose in aims)
    got = judge(Decimal(value), datetime.strptime(day, "%d/%m/%Y").date(), Course(Direction.UP, points, Decimal(10)))
    assert got.target is not None
    held = edge_of(got.target.threshold, side_of(got.target.threshold, Direction.UP))
    assert (STATE_WORDS[got.state], held, got.distance) == (state, Decimal(milestone), Decimal(distance))


@pytest.mark.parametrize("row", table("cách gộp"), ids=" ".join)
def test_rolling_up(row: list[str]) -> None:
    how, cells, result, counted = row
    rules = {words: rule for rule, words in ROLLUP_WORDS.items()}
    got = roll_up(rules[how], [part(str(place), cell) for place, cell in enumerate(cells.split("; "))])
    assert (got.value, f"{got.counted}/{got.expected}") == (number(result), counted)


def part(key: str, cell: str) -> Part:
    """A value; a value and its weight; a numerator and its denominator."""
    if " × " in cell:
        value, weight = cell.split(" × ")
        return Part(key, number(value), number(weight))
    if " ÷ " in cell:
        over, under = cell.split(" ÷ ")
        return Part(key, numerator=number(over), denominator=number(under))
    return Part(key, number(cell))


@pytest.mark.parametrize("row", table("công thức"), ids=" ".join)
def test_formulas(row: list[str]) -> None:
    text, one, other, result = row
    units = {"A": "times", "B": "times"}
    got = compute(text.strip("`"), {"A": number(one), "B": number(other)}, units, "times")
    assert got.reason == result if got.value is None else got.value == Decimal(result)


def test_the_page_names_every_state_and_every_rule() -> None:
    assert {row[0] for row in table("trạng thái")} == set(STATE_WORDS.values())
    assert {row[0] for row in table("cách gộp")} == {words for rule, words in ROLLUP_WORDS.items() if rule != "none"}
