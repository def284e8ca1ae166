"""Facts of the document itself: kind, symbol, place, date, title, signer, recipients; and where the body stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tiendo.intake.extraction.annex_headings import ANNEX_HEADING
from tiendo.intake.extraction.spelling import one_line, pattern, phrase_key
from tiendo.intake.extraction.structure import opens_body
from tiendo.intake.reading.blocks import Paragraph

KINDS = (
    "Kế hoạch", "Quyết định", "Nghị quyết", "Chỉ thị", "Chương trình hành động", "Chương trình", "Đề án", "Kết luận",
    "Thông báo", "Báo cáo", "Công văn", "Hướng dẫn", "Tờ trình", "Quy chế", "Quy định", "Phương án", "Công điện",
)  # fmt: skip
KIND_KEYS = {phrase_key(kind): kind for kind in KINDS}
SYMBOL = re.compile(r"^Số\s*:?\s*(?P<number>\d+\w?)?\s*[.…_]*\s*(?P<rest>[/-]\s*[A-ZĐ][\w/&.-]*)", re.IGNORECASE)
PLACE_DATE = pattern(
    r"(?P<place>[A-ZÀ-ỸĐ][^,\d\n]{1,40}),\s*ngày\s*(?P<d>\d{1,2})?[\s.…]*tháng\s*(?P<m>\d{1,2})?[\s.…]*năm\s*(?P<y>\d{4})"
)
RECIPIENTS = re.compile(r"^Nơi nhận\s*:?\s*", re.IGNORECASE)
SIGNATURE = pattern(r"^(?:TM|KT|TL|TUQ|Q|TỔNG)\.?\s*(?=[A-ZÀ-ỸĐ])")
FIRST_SIGNATURE = pattern(r"^(?:TM|KT|TL|TUQ)\.\s*[A-ZÀ-ỸĐ]{2}")
POST = re.compile(
    r"^(?:(?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|THỦ TƯỚNG|BỘ TRƯỞNG|TRƯỞNG BAN|CHÁNH VĂN PHÒNG|CỤC TRƯỞNG)|THỨ TRƯỞNG)"
)
NAME = pattern(r"^(?:[A-ZÀ-ỸĐ][a-zà-ỹđ]*\s+){1,5}[A-ZÀ-ỸĐ][a-zà-ỹđ]*$")
ISSUER_IN_TEXT = pattern(
    r"(?P<issuer>(?:Ủy|Uỷ) ban nhân dân (?:tỉnh|thành phố|huyện|xã|phường)(?: [A-ZÀ-ỸĐ][\wÀ-ỹ]*)+|"
    r"UBND (?:tỉnh|thành phố|huyện|xã|phường)"
    r"(?: [A-ZÀ-ỸĐ][\wÀ-ỹ]*)+) (?:ban hành|xây dựng|quyết định)"
)
LONGEST_RECIPIENT = 300
LETTERHEAD = re.compile(r"^(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND|SỞ|BỘ|TỈNH ỦY|TỈNH UỶ|CHÍNH PHỦ|BAN|HỘI ĐỒNG)\b")
MOTTO = re.compile(r"CỘNG H[OÒ][AÀ]|độc lập\s*-\s*tự do", re.IGNORECASE)


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


@dataclass(frozen=True)
class Zones:
    """The document cut into its head (letterhead, title, preamble), body, foot and annexes."""

    head: tuple[Paragraph, ...]
    body: tuple[Paragraph, ...]
    foot: tuple[Paragraph, ...]
    annexes: tuple[Paragraph, ...]

    @property
    def annex_only(self) -> bool:
        """Whether the file is an annex by itself, without the document it belongs to."""
        return bool(self.annexes) and not (self.head or self.body or self.foot)


def cut(paragraphs: Sequence[Paragraph]) -> Zones:
    """Find where the body begins and ends."""
    annexes = next((i for i, p in enumerate(paragraphs) if ANNEX_HEADING.match(_plain(p))), len(paragraphs))
    kind = _kind_index(paragraphs) or 0
    foot = next((i for i, p in enumerate(paragraphs) if i > kind and _opens_foot(p)), annexes)
    body = next((i for i in range(kind, min(foot, annexes)) if opens_body(paragraphs[i].text)), None)
    if body is None:
        body = min(kind + 2, foot, annexes) if _kind_index(paragraphs) is not None else 0
    end = min(foot, annexes)
    return Zones(
        tuple(paragraphs[:body]),
        tuple(paragraphs[body:end]),
        tuple(paragraphs[end:annexes]),
        tuple(paragraphs[annexes:]),
    )


def read_facts(zones: Zones) -> Facts:
    """The facts; nothing is guessed from the file's name."""
    kind, title = _kind_and_title(zones.head)
    number, symbol = _symbol(zones.head)
    place, issued_on = _place_and_date(zones.head)
    capacity, signer = _signer(zones.foot)
    return Facts(
        kind, symbol, number, _issuer(zones.head), place, issued_on, title, capacity, signer, _recipients(zones.foot)
    )


