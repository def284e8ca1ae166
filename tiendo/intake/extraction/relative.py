"""Deadlines counted from the day a document is issued: "sau 30 ngày kể từ ngày ban hành"."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from tiendo.calendars.working_days import add_working_days
from tiendo.intake.extraction.stretches import number_of

SPAN = re.compile(
    r"(?<!\w)(?P<n>\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?:\s?\([^()]{1,20}\))?\s{1,2}"
    r"(?P<unit>ngày làm việc|ngày|tuần|tháng|năm)(?!\w)",
    re.IGNORECASE,
)
NOUN = r"(?:văn bản|kế hoạch|quyết định|chương trình|nghị quyết|chỉ thị|đề án|công văn|phương án)"
ACT = r"(?:ký ban hành|ký|ban hành|phê duyệt)"
FROM_ISSUE = re.compile(
    rf"(?<!\w)(?:(?:kể\s)?từ\s(?:ngày|khi)|sau\skhi|sau\sngày|tính từ ngày|tính từ khi)\s"
    rf"(?:{ACT}(?:\s{NOUN}\snày)?|{NOUN}(?:\snày)?\s(?:được\s)?{ACT})[\s.;)]*$",
    re.IGNORECASE,
)
LONGEST = 3650


@dataclass(frozen=True)
class Span:
    """So many days, working days, weeks, months or years after the document is issued."""

    number: int
    unit: str

    def after(self, issued_on: date) -> date | None:
        """The last good day, the day of issue not counted; None beyond ten years."""
        days = {"ngày": 1, "ngày làm việc": 2, "tuần": 7, "tháng": 31, "năm": 366}[self.unit] * self.number
        if days > LONGEST:
            return None
        if self.unit == "ngày làm việc":
            return add_working_days(issued_on, self.number)
        if self.unit in {"tháng", "năm"}:
            return _months_later(issued_on, self.number * (12 if self.unit == "năm" else 1))
        return issued_on + timedelta(days=days)


def find_span(text: str) -> Span | None:
    """The span of a text that counts from its own document's issue, or None when it counts from anything else."""
    if not FROM_ISSUE.search(text):
        return None
    found = SPAN.search(text)
    number = number_of(found["n"]) if found else 0
    return Span(number, found["unit"].lower()) if found and number else None


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
