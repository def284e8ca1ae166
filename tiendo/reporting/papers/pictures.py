"""Charts of indicators in an official paper: the picture, and the same in words under it. Pure."""

from collections.abc import Iterable

from tiendo.papers.charts import Series, line_chart, text_of
from tiendo.papers.model import Block, Picture

MOST = 12  # charts of one paper; further indicators stand in the table alone
WIDTH = 110  # millimetres


def chart_block(series: Series, *, ids: str = "chart") -> Picture:
    """The chart of one indicator on its way, under its own title."""
    return Picture(line_chart(series, ids=ids, titled=True), text_of(series), WIDTH)


def chart_blocks(charts: Iterable[Series]) -> tuple[Block, ...]:
    """Charts one after another for an annex, those that have something to show, `MOST` of them at most."""
    telling = [series for series in charts if series.observed]
    return tuple(chart_block(series, ids=f"chart{n}") for n, series in enumerate(telling[:MOST], 1))
