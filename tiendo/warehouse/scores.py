"""Scores, ranks and rank intervals of many units by criteria that read indicators, in staged SQL.

The same to the last digit as `evaluation.scoring` for sets made of such criteria; the working of each score is told
there, for the cards of a cycle. Here thousands of units are compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tiendo.evaluation.criteria import Content, Criterion, Kind, Reading
from tiendo.evaluation.robustness import WEIGHT_SCALE
from tiendo.evaluation.weights import bounds, rounded
from tiendo.warehouse import stages
from tiendo.warehouse.engine import Connection

READS = {Reading.FIGURE_VALUE: "value", Reading.FIGURE_PROGRESS: "progress"}
SCALE = 10**15  # of a sum before it is rounded, as in sql/scores.sql
STEP = Decimal("0.000001")


class Unsuited(ValueError):
    """A set with a criterion that reads more than indicators. The message names it."""


@dataclass(frozen=True)
class Standing:
    """One unit's place among its group."""

    unit: int
    group: str
    score: Decimal
    rank: int
    tied: int
    rank_low: int
    rank_high: int


def put_criteria(connection: Connection, content: Content, indicators: Mapping[str, int]) -> None:
    """The tables `criteria` and `bands`; `indicators` gives the row of each code. Raises `Unsuited`."""
    connection.execute(
        "CREATE TABLE criteria (place INTEGER, indicator_id BIGINT, reads VARCHAR, weight DECIMAL(24, 6), "
        "zero_at DECIMAL(24, 6), full_at DECIMAL(24, 6), weight_low BIGINT, weight_high BIGINT)"
    )
    connection.execute(
        "CREATE TABLE bands (place INTEGER, low DECIMAL(24, 6), high DECIMAL(24, 6), points DECIMAL(24, 6))"
    )
    for place, criterion in enumerate(content.criteria):
        low, high = (int(each * WEIGHT_SCALE) for each in bounds(content, criterion))
        row = [place, *_read(criterion, indicators), low, high]
        connection.execute("INSERT INTO criteria VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        for band in criterion.bands:
            ends = [_exact(each, criterion) for each in (band.low, band.high, band.points)]
            connection.execute("INSERT INTO bands VALUES (?, ?, ?, ?)", [place, *ends])


def put_settings(connection: Connection, content: Content, *, seed: str, times: int) -> None:
    """The table `settings`: how sums are rounded, and how weights are drawn."""
    left_out = int(times * (1 - Fraction(content.resampling.interval)) / 2)
    unit = SCALE // 10**content.decimals
    connection.execute("CREATE TABLE settings (seed VARCHAR, times BIGINT, left_out BIGINT, unit HUGEINT)")
    connection.execute("INSERT INTO settings VALUES (?, ?, ?, ?)", [seed, times, left_out, unit])


def put_cards(connection: Connection, kind: str, *, data_from: date, data_to: date) -> None:
    """The tables `cards`, all units of a kind as one group, and `span`, the days of the data (to-exclusive)."""
    connection.execute(
        "CREATE TABLE span AS SELECT CAST(? AS DATE) AS data_from, CAST(? AS DATE) AS data_to", [data_from, data_to]
    )
    connection.execute("CREATE TABLE cards AS SELECT id AS card, kind AS grp FROM units WHERE kind = ?", [kind])


def run_readings(connection: Connection) -> list[stages.Stage]:
    """From `judged` of `figures.recompute` to what each criterion reads."""
    return stages.run(connection, ("readings",))


def run_scores(connection: Connection, content: Content) -> list[stages.Stage]:
    """From `cards` and `readings` to the table `intervals`."""
    done = stages.run(connection, ("earned", "scores"))
    settle_doubts(connection, content)
    numbers = range(1, len(content.criteria) + 1)
    wide = {
        "shares": ", ".join(f"shares[{n}] AS s{n}" for n in numbers),
        "weights": ", ".join(f"weights[{n}] AS w{n}" for n in numbers),
        "terms": " + ".join(f"s{n} * w{n}" for n in numbers),
    }
    return [
        *done,
        *stages.run(connection, ("ranks", "draws", "cards_wide", "draws_wide", "drawn", "intervals"), **wide),
    ]


def settle_doubts(connection: Connection, content: Content) -> int:
    """Scores whose rounding hangs on a quotient that does not end, by exact fractions; how many there were."""
    rows = connection.execute(
        "SELECT card, weight, part, whole FROM earned SEMI JOIN scores ON scores.card = earned.card AND is_doubtful"
    ).fetchall()
    sums: dict[int, Fraction] = {}
    for card, weight, part, whole in rows:
        sums[card] = sums.get(card, Fraction(0)) + Fraction(weight) * Fraction(part, whole)
    for card, exact in sums.items():
        score = rounded(exact, content.decimals)
        connection.execute("UPDATE scores SET score = ?, is_doubtful = false WHERE card = ?", [score, card])
    return len(sums)


def standings(connection: Connection) -> list[Standing]:
    """What the stages found, by unit."""
    rows = connection.execute("SELECT card, grp, score, rank, tied, rank_low, rank_high FROM intervals ORDER BY card")
    return [Standing(*row) for row in rows.fetchall()]


def _read(criterion: Criterion, indicators: Mapping[str, int]) -> tuple[object, ...]:
    measure = criterion.measure
    if criterion.kind is not Kind.QUANTITATIVE or measure is None or measure.reads not in READS:
        raise Unsuited(criterion.code)
    numbers = (
        (criterion.weight, measure.zero_at, measure.full_at) if not criterion.bands else (criterion.weight, None, None)
    )
    return (
        indicators.get(measure.indicator),
        READS[measure.reads],
        *(_exact(each, criterion) for each in numbers),
    )


def _exact(number: Decimal | None, criterion: Criterion) -> Decimal | None:
    """With 6 decimals, as the stages keep it; a number with more would be cut, so it is refused."""
    if number is not None and number != number.quantize(STEP):
        raise Unsuited(criterion.code)
    return number
