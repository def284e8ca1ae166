"""The sample's reports: units write, heads send, the coordinator returns or accepts, as their lines say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.utils.timezone import localdate

from tiendo.config.sample import parts
from tiendo.config.sample.build import evidence_document
from tiendo.config.sample.story import WAITING, Fate, Line, Time, fate
from tiendo.config.sample.world import Agenda, World
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import WorkState
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Entry, Period
from tiendo.reporting.queries import tasks_of
from tiendo.reporting.rules import Values

Lines = Mapping[tuple[int, str], list[Line]]
FILE = "tep:"
DRAFTED_BEFORE = timedelta(days=1, hours=3)
READ_AFTER = timedelta(days=2)
MENDED_AFTER = timedelta(hours=20)
ANSWERED_AFTER, SETTLED_AFTER = timedelta(hours=20), timedelta(hours=30)


class UnexpectedStory(Exception):
    """The house took what the sample expects it to refuse."""


@dataclass
class Reports:
    """One period of the story, from its opening to its closing."""

    world: World
    agenda: Agenda
    plan: Plan
    number: int
    time: Time
    lines: Lines

    def schedule(self) -> None:
        """Put the period on the agenda; what units do follows from its opening."""
        self.agenda.add(self.time.opens_at - timedelta(days=5), self._create)

    def _create(self, at: datetime) -> None:
        dates = self.time.dates
        due = f"trước ngày {dates.last_good_day + timedelta(days=1):%d/%m/%Y}"
        self.period: Period = actions.create_period(
            plan=self.plan,
            name=dates.name,
            data_from=dates.data_from,
            data_to=dates.data_to,
            opens_at=self.time.opens_at,
            due_at=dates.due_at,
            due_text=due,
            by=self.world.coordinator,
            at=at,
        )
        self.agenda.add(self.time.opens_at, self._open)

    def _open(self, at: datetime) -> None:
        self.period = actions.open_period(period=self.period, by=None, at=at)
        places = {True: 0, False: 0}
        known = [unit for unit in self.world.units if self.world.has_head(unit)]
        duties = self.period.duties.filter(unit__code__in=known)  # a unit that has nobody in the house stays silent
        for duty in duties.select_related("unit", "period").order_by("unit__code"):
            tasks = [task for task in tasks_of(duty) if (self.number, task.number) in self.lines]
            idle = not tasks
            self._expect(duty, tasks, fate(self.number, duty.unit.code, places[idle], idle=idle))
            places[idle] += 1
        if self.time.closes_at:
            self.agenda.add(self.time.closes_at, self._close)

    def _expect(self, duty: Duty, tasks: list[Task], what: Fate | None) -> None:
        """Put on the agenda what the unit does about its report."""
        day = what.days if what else -3
        sends_at = self.time.moment(day, 9 + duty.pk % 7, duty.pk % 60)
        started = max(sends_at - DRAFTED_BEFORE, self.time.opens_at)
        report = _Report(self, duty, {task: list(self.lines[self.number, str(task.number)]) for task in tasks})
        if tasks and (what or self.time.closes_at is None):
            self.agenda.add(started, report.write)
        if what is None:
            return
        self.agenda.add(sends_at, report.send)
        if what.accepted:
            self.agenda.add(sends_at + READ_AFTER, report.review)

    def _close(self, at: datetime) -> None:
        self.period = actions.close_period(period=self.period, by=self.world.coordinator, at=at)


@dataclass
class _Report:
    """One unit's report: the lines still to be said, task by task."""

    story: Reports
    duty: Duty
    left: dict[Task, list[Line]]

    def write(self, at: datetime) -> None:
        """The officer writes the next line of every task that has one, some minutes apart."""
        for step, (task, lines) in enumerate(self.left.items()):
            if lines:
                self.story.agenda.add(at + timedelta(minutes=7 * step), partial(self._write_line, task, lines[0]))

    def _write_line(self, task: Task, line: Line, at: datetime) -> None:
        by = self.story.world.officer(self.duty.unit.code)
        known = Entry.objects.filter(duty=self.duty, task=task).first()
        revision = known.revision if known else 0
        actions.save_draft(duty=self.duty, task=task, values=_values(line), revision=revision, by=by, at=at)
        if line.evidence.startswith(FILE):
            name = line.evidence.removeprefix(FILE)
            data = evidence_document(name.removesuffix(".docx"))
            actions.add_file_evidence(duty=self.duty, task=task, data=data, name=name, by=by, at=at)
        elif line.evidence:
            number, _, dated = line.evidence.partition("@")
            dated_on = date.fromisoformat(dated)
            actions.add_document_evidence(duty=self.duty, task=task, number=number, dated=dated_on, by=by, at=at)

    def send(self, at: datetime) -> None:
        """The head sends; a completion without evidence is refused first and then written otherwise."""
        head = self.story.world.head(self.duty.unit.code)
        if not self.left:
            actions.send_nothing_new(duty=self.duty, by=head, at=at)
            return
        refused = {task: lines for task, lines in self.left.items() if lines and lines[0].lacks_evidence}
        if refused:
            self._be_refused(at)
        for task, lines in refused.items():
            lines.pop(0)
            self._write_line(task, lines[0], at)
        actions.send_duty(duty=self.duty, by=head, at=at)
        self._be_answered(at)

    def _be_answered(self, at: datetime) -> None:
        """Between the sending and the coordinator's reading, those who share the work say what they think of it.

        What nobody has read yet in the open period waits for them too.
        """
        story, number = self.story, self.story.number
        if story.time.closes_at is None and self.duty.unit.code in WAITING:
            return
        for after, act in ((ANSWERED_AFTER, parts.answer), (SETTLED_AFTER, parts.settle)):
            if at + after < story.time.ends_at:
                story.agenda.add(at + after, partial(_run, act, story.world, self.duty, number))

    def _be_refused(self, at: datetime) -> None:
        try:
            actions.send_duty(duty=self.duty, by=self.story.world.head(self.duty.unit.code), at=at)
        except actions.NotReady:
            return
        raise UnexpectedStory(f"{self.duty}: completion without evidence was sent")

    def review(self, at: datetime) -> None:
        """The coordinator returns the lines that say why, and accepts the others."""
        returned = [task for task, lines in self.left.items() if lines and lines[0].returned]
        for task in returned:
            line = self.left[task].pop(0)
            entry = Entry.objects.get(duty=self.duty, task=task)
            actions.return_entry(entry=entry, reason=line.returned, by=self.story.world.coordinator, at=at)
        self._accept_rest(returned, at)
        if any(self.left[task] for task in returned):
            self.left = {task: self.left[task] for task in returned}
            self.story.agenda.add(at + MENDED_AFTER, self._mend)

    def _accept_rest(self, returned: list[Task], at: datetime) -> None:
        coordinator = self.story.world.coordinator
        if not returned:
            actions.accept_duty(duty=self.duty, by=coordinator, at=at)
            return
        for entry in Entry.objects.filter(duty=self.duty, status="submitted"):
            actions.accept_entry(entry=entry, by=coordinator, at=at)

    def _mend(self, at: datetime) -> None:
        self.write(at)
        self.story.agenda.add(at + timedelta(hours=2), self.send)
        self.story.agenda.add(at + timedelta(hours=26), self.review)


def _run(act: Callable[..., None], world: World, duty: Duty, number: int, at: datetime) -> None:
    act(world, duty, number, at=at)


def _values(line: Line) -> Values:
    return Values(
        state=WorkState(line.state),
        percent=line.percent,
        completed_on=line.completed_on,
        result=line.result,
        difficulty=line.difficulty,
        money_used=line.money_used,
    )


def overdue_on(task: Task, at: datetime) -> bool:
    """Whether the task is unfinished and past its date at that moment."""
    return task.completed_on is None and task.due_on is not None and task.due_on < localdate(at)
