"""The story's calendar: whatever the day, two periods are closed and one is open; acts come in order."""

from datetime import UTC, datetime, timedelta

import pytest

from tiendo.config.sample.story import CLOSING, OPEN_FOR, Line, fate, people, progress, times
from tiendo.config.sample.world import Agenda


@pytest.mark.parametrize(
    ("now", "name"),
    [
        (datetime(2026, 11, 23, 2, tzinfo=UTC), "6 tháng cuối năm 2026"),
        (datetime(2026, 11, 2, 2, tzinfo=UTC), "6 tháng cuối năm 2026"),
        (datetime(2026, 12, 5, 2, tzinfo=UTC), "6 tháng cuối năm 2026"),
        (datetime(2026, 12, 15, 2, tzinfo=UTC), "6 tháng đầu năm 2027"),
        (datetime(2027, 2, 28, 2, tzinfo=UTC), "6 tháng đầu năm 2027"),
        (datetime(2027, 6, 28, 17, tzinfo=UTC), "6 tháng cuối năm 2027"),
    ],
)
def test_open_period_is_the_one_people_work_on_that_day(now: datetime, name: str) -> None:
    first, second, current = times(now)

    assert current.dates.name == name
    assert current.closes_at is None
    assert current.opens_at <= now - OPEN_FOR
    assert first.closes_at is not None
    assert second.closes_at is not None
    assert first.closes_at < second.closes_at <= now


def test_closed_periods_close_after_the_last_correction() -> None:
    _, second, _ = times(datetime(2026, 11, 23, 2, tzinfo=UTC))

    assert second.closes_at is not None
    assert timedelta(days=13) < second.closes_at - second.dates.due_at < CLOSING


def test_reports_are_early_late_and_missing_by_unit() -> None:
    assert fate(0, "so-y-te", 3, idle=False) is not None
    assert fate(0, "03439", 3, idle=False) is None
    late = fate(1, "so-xay-dung", 3, idle=False)
    assert late is not None
    assert late.days > 0


def test_idle_units_of_the_open_period_are_read_waiting_or_silent() -> None:
    seen = [fate(2, "03640", place, idle=True) for place in range(30)]

    assert [each.accepted for each in seen if each] == [True] * 12 + [False] * 6
    assert seen[18:] == [None] * 12


def test_everybody_has_one_account_and_every_reporting_unit_a_head() -> None:
    persons = people()
    heads = {person.unit for person in persons if person.role == "head"}

    assert len({person.username for person in persons}) == len(persons)
    assert len(heads) == 57
    assert len({person.unit for person in persons if person.role == "officer"} & heads) >= 12


def test_lines_tell_of_returns_and_of_a_completion_without_evidence() -> None:
    lines: list[Line] = [line for each in progress().values() for line in each]

    assert sum(bool(line.returned) for line in lines) >= 3
    assert [line.task for line in lines if line.lacks_evidence] == ["14"]


def test_agenda_runs_acts_by_moment_and_takes_further_ones_on_the_way() -> None:
    start, done = datetime(2026, 1, 1, tzinfo=UTC), []
    agenda = Agenda()

    def first(at: datetime) -> None:
        done.append("first")
        agenda.add(at + timedelta(hours=1), lambda at: done.append("between"))

    agenda.add(start + timedelta(hours=2), lambda at: done.append("last"))
    agenda.add(start, first)
    agenda.run()

    assert done == ["first", "between", "last"]
