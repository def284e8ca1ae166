"""A year of sixty units and three hundred tasks ends in two reports whose every figure an independent oracle counts."""

import itertools
from decimal import Decimal

import pytest

from tests.oracles.desks import Lying, Span, days_by_desk, runs, spans
from tests.oracles.year import figures_of
from tests.year.calendar import at_hour
from tests.year.quarter import ALONE, AWAY, SUBSTITUTED
from tests.year.story import LAST_DAY, OPENED, Story
from tiendo.audit.queries import find_break
from tiendo.calendars.working_days import OfficeCalendar
from tiendo.orgs.queries import office_calendar
from tiendo.reporting.models import Duty, Entry, Reminder, Stay, Submission
from tiendo.reporting.papers.figures import figures
from tiendo.reporting.papers.gathering import facts_of
from tiendo.reporting.workflow import Desk

pytestmark = pytest.mark.slow
SEED = 57
LAST_MOMENT = at_hour(LAST_DAY, 23)


def test_a_year_is_lived_and_both_issued_reports_are_what_people_did(db):
    """One test, for the year is long: it is lived once and looked at from every side."""
    year = Story(SEED)
    year.live()
    the_clock_opened_every_period_on_its_day_though_it_stood_still(year)
    every_figure_of_an_issued_report_is_what_people_did(year, 2)
    every_figure_of_an_issued_report_is_what_people_did(year, 4)
    a_correction_after_the_closing_changes_no_issued_figure(year)
    days_on_the_desks_add_up_for_every_report()
    nothing_was_lost_and_the_log_is_whole(year)
    who_was_reminded_was_reminded_once_at_each_mark()
    the_story_held_what_it_was_to_hold(year)


def the_clock_opened_every_period_on_its_day_though_it_stood_still(year: Story) -> None:
    assert year.opened == OPENED


def every_figure_of_an_issued_report_is_what_people_did(year: Story, number: int) -> None:
    issued = {figure["key"]: _number(figure["value"]) for figure in year.issued[number].figures}
    assert issued == figures_of(year.chronicle, number)


def a_correction_after_the_closing_changes_no_issued_figure(year: Story) -> None:
    report = year.issued[2]
    again = {key: figure.value for key, figure in figures(facts_of(report.period)).items()}
    assert {figure["key"]: _number(figure["value"]) for figure in report.figures} == again
    newest = Submission.objects.filter(entry__task__code=year.corrected, entry__duty__period=report.period).latest("pk")
    assert newest.decided_at is not None
    assert newest.decided_at > report.issued_at


def days_on_the_desks_add_up_for_every_report() -> None:
    """Each report's stays follow each other without a gap from the opening on; the working days on the desks of a
    report are together those from its first moment there to its last."""
    office = office_calendar()
    duties = Duty.objects.prefetch_related("stays").select_related("period")
    for duty in duties:
        stays = sorted(duty.stays.all(), key=lambda stay: (stay.arrived_at, stay.pk))
        assert stays[0].arrived_at == duty.period.opened_at
        until = max(stay.left_at or LAST_MOMENT for stay in stays)
        _adds_up(spans([_lying(stay) for stay in stays], until=until), office)


def _adds_up(found: list[Span], office: OfficeCalendar) -> None:
    on_desks = sum(days_by_desk(found, office).values(), Decimal(0))
    assert on_desks == sum((office.elapsed(start, end) for start, end in runs(found)), Decimal(0))
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


def nothing_was_lost_and_the_log_is_whole(year: Story) -> None:
    assert Submission.objects.count() == len(year.chronicle.words)
    assert find_break() is None
    assert Entry.objects.exclude(revision=0).count() > 700


def who_was_reminded_was_reminded_once_at_each_mark() -> None:
    marks = list(Reminder.objects.values_list("duty", "days_before"))
    assert len(marks) == len(set(marks))
    assert marks


def the_story_held_what_it_was_to_hold(year: Story) -> None:
    assert len(year.quarrels) == 2
    assert any("disputed" in words for words in year.refused)
    assert sum("locked" in words for words in year.refused) == 4
    turns = year.chronicle.turns.values()
    assert any(turn.sent_at is None for turn in turns)
    assert any(turn.sent_at and turn.sent_at >= turn.due_at for turn in turns)
    assert any(turn.nothing_new for turn in turns)
    signers = {duty.unit_id: duty.sent_by for duty in Duty.objects.filter(period=year.periods[AWAY])}
    for number in (*SUBSTITUTED, *ALONE):
        office = year.province.offices[number]
        assert signers[office.unit.pk] not in (None, office.head)


def _lying(stay: Stay) -> Lying:
    return Lying(Desk(stay.desk), stay.arrived_at, stay.left_at)


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
