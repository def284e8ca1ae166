"""While one page is shown, who succeeds whom, and which tasks were handed over, is read once for all its lists.

The face says where such a page begins and ends (`reading_once`). Outside it, and so in every write and every task of
the night, each question reads anew: nothing is kept that a write could leave behind.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Read = TypeVar("Read")

_READ: ContextVar[dict[Hashable, Any] | None] = ContextVar("orgs_once", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Until the end of the block, the same question is answered by what was read for it first. Never around a write."""
    token = _READ.set({})
    try:
        yield
    finally:
        _READ.reset(token)


def once(question: Hashable, read: Callable[[], Read]) -> Read:
    """What `read` gives; within `reading_once` it is asked only once for the question. Nobody changes the answer."""
    known = _READ.get()
    if known is None:
        return read()
    if question not in known:
        known[question] = read()
    found: Read = known[question]
    return found
