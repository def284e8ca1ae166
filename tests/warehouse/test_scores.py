"""Scores, ranks and rank intervals of the stages are those of `evaluation.scoring`, to the last digit."""

from dataclasses import replace
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.contents import BANDS, TASKS, make_content, make_snapshot
from tiendo.evaluation.content import CardOf, FigureOf, ReportsOf, Snapshot
from tiendo.evaluation.criteria import Content, Criterion, Kind, Measure, Reading, Resampling
from tiendo.evaluation.scoring import score
from tiendo.warehouse import scores, stages
from tiendo.warehouse.scores import Standing, Unsuited

Values = list[list[Decimal | None]]
SEED, TIMES = "1203-4567", 40
INDICATORS = 3

amounts = st.one_of(
    st.integers(-20, 160).map(Decimal), st.decimals(-50, 150, places=6), st.decimals(-(10**12), 10**12, places=6)
)


def criterion(
    place: int, *, weight: str, zero: str = "0", full: str = "100", banded: bool = False, reads: str
) -> Criterion:
    line = {} if banded else {"zero_at": Decimal(zero), "full_at": Decimal(full)}
    measure = Measure(Reading(reads), f"ct-{place}", **line)
    scale = Decimal(weight) / 10
    bands = tuple(replace(band, points=band.points * scale) for band in BANDS) if banded else ()
    return Criterion(
        f"tc-{place}", f"Tiêu chí {place}", "Kết quả", Kind.QUANTITATIVE, Decimal(weight), "", measure, bands
    )


@st.composite
def contents(draw: st.DrawFn) -> Content:
    made = []
    for place in range(INDICATORS):
        reads = draw(st.sampled_from(["figure_value", "figure_progress"]))
        ends = draw(st.sampled_from([("0", "100"), ("0", "3"), ("0", "7"), ("-0.5", "11.000001"), ("0", "10000000")]))
        falls = reads == "figure_value" and draw(st.booleans())
        zero, full = reversed(ends) if falls else ends
        weight = draw(st.sampled_from(["10", "20", "33.3", "7.00001"]))
        made.append(criterion(place, weight=weight, zero=zero, full=full, banded=draw(st.booleans()), reads=reads))
    kept = draw(st.sampled_from([Decimal("0.9"), Decimal("0.5"), Decimal(1)]))
    return make_content(*made, decimals=draw(st.sampled_from([0, 2, 6])), resampling=Resampling(interval=kept))


values = st.lists(st.lists(st.none() | amounts, min_size=INDICATORS, max_size=INDICATORS), min_size=1, max_size=8)


def snapshot(content: Content, given: Values) -> Snapshot:
    cards = [
        CardOf(
            key=str(number),
            name=f"Xã {number}",
            unit=str(number),
            group=group_of(number),
            reports=ReportsOf(0, 0, 0, 0),
            figures=tuple(figure(place, value) for place, value in enumerate(row)),
        )
        for number, row in enumerate(given)
    ]
    return make_snapshot(content, *cards, seed=SEED, resamplings=TIMES)


def figure(place: int, value: Decimal | None) -> FigureOf:
    """Value and progress the same number, so that either may be read."""
    return FigureOf(f"ct-{place}", "2025", None, value, value, "not_met")


def group_of(number: int) -> str:
    return "so" if number % 3 == 0 else "xa"


def staged(content: Content, given: Values) -> list[Standing]:
    connection = duckdb.connect()
    stages.prepare(connection)
    scores.put_criteria(connection, content, {f"ct-{place}": place for place in range(INDICATORS)})
    scores.put_settings(connection, content, seed=SEED, times=TIMES)
    connection.execute("CREATE TABLE cards (card BIGINT, grp VARCHAR)")
    connection.execute("CREATE TABLE readings (card BIGINT, place INTEGER, value DECIMAL(24, 6))")
    for number, row in enumerate(given):
        connection.execute("INSERT INTO cards VALUES (?, ?)", [number, group_of(number)])
        for place, value in enumerate(row):
            connection.execute("INSERT INTO readings VALUES (?, ?, ?)", [number, place, value])
    scores.run_scores(connection, content)
    return scores.standings(connection)


def expected(content: Content, given: Values) -> list[Standing]:
    found = score(snapshot(content, given)).cards
    return [Standing(int(e.key), e.group, e.score, e.rank, e.tied, e.rank_low, e.rank_high) for e in found]


@settings(max_examples=60, deadline=None)
@given(contents(), values)
def test_the_stages_score_and_rank_as_the_pure_module(content: Content, given: Values) -> None:
    assert staged(content, given) == expected(content, given)


def test_thirds_that_make_a_whole_are_summed_exactly() -> None:
    """Each third cut off would make 0.99…: the score must still be 1, and 2.5 must round up."""
    thirds = [criterion(place, weight="1", full="3", reads="figure_value") for place in range(3)]
    content = make_content(*thirds, decimals=0)
    given: Values = [
        [Decimal(1)] * 3,
        [Decimal(3), Decimal(3), Decimal("1.5")],
        [Decimal(2), Decimal(2), Decimal("0.5")],
    ]
    assert [each.score for each in staged(content, given)] == [1, 3, 2]
    assert staged(content, given) == expected(content, given)


def test_a_set_that_reads_more_than_indicators_is_refused() -> None:
    with pytest.raises(Unsuited, match="nhiem-vu"):
        scores.put_criteria(duckdb.connect(), make_content(TASKS), {})


def test_a_number_the_stages_would_cut_is_refused() -> None:
    fine = criterion(0, weight="10", full="0.0000001", reads="figure_value")
    with pytest.raises(Unsuited, match="tc-0"):
        scores.put_criteria(duckdb.connect(), make_content(fine), {})
