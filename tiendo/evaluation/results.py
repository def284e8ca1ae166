"""What scoring gives: the shapes of results, "tiendo-results/1". Pure."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import cast

from tiendo.evaluation.items import Item
from tiendo.evaluation.shaping import plain
from tiendo.evaluation.working import Line

SCHEMA = "tiendo-results/1"


@dataclass(frozen=True)
class Earned:
    """What one criterion gave a card: its share exactly, its points as shown, and how they came about."""

    share: Fraction
    missing: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Points:
    """One criterion of a card's result, as stored and handed out."""

    code: str
    name: str
    weight: Decimal
    points: Decimal
    missing: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Scored:
    """A card with its exact shares; ranks and bands are put in by `ranking` and `robustness`."""

    key: str
    group: str
    score: Decimal
    shares: tuple[Fraction, ...]
    criteria: tuple[Points, ...]
    items: tuple[Item, ...]
    reported_completion: Decimal | None
    outcome_completion: Decimal | None


@dataclass(frozen=True)
class Result:
    """One card's result: what the table stores and the exported file holds."""

    key: str
    group: str
    score: Decimal
    band: str
    band_name: str
    rank: int
    tied: int
    rank_low: int
    rank_high: int
    reported_completion: Decimal | None
    outcome_completion: Decimal | None
    criteria: tuple[Points, ...]
    band_lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Results:
    schema: str
    cards: tuple[Result, ...]


def results_data(results: Results) -> dict[str, object]:
    """The results as JSON data, decimals as text."""
    return cast(dict[str, object], plain(results))
