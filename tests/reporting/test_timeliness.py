"""On time, late, missing, not yet judged; silence never makes a rate better."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from tiendo.reporting.timeliness import Tally, Turn, tally, trend, turn

DUE = datetime(2026, 6, 14, 17, tzinfo=UTC)  # the midnight that ends 14 June in Vietnam
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("sent", "at", "expected"),
    [
        (DUE - MOMENT, DUE, Turn.ON_TIME),
        (DUE, DUE, Turn.LATE),
        (None, DUE - MOMENT, Turn.PENDING),
        (None, DUE, Turn.MISSING),
        (DUE + timedelta(days=9), DUE + timedelta(days=10), Turn.LATE),
    ],
)
def test_the_due_moment_itself_is_late(sent, at, expected):
    assert turn(sent, DUE, at=at) == expected


def test_a_missing_report_counts_against_the_rate_and_a_pending_one_nowhere():
    found = tally([Turn.ON_TIME, Turn.ON_TIME, Turn.LATE, Turn.MISSING, Turn.PENDING])
    assert found == Tally(on_time=2, late=1, missing=1, pending=1)
    assert found.rate == Decimal("50.0")
    assert tally([Turn.PENDING]).rate is None


def test_keeping_silent_is_never_better_than_being_late():
    late, silent = tally([Turn.ON_TIME, Turn.LATE]), tally([Turn.ON_TIME, Turn.MISSING])
    assert silent.rate == late.rate


def test_the_trend_compares_the_last_two():
    assert trend([Decimal(90), Decimal("72.5"), Decimal(80)]) == Decimal("7.5")
    assert trend([Decimal(80)]) is None
    assert trend([None, Decimal(80)]) is None
