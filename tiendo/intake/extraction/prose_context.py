"""What the words around a date in prose make of it: a deadline, part of another plan's title, or a fact of the past."""

import re

from tiendo.intake.extraction.dates import Point

PLAN_NOUN = re.compile(
    r"(?<!\w)(?:chương trình|kế hoạch|đề án|chiến lược|quy hoạch|dự án|nghị quyết|quyết định|mục tiêu|đề cương|"
    r"khung kiến trúc|phương án)(?!\w)(?!\s+(?:này|trên|nêu))",
    re.IGNORECASE,
)
SEGMENT = re.compile(r"[.;:!?](?!\d)")
CLAUSE_START = re.compile(r"(?:^|[.;:,(–-])\s*$")
OWN_STAGE = re.compile(r"(?:^|[.;:(–-])\s*$")
OWN_ACT = re.compile(
    r",\s*(?:[^,]{0,60}\s)?(?:hoàn thành|hoàn thiện xong|xong|phấn đấu|đạt|kết thúc|bảo đảm|đảm bảo|báo cáo|trình|"
    r"gửi|chậm nhất)(?!\w)"
    r"|(?<!\w)(?:hoàn thành|xong)\s*$",
    re.IGNORECASE,
)
OWN_TARGET = re.compile(
    r"^(?:\W|\w{1,2}[.)]\s)*(?:các\s+)?(?:mục tiêu|chỉ tiêu)(?:\s+(?:cụ thể|phấn đấu|chung))?\s*$", re.IGNORECASE
)
TITLE_TAIL = re.compile(r"^,?\s*(?:tầm nhìn|định hướng)", re.IGNORECASE)
TITLE_LEADS = ("đến", "tới", "từ", "giai đoạn", "trong giai đoạn")
NO_TITLE_END = ("hết", "trước", "cuối")
AS_OF = re.compile(
    r"(?<!\w)(?:tính|ước|ước thực hiện|ước đạt|cộng dồn|lũy kế|luỹ kế|số liệu|thống kê|dân số|so với|so|cùng kỳ|"
    r"hiệu lực|hiệu lực thi hành|"
    r"áp dụng|thi hành|sinh|ban hành từ|được ban hành|đã ban hành|được cấp|được phê duyệt|tồn đọng|phát sinh)"
    r"\s*(?:,|là|cho|được|kể)?\s*$",
    re.IGNORECASE,
)
PAST = re.compile(r"^[^.;]{0,40}?(?<!\w)(?:đã|hiện có|hiện còn|mới đạt|mới có|vẫn còn)(?!\w)", re.IGNORECASE)
PAST_RESULT = re.compile(
    r"(?<!\w)(?:kết quả|tình hình|thành tựu|thực trạng|hiện trạng|báo cáo)\s+"
    r"(?:thực hiện\s+|đạt được\s+|triển khai\s+)?$",
    re.IGNORECASE,
)
DONE = re.compile(
    r"(?<!\w)đã(?:\s+được|\s+cơ bản)?(?:\s+(?:hoàn thành|hoàn tất|kết thúc|ban hành|phê duyệt|nghiệm thu|làm))?\s*$",
    re.IGNORECASE,
)
UPDATED = re.compile(r"(?<!\w)cập nhật(?:\s+tính)?\s*$", re.IGNORECASE)
FIRM_LEADS = ("trước", "chậm nhất", "muộn nhất", "hạn", "thời hạn", "thời gian", "hoàn thành", "xong", "kết thúc")
TO_DO = re.compile(
    r"^\s*[,:]\s*(?:phấn đấu|hoàn thành|tổ chức|triển khai|xây dựng|ban hành|thực hiện|bảo đảm|đảm bảo|trình|mở|đưa|"
    r"lắp đặt|đầu tư|nâng cấp|\d+(?:[.,]\d+)?\s?%)(?!\w)",
    re.IGNORECASE,
)
OPENS_CLAUSE = re.compile(r"(?:^|[;,])\s*(?:riêng\s+)?(?:năm\s+)?$", re.IGNORECASE)
REACHES = re.compile(
    r"^\s*(?:phấn đấu\s+)?(?:đạt|tăng|giảm|còn)\s+(?:(?:trên|ít nhất|tối thiểu|khoảng|dưới|từ)\s+)?\d", re.IGNORECASE
)
NEAR = 60


def opens_sentence(text: str, start: int, end: int) -> bool:
    """Whether a point stands first and what is to be done follows: "Năm 2026, hoàn thành …", "…; năm 2027 đạt 95%"."""
    after = text[end : end + NEAR]
    if OPENS_CLAUSE.search(text[max(0, start - NEAR) : start]) and REACHES.match(after):
        return True
    return not text[:start].strip() and TO_DO.match(after) is not None


def is_deadline(text: str, start: int, word: str, point: Point) -> bool:
    """Whether a point led in by `word` at `start` sets a deadline of this text itself."""
    if word.startswith("từ") and not point.is_run:
        return False
    before = text[max(0, start - NEAR) : start]
    if AS_OF.search(before) or (word == "giai đoạn" and not OWN_STAGE.search(before)):
        return False
    if DONE.search(before) or (word in {"đến", "tới"} and UPDATED.search(before)):
        return False  # a report of what was done, or how new its figures are
    loose = not word.startswith(FIRM_LEADS)
    if loose and (PAST_RESULT.search(before) or PAST.match(text[point.end : point.end + NEAR])):
        return False
    return not _inside_title(text, start, word, point)


def _inside_title(text: str, start: int, word: str, point: Point) -> bool:
    if not word.startswith(TITLE_LEADS) or word.endswith(NO_TITLE_END) or point.is_day:
        return False
    before = SEGMENT.split(text[:start])[-1]
    nouns = list(PLAN_NOUN.finditer(before))
    if not nouns or OWN_TARGET.match(before):
        return False
    if CLAUSE_START.search(before[-NEAR:]):
        return bool(TITLE_TAIL.match(text[point.end : point.end + NEAR]))
    return not OWN_ACT.search(before[nouns[-1].end() :])
