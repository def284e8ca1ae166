"""Numbers typed by hand in the prose of a report: which are dates, documents, clauses, years or codes, and which say an
amount that no record stands behind (R083). Pure.

Strict on purpose: "8/10 nhiệm vụ" is no date and "danh mục 3 nhiệm vụ" no clause. What is marked wrongly can be
declared a quotation with its source.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tiendo.reporting.papers.template import Line, Words

_YEAR = r"(?:19|20)\d\d"
_NOT_AN_AMOUNT = r"(?![\d.,]*\s*(?:%|phần trăm|nhiệm vụ|đơn vị|đồng|triệu|tỷ|nghìn|hộ|xã|người|sản phẩm))"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DOCUMENTS = "Nghị quyết|Nghị định|Quyết định|Chỉ thị|Kết luận|Thông tư|Đề án|Luật|Quy định"
_CLAUSES = "điều|khoản|điểm|mục|phần|chương|phụ lục|phụ biểu|biểu số|mẫu số|tiểu mục|tiết"
_OTHER_NOUNS = "danh|đề|cổ|thành|địa|thời|quan|đặc|ưu|nhược|trọng|góp|một|số"
_BEFORE = "".join(rf"(?<!\b{noun} )" for noun in _OTHER_NOUNS.split("|"))

ALLOWED = (
    rf"\b{_DAY}/{_MONTH}/{_YEAR}\b",
    rf"\bngày\s+{_DAY}(?:[/-]{_MONTH}\b(?![/\d])|\s+tháng\s+{_MONTH}\b(?:\s+năm\s+{_YEAR}\b)?)",
    rf"\btháng\s+{_MONTH}(?:/{_YEAR})?\b{_NOT_AN_AMOUNT}",
    rf"\b(?:năm|giai đoạn|niên độ|nhiệm kỳ|quý [IV]+(?:/|\s+năm\s+))\s*{_YEAR}(?:\s*[-–]\s*{_YEAR})?\b{_NOT_AN_AMOUNT}",
    rf"\b{_YEAR}\s*[-–]\s*{_YEAR}\b",
    rf"\bquý [IV]+/{_YEAR}\b",
    r"\b(?:6|9|sáu|chín) tháng (?:đầu|cuối) năm\b",
    r"\b\d+[a-zđ]?(?:/\d{4})?/[A-ZĐ]{2,}[A-ZĐ0-9&]*(?:-[A-ZĐ&]+)*(?:\b|$)",
    r"\b\d+-[A-ZĐ]{2,}/[A-ZĐ]{2,}\b",
    rf"\b(?:{_DOCUMENTS}) (?:số )?\d+(?:/\d{{4}})?(?:/[A-ZĐ&-]{{2,}})?\b{_NOT_AN_AMOUNT}",
    rf"(?i:{_BEFORE}\b(?:{_CLAUSES})) (?:số )?\d+(?:\.\d+)*\b{_NOT_AN_AMOUNT}",
    r"\b[A-ZĐ][A-Za-zĐđ]*[-.]?\d[\w.-]*\b",
    r"\b[IVX]+(?:\.\d+)+\b",
    r"\b(?:[2-6]G|[23]D)\b",
    r"\b(?:k?m[23])\b",
)
_ALLOWED = re.compile("|".join(f"(?:{rule})" for rule in ALLOWED))
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")


@dataclass(frozen=True)
class LooseNumber:
    """A number that no figure stands behind: the line it is in, and the words around it."""

    line: int
    number: str
    around: str


def loose_numbers(lines: Iterable[Line]) -> list[LooseNumber]:
    """Every amount typed by hand, in the order of the text."""
    return [found for line in lines for found in _in_line(line)]


def _in_line(line: Line) -> Iterator[LooseNumber]:
    # What is put in stands as a letter: it parts the words before from those after without being a digit.
    typed = "".join(piece.text if isinstance(piece, Words) else "▮" for piece in line.pieces)
    covered = [found.span() for found in _ALLOWED.finditer(typed)]
    for found in _NUMBER.finditer(typed):
        if not any(start <= found.start() and found.end() <= end for start, end in covered):
            around = typed[max(0, found.start() - 25) : found.end() + 25].replace("▮", "…").strip()
            yield LooseNumber(line.number, found[0], around)
