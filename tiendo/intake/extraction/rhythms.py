"""Deadlines that come again: "hằng quý", "định kỳ 6 tháng", "trước ngày 15/12 hằng năm", as rules of RFC 5545.

A rule is None where the text names no rhythm ("thường xuyên"). "trước" moves a day of the month to the day before.
"""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tiendo.intake.extraction.stretches import number_of

UNIT = r"(?:năm|quý|tháng|tuần|ngày)"
COUNT = r"\(?(?:\d{1,2}|một|hai|ba|sáu)\)?"
EACH = r"(?:hằng|hàng|mỗi|theo|từng)"
REPEATED = re.compile(
    rf"(?<!\w)(?:thường xuyên|liên tục|(?:mỗi|một|0?1)\s+(?P<per2>{UNIT})\s+(?P<times2>{COUNT})\s+lần"
    rf"|(?:định kỳ\s+(?:{EACH}\s+)?|{EACH}\s+)(?P<every>{UNIT})(?!\w|\s+(?:học|ngân sách|tài chính|\d))"
    rf"(?P<more>(?:\s{{0,2}}(?:,|và|/|hoặc)\s{{0,2}}(?:{EACH}\s+)?(?:\d{{1,2}}\s+)?{UNIT}(?!\w))*)"
    rf"|(?:định kỳ|{EACH})\s+(?P<n>{COUNT})\s+(?P<unit>{UNIT})(?:\s?/\s?(?:một\s|1\s)?lần|\s+(?:một|1)\s+lần)?"
    rf"|(?P<n2>{COUNT})\s+(?P<unit2>{UNIT})(?:\s?/\s?(?:một\s|0?1\s)?lần|\s+(?:một|0?1)\s+lần)"
    rf"|(?P<times>{COUNT})\s+lần\s?(?:/|mỗi|trong|trên|một|hằng|hàng)\s?(?:một\s|1\s)?(?P<per>{UNIT})(?!\w)"
    rf"|(?P<within>tháng\s+(?:đầu|cuối)\s+(?:của\s+)?(?:(?:mỗi|hằng|hàng)\s+)?quý)(?!\w|\s+[IVX\d])|định kỳ)",
    re.IGNORECASE,
)
MONTHS = {"năm": 12, "quý": 3, "tháng": 1}
FREQUENCY = {1: "FREQ=MONTHLY", 12: "FREQ=YEARLY"}
DAY_MONTH = re.compile(
    r"(?:ngày\s+)?(?<![\d/.])(?P<d>\d{1,2})(?:\s{0,2}/\s{0,2}|\s+tháng\s+)(?P<m>\d{1,2})(?!\s{0,2}(?:/|\d|năm\s{0,2}\d))",
    re.IGNORECASE,
)
DAY_OF = re.compile(
    r"(?<!\w)(?:ngày\s+(?:mùng\s+|mồng\s+)?(?P<d>\d{1,2})(?!\d|\s?[/.]\s?\d|\s*tháng\s+\d)|ngày\s+cuối(?:\s+cùng)?|cuối)"
    r"\s*(?:,|của)?\s*(?P<of>(?:mỗi|hằng|hàng|từng)?\s*(?:tháng\s+(?P<which>đầu|cuối)\s+(?:của\s+)?(?:mỗi\s+|hằng\s+|hàng\s+)?quý|tháng|"
    r"quý|năm))?",
    re.IGNORECASE,
)
WEEKDAY = re.compile(
    r"(?<!tuần )(?<!lần )(?P<day>thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật|t[2-7])(?!\w)", re.IGNORECASE
)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MONTH_OF = re.compile(r"(?<!\w)(?:tháng\s+(?P<m>\d{1,2})|quý\s+(?P<q>IV|I{1,3}|[1-4]))(?![\w/])", re.IGNORECASE)
BEFORE = re.compile(r"(?<!\w)trước(?!\w)", re.IGNORECASE)
NEAR = 30
BY_HOUR = re.compile(
    r"trước\s+(?:0?[1-9]|1\d|2[0-4])\s?(?:giờ|h|g|:)\s?(?:[0-5]\d)?(?:\s?phút)?[\s,]*(?:ngày\s?)?$", re.IGNORECASE
)
PLAIN_YEAR = 2023  # not a leap year: the day before 1 March is 28 February in most years


