"""Reads about difficulties: lists with the age of each, the way of one, what waits for whom, what reports told of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.timezone import localdate

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import holds
from tiendo.calendars.working_days import OfficeCalendar
from tiendo.orgs.queries import office_calendar
from tiendo.oversight import difficulty_clock as clock
from tiendo.oversight.answering import of_tasks
from tiendo.oversight.difficulty_workflow import ACT_WORDS, Act, State
from tiendo.oversight.models import ClockStop, Difficulty, DifficultyQuerySet, DifficultyStay, FollowUp
from tiendo.plans.models import Task
from tiendo.reporting.difficulties import with_difficulty
from tiendo.reporting.models import Submission
from tiendo.reporting.queries import newest_accepted
from tiendo.ui.stamps import stamp_of

ENDED = (State.REMOVED.value, State.WITHDRAWN.value)


@dataclass(frozen=True)
class Line:
    """One difficulty in a list: whose desk, since when, working days there and in all, and how the answer stands."""

    difficulty: Difficulty
    stay: DifficultyStay | None
    days_here: Decimal
    days_in_all: Decimal
    reply: clock.Reply | None

    @property
    def days_over(self) -> int:
        return self.reply.days_over if self.reply else 0

    @property
    def is_overdue(self) -> bool:
        """The answer is still waited for, and late."""
        waits = self.difficulty.state == State.FORWARDED
        return waits and self.reply is not None and self.reply.is_overdue


@dataclass(frozen=True)
class Step:
    """One stay of the way with its days."""

    stay: DifficultyStay
    days: clock.Days

    @property
    def ended_by(self) -> str:
        """The words for the act that ended it."""
        return ACT_WORDS[Act(self.stay.act)] if self.stay.act else ""


@dataclass(frozen=True)
class Way:
    """All stays of a difficulty, what they add up to, how its answer stands, and the times the clock stood still."""

    steps: tuple[Step, ...]
    whole: clock.Days
    reply: clock.Reply | None
    stops: tuple[ClockStop, ...]


def lines(difficulties: Iterable[Difficulty] | DifficultyQuerySet, *, at: datetime) -> list[Line]:
    """The rows with their ages; in a constant number of queries for those read through `for_list`."""
    found = list(difficulties)
    calendar = office_calendar() if found else OfficeCalendar()
    return [_line(each, calendar, at) for each in found]


def for_list(difficulties: DifficultyQuerySet) -> DifficultyQuerySet:
    """With all that a line of a list shows."""
    stays = DifficultyStay.objects.select_related("unit")
    return (
        difficulties.select_related("unit", "plan", "authority")
        .annotate(task_count=Count("tasks", distinct=True))
        .prefetch_related(Prefetch("stays", queryset=stays), "stops")
    )


def way_of(difficulty: Difficulty, *, at: datetime) -> Way:
    """Every step with its days, stopped ones beside the raw."""
    calendar = office_calendar()
    stays = list(difficulty.stays.select_related("unit", "left_by").order_by("arrived_at", "pk"))
    stops = tuple(difficulty.stops.select_related("stopped_by", "resumed_by"))
    pauses = [clock.Stop(stop.stopped_at, stop.resumed_at) for stop in stops]
    steps = tuple(Step(stay, clock.step_days(_pure(stay), pauses, calendar, at)) for stay in stays)
    whole = clock.whole([step.days for step in steps])
    return Way(steps, whole, _reply(difficulty, stays, pauses, calendar, at), stops)


def stamp(difficulty: Difficulty) -> str:
    """Changes with its words and its tasks."""
    words = (difficulty.kind, difficulty.cause_kind, difficulty.title, difficulty.cause, difficulty.measure)
    return stamp_of(words, sorted(difficulty.tasks.values_list("pk", flat=True)))


def overdue_replies(difficulties: DifficultyQuerySet, *, at: datetime) -> list[Line]:
    """Those whose authority has not answered in time, stops taken into account; the longest overdue first."""
    late = for_list(difficulties.filter(state=State.FORWARDED.value, reply_due_on__lt=localdate(at)))
    found = [line for line in lines(late, at=at) if line.is_overdue]
    return sorted(found, key=lambda line: (-line.days_over, line.difficulty.pk))


@dataclass(frozen=True)
class Overdue:
    """How many answers are late, and those late the longest."""

    count: int
    longest: tuple[Line, ...] = ()


def overdue(difficulties: DifficultyQuerySet, *, at: datetime, show: int = 0) -> Overdue:
    """The same, counted without reading them all; `show` says how many of the longest overdue to bring.

    Only a stop moves the last good day, so those whose clock never stood still are counted by that day alone.
    """
    stopped = Exists(ClockStop.objects.filter(difficulty=OuterRef("pk")))
    late = difficulties.filter(state=State.FORWARDED.value, reply_due_on__lt=localdate(at)).annotate(stopped=stopped)
    rows = list(late.order_by("reply_due_on", "pk").values_list("pk", "stopped"))
    plain = [pk for pk, was_stopped in rows if not was_stopped]
    read = {pk for pk, was_stopped in rows if was_stopped} | set(plain[:show])
    found = overdue_replies(difficulties.filter(pk__in=read), at=at) if read else []
    return Overdue(len(plain[show:]) + len(found), tuple(found[:show]))


def waiting_for(user: User) -> DifficultyQuerySet:
    """What the person must act on next, the oldest first.

    The coordinator: what was sent. An authority's head or decision-maker: what was forwarded to them. A unit: what came
    back; its head also drafts to be sent, and what was decided and has nothing more to be done: is it gone?
    """
    access = user.access
    undone = FollowUp.objects.standing().filter(difficulty=OuterRef("pk"))
    mine = Q(state=State.FORWARDED.value, authority_id__in=access.signing_unit_ids)
    held, headed = (of_tasks(ids, Difficulty.objects.all()) for ids in (access.held_unit_ids, access.headed_unit_ids))
    mine |= held & Q(state=State.RETURNED.value)
    mine |= headed & (Q(state=State.DRAFT.value) | Q(~Exists(undone), state=State.DECIDED.value))
    if holds(user, Role.COORDINATOR):
        mine |= Q(state=State.SENT.value)
    return Difficulty.objects.visible_to(user).filter(mine).order_by("sent_at", "pk")


def told_in_reports(user: User, *, task: Task | None = None) -> QuerySet[Submission]:
    """Newest accepted reports on unfinished tasks, or on one, that tell of a difficulty not yet in the register.

    A unit sees what it told itself; who reads everything sees all. One told again after its difficulty was removed or
    withdrawn is told anew; while the task has one on its way, it is not.
    """
    on_its_way = Difficulty.objects.exclude(state__in=ENDED).filter(tasks=OuterRef("entry__task"))
    written = Difficulty.objects.exclude(state=State.WITHDRAWN.value).filter(submission=OuterRef("pk"))
    tasks = Task.objects.visible_to(user)
    rows = newest_accepted(with_difficulty(tasks.filter(pk=task.pk) if task else tasks))
    ids = [pk for pk, words in rows.values_list("pk", "difficulty") if (words or "").strip()]
    told = Submission.objects.filter(~Exists(on_its_way), ~Exists(written), pk__in=ids)
    if not user.access.reads_everything:
        told = told.filter(entry__duty__unit_id__in=user.access.held_unit_ids)
    return told.select_related("entry__task__plan", "entry__duty__unit", "entry__duty__period").order_by(
        "submitted_at", "pk"
    )


def _line(difficulty: Difficulty, calendar: OfficeCalendar, at: datetime) -> Line:
    stays, stops = list(difficulty.stays.all()), list(difficulty.stops.all())
    pauses = [clock.Stop(stop.stopped_at, stop.resumed_at) for stop in stops]
    days = [clock.step_days(_pure(stay), pauses, calendar, at) for stay in stays]
    here = stays[-1] if stays and stays[-1].left_at is None else None
    days_here = days[-1].raw if here else Decimal(0)
    reply = _reply(difficulty, stays, pauses, calendar, at)
    return Line(difficulty, here, days_here, clock.whole(days).raw, reply)


def _reply(
    difficulty: Difficulty,
    stays: Sequence[DifficultyStay],
    pauses: Sequence[clock.Stop],
    calendar: OfficeCalendar,
    at: datetime,
) -> clock.Reply | None:
    """How the last authority's answer stands; None where none was asked, or the one asked gave it back."""
    asked = [stay for stay in stays if stay.desk == DifficultyStay.Desk.AUTHORITY]
    if not asked or difficulty.reply_due_on is None or asked[-1].unit_id != difficulty.authority_id:
        return None
    return clock.reply(difficulty.reply_due_on, _pure(asked[-1]), pauses, calendar, localdate(at))


def _pure(stay: DifficultyStay) -> clock.Stay:
    return clock.Stay(stay.desk, stay.arrived_at, stay.left_at)