def _plain(paragraph: Paragraph) -> str:
    """The line without the asterisks that text conversions put around bold words."""
    return paragraph.text.replace("**", "").strip()


def _opens_foot(paragraph: Paragraph) -> bool:
    return bool(RECIPIENTS.match(_plain(paragraph)) or FIRST_SIGNATURE.match(_plain(paragraph)))


def _kind_index(paragraphs: Sequence[Paragraph]) -> int | None:
    for index, paragraph in enumerate(paragraphs[:40]):
        text = _plain(paragraph)
        if text.isupper() and phrase_key(text) in KIND_KEYS:
            return index
    return None


def _kind_and_title(head: Sequence[Paragraph]) -> tuple[str | None, str | None]:
    index = _kind_index(head)
    if index is None:
        return None, None
    lines: list[str] = []
    for paragraph in head[index + 1 :]:
        if lines and (paragraph.gap or paragraph.text.startswith("Căn cứ")):
            break
        lines.append(_plain(paragraph))
    return KIND_KEYS[phrase_key(_plain(head[index]))], " ".join(lines) or None


def _symbol(head: Sequence[Paragraph]) -> tuple[str | None, str | None]:
    for paragraph in head:
        found = SYMBOL.match(_plain(paragraph))
        if found:
            number = found["number"]
            return number, f"{number or ''}{''.join(found['rest'].split())}"
    return None, None


def _place_and_date(head: Sequence[Paragraph]) -> tuple[str | None, date | None]:
    for paragraph in head:
        found = PLACE_DATE.search(_plain(paragraph))
        if found:
            return found["place"].strip(), _date(found["y"], found["m"], found["d"])
    return None, None


def _date(year: str, month: str | None, day: str | None) -> date | None:
    try:
        return date(int(year), int(month or ""), int(day or ""))
    except ValueError:
        return None


def _issuer(head: Sequence[Paragraph]) -> str | None:
    """The issuing body: from the letterhead when there is one, otherwise from the words "… ban hành" above the body."""
    lines = [_plain(paragraph) for paragraph in head]
    for index, line in enumerate(lines[:8]):
        if line.isupper() and LETTERHEAD.match(line) and not MOTTO.search(line):
            after = lines[index + 1] if index + 1 < len(lines) else ""
            return (
                f"{line} {after}"
                if after.isupper() and re.match(r"^(?:TỈNH|THÀNH PHỐ|HUYỆN|XÃ|PHƯỜNG)\b", after)
                else line
            )
    for line in lines:
        found = ISSUER_IN_TEXT.search(line)
        if found:
            return found["issuer"]
    return None


def _signer(foot: Sequence[Paragraph]) -> tuple[str | None, str | None]:
    capacity: list[str] = []
    name = None
    for paragraph in foot:
        text = one_line(_plain(paragraph))
        if SIGNATURE.match(text) or POST.match(text):
            capacity.append(text)
        elif capacity and name is None and NAME.match(text):
            name = text
    return "; ".join(capacity) or None, name


def _recipients(foot: Sequence[Paragraph]) -> tuple[str, ...]:
    found: list[str] = []
    listening = False
    for paragraph in foot:
        text = _plain(paragraph)
        if RECIPIENTS.match(text):
            listening = True
            text = RECIPIENTS.sub("", text)
        elif not listening or SIGNATURE.match(text) or POST.match(text):
            listening = False
            continue
        if re.match(r"^[-–+•]", text):
            found.append(text.lstrip("-–+• ").rstrip(" ;."))
        elif found and text and len(found[-1]) < LONGEST_RECIPIENT and not NAME.match(text):
            found[-1] = f"{found[-1]} {text.rstrip(' ;.')}"
    return tuple(found)
