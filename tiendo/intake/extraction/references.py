"""Legal references: numbered documents that the text cites, with date and issuer where the text gives them."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tiendo.intake.extraction.dates import find_points
from tiendo.intake.extraction.issuers import ISSUER
from tiendo.intake.extraction.spelling import pattern

GAP = r"\s{1,3}"
KINDS = (
    "Nghị quyết liên tịch", "Nghị quyết", "Quyết định", "Chỉ thị", "Kết luận", "Đề án", "Kế hoạch hành động",
    "Kế hoạch", "Nghị định", "Thông tư liên tịch", "Thông tư", "Bộ luật", "Luật", "Công văn", "Quy định",
    "Thông báo kết luận", "Thông báo", "Chương trình hành động", "Chương trình", "Hướng dẫn", "Báo cáo", "Tờ trình",
    "Pháp lệnh", "Công điện", "Văn bản hợp nhất", "Văn bản", "Quy chế", "Phương án", "Lệnh",
)  # fmt: skip
KIND = rf"(?P<kind>(?<!\w)(?i:{'|'.join(KINDS).replace(' ', GAP)}))"
NAME = rf"(?P<name>(?<=uật)(?:{GAP}(?!số)[^\W\d_]{{1,9}},?){{1,14}})?"
LETTERS = r"[A-ZĐƯ][A-Za-zĐđƯư&]{0,11}\d{0,3}"
NUMBER = (
    rf"(?P<number>(?<![\w/.-])(?<!\d:)\d{{1,5}}[A-Z]?(?:\s?[-–/]\s?(?:19|20)\d\d)?\s?[-–/]\s?{LETTERS}"
    rf"(?:\s?[-–/]\s?{LETTERS}){{0,3}})(?![\w/])"
)
DAY = (
    rf"\d{{1,2}}\s{{0,2}}(?:[/.-]|{GAP}tháng{GAP})\s{{0,2}}\d{{1,2}}\s{{0,2}}(?:[/.-]|,?\s{{0,2}}năm{GAP})"
    rf"\s{{0,2}}\d{{4}}(?!\d)"
)
DATED = rf"(?:\s{{0,2}},?\s{{0,2}}\(?(?i:ban hành{GAP}|ký{GAP})?(?i:ngày){GAP}(?P<day%s>{DAY})\)?)"
BY = rf"(?:\s{{0,2}},?{GAP}của{GAP}{ISSUER})"
NO = r"(?:(?i:số)\s{0,3}:?\s{0,2})"
REFERENCE = pattern(rf"(?:{KIND}{NAME}{GAP})?{NO}?{NUMBER}{DATED % 1}?{BY}?{DATED % 2}?")
SHORT = pattern(
    rf"{KIND}{GAP}(?:(?P<no>{NO})(?P<marked>\d{{1,5}})|(?P<bare>\d{{2,4}}))(?![\w/.,%-]\w|[\w/%-])"
    rf"(?=\s*(?:[.,;:)\]\"”]|$|(?:của|về|và|vào|trên|tại|ngày|do|trong|cho|đã|được|nêu|theo|thì|gắn|là|để|với)(?!\w)))"
)
SHORT_KINDS = frozenset({"nghị quyết", "nghị định", "quyết định", "chỉ thị", "thông tư", "kết luận", "đề án"})
CODES = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "KL": "Kết luận", "ĐA": "Đề án", "KH": "Kế hoạch",
    "NĐ": "Nghị định", "TT": "Thông tư", "TB": "Thông báo", "CTR": "Chương trình", "HD": "Hướng dẫn", "BC": "Báo cáo",
    "TTR": "Tờ trình", "QC": "Quy chế",
}  # fmt: skip
OTHER_CODES = frozenset(
    {
        "CV", "QĐI", "QYĐ", "PL", "UBTVQH", "QH", "UBND", "HĐND", "TTG", "CP", "TW", "TU", "CĐ", "TTLT", "NQLT", "VPCP",
        "VBHN", "L", "CTN", "HU", "ĐU", "BTC", "BNV", "BKHCN", "BTTTT",
    }
)  # fmt: skip
NO_DOCUMENT = re.compile(
    r"(?:mẫu|biểu|phụ lục|phiếu|hợp đồng|hồ sơ|tài khoản|điện thoại|tờ)\s{1,3}(?:số\s{0,2})?$", re.IGNORECASE
)
LIST_GAP = re.compile(r"^\s{0,2}(?:,|;|và|hoặc|\s){1,3}\s{0,2}$", re.IGNORECASE)
NEAR = 24


@dataclass(frozen=True)
class Passage:
    """A stretch of text to search, where it stands (None above the first heading) and how to find a line in it."""

    item: str | None
    text: str
    parts: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, item: str | None, text: str, line: int) -> "Passage":
        """A passage that stands on one line, such as a cell of a table."""
        return cls(item, text, ((0, line),))

    def line_at(self, offset: int) -> int:
        """The line on which the character at `offset` stands."""
        return self.parts[bisect_right(self.parts, offset, key=lambda part: part[0]) - 1][1]


@dataclass(frozen=True)
class Cited:
    """One mention of a numbered document. `number` is without stray spaces; `printed` as it stands.

    A short mention ("Nghị quyết 57") has no symbol.
    """

    number: str
    kind: str | None
    issued_on: date | None
    issuer: str | None
    item: str | None
    line: int
    quote: str
    printed: str
    short: bool = False


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
        return tuple(cited for cited in self.mentions if not cited.short and cited.printed != self.number)

    @property
    def dates(self) -> tuple[date, ...]:
        """The different dates its mentions give: more than one is a contradiction in the text."""
        return tuple(sorted({cited.issued_on for cited in self.mentions if cited.issued_on}))


def find_references(passages: Iterable[Passage]) -> tuple[Reference, ...]:
    """References in order of first mention; 03/NQ-CP and 03-NQ/CP are one document, and so is "Nghị quyết 03"."""
    found = [cited for passage in passages for cited in _in_order(passage)]
    known = {_short_key(cited): _key(cited) for cited in reversed(found) if not cited.short}
    groups: dict[str, list[Cited]] = {}
    for cited in found:
        key = known.get(_short_key(cited), _key(cited)) if cited.short else _key(cited)
        groups.setdefault(key, []).append(cited)
    return tuple(_gather(mentions) for mentions in groups.values())


def without_cited(text: str) -> str:
    """The text with cited documents and their dates blanked out, letter for letter."""
    letters = list(text)
    for found in (*REFERENCE.finditer(text), *SHORT.finditer(text)):
        if _names_document(found) if found.re is SHORT else _is_document(text, found):
            letters[found.start() : found.end()] = " " * len(found[0])
    return "".join(letters)


def _in_order(passage: Passage) -> list[Cited]:
    spots = [*_full(passage), *_short(passage)]
    return [cited for _start, cited in sorted(spots, key=lambda spot: spot[0])]


def _full(passage: Passage) -> Iterator[tuple[int, Cited]]:
    text, end, kind = passage.text, 0, None
    for found in REFERENCE.finditer(text):
        if not _is_document(text, found):
            continue
        listed = kind if LIST_GAP.match(text[end : found.start()][:NEAR]) else None
        kind, end = _kind(found) or _coded(found["number"]) or listed, found.end()
        day = found["day1"] or found["day2"]
        points = find_points(day) if day else ()
        yield (
            found.start(),
            Cited(
                number=_clean(found["number"]),
                kind=kind,
                issued_on=points[0].first if points else None,
                issuer=found["issuer"],
                item=passage.item,
                line=passage.line_at(found.start()),
                quote=found[0],
                printed=found["number"],
            ),
        )


def _short(passage: Passage) -> Iterator[tuple[int, Cited]]:
    """ "Nghị quyết 57", "Chỉ thị số 12": a kind and a number without a symbol."""
    for found in SHORT.finditer(passage.text):
        if _names_document(found):
            number, line = found["marked"] or found["bare"], passage.line_at(found.start())
            cited = Cited(number, _kind(found), None, None, passage.item, line, found[0], number, short=True)
            yield found.start(), cited


def _names_document(found: re.Match[str]) -> bool:
    """Whether a kind with a bare number names a document: not a year, and a kind that people shorten so."""
    number = found["marked"] or found["bare"]
    is_year = len(number) == 4 and 1990 <= int(number) <= 2100
    kind = (_kind(found) or "").lower()
    return not is_year and (kind in SHORT_KINDS or (bool(found["marked"]) and kind in {"công văn", "công điện"}))


def _is_document(text: str, found: re.Match[str]) -> bool:
    """Whether a number with letters is that of a document: by its symbol, or because the text says so."""
    codes = {part.upper().rstrip("0123456789") for part in re.split(r"[\s\-–/]+", found["number"])[1:]}
    known = bool(codes & (CODES.keys() | OTHER_CODES)) or bool(
        {code.replace("D", "Đ") for code in codes} & CODES.keys()
    )
    if found["kind"]:
        return True
    return known and not NO_DOCUMENT.search(text[max(0, found.start("number") - NEAR) : found.start("number")])


def _kind(found: re.Match[str]) -> str | None:
    """The kind as headings write it: first letter capital, the rest small."""
    return re.sub(r"\s+", " ", found["kind"]).capitalize() if found["kind"] else None


def _coded(number: str) -> str | None:
    codes = [part.upper() for part in re.split(r"[\s\-–/]+", number)[1:]]
    return next((CODES[code] for code in codes if code in CODES), None)


def _clean(number: str) -> str:
    return re.sub(r"\s+", "", number).replace("–", "-")


def _key(cited: Cited) -> str:
    """One key however the separators stand, a leading zero is left out, or Đ is typed as D."""
    parts = [part.lstrip("0") for part in re.split(r"[-/]", cited.number.upper().replace("Đ", "D"))]
    return " ".join([*parts, cited.kind or ""] if cited.short else parts)


def _short_key(cited: Cited) -> tuple[str, str]:
    return (cited.kind or "").split(" ")[0].lower(), re.split(r"[-/]", cited.number)[0].lstrip("0")


def _gather(mentions: list[Cited]) -> Reference:
    forms = Counter(cited.number for cited in mentions if not cited.short) or Counter(
        cited.number for cited in mentions
    )
    return Reference(
        number=max(forms, key=lambda form: forms[form]),
        kind=next((cited.kind for cited in mentions if cited.kind), None),
        issued_on=next((cited.issued_on for cited in mentions if cited.issued_on), None),
        issuer=next((cited.issuer for cited in mentions if cited.issuer), None),
        mentions=tuple(mentions),
    )