@dataclass(frozen=True)
class Rhythm:
    """Where a text says that something comes again, and the rules of it: none, one, or one for each of its days.

    `texts` are the printed days that several rules belong to; `plain` is how often, without a day.
    """

    start: int
    end: int
    rules: tuple[str, ...]
    before: bool = False
    texts: tuple[str, ...] = ()
    plain: str | None = None

    @property
    def rule(self) -> str | None:
        """The one rule; only how often when each day has its own."""
        return self.rules[0] if len(self.rules) == 1 else self.plain


def find_rhythm(text: str) -> Rhythm | None:
    """The rhythm of a text with the day that the text gives it, or None: the first that says how often, if any."""
    spots = list(REPEATED.finditer(text))
    if not spots:
        return None
    found = next((spot for spot in spots if frequency(spot)), spots[0])
    plain = frequency(found)
    fixed = _weekly(text, plain) or _day_of(text, plain) or _months_of(text, plain)
    if plain or found[0].lower() == "định kỳ":
        fixed = _yearly_days(text) or fixed
    if fixed:
        texts = tuple(day[0] for day in DAY_MONTH.finditer(text))
        return Rhythm(found.start(), found.end(), *fixed, texts, plain)
    return Rhythm(found.start(), found.end(), (plain,) if plain else ())


def frequency(repeated: re.Match[str]) -> str | None:
    """The rule of "hằng quý", "định kỳ 6 tháng", "1 lần/năm"; None when no rhythm is named ("thường xuyên")."""
    count, unit = repeated["n"] or repeated["n2"], repeated["unit"] or repeated["unit2"]
    times, per = repeated["times"] or repeated["times2"], repeated["per"] or repeated["per2"]
    if count:
        return _rule(number_of(count.strip("()")), unit.lower())
    if times:
        # "2 lần/năm" does not say which months: only once in a stretch of time is a rule.
        return _rule(1, per.lower()) if number_of(times.strip("()")) == 1 else None
    if repeated["within"]:
        return _rule(1, "quý")
    return _smallest(repeated["every"], repeated["more"]) if repeated["every"] else None


def _rule(number: int, unit: str) -> str | None:
    if number < 1:
        return None
    if unit in {"tuần", "ngày"}:
        name = "FREQ=WEEKLY" if unit == "tuần" else "FREQ=DAILY"
        return name if number == 1 else f"{name};INTERVAL={number}"
    months = number * MONTHS[unit]
    if months % 12 == 0:
        return "FREQ=YEARLY" if months == 12 else f"FREQ=YEARLY;INTERVAL={months // 12}"
    return FREQUENCY.get(months) or f"FREQ=MONTHLY;INTERVAL={months}"


def _smallest(first: str, more: str | None) -> str | None:
    """ "hằng quý, năm" comes every quarter: the shortest of the stretches it names."""
    order = ("ngày", "tuần", "tháng", "quý", "năm")
    counted = re.findall(rf"(\d{{1,2}})?\s*({UNIT})", more or "", re.IGNORECASE)
    named = [(1, first.lower()), *((int(number or 1), unit.lower()) for number, unit in counted)]
    return _rule(*min(named, key=lambda each: (each[0] * MONTHS.get(each[1], 0), order.index(each[1]))))


def yearly(day: int, month: int, before: bool) -> str | None:
    """The rule of a day of every year; "trước" moves it to the day before. None when there is no such day."""
    try:
        good = date(PLAIN_YEAR, month, day) - timedelta(days=before)
    except ValueError:
        return None
    return f"FREQ=YEARLY;BYMONTH={good.month};BYMONTHDAY={good.day}"


def is_before(text: str, start: int) -> bool:
    """Whether "trước" stands close before a place, in the same clause: "trước 16 giờ thứ Sáu" is Friday itself."""
    clause = re.split(r"[;(]", text[max(0, start - NEAR) : start])[-1]
    return BEFORE.search(clause) is not None and not BY_HOUR.search(clause)


