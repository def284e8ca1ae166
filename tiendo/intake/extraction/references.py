"""Legal references: numbered documents that the text cites, with date and issuer where the text gives them."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tiendo.intake.extraction.dates import find_points
from tiendo.intake.extraction.spelling import pattern

KIND = (
    r"(?P<kind>Nghị quyết|Quyết định|Chỉ thị|Kết luận|Đề án|Kế hoạch|Nghị định|Thông tư(?: liên tịch)?|Luật|"
    r"Công văn|Quy định|Thông báo|"
    r"Chương trình(?: hành động)?|Hướng dẫn|Báo cáo|Tờ trình|Pháp lệnh|Công điện|Văn bản|Quy chế)"
)
NUMBER = r"(?P<number>\d{1,5}[A-Z]?(?:[-/]\d{4})?[-/][A-ZĐƯ][A-Za-zĐđƯ&]*\d*(?:[-/][A-ZĐƯ][A-Za-zĐđƯ&]*\d*)*)"
ISSUER = (
    r"(?P<issuer>Bộ Chính trị|Ban Bí thư(?: Trung ương)?|Ban Chấp hành (?:Trung ương|"
    r"Đảng bộ tỉnh)(?: Đảng)?|Thủ tướng Chính phủ|Chính phủ|"
    r"Quốc hội|(?:Ủy|Uỷ) ban Thường vụ Quốc hội|Hội nghị Trung ương lần thứ [\wÀ-ỹ]+(?: kho[áa]\s?[IVX]+|"
    r" khóa [IVX]+)?|"
    r"(?:UBND|HĐND|(?:Ủy|Uỷ) ban nhân dân|Hội đồng nhân dân) (?:tỉnh|thành phố|huyện|xã|"
    r"phường)(?: [A-ZÀ-ỸĐ][\wÀ-ỹ]*)*|Tỉnh (?:ủy|uỷ)(?: Lai Châu)?|"
    r"(?:Bộ trưởng )?Bộ [A-ZÀ-ỸĐ][\wÀ-ỹ]*(?:(?:,| và)? [A-ZÀ-ỸĐ][\wÀ-ỹ]*| [a-zà-ỹ]+(?= và [A-Z]))*)"
)
DAY = r"(?P<day>\d{1,2}\s*(?:/|-|\s+tháng\s+)\s*\d{1,2}\s*(?:/|-|\s+năm\s+)\s*\d{4})"
REFERENCE = pattern(rf"(?:{KIND}\s+)?(?:số\s*:?\s*)?{NUMBER}(?:\s*,?\s*ngày\s+{DAY})?(?:\s*,?\s*của\s+{ISSUER})?")
KNOWN_TAIL = re.compile(
    r"[-/](?:NQ|QĐ|CT|KL|ĐA|KH|NĐ|TT|CV|QC|QĐi|TB|CTr|HD|BC|TTr|UBTVQH|QH|UBND|HĐND|TTg|CP|TW|TU|CĐ|PL)", re.IGNORECASE
)


@dataclass(frozen=True)
class Passage:
    """A stretch of text to search, where it stands (None above the first heading) and how to find a line in it."""

    item: str | None
    text: str
    parts: tuple[tuple[int, int], ...]

    def line_at(self, offset: int) -> int:
        """The line on which the character at `offset` stands."""
        return self.parts[bisect_right(self.parts, offset, key=lambda part: part[0]) - 1][1]


@dataclass(frozen=True)
class Cited:
    """One mention of a numbered document."""

    number: str
    kind: str | None
    issued_on: date | None
    issuer: str | None
    item: str | None
    line: int
    quote: str


@dataclass(frozen=True)
class Reference:
    """A numbered document and every mention of it; `number` is its most frequent printed form."""

    number: str
    kind: str | None
    issued_on: date | None
    issuer: str | None
    mentions: tuple[Cited, ...]

    @property
    def slips(self) -> tuple[Cited, ...]:
        """Mentions that print the number in another form."""
        return tuple(cited for cited in self.mentions if cited.number != self.number)

    @property
    def dates(self) -> tuple[date, ...]:
        """The different dates its mentions give: more than one is a contradiction in the text."""
        return tuple(sorted({cited.issued_on for cited in self.mentions if cited.issued_on}))


def find_references(passages: Iterable[Passage]) -> tuple[Reference, ...]:
    """References in order of first mention; 03/NQ-CP and 03-NQ/CP are one document."""
    groups: dict[str, list[Cited]] = {}
    for passage in passages:
        for cited in _cited(passage):
            groups.setdefault(re.sub(r"[-/]", " ", cited.number), []).append(cited)
    return tuple(_gather(mentions) for mentions in groups.values())


def _cited(passage: Passage) -> Iterator[Cited]:
    for found in REFERENCE.finditer(passage.text):
        if not KNOWN_TAIL.search(found["number"]):
            continue
        points = find_points(found["day"]) if found["day"] else ()
        yield Cited(
            number=found["number"],
            kind=found["kind"],
            issued_on=points[0].first if points else None,
            issuer=found["issuer"],
            item=passage.item,
            line=passage.line_at(found.start()),
            quote=found[0],
        )


def _gather(mentions: list[Cited]) -> Reference:
    forms = Counter(cited.number for cited in mentions)
    return Reference(
        number=max(forms, key=lambda form: forms[form]),
        kind=next((cited.kind for cited in mentions if cited.kind), None),
        issued_on=next((cited.issued_on for cited in mentions if cited.issued_on), None),
        issuer=next((cited.issuer for cited in mentions if cited.issuer), None),
        mentions=tuple(mentions),
    )
