"""Deadlines counted from the day a document is issued: "sau 30 ngày kể từ ngày ban hành"."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from gettext import gettext as _

from tiendo.calendars.working_days import add_working_days
from tiendo.intake.extraction.due import Due
from tiendo.intake.extraction.stretches import number_of

SPAN = re.compile(
    r"(?<!\w)(?P<n>\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?:\s?\([^()]{1,20}\))?\s{1,2}"
    r"(?P<unit>ngày làm việc|ngày|tuần|tháng|năm)(?!\w)",
    re.IGNORECASE,
)
NOUN = (
    r"(?:văn bản|kế hoạch|quyết định|chương trình|nghị quyết|chỉ thị|đề án|công văn|công điện|phương án|thông báo|"
    r"kết luận|hướng dẫn|quy chế|quy định|tờ trình|danh mục|phụ lục)"
)
ACT = r"(?:ký ban hành|ký|ban hành|phê duyệt)"
SINCE_ISSUE = (
    rf"(?<!\w)(?:(?:kể\s|tính\s)?từ\s(?:ngày|khi)|sau\skhi|sau\sngày)\s"
    rf"(?:{ACT}(?:\s{NOUN}\snày)?|{NOUN}(?:\snày)?\s(?:được\s)?{ACT})"
)
FROM_ISSUE = re.compile(SINCE_ISSUE + r"[\s.;)]*$", re.IGNORECASE)
PHRASE = re.compile(
    rf"(?<!\w)(?:(?:chậm nhất|muộn nhất|trong(?:\s(?:vòng|thời hạn|thời gian))?|sau|tối đa|không quá)\s"
    rf"(?:là\s)?){{1,3}}{SPAN.pattern},?\s{{1,2}}{SINCE_ISSUE}(?=\s*(?:[.,;:)]|$))",
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


def find_phrases(text: str) -> Iterator[tuple[int, int]]:
    """Where a sentence counts days from the issue of its own document."""
    return ((found.start(), found.end()) for found in PHRASE.finditer(text))


def due_after_issue(text: str, issued_on: date | None) -> Due:
    """The deadline of such words; open without a day when the day of issue is not known."""
    span = find_span(text)
    on = span.after(issued_on) if span and issued_on else None
    if not (span and on and issued_on):
        return Due(text, "open")
    note = _("Tính từ ngày ban hành {day}.").format(day=issued_on.strftime("%d/%m/%Y"))
    if span.unit == "ngày làm việc":
        note += " " + _("Ngày làm việc tính theo lịch nghỉ chung; hãy kiểm tra lại nếu có ngày nghỉ hoán đổi.")
    return Due(text, "moment", on=on, note=note)
