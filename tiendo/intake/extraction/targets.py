"""Targets that sentences set, as decimal strings; dates, document numbers and names such as 5G are no amounts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tiendo.intake.extraction.amounts import NEAR, Amount, find_amounts
from tiendo.intake.extraction.dates import find_points
from tiendo.intake.extraction.deadlines import Due
from tiendo.intake.extraction.prose_context import OPENS_CLAUSE
from tiendo.intake.extraction.prose_deadlines import Found
from tiendo.intake.extraction.spelling import pattern
from tiendo.intake.extraction.target_cells import ASPIRATION

STRONG = re.compile(
    r"(?:đạt|phấn đấu|phần đầu|hướng tới|hoàn thành|giảm|còn|lên|xuống)\s*(?:khoảng\s*|mức\s*)?$", re.IGNORECASE
)
# A count after such a verb is a target where the clause says it aims at something.
MAKES = re.compile(
    r"\b(?:có|xây dựng|thành lập|hình thành|đào tạo|bồi dưỡng|phát triển|thu hút|triển khai|công nhận|tạo|đưa)"
    r"(?:\s+(?:được|thêm|mới|và \w{1,9})){0,2}\s*$",
    re.IGNORECASE,
)
NOUN_AFTER = pattern(r"^\s*(?:[a-zà-ỹđ]{2,})")
CONDITION = re.compile(r"^\s*[^\W\d]+(?:\s[^\W\d]+){0,2}\strở (?:lên|xuống)\b", re.IGNORECASE)  # "từ 30 hộ trở lên"
REACH = re.compile(r"^,?\s*(?P<what>(?:cơ bản\s+)?(?:hoàn thành|phủ sóng|phổ cập|đạt)\b.+)$", re.IGNORECASE | re.DOTALL)
LEAD_IN = re.compile(
    r"^(?:(?:phần đầu|phấn đấu|hướng tới|đến năm \d{4}|hết năm \d{4}|trong năm \d{4}|(?:riêng )?năm \d{4}|(?:hằng|"
    r"hàng) năm)\s*,?\s*|bố trí\s+|cần có\s+|đạt\s+)+",
    re.IGNORECASE,
)
TAIL_WORDS = ("còn", "hoàn thành", "hướng tới", "phấn đấu", "phần đầu", "cần có", "cần", "đạt", "bố trí", "lên", "tới")
PURPOSE = re.compile(r",\s*(?:đảm bảo|bảo đảm|góp phần|nhằm|để|qua đó)\b", re.IGNORECASE)
UNIT_WORDS = pattern(r"^\s*(?P<unit>[a-zà-ỹđ]+(?:\s+[a-zà-ỹđ]+)?)", re.IGNORECASE)
SHORTEST_MEASURE = 8
REACHED = re.compile(
    r"(?<!\w)(?:(?:đã|mới|hiện|hiện nay|hiện đã|mới chỉ|chỉ|ước)\s+đạt|"
    r"đã\s+(?:có|hoàn thành|giải ngân|đào tạo|cấp|lắp đặt))(?!\w)[^.;,]{0,40}$",
    re.IGNORECASE,
)
REACHED_NEAR = 60
TIME_WORD = 6  # "tháng " stands between the opening and its point
OPENS_TIME = re.compile(
    r"\s*(?:tính\s+)?(?:(?:đến|hết|trong|cuối|tới)\s+){0,2}(?=(?:ngày|tháng|quý|năm)?\s?[\dIVX])", re.IGNORECASE
)
ENDS_CLAUSE = re.compile(r"\s{0,3};")
PARTED = re.compile(r",\s|\s+và\s+|;\s")
REDUCTIONS = {"giảm", "cắt giảm", "rút ngắn"}


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
    amount: str | None = None  # as printed, sign and unit mark included


def find_targets(sentence: str, deadlines: Sequence[Found], issued_on: date | None = None) -> tuple[Target, ...]:
    """Targets one sentence sets. Dates, document numbers and names such as 5G are not amounts.

    What had been reached before `issued_on`, the day of the document, is a fact and no target.
    """
    measured = tuple(_measured(sentence, deadlines, issued_on))
    return measured or tuple(_worded(sentence, deadlines))


def _measured(sentence: str, deadlines: Sequence[Found], issued_on: date | None) -> Iterator[Target]:
    amounts = find_amounts(sentence, [(deadline.start, deadline.end) for deadline in deadlines])
    aimed = [
        each
        for each in sorted(amounts, key=lambda each: each.start)
        if _is_target(sentence, each, deadlines) and not _is_fact(sentence, each, issued_on)
    ]
    measure = ""
    for place, amount in enumerate(aimed):
        begin, end = _clause(sentence, amount)
        first, last = _own_words(sentence, aimed, place, (begin, end))
        start = max([first, *_ends(deadlines, first, amount)])
        last = min([last, *(each.start for each in deadlines if amount.end <= each.start)])
        measure = _measure(sentence, amount, start, (begin, end), last) or measure  # "…; phấn đấu 90 %": of the same
        yield Target(
            start=begin,
            quote=sentence[begin:end],
            measure=measure or sentence[begin:end],
            comparator=amount.comparator,
            value=amount.value,
            value_to=amount.value_to,
            unit="%" if amount.is_percent else _unit(sentence[amount.end :]),
            firm=not ASPIRATION.search(sentence, first, last),
            due=_due(sentence, deadlines, aimed, place, begin, end),
            amount=sentence[amount.start : amount.end].strip(),
        )


def _is_target(sentence: str, amount: Amount, deadlines: Sequence[Found]) -> bool:
    """Whether an amount is aimed at: a share, a threshold, or a count that a verb reaches for."""
    before = sentence[max(0, amount.start - NEAR) : amount.start]
    reached = STRONG.search(before) is not None
    begin, end = _clause(sentence, amount)
    aims = bool(deadlines) or ASPIRATION.search(sentence, begin, end) is not None
    if amount.sign == "từ" and CONDITION.match(sentence[amount.end : amount.end + NEAR]):
        return False
    if amount.sign == "từ" and not (reached or amount.is_percent or amount.value_to or (aims and MAKES.search(before))):
        return False  # "có từ 30 hộ": a condition
    if amount.is_percent or amount.is_signed or reached or (amount.value_to and MAKES.search(before)):
        return True
    counted = NOUN_AFTER.match(sentence[amount.end : amount.end + NEAR]) is not None
    return aims and counted and MAKES.search(before) is not None


def _is_fact(sentence: str, amount: Amount, issued_on: date | None) -> bool:
    """Whether the words before an amount say that it has been reached: "đã đạt", "Đến ngày 31/01/2026 …" long past."""
    begin, end = _clause(sentence, amount)
    before = sentence[begin : amount.begin]
    if ASPIRATION.search(sentence, begin, end):
        return False
    if REACHED.search(before[-REACHED_NEAR:]):
        return True
    opened = OPENS_TIME.match(before)
    points = find_points(before) if opened else []
    if not (opened and points and issued_on) or points[0].start > opened.end() + TIME_WORD:
        return False
    return all(each.last < issued_on for each in points)


def _clause(sentence: str, amount: Amount) -> tuple[int, int]:
    """The stretch that states the target: from the last semicolon (or the whole sentence) to the next one."""
    begin = sentence.rfind(";", 0, amount.start) + 1
    end = sentence.find(";", amount.end)
    end = len(sentence) if end < 0 else end
    begin += len(sentence[begin:]) - len(sentence[begin:].lstrip())
    return begin, begin + len(sentence[begin:end].rstrip(" .;"))


def _own_words(sentence: str, aimed: Sequence[Amount], place: int, clause: tuple[int, int]) -> tuple[int, int]:
    """The part of the clause that speaks of one amount: commas part those that stand side by side."""
    begin, end = clause
    before = aimed[place - 1] if place and aimed[place - 1].end > begin else None
    after = aimed[place + 1] if place + 1 < len(aimed) and aimed[place + 1].start < end else None
    if before and (cut := PARTED.search(sentence, before.end, aimed[place].start)):
        begin = cut.end()
    if after and (cut := PARTED.search(sentence, aimed[place].end, after.start)):
        end = cut.start()
    return begin, end


def _ends(deadlines: Sequence[Found], begin: int, amount: Amount) -> Iterator[int]:
    return (deadline.end for deadline in deadlines if begin <= deadline.start and deadline.end <= amount.start)


def _measure(sentence: str, amount: Amount, start: int, clause: tuple[int, int], end: int) -> str:
    """What is measured, in the text's own words: after the amount when it leads the clause, before it otherwise."""
    before = LEAD_IN.sub("", sentence[start : amount.start].strip(" ,")).strip(" ,")
    if before.lower() in REDUCTIONS:
        return sentence[clause[0] : clause[1]].strip(" ,.")
    after = sentence[amount.end : end].strip(" ,.")
    before = _without_tail(before)
    if after and (len(before) < SHORTEST_MEASURE or MAKES.search(f"{before} ")):
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


