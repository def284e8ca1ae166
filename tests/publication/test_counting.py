from decimal import Decimal

import pytest

from tiendo.publication.counting import CELLS, Change, Standing, changes, count, rate, rates


def _task(cell: str, **known: bool) -> Standing:
    return Standing(cell, **({"due_soon": False, "has_lead": True, "has_report": True} | known))


def test_every_task_stands_in_one_cell_and_the_cancelled_in_none() -> None:
    numbers = count([*(_task(cell) for cell in CELLS), _task("open_in_time", due_soon=True), _task("not_counted")])
    assert [numbers[cell] for cell in CELLS] == [1, 1, 2, 1]
    assert (numbers["total"], numbers["cancelled"], numbers["due_soon"]) == (5, 1, 1)


def test_a_cancelled_task_needs_no_lead_and_no_report() -> None:
    numbers = count([_task("not_counted", has_lead=False, has_report=False)])
    assert (numbers["without_lead"], numbers["without_report"]) == (0, 0)


def test_two_rates_under_two_names() -> None:
    counts = count([_task("done_on_time")] * 16051 + [_task("open_overdue")] * 223 + [_task("open_in_time")] * 1000)
    assert rates(counts) == {"of_all": "92.9", "of_due": "98.6"}


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(0, 0, None), (0, 5, "0.0"), (5, 5, "100.0"), (99999, 100000, "99.9"), (28, 69, "40.5"), (1, 3, "33.3")],
)
def test_rate_is_cut_to_one_decimal_so_it_never_reads_full_when_it_is_not(
    part: int, whole: int, expected: str | None
) -> None:
    assert rate(part, whole) == expected
    assert expected is None or Decimal(expected) <= 100


def test_changes_beside_nothing_and_beside_the_last() -> None:
    now = count([_task("done_late"), _task("open_overdue")])
    assert changes(now, None)[0] == Change("total", None, 2)
    last = {each.name: each for each in changes(now, count([_task("open_overdue")] * 3))}
    assert (last["open_overdue"].difference, last["done_late"].difference, last["total"].before) == (-2, 1, 3)
