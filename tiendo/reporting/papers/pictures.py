"""Charts of indicators in an official paper: which, the picture, and the same in words under it. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tiendo.indicators.states import State
from tiendo.papers.charts import Former, Goal, Mark, Point, Series, line_chart, printed, text_of
from tiendo.papers.model import Block, Picture
from tiendo.reporting.papers.consolidation import MeasureLine

MOST = 6  # charts of one paper; further indicators stand in the table alone
WIDTH = 96  # millimetres: two with their words stand on a page of Word, and letters are nine points high


def key_measures(lines: Iterable[MeasureLine]) -> list[MeasureLine]:
    """The few indicators worth a picture, in the order of the plan.

    Of those with a value and a target those not met come first, then those that bind before those to strive for.
    """
    told = [line for line in lines if line.value is not None and line.target]
    first = sorted(told, key=lambda line: (line.state != State.NOT_MET, line.is_aspirational))[:MOST]
    return [line for line in told if line in first]


def chart_block(series: Series, *, ids: str = "chart") -> Picture:
    """The chart of one indicator on its way, under its own title."""
    return Picture(printed(line_chart(series, ids=ids, titled=True)), text_of(series), WIDTH)


def chart_blocks(charts: Iterable[Series]) -> tuple[Block, ...]:
    """Charts one after another, those that have something to show, `MOST` of them at most."""
    telling = [series for series in charts if series.observed]
    return tuple(chart_block(series, ids=f"chart{n}") for n, series in enumerate(telling[:MOST], 1))


def series_from_data(data: Mapping[str, Any]) -> Series:
    """A series that was kept as plain data: days in ISO form, numbers as text."""
    more = {
        "points": tuple(_point(each) for each in data["points"]),
        "path": tuple(_goal(each) for each in data["path"]),
        "final": _goal(data["final"]) if data["final"] else None,
        "baseline": _point(data["baseline"]) if data["baseline"] else None,
        "level_names": tuple(data["level_names"]),
    }
    return Series(**{**data, **more})


def _point(data: Mapping[str, Any]) -> Point:
    former = tuple(Former(Decimal(each["value"]), Mark(each["mark"])) for each in data["former"])
    more = {"on": date.fromisoformat(data["on"]), "value": _number(data["value"]), "mark": Mark(data["mark"])}
    return Point(**{**data, **more, "former": former})


def _goal(data: Mapping[str, Any]) -> Goal:
    more = {"on": date.fromisoformat(data["on"]), "value": Decimal(data["value"]), "upper": _number(data["upper"])}
    return Goal(**{**data, **more})


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
