"""What a report on a task may start from, so that only what is new is asked. Pure."""

from dataclasses import replace
from datetime import date, timedelta

from tiendo.plans.states import REPORTABLE
from tiendo.reporting.rules import Values


def year_of(data_to: date) -> int:
    """The calendar year a period's data ends in; `data_to` itself is no longer part of it."""
    return (data_to - timedelta(days=1)).year


def start_from(task: Values, last: Values | None, *, same_year: bool, asks_estimate: bool) -> Values:
    """The first draft: state and percentage as the system holds them, and what of the last report still stands.

    `task` carries the task's own state and percentage, `last` what was last accepted. Money counts from 1 January:
    what was used must be asked for again, what was allocated stands through the year (`same_year`), and so does the
    estimate to its end. The result is always new.
    """
    stands = last or Values()
    state = task.state if task.state in REPORTABLE else stands.state
    return Values(
        state=state,
        percent=task.percent if task.percent is not None else stands.percent,
        completed_on=task.completed_on,
        difficulty=stands.difficulty,
        money_allocated=stands.money_allocated if same_year else None,
        percent_estimate=stands.percent_estimate if same_year and asks_estimate else None,
    )


def for_another(values: Values, *, same_year: bool, asks_estimate: bool) -> Values:
    """The same words for another report that asks for them: what is counted by the year only within the year."""
    money = values if same_year else Values()
    estimate = values.percent_estimate if same_year and asks_estimate else None
    return replace(
        values, money_used=money.money_used, money_allocated=money.money_allocated, percent_estimate=estimate
    )
