"""When something that could not be carried is tried again. Pure."""

from datetime import timedelta

FIRST = timedelta(minutes=1)
GROWS = 4
LONGEST = timedelta(hours=6)
MOST_ATTEMPTS = 8  # the last one about seventeen hours after the first


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts: 1, 4, 16 … minutes, at most six hours; None to give up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    grown: timedelta = FIRST * GROWS ** (max(attempts, 1) - 1)
    return min(grown, LONGEST)
