from datetime import date, timedelta

import pytest

from tiendo.reporting.reminders import mark_due

LAST = date(2026, 6, 14)


@pytest.mark.parametrize(
    ("left", "mark"), [(8, None), (7, 7), (5, 7), (3, 7), (2, 2), (1, 2), (0, 2), (-1, None), (-30, None)]
)
def test_the_nearest_mark_that_has_come_stands(left: int, mark: int | None) -> None:
    assert mark_due(LAST, (7, 2), on=LAST - timedelta(days=left)) == mark


def test_the_order_of_the_marks_does_not_matter_and_none_may_be_set() -> None:
    assert mark_due(LAST, (2, 7), on=LAST) == 2
    assert mark_due(LAST, (), on=LAST) is None
