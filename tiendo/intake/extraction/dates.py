"""Points in time as officials write them: a day, a month, a quarter, half a year, a year, or a run of these."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
QUARTER = r"(?:IV|I{1,3}|[1-4])"
TO = r"\s*(?:-|–|đến|,|và)\s*"
OF_YEAR = r"(?:\s*[/-]\s*|\s+năm\s+|\s+)"


def _year(name: str) -> str:
    return rf"(?P<{name}>(?:19|20)\d{{2}})(?!\d)"


PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "day",
        r"\b(?P<d>\d{1,2})\s*(?:[/.-]|\s+tháng\s+)\s*(?P<m>\d{1,2})\s*(?:[/.-]|\s*,?\s*năm\s+)\s*" + _year("y"),
    ),
    ("quarters", rf"\bquý\s+(?P<q1>{QUARTER}){TO}(?:quý\s+)?(?P<q2>{QUARTER}){OF_YEAR}" + _year("y1")),
    ("quarter", rf"\bquý\s+(?P<q>{QUARTER}){OF_YEAR}" + _year("yq")),
    ("half", r"\b(?P<part>6 tháng (?:đầu|cuối)|nửa (?:đầu|cuối)) năm " + _year("yh")),
    ("months", rf"\btháng\s+(?P<m1>\d{{1,2}}){TO}(?:tháng\s+)?(?P<m2>\d{{1,2}})(?:\s*/\s*|\s+năm\s+)" + _year("y2")),
    ("month", r"(?<![\d/])(?:tháng\s+)?(?P<mm>0?[1-9]|1[0-2])(?:\s*/\s*|\s+năm\s+|-)" + _year("ym")),
    ("years", rf"\b(?:năm\s+)?{_year('ya')}\s*(?:-|–|đến(?:\s+hết)?(?:\s+năm)?)\s*" + _year("yb")),
    ("year", r"(?<![\d/])(?:năm\s+)?" + _year("yy") + r"(?!/)"),
)
POINT = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in PATTERNS), re.IGNORECASE)


@dataclass(frozen=True)
class Point:
    """A stretch of days as written, from its first to its last, and where in the text it stands."""

    name: str
    first: date
    last: date
    start: int
    end: int

    @property
    def is_run(self) -> bool:
        """Whether the text itself names a beginning and an end."""
        return self.name in {"quarters", "months", "years"}


def find_points(text: str) -> tuple[Point, ...]:
    """Every point in time of the text that names a year and exists in the calendar."""
    points = []
    for found in POINT.finditer(text):
        days = _days(found)
        if days and days[0] <= days[1]:
            points.append(Point(_name(found), *days, found.start(), found.end()))
    return tuple(points)


def _name(found: re.Match[str]) -> str:
    return next(name for name, _pattern in PATTERNS if found[name])


def month_days(year: int, first: int, last: int) -> tuple[date, date]:
    """First day of the first month and last day of the last month of one year."""
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _days(found: re.Match[str]) -> tuple[date, date] | None:
    try:
        return _BOUNDS[_name(found)](found)
    except ValueError:
        return None


def _day(found: re.Match[str]) -> tuple[date, date]:
    day = date(int(found["y"]), int(found["m"]), int(found["d"]))
    return day, day


def _quarters(found: re.Match[str]) -> tuple[date, date]:
    first, last = QUARTERS[found["q1"].upper()], QUARTERS[found["q2"].upper()]
    return month_days(int(found["y1"]), first * 3 - 2, last * 3)


def _quarter(found: re.Match[str]) -> tuple[date, date]:
    quarter = QUARTERS[found["q"].upper()]
    return month_days(int(found["yq"]), quarter * 3 - 2, quarter * 3)


def _half(found: re.Match[str]) -> tuple[date, date]:
    first_half = found["part"].lower().endswith("đầu")
    return month_days(int(found["yh"]), *((1, 6) if first_half else (7, 12)))


def _months(found: re.Match[str]) -> tuple[date, date]:
    if not (1 <= int(found["m1"]) <= 12 and 1 <= int(found["m2"]) <= 12):
        raise ValueError(found[0])
    return month_days(int(found["y2"]), int(found["m1"]), int(found["m2"]))


def _month(found: re.Match[str]) -> tuple[date, date]:
    return month_days(int(found["ym"]), int(found["mm"]), int(found["mm"]))


def _years(found: re.Match[str]) -> tuple[date, date]:
    return date(int(found["ya"]), 1, 1), date(int(found["yb"]), 12, 31)


def _one_year(found: re.Match[str]) -> tuple[date, date]:
    return month_days(int(found["yy"]), 1, 12)


_BOUNDS = {
    "day": _day, "quarters": _quarters, "quarter": _quarter, "half": _half,
    "months": _months, "month": _month, "years": _years, "year": _one_year,
}  # fmt: skip
