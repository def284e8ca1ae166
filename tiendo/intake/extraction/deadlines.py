"""Deadlines: what a cell sets as the last good day, kept beside the printed words.

A year, month or quarter means its last day; "trước ngày D" means the day before D; "thường xuyên" and "hằng năm" recur.
What names no day ("đầu năm 2026", "khi có hướng dẫn") stays open, and what we had to assume stands in `note`.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from gettext import gettext as _
from itertools import pairwise

from tiendo.intake.extraction.dates import Point, find_points, read_points
from tiendo.intake.extraction.references import without_cited
from tiendo.intake.extraction.relative import find_span
from tiendo.intake.extraction.rhythms import DAY_MONTH, MONTH_OF, Rhythm, find_rhythm
from tiendo.intake.extraction.spelling import one_line

BLANK = re.compile(r"^[\s.…_–—-]*$")
CONTINUING = re.compile(
    r"(?:những|các)?\s?(?:năm|giai đoạn|thời gian)\s(?:tiếp theo|tiếp sau|sau|kế tiếp)|tiếp theo|trở đi|đến khi",
    re.IGNORECASE,
)
BEFORE = re.compile(r"(?<!\w)trước(?!\w)", re.IGNORECASE)
JUST_BEFORE = re.compile(
    r"(?<!\w)trước(?:\s(?:thời điểm|thời hạn|hạn))?(?:\s(?:vào|là))?[\s:,]*"
    r"(?:(?P<time>[\d:hg]{2,5}(?:\s?giờ(?:\s\d\d)?)?(?:\s?phút)?)[\s,]*)?(?:(?:vào\s)?(?:ngày|năm|tháng|quý))?\s*$",
    re.IGNORECASE,
)
TIME = re.compile(
    r"(?<![\d/.,])(?P<h>[01]?\d|2[0-4])\s?(?:giờ|h|g|:)\s?(?P<m>[0-5]\d)?(?:\s?phút)?(?=[\s,]*(?:của\s)?(?:ngày\s)?$)",
    re.IGNORECASE,
)
SINCE = re.compile(r"(?<!\w)(?:kể từ|bắt đầu từ|bắt đầu|từ|áp dụng từ)\s*(?:sau\s)?(?:ngày|đầu)?\s*$", re.IGNORECASE)
AFTER = re.compile(r"(?<!\w)sau\s*(?:ngày)?\s*$", re.IGNORECASE)
VAGUE = re.compile(
    r"(?<!\w)(?:đầu|giữa|nửa đầu|nửa cuối|thượng tuần|trung tuần|hạ tuần|năm học|niên vụ|khoảng giữa)(?:\s+của)?\s*$",
    re.IGNORECASE,
)
SCHOOL_YEAR = re.compile(r"(?<!\w)(?:năm học|niên vụ|niên khóa)\s*$", re.IGNORECASE)
RUN = re.compile(
    r"^[\s,]*(?:-|–|—|−|÷|~|→|(?:cho\s)?đến|tới)\s*(?:hết|cuối|trước|hết ngày|ngày|trước ngày|-|đến)?\s*$",
    re.IGNORECASE,
)
LIST = re.compile(r"^\s*(?:[,;&+/]|,?\s*và|hoặc)\s*$", re.IGNORECASE)
OTHERS_PACE = re.compile(
    r"^(?:thực hiện\s)?theo\s+(?:kế hoạch|chương trình|đề án|tiến độ|lộ trình|quy định|chỉ đạo|hướng dẫn|yêu cầu|"
    r"dự án)",
    re.IGNORECASE,
)
FIRM = re.compile(r"(?<!\w)(?:trước|hoàn thành|xong|hết|chậm nhất|muộn nhất|hạn)(?!\w)", re.IGNORECASE)
SHORT_YEAR = re.compile(r"(?<![\d/.-])\d{1,2}\s?[/.-]\s?(?:\d{1,2}\s?[/.-]\s?)?\d{2}(?![\d/.-])")
STEP_EDGE = re.compile(r"^(?:[\s,;.:–+-]|và\s)+|[\s,;.:–+-]+$")
NEAR = 40
MANY = 50
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """One deadline as printed and as read. `on` is the last good day; `rrule` is RFC 5545 without DTSTART.

    `time` is the hour of the day as "17:00"; `note` what was assumed or is wrong, in Vietnamese; `steps` the dated
    parts of a text that sets several.
    """

    raw: str
    kind: str
    on: date | None = None
    from_: date | None = None
    rrule: str | None = None
    before: bool = False
    time: str | None = None
    note: str | None = None
    steps: "tuple[Due, ...]" = ()

    def as_json(self) -> dict[str, object]:
        """The reading contract's form; `time`, `note` and `steps` only where there are any."""
        extra = {"time": self.time, "note": self.note, "steps": [step._as_step() for step in self.steps]}
        return {
            "raw": self.raw,
            "kind": self.kind,
            "on": self.on.isoformat() if self.on else None,
            "from": self.from_.isoformat() if self.from_ else None,
            "rrule": self.rrule,
            "before": self.before,
            **{name: value for name, value in extra.items() if value},
        }

    def _as_step(self) -> dict[str, object]:
        return {"text": self.raw, "on": self.on.isoformat() if self.on else None, "rrule": self.rrule}

    @property
    def is_dated(self) -> bool:
        """Whether it names a day: once, or each year or month."""
        return self.on is not None or "BYMONTHDAY" in (self.rrule or "")


