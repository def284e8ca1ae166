"""The periods of 2025 to 2027, against dates worked out by hand with a paper calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiendo.calendars.working_days import OfficeCalendar
from tiendo.reporting.period_templates import (
    PLAN,
    TEMPLATES,
    Coming,
    Reading,
    most_days_earlier,
    periods_from,
    periods_in,
)

OFFICE = OfficeCalendar()
# slot: (data from, data to, opens, last good day). The 14th is the last day of data; three working days follow.
BY_HAND: dict[tuple[str, str], tuple[str, str, str, str]] = {
    ("month", "2025-01"): ("2024-12-15", "2025-01-15", "2025-01-10", "2025-01-17"),
    ("month", "2025-02"): ("2025-01-15", "2025-02-15", "2025-02-10", "2025-02-19"),  # the 14th a Friday
    ("month", "2025-03"): ("2025-02-15", "2025-03-15", "2025-03-10", "2025-03-19"),
    ("month", "2025-05"): ("2025-04-15", "2025-05-15", "2025-05-09", "2025-05-19"),  # the 10th a Saturday
    ("month", "2025-12"): ("2025-11-15", "2025-12-15", "2025-12-10", "2025-12-17"),
    ("month", "2026-01"): ("2025-12-15", "2026-01-15", "2026-01-09", "2026-01-19"),
    ("month", "2026-02"): ("2026-01-15", "2026-02-15", "2026-02-10", "2026-02-25"),  # Tết 16 to 20 February
    ("month", "2026-04"): ("2026-03-15", "2026-04-15", "2026-04-10", "2026-04-17"),
    ("month", "2027-02"): ("2027-01-15", "2027-02-15", "2027-02-03", "2027-02-17"),  # would open in Tết
    ("month", "2027-04"): ("2027-03-15", "2027-04-15", "2027-04-09", "2027-04-20"),  # Hùng Kings' day on the 16th
    ("quarter", "2025-12"): ("2025-09-15", "2025-12-15", "2025-12-05", "2025-12-17"),
    ("quarter", "2026-03"): ("2025-12-15", "2026-03-15", "2026-03-05", "2026-03-18"),
    ("quarter", "2026-09"): ("2026-06-15", "2026-09-15", "2026-09-04", "2026-09-17"),  # the 5th a Saturday
    ("half_year", "2026-06"): ("2025-12-15", "2026-06-15", "2026-06-01", "2026-06-17"),
    ("nine_months", "2027-09"): ("2026-12-15", "2027-09-15", "2027-09-01", "2027-09-17"),
    ("year", "2026-12"): ("2025-12-15", "2026-12-15", "2026-12-01", "2026-12-17"),
    ("plan", "2025-1"): ("2024-11-15", "2025-06-01", "2025-05-16", "2025-06-14"),
    ("plan", "2025-2"): ("2025-06-01", "2025-11-15", "2025-10-31", "2025-11-30"),
    ("plan", "2026-1"): ("2025-11-15", "2026-06-01", "2026-05-15", "2026-06-14"),
    ("plan", "2026-2"): ("2026-06-01", "2026-11-15", "2026-10-30", "2026-11-30"),
    ("plan", "2027-1"): ("2026-11-15", "2027-06-01", "2027-05-14", "2027-06-14"),
    ("plan", "2027-2"): ("2027-06-01", "2027-11-15", "2027-11-01", "2027-11-30"),
}
HOW_MANY = {"month": 12, "quarter": 4, "half_year": 1, "nine_months": 1, "year": 1, PLAN: 2}


def three_years(code: str, **more: object) -> dict[str, Coming]:
    return {
        coming.slot: coming
        for year in (2025, 2026, 2027)
        for coming in periods_in(code, year, office=OFFICE, **more)  # type: ignore[arg-type]
    }


@pytest.mark.parametrize(("code", "slot"), BY_HAND)
def test_dates_worked_out_by_hand(code: str, slot: str) -> None:
    coming = three_years(code)[slot]
    dates = (coming.data_from, coming.data_to, coming.opens_on, coming.last_good_day)
    assert tuple(map(str, dates)) == BY_HAND[code, slot]


@pytest.mark.parametrize("code", TEMPLATES)
def test_three_years_have_every_period_once_in_order(code: str) -> None:
    found = three_years(code)
    assert len(found) == 3 * HOW_MANY[code]
    assert len({coming.name for coming in found.values()}) == len(found)
    for coming in found.values():
        assert coming.data_from < coming.data_to
        assert coming.opens_on <= coming.last_good_day
        assert coming.data_to <= coming.last_good_day + timedelta(days=1)
        assert OFFICE.is_working(coming.opens_on)


@pytest.mark.parametrize("code", ["month", "quarter", PLAN, "year"])
def test_data_joins_without_a_gap_over_the_turn_of_the_year(code: str) -> None:
    found = list(three_years(code).values())
    assert [after.data_from for after in found[1:]] == [before.data_to for before in found[:-1]]


@pytest.mark.parametrize("code", ["half_year", "nine_months", "year"])
def test_cumulative_periods_of_a_year_begin_together(code: str) -> None:
    assert [str(each.data_from) for each in three_years(code).values()] == ["2024-12-15", "2025-12-15", "2026-12-15"]


def test_names_are_those_officials_use() -> None:
    said = {code: next(iter(three_years(code).values())).name for code in TEMPLATES}
    assert said == {
        "month": "Tháng 1 năm 2025",
        "quarter": "Quý I năm 2025",
        "half_year": "6 tháng năm 2025",
        "nine_months": "9 tháng năm 2025",
        "year": "Năm 2025",
        PLAN: "6 tháng đầu năm 2025",
    }
    assert [each.due_text for each in periods_in(PLAN, 2026, office=OFFICE)] == [
        "trước ngày 15/6/2026",
        "trước ngày 01/12/2026",
    ]


@pytest.mark.parametrize(("inclusive", "days"), [(False, ["06-14", "11-30"]), (True, ["06-15", "12-01"])])
def test_whether_before_takes_in_the_day_is_a_setting(inclusive: bool, days: list[str]) -> None:
    found = periods_in(PLAN, 2026, office=OFFICE, reading=Reading(inclusive=inclusive))
    assert [f"{each.last_good_day:%m-%d}" for each in found] == days


@pytest.mark.parametrize(("year", "last"), [(2024, "2024-02-29"), (2025, "2025-02-28")])
def test_months_of_28_to_31_days_may_be_cut_at_their_end(year: int, last: str) -> None:
    months = periods_in("month", year, office=OFFICE, reading=Reading(cut_day=31, send_days=2))
    assert str(months[1].data_to - timedelta(days=1)) == last
    assert [str(each.data_to) for each in months[:4]] == [f"{year}-0{n}-01" for n in (2, 3, 4, 5)]
    assert str(months[11].data_to) == f"{year + 1}-01-01"
    assert months[11].last_good_day.year == year + 1


def test_communes_may_be_asked_earlier_or_later() -> None:
    # Three working days before Wednesday 25 February 2026 is Friday the 13th: Tết lies between.
    february = periods_in("month", 2026, office=OFFICE, commune_days=-3)[1]
    assert (str(february.last_good_day), str(february.commune_day)) == ("2026-02-25", "2026-02-13")
    assert str(periods_in("month", 2026, office=OFFICE, commune_days=2)[1].commune_day) == "2026-02-27"
    same = periods_in(PLAN, 2026, office=OFFICE)[0]
    assert same.commune_day == same.last_good_day == date(2026, 6, 14)  # a Sunday: the plan names the date
    assert same.commune_due_at == same.due_at


@settings(max_examples=200)
@given(
    code=st.sampled_from(sorted(TEMPLATES)),
    year=st.integers(2024, 2035),
    cut_day=st.integers(1, 31),
    send_days=st.integers(1, 10),
)
def test_no_commune_owes_before_the_window_opens(code: str, year: int, cut_day: int, send_days: int) -> None:
    asked = Reading(cut_day=cut_day, send_days=send_days)
    most = most_days_earlier(code, reading=asked)
    for coming in periods_in(code, year, office=OFFICE, reading=asked, commune_days=-most):
        assert coming.opens_on <= OFFICE.add(coming.last_good_day, -most) == coming.commune_day
    for coming in periods_in(code, year, office=OFFICE, reading=asked, commune_days=-40):
        assert coming.commune_day == coming.opens_on


def test_announced_days_off_move_what_counts_working_days() -> None:
    closed = OfficeCalendar(days_off=frozenset([date(2026, 3, 10), date(2026, 3, 17)]))
    march = periods_in("month", 2026, office=closed)[2]
    assert (str(march.opens_on), str(march.last_good_day)) == ("2026-03-09", "2026-03-19")


def test_what_is_due_since_a_day_and_the_one_to_come() -> None:
    found = periods_from("month", date(2026, 1, 20), date(2026, 4, 1), office=OFFICE)
    assert [each.slot for each in found] == ["2026-02", "2026-03", "2026-04"]
    over = periods_from("month", date(2025, 12, 1), date(2025, 12, 31), office=OFFICE)
    assert [each.slot for each in over] == ["2025-12", "2026-01"]
    assert [each.slot for each in periods_from(PLAN, date(2026, 7, 1), date(2026, 7, 1), office=OFFICE)] == ["2026-2"]
    late = periods_from("month", date(2026, 1, 3), date(2026, 1, 3), office=OFFICE, reading=Reading(cut_day=31))
    assert [each.slot for each in late] == ["2025-12", "2026-01"]  # December's is due in January


@given(st.sampled_from(sorted(TEMPLATES)), st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.integers(0, 400))
def test_waiting_longer_never_changes_what_was_made_before(code: str, day: date, later: int) -> None:
    soon = periods_from(code, day, day, office=OFFICE)
    then = periods_from(code, day, day + timedelta(days=later), office=OFFICE)
    assert then[: len(soon)] == soon
    assert soon[-1].opens_on > day
