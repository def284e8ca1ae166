"""What the clock asks for while files are read by the worker."""

from datetime import datetime, timedelta

from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tiendo.intake.actions import retry_readings
from tiendo.intake.actions.reading import read_import

KEPT = timedelta(days=1)  # so long the rows of finished jobs can still be looked at


def watch_readings(*, at: datetime) -> int:
    """Ask again for files whose reader is gone; how many. Rows of jobs that ended a day ago are taken away."""
    asked = retry_readings(by=None, at=at)
    ended = Q(finished_at__lt=at - KEPT) | Q(status=TaskResultStatus.RUNNING, started_at__lt=at - KEPT)
    DBTaskResult.objects.filter(ended, task_path=read_import.module_path).delete()
    return len(asked)
