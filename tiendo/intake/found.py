"""What reading one file gave, before it is kept. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tiendo.intake.proposing import Proposed

DOCUMENT, WORKBOOK = "document", "workbook"


@dataclass(frozen=True)
class Found:
    """The reading, the lines that its positions count, and what it proposes.

    `printed` are the lines as the file has them, given only where letters were repaired. `form` is DOCUMENT, or
    WORKBOOK for the house's own workbook of a plan, filled in and sent back.
    """

    reading: dict[str, Any]
    lines: Sequence[str]
    proposals: Sequence[Proposed]
    printed: Sequence[str] = ()
    form: str = DOCUMENT
