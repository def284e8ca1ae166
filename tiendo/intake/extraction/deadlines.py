"""Deadlines: what a cell sets as the last good day, kept beside the printed words.

A year, month or quarter means its last day; "trước ngày D" means the day before D; "thường xuyên" and "hằng năm" recur.
What names no day ("đầu năm 2026", "khi có hướng dẫn") stays open, and what we had to assume stands in `note`.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from gettext import gettext as _
from itertools import pairwise

from tiendo.intake.extraction.dates import Point, find_points, read_points
from tiendo.intake.extraction.due import NEAR, SINCE, Due, Stretch, dated, stretches_of
from tiendo.intake.extraction.references import without_cited
from tiendo.intake.extraction.relative import due_after_issue
from tiendo.intake.extraction.rhythms import DAY_MONTH, MONTH_OF, Rhythm, find_rhythm
from tiendo.intake.extraction.spelling import one_line

__all__ = ["Due", "parse_due"]

BLANK = re.compile(r"^[\s.…_–—-]*$")
CONTINUING = re.compile(
    r"(?:những|các)?\s?(?:năm|giai đoạn|thời gian)\s(?:tiếp theo|tiếp sau|sau|kế tiếp)|tiếp theo|đến khi",
    re.IGNORECASE,
)
OTHERS_PACE = re.compile(
    r"^(?:thực hiện\s)?theo\s+(?:kế hoạch|chương trình|đề án|tiến độ|lộ trình|quy định|chỉ đạo|hướng dẫn|yêu cầu|"
    r"dự án)",
    re.IGNORECASE,
)
FIRM = re.compile(r"(?<!\w)(?:trước|hoàn thành|xong|hết|chậm nhất|muộn nhất|hạn)(?!\w)", re.IGNORECASE)
VISION = re.compile(r"(?<!\w)(?:tầm nhìn|định hướng)(?:\s+đến)?\s*$", re.IGNORECASE)
ONWARD = re.compile(r"\s*trở đi(?!\w)", re.IGNORECASE)
LUNAR = re.compile(r"(?<!\w)âm lịch(?!\w)", re.IGNORECASE)
SHORT_YEAR = re.compile(r"(?<![\d/.-])\d{1,2}\s?[/.-]\s?(?:\d{1,2}\s?[/.-]\s?\d\d|1[3-9]|[2-9]\d)(?![\d/.-])")
STEP_EDGE = re.compile(r"^(?:[\s,;.:–+-]|và\s)+|[\s,;.:–+-]+$")
MANY = 50


def parse_due(raw: str, issued_on: date | None = None) -> Due:
    """Read a deadline cell; `issued_on` is the day of the document, for deadlines counted from it.

    Words that name no time at all are kept as `open` without a day; blank is `missing`.
    """
    text = one_line(unicodedata.normalize("NFC", raw))
    if BLANK.match(text):
        return Due(text, "missing")
    plain = without_cited(text)
    points, impossible = read_points(plain)
    if impossible:
        return Due(text, "open", note=_("Ngày, tháng này không có trong lịch; hãy kiểm tra lại."))
    if LUNAR.search(text):
        return Due(text, "open", note=_("Ngày ghi theo âm lịch; hãy ghi ngày dương lịch."))
    rhythm = find_rhythm(plain)
    if points and OTHERS_PACE.match(plain) and not FIRM.search(plain[: points[0].start]):
        return Due(text, "open")
    stretches = stretches_of(plain, points)
    if rhythm:
        return replace(_recurring(plain, stretches, rhythm), raw=text)
    return replace(_once(plain, stretches) if points else _undated(text, issued_on), raw=text)


def _undated(text: str, issued_on: date | None) -> Due:
    """No point in time: a span from the day of issue where that is known, otherwise open."""
    if SHORT_YEAR.search(text):
        return Due(text, "open", note=_("Năm chỉ ghi hai chữ số; hãy ghi đủ ngày, tháng, năm."))
    if DAY_MONTH.search(text) or MONTH_OF.search(text):
        return Due(text, "open", note=_("Chưa ghi năm; hãy ghi đủ ngày, tháng, năm."))
    return due_after_issue(text, issued_on)


def _narrowest(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Without what another part of the text says more exactly: "Quý II/2025 (trước 15/6/2025)"."""
    stretches = [stretch for stretch in stretches if not VISION.search(stretch.lead)] or stretches
    spans = [(stretch.first.first, stretch.last.last) for stretch in stretches]
    smallest = sorted(set(spans), key=lambda span: span[1] - span[0])[:MANY]
    return [
        stretch
        for stretch, (first, last) in zip(stretches, spans, strict=True)
        if not any((first, last) != span and first <= span[0] and span[1] <= last for span in smallest)
    ]