Fixed = tuple[tuple[str, ...], bool]


def _yearly_days(text: str) -> Fixed | None:
    """Days without a year: one rule for those that fall on one day of their months, otherwise one rule each."""
    spots = [(int(f["d"]), int(f["m"]), is_before(text, f.start())) for f in DAY_MONTH.finditer(text)]
    rules = [rule for rule in (yearly(*spot) for spot in spots) if rule]
    if not rules:
        return None
    return _joined(rules), any(before for *_, before in spots)


def _joined(rules: Sequence[str]) -> tuple[str, ...]:
    split = [re.split(r"[=;]", rule) for rule in rules]
    months, days = [parts[3] for parts in split], {parts[5] for parts in split}
    if len(days) > 1:
        return tuple(dict.fromkeys(rules))
    return (f"FREQ=YEARLY;BYMONTH={','.join(dict.fromkeys(months))};BYMONTHDAY={days.pop()}",)


def _weekly(text: str, plain: str | None) -> Fixed | None:
    found = WEEKDAY.search(text) if plain and plain.startswith("FREQ=WEEKLY") else None
    if found is None:
        return None
    before = is_before(text, found.start())
    word = found["day"].lower().split()[-1].removeprefix("t")
    place = 6 if word == "nhật" else number_of(word) - 2
    return (f"{plain};BYDAY={WEEKDAYS[place - before]}",), before


def _day_of(text: str, plain: str | None) -> Fixed | None:
    """ "ngày 25 hằng tháng", "cuối mỗi quý", "ngày 5 của tháng đầu quý": a day of every month or of some months."""
    for found in DAY_OF.finditer(text):
        months = _months_named(found, plain)
        if months and (found["d"] or found["of"]):
            before = is_before(text, found.start())
            day = int(found["d"]) if found["d"] else 0  # 0: the last day
            rule = _monthly(day, months, before and day > 0)
            return ((rule,), before and day > 0) if rule else None
    return None


def _months_named(found: re.Match[str], plain: str | None) -> str:
    """Months of a day: "*" for all of them, a list, or nothing when the text does not say."""
    of = re.sub(r"^(?:mỗi|hằng|hàng|từng)\s+", "", (found["of"] or "").strip().lower())
    if found["which"]:
        return "3,6,9,12" if found["which"].lower() == "cuối" else "1,4,7,10"
    if found["d"]:
        return "*" if plain == "FREQ=MONTHLY" else ""
    return {"tháng": "*" if plain == "FREQ=MONTHLY" else "", "quý": "3,6,9,12", "năm": "12"}.get(of, "")


def _monthly(day: int, months: str, before: bool) -> str | None:
    """Day 0 and day 31 are the last day of the month; the day before the first is the last of the month before."""
    if day > 31:
        return None
    good = day - before
    if before and good == 0 and months != "*":
        months = ",".join(str((int(month) - 2) % 12 + 1) for month in months.split(","))
    good = -1 if good in {0, 31} else good
    return f"FREQ=MONTHLY;BYMONTHDAY={good}" if months == "*" else f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={good}"


def _months_of(text: str, plain: str | None) -> Fixed | None:
    """ "Tháng 12 hằng năm", "Quý IV hằng năm": the last day of the month or quarter, or the one before its first."""
    if plain not in {"FREQ=YEARLY", None}:
        return None
    spots = [spot for spot in MONTH_OF.finditer(text) if spot["q"] or 1 <= int(spot["m"]) <= 12]
    if not spots or plain is None:
        return None
    before = is_before(text, spots[0].start())
    lasts = [int(spot["m"]) if spot["m"] else number_of(spot["q"]) * 3 for spot in spots]
    if before:
        first = lasts[0] - (2 if spots[0]["q"] else 0)
        return ((yearly(1, first, True) or "",), True)
    rules = [yearly(calendar.monthrange(PLAIN_YEAR, last)[1], last, False) or "" for last in lasts]
    return _joined(rules), False
