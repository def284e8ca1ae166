"""What an officer need not type again."""

from datetime import date
from decimal import Decimal

import pytest

from tiendo.plans.states import WorkState
from tiendo.reporting.prefilling import for_another, start_from, year_of
from tiendo.reporting.rules import Values

LAST = Values(
    state=WorkState.IN_PROGRESS,
    percent=Decimal(40),
    result="Đã khảo sát 5 xã.",
    difficulty="Thiếu vốn",
    money_used=Decimal(100),
    money_allocated=Decimal(900),
    percent_estimate=Decimal(80),
)


def test_what_stands_is_there_and_what_is_new_is_asked() -> None:
    found = start_from(LAST, LAST, same_year=True, asks_estimate=True)
    assert (found.state, found.percent, found.difficulty) == (WorkState.IN_PROGRESS, Decimal(40), "Thiếu vốn")
    assert (found.money_allocated, found.percent_estimate) == (Decimal(900), Decimal(80))
    assert (found.result, found.money_used) == ("", None)


@pytest.mark.parametrize(("same_year", "asks"), [(False, True), (True, False)])
def test_an_estimate_stands_only_within_its_year_and_where_it_is_asked(same_year: bool, asks: bool) -> None:
    found = start_from(LAST, LAST, same_year=same_year, asks_estimate=asks)
    assert found.percent_estimate is None
    assert (found.money_allocated is None) is not same_year


def test_the_task_speaks_before_the_last_report() -> None:
    task = Values(state=WorkState.PAUSED, percent=Decimal(55))
    found = start_from(task, LAST, same_year=True, asks_estimate=False)
    assert (found.state, found.percent) == (WorkState.PAUSED, Decimal(55))


def test_a_state_no_unit_reports_is_not_offered() -> None:
    assert start_from(Values(state=WorkState.CANCELLED), None, same_year=False, asks_estimate=False).state is None


def test_another_report_gets_the_words_but_no_money_of_another_year() -> None:
    within = for_another(LAST, same_year=True, asks_estimate=False)
    assert (within.result, within.money_used, within.percent_estimate) == (LAST.result, LAST.money_used, None)
    beyond = for_another(LAST, same_year=False, asks_estimate=True)
    assert (beyond.money_used, beyond.money_allocated, beyond.percent_estimate) == (None, None, None)


def test_data_up_to_new_year_belongs_to_the_old_year() -> None:
    assert year_of(date(2027, 1, 1)) == 2026
    assert year_of(date(2026, 6, 1)) == 2026
