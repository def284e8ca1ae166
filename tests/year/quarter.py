"""One period as the units, the coordinating agencies and the coordinator live it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse

from tests.year import deeds
from tests.year.calendar import end_of, later
from tests.year.chronicle import Said, Span, Turn
from tests.year.people import Person
from tests.year.province import DEPARTMENTS, Office
from tiendo.reporting.models import Duty, IssuedReport, Part, Period

if TYPE_CHECKING:
    from tests.year.story import Story

CLOSES_AFTER = 12  # working days after the last good day
AWAY = 2  # the period in which heads are away
SUBSTITUTED, ALONE = (3, 30), (7,)  # offices whose head named a substitute, and one whose head did not
QUARREL = 2  # the period in which a coordinating agency does not agree


@dataclass(frozen=True)
class Habit:
    """How a unit meets a period, in working days after its opening."""

    writes: date
    sends: date | None  # None: never
    is_returned: bool = False


class Quarter:
    """A period from the day the clock opened it to the day after its closing."""

    def __init__(self, story: "Story", number: int, period: Period, opened: date, due: dict[bool, date]) -> None:
        self.story, self.number, self.period, self.opened = story, number, period, opened
        self.due = due  # whether a commune → the last good day
        self.owing: set[int] = set()  # offices that still have to send, or to send again

    def plan(self) -> None:
        """Note what everybody will do, and when the period is closed and its report issued."""
        story, last = self.story, self.due[False]
        story.chronicle.spans[self.number] = Span(self.period.data_from, self.period.data_to)
        for office in story.province.offices:
            self._plan_office(office)
        story.on(later(last, 1), self._urge)
        closing = later(last, CLOSES_AFTER)
        story.on(closing, self._close)
        if self.number in story.ISSUED_AFTER:
            story.on(later(closing, 1), self._issue)

    def _plan_office(self, office: Office) -> None:
        duty = Duty.objects.get(period=self.period, unit=office.unit)
        due = self.due[office.number >= DEPARTMENTS]
        self.story.chronicle.turns[self.number, office.number] = Turn(end_of(due))
        self.owing.add(office.number)
        habit = self._habit(due)
        report = Report(self, office, duty, habit)
        if habit.sends is not None:
            self.story.on(habit.writes, report.write)
            self.story.on(habit.sends, report.send)

    def _habit(self, due: date) -> Habit:
        chance = self.story.chance
        days = [day for n in range(1, 40) if (day := later(self.opened, n)) < due]
        writes, fate = chance.choice(days), chance.random()
        if fate < 0.05:
            return Habit(writes, None)
        if fate < 0.17:
            return Habit(writes, later(due, chance.randrange(1, 5)))
        sends = later(writes, 1) if chance.random() < 0.7 else due
        return Habit(writes, sends, is_returned=fate > 0.85)

    def _urge(self, at: datetime) -> None:
        """All that have not sent, or not sent again, in one act from the control room."""
        if not self.owing:
            return
        room = self.coordinator().open(reverse("reporting:period-detail", args=[self.period.pk]))
        room.send(reverse("reporting:period-urge", args=[self.period.pk]), all="1")
        for number in self.owing:
            self.story.chronicle.turns[self.number, number].urged += 1

    def _close(self, at: datetime) -> None:
        page = self.coordinator().open(reverse("reporting:period-detail", args=[self.period.pk]))
        page.send(reverse("reporting:period-close", args=[self.period.pk]), confirmed="1")
        self.period.refresh_from_db()
        assert self.period.closed_at == at
        self.story.chronicle.closed_at[self.number] = at

    def _issue(self, at: datetime) -> None:
        address = reverse("reporting:report-issue", args=[self.period.pk])
        page = self.coordinator().open(address)
        page.send(None, confirmed="on", confirm="1")
        self.story.issued[self.number] = IssuedReport.objects.get(period=self.period)

    def coordinator(self) -> Person:
        return self.story.person(self.story.province.coordinator)


class Report:
    """One unit's report in the period."""

    def __init__(self, quarter: Quarter, office: Office, duty: Duty, habit: Habit) -> None:
        self.quarter, self.office, self.duty, self.habit = quarter, office, duty, habit
        self.story = quarter.story
        self.drafts: dict[str, Said] = {}

    @property
    def turn(self) -> Turn:
        return self.story.chronicle.turns[self.quarter.number, self.office.number]

    def write(self, at: datetime) -> None:
        """The officer writes on every task that was not finished before; the second one helps with the last."""
        chronicle, number = self.story.chronicle, self.quarter.number
        for place, code in enumerate(self.office.tasks):
            before = chronicle.accepted(code, number)
            if before is not None and before.said.state == "completed":
                continue
            officer = self.story.person(self.office.second if place == 4 else self.office.officer)
            said = deeds.new_word(self.story.chance, before, code, number, at.date())
            deeds.write(officer, self.duty, code, said, by_page=place == 0)
            self.drafts[code] = said

    def send(self, at: datetime) -> None:
        """Whoever may sign that day signs; a report on nothing is "không phát sinh"."""
        signer = self.story.signer(self.office, self.quarter.number)
        if self.drafts and self.story.is_alone(self.office, self.quarter.number):
            deeds.forward(self.story.person(self.office.officer), self.duty)
        if self.drafts:
            deeds.send(signer, self.duty)
        else:
            deeds.send_nothing(signer, self.duty)
            self.turn.nothing_new = True
        for code, said in self.drafts.items():
            self.story.chronicle.send(code, self.quarter.number, said, at)
        self.turn.sent_at = self.turn.sent_at or at
        self.quarter.owing.discard(self.office.number)
        self._answer_as_helpers(at)
        self.story.on(later(at.date(), self.story.chance.randrange(1, 3)), self.review)

    def review(self, at: datetime) -> None:
        """The coordinator returns one item of some reports, and accepts all others."""
        coordinator = self.quarter.coordinator()
        if self.habit.is_returned and self.drafts:
            code = min(self.drafts)
            deeds.give_back(coordinator, self.duty, code)
            self._accept_one_by_one(coordinator, at)
            self.quarter.owing.add(self.office.number)
            self.habit = replace(self.habit, is_returned=False)
            self.story.on(later(at.date(), 1), partial(self.mend, code))
            return
        if self.drafts and not (taken := deeds.accept(coordinator, self.duty)):
            self._accept_one_by_one(coordinator, at)  # all at once is refused over a quarrel about one of them
        elif self.drafts:
            self._note(taken, at)
        else:
            deeds.accept(coordinator, self.duty)

    def _accept_one_by_one(self, coordinator: Person, at: datetime) -> None:
        for entry in self.duty.entries.filter(status="submitted").select_related("task"):
            page = coordinator.open(reverse("reporting:duty-detail", args=[self.duty.pk]))
            page.send(reverse("reporting:entry-accept", args=[entry.pk]))
            entry.refresh_from_db()
            if entry.status == "accepted":
                self._note({entry.task.code}, at)
            else:
                self._settle(entry.task.code, at)

    def mend(self, code: str, at: datetime) -> None:
        """The officer says it better, and the report is sent again."""
        said = replace(self.drafts[code], result=self.drafts[code].result + " Đã ghi rõ từng xã.")
        deeds.write(self.story.person(self.office.officer), self.duty, code, replace(said, document=""))
        self.drafts[code] = said
        self.story.on(later(at.date(), 1), partial(self.send_again, code))

    def send_again(self, code: str, at: datetime) -> None:
        if self.story.is_alone(self.office, self.quarter.number):
            deeds.forward(self.story.person(self.office.officer), self.duty)
        deeds.send(self.story.signer(self.office, self.quarter.number), self.duty)
        self.story.chronicle.send(code, self.quarter.number, self.drafts[code], at)
        self.quarter.owing.discard(self.office.number)
        self.story.on(later(at.date(), 1), self.review)

    def _answer_as_helpers(self, at: datetime) -> None:
        """Coordinating agencies answer on the same afternoon: one does not agree, some confirm, others stay silent."""
        for part in Part.objects.filter(entry__duty=self.duty, state="asked").select_related("entry__task"):
            helper = self.story.office_of(part.unit_id)
            code = part.entry.task.code
            done = self.drafts[code].state == "completed"
            if self.quarter.number == QUARREL and done and len(self.story.quarrels) < 2:
                self.story.quarrels[code] = deeds.dispute(self.story.person(helper.head), part)
            elif self.story.chance.random() < 0.5:
                deeds.confirm(self.story.person(helper.officer), part)

    def _settle(self, code: str, at: datetime) -> None:
        """A finished task over which somebody quarrels could not be accepted; the coordinator settles it first."""
        assert code in self.story.quarrels, code
        self.story.refused.append(f"{code} was not accepted while disputed")
        self.story.on(later(at.date(), 1), partial(self._settle_and_accept, code))

    def _settle_and_accept(self, code: str, at: datetime) -> None:
        coordinator = self.quarter.coordinator()
        deeds.settle(coordinator, self.duty, Part.objects.get(entry__duty=self.duty, entry__task__code=code))
        page = coordinator.open(reverse("reporting:duty-detail", args=[self.duty.pk]))
        page.send(reverse("reporting:entry-accept", args=[self.duty.entries.get(task__code=code).pk]))
        self._note({code}, at)

    def _note(self, codes: set[str], at: datetime) -> None:
        for code in codes:
            self.story.chronicle.accept(code, self.quarter.number, at)
