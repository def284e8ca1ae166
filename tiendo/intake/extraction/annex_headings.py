"""Lines that open an annex ("Phụ lục II", "Biểu số 01", "Danh mục … (Kèm theo …)") and the plan it came with."""

import re
from dataclasses import dataclass
from datetime import date

from tiendo.intake.extraction.spelling import one_line, pattern

LABEL = r"(?P<label>[IVX]{1,6}(?:[.-]\d{1,2})?|\d{1,2}(?:[.-]\d{1,2})?[a-d]?|[A-HĐ])(?![\w])(?:/[\w-]{1,20})?"
# After the label: nothing, capitals, a bracket, or a mark and a title that begins with a capital.
TITLE = (
    r"(?:\s*[.:]?\s*$|\s*[.:–-]?\s+(?=[A-ZÀ-ỸĐ“\"])[^a-zà-ỹđ]+$|\s*\(.{0,300}$|"
    r"\s*[.:–-]\s*(?=[A-ZÀ-ỸĐ])(?!.*[;,]$).{2,300}$)"
)
ANNEX_HEADING = pattern(
    rf"^(?:PHỤ LỤC|Phụ lục)(?:\s*(?:SỐ|Số|số)?\s*:?\s*0{{0,3}}{LABEL}{TITLE}|\s*[.:]?$"
    r"|\s*[.:–-]?\s+(?=[A-ZÀ-ỸĐ])[^a-zà-ỹđ]+$|\s*\((?:Ban hành |ban hành )?[Kk]èm theo.{0,300}$)"
)
FORM_HEADING = pattern(rf"^(?:BIỂU|Biểu|BẢNG|Bảng|MẪU BIỂU|Mẫu biểu)\s+(?:SỐ|Số|số)?\s*:?\s*0{{0,3}}{LABEL}{TITLE}")
LIST_HEADING = pattern(
    r"^(?:DANH MỤC|Danh mục|BẢNG PHÂN CÔNG|BẢNG TỔNG HỢP|BIỂU TỔNG HỢP|BIỂU PHÂN CÔNG|HỆ THỐNG CHỈ TIÊU|BỘ CHỈ TIÊU)\b"
    r".{0,300}\((?:Ban hành |ban hành )?[Kk]èm theo\b"
)
ATTACHED = re.compile(r"^\(?\s*(?:ban hành\s+)?(?:kèm|đính kèm)(?:\s+theo)?\s+\w", re.IGNORECASE)
KINDS = (
    "Chương trình hành động|Kế hoạch|Quyết định|Nghị quyết|Chỉ thị|Chương trình|Đề án|Công văn|Thông báo|Kết luận|"
    "Tờ trình|Báo cáo|Phương án|Văn bản|Công điện"
)
ISSUED_WITH = re.compile(
    rf"(?:kèm|đính kèm)(?:\s+theo)?\s+(?P<kind>{KINDS})"
    r"(?:\s+số\s*:?\s*(?P<symbol>[\d\w]{0,8}[\s.…]{0,20}[/-]\s?[A-ZĐ][\w/&.-]{0,40}))?"
    r"(?:\s*,?\s*ngày\s*(?P<d>\d{1,2})?[\s.…]{0,20}(?:/|tháng)\s*(?P<m>\d{1,2})?[\s.…]{0,20}(?:/|năm)\s*(?P<y>\d{4})?)?"
    r"(?:[\s.…]{0,20}của\s+(?P<issuer>[^()\n]{2,120}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heading:
    """An annex as its first line names it: "Phụ lục" or "Biểu", and its label when it has one."""

    word: str
    label: str | None

    @property
    def name(self) -> str:
        """The name under which the annex is listed."""
        return f"{self.word} {self.label}" if self.label else self.word

    @property
    def path(self) -> str:
        """The beginning of the ids of its rows."""
        short = "PL" if self.word == "Phụ lục" else self.word
        return f"{short}-{self.label}" if self.label else short


def plain(text: str) -> str:
    """The line without the asterisks that text conversions put around bold words."""
    return text.replace("**", "").strip()


def read_heading(text: str) -> Heading | None:
    """The annex a line opens, or None when it only mentions one."""
    line = plain(text)
    found = ANNEX_HEADING.match(line)
    if found:
        return Heading("Phụ lục", found["label"])
    found = FORM_HEADING.match(line)
    if found:
        return Heading("Biểu", found["label"])
    return Heading("Phụ lục", None) if LIST_HEADING.match(line) else None


def is_attachment(text: str) -> bool:
    """Whether a line by itself says what it was issued with: "(Kèm theo Kế hoạch số 12/KH-UBND …)"."""
    return bool(ATTACHED.match(plain(text))) and ISSUED_WITH.search(text) is not None


def issued_with(text: str) -> dict[str, str | None] | None:
    """The document an annex says it was issued with: kind, symbol, date and issuer as far as printed."""
    found = ISSUED_WITH.search(one_line(text))
    if not found or not (found["symbol"] or found["y"] or found["issuer"]):
        return None
    kind = next(name for name in KINDS.split("|") if name.lower() == found["kind"].lower())
    symbol = "".join(re.sub(r"[.…]", "", found["symbol"]).split()) if found["symbol"] else None
    return {
        "kind": kind,
        "symbol": symbol,
        "issued_on": _day(found["y"], found["m"], found["d"]),
        "issuer": found["issuer"].strip(" .,;") if found["issuer"] else None,
    }


def _day(year: str | None, month: str | None, day: str | None) -> str | None:
    try:
        return date(int(year or ""), int(month or ""), int(day or "")).isoformat()
    except ValueError:
        return None
