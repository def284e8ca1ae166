"""The days that a matched point in time covers. A reader raises ValueError for what stands in no calendar."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

Stretch = tuple[date, date]
Found = re.Match[str]

ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
WORDS = {
    "một": 1, "nhất": 1, "đầu": 1, "đầu tiên": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7,
    "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12,
}  # fmt: skip
MEMBER = re.compile(r"(?<!\w)[qt]?\.?(?P<n>\d{1,2}|[IVX]{1,4}|mười một|mười hai|[^\W\d_]+)(?!\w)", re.IGNORECASE)
JOINT = re.compile(r"^\W*(?:-|–|—|−|÷|~|→|đến|tới)\W*(?:quý|tháng|q|t)?\W*$", re.IGNORECASE)
LISTED = re.compile(r",|và", re.IGNORECASE)
LAST_WEEKS = ("cuối", "cuối cùng")


def number_of(printed: str) -> int:
    """The number that digits, a Roman quarter or a number word stand for; ValueError for anything else."""
    text = printed.strip()
    if text.isdecimal():
        return int(text)
    try:
        return ROMAN.get(text.upper()) or WORDS[text.lower()]
    except KeyError:
        raise ValueError(printed) from None


def month_days(year: int, first: int, last: int) -> Stretch:
    """First day of the first month and last day of the last month of one year."""
    if not 1 <= first <= last <= 12:
        raise ValueError(f"{first}-{last}")
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def quarter_days(year: int, quarter: int) -> Stretch:
    """First and last day of a quarter; ValueError when there is no such quarter."""
    if not 1 <= quarter <= 4:
        raise ValueError(str(quarter))
    return month_days(year, quarter * 3 - 2, quarter * 3)


def _members(found: Found) -> list[tuple[int, int]]:
    """The numbers of a list as runs: "3, 4" gives (3, 3), (4, 4); "3-5" gives (3, 5)."""
    text = found["list"]
    spots = [spot for spot in MEMBER.finditer(text) if _is_number(spot["n"])]
    runs = [(number_of(spots[0]["n"]), number_of(spots[0]["n"]))]
    for before, after in pairwise(spots):
        number = number_of(after["n"])
        if JOINT.match(text[before.end() : after.start()]):
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _is_number(printed: str) -> bool:
    try:
        return number_of(printed) > 0
    except ValueError:
        return printed.upper().strip("IVX") == "" or printed.isdecimal()


def _day(found: Found) -> list[Stretch]:
    day = date(int(found["y"]), int(found["m"]), int(found["d"]))
    return [(day, day)]


def _days(found: Found) -> list[Stretch]:
    year, month = int(found["y"]), int(found["m2"])
    first = date(year, int(found["m1"] or month), int(found["d1"]))
    last = date(year, month, int(found["d2"]))
    return [(first, first), (last, last)] if LISTED.search(found["joint"]) else [(first, last)]


def _quarters(found: Found) -> list[Stretch]:
    year = int(found["y"])
    return [(quarter_days(year, first)[0], quarter_days(year, last)[1]) for first, last in _members(found)]


def _quarters_across(found: Found) -> list[Stretch]:
    first = quarter_days(int(found["y1"]), number_of(found["q1"]))[0]
    return [(first, quarter_days(int(found["y"]), number_of(found["q2"]))[1])]


def _quarter(found: Found) -> list[Stretch]:
    return [quarter_days(int(found["y"]), number_of(found["q"]))]


def _part(found: Found) -> list[Stretch]:
    months = number_of(found["n"]) if found["n"] else 6
    if not 1 <= months <= 11:
        raise ValueError(found[0])
    first, last = (1, months) if found["side"].lower() == "đầu" else (13 - months, 12)
    return [month_days(int(found["y"]), first, last)]


def _week_of_month(found: Found) -> list[Stretch]:
    """Week 1 is days 1 to 7, week 2 days 8 to 14, and so on; the last week is the last seven days."""
    first, last = month_days(int(found["y"]), number_of(found["m"]), number_of(found["m"]))
    if found["w"].lower() in LAST_WEEKS:
        return [(last - timedelta(days=6), last)]
    start = first + timedelta(days=7 * number_of(found["w"]) - 7)
    return [(start, min(start + timedelta(days=6), last))] if start <= last else []


def _week(found: Found) -> list[Stretch]:
    """Weeks of the year by ISO 8601: from Monday to Sunday."""
    year, week = int(found["y"]), int(found["w"])
    return [(date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7))]


def _months(found: Found) -> list[Stretch]:
    year = int(found["y"])
    return [month_days(year, first, last) for first, last in _members(found)]


def _month(found: Found) -> list[Stretch]:
    month = number_of(found["m"])
    return [month_days(int(found["y"]), month, month)]


def _years(found: Found) -> list[Stretch]:
    return [(date(int(found["y1"]), 1, 1), date(int(found["y"]), 12, 31))]


def _year(found: Found) -> list[Stretch]:
    return [month_days(int(found["y"]), 1, 12)]


READERS: dict[str, Callable[[Found], list[Stretch]]] = {
    "iso": _day, "days": _days, "day": _day, "quarters": _quarters, "quarters_across": _quarters_across,
    "quarter": _quarter, "part": _part, "week_of_month": _week_of_month, "week": _week, "months": _months,
    "months_alone": _months, "month": _month, "month_alone": _month, "month_first": _month, "years": _years,
    "year": _year,
}  # fmt: skip
