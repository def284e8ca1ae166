"""Due days as an iCalendar file (RFC 5545), for the calendar program of a person's phone or desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

# From the midnight with which the day begins: nine in the morning two days before, eight on the day itself.
ALARMS = (timedelta(hours=9) - timedelta(days=2), timedelta(hours=8))


@dataclass(frozen=True)
class DueDay:
    """One all-day entry. `uid` stays the same for as long as the thing exists, so that a moved day moves."""

    uid: str
    day: date
    title: str
    url: str
    note: str = ""


def calendar_file(days: Iterable[DueDay], *, name: str, at: datetime) -> bytes:
    """The whole calendar, in the order given."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tien Do//Lich//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", "PT6H")
    for day in days:
        calendar.add_component(_event(day, at))
    return bytes(calendar.to_ical())


def _event(due: DueDay, at: datetime) -> Event:
    event = Event()
    event.add("uid", due.uid)
    event.add("dtstamp", at)
    event.add("dtstart", due.day)
    event.add("dtend", due.day + timedelta(days=1))
    event.add("summary", due.title)
    event.add("url", due.url)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    if due.note:
        event.add("description", due.note)
    for trigger in ALARMS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", due.title)
        alarm.add("trigger", trigger)
        event.add_component(alarm)
    return event
