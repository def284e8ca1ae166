"""Templates of report periods as data, and the dates each gives in a year. Pure.

The general report regime asks each month, quarter, half-year, nine months and year. Data is cut around the 14th of the
last month, so that a report is ready before the month ends, and is sent a few working days later; which day and how
many differ from rule to rule, so both are settings (`Reading`). The plan itself asks before 15 June and before
1 December (IV.3, R016); whether "before" takes in the day itself is a setting too.

Spans of data are from-inclusive, to-exclusive, and join without a gap. A name says the period once and for all: it is
stored, so it is Vietnamese whatever language a page is read in.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from gettext import gettext as _

from tiendo.calendars.periods import PeriodDates, due_moment, half_year_periods
from tiendo.calendars.working_days import OfficeCalendar

_ROMAN = ("I", "II", "III", "IV")
PLAN = "plan"  # the plan's own two days a year, given by `calendars.periods`


@dataclass(frozen=True)
class Reading:
    """How the office reads the rules on periods."""

    cut_day: int = 14  # the last day whose data counts; 31 is the end of each month
    send_days: int = 3  # working days from there to the last good day
    inclusive: bool = False  # whether "before D" takes in D


@dataclass(frozen=True)
class Template:
    """One kind of period: the months in which its data is cut, and how many months the data covers."""

    code: str
    words: str
    months: int
    cut_in: tuple[int, ...]
    opens_days: int  # calendar days from opening to the end of data

    def name(self, year: int, month: int) -> str:
        """ "Tháng 3 năm 2026", "Quý I năm 2026", "6 tháng năm 2026", "Năm 2026"."""
        if self.code == "month":
            return f"Tháng {month} năm {year}"
        if self.code == "quarter":
            return f"Quý {_ROMAN[month // 3 - 1]} năm {year}"
        return f"Năm {year}" if self.code == "year" else f"{self.months} tháng năm {year}"


TEMPLATES: dict[str, Template] = {
    template.code: template
    for template in (
        Template("month", _("Tháng"), 1, tuple(range(1, 13)), 5),
        Template("quarter", _("Quý"), 3, (3, 6, 9, 12), 10),
        Template("half_year", _("6 tháng"), 6, (6,), 14),
        Template("nine_months", _("9 tháng"), 9, (9,), 14),
        Template("year", _("Năm"), 12, (12,), 14),
        Template(PLAN, _("Theo kế hoạch: trước 15/6 và trước 1/12"), 6, (6, 12), 30),
    )
}


@dataclass(frozen=True)
class Coming:
    """One period as a template gives it. `slot` names it within its template, whatever it is called later."""

    slot: str
    name: str
    data_from: date
    data_to: date
    opens_on: date
    last_good_day: date
    commune_day: date
    due_text: str

    @property
    def due_at(self) -> datetime:
        """From this moment on a report is late."""
        return due_moment(self.last_good_day)

    @property
    def commune_due_at(self) -> datetime:
        """The same for communes."""
        return due_moment(self.commune_day)


def most_days_earlier(code: str, *, reading: Reading | None = None) -> int:
    """How many working days before the others communes may be asked, whatever holidays the years to come bring.

    Under the regime not before the data is cut; under the plan within half of the window, which even a long holiday
    leaves. Raises KeyError for an unknown template.
    """
    template = TEMPLATES[code]
    return template.opens_days // 2 if code == PLAN else (reading or Reading()).send_days


def periods_in(
    code: str, year: int, *, office: OfficeCalendar, reading: Reading | None = None, commune_days: int = 0
) -> tuple[Coming, ...]:
    """The periods whose data is cut in the year, in order.

    A window opens on a working day: one that would open on a day off opens on the working day before. The last good
    day is a working day where the rule counts working days; where it names a date, as the plan does, the date stands.
    Communes have `commune_days` working days more, or fewer when negative, though never less than the first day of the
    window. Raises KeyError for an unknown template.
    """
    template, reading = TEMPLATES[code], reading or Reading()
    if code == PLAN:
        found = _by_the_plan(template, year, reading)
    else:
        found = [_by_the_regime(template, year, month, office, reading) for month in template.cut_in]
    return tuple(_placed(slot, dates, text, office, commune_days) for slot, dates, text in found)


def periods_from(
    code: str, day: date, until: date, *, office: OfficeCalendar, reading: Reading | None = None, commune_days: int = 0
) -> list[Coming]:
    """In order: every period due on `day` or later whose window opens by `until`, and one more, the next to come."""
    found: list[Coming] = []
    for year in range(day.year - 1, until.year + 3):
        for coming in periods_in(code, year, office=office, reading=reading, commune_days=commune_days):
            if coming.last_good_day < day:
                continue
            found.append(coming)
            if coming.opens_on > until:
                return found
    return found


def _by_the_plan(template: Template, year: int, reading: Reading) -> list[tuple[str, PeriodDates, str]]:
    dates = half_year_periods(year, opens_days_before=template.opens_days, inclusive=reading.inclusive)
    texts = (f"trước ngày 15/6/{year}", f"trước ngày 01/12/{year}")
    return [(f"{year}-{number}", *pair) for number, pair in enumerate(zip(dates, texts, strict=True), start=1)]


def _by_the_regime(
    template: Template, year: int, month: int, office: OfficeCalendar, reading: Reading
) -> tuple[str, PeriodDates, str]:
    data_to = _cut(year, month, reading.cut_day)
    data_from = _cut(*_months_before(year, month, template.months), reading.cut_day)
    last_good_day = office.add(data_to - timedelta(days=1), reading.send_days)
    opens_on = data_to - timedelta(days=template.opens_days)
    dates = PeriodDates(template.name(year, month), data_from, data_to, opens_on, last_good_day)
    return f"{year}-{month:02d}", dates, f"chậm nhất ngày {last_good_day:%d/%m/%Y}"


def _placed(slot: str, dates: PeriodDates, text: str, office: OfficeCalendar, commune_days: int) -> Coming:
    last, opens_on = dates.last_good_day, office.at_or_before(dates.opens_on)
    return Coming(
        slot=slot,
        name=dates.name,
        data_from=dates.data_from,
        data_to=dates.data_to,
        opens_on=opens_on,
        last_good_day=last,
        commune_day=max(opens_on, office.add(last, commune_days)) if commune_days else last,
        due_text=text,
    )


def _cut(year: int, month: int, cut_day: int) -> date:
    """The first day whose data no longer counts; a month shorter than the cut-off day ends with its own last day."""
    return date(year, month, min(cut_day, monthrange(year, month)[1])) + timedelta(days=1)


def _months_before(year: int, month: int, months: int) -> tuple[int, int]:
    index = year * 12 + month - 1 - months
    return index // 12, index % 12 + 1
