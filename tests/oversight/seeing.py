"""What somebody sees at a unit, for the tests of inspections."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from tests.factories import NOON
from tiendo.oversight.actions.finding import Seen


def seen(text: str = "Trạm chưa lắp thiết bị.", *, at: datetime = NOON, **more: Any) -> Seen:
    return Seen(**({"weight": "shortcoming", "text": text, "seen_at": at} | more))


def some_key() -> UUID:
    """As a phone makes one."""
    return uuid4()
