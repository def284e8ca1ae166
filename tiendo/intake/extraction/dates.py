"""Points in time as officials write them: a day, a week, a month, a quarter, part of a year, a year, or a run of these.

Only what names its year is a point. Every gap in the patterns is bounded, so a text costs time in proportion to its
length.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from tiendo.intake.extraction.stretches import READERS

YEAR = r"(?P<y>199\d|20\d\d|2100)(?!\d)"
NO_NUMBER = r"(?!\s?/|-(?:NĐ|QĐ|NQ|KH|TT|CT|KL|CP|UBND|HĐND|QH)(?!\w))"  # 12/2025/NĐ-CP is a document, not a month
GAP = r"\s{0,2}"
DASH = r"(?:-|–|—|−|÷|~|→)"
TO = rf"{GAP}(?:{DASH}|đến|tới){GAP}"
AND = rf"{GAP}(?:{DASH}|đến|tới|,|;|và|&|\+){GAP}"
QUY = rf"(?<!\w)(?:qu[ýíy]|qúy|qúi|q\.?){GAP}"
QUARTER = r"(?:[IVX]{1,4}|\d{1,2}|một|nhất|hai|ba|tư|bốn)(?!\w)"
THANG = rf"(?<!\w)(?:tháng|th?\.?(?={GAP}\d)){GAP}"
MONTH = r"(?:\d{1,2}|một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười một|mười hai|mười)(?!\w)"
OF_MONTH = rf"(?:{GAP}[/.-]{GAP}|\s{{1,2}}tháng\s{{1,2}})"
OF_YEAR = rf"(?:{GAP}[/.-]{GAP}(?:năm\s{{1,2}})?|{GAP},?{GAP}(?:của\s)?năm\s{{0,2}})"
LOOSE_YEAR = rf"(?:{OF_YEAR}|\s{{1,2}})"
DAY_YEAR = rf"(?:{GAP}[/.-]{GAP}|{GAP},?{GAP}năm\s{{0,2}})"
START = r"(?<![\d/.,])(?:(?<!\d[-–])|(?<=\d{4}[-–]))"
DAY_START = r"(?<![\d/.:])(?<!\d[hg])"
DAY_AND = rf"{GAP}(?:{DASH}|đến|tới|,(?!\s{{0,3}}ngày)|và){GAP}"  # "16 giờ 30, ngày 20/3" is one day

PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", rf"{DAY_START}(?P<y>199\d|20\d\d|2100)(?P<sep>[-/])(?P<m>\d\d)(?P=sep)(?P<d>\d\d)(?!\d)"),
    (
        "days",
        rf"{DAY_START}(?P<d1>\d{{1,2}})(?:{OF_MONTH}(?P<m1>\d{{1,2}}))?(?P<joint>{DAY_AND})(?:ngày\s{{1,2}})?"
        rf"(?P<d2>\d{{1,2}}){OF_MONTH}(?P<m2>\d{{1,2}}){DAY_YEAR}{YEAR}{NO_NUMBER}",
    ),
    ("months_alone", rf"{START}(?P<list>\d{{1,2}}{GAP}[-–]{GAP}\d{{1,2}}){GAP}/{GAP}{YEAR}{NO_NUMBER}"),
    ("day", rf"{DAY_START}(?P<d>\d{{1,2}}){OF_MONTH}(?P<m>\d{{1,2}}){DAY_YEAR}{YEAR}{NO_NUMBER}"),
    (
        "quarters",
        rf"{QUY}(?P<list>{QUARTER}(?:{AND}(?:{QUY})?{QUARTER}){{1,3}}){LOOSE_YEAR}{YEAR}{NO_NUMBER}",
    ),
    (
        "quarters_across",
        rf"{QUY}(?P<q1>{QUARTER}){LOOSE_YEAR}(?P<y1>199\d|20\d\d|2100){TO}(?P<q2>[IVX]{{1,3}}){LOOSE_YEAR}{YEAR}",
    ),
    ("quarter", rf"{QUY}(?P<q>{QUARTER}){LOOSE_YEAR}{YEAR}{NO_NUMBER}"),
    (
        "part",
        r"(?<!\w)(?:(?P<n>\d{1,2}|sáu|chín|ba)\s{1,2}tháng\s{1,2}|nửa\s{1,2})(?P<side>đầu|cuối)\s{1,2}(?:của\s)?năm\s{1,2}"
        + YEAR,
    ),
    (
        "week_of_month",
        rf"(?<!\w)tuần\s{{1,2}}(?:thứ\s)?(?P<w>[1-5]|một|nhất|hai|ba|tư|năm|đầu(?: tiên)?|cuối(?: cùng)?)"
        rf"(?:\s{{1,2}}của|{GAP}[,/-])?{GAP}(?:{THANG})(?P<m>{MONTH}){LOOSE_YEAR}{YEAR}",
    ),
    ("week", rf"(?<!\w)tuần\s{{1,2}}(?:thứ\s|số\s)?(?P<w>\d{{1,2}}){OF_YEAR}{YEAR}{NO_NUMBER}"),
    ("months", rf"{THANG}(?P<list>{MONTH}(?:{AND}(?:{THANG})?{MONTH}){{1,11}}){OF_YEAR}{YEAR}{NO_NUMBER}"),
    ("month", rf"{THANG}(?P<m>{MONTH})(?:{OF_YEAR}|\s{{1,2}}(?=\d)){YEAR}{NO_NUMBER}"),
    ("month_alone", rf"{START}(?P<m>0?[1-9]|1[0-2])(?:{GAP}[/-]{GAP}|(?<=\d\d)\.){YEAR}{NO_NUMBER}"),
    ("month_first", rf"{START}(?P<y>199\d|20\d\d|2100)-(?P<m>0[1-9]|1[0-2])(?![\d/-])"),
    (
        "years",
        rf"{START}(?:năm\s{{0,2}})?(?P<y1>199\d|20\d\d|2100)"
        rf"{GAP}(?:{DASH}|/|(?:cho\s)?đến|tới)(?:\s{{1,2}}(?:hết|cuối))?{GAP}(?:năm\s{{1,2}})?{YEAR}(?!\s?/)",
    ),
    ("year", rf"{START}(?:năm\s{{0,2}})?{YEAR}(?!\s?[-–/]\s?\d|\.\d|\s?%|\s?/)"),
)
RUNS = frozenset({"days", "quarters", "quarters_across", "months", "years"})
DAYS = frozenset({"day", "iso"})
EACH = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in PATTERNS}


def _bare(pattern: str) -> str:
    """The pattern without the names of its groups, to stand beside others in one alternation."""
    return re.sub(r"\?P<\w+>", "?:", pattern).replace("(?P=sep)", "[-/]")


POINT = re.compile("|".join(f"(?P<{name}>{_bare(pattern)})" for name, pattern in PATTERNS), re.IGNORECASE)


@dataclass(frozen=True)
class Point:
    """A stretch of days as written, from its first to its last, and where in the text it stands.

    `parts` holds the stretches of a list that leaves gaps ("Quý II, IV/2025"), otherwise nothing.
    """

    name: str
    first: date
    last: date
    start: int
    end: int
    parts: tuple[tuple[date, date], ...] = ()

    @property
    def is_run(self) -> bool:
        """Whether the text itself names a beginning and an end."""
        return self.name in RUNS

    @property
    def is_day(self) -> bool:
        """Whether it is one day of the calendar."""
        return self.name in DAYS


def find_points(text: str) -> tuple[Point, ...]:
    """Every point in time of the text that names a year and exists in the calendar."""
    return read_points(text)[0]


def read_points(text: str) -> tuple[tuple[Point, ...], tuple[str, ...]]:
    """The points of a text, and what is written like one but stands in no calendar ("31/6/2025", "tháng 13/2025")."""
    points: list[Point] = []
    impossible: list[str] = []
    for found in POINT.finditer(text):
        point = _point(text, found)
        if point:
            points.append(point)
        else:
            impossible.append(found[0])
    return tuple(points), tuple(impossible)


def _point(text: str, found: re.Match[str]) -> Point | None:
    name = str(found.lastgroup)
    inner = EACH[name].match(text, found.start())
    try:
        stretches = READERS[name](inner) if inner else ()
    except ValueError:
        return None
    if not stretches or any(last < first for first, last in stretches):
        return None
    gaps = any(after != before + timedelta(days=1) for (_, before), (after, _) in pairwise(stretches))
    parts = tuple(stretches) if gaps else ()
    return Point(_shown(name), stretches[0][0], stretches[-1][1], found.start(), found.end(), parts)


def _shown(name: str) -> str:
    """Spellings of one kind of point under one name."""
    return {
        "iso": "day",
        "month_alone": "month",
        "month_first": "month",
        "quarters_across": "quarters",
        "months_alone": "months",
    }.get(name, name)
