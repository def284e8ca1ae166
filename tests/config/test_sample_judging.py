"""The cycles of the worked example fit into the year, whatever day it is made on."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.utils.timezone import localdate

from tiendo.config.sample.judging import Plot, schedule
from tiendo.config.sample.world import Agenda


class _Listed:
    """An agenda that only remembers."""

    def __init__(self) -> None:
        self.acts: list[Any] = []

    def add(self, at: datetime, act: Any) -> None:
        self.acts.append(act)


def test_last_year_is_over_before_it_is_decided_on_every_day_of_the_year() -> None:
    for days in range(366):
        listed, unasked = _Listed(), cast(Any, None)
        now = datetime(2027, 1, 1, 5, tzinfo=UTC) + timedelta(days=days)
        schedule(unasked, cast(Agenda, listed), unasked, now=now)
        done = [each for act in listed.acts for each in act.args if isinstance(each, Plot) and each.is_done]
        assert done
        assert all(plot.until <= localdate(plot.day(37)) for plot in done), now
