"""Deadlines: what a cell or a sentence sets as the last good day, kept beside the printed words.

A year, month or quarter means its last day; "trước ngày D" means the day before D; "thường xuyên" and "hằng năm" recur.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tiendo.intake.extraction.dates import Point, find_points
from tiendo.intake.extraction.spelling import one_line

BLANK = re.compile(r"^[\s.…_–—-]*$")
CONTINUING = re.compile(r"(?:những|các)? ?năm (?:tiếp theo|sau|kế tiếp)|tiếp theo|trở đi|đến khi", re.IGNORECASE)
BEFORE = re.compile(r"\btrước\b", re.IGNORECASE)
REPEATED = re.compile(
    r"thường xuyên|liên tục|(?:định kỳ\s+)?(?:hằng|hàng|mỗi|theo)\s+(?P<every>năm|quý|tháng|tuần|"
    r"ngày)(?:\s*,\s*(?:năm|quý|tháng)\b)*"
    r"|định kỳ\s+(?P<n>\d{1,2})\s+(?P<unit>tháng|năm|tuần)(?:/lần|\s+(?:một|1)\s+lần)?|"
    r"(?P<n2>\d{1,2})\s+(?P<unit2>tháng|năm|tuần)(?:/lần|\s+(?:một|1)\s+lần)"
    r"|định kỳ",
    re.IGNORECASE,
)
FREQUENCY = {
    "năm": "FREQ=YEARLY", "quý": "FREQ=MONTHLY;INTERVAL=3", "tháng": "FREQ=MONTHLY",
    "tuần": "FREQ=WEEKLY", "ngày": "FREQ=DAILY",
}  # fmt: skip
DAY_MONTH = re.compile(
    r"(?:ngày\s+)?\b(?P<d>\d{1,2})(?:\s*/\s*|\s+tháng\s+)(?P<m>\d{1,2})(?!\s*(?:/|năm|\d))", re.IGNORECASE
)
DAY_OF_MONTH = re.compile(r"ngày\s+(?P<d>\d{1,2})(?=\s+(?:hằng|hàng)\s+tháng)", re.IGNORECASE)
PLAIN_YEAR = 2023  # not a leap year: the day before 1 March is 28 February in most years


@dataclass(frozen=True)
class Due:
    """One deadline as printed and as read. `on` is the last good day; `rrule` is RFC 5545 without DTSTART."""

    raw: str
    kind: str
    on: date | None = None
    from_: date | None = None
    rrule: str | None = None
    before: bool = False

    def as_json(self) -> dict[str, object]:
        """The reading contract's form."""
        return {
            "raw": self.raw,
            "kind": self.kind,
            "on": self.on.isoformat() if self.on else None,
            "from": self.from_.isoformat() if self.from_ else None,
            "rrule": self.rrule,
            "before": self.before,
        }

    @property
    def is_dated(self) -> bool:
        """Whether it names a day: once, or each year or month."""
        return self.on is not None or "BYMONTHDAY" in (self.rrule or "")


def parse_due(raw: str) -> Due:
    """Read a deadline cell. Words that name no time at all are kept as `open` without a day; blank is `missing`."""
    text = one_line(raw)
    if BLANK.match(text):
        return Due(text, "missing")
    points, repeated = find_points(text), REPEATED.search(text)
    before = BEFORE.search(text) is not None
    if repeated:
        return _recurring(text, points, repeated, before)
    if not points:
        return Due(text, "open")
    if CONTINUING.search(text[points[0].end :]):
        return Due(text, "open", on=points[0].last)
    return dated(text, points, before)


def dated(raw: str, points: Sequence[Point], before: bool) -> Due:
    """The deadline that points in time set: the day before the first after "trước", otherwise the end of the last."""
    first, last = points[0], points[-1]
    if before:
        return Due(raw, "moment", on=last.first - timedelta(days=1), before=True)
    if first.is_run or (len(points) > 1 and first.first < last.last):
        return Due(raw, "range", on=last.last, from_=first.first)
    return Due(raw, "moment" if last.name == "day" else "period_end", on=last.last)


def _recurring(raw: str, points: Sequence[Point], repeated: re.Match[str], before: bool) -> Due:
    day = DAY_MONTH.search(raw) if not points else None
    rule = yearly(int(day["d"]), int(day["m"]), before) if day else None
    rule = rule or _monthly(raw, before) or frequency(repeated)
    until = points[-1].last if points else None
    started = points[0].first if points and points[0].is_run else None
    return Due(
        raw, "recurring", on=until, from_=started, rrule=rule, before=before and bool(rule and "BYMONTHDAY" in rule)
    )


def _monthly(raw: str, before: bool) -> str | None:
    found = DAY_OF_MONTH.search(raw)
    day = int(found["d"]) - before if found else 0
    return f"FREQ=MONTHLY;BYMONTHDAY={day}" if 1 <= day <= 31 else None


def frequency(repeated: re.Match[str]) -> str | None:
    """The rule of "hằng quý", "định kỳ 6 tháng"; None when no rhythm is named ("thường xuyên")."""
    number, unit = repeated["n"] or repeated["n2"], repeated["unit"] or repeated["unit2"]
    if number and unit:
        rule = FREQUENCY[unit.lower()]
        return rule if number == "1" else f"{rule};INTERVAL={int(number)}"
    return FREQUENCY[repeated["every"].lower()] if repeated["every"] else None


def yearly(day: int, month: int, before: bool) -> str | None:
    """The rule of a day of every year; "trước" moves it to the day before. None when there is no such day."""
    try:
        good = date(PLAIN_YEAR, month, day) - timedelta(days=before)
    except ValueError:
        return None
    return f"FREQ=YEARLY;BYMONTH={good.month};BYMONTHDAY={good.day}"
