"""Facts of the document itself: kind, symbol, issuer, place, date, title, signer, recipients; nothing is guessed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tiendo.intake.extraction.annex_headings import is_attachment, plain
from tiendo.intake.extraction.cells import is_open
from tiendo.intake.extraction.spelling import one_line, pattern, phrase_key
from tiendo.intake.reading.blocks import Paragraph

KINDS = (
    "Kế hoạch hành động", "Kế hoạch", "Quyết định", "Nghị quyết liên tịch", "Nghị quyết", "Chỉ thị", "Đề án", "Dự án",
    "Kết luận", "Chương trình hành động", "Chương trình công tác", "Chương trình", "Thông báo kết luận", "Thông báo",
    "Báo cáo", "Công văn", "Hướng dẫn", "Tờ trình", "Quy chế", "Quy định", "Phương án", "Công điện", "Nghị định",
    "Thông tư", "Thông tri",
)  # fmt: skip
KIND_KEYS = {phrase_key(kind): kind for kind in KINDS}
PAGE_WORDS = frozenset({"Hướng dẫn", "Quy định", "Thông báo", "Kết luận", "Báo cáo"})  # pages are headed so too
HEAD_LINES = 40
FIRST_LINES = 8
NEAR_LINES = 15  # a letterhead stands no further above the kind
SYMBOL = re.compile(
    r"^Số\s*:?\s*(?P<number>\d+\w?)?\s*[.…_]*\s*(?P<year>/\s*(?:19|20)\d\d)?\s*"
    r"(?P<rest>[/-]\s*[A-ZĐ](?:[\w/&.]|-\s?(?=\w))*)",
    re.IGNORECASE,
)
PLACE = (
    r"(?:(?:Thành phố|Thị xã|Huyện|Xã|Phường)\s|TP\.?\s?)?"
    r"[A-ZÀ-ỸĐ][a-zà-ỹđ]{0,9}(?:(?:\s-\s|\s|-)[A-ZÀ-ỸĐ][a-zà-ỹđ]{1,9}){0,5}"
)
PLACE_DATE = pattern(
    rf"(?P<place>{PLACE})\s?,\s{{0,9}}(?:ngày\s{{0,20}}(?P<d>\d{{1,2}})?[\s.…]{{0,40}})?"
    r"tháng\s{0,20}(?P<m>\d{1,2})?[\s.…]{0,40}năm\s{0,9}(?P<y>\d{4})"
)
MOTTO = re.compile(
    r"(?:CỘNG H[OÒ][AÀ]\s+X[ÃA]|ĐẢNG CỘNG SẢN VIỆT NAM|độc lập\s*[-–]\s*tự do).*$", re.IGNORECASE | re.DOTALL
)
RULE = re.compile(r"^[\W_]+$")
AGENCY = re.compile(
    r"^(?:ỦY BAN|UỶ BAN|UBND|HĐND|HỘI ĐỒNG|SỞ|BỘ|TỈNH ỦY|TỈNH UỶ|THÀNH ỦY|THÀNH UỶ|HUYỆN ỦY|HUYỆN UỶ|ĐẢNG ỦY|ĐẢNG UỶ|"
    r"ĐẢNG BỘ|CHÍNH PHỦ|THỦ TƯỚNG|BAN|VĂN PHÒNG|CỤC|CHI CỤC|TỔNG CỤC|THANH TRA|CÔNG AN|HỘI|LIÊN|TRUNG TÂM|TRƯỜNG|VIỆN|"
    r"QUỐC HỘI|ỦY VIÊN|MẶT TRẬN|ĐOÀN|TẬP ĐOÀN|TỔNG CÔNG TY|CÔNG TY|NGÂN HÀNG|KHO BẠC|BẢO HIỂM|TÒA ÁN|ĐÀI|BÁO|PHÒNG)\b"
)
BARE = frozenset({"VĂN PHÒNG", "THANH TRA"})
WHERE = re.compile(r"^(?:TỈNH|THÀNH PHỐ|HUYỆN|XÃ|PHƯỜNG|THỊ XÃ|VÀ)\b")
ISSUER_IN_TEXT = pattern(
    r"(?P<issuer>(?:Ủy|Uỷ) ban nhân dân (?:tỉnh|thành phố|huyện|xã|phường)(?: [A-ZÀ-ỸĐ][\wÀ-ỹ]*)+|"
    r"UBND (?:tỉnh|thành phố|huyện|xã|phường)"
    r"(?: [A-ZÀ-ỸĐ][\wÀ-ỹ]*)+) (?:ban hành|xây dựng|quyết định)"
)
LISTED = re.compile(r"^(?:[-–+*•]|\d{1,2}[.)]|[a-zđ]\)|[IVX]{1,4}[.)])\s")
SENTENCE = pattern(r"[.:;!?]$|[.;!?]\s+[A-ZÀ-ỸĐ]")
SUBJECT = re.compile(r"^\(?\s*(?:V/v|Về việc)\s*:?\s*", re.IGNORECASE)
RECIPIENTS = re.compile(r"^Nơi nhận\s*:?\s*", re.IGNORECASE)
SIGNATURE = pattern(r"^(?:TM|KT|TL|TUQ|Q|TỔNG|T/M|K/T|T/L)\b\.?\s*(?=[A-ZÀ-ỸĐ])")
POST = re.compile(
    r"^(?:(?:PHÓ |THỨ )?(?:TỔNG BÍ THƯ|CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|THỦ TƯỚNG|BỘ TRƯỞNG|TRƯỞNG BAN|CHÁNH VĂN PHÒNG|"
    r"CỤC TRƯỞNG|CHI CỤC TRƯỞNG|TỔNG GIÁM ĐỐC|TỔNG CỤC TRƯỞNG|VỤ TRƯỞNG|CHÁNH THANH TRA|VIỆN TRƯỞNG|HIỆU TRƯỞNG|"
    r"TRƯỞNG PHÒNG|CHỦ NHIỆM|TRƯỞNG ĐOÀN|TỔNG KIỂM TOÁN)|THỨ TRƯỞNG|ỦY VIÊN|UỶ VIÊN)\b"
)
NAME = pattern(r"^(?:[A-ZÀ-ỸĐ][a-zà-ỹđ]*\s+){1,5}[A-ZÀ-ỸĐ][a-zà-ỹđ]*$")
LONGEST_RECIPIENT = 300


@dataclass(frozen=True)
class Facts:
    """What the head and foot of the document say; None where they say nothing."""

    kind: str | None
    symbol: str | None
    number: str | None
    issuer: str | None
    place: str | None
    issued_on: date | None
    title: str | None
    capacity: str | None
    signer: str | None
    recipients: tuple[str, ...]


def read_facts(head: Sequence[Paragraph], foot: Sequence[Paragraph]) -> Facts:
    """The facts that head and foot state; nothing is guessed from the file's name."""
    kind, title = _kind_and_title(head)
    number, symbol = _symbol(head)
    place, issued_on = _place_and_date(head)
    capacity, signer = _signer(foot)
    return Facts(kind, symbol, number, _issuer(head), place, issued_on, title, capacity, signer, _recipients(foot))


