"""The rank interval of a card as a small bar with its words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tiendo.evaluation.models import Result

WIDTH = 100


@dataclass(frozen=True)
class Interval:
    """Where the bar begins and how wide it is, and where the rank stands, of 100; `words` say the same."""

    left: int
    wide: int
    mark: int
    words: str


def interval_of(result: Result, size: int) -> Interval | None:
    """None while there is no rank. Each rank has an equal part of the width."""
    if result.rank is None or result.rank_low is None or result.rank_high is None or size < 1:
        return None
    left = (result.rank_low - 1) * WIDTH // size
    right = result.rank_high * WIDTH // size
    mark = (2 * result.rank - 1) * WIDTH // (2 * size)
    if result.rank_low == result.rank_high:
        words = _("luôn hạng %(rank)s") % {"rank": result.rank}
    else:
        words = _("từ hạng %(low)s đến %(high)s") % {"low": result.rank_low, "high": result.rank_high}
    return Interval(left, max(right - left, 2), mark, words)
