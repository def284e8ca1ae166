"""What the clock asks for, done by the worker of background jobs."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from tiendo.reporting.actions import (
    end_lapsed_reopenings,
    escalate_stays,
    escalate_urgings,
    make_due_periods,
    open_due_periods,
    record_silence,
    remind_duties,
)

KEPT = timedelta(days=1)  # so long the rows of finished jobs can still be looked at


@task()
def keep_schedule() -> dict[str, int]:
    """Make the periods to come, open those whose time has come, remind around their last good day, end the
    reopenings whose time is over, ask after reports that lie too long and urgings nobody heeded, and note the silence
    of coordinating agencies; how many were opened and reminded.

    A second run does nothing twice, and a schedule missed for days is caught up by one run.
    """
    now = timezone.now()
    make_due_periods(by=None, at=now)
    end_lapsed_reopenings(by=None, at=now)
    opened, reminded = open_due_periods(by=None, at=now), remind_duties(by=None, at=now)
    escalate_stays(by=None, at=now)
    escalate_urgings(by=None, at=now)
    record_silence(by=None, at=now)
    forget_old_jobs(at=now)
    return {"opened": len(opened), "reminded": len(reminded)}


def ask_for_schedule() -> bool:
    """Ask the worker to keep the schedule, unless it has already been asked and has not begun; whether it was asked."""
    waiting = DBTaskResult.objects.filter(task_path=keep_schedule.module_path, status=TaskResultStatus.READY)
    if waiting.exists():
        return False
    keep_schedule.enqueue()
    return True


def forget_old_jobs(*, at: datetime) -> None:
    """Take away the rows of this job that ended, or were cut off by a worker that died, more than a day ago."""
    ended = Q(finished_at__lt=at - KEPT) | Q(status=TaskResultStatus.RUNNING, started_at__lt=at - KEPT)
    DBTaskResult.objects.filter(ended, task_path=keep_schedule.module_path).delete()
