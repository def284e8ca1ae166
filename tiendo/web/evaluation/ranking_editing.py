"""From what was typed about bands, limits, groups and bounds to the next content of a draft, and back. No database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.text import slugify

from tiendo.evaluation.criteria import (
    AtQuota,
    Base,
    Condition,
    Content,
    Group,
    Overall,
    Quota,
    Resampling,
    Rule,
)
from tiendo.evaluation.shaping import decimal_text

Typed = Mapping[str, Any]
Rows = Sequence[tuple[int, Typed]]  # where a row stood in the form, and what stands in it
HUNDRED = Decimal(100)
SHARES = {Rule.LATE_SHARE: "late_share", Rule.BEYOND_SHARE: "beyond_share"}
TICKS = {Rule.ALL_ON_TIME: "all_on_time", Rule.ALL_COMPLETED: "all_completed"}


def with_ranking(content: Content, typed: Typed, bands: Rows, groups: Rows) -> Content:
    """The set with its bands, limit, groups and bounds as typed; a row that stood keeps its code."""
    codes = _codes([band.code for band in content.overall], bands)
    overall = tuple(
        Overall(code, row["name"].strip(), row["low"], tuple(_conditions(row)))
        for code, (_place, row) in zip(codes, bands, strict=True)
    )
    group_codes = _codes([group.code for group in content.groups], groups)
    return replace(
        content,
        overall=overall,
        groups=tuple(
            Group(code, row["name"].strip(), tuple(row["kinds"]))
            for code, (_place, row) in zip(group_codes, groups, strict=True)
        ),
        quota=_quota(typed, [band.code for band in overall]),
        resampling=Resampling(typed["spread"] / HUNDRED, typed["interval"] / HUNDRED),
    )


def _codes(known: Sequence[str], rows: Rows) -> list[str]:
    """The code each row has had, or a new one made of its name."""
    taken = {known[place] for place, _row in rows if place < len(known)}
    found = []
    for place, row in rows:
        code = known[place] if place < len(known) else _fresh(row["name"], taken)
        taken.add(code)
        found.append(code)
    return found


def _fresh(name: str, taken: Iterable[str]) -> str:
    # A Vietnamese đ has no plain letter to fall back to, so it is told to the slug by hand.
    base = slugify(name.lower().replace("đ", "d"))[:36].strip("-_") or "muc"
    tries = [base, *(f"{base}-{number}" for number in range(2, 100))]
    return next(code for code in tries if code not in set(taken))


def _conditions(row: Typed) -> Iterable[Condition]:
    for rule, name in TICKS.items():
        if row[name]:
            yield Condition(rule)
    for rule, name in SHARES.items():
        if row[name] is not None:
            yield Condition(rule, row[name])


def _quota(typed: Typed, codes: Sequence[str]) -> Quota | None:
    """The limit on a band stands over the band right below it; none when the band is gone or the last."""
    band = typed["quota_band"]
    if band not in codes[:-1]:
        return None
    below = codes[codes.index(band) + 1]
    base, ties = typed["quota_base"] or Base.WITH_BEST, typed["quota_ties"] or AtQuota.ALL_OUT
    return Quota(band, below, typed["quota_percent"], Base(base), AtQuota(ties))


def band_rows(content: Content) -> list[dict[str, Any]]:
    """What the rows of bands show."""
    return [_band_row(band) for band in content.overall]


def _band_row(band: Overall) -> dict[str, Any]:
    found: dict[str, Any] = {"name": band.name, "low": band.low}
    for each in band.conditions:
        found[(TICKS | SHARES)[each.rule]] = True if each.rule in TICKS else each.percent
    return found


def group_rows(content: Content) -> list[dict[str, Any]]:
    """What the rows of groups show."""
    return [{"name": group.name, "kinds": list(group.kinds)} for group in content.groups]


def ranking_initial(content: Content) -> dict[str, Any]:
    """What the form of limit and bounds shows."""
    quota, drawn = content.quota, content.resampling
    shares = {"spread": drawn.spread, "interval": drawn.interval}
    bounds = {name: Decimal(decimal_text(share * HUNDRED)) for name, share in shares.items()}
    if quota is None:
        return bounds
    return bounds | {
        "quota_band": quota.band,
        "quota_percent": quota.percent,
        "quota_base": quota.base.value,
        "quota_ties": quota.ties.value,
    }
