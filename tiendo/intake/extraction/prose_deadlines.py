"""Deadlines that sentences set: told from the dates of cited documents and from years inside other plans' titles."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tiendo.intake.extraction.dates import find_points
from tiendo.intake.extraction.due import BEFORE, LIST, Due, Stretch, dated, stretches_of
from tiendo.intake.extraction.prose_context import is_deadline, opens_sentence
from tiendo.intake.extraction.references import without_cited
from tiendo.intake.extraction.relative import due_after_issue, find_phrases
from tiendo.intake.extraction.rhythms import DAY_MONTH, REPEATED, WEEKDAY, find_rhythm, frequency, yearly

TIME = r"(?:(?:vào\s+)?(?:lúc\s+)?\d{1,2}\s?(?:giờ|h|g|:)\s?\d{0,2}(?:\s?phút)?\s{0,2},?\s+)?"
LEAD = re.compile(
    r"(?<!\w)(?P<lead>(?:chậm nhất|muộn nhất)(?:\s+(?:là|vào|trước|đến|trong|hết))*|cho đến(?: hết| cuối| trước)?|"
    r"đến (?:hết|cuối|trước)|đến|tới|hết|(?:ngay )?trong(?: giai đoạn)?|giai đoạn|phấn đấu|hoàn thành|kết thúc|xong|"
    r"trước|vào cuối|vào|cuối|từ|"
    r"(?:thời hạn|thời gian|hạn)(?: hoàn thành| thực hiện| cuối)?(?: là)?\s?:?)"
    rf"\s+{TIME}(?:(?:ngày|thời điểm|hạn)\s+)?",
    re.IGNORECASE,
)
EVERY = re.compile(r"\s+(?:hằng|hàng|mỗi)\s+(?:năm|tháng)(?!\w)", re.IGNORECASE)
QUARTER_TAIL = re.compile(
    r"\s+(?:của\s+)?tháng\s+(?:đầu|cuối)\s+(?:của\s+)?(?:(?:mỗi|hằng|hàng)\s+)?quý(?!\w|\s+[IVX\d])", re.IGNORECASE
)
PART_OF_YEAR = re.compile(
    r"(?<!\w)(?:(?:trong|vào|trước|cuối|hết)\s+)?(?:quý\s+(?:IV|I{1,3}|[1-4])|tháng\s+\d{1,2})\s+(?:hằng|hàng|mỗi)\s+năm(?!\w)",
    re.IGNORECASE,
)
MORE_DAYS = re.compile(r"\s{0,2}(?:,|,?\s?và)\s{1,2}(?=ngày|\d)", re.IGNORECASE)
MONTHLY = re.compile(r"(?:hằng|hàng|mỗi)\s+tháng", re.IGNORECASE)
MONTH_DAY = re.compile(
    r"(?:(?:hằng|hàng|mỗi)\s+tháng,\s+)?(?P<before>trước\s+)?(?:vào\s+)?ngày\s+(?P<d>\d{1,2})(?!\d|\.\d|\s*/|\s*tháng\s+\d)(?:\s+(?:hằng|hàng|mỗi)\s+tháng)?",
    re.IGNORECASE,
)
FRACTION_LEADS = ("đến", "tới", "từ", "hết", "trong", "cuối", "vào", "giai đoạn", "hoàn thành", "xong")
DUTY = (
    r"(?:thực hiện|tổ chức|báo cáo|đánh giá|rà soát|cập nhật|bố trí|công bố|kiểm tra|tổng hợp|về|gửi|sơ kết|tổng kết|"
    r"đăng tải|theo dõi|giao ban|họp|tham mưu)"
)
RHYTHM = re.compile(
    rf"(?:(?<=^)|(?<=[.;,]\s)|(?<=(?<!\w)thực hiện\s)|(?<=(?<!\w)báo cáo\s)|(?=định kỳ))(?P<all>{REPEATED.pattern})"
    rf"(?=\s*,|\s+{DUTY}(?!\w)|\s+theo\b|\s*[.;]|\s*$)",
    re.IGNORECASE,
)

PERIODIC = re.compile(rf"(?=định kỳ\s)(?:{REPEATED.pattern})", re.IGNORECASE)
AT_END = re.compile(r"\s*(?:[.;]|$)")
WORK = re.compile(
    r"(?<!\w)(?:báo cáo|cập nhật|họp|công bố|kiểm tra|bảo trì|kiểm kê|phát hành|tổng hợp|rà soát|đối soát|sao lưu|"
    r"đánh giá|đo lường|giám sát|thống kê|gửi|bảo dưỡng|tổ chức|thực hiện)(?!\w)",
    re.IGNORECASE,
)
PAPER = re.compile(r"(?:kế hoạch|chương trình|lịch|bản tin|báo cáo|dự toán|lương|thu nhập|tiền|phí)\s*$", re.IGNORECASE)
WEEKDAY_NEXT = re.compile(rf",?\s+(?:hạn\s+|vào\s+|trước\s+){{0,2}}{WEEKDAY.pattern}", re.IGNORECASE)
NEAR = 60
LEAST_TITLE = 12  # capitals
TITLE_SHARE = 0.75  # of the letters


@dataclass(frozen=True)
class Found:
    """A deadline in prose and the exact stretch of text that sets it."""

    start: int
    end: int
    due: Due


def find_deadlines(text: str, issued_on: date | None = None) -> tuple[Found, ...]:
    """Deadlines set by one sentence: dates of cited documents and years inside other plans' titles are left alone.

    `issued_on` is the day of the document, for deadlines counted from it.
    """
    if _is_title(text):
        return ()
    once = [found for found in _with_year(text) if not _is_past(found.due, issued_on)]
    once += _after_issue(text, issued_on)
    yearless = [*_without_year(text)]
    rhythms = [] if yearless else [*_rhythms(text, once)]
    return tuple(sorted([*once, *yearless, *rhythms], key=lambda found: found.start))


def _is_title(text: str) -> bool:
    """Whether a text is set in capitals: a title names the time of a plan or a list, it sets none."""
    large = sum(letter.isupper() for letter in text)
    return large >= LEAST_TITLE and large > TITLE_SHARE * sum(letter.isalpha() for letter in text)


def _with_year(text: str) -> Iterator[Found]:
    plain = without_cited(text)
    leads = {lead.end(): lead for lead in LEAD.finditer(plain)}
    taken: Found | None = None
    for stretch in stretches_of(plain, find_points(plain)):
        start = stretch.first.start
        lead = leads.get(start)
        between = plain[taken.end : start] if taken else ""
        if lead and _sets(text, lead, stretch):
            taken = _found(text, lead.start(), stretch, lead[0])
        elif not lead and opens_sentence(plain, start, stretch.last.end):
            taken = _found(text, start, stretch, "")
        elif taken and between and LIST.match(between):
            taken = _found(text, start, stretch, "trước " if taken.due.before else "")
        else:
            taken = None
        if taken:
            yield taken


def _is_past(due: Due, issued_on: date | None) -> bool:
    """What lies before the day a document was issued is a fact, not a deadline."""
    return issued_on is not None and due.on is not None and due.on < issued_on


def _sets(text: str, lead: re.Match[str], stretch: Stretch) -> bool:
    point = stretch.last if stretch.joined else stretch.first
    word = lead["lead"].lower()
    if stretch.joined and word == "từ":
        point = replace(point, name="years", start=stretch.first.start)
    return is_deadline(text, lead.start(), word, point)


def _found(text: str, start: int, stretch: Stretch, lead: str) -> Found:
    """The deadline of a stretch, after the words that lead to it."""
    end = stretch.last.end
    due = dated(text[start:end], stretch.points, lead=lead + stretch.inner, joined=stretch.joined)
    return Found(start, end, due)


def _without_year(text: str) -> Iterator[Found]:
    """Days without a year: of every year when the sentence says how often, otherwise of a year nobody named."""
    repeated, end = REPEATED.search(text) is not None, 0
    for lead in LEAD.finditer(text):
        day = DAY_MONTH.match(text, lead.end())
        before = BEFORE.search(lead[0]) is not None
        start = lead.start()
        if start < end or lead["lead"].lower() == "từ" or (day and _is_fraction(text, lead, day)):
            continue
        while day and (found := _day_of_year(text, start, day, before, repeated)):
            yield found
            end = found.end
            more = MORE_DAYS.match(text, end)
            start = more.end() if more else end
            day = DAY_MONTH.match(text, start) if more else None
    yield from _each_month(text)


def _day_of_year(text: str, start: int, day: re.Match[str], before: bool, repeated: bool) -> Found | None:
    rule = yearly(int(day["d"]), int(day["m"]), before)
    if rule is None:
        return None
    every = EVERY.match(text, day.end())
    raw = text[start : every.end() if every else day.end()]
    due = Due(raw, "recurring", rrule=rule, before=before) if repeated else Due(raw, "moment", before=before)
    return Found(start, start + len(raw), due)


def _is_fraction(text: str, lead: re.Match[str], day: re.Match[str]) -> bool:
    """ "đạt đến 3/4 số hộ" is a share, not the third of April."""
    said = "ngày" in lead[0].lower() or "tháng" in day[0].lower()
    return not said and lead["lead"].lower().startswith(FRACTION_LEADS)


def _each_month(text: str) -> Iterator[Found]:
    """ "hằng tháng … trước ngày 20", "trước ngày 20 của tháng cuối quý": a day of every month or quarter."""
    monthly = MONTHLY.search(text) is not None
    for found in MONTH_DAY.finditer(text):
        tail = QUARTER_TAIL.match(text, found.end())
        raw = text[found.start() : tail.end() if tail else found.end()]
        rhythm = find_rhythm(raw if tail else f"{raw} hằng tháng") if tail or monthly else None
        if rhythm and rhythm.rule and "BYMONTHDAY" in rhythm.rule:
            due = Due(raw, "recurring", rrule=rhythm.rule, before=rhythm.before)
            yield Found(found.start(), found.start() + len(raw), due)


def _after_issue(text: str, issued_on: date | None) -> Iterator[Found]:
    for start, end in find_phrases(text):
        raw = text[start:end]
        yield Found(start, end, due_after_issue(raw, issued_on))


def _rhythms(text: str, once: Sequence[Found]) -> Iterator[Found]:
    for found in PART_OF_YEAR.finditer(text):
        rhythm = find_rhythm(found[0])
        if rhythm and rhythm.rule:
            due = Due(found[0], "recurring", rrule=rhythm.rule, before=rhythm.before)
            once = [*once, Found(found.start(), found.end(), due)]
            yield once[-1]
    spots = {found.start(): found for found in (*_at_the_end(text), *PERIODIC.finditer(text), *RHYTHM.finditer(text))}
    for found in spots.values():
        rule = frequency(found)
        if rule and not any(d.start <= found.start() < d.end for d in once):
            weekday = WEEKDAY_NEXT.match(text, found.end()) if rule == "FREQ=WEEKLY" else None
            start, end = found.start(), weekday.end() if weekday else found.end()
            exact = find_rhythm(text[start:end]) if weekday else None
            rule, before = (exact.rule, exact.before) if exact else (rule, False)
            yield Found(start, end, Due(text[start:end], "recurring", rrule=rule, before=before))


def _at_the_end(text: str) -> Iterator[re.Match[str]]:
    """A rhythm that closes a sentence about work: "bảo trì máy chủ hằng quý."."""
    for found in REPEATED.finditer(text):
        unit = (found["every"] or "").lower()
        before = text[max(0, found.start() - NEAR) : found.start()]
        is_last = AT_END.match(text, found.end()) and not RHYTHM.match(text, found.start())
        if is_last and unit in {"quý", "tuần", "tháng"} and WORK.search(before) and not PAPER.search(before):
            yield found
