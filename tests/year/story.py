"""Who does what on which day of the year. Seeded: the same seed tells the same story.

Four periods: one set by hand across Tết, then three of the quarterly schedule. Among sixty units some are late, silent
or have nothing new; reports are returned and sent again; heads are away with and without a substitute; a coordinating
agency does not agree; the clock of the house stands still for four days over an opening; one deadline is moved; one
item is corrected after its period was closed.
"""

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.http import urlencode

from tests.year import deeds
from tests.year.calendar import at_hour, later
from tests.year.chronicle import Chronicle
from tests.year.people import Person, moment
from tests.year.province import Office, Province, build
from tests.year.quarter import ALONE, AWAY, SUBSTITUTED, Quarter
from tiendo.accounts.models import User
from tiendo.reporting.models import Entry, ExtensionRequest, IssuedReport, Period
from tiendo.reporting.tasks import keep_schedule

STEP = timedelta(minutes=3)  # between two acts of a day
FIRST_DAY, LAST_DAY = date(2026, 1, 20), date(2027, 1, 15)
CLOCK_OFF = (date(2026, 9, 4), date(2026, 9, 7))  # nobody wakes the house from the first to the last of these days
# The last good days, worked out by hand: three working days after the 14th, communes one working day earlier.
DUE = {
    1: {False: date(2026, 2, 27), True: date(2026, 2, 27)},
    2: {False: date(2026, 6, 17), True: date(2026, 6, 16)},
    3: {False: date(2026, 9, 17), True: date(2026, 9, 16)},
    4: {False: date(2026, 12, 17), True: date(2026, 12, 16)},
}
OPENED = {1: date(2026, 2, 2), 2: date(2026, 6, 5), 3: date(2026, 9, 8), 4: date(2026, 12, 4)}
Deed = Callable[[datetime], None]