@dataclass(frozen=True)
class Stretch:
    """Points that belong together, with the words before them."""

    points: tuple[Point, ...]
    lead: str
    joined: bool = False

    @property
    def first(self) -> Point:
        """Where it begins."""
        return self.points[0]

    @property
    def last(self) -> Point:
        """Where it ends."""
        return self.points[-1]


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
    rhythm = find_rhythm(plain)
    if points and OTHERS_PACE.match(plain) and not FIRM.search(plain[: points[0].start]):
        return Due(text, "open")
    stretches = _stretches(plain, points)
    if rhythm:
        return replace(_recurring(plain, stretches, rhythm), raw=text)
    return replace(_once(plain, stretches) if points else _undated(text, issued_on), raw=text)


def _undated(text: str, issued_on: date | None) -> Due:
    """No point in time: a span from the day of issue where that is known, otherwise open."""
    span = find_span(text)
    on = span.after(issued_on) if span and issued_on else None
    if on and issued_on:
        note = _("Tính từ ngày ban hành {day}.").format(day=issued_on.strftime("%d/%m/%Y"))
        if span and span.unit == "ngày làm việc":
            note += " " + _("Ngày làm việc tính theo lịch nghỉ chung; hãy kiểm tra lại nếu có ngày nghỉ hoán đổi.")
        return Due(text, "moment", on=on, note=note)
    if SHORT_YEAR.search(text):
        return Due(text, "open", note=_("Năm chỉ ghi hai chữ số; hãy ghi đủ ngày, tháng, năm."))
    return Due(text, "open")


def _stretches(text: str, points: Sequence[Point]) -> list[Stretch]:
    """Points joined into runs and lists without gaps."""
    found: list[Stretch] = []
    end = 0
    for point in points:
        between = text[end : point.start]
        before = found[-1] if found else None
        if before and RUN.match(between) and before.first.first <= point.last:
            found[-1] = Stretch(
                (*before.points, point), before.lead + (" trước " if BEFORE.search(between) else ""), True
            )
        elif before and LIST.match(between) and not point.is_day and before.last.last + DAY == point.first:
            found[-1] = Stretch((*before.points, point), before.lead, True)
        else:
            found.append(Stretch((point,), between[-NEAR:]))
        end = point.end
    return found


def _narrowest(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Without what another part of the text says more exactly: "Quý II/2025 (trước 15/6/2025)"."""
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
        return [Due(_span_text(part), "period_end", on=part[1]) for part in point.parts]
    return [dated("", stretch.points, lead=stretch.lead, joined=stretch.joined)]


def _span_text(part: tuple[date, date]) -> str:
    first, last = part
    return last.strftime("%m/%Y") if first.month == last.month else f"{first:%m}-{last:%m/%Y}"


def dated(raw: str, points: Sequence[Point], *, lead: str, joined: bool = False) -> Due:
    """The deadline that points in time set after the words `lead`.

    "trước" takes the day before the first (or, in a run "từ … đến trước …", before the last), "từ" only begins, and
    "đầu" or "giữa" of a month, quarter or year name no day.
    """
    first, last = points[0], points[-1]
    earlier = JUST_BEFORE.search(lead)
    if earlier:
        return _before(raw, last if joined else first, earlier, first if joined else None)
    if (SCHOOL_YEAR if joined or first.is_run else VAGUE).search(lead) and not last.is_day:
        return Due(raw, "open", note=_("Chưa rõ ngày cuối cùng; hãy hỏi lại và ghi ngày cụ thể."))
    if joined or first.is_run:
        return Due(raw, "range", on=last.last, from_=first.first)
    if SINCE.search(lead) or AFTER.search(lead):
        return Due(raw, "open", from_=last.last + DAY if AFTER.search(lead) else last.first)
    time = _time(lead) if last.is_day else None
    return Due(raw, "moment" if last.is_day else "period_end", on=last.last, time=time, note=_point_note(last))


def _point_note(point: Point) -> str | None:
    if point.name == "week_of_month":
        return _("Tuần trong tháng tính từ ngày 1, mỗi tuần bảy ngày; hãy kiểm tra lại.")
    return _("Tuần tính theo ISO 8601, từ thứ Hai đến Chủ nhật; hãy kiểm tra lại.") if point.name == "week" else None


def _before(raw: str, point: Point, earlier: re.Match[str], start: Point | None) -> Due:
    """ "trước ngày D" is the day before D; "trước 17 giờ ngày D" is D itself."""
    time = _time(earlier[0]) if point.is_day else None
    same_day = time is not None and time != "00:00"
    on = point.first if same_day else point.first - DAY
    kind = "range" if start and start.first <= on else "moment"
    return Due(
        raw, kind, on=on, from_=start.first if start and kind == "range" else None, before=True,
        time=time if same_day else None,
    )  # fmt: skip


def _time(lead: str) -> str | None:
    found = TIME.search(lead)
    return f"{int(found['h']):02d}:{found['m'] or '00'}" if found else None


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
