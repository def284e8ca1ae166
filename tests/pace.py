"""How much work may cost, said as a ratio to a yardstick measured at the same moment on the same machine.

Seconds promise nothing in a test: a busy or slower machine needs several times more of them. A yard is what one fixed
piece of work of the house's kind costs, taken right before and right after; on a quiet machine of 2025 about thirty
milliseconds.
"""

import gc
import json
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_WORD = re.compile(r"[^\W\d_]+|\d+")
_LINE = "Nhiệm vụ {0} của Sở Khoa học và Công nghệ, xong trước ngày {0}/6/2026; "
_TEXT = "".join(_LINE.format(number) for number in range(6_500))


def _spent() -> float:
    """Processor seconds of this thread and of the child processes it has waited for."""
    times = os.times()
    return time.thread_time() + times.children_user + times.children_system


@contextmanager
def _rubbish_kept() -> Iterator[None]:
    """Put off the collection of rubbish, as `timeit` does: its price depends on every test before this one."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def cost_of(act: Callable[[], object]) -> float:
    """Processor seconds one act takes: to be held against another cost of the same run, never against a number."""
    with _rubbish_kept():
        begun = _spent()
        act()
        return _spent() - begun


def _yardstick() -> None:
    """Words found, counted, sorted and written."""
    counted = Counter(word.casefold() for word in _WORD.findall(_TEXT))
    json.dumps(sorted(counted.items(), key=lambda each: (-each[1], each[0])))


@contextmanager
def takes_at_most(yards: float) -> Iterator[None]:
    """Fail if what stands inside costs more than `yards`."""
    yard = cost_of(_yardstick)
    with _rubbish_kept():
        begun = _spent()
        yield
        spent = _spent() - begun
    measured = spent / max(yard, cost_of(_yardstick))
    assert measured <= yards, f"costs {measured:.1f} yards, at most {yards:g} are allowed"
