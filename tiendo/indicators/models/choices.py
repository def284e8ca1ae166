from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from tiendo.indicators import states

WORDS: dict[type[StrEnum], Mapping[StrEnum, str]] = {
    states.Frequency: states.FREQUENCY_WORDS,  # type: ignore[dict-item]
    states.Direction: states.DIRECTION_WORDS,  # type: ignore[dict-item]
    states.Firmness: states.FIRMNESS_WORDS,  # type: ignore[dict-item]
    states.Measure: states.MEASURE_WORDS,  # type: ignore[dict-item]
    states.Purpose: states.PURPOSE_WORDS,  # type: ignore[dict-item]
    states.Comparator: states.COMPARATOR_SIGNS,  # type: ignore[dict-item]
    states.Rollup: states.ROLLUP_WORDS,  # type: ignore[dict-item]
    states.Status: states.STATUS_WORDS,  # type: ignore[dict-item]
    states.Standing: states.STANDING_WORDS,  # type: ignore[dict-item]
    states.State: states.STATE_WORDS,  # type: ignore[dict-item]
    states.Origin: states.ORIGIN_WORDS,  # type: ignore[dict-item]
}


def codes(vocabulary: type[StrEnum]) -> list[tuple[str, Any]]:
    """Choices of a field: the stored code and the words on screen."""
    return [(each.value, _(WORDS[vocabulary][each])) for each in vocabulary]
