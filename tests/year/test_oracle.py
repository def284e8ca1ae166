"""The year's oracle counts whatever the report counts: a figure added to one and not the other is told in a moment."""

from tests.oracles.year import figures_of
from tests.year.chronicle import Chronicle, Span
from tiendo.reporting.models import Period
from tiendo.reporting.papers.figures import figures
from tiendo.reporting.papers.gathering import facts_of


def test_the_oracle_and_the_report_count_the_same(period: Period) -> None:
    nothing = Chronicle(spans={1: Span(period.data_from, period.data_to)})
    assert set(figures_of(nothing, 1)) == set(figures(facts_of(period)))
