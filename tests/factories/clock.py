"""The moment at which the tests take place; code under test is handed it as `at=` or `on=`."""

from datetime import UTC, date, datetime

NOON = datetime(2026, 7, 1, 5, tzinfo=UTC)  # noon in Vietnam, the same day in both zones
TODAY = date(2026, 7, 1)
