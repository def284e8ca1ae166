"""A value of an indicator as every face writes it: list, page, picture's table, paper, public page. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from gettext import gettext as _
from typing import Any

from tiendo.ui.formats import measured_text, with_unit
from tiendo.ui.sentences import Sentence


def value_words(value: Decimal, unit: str, levels: Sequence[str] = ()) -> str:
    """`62,5 %` with the digits that were recorded; of a written rubric `mức 3 (Khá)`. A face says it with `said`."""
    place = int(value)
    if 0 < place <= len(levels):
        return Sentence.of(_("mức {number} ({name})"), number=place, name=levels[place - 1])
    return with_unit(measured_text(value), unit)


def level_names(levels: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Names of the levels of a rubric as a passport or a record keeps them, from the lowest."""
    return tuple(str(level["name"]) for level in levels)
