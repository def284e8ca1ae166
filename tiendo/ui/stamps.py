"""What a page showed before somebody changed it, in a few characters, so that an older page is told so. Pure.

A form carries the stamp of what it was filled with; the act compares it under the lock. Told once, the form carries
the new one, so that whoever presses again knows what goes.
"""

import json
from gettext import gettext as _
from hashlib import sha256

CHANGED = _("Người khác vừa sửa nội dung này. Hãy mở xem bản mới; bấm ghi lần nữa thì thay bằng điều bạn gõ dưới đây.")


def stamp_of(*said: object) -> str:
    """The same for the same words, whatever the order of keys."""
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
    return sha256(text.encode()).hexdigest()[:16]


def is_older(seen: str | None, now: str) -> bool:
    """Whether a page shows what stands no longer; None for an act that came from no page."""
    return seen is not None and seen != now


def carried(seen: str | None, now: str, *, fit: bool) -> str:
    """The stamp a form carries on, asked before the act: one with faults of its own reaches no act, tells nobody."""
    return now if fit or seen is None else seen
