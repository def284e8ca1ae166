"""From numbers and days to places on the picture. Decimal throughout."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from gettext import gettext as _

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
SHORT = ((Decimal(10) ** 9, _("tỷ")), (Decimal(10) ** 6, _("triệu")), (Decimal(10) ** 3, _("nghìn")))
PLAIN_UP_TO = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class Scale:
    """Values between `low` and `high` between two coordinates; upside down when `start` lies above `end`."""

    low: Decimal
    high: Decimal
    start: Decimal
    end: Decimal

    def __call__(self, value: Decimal) -> Decimal:
        """The place of a value; of a scale without extent, the middle."""
        if self.high == self.low:
            return (self.start + self.end) / 2
        return self.start + (self.end - self.start) * (value - self.low) / (self.high - self.low)


def ticks(low: Decimal, high: Decimal, *, whole: bool = False, most: int = 5) -> list[Decimal]:
    """Round numbers that hold `low` and `high` between them, at most `most` + 1 of them."""
    if low == high:
        pad = abs(low) / 2 or Decimal(1)
        low, high = low - pad, high + pad
    rough = (high - low) / most
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(power * each for each in STEPS if power * each >= rough)
    if whole:
        step = max(step.to_integral_value(ROUND_CEILING), Decimal(1))
    first = (low / step).to_integral_value(ROUND_FLOOR) * step
    last = (high / step).to_integral_value(ROUND_CEILING) * step
    count = int((last - first) / step)
    return [first + step * at for at in range(count + 1)]


def axis_values(values: Iterable[Decimal], *, rank: bool = False, whole: bool = False) -> list[Decimal]:
    """Ticks for these values: from 0 when that costs no more than half the height; a rank begins at 1."""
    known = list(values) or [Decimal(0), Decimal(1)]
    low, high = min(known), max(known)
    if rank:
        made = ticks(Decimal(1), max(high, Decimal(3)), whole=True)
        return [Decimal(1), *(tick for tick in made if tick > 1)]
    if 0 < low <= high / 2 or low == high > 0:
        low = Decimal(0)
    if low <= high / 2 < 0 or low == high < 0:
        high = Decimal(0)
    return ticks(low, high, whole=whole)


def shortened(values: Iterable[Decimal]) -> tuple[Decimal, str]:
    """By what the numbers of an axis are divided so that they stay short, and the word for it."""
    most = max((abs(value) for value in values), default=Decimal(0))
    if most < PLAIN_UP_TO:
        return Decimal(1), ""
    return next((by, word) for by, word in SHORT if most >= by)


def day_number(day: date) -> Decimal:
    """A day on a scale of days."""
    return Decimal(day.toordinal())


def spread(labels: Iterable[tuple[Decimal, Decimal, str]], gap: Decimal) -> list[tuple[Decimal, str]]:
    """Of labels (place, width, words) those that fit side by side; the last and the first are chosen before others."""
    every = sorted(labels)
    order = [every[-1], every[0], *every[1:-1]] if every else []
    kept: list[tuple[Decimal, Decimal, str]] = []
    for place, width, words in order:
        if all(abs(place - other) >= (width + wide) / 2 + gap for other, wide, _words in kept):
            kept.append((place, width, words))
    return [(place, words) for place, _width, words in sorted(kept)]
