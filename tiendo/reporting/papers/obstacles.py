"""The register of difficulties as a report tells it. Reporting keeps no register: whoever does is named in settings.

The reader is called with the period and gives one line for each kind, in Vietnamese whoever asks.
"""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.utils.module_loading import import_string

from tiendo.reporting.models import Period
from tiendo.reporting.papers.consolidation import ObstacleLine

Reader = Callable[[Period], Sequence[ObstacleLine]]


def obstacle_lines(period: Period) -> tuple[ObstacleLine, ...] | None:
    """Kind by kind what stood at the end of the period's data; None in a house without a register."""
    if not settings.TIENDO_OBSTACLES_READER:
        return None
    read: Reader = import_string(settings.TIENDO_OBSTACLES_READER)
    return tuple(read(period))