class Story:
    """The year as it goes on: a day at a time, the clock of the house first, then the deeds of the day in turn."""

    ISSUED_AFTER = (2, 4)

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.chronicle = Chronicle()
        self.agenda: dict[date, list[Deed]] = defaultdict(list)
        self.issued: dict[int, IssuedReport] = {}
        self.periods: dict[int, Period] = {}
        self.opened: dict[int, date] = {}
        self.refused: list[str] = []  # what the house was right to refuse
        self.quarrels: dict[str, str] = {}  # task → what the coordinating agency said
        self.corrected = ""  # the task put right after its period was closed
        self.browsers: dict[int, Person] = {}
        with moment(at_hour(date(2026, 1, 5), 8)):
            self.province: Province = build(self.chance, self.chronicle)

    def live(self) -> None:
        """The whole year."""
        self.on(FIRST_DAY, self._set_first_period)
        self.on(date(2026, 4, 1), self._start_schedule)
        self.on(date(2026, 5, 11), self._ask_for_more_time)
        self.on(date(2026, 5, 14), self._grant_it)
        self.on(OPENED[AWAY], self._leave)
        self.on(date(2026, 8, 3), self._open_again)
        self.on(date(2026, 8, 4), self._correct)
        self.on(date(2026, 8, 5), self._accept_correction)
        day = FIRST_DAY
        while day <= LAST_DAY:
            self._live_through(day)
            day += timedelta(days=1)

    def on(self, day: date, deed: Deed) -> None:
        self.agenda[day].append(deed)

    def person(self, user: User) -> Person:
        """The person's browser, signed in today."""
        known = self.browsers.setdefault(user.pk, Person(user))
        known.sign_in()
        return known

    def signer(self, office: Office, period: int) -> Person:
        """Who may sign for the office in that period: its head, the substitute, or the unit above."""
        if period == AWAY and office.number in SUBSTITUTED:
            return self.person(office.deputy)
        if self.is_alone(office, period):
            return self.person(self.province.chairman)
        return self.person(office.head)

    def is_alone(self, office: Office, period: int) -> bool:
        """The head is away and named nobody: the report is laid before the unit above."""
        return period == AWAY and office.number in ALONE

    def office_of(self, unit_id: int) -> Office:
        return next(office for office in self.province.offices if office.unit.pk == unit_id)

    def _live_through(self, day: date) -> None:
        if not CLOCK_OFF[0] <= day <= CLOCK_OFF[1]:
            with moment(at_hour(day, 6)):
                keep_schedule.call()
                keep_schedule.call()  # a second run does nothing twice
        self._meet_new_periods(day)
        at = at_hour(day, 8)
        for deed in self.agenda.pop(day, []):
            at += STEP
            with moment(at):
                deed(at)

    def _meet_new_periods(self, day: date) -> None:
        """What the clock has opened is taken up by everybody."""
        for period in Period.objects.exclude(opened_at=None).order_by("due_at"):
            if period not in self.periods.values():
                number = len(self.periods) + 1
                self.periods[number], self.opened[number] = period, day
                Quarter(self, number, period, day, DUE[number]).plan()

    def _set_first_period(self, at: datetime) -> None:
        self.person(self.province.coordinator).open(reverse("reporting:period-create")).send(
            None,
            plan=str(self.province.plan.pk),
            name="Đợt đầu năm",
            data_from="2025-12-15",
            data_to="2026-02-15",
            opens_on="2026-02-02",
            last_good_day="2026-02-27",
            due_text="trước ngày 28/02/2026",
        )

    def _start_schedule(self, at: datetime) -> None:
        """First a look at the dates of the coming year, then the button below them."""
        typed = {"plan": str(self.province.plan.pk), "template": "quarter", "commune_days": "-1"}
        asked = urlencode(typed | {"started_on": "2026-04-01"})
        page = self.person(self.province.coordinator).open(f"{reverse('reporting:schedule-start')}?{asked}")
        page.send(None)

    def _ask_for_more_time(self, at: datetime) -> None:
        """The head of the fifth office asks to move its first task that is due in autumn or later."""
        office = self.province.offices[5]
        jobs = self.chronicle.jobs
        self.moved = next(code for code in office.tasks if jobs[code].due_on > date(2026, 6, 30))
        page = self.person(office.head).open(reverse("reporting:task-extension", args=[self.moved]))
        wanted = jobs[self.moved].due_on + timedelta(days=120)
        page.send(None, due_on=f"{wanted:%Y-%m-%d}", reason="Chờ Bộ ban hành quy chuẩn.", document_number="15/BC-ST")

    def _grant_it(self, at: datetime) -> None:
        asked = ExtensionRequest.objects.get()
        page = self.person(self.province.chairman).open(reverse("reporting:task-extension", args=[self.moved]))
        page.send(reverse("reporting:extension-grant", args=[asked.pk]), decision="Công văn số 77/UBND-TH")
        asked.refresh_from_db()
        assert asked.verdict == "granted"
        self.chronicle.extend(self.moved, asked.due_on, at)

    def _leave(self, at: datetime) -> None:
        """Heads say that they are away, two of them who stands in for them."""
        last = later(DUE[AWAY][False], 12)
        for number in (*SUBSTITUTED, *ALONE):
            office = self.province.offices[number]
            substitute = office.deputy.username if number in SUBSTITUTED else ""
            page = self.person(office.head).open(reverse("accounts:absence-add", args=[office.head.username]))
            page.send(
                None,
                substitute=substitute,
                first_day=f"{at:%Y-%m-%d}",
                last_day=f"{last:%Y-%m-%d}",
                reason="Đi học, Quyết định số 9/QĐ",
            )

    def _open_again(self, at: datetime) -> None:
        """One task of one report of the second period may be put right for a week."""
        period = self.periods[2]
        entry = Entry.objects.filter(duty__period=period, state="in_progress", status="accepted").order_by("pk")[0]
        self.corrected, self.duty = entry.task.code, entry.duty
        page = self.person(self.province.coordinator).open(reverse("reporting:duty-reopen", args=[entry.duty_id]))
        page.send(None, task=str(entry.task_id), last_day="2026-08-10", reason="Đơn vị phát hiện ghi nhầm số xã.")

    def _correct(self, at: datetime) -> None:
        office = self.office_of(self.duty.unit_id)
        before = self.chronicle.accepted(self.corrected, 2)
        assert before is not None
        self.right = deeds.corrected(before.said)
        deeds.write(self.person(office.officer), self.duty, self.corrected, self.right)
        others = set(office.tasks) - {self.corrected}
        self.refused += deeds.try_to_write(self.person(office.officer), self.duty, others)
        deeds.send(self.person(office.head), self.duty)
        self.chronicle.send(self.corrected, 2, self.right, at)

    def _accept_correction(self, at: datetime) -> None:
        taken = deeds.accept(self.person(self.province.coordinator), self.duty)
        assert taken == {self.corrected}
        self.chronicle.accept(self.corrected, 2, at)
