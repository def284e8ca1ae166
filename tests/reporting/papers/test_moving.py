"""What has moved under an issued report: told by the records, since when and by what; corrections after closing too."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import World, make_duty, make_entry, make_submission, make_task, make_unit
from tiendo.plans.models import DeadlineLine, Plan, Task
from tiendo.reporting import actions
from tiendo.reporting.models import IssuedReport, Period, Submission
from tiendo.reporting.papers.moving import find_verification, staleness
from tiendo.reporting.papers.staleness import Cause, Staleness


@pytest.fixture
def issued(world: World, plan: Plan, task: Task, period: Period, now: datetime) -> IssuedReport:
    """A report that counts one accepted record: under way, 40 %, two million spent."""
    entry = make_entry(make_duty(period, world.unit_a), task, saved_by=world.an, money_used=Decimal(2_000_000))
    make_submission(entry, by=world.binh, at=now - timedelta(days=1), accepted_by=world.chi)
    return actions.issue_report(period=period, by=world.chi, at=now, confirmed=True)


def moved(found: Staleness) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    return {figure.key: (figure.issued, figure.now) for figure in found.moved if ":" not in figure.key}


def accepted_again(world: World, period: Period, task: Task, at: datetime, **told: object) -> Submission:
    """Another sending of the same entry, accepted."""
    entry = period.duties.get(unit=world.unit_a).entries.get(task=task)
    for name, value in told.items():
        setattr(entry, name, value)
    entry.save()
    return make_submission(entry, by=world.binh, at=at, accepted_by=world.chi)


def test_nothing_has_moved(issued: IssuedReport, now: datetime) -> None:
    found = staleness(issued, now + timedelta(days=3))
    assert not found.is_stale
    assert found.since is None


def test_a_later_acceptance_moves_the_figures_it_touches(
    world: World, period: Period, task: Task, issued: IssuedReport, now: datetime
) -> None:
    at = now + timedelta(days=2)
    row = accepted_again(world, period, task, at, money_used=Decimal(3_000_000))
    found = staleness(issued, now + timedelta(days=3))
    assert moved(found) == {"money_used": (Decimal(2_000_000), Decimal(3_000_000))}
    assert found.since == at
    (act,) = found.moved[0].acts
    assert (act.cause, act.about, act.by) == (Cause.ACCEPTED, task.code, world.chi.full_name)
    assert act.duty == row.entry.duty_id


def test_the_same_value_accepted_again_moves_nothing(
    world: World, period: Period, task: Task, issued: IssuedReport, now: datetime
) -> None:
    accepted_again(world, period, task, now + timedelta(days=2), result="Nói lại cho rõ.")
    assert not staleness(issued, now + timedelta(days=3)).is_stale


def test_a_deadline_moved_while_the_period_runs(world: World, task: Task, issued: IssuedReport, now: datetime) -> None:
    before = {figure["key"]: figure["value"] for figure in issued.figures}
    late = DeadlineLine.objects.filter(task=task).latest("number")
    due_on = issued.period.data_to - timedelta(days=90)
    at = now + timedelta(hours=5)
    DeadlineLine.objects.create(
        task=task, number=late.number + 1, kind="moment", due_on=due_on, reason="x", source="y", recorded_by=world.chi,
        recorded_at=at,
    )  # fmt: skip
    found = staleness(issued, now + timedelta(days=3))
    assert moved(found)["open_overdue"] == (Decimal(before["open_overdue"]), Decimal(before["open_overdue"]) + 1)
    assert found.since == at
    assert {act.cause for figure in found.moved for act in figure.acts} == {Cause.DEADLINE}


def test_a_task_given_later_is_named_as_the_cause(
    world: World, plan: Plan, issued: IssuedReport, now: datetime
) -> None:
    task = make_task(plan, by=world.chi, lead=world.unit_a)
    DeadlineLine.objects.filter(task=task).update(recorded_at=now + timedelta(days=1))
    found = staleness(issued, now + timedelta(days=3))
    total = next(figure for figure in found.moved if figure.key == "total")
    assert (total.issued, total.now) == (1, 2)
    assert [(act.cause, act.about) for act in total.acts] == [(Cause.NEW_TASK, task.code)]


def test_a_closed_period_moves_only_by_corrections(
    world: World, plan: Plan, period: Period, task: Task, issued: IssuedReport, now: datetime
) -> None:
    closed_at = now + timedelta(hours=1)
    Period.objects.filter(pk=period.pk).update(closed_at=closed_at)
    issued.refresh_from_db()
    make_task(plan, by=world.chi, lead=world.unit_a, followed_from=(now + timedelta(days=40)).date())
    assert not staleness(issued, now + timedelta(days=50)).is_stale
    at = now + timedelta(days=60)
    accepted_again(world, period, task, at, money_used=Decimal(9_000_000))
    found = staleness(issued, now + timedelta(days=61))
    assert moved(found) == {"money_used": (Decimal(2_000_000), Decimal(9_000_000))}
    assert found.since == at


def test_units_that_send_later_move_the_figures_about_units(
    world: World, period: Period, issued: IssuedReport, now: datetime
) -> None:
    at = now + timedelta(days=1)
    silent = make_unit("so-im-lang", "Sở Im Lặng")
    make_duty(period, silent, first_sent_at=at, sent_at=at, sent_by=world.dung, status="submitted")
    found = staleness(issued, now + timedelta(days=3))
    sent = next(figure for figure in found.moved if figure.key == "units_sent")
    assert [(act.cause, act.about, act.at) for act in sent.acts] == [(Cause.SENT, "Sở Im Lặng", at)]


def test_the_public_word_holds_no_figure_and_no_person(
    world: World, period: Period, task: Task, issued: IssuedReport, now: datetime
) -> None:
    at = now + timedelta(days=2)
    accepted_again(world, period, task, at, money_used=Decimal(3_000_000))
    found = find_verification(issued.code or "", now + timedelta(days=3))
    assert found is not None
    assert (found.seal, found.stale_since, found.number) == (issued.seal, at, 1)
    assert "Chi" not in repr(found)
    assert "3000000" not in repr(found)
    assert find_verification("không có", now) is None
    assert find_verification("", now) is None


def test_asking_takes_a_constant_number_of_queries(
    world: World, plan: Plan, period: Period, task: Task, issued: IssuedReport, now: datetime
) -> None:
    accepted_again(world, period, task, now + timedelta(days=1), money_used=Decimal(3_000_000))
    with CaptureQueriesContext(connection) as one:
        staleness(issued, now + timedelta(days=3))
    duty = period.duties.get(unit=world.unit_a)
    for _number in range(3):
        other = make_task(plan, by=world.chi, lead=world.unit_a)
        entry = make_entry(duty, other, saved_by=world.an, money_used=Decimal(1))
        make_submission(entry, by=world.binh, at=now + timedelta(days=1), accepted_by=world.chi)
    with CaptureQueriesContext(connection) as three:
        staleness(issued, now + timedelta(days=3))
    assert len(three) == len(one)
