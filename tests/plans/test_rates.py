from datetime import date, timedelta
from decimal import Decimal

import pytest

from tiendo.plans.rates import Dates, Punctuality, punctualities, share
from tiendo.ui.formats import percent_text


@pytest.mark.parametrize(
    ("part", "whole", "expected", "printed"),
    [
        (28, 69, "40.5", "40,5"),
        (16, 68, "23.5", "23,5"),
        (1, 3, "33.3", "33,3"),
        (2999, 3000, "99.9", "99,9"),
        (9996, 10_000, "99.9", "99,9"),
        (0, 5, "0.0", "0"),
        (5, 5, "100.0", "100"),
        (1, 100_000, "0.0", "0"),
    ],
)
def test_a_share_is_cut_to_one_decimal_and_printed_as_it_is(part: int, whole: int, expected: str, printed: str) -> None:
    rate = share(part, whole)
    assert str(rate) == expected
    assert percent_text(Decimal(expected)) == f"{printed}\N{NO-BREAK SPACE}%"


def test_a_share_of_nothing_is_not_known() -> None:
    assert share(0, 0) is None


def test_only_the_whole_reads_a_hundred() -> None:
    full = {(part, whole) for whole in range(1, 1200, 7) for part in range(whole + 1) if share(part, whole) == 100}
    assert all(part == whole for part, whole in full)


DUE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("completed", "on", "place"),
    [
        (DUE - timedelta(days=1), DUE, "on_time"),
        (DUE, DUE, "on_time"),
        (DUE + timedelta(days=1), DUE + timedelta(days=1), "late"),
        (None, DUE, "ahead"),
        (None, DUE + timedelta(days=1), "overdue"),
    ],
)
def test_the_deadline_itself_is_in_time_and_the_day_after_is_not(completed: date | None, on: date, place: str) -> None:
    counted = punctualities([Dates(DUE, DUE, completed)], on=on).current
    assert getattr(counted, place) == 1
    assert counted.judged == (0 if place == "ahead" else 1)


def test_both_deadlines_give_their_own_rate() -> None:
    """Of four tasks due 30/6, two were extended to 31/7: one finished in July, one never."""
    later = date(2026, 7, 31)
    tasks = [
        Dates(DUE, DUE, DUE),
        Dates(DUE, later, date(2026, 7, 10)),
        Dates(DUE, later, None),
        Dates(DUE, DUE, None),
        Dates(None, None, DUE),
    ]
    both = punctualities(tasks, on=date(2026, 7, 20))
    assert both.original == Punctuality(on_time=1, late=1, overdue=2, ahead=0, undated=1)
    assert both.current == Punctuality(on_time=2, late=0, overdue=1, ahead=1, undated=1)
    assert (both.original.rate, both.current.rate) == (Decimal("25.0"), Decimal("66.6"))
    assert both.extended == 2


def test_without_anything_judged_there_is_no_rate() -> None:
    assert punctualities([Dates(None, None, None)], on=DUE).original.rate is None
