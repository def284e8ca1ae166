"""The 3 % rule (R062): what of all local spending goes to science, technology, innovation and digital change. Pure.

An estimate is compared with an estimate and a settled account with a settled account, never one with the other. Sums
that are missing give no result and a reason. Comparisons are made by multiplying, so that exactly 3 % is exactly 3 %.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from gettext import gettext as _

LEAST_PERCENT = Decimal(3)
HUNDREDTH = Decimal("0.01")


class Basis(StrEnum):
    ESTIMATE = "estimate"
    SETTLED = "settled"


BASIS_WORDS: dict[Basis, str] = {Basis.ESTIMATE: _("dự toán giao"), Basis.SETTLED: _("quyết toán")}


class NoShare(StrEnum):
    NO_TOTAL = "no_total"
    NO_SCIENCE = "no_science"
    TOTAL_ZERO = "total_zero"
    SCIENCE_OVER_TOTAL = "science_over_total"


NO_SHARE_WORDS: dict[NoShare, str] = {
    NoShare.NO_TOTAL: _("không có kết quả: chưa có tổng chi ngân sách địa phương"),
    NoShare.NO_SCIENCE: _("không có kết quả: chưa có số chi cho khoa học, công nghệ, đổi mới sáng tạo, chuyển đổi số"),
    NoShare.TOTAL_ZERO: _("không có kết quả: tổng chi ngân sách địa phương bằng 0"),
    NoShare.SCIENCE_OVER_TOTAL: _("không có kết quả: số chi cho khoa học, công nghệ lớn hơn tổng chi"),
}


@dataclass(frozen=True)
class Sum:
    """An amount in đồng and the paper it stands in."""

    amount: Decimal
    document: str


@dataclass(frozen=True)
class YearSums:
    """The two sums of one year on one basis; None is not known."""

    year: int
    basis: Basis
    total: Sum | None = None
    science: Sum | None = None


@dataclass(frozen=True)
class Share:
    """The share of one year on one basis. `percent` is cut to two decimals: 2,999 % never shows as 3 %.

    `is_below` and `fell` are None when nothing can be said: no share, or none of the year before on the same basis.
    """

    sums: YearSums
    percent: Decimal | None = None
    reason: NoShare | None = None
    is_below: bool | None = None
    fell: bool | None = None
    before: Decimal | None = None

    @property
    def warns(self) -> bool:
        return bool(self.is_below or self.fell)


def shares(sums: Iterable[YearSums]) -> list[Share]:
    """One share for each year and basis, by year and then estimate before settled, each against the year before."""
    known = {(each.year, each.basis): each for each in sums}
    order = sorted(known, key=lambda key: (key[0], list(Basis).index(key[1])))
    return [share_of(known[key], known.get((key[0] - 1, key[1]))) for key in order]


def share_of(sums: YearSums, before: YearSums | None = None) -> Share:
    """The share of one year; `before` is the year before on the same basis.

    Raises ValueError when `before` is another basis or another year: such a comparison says nothing.
    """
    if before is not None and (before.basis != sums.basis or before.year != sums.year - 1):
        raise ValueError("a share is compared with that of the year before, on the same basis")
    reason = why_none(sums)
    if reason is not None:
        return Share(sums, reason=reason)
    total, science = _amounts(sums)
    percent = _cut(science, total)
    is_below = science * 100 < LEAST_PERCENT * total
    if before is None or why_none(before) is not None:
        return Share(sums, percent, is_below=is_below)
    total_before, science_before = _amounts(before)
    fell = science * total_before < science_before * total
    return Share(sums, percent, is_below=is_below, fell=fell, before=_cut(science_before, total_before))


def why_none(sums: YearSums) -> NoShare | None:
    """Why the sums give no share; None when they give one."""
    if sums.total is None:
        return NoShare.NO_TOTAL
    if sums.science is None:
        return NoShare.NO_SCIENCE
    if sums.total.amount == 0:
        return NoShare.TOTAL_ZERO
    return NoShare.SCIENCE_OVER_TOTAL if sums.science.amount > sums.total.amount else None


def headline(found: Iterable[Share]) -> list[Share]:
    """One share a year: the settled one where there is one, else the estimate; a year without any keeps its reason."""
    chosen: dict[int, Share] = {}
    for each in sorted(found, key=_rank):
        chosen.setdefault(each.sums.year, each)
    return [chosen[year] for year in sorted(chosen)]


def _rank(share: Share) -> tuple[bool, bool]:
    return (share.percent is None, share.sums.basis is not Basis.SETTLED)


def _amounts(sums: YearSums) -> tuple[Decimal, Decimal]:
    assert sums.total is not None
    assert sums.science is not None
    return sums.total.amount, sums.science.amount


def _cut(science: Decimal, total: Decimal) -> Decimal:
    return (science * 100 / total).quantize(HUNDREDTH, rounding=ROUND_DOWN)
