"""Progress, state and distance in staged SQL are those of the pure module, value by value."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from tiendo.indicators.courses import Course, Point, Threshold
from tiendo.indicators.progress import judge
from tiendo.indicators.states import Comparator, Direction, Measure, Purpose
from tiendo.warehouse import stages

DAYS = [date(year, month, day) for year in (2024, 2025, 2026) for month, day in ((6, 30), (12, 31))]
Case = tuple[Course, date, Decimal | None]

numbers = st.one_of(
    st.integers(-12, 12).map(Decimal),
    st.decimals(-100, 100, places=1),
    st.decimals(-(10**9), 10**9, places=6),
    st.decimals(Decimal(-(10**17)), Decimal(10**17), places=6),
)


@st.composite
def thresholds(draw: st.DrawFn) -> Threshold:
    comparator, value = draw(st.sampled_from(list(Comparator))), draw(numbers)
    upper = value + abs(draw(numbers)) if comparator is Comparator.BETWEEN else None
    full = draw(st.none() | numbers)
    return Threshold(comparator, value, upper, None if full == value else full)


@st.composite
def courses(draw: st.DrawFn) -> Course:
    places = draw(
        st.lists(
            st.tuples(st.sampled_from(DAYS), st.sampled_from([Purpose.PATH, Purpose.FINAL])), unique=True, max_size=4
        )
    )
    points = tuple(Point(on, draw(thresholds()), purpose, key=key) for key, (on, purpose) in enumerate(places))
    measure = draw(st.sampled_from([Measure.NUMBER] * 4 + [Measure.LEVEL]))
    return Course(
        draw(st.sampled_from(list(Direction))), points, draw(st.none() | numbers), date(2023, 12, 31), measure
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A value often stands exactly on a number of its course."""
    course = draw(courses())
    known = [
        course.baseline,
        *(end for point in course.points for end in (point.threshold.value, point.threshold.upper)),
    ]
    exact = [each for each in known if each is not None]
    value = draw(st.sampled_from(exact) | numbers) if exact else draw(numbers)
    return course, draw(st.sampled_from(DAYS)), draw(st.just(value) | st.just(value) | st.none())


def judged(given: Sequence[Case]) -> list[tuple[object, ...]]:
    """What the stages say of each case: state, progress, distance, target."""
    connection = duckdb.connect()
    stages.prepare(connection)
    for table, columns in TABLES.items():
        connection.execute(f"CREATE TABLE {table} ({columns})")
    for number, (course, on, value) in enumerate(given):
        put(connection, "courses", [number, course.direction, course.measure, course.baseline])
        put(connection, "cells", [number, number, on, value, False])
        for point in course.points:
            line = point.threshold
            high = line.value if line.upper is None else line.upper
            put(
                connection,
                "points",
                [number, point.key, point.due_on, point.purpose, line.comparator, line.value, high, line.full],
            )
    connection.executemany("INSERT INTO days VALUES (?)", [[day] for day in DAYS])
    stages.run(connection, ("standards", "judged"))
    return connection.execute("SELECT state, progress, distance, target_id FROM judged ORDER BY number").fetchall()


TABLES = {
    "courses": "course_id BIGINT, direction VARCHAR, measure VARCHAR, baseline DECIMAL(24, 6)",
    "points": "course_id BIGINT, target_id BIGINT, due_on DATE, purpose VARCHAR, comparator VARCHAR, "
    "low DECIMAL(24, 6), high DECIMAL(24, 6), full_value DECIMAL(24, 6)",
    "cells": "number BIGINT, course_id BIGINT, period_end DATE, value DECIMAL(24, 6), is_unfinished BOOLEAN",
    "days": "judged_on DATE",
    "heights": "course_id BIGINT, judged_on DATE, height DECIMAL(24, 6)",
}


def put(connection: duckdb.DuckDBPyConnection, table: str, row: list[object]) -> None:
    marks = ", ".join("?" for _ in row)
    connection.execute(
        f"INSERT INTO {table} VALUES ({marks})", [str(each) if isinstance(each, str) else each for each in row]
    )


def expected(case: Case) -> tuple[object, ...]:
    course, on, value = case
    found = judge(value, on, course)
    return found.state.value, found.progress, found.distance, found.target.key if found.target else None


@settings(max_examples=60, deadline=None)
@given(st.lists(cases(), min_size=1, max_size=12))
def test_the_stages_judge_as_the_pure_module(given: list[Case]) -> None:
    assert judged(given) == [expected(case) for case in given]
