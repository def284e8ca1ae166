"""What the clock asks of oversight, done by the worker of background jobs."""

import logging
from collections.abc import Callable, Sized
from datetime import datetime

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from tiendo.oversight.actions.amending import bring_into_force
from tiendo.oversight.actions.difficulties_clock import escalate_replies, resume_stopped_clocks
from tiendo.oversight.actions.following_up_clock import escalate_follow_ups, remind_confirmers
from tiendo.oversight.actions.unit_plans_clock import remind_of_plans
from tiendo.reporting.tasks import forget_jobs

logger = logging.getLogger(__name__)

# Amendments first: a task they extend or drop is asked about as it stands after them; an answer is late by a clock
# that runs again.
STEPS: tuple[Callable[..., Sized], ...] = (
    bring_into_force,
    resume_stopped_clocks,
    escalate_replies,
    escalate_follow_ups,
    remind_confirmers,
    remind_of_plans,
)


def watch(*, at: datetime) -> dict[str, int]:
    """Bring decided amendments into force, let reply clocks run again, tell those above of answers and things
    to do or to confirm that are late, and units of plans they owe; how many of each, by the name of the step.

    A second run does nothing twice, and days missed are made up by one run. A step that fails holds up no other; once
    all are done the first failure is raised.
    """
    failed: list[Exception] = []
    done = {act.__name__: _tried(act, failed, at=at) for act in STEPS}
    if failed:
        raise failed[0]
    return done


@task()
def keep_watch() -> dict[str, int]:
    """The same on the queue, at the moment the worker comes to it."""
    now = timezone.now()
    forget_jobs(keep_watch.module_path, at=now)
    return watch(at=now)


def ask_for_watch() -> bool:
    """Ask the worker to keep watch, unless it has already been asked and has not begun; whether it was asked."""
    waiting = DBTaskResult.objects.filter(task_path=keep_watch.module_path, status=TaskResultStatus.READY)
    if waiting.exists():
        return False
    keep_watch.enqueue()
    return True


def _tried(act: Callable[..., Sized], failed: list[Exception], *, at: datetime) -> int:
    """How many it did; a failure is written down and kept."""
    try:
        return len(act(by=None, at=at))
    except Exception as error:
        logger.exception("the clock could not %s", act.__name__)
        failed.append(error)
        return 0
