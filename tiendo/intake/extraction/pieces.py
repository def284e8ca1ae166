"""The words of an agency cell that no dictionary knows, cut into the bodies they seem to name."""

import re
from collections.abc import Iterator

HEADS = (
    r"Sở|Bộ|Ban|UBND|(?:Ủy|Uỷ) ban|HĐND|Hội|Liên|Công an|Cục|Chi cục|Tổng cục|Tổng công ty|Tổng Công ty|Văn phòng|"
    r"Trường|Viện|Học viện|Bệnh viện|Trung tâm|Đài|Báo|Đại học|Hiệp hội|Ngân hàng|Kho bạc|Tập đoàn|Công ty|Thanh tra|"
    r"Đoàn|Đảng (?:ủy|uỷ)|Tỉnh (?:ủy|uỷ)|Thành (?:ủy|uỷ)|Huyện (?:ủy|uỷ)|Tòa án|Viện kiểm sát|Các|các|Phòng|Thuế|"
    r"Hải quan|Bưu điện|Tổ|Quỹ|Nhà|Mặt trận|Bảo hiểm|Kiểm toán|Thống kê|Chủ tịch|Giám đốc|Thủ trưởng|Lãnh đạo|Chính phủ"
)
AGENCY = rf"(?:{HEADS})\b"
GAPS = r"\s{0,9}"
MARK = r"(?:[-–+•*●▪]|\d{1,2}[.)]|[a-zđ][.)])\s"
CUTS = re.compile(
    rf"{GAPS};{GAPS}|{GAPS}\n{GAPS}(?={MARK}|[A-ZĐÀ-Ỹ])|{GAPS}[,/]{GAPS}(?={AGENCY})|\s{GAPS}và\s{GAPS}(?={AGENCY})"
    rf"|\s{GAPS}[-–]\s{GAPS}(?={AGENCY})"
    rf"|(?<=[^\W\d_])(?<!Giám đốc)(?<!Văn phòng)(?<!Thanh tra)(?<!Đảng ủy)(?<!Lãnh đạo)(?<!Chủ tịch)(?<!thuộc)(?<!của)"
    rf"\s{GAPS}(?=(?:Sở|Bộ(?! đội)|UBND|Cục)\s)"
)
COMMA = re.compile(rf"{GAPS},{GAPS}(?=[A-ZĐ])")
HEADED = re.compile(rf"^(?:{AGENCY})", re.IGNORECASE)
LEADING = re.compile(
    rf"^(?:\s|[,.:;]|{MARK}|(?:và|cùng|với|giao|do|phân công|đề nghị|mời)\s|"
    r"(?:(?:cơ quan|đơn vị)\s+)?(?:chủ trì|phối hợp|tham mưu|thực hiện)(?:\s+(?:thực hiện|với|cùng))?\s*(?::|,|$))+",
    re.IGNORECASE,
)
TRAILING = re.compile(
    r"(?:[\s,.:;+–-]|\b(?:và|cùng|với)\b|\b(?:là\s+)?(?:chủ trì|phối hợp|thực hiện)\b)+$",
    re.IGNORECASE,
)
TAIL = 60  # letters: how far back the words that end a piece are looked for
JOINERS = {"và", "với", "cùng"}
EMPTY = re.compile(r"^(?:và|với|cùng|v\.v|…|nt|-nt-)?$", re.IGNORECASE)


def bounded(text: str, start: int, end: int) -> bool:
    """Whether a stretch stands between separators or at the ends of the text."""
    before, after = text[max(0, start - 9) : start].rstrip(" "), text[end : end + 9].lstrip(" ")
    return (not before or before[-1] in ",;\n-+/:•(" or before.endswith(" và")) and (
        not after or after[0] in ",;\n-+./()" or after.startswith("và ")
    )


def pieces_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Places of the names in a stretch of a cell: cut where another body's name begins, bare of joining words."""
    at = start
    for cut in [*CUTS.finditer(text, start, end), None]:
        stop = cut.start() if cut else end
        yield from _names(text, at, stop)
        at = cut.end() if cut else end


def _names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A name, or the several names without a head word ("FPT, CMC") that commas part."""
    begin, stop = _bare(text, start, end)
    if begin >= stop or EMPTY.match(text[begin:stop]) or not any(c.isalnum() for c in text[begin:stop]):
        return
    comma = None if HEADED.match(text[begin:stop]) else COMMA.search(text, begin, stop)
    if comma is None:
        yield begin, stop
        return
    yield from _names(text, begin, comma.start())
    yield from _names(text, comma.end(), stop)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without separators, list marks, joining words and words of duty at its ends."""
    words = text[start:end]
    head = LEADING.match(words)
    begin = start + (head.end() if head else 0)
    tail = TRAILING.search(text, max(begin, end - TAIL), end)
    return begin, tail.start() if tail else end
