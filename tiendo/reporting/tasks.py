"""What the clock asks for, done by the worker of background jobs."""

import logging
from collections.abc import Callable, Sized
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from tiendo.reporting.actions import (
    ask_newcomers,
    end_lapsed_reopenings,
    escalate_stays,
    escalate_urgings,
    make_due_periods,
    open_due_periods,
    record_silence,
    remind_duties,
    remind_of_tasks,
)
from tiendo.reporting.burden_keeping import keep_burdens

logger = logging.getLogger(__name__)
KEPT = timedelta(days=1)  # so long the rows of finished jobs can still be looked at


# In this order: a period is made before it is opened, and opened before anybody is reminded.
STEPS: tuple[Callable[..., Sized], ...] = (
    make_due_periods,
    end_lapsed_reopenings,
    open_due_periods,
    ask_newcomers,
    remind_duties,
    escalate_stays,
    escalate_urgings,
    record_silence,
    remind_of_tasks,
)


@task()
def keep_schedule() -> dict[str, int]:
    """Make the periods to come, open those whose time has come, ask units that took tasks over since, remind around
    the last good day, end the reopenings whose time is over, ask after reports that lie too long and urgings nobody
    heeded, note the silence of coordinating agencies, ask about tasks grown late or stale, and count what closed
    periods cost the units; how many were opened and reminded.

    A second run does nothing twice, and a schedule missed for days is caught up by one run. A step that fails holds up
    no other; once all are done the first failure is raised, so that the job's row tells of it.
    """
    now, failed = timezone.now(), list[Exception]()
    done = {act.__name__: _tried(act, failed, by=None, at=now) for act in STEPS}
    _tried(keep_burdens, failed, at=now)
    forget_old_jobs(at=now)
    if failed:
        raise failed[0]
    return {"opened": done["open_due_periods"], "reminded": done["remind_duties"]}


def _tried(act: Callable[..., Sized], failed: list[Exception], **when: object) -> int:
    """How many it did; a failure is written down and kept."""
    try:
        return len(act(**when))
    except Exception as error:
        logger.exception("the clock could not %s", act.__name__)
        failed.append(error)
        return 0


def ask_for_schedule() -> bool:
    """Ask the worker to keep the schedule, unless it has already been asked and has not begun; whether it was asked."""
    waiting = DBTaskResult.objects.filter(task_path=keep_schedule.module_path, status=TaskResultStatus.READY)
    if waiting.exists():
        return False
    keep_schedule.enqueue()
    return True


def forget_old_jobs(*, at: datetime) -> None:
    """Take away the rows of this job that are of no use any more."""
    forget_jobs(keep_schedule.module_path, at=at)


def forget_jobs(path: str, *, at: datetime) -> None:
    """Take away the rows of a job that ended, or were cut off by a worker that died, more than a day ago."""
    ended = Q(finished_at__lt=at - KEPT) | Q(status=TaskResultStatus.RUNNING, started_at__lt=at - KEPT)
    DBTaskResult.objects.filter(ended, task_path=path).delete()
