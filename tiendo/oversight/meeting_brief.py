"""What a meeting of one level needs on a day: what the last one decided, what came of it, and where tasks stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from tiendo.accounts.models import User
from tiendo.orgs.history import parents_on
from tiendo.orgs.models import Unit
from tiendo.oversight.followup_history import Standing, Step, between, standing_at
from tiendo.oversight.followup_workflow import Act, State
from tiendo.oversight.models import Difficulty, FollowUp, FollowUpStep, Meeting
from tiendo.plans.models import Plan
from tiendo.reporting.papers.briefing import Briefing, brief
from tiendo.reporting.papers.gathering_briefing import Scope, at_the_end_of, briefing_facts, end_of

USUAL = timedelta(days=14)  # looked back over where no earlier meeting is known


@dataclass(frozen=True)
class Asked:
    """For which meeting: of which plan, at which level, of which unit below the province, on which day."""

    plan: Plan
    level: Meeting.Level
    on: date
    unit: Unit | None = None


@dataclass(frozen=True)
class Decided:
    """One thing that was decided, as it stood at the end of the day, with what was said about it since the meeting."""

    follow_up: FollowUp
    standing: Standing
    since: Sequence[Step]
    late_days: int


@dataclass(frozen=True)
class MeetingBrief:
    """`last` is the meeting of the same level and unit before the day; `decided` its items, in the order of their days.

    `earlier` are items of meetings before it that were not ended when it was held. `difficulties` were registered
    since. `today` is the meeting entered for the day itself, if it is.
    """

    asked: Asked
    since: date
    last: Meeting | None
    today: Meeting | None
    decided: Sequence[Decided]
    earlier: Sequence[Decided]
    difficulties: Sequence[Difficulty]
    briefing: Briefing


def meetings_of(asked: Asked) -> QuerySet[Meeting]:
    """Every meeting of the same plan, level and unit."""
    return Meeting.objects.filter(plan=asked.plan, level=asked.level, unit=asked.unit)


def last_meeting(asked: Asked) -> Meeting | None:
    return meetings_of(asked).filter(held_on__lt=asked.on).order_by("-held_on", "-pk").first()


def meeting_brief(asked: Asked, user: User) -> MeetingBrief:
    """All of it, in a number of queries that does not grow with items or tasks."""
    last = last_meeting(asked)
    since = last.held_on if last else asked.on - USUAL
    below = _below(asked)
    scope = Scope(asked.plan, unit=asked.unit, below=below)
    decided, earlier = _decided(asked, last)
    return MeetingBrief(
        asked=asked,
        since=since,
        last=last,
        today=meetings_of(asked).filter(held_on=asked.on).order_by("pk").first(),
        decided=decided,
        earlier=earlier,
        difficulties=_difficulties(asked, since, below, user),
        briefing=brief(briefing_facts(at_the_end_of(scope, asked.on), on=asked.on, since=since)),
    )


def _below(asked: Asked) -> frozenset[int]:
    """Units that stood under a district on the day; a commune and the province are wholes of their own."""
    if asked.level != Meeting.Level.DISTRICT or asked.unit is None:
        return frozenset()
    return frozenset(pk for pk, above in parents_on(asked.on).items() if above == asked.unit.pk)


def _decided(asked: Asked, last: Meeting | None) -> tuple[list[Decided], list[Decided]]:
    """Items of the last meeting, and those of earlier ones that it still found open."""
    if last is None:
        return [], []
    held = Q(direction__meeting__in=meetings_of(asked).filter(held_on__lte=last.held_on))
    steps = FollowUpStep.objects.select_related("by").order_by("at", "pk")
    rows = FollowUp.objects.filter(held, made_at__lt=end_of(asked.on)).order_by("due_on", "pk")
    rows = rows.select_related("unit", "task", "direction__meeting")
    found: tuple[list[Decided], list[Decided]] = ([], [])
    for row in rows.prefetch_related(Prefetch("steps", queryset=steps, to_attr="known")):
        is_last = row.direction is not None and row.direction.meeting_id == last.pk
        each = _as_of(row, last, asked.on)
        if each and (is_last or _was_open(row, last)):
            found[0 if is_last else 1].append(each)
    return found


def _as_of(row: FollowUp, last: Meeting, on: date) -> Decided | None:
    steps, until = _steps(row), end_of(on)
    standing = standing_at(steps, until)
    if standing is None:
        return None
    return Decided(row, standing, between(steps, _start_of(last.held_on), until), standing.late_days(on))


def _was_open(row: FollowUp, last: Meeting) -> bool:
    """Whether an item of an earlier meeting was still to be done or confirmed when the last one was held."""
    standing = standing_at(_steps(row), _start_of(last.held_on))
    return standing is not None and standing.state in (State.OPEN, State.REPORTED)


def _start_of(day: date) -> datetime:
    return end_of(day - timedelta(days=1))


def _steps(row: FollowUp) -> list[Step]:
    known: Iterable[FollowUpStep] = row.known  # type: ignore[attr-defined]
    return [
        Step(Act(each.act), each.at, each.due_on, each.note, each.by.full_name if each.by else "") for each in known
    ]


def _difficulties(asked: Asked, since: date, below: frozenset[int], user: User) -> Sequence[Difficulty]:
    """Sent between the two days by a unit of the level, whatever became of them."""
    sent = Difficulty.objects.visible_to(user).filter(plan=asked.plan)
    sent = sent.filter(sent_at__gte=end_of(since), sent_at__lt=end_of(asked.on))
    if asked.unit is not None:
        sent = sent.filter(unit_id__in=below | {asked.unit.pk})
    return list(sent.select_related("unit").order_by("sent_at", "pk"))