def _refined(text: str, stretch: Stretch) -> Due | None:
    """A year with a day, month or quarter that leaves the year out: "2025 (Quý II)", "năm 2025, trước 30/6"."""
    year = stretch.last
    if year.name != "year" or stretch.joined or SINCE.search(stretch.lead):
        return None
    rest = text[: year.start] + " " * (year.end - year.start) + text[year.end :]
    found = DAY_MONTH.search(rest) or MONTH_OF.search(rest)
    if found is None:
        return None
    printed = re.sub(r"^ngày\s+", "", found[0], flags=re.IGNORECASE)
    point = next(iter(find_points(f"{printed}/{year.last.year}")), None)
    return dated("", [point], lead=rest[max(0, found.start() - NEAR) : found.start()]) if point else None


def _once(text: str, stretches: Sequence[Stretch]) -> Due:
    stretches = _narrowest(stretches)
    after = text[stretches[-1].last.end :]
    dues = [due for stretch in stretches for due in _of_stretch(stretch)]
    if ONWARD.match(after):
        return Due("", "open", from_=stretches[-1].first.first)
    if CONTINUING.search(after):
        starts_only = dues[0].kind == "open"
        return replace(dues[0], kind="open", from_=dues[0].from_ if starts_only else None)
    if len(dues) == 1:
        return _refined(text, stretches[0]) or dues[0]
    if len(dues) == 2 and dues[0].on is None and dues[0].from_ and dues[1].on and dues[0].from_ <= dues[1].on:
        return replace(dues[1], kind="range", from_=dues[0].from_)
    return _several(text, stretches, dues)


def _several(text: str, stretches: Sequence[Stretch], dues: Sequence[Due]) -> Due:
    """Several deadlines in one cell: the last of them decides, each is kept as a step."""
    if len(dues) == len(stretches):
        cuts = [0, *(_step_end(text, stretch.last.end) for stretch in stretches[:-1]), len(text)]
        texts = [STEP_EDGE.sub("", text[start:end]) for start, end in pairwise(cuts)]
        dues = [replace(due, raw=piece) for due, piece in zip(dues, texts, strict=True)]
    dated = [due for due in dues if due.on]
    if not dated:
        return dues[-1]
    last = max(dated, key=lambda due: due.on or date.min)
    return replace(last, steps=tuple(dues) if len(dated) > 1 else ())


def _step_end(text: str, end: int) -> int:
    """What follows up to a semicolon belongs to the date before it, and so does a remark: "6/2025 (dự thảo)"."""
    remark = re.match(r"\s{0,2}\([^()]{0,80}\)|[^;\d]{0,20}\d{0,4}[^;\d]{0,20};", text[end : end + NEAR * 3])
    return end + remark.end() if remark else end


def _of_stretch(stretch: Stretch) -> list[Due]:
    """The deadlines of one stretch: usually one, several for a list with gaps ("Quý II, IV/2025")."""
    point = stretch.last
    if len(stretch.points) == 1 and point.parts:
        each = [
            Point("day" if first == last else "part", first, last, point.start, point.end)
            for first, last in point.parts
        ]
        return [dated(_span_text(part), [one], lead=stretch.lead) for part, one in zip(point.parts, each, strict=True)]
    return [dated("", stretch.points, lead=stretch.lead + stretch.inner, joined=stretch.joined)]


def _span_text(part: tuple[date, date]) -> str:
    first, last = part
    if first == last:
        return f"{last:%d/%m/%Y}"
    return last.strftime("%m/%Y") if first.month == last.month else f"{first:%m}-{last:%m/%Y}"


def _recurring(text: str, stretches: Sequence[Stretch], rhythm: Rhythm) -> Due:
    """What comes again, between the dates the text names; after a first deadline it only continues."""
    due = _repeated(rhythm)
    if not stretches:
        return due
    stretch = stretches[-1]
    once = _of_stretch(stretch)[-1]
    if (
        stretch.last.end <= rhythm.start
        and once.on
        and re.match(r"\s*(?:[,;]|,?\s*và(?!\w)|sau đó)", text[stretch.last.end :])
    ):
        return replace(once, kind="open", rrule=due.rrule, from_=None)
    return replace(due, on=once.on, from_=once.from_, before=due.before or once.before)


def _repeated(rhythm: Rhythm) -> Due:
    steps = tuple(
        Due(text, "recurring", rrule=rule, before=rhythm.before)
        for text, rule in zip(rhythm.texts, rhythm.rules, strict=False)
    )
    return Due("", "recurring", rrule=rhythm.rule, before=rhythm.before, steps=steps if len(steps) > 1 else ())
