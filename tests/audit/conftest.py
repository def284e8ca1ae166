from datetime import UTC, datetime

import pytest

from tiendo.audit.record import record


@pytest.fixture
def write():
    """Record one acceptance of the given entry."""
    at = datetime(2026, 7, 1, 12, tzinfo=UTC)

    def write(number=1, **detail):
        return record(act="reporting.entry.accept", subject=f"reporting.entry:{number}", actor="chi", at=at, **detail)

    return write
