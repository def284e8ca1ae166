"""The one rule by which a share becomes a percentage, wherever it is read: pages, papers, portal, API. Pure."""

from decimal import ROUND_DOWN, Decimal

ONE_TENTH = Decimal("0.1")


def share(part: int, whole: int) -> Decimal | None:
    """In per cent with one decimal, cut and not rounded, so that 100 means all of it; None of nothing.

    28 of 69 is 40.5; 2999 of 3000 is 99.9.
    """
    return (Decimal(100 * part) / whole).quantize(ONE_TENTH, ROUND_DOWN) if whole else None
