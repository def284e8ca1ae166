"""Amounts with their comparator, in prose and in target cells: ≥ 80 %, từ 16 đến 18 %, 70 % trở lên, tăng 10 %/năm."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tiendo.intake.extraction.dates import find_points

NUM = r"\d{1,3}(?:\.\d{3}){1,5}(?:,\d{1,9})?(?!\d)|\d{1,3}(?:[ \u00a0]\d{3}){1,5}(?!\d)|\d{1,15}(?:[.,]\d{1,9})?(?!\d)"
AT_LEAST = r"ít nhất|tối thiểu|không dưới|không thấp hơn|không ít hơn|từ(?=\s*\d)|≥|>=|⩾|≧|=>"
AT_MOST = r"tối đa|không quá|không vượt quá|không cao hơn|nhiều nhất|≤|<=|⩽|≦|=<"
OVER = r"trên|hơn|vượt|>"
UNDER = r"dưới|thấp hơn|<"
SIGN = rf"(?:(?P<ge>{AT_LEAST})|(?P<le>{AT_MOST})|(?P<gt>{OVER})|(?P<lt>{UNDER}))"
PERCENT = r"%|‰|phần trăm|điểm phần trăm|điểm %"
GLUED = r"(?:[GMTgmt]bps|[GMT]b/s|[GMT]B|km2?|km²|m²|m2|kWh?|MWp?|ha|kg|tỷ|tr)"
# A letter right after belongs to a name (5G), a stroke or a dash to a number of a document (57-NQ/TW, 06/QĐ-TTg).
ENDS = (
    rf"(?!(?!{GLUED}(?!\w))\w)(?!-[A-ZĐ])(?!/(?!\s?(?:năm|tháng|quý|người|vạn|hộ|xã|huyện|đơn vị|lần|1\.000|10\.000)))"
)
AMOUNT = re.compile(
    rf"(?P<growth>tăng(?:\s+(?:trưởng|thêm|bình quân|trung bình|hằng năm|hàng năm|tối thiểu|ít nhất)){{0,4}}\s+)?"
    rf"(?:{SIGN}\s*(?:đạt\s*|là\s*|khoảng\s*|mức\s*)?)?"
    rf"(?<![\w/.,-])(?P<value>{NUM})"
    rf"(?:\s*(?:{PERCENT})?\s*(?:[-–—]|(?<=\s)đến(?=\s))\s*(?P<to>{NUM}))?{ENDS}(?:\s*(?P<percent>{PERCENT}))?"
    rf"(?P<per>\s*/\s*năm|\s+(?:mỗi|một|hằng|hàng) năm)?"
    rf"(?P<up>\s+trở lên)?(?P<down>\s+trở xuống)?",
    re.IGNORECASE,
)
FROM_TO = re.compile(
    rf"từ\s+(?P<was>{NUM})\s*(?:{PERCENT})?[^\d;.]{{0,40}}?\b(?:lên|xuống|còn)\s+(?:đến\s+|đạt\s+|thành\s+)?$",
    re.IGNORECASE,
)
RANK = re.compile(
    r"\b(?:(?:top|tốp)\s{0,3}(?P<top>\d{1,3})\b|(?:thuộc|trong)\s+nhóm\s+(?P<among>\d{1,3})\b|"
    r"nhóm\s+(?P<group>\d{1,3})\b(?=[^.;,\d]{0,60}?\b(?:dẫn đầu|đứng đầu|hàng đầu|cao nhất|tốt nhất|đầu)))",
    re.IGNORECASE,
)
RAISED = re.compile(r"^[^\d;.]{0,40}?\b(?:lên|xuống|còn)\s", re.IGNORECASE)
NOT_BEFORE = re.compile(
    r"\b(?:số|ngày|tháng|năm|quý|tuần|điều|khoản|điểm|mục|lần thứ|thứ|giai đoạn|nhiệm kỳ|phụ lục|khóa|khoá|cấp|cấp độ|"
    r"mức độ|loại|hạng|khu vực|vùng|nghị quyết|quyết định|nghị định|chỉ thị|thông tư|luật|đề án|chương trình|kế hoạch|"
    r"văn bản|công văn|kết luận|thế kỷ|phiên bản|version|iso|tcvn|quốc lộ|đường|km|biểu|bảng|mẫu|hình|tổ|lớp|nghiệp|"
    r"trang|tập|chương|phần|tiêu chí|bước|đợt|lúc|từ ngày|đến ngày)\s*$",
    re.IGNORECASE,
)
PERIOD_AFTER = re.compile(r"^\s*(?:tháng\b|ngày\b|/\d|năm\b|tuần\b|giờ\b|phút\b|h\d)", re.IGNORECASE)
# "Rút ngắn thời gian xử lý xuống còn 03 ngày": a stretch of time that is an aim, not a deadline.
SHORTENED = re.compile(r"\b(?:giảm|rút ngắn)\b[^\d;.]{0,80}\b(?:xuống|còn)\b[^\d;.]{0,20}$", re.IGNORECASE)
NEAR = 40  # how far around an amount its own words stand


@dataclass(frozen=True)
class Amount:
    """A number with its comparator, as a target would have it; values are decimal strings."""

    start: int
    end: int
    comparator: str
    value: str
    value_to: str | None
    is_percent: bool
    is_signed: bool
    is_growing: bool
    sign: str = ""
    begin: int = 0  # where the number itself begins, after the sign


def plain_number(printed: str) -> str:
    """Decimal string of a number as printed: "0,7" → "0.7", "10.000" → "10000", "09" → "9"."""
    printed = re.sub(r"[ \u00a0]", "", printed)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", printed):
        printed = printed.replace(".", "")
    whole, _point, rest = printed.replace(",", ".").partition(".")
    whole = whole.lstrip("0") or "0"
    return f"{whole}.{rest}" if rest else whole


def find_amounts(text: str, masked: Sequence[tuple[int, int]] = (), *, periods: bool = False) -> Iterator[Amount]:
    """Amounts of a text outside `masked` stretches: no dates, no numbers of documents, articles or levels.

    Stretches of time ("30 ngày") count only where `periods` says so: in a target cell, not in a sentence.
    """
    covered = [*masked, *dated_stretches(text)]
    for rank in RANK.finditer(text):
        covered.append(rank.span())
        value = plain_number(rank["top"] or rank["among"] or rank["group"])
        yield Amount(rank.start(), rank.end(), "<=", value, None, False, True, False, rank[0], rank.start())
    for found in AMOUNT.finditer(text):
        begin, end = found.start("value"), found.end("to") if found["to"] else found.end("value")
        if not any(start < end and begin < stop for start, stop in covered) and _counts(text, found, periods):
            yield _amount(text, found)


def dated_stretches(text: str) -> list[tuple[int, int]]:
    """Where points in time stand; a bare number that could be a year counts only where the words say so."""
    found = []
    for point in find_points(text):
        words = text[point.start : point.end]
        around = text[max(0, point.start - 1) : point.start] + text[point.end : point.end + 1]
        if not words.isdigit() or around in {"()", ":"} or around.endswith(":"):
            found.append((point.start, point.end))
    return found


def _counts(text: str, found: re.Match[str], periods: bool) -> bool:
    before = text[max(0, found.start("value") - NEAR) : found.start("value")]
    after = text[found.end() : found.end() + NEAR]
    if (found["ge"] or "").lower() == "từ" and not found["to"] and RAISED.match(after):
        return False  # "từ 30 % lên 50 %": where it starts, not where it goes
    shortened = SHORTENED.search(text[max(0, found.start("value") - 3 * NEAR) : found.start("value")])
    if not (periods or shortened or found["percent"]) and PERIOD_AFTER.match(after):
        return False
    return bool(found["percent"]) or not NOT_BEFORE.search(before)


def _amount(text: str, found: re.Match[str]) -> Amount:
    raised = FROM_TO.search(text[max(0, found.start() - 2 * NEAR) : found.start()])
    signed = any(found[name] for name in ("ge", "le", "gt", "lt", "up", "down"))
    value, to = plain_number(found["value"]), plain_number(found["to"]) if found["to"] else None
    return Amount(
        start=found.start(),
        end=found.end(),
        comparator="=" if raised else _comparator(found),
        value=value,
        value_to=to,
        is_percent=bool(found["percent"]),
        is_signed=signed or bool(found["growth"]) or raised is not None,
        is_growing=raised is None and bool(found["growth"] or (found["percent"] and found["per"] and not signed)),
        sign=(found["ge"] or found["le"] or found["gt"] or found["lt"] or "").lower(),
        begin=found.start("value"),
    )


def _comparator(found: re.Match[str]) -> str:
    """The comparator an amount is printed with; a bare number is "="."""
    if found["growth"]:
        return "growth"
    if found["to"]:
        return "range"
    if found["down"] or found["le"]:
        return "<="
    if found["up"] or found["ge"]:
        return ">="
    return ">" if found["gt"] else "<" if found["lt"] else "="