def kind_index(paragraphs: Sequence[Paragraph]) -> int | None:
    """Where the line that names the kind of document stands: "KẾ HOẠCH"; in a grid only below a letterhead."""
    return next(
        (at for at, each in enumerate(paragraphs[:HEAD_LINES]) if kind_of(each) and _stands(paragraphs, at)), None
    )


def _stands(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether a kind is the document's: a letterhead near it, or on the first lines; "HƯỚNG DẪN" heads pages too."""
    here = paragraphs[index]
    if here.position.sheet is not None or here.position.row is not None:
        return _is_letter(paragraphs[:index])
    above = paragraphs[max(0, index - NEAR_LINES) : index]
    near = (*above, *paragraphs[index + 1 : index + 5])
    if _is_letter(near) or any(_is_dated(plain(each.text)) for each in near) or any(map(_is_agency, above)):
        return True
    return index < FIRST_LINES and (kind_of(here) not in PAGE_WORDS or _is_titled(paragraphs[index + 1 : index + 2]))


def _is_dated(text: str) -> bool:
    """Whether a line says place and date, or what a document rests on."""
    return bool(PLACE_DATE.search(text)) or text.startswith("Căn cứ ")


def _is_agency(paragraph: Paragraph) -> bool:
    text = plain(paragraph.text)
    return text.isupper() and bool(AGENCY.match(text))


def _is_titled(below: Sequence[Paragraph]) -> bool:
    """Whether a title stands below, rather than a sentence or a list."""
    text = plain(below[0].text) if below else ""
    return bool(text) and not (LISTED.match(text) or SENTENCE.search(text))


def kind_of(paragraph: Paragraph) -> str | None:
    """The kind of document a line names by itself, in capitals."""
    text = plain(paragraph.text)
    return KIND_KEYS.get(phrase_key(text)) if text.isupper() else None


def subject_index(paragraphs: Sequence[Paragraph]) -> int | None:
    """Where an official letter says what it is about: "V/v …"."""
    for index, paragraph in enumerate(paragraphs[:HEAD_LINES]):
        if re.match(r"^\(?\s*V/v\b", plain(paragraph.text), re.IGNORECASE):
            return index
    return None


def _is_letter(above: Sequence[Paragraph]) -> bool:
    return any(SYMBOL.match(plain(each.text)) or MOTTO.search(each.text) for each in above)


def _kind_and_title(head: Sequence[Paragraph]) -> tuple[str | None, str | None]:
    index = kind_index(head)
    if index is not None:
        return kind_of(head[index]), _title(head[index + 1 :]) or None
    index = subject_index(head)
    if index is not None:
        first = SUBJECT.sub("", plain(head[index].text)).rstrip(") ")
        rest = _title(head[index + 1 :]) if is_open(first) or _goes_on(head, index + 1) else ""
        return "Công văn", one_line(f"{first} {rest}") or None
    return _kind_within(head)


def _goes_on(head: Sequence[Paragraph], index: int) -> bool:
    return index < len(head) and plain(head[index].text)[:1].islower()


def _kind_within(head: Sequence[Paragraph]) -> tuple[str | None, str | None]:
    """ "KẾ HOẠCH PHÁT TRIỂN ĐÔ THỊ": kind and title on one line."""
    for index, paragraph in enumerate(head[:HEAD_LINES]):
        text = plain(paragraph.text)
        key = phrase_key(text)
        kind = next((kind for known, kind in KIND_KEYS.items() if key.startswith(f"{known} ")), None)
        if kind and text.isupper() and paragraph.position.sheet is None and _is_letter(head[:index]):
            own = text.split(maxsplit=len(kind.split()))[-1]
            more = [plain(each.text) for each in head[index + 1 : index + 4]]
            joined = next((n for n, line in enumerate(more) if not line.isupper() or MOTTO.search(line)), len(more))
            return kind, one_line(" ".join([own, *more[:joined]]))
    return None, None


def _title(after: Sequence[Paragraph]) -> str:
    lines: list[str] = []
    for paragraph in after:
        text = plain(paragraph.text)
        if RULE.match(text):
            if lines:
                break
            continue
        goes_on = bool(lines) and (text[:1].islower() or is_open(lines[-1]))
        if is_attachment(text) or (lines and (text.startswith("Căn cứ") or (paragraph.gap and not goes_on))):
            break
        lines.append(text)
    return " ".join(lines)


def _symbol(head: Sequence[Paragraph]) -> tuple[str | None, str | None]:
    for paragraph in head:
        found = SYMBOL.match(plain(paragraph.text))
        if found:
            number = found["number"]
            return number, "".join(f"{number or ''}{found['year'] or ''}{found['rest']}".split())
    return None, None


def _place_and_date(head: Sequence[Paragraph]) -> tuple[str | None, date | None]:
    for paragraph in head:
        found = PLACE_DATE.search(plain(paragraph.text))
        if found:
            return found["place"].strip(), _date(found["y"], found["m"], found["d"])
    return None, None


def _date(year: str, month: str | None, day: str | None) -> date | None:
    try:
        return date(int(year), int(month or ""), int(day or ""))
    except ValueError:
        return None


def _issuer(head: Sequence[Paragraph]) -> str | None:
    """The issuing body: the lowest agency of the letterhead, otherwise from the words "… ban hành" above the body."""
    agencies: list[str] = []
    for paragraph in head[:HEAD_LINES]:
        line = plain(paragraph.text)
        if kind_of(paragraph) or SUBJECT.match(line):
            break
        left = MOTTO.sub("", line).strip(" \t|*_-–")
        if not left or not left.isupper() or SYMBOL.match(left):
            continue
        if AGENCY.match(left):
            agencies.append(left)
        elif agencies and (paragraph.position.sheet is None or WHERE.match(left)):
            agencies[-1] = f"{agencies[-1]} {left}"
    if agencies:
        bare = len(agencies) > 1 and agencies[-1] in BARE  # "VĂN PHÒNG" alone names nobody
        return one_line(" ".join(agencies[-2:][::-1]) if bare else agencies[-1])
    found = next((found for each in head if (found := ISSUER_IN_TEXT.search(plain(each.text)))), None)
    return found["issuer"] if found else None


def _signer(foot: Sequence[Paragraph]) -> tuple[str | None, str | None]:
    capacity: list[str] = []
    name = None
    for paragraph in foot:
        text = one_line(RECIPIENTS.sub("", plain(paragraph.text)))
        if SIGNATURE.match(text) or POST.match(text):
            if name is not None:
                break
            capacity.append(text)
        elif capacity and name is None and NAME.match(text):
            name = text
    return "; ".join(capacity) or None, name


def _recipients(foot: Sequence[Paragraph]) -> tuple[str, ...]:
    lines: list[str] = []
    listening = False
    for paragraph in foot:
        text = plain(paragraph.text)
        if RECIPIENTS.match(text):
            listening = True
            text = RECIPIENTS.sub("", text)
        elif not listening or SIGNATURE.match(text) or POST.match(text):
            listening = False
            continue
        if text and not SIGNATURE.match(text):
            lines.append(text)
    return _listed(lines)


def _listed(lines: Sequence[str]) -> tuple[str, ...]:
    """One recipient a dash; a list without dashes is parted by its semicolons."""
    dashed = any(re.match(r"^[-–+•]", line) for line in lines)
    if not dashed:
        pieces = (piece.strip(" .,") for line in lines if not NAME.match(line) for piece in line.split(";"))
        return tuple(piece for piece in pieces if piece)
    found: list[str] = []
    for text in lines:
        if re.match(r"^[-–+•]", text):
            found.append(text.lstrip("-–+• ").rstrip(" ;."))
        elif found and len(found[-1]) < LONGEST_RECIPIENT and not NAME.match(text):
            found[-1] = f"{found[-1]} {text.rstrip(' ;.')}"
    return tuple(each.rstrip(" ,") for each in found)
