"""How good a source is: 0–100, from four shares that show their counts. Pure.

    completeness  cells that have a value or a reason, of cells due                         weight 30
    timeliness    cells delivered by the day they were due, of cells delivered and due      weight 20
    validity      rows taken or unchanged at once, of rows delivered                        weight 30
    consistency   cells that agree with the other sources within the indicator's tolerance,
                  of cells that another source speaks of too                                weight 20

A share whose whole is 0 says nothing: it is left out and the other weights keep their proportion. Decimal throughout;
the score is cut to one decimal, so that 100 is only a source without a fault.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from gettext import gettext as _

COMPLETENESS, TIMELINESS = _("Đầy đủ"), _("Đúng hạn")
VALIDITY, CONSISTENCY = _("Hợp lệ"), _("Khớp với nguồn khác")
ONE_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Counts:
    """What is counted of one source over the time looked at."""

    due: int = 0
    arrived: int = 0
    on_time: int = 0
    rows: int = 0
    rows_aside: int = 0
    compared: int = 0
    agreeing: int = 0


@dataclass(frozen=True)
class Share:
    """One part: `good` of `whole`, and how much it weighs in the score."""

    name: str
    meaning: str
    weight: int
    good: int
    whole: int

    @property
    def percent(self) -> Decimal | None:
        """Cut to one decimal; None when there is nothing to look at."""
        return _cut(Decimal(self.good) * 100 / self.whole) if self.whole else None


@dataclass(frozen=True)
class Quality:
    """The score with its working; None when nothing was due and nothing came."""

    score: Decimal | None
    shares: tuple[Share, ...]

    @property
    def counted(self) -> tuple[Share, ...]:
        """The shares that enter the score."""
        return tuple(share for share in self.shares if share.whole)


def quality_of(counts: Counts) -> Quality:
    """The score of a source from its counts. Raises ValueError where a part is greater than its whole."""
    shares = (
        Share(COMPLETENESS, _("ô đã có số liệu hoặc lý do, trong các ô đến kỳ"), 30, counts.arrived, counts.due),
        Share(TIMELINESS, _("ô có trước hạn, trong các ô đã có"), 20, counts.on_time, counts.arrived),
        Share(
            VALIDITY, _("dòng nhận được ngay, trong các dòng đã gửi"), 30, counts.rows - counts.rows_aside, counts.rows
        ),
        Share(
            CONSISTENCY, _("ô khớp trong mức cho phép, trong các ô có nguồn khác"), 20, counts.agreeing, counts.compared
        ),
    )
    if any(not 0 <= share.good <= share.whole for share in shares):
        raise ValueError(f"a part is greater than its whole: {counts}")
    return Quality(_score([share for share in shares if share.whole]), shares)


def _score(shares: Sequence[Share]) -> Decimal | None:
    weight = sum(share.weight for share in shares)
    if not weight:
        return None
    # Exact until the last division: shares rounded one by one would not add up to 100 again.
    total = sum((Fraction(share.weight * share.good, share.whole) for share in shares), Fraction(0)) * 100 / weight
    return _cut(Decimal(total.numerator) / total.denominator)


def _cut(percent: Decimal) -> Decimal:
    return percent.quantize(ONE_TENTH, rounding=ROUND_DOWN)
