"""What is red and why."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tiendo.indicators.readings import Alarm, Goal, Reading, alarm_of, below, overview_of
from tiendo.indicators.states import Firmness, Presence, State

TODAY = date(2026, 7, 1)
PAST, AHEAD = date(2025, 12, 31), date(2030, 12, 31)


def reading(code: str = "A", state: str = "not_met", presence: str = "value", **fields: Any) -> Reading:
    made = Reading(
        indicator=1, code=code, name=code, measure="%", decimals=1, unit=1, unit_name=f"Đơn vị {code}",
        presence=Presence(presence), awaited="2026", awaited_on=AHEAD, firmness=Firmness.FIRM, state=State(state),
        value=Decimal(1), goal=Goal("≥ 5", PAST, Firmness.FIRM),
    )  # fmt: skip
    return replace(made, **fields)


STRIVES: dict[str, Any] = {"firmness": Firmness.ASPIRATIONAL}
LATER: dict[str, Any] = {"goal": Goal("≥ 5", AHEAD, Firmness.FIRM)}


@pytest.mark.parametrize(
    ("made", "alarm"),
    [
        (reading(), Alarm.MISSED),
        (reading(presence="missing"), Alarm.MISSED),  # a figure that is late hides no missed target
        (reading(**LATER), Alarm.BEHIND),
        (reading(**LATER, presence="missing"), Alarm.MISSING),
        (reading(**STRIVES), Alarm.ASPIRED),
        (reading(**STRIVES, presence="missing"), Alarm.MISSING),
        (reading(state="no_data", presence="missing"), Alarm.MISSING),
        (reading(state="met", presence="missing"), Alarm.MISSING),
        (reading(state="no_data", presence="not_yet_due"), None),
        (reading(state="on_track"), None),
        (reading(state="met"), None),
        (reading(state="no_target"), None),
    ],
)
def test_why_a_reading_needs_a_look(made: Reading, alarm: Alarm | None) -> None:
    assert alarm_of(made, TODAY) is alarm


@pytest.mark.parametrize(("on", "alarm"), [(date(2025, 12, 30), Alarm.BEHIND), (PAST, Alarm.MISSED)])
def test_a_firm_target_is_missed_from_its_day_on(on: date, alarm: Alarm) -> None:
    assert alarm_of(reading(), on) is alarm


def test_missed_firm_targets_stand_first_then_missing_figures() -> None:
    rows = [
        reading("E", **STRIVES),
        reading("D", **LATER),
        reading("C", "no_data", "missing"),
        reading("B", progress=Decimal(50)),
        reading("A", progress=Decimal(-3)),
        reading("OK", "exceeded"),
    ]
    found = overview_of(rows, TODAY)
    assert [row.code for _alarm, row in found.alarms] == ["A", "B", "C", "D", "E"]
    assert [row.code for row in found.of(Alarm.MISSED)] == ["A", "B"]
    assert (found.states[State.NOT_MET], found.states[State.ON_TRACK], found.total) == (4, 0, 6)
    assert found.presences == {Presence.VALUE: 5, Presence.NOT_YET_DUE: 0, Presence.MISSING: 1}


def test_units_below_their_threshold_lowest_first_then_those_without_a_figure() -> None:
    rows = [
        reading("A", progress=Decimal(90)),
        reading("B", "met"),
        reading("C", "no_data", "missing", value=None),
        reading("D", progress=Decimal(10)),
        reading("E", "no_data", "not_yet_due", value=None),
    ]
    assert [row.code for row in below(rows)] == ["D", "A", "C"]
