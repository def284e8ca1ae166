"""Fixtures of the domain rooms that the pages are tried with."""

import pytest

from tests.intake.conftest import accept, read, real_import, sample_plan, units  # noqa: F401
from tiendo.web.plans import board, filters
from tiendo.web.plans.views import tasks


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Each test counts for itself: two tests may write the very same log over different rows."""
    for keeper in (board.KEPT, filters.KEPT, tasks.KEPT):
        keeper.kept.clear()
