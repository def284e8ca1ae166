import subprocess
import sys
import time

import pytest

from tests import pace


def eight_times() -> None:
    for _each in range(8):
        pace._yardstick()


def test_work_is_held_against_the_yardstick() -> None:
    with pace.takes_at_most(6):
        pace._yardstick()
    with pytest.raises(AssertionError, match="at most 1 are allowed"), pace.takes_at_most(1):
        eight_times()


def test_waiting_costs_nothing_and_the_work_of_children_counts() -> None:
    work = "sum(n * n for n in range(2_000_000))"
    assert pace.cost_of(lambda: time.sleep(0.3)) < pace.cost_of(pace._yardstick)
    assert pace.cost_of(lambda: subprocess.run([sys.executable, "-c", work], check=True)) > pace.cost_of(
        lambda: sum(n * n for n in range(1_000_000))
    )