def _opens(sentence: str, deadline: Found) -> bool:
    """Whether a deadline begins what follows it: "…, riêng năm 2026 tăng trên 15%"."""
    return OPENS_CLAUSE.search(sentence[max(0, deadline.start - NEAR) : deadline.start]) is not None


def _due(
    sentence: str, deadlines: Sequence[Found], aimed: Sequence[Amount], place: int, begin: int, end: int
) -> Due | None:
    """The deadline before the amount, the nearest first; otherwise one that its own clause names after it.

    A deadline that ends an earlier clause ("… xong trước 30/4; mở 26 lớp") is that clause's alone, and where each
    amount has one behind it ("70% trong tháng 6 và 85% vào cuối năm"), that is its own.
    """
    amount = aimed[place]
    reach = aimed[place + 1].start if place + 1 < len(aimed) else end
    follows = [deadline for deadline in deadlines if amount.end <= deadline.start < min(end, reach)]
    if place and follows and not any(deadline.start < aimed[0].start for deadline in deadlines):
        return follows[0].due
    before = [
        deadline
        for deadline in deadlines
        if deadline.start < amount.start and (deadline.start >= begin or not ENDS_CLAUSE.match(sentence, deadline.end))
    ]
    after = [
        deadline
        for deadline in deadlines
        if amount.end <= deadline.start < end and not (deadline.start < reach < end and _opens(sentence, deadline))
    ]
    return before[-1].due if before else after[0].due if after else None
