"""One deadline as printed and as read, and what points in time mean after the words before them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from gettext import gettext as _

from tiendo.intake.extraction.dates import Point

BEFORE = re.compile(r"(?<!\w)trước(?!\w)", re.IGNORECASE)
JUST_BEFORE = re.compile(
    r"(?<!\w)trước(?:\s(?:thời điểm|thời hạn|hạn))?(?:\s(?:vào|là))?[\s:,]*"
    r"(?:(?P<time>[\d:hg]{2,5}(?:\s?giờ(?:\s\d\d)?)?(?:\s?phút|['’′])?)[\s,]*)?(?:(?:vào\s)?(?:ngày|năm|tháng|quý))?\s*$",
    re.IGNORECASE,
)
TIME = re.compile(
    r"(?<![\d/.,])(?P<h>[01]?\d|2[0-4])\s?(?:giờ|h|g|:)\s?(?P<m>[0-5]\d)?(?:\s?phút|['’′])?(?=[\s,]*(?:của\s)?(?:ngày\s)?$)",
    re.IGNORECASE,
)
SINCE = re.compile(r"(?<!\w)(?:kể từ|bắt đầu từ|bắt đầu|từ|áp dụng từ)\s*(?:sau\s)?(?:ngày|đầu)?\s*$", re.IGNORECASE)
AFTER = re.compile(r"(?<!\w)sau\s*(?:ngày)?\s*$", re.IGNORECASE)
VAGUE = re.compile(
    r"(?<!\w)(?:đầu|giữa|nửa đầu|nửa cuối|tết(?:\s+[^\W\d_]{2,6}){0,2}|hè|"
    r"mùa(?:\s+[^\W\d_]{2,6}){0,2}|vụ(?:\s+[^\W\d_]{2,6}){0,2}|"
    r"thượng tuần|trung tuần|hạ tuần|năm học|niên vụ|khoảng giữa)(?:\s+của)?\s*$",
    re.IGNORECASE,
)
SCHOOL_YEAR = re.compile(r"(?<!\w)(?:năm học|niên vụ|niên khóa)\s*$", re.IGNORECASE)
RUN = re.compile(
    r"^[\s,]*(?:-|–|—|−|÷|~|→|(?:cho\s)?đến|tới)\s*(?:hết|cuối|trước|hết ngày|ngày|trước ngày|-|đến)?\s*$",
    re.IGNORECASE,
)
LIST = re.compile(r"^\s*(?:[,;&+/]|,?\s*và|hoặc)\s*$", re.IGNORECASE)
NEAR = 40
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
    inner: str = ""  # " trước " where the run ends before its last point

    @property
    def first(self) -> Point:
        """Where it begins."""
        return self.points[0]

    @property
    def last(self) -> Point:
        """Where it ends."""
        return self.points[-1]


def stretches_of(text: str, points: Sequence[Point]) -> list[Stretch]:
    """Points joined into runs and lists without gaps."""
    found: list[Stretch] = []
    end = 0
    for point in points:
        between = text[end : point.start]
        before = found[-1] if found else None
        if before and RUN.match(between) and before.first.first <= point.last:
            inner = " trước " if BEFORE.search(between) else ""
            found[-1] = Stretch((before.first, point), before.lead, True, inner)
        elif before and LIST.match(between) and not point.is_day and before.last.last + DAY == point.first:
            found[-1] = Stretch((before.first, point), before.lead, True)
        else:
            found.append(Stretch((point,), between[-NEAR:]))
        end = point.end
    return found


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
