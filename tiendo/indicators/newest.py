"""Which figure of an indicator speaks for it. The one rule of list, page, overview, paper, release and score. Pure.

Of a cell (indicator, unit, slice) the newest period with a value speaks, told as often as the passport says; what adds
up over time speaks by the year, for only a year is held against a target. Where no period has a value the newest one
says why there is none. That a later figure is missing is told beside it (`presence`), and never hides what is known.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from tiendo.indicators.spans import span_of
from tiendo.indicators.states import Frequency, Rollup

Row = TypeVar("Row")


def spoken_frequency(frequency: str, over_time: str) -> Frequency:
    """How often the figure that speaks is told."""
    return Frequency.YEAR if over_time == Rollup.SUM else Frequency(frequency)


def newest(rows: Iterable[Row], frequency: Frequency, told: Callable[[Row], tuple[str, object]]) -> Row | None:
    """The row that speaks among those of one cell; `told` gives the code of a row's period, and its value or None."""
    spans = [(row, span_of(told(row)[0])) for row in rows]
    fitting = [(row, span.last_day) for row, span in spans if span.frequency is frequency]
    found = max(fitting, key=lambda each: (told(each[0])[1] is not None, each[1]), default=None)
    return found[0] if found else None
