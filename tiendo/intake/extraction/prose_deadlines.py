"""Deadlines that sentences set: told from the dates of cited documents and from years inside other plans' titles."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tiendo.intake.extraction.dates import Point, find_points
from tiendo.intake.extraction.deadlines import BEFORE, Due, dated
from tiendo.intake.extraction.rhythms import DAY_MONTH, REPEATED, frequency, yearly

LEAD = re.compile(
    r"\b(?P<lead>(?:chậm nhất|muộn nhất)(?:\s+(?:là|vào|trước|đến|trong))*|cho đến(?: hết| cuối)?|"
    r"đến (?:hết|cuối|trước)|đến|tới|hết|trong|"
    r"xong trước|trước|cuối|vào cuối|từ|(?:thời hạn|thời gian)(?: hoàn thành| thực hiện)?(?: là)?\s?:?)"
    r"\s+(?:(?:ngày|thời điểm)\s+)?",
    re.IGNORECASE,
)
PLAN_NOUN = re.compile(
    r"\b(?:chương trình|kế hoạch|đề án|chiến lược|quy hoạch|dự án|nghị quyết|quyết định|"
    r"mục tiêu)\b(?!\s+(?:này|trên|nêu))",
    re.IGNORECASE,
)
MONTHLY = re.compile(r"(?:hằng|hàng|mỗi) tháng", re.IGNORECASE)
MONTH_DAY = re.compile(
    r"(?P<before>trước\s+)?(?:vào\s+)?ngày\s+(?P<d>\d{1,2})(?!\d|\.\d|\s*/|\s*tháng\s+\d)", re.IGNORECASE
)
SEGMENT = re.compile(r"[.;:!?]")
CLAUSE_START = re.compile(r"(?:^|[.;:,(–-])\s*$")
NEAR = 20
TITLE_TAIL = re.compile(r"^,?\s*(?:tầm nhìn|định hướng)", re.IGNORECASE)
TITLE_LEADS = ("đến", "tới", "từ")
DUTY = r"(?:thực hiện|tổ chức|báo cáo|đánh giá|rà soát|cập nhật|bố trí|công bố|kiểm tra|tổng hợp)"
RHYTHM = re.compile(
    rf"(?:(?<=^)|(?<=[.;,]\s)|(?<=\bthực hiện\s)|"
    rf"(?=định kỳ))(?P<all>{REPEATED.pattern})"
    rf"(?=\s*,|\s+{DUTY}|\s+theo\b|\s*[.;]|\s+bố trí)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Found:
    """A deadline in prose and the exact stretch of text that sets it."""

    start: int
    end: int
    due: Due


def find_deadlines(text: str) -> tuple[Found, ...]:
    """Deadlines set by one sentence: dates of cited documents and years inside other plans' titles are left alone."""
    once = [*_with_year(text)]
    yearless = [*_without_year(text)]
    rhythms = [] if yearless else [*_rhythms(text, once)]
    return tuple(sorted([*once, *yearless, *rhythms], key=lambda found: found.start))


def _with_year(text: str) -> Iterator[Found]:
    points = {point.start: point for point in find_points(text)}
    for lead in LEAD.finditer(text):
        point = points.get(lead.end())
        if point and not _inside_title(text, lead, point):
            raw = text[lead.start() : point.end]
            due = dated(raw, [point], lead=lead[0])
            yield Found(lead.start(), point.end, due)


def _inside_title(text: str, lead: re.Match[str], point: Point) -> bool:
    word = lead["lead"].lower()
    if word == "từ" and not point.is_run:
        return True
    if not word.startswith(TITLE_LEADS) or word.endswith(("hết", "trước")) or point.name == "day":
        return False
    before = SEGMENT.split(text[: lead.start()])[-1]
    if CLAUSE_START.search(before[-NEAR:] if before.strip() else ""):
        return bool(TITLE_TAIL.match(text[point.end :]) and PLAN_NOUN.search(before))
    return PLAN_NOUN.search(before) is not None


def _without_year(text: str) -> Iterator[Found]:
    """Days without a year: of every year when the sentence says how often, otherwise of a year nobody named."""
    repeated = REPEATED.search(text)
    for lead in LEAD.finditer(text):
        day = DAY_MONTH.match(text, lead.end())
        before = BEFORE.search(lead[0]) is not None
        rule = yearly(int(day["d"]), int(day["m"]), before) if day else None
        if day and rule and lead["lead"].lower() != "từ":
            raw = text[lead.start() : day.end()]
            due = Due(raw, "recurring", rrule=rule, before=before) if repeated else Due(raw, "moment", before=before)
            yield Found(lead.start(), day.end(), due)
    yield from _each_month(text)


def _each_month(text: str) -> Iterator[Found]:
    """ "hằng tháng … trước ngày 20": a day of every month."""
    if not MONTHLY.search(text):
        return
    for found in MONTH_DAY.finditer(text):
        day = int(found["d"]) - bool(found["before"])
        if 1 <= day <= 31:
            rule = f"FREQ=MONTHLY;BYMONTHDAY={day}"
            due = Due(found[0], "recurring", rrule=rule, before=bool(found["before"]))
            yield Found(found.start(), found.end(), due)


def _rhythms(text: str, once: Sequence[Found]) -> Iterator[Found]:
    for found in RHYTHM.finditer(text):
        rule = frequency(found)
        if rule and not any(d.start <= found.start() < d.end for d in once):
            yield Found(found.start(), found.end(), Due(found["all"], "recurring", rrule=rule))
