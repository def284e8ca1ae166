"""Targets: measured ones in prose, and the target cell of an indicator table. Values are decimal strings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tiendo.intake.extraction.deadlines import Due
from tiendo.intake.extraction.prose_deadlines import Found
from tiendo.intake.extraction.spelling import one_line, pattern

NUM = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?"
AT_LEAST = r"ít nhất|tối thiểu|không dưới|không thấp hơn|từ(?=\s*\d)|≥|>=|⩾"
AT_MOST = r"tối đa|không quá|không vượt quá|nhiều nhất|≤|<=|⩽"
OVER = r"trên|hơn|vượt|>"
UNDER = r"dưới|thấp hơn|<"
SIGN = rf"(?P<ge>{AT_LEAST})|(?P<le>{AT_MOST})|(?P<gt>{OVER})|(?P<lt>{UNDER})"
AMOUNT = re.compile(
    rf"(?P<growth>tăng(?:\s+(?:thêm|bình quân|trung bình))*\s+)?(?:(?:{SIGN})\s*(?:đạt\s*|là\s*|khoảng\s*)?)?"
    rf"(?<![\w/.,-])(?P<value>{NUM})(?:\s*%?\s*[-–]\s*(?P<to>{NUM}))?(?![\w/])\s*(?P<percent>%)?"
    rf"(?P<per>\s*/\s*năm|\s+(?:mỗi|một|hằng|hàng) năm)?"
    rf"(?P<up>\s+trở lên)?(?P<down>\s+trở xuống)?",
    re.IGNORECASE,
)
ASPIRATION = re.compile(r"ph[ấầ]n đ[ấầ]u|hướng tới|hướng đến|mong muốn|cố gắng", re.IGNORECASE)
STRONG = re.compile(r"(?:đạt|phấn đấu|phần đầu|hướng tới|hoàn thành|giảm|còn)\s*$", re.IGNORECASE)
NOT_AMOUNT_BEFORE = re.compile(
    r"(?:số|ngày|tháng|năm|quý|điều|khoản|lần thứ|giai đoạn|mục|phụ lục|khóa|khoá|cấp|loại|khu vực)\s*$", re.IGNORECASE
)
NOT_AMOUNT_AFTER = re.compile(r"^\s*(?:tháng\b|ngày\b|/\d|năm\b|tuần\b|giờ\b)", re.IGNORECASE)
REACH = re.compile(r"^,?\s*(?P<what>(?:cơ bản\s+)?(?:hoàn thành|phủ sóng|phổ cập|đạt)\b.+)$", re.IGNORECASE | re.DOTALL)
LEAD_IN = re.compile(
    r"^(?:(?:phần đầu|phấn đấu|hướng tới|đến năm \d{4}|hết năm \d{4}|trong năm \d{4}|(?:hằng|"
    r"hàng) năm)\s*,?\s*|bố trí\s+|cần có\s+|đạt\s+)+",
    re.IGNORECASE,
)
TAIL_WORDS = ("hoàn thành", "hướng tới", "phấn đấu", "phần đầu", "cần có", "cần", "đạt", "bố trí", "lên")
PURPOSE = re.compile(r",\s*(?:đảm bảo|bảo đảm|góp phần|nhằm|để|qua đó)\b", re.IGNORECASE)
UNIT_WORDS = pattern(r"^\s*(?P<unit>[a-zà-ỹđ]+(?:\s+[a-zà-ỹđ]+)?)", re.IGNORECASE)
NEAR = 40  # how far around an amount its own words stand
SHORTEST_MEASURE = 8
REDUCTIONS = {"giảm", "cắt giảm", "rút ngắn"}
GROWS = re.compile(r"\btăng\b", re.IGNORECASE)
PARTS = re.compile(r";|\n")


@dataclass(frozen=True)
class Target:
    """A target in prose. A worded one ("hoàn thành phủ sóng 5G") has neither comparator nor value."""

    start: int
    quote: str
    measure: str
    comparator: str | None
    value: str | None
    value_to: str | None
    unit: str | None
    firm: bool
    due: Due | None


def plain_number(printed: str) -> str:
    """Decimal string of a number as printed: "0,7" → "0.7", "10.000" → "10000", "09" → "9"."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", printed):
        printed = printed.replace(".", "")
    whole, _point, rest = printed.replace(",", ".").partition(".")
    whole = whole.lstrip("0") or "0"
    return f"{whole}.{rest}" if rest else whole


def comparator_of(found: re.Match[str]) -> str:
    """The comparator an amount is printed with; a bare number is "="."""
    if found["growth"]:
        return "growth"
    if found["to"]:
        return "range"
    if found["up"] or found["ge"]:
        return ">="
    if found["down"] or found["le"]:
        return "<="
    return ">" if found["gt"] else "<" if found["lt"] else "="


def find_targets(sentence: str, deadlines: Sequence[Found]) -> tuple[Target, ...]:
    """Targets one sentence sets. Dates, document numbers and names such as 5G are not amounts."""
    measured = tuple(_measured(sentence, deadlines))
    return measured or tuple(_worded(sentence, deadlines))


