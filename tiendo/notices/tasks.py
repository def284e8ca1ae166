"""What the clock asks for: the morning's letters are gathered, and everything due is carried."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from tiendo.notices.actions import deliver, gather_digests
from tiendo.notices.queries import due_deliveries, is_post_waiting

KEPT = timedelta(days=1)  # so long the rows of finished jobs can still be looked at
MOST = 200  # carried by one job, so that other jobs of the worker get their turn; the next minute carries on


@task()
def carry_post() -> dict[str, int]:
    """Gather the digests of the morning and carry what is due; how many of each. A second run carries nothing twice."""
    gathered = gather_digests(by=None, at=timezone.now())
    waiting = list(due_deliveries(at=timezone.now()).order_by("due_at", "pk")[:MOST])
    for delivery in waiting:
        deliver(delivery=delivery, by=None, at=timezone.now())  # its own time: earlier ones may have waited long
    forget_old_jobs(at=timezone.now())
    return {"gathered": len(gathered), "carried": len(waiting)}


def ask_for_post(*, at: datetime) -> bool:
    """Ask the worker to carry the post, where any waits and it has not been asked already; whether it was asked."""
    if not is_post_waiting(at=at):
        return False
    waiting = DBTaskResult.objects.filter(task_path=carry_post.module_path, status=TaskResultStatus.READY)
    if waiting.exists():
        return False
    carry_post.enqueue()
    return True


def forget_old_jobs(*, at: datetime) -> None:
    """Take away the rows of this job that ended, or were cut off by a worker that died, more than a day ago."""
    ended = Q(finished_at__lt=at - KEPT) | Q(status=TaskResultStatus.RUNNING, started_at__lt=at - KEPT)
    DBTaskResult.objects.filter(ended, task_path=carry_post.module_path).delete()
