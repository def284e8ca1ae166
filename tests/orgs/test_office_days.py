"""Days off and days worked instead: entered by a paper, replaced, taken away, each act kept in the log."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError

from tiendo.audit.models import Event
from tiendo.calendars.working_days import known_days
from tiendo.orgs.actions import remove_office_day, set_office_day
from tiendo.orgs.models import OfficeDay
from tiendo.orgs.queries import office_calendar

FRIDAY = date(2026, 6, 12)


def test_an_entered_day_is_counted_and_replaced(db: None, now: datetime) -> None:
    set_office_day(day=FRIDAY, kind="off", note=" 12/TB-UBND ", by="chi", at=now)
    assert not office_calendar().is_working(FRIDAY)
    set_office_day(day=FRIDAY, kind="worked", note="15/TB-UBND", by="chi", at=now)
    assert office_calendar().is_working(FRIDAY)
    assert OfficeDay.objects.get().note == "15/TB-UBND"
    told = Event.objects.filter(act="orgs.office_day.set").order_by("seq").last()
    assert told is not None
    assert told.detail["was"] == {"kind": "off", "note": "12/TB-UBND"}


def test_a_day_taken_away_follows_the_public_calendar_again(db: None, now: datetime) -> None:
    day = set_office_day(day=FRIDAY, kind="off", note="12/TB-UBND", by="chi", at=now)
    remove_office_day(office_day=day, reason="15/TB-UBND", by="chi", at=now)
    assert office_calendar().is_working(FRIDAY)
    told = Event.objects.get(act="orgs.office_day.remove")
    assert (told.subject, told.detail["reason"]) == ("orgs.office_day:2026-06-12", "15/TB-UBND")


@pytest.mark.parametrize(("kind", "note"), [("off", "  "), ("maybe", "12/TB-UBND")])
def test_a_day_without_a_paper_or_of_another_kind_is_refused(db: None, now: datetime, kind: str, note: str) -> None:
    with pytest.raises(ValidationError):
        set_office_day(day=FRIDAY, kind=kind, note=note, by="chi", at=now)
    assert not OfficeDay.objects.exists()
    assert not Event.objects.exists()


def test_the_public_calendar_names_tet_and_days_worked_in_exchange() -> None:
    known = {row.day: row for row in known_days(2026)}
    assert known[date(2026, 2, 17)].name == "Tết Nguyên Đán"
    assert known[date(2026, 8, 22)].works
    assert not known[date(2026, 8, 31)].works
    assert {row.day.year for row in known.values()} == {2026}
    english = [row.name for row in known_days(2026, language="en_US")]
    assert "Lunar New Year" in english
    assert any("22/08/2026" in name for name in english)
    assert not any("08/22/2026" in name for name in english)