def _measured(sentence: str, deadlines: Sequence[Found]) -> Iterator[Target]:
    for found in AMOUNT.finditer(sentence):
        if any(d.start < found.end() and found.start() < d.end for d in deadlines) or not _is_amount(sentence, found):
            continue
        begin, end = _clause(sentence, found, deadlines)
        quote = sentence[begin:end]
        yield Target(
            start=begin,
            quote=quote,
            measure=_measure(sentence, found, max([begin, *_ends(deadlines, begin, found)]), begin, end),
            comparator=comparator_of(found),
            value=plain_number(found["value"]),
            value_to=plain_number(found["to"]) if found["to"] else None,
            unit="%" if found["percent"] else _unit(sentence[found.end() :]),
            firm=not ASPIRATION.search(quote),
            due=_due(deadlines),
        )


def _is_amount(sentence: str, found: re.Match[str]) -> bool:
    before = sentence[max(0, found.start() - NEAR) : found.start()]
    to_value = sentence[max(0, found.start("value") - NEAR) : found.start("value")]
    if NOT_AMOUNT_AFTER.match(sentence[found.end() : found.end() + NEAR]) or NOT_AMOUNT_BEFORE.search(to_value):
        return False
    from_only = (found["ge"] or "").lower() == "từ" and not STRONG.search(before)  # "có từ 30 hộ": a condition
    if from_only:
        return False
    signed = any(found[name] for name in ("ge", "le", "gt", "lt", "growth", "up", "down"))
    return bool(found["percent"] or signed or STRONG.search(before))


def _clause(sentence: str, found: re.Match[str], deadlines: Sequence[Found]) -> tuple[int, int]:
    """The stretch that states the target: from the last semicolon (or the whole sentence) to the next one."""
    begin = sentence.rfind(";", 0, found.start()) + 1
    end = sentence.find(";", found.end())
    end = len(sentence) if end < 0 else end
    begin += len(sentence[begin:]) - len(sentence[begin:].lstrip())
    return begin, begin + len(sentence[begin:end].rstrip(" .;"))


def _ends(deadlines: Sequence[Found], begin: int, found: re.Match[str]) -> Iterator[int]:
    return (deadline.end for deadline in deadlines if begin <= deadline.start and deadline.end <= found.start())


def _measure(sentence: str, found: re.Match[str], start: int, begin: int, end: int) -> str:
    """What is measured, in the text's own words: after the amount when it leads the clause, before it otherwise."""
    before = LEAD_IN.sub("", sentence[start : found.start()].strip(" ,")).strip(" ,")
    if before.lower() in REDUCTIONS:
        return sentence[begin:end].strip(" ,.")
    after = sentence[found.end() : end].strip(" ,.")
    before = _without_tail(before)
    if len(before) < SHORTEST_MEASURE:
        return PURPOSE.split(after)[0]
    share = before.lower().rfind("tỷ lệ ")
    return before[max(share, 0) :]


def _without_tail(text: str) -> str:
    """The measure without the words that lead over to the amount."""
    text = text.rstrip(" ,")
    for word in TAIL_WORDS:
        if text.lower().endswith(f" {word}") or text.lower() == word:
            return _without_tail(text[: -len(word)])
    return text


def _unit(after: str) -> str | None:
    found = UNIT_WORDS.match(after)
    return found["unit"] if found else None


def _worded(sentence: str, deadlines: Sequence[Found]) -> Iterator[Target]:
    """A dated result without an amount: "Đến năm 2030, hoàn thành …"."""
    for deadline in deadlines:
        reach = REACH.match(sentence[deadline.end :])
        if reach and deadline.due.is_dated and not sentence[: deadline.start].strip():
            what = reach["what"].rstrip(" .")
            quote = sentence[deadline.start : deadline.end + reach.start("what") + len(what)]
            yield Target(
                deadline.start, quote, what, None, None, None, None, not ASPIRATION.search(quote), deadline.due
            )


def _due(deadlines: Sequence[Found]) -> Due | None:
    return deadlines[0].due if deadlines else None


def parse_target(raw: str) -> dict[str, object]:
    """Read the target cell of an indicator table: one or several thresholds, or words alone."""
    text = one_line(raw)
    parts = [part for piece in PARTS.split(raw) for part in _cell_parts(one_line(piece))]
    return {"raw": text, "qualitative": bool(text) and not parts, "parts": parts}


def _cell_parts(piece: str) -> Iterator[dict[str, str | None]]:
    for found in AMOUNT.finditer(piece):
        signed = any(found[name] for name in ("ge", "le", "gt", "lt"))
        growing = bool(GROWS.search(piece[: found.start()]) or (found["percent"] and found["per"] and not signed))
        basis = f"{piece[: found.start()]} {piece[found.end() :]}".replace("%", " ").strip(" ,.()-–")
        yield {
            "comparator": "growth" if growing else comparator_of(found),
            "value": plain_number(found["value"]),
            "value_to": plain_number(found["to"]) if found["to"] else None,
            "basis": one_line(basis) or None,
        }
