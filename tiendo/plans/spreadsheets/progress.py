"""How far a reading has come, for whoever waits: a share of the work done, from 0 to 1, never going back."""

from collections.abc import Callable

Progress = Callable[[float], None]


def ignore(share: float) -> None:
    """Nobody waits."""


def part(progress: Progress, start: float, end: float) -> Progress:
    """A progress that fills only the stretch from `start` to `end` of another."""

    def tell(share: float) -> None:
        progress(start + (end - start) * share)

    return tell
