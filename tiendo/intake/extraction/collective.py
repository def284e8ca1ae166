"""Names for many bodies at once ("các sở, ban, ngành liên quan"): where such a phrase begins and ends."""

import re

from tiendo.intake.extraction.spelling import pattern

OTHERS = "trưởng công an|công an|trạm y tế|ban chỉ huy quân sự"
OTHER_BODY = re.compile(rf"\s*(?:{OTHERS})(?!\w)", re.IGNORECASE)  # of the communes, but not their committees
WHO = (
    r"(?:(?:thủ trưởng|lãnh đạo|người đứng đầu|chủ tịch|chính quyền)\s+)?"
    rf"(?:(?:UBND|HĐND|(?:ủy|uỷ) ban nhân dân|{OTHERS})\s+)?"
)
NOUNS = (
    r"cơ quan chuyên môn|cơ quan ngang bộ|cơ quan thuộc Chính phủ|cơ quan báo chí|cơ quan|"
    r"đơn vị sự nghiệp(?: công lập)?|đơn vị|địa phương|tổ chức chính trị\s*-\s*xã hội|tổ chức tín dụng|tổ chức|"
    r"đoàn thể(?: chính trị\s*-\s*xã hội)?|"
    r"doanh nghiệp(?: viễn thông| công nghệ(?: số| thông tin)?| nhà nước)?|hợp tác xã|"
    r"hiệp hội|hội|sở|ban (?:xây dựng )?Đảng|ban|ngành|bộ|huyện|"
    r"thị xã|thành phố|thị trấn|xã|phường|đặc khu|tỉnh(?: ủy| uỷ)?|thành (?:ủy|uỷ)|đảng (?:ủy|uỷ)|cấp (?:ủy|uỷ)|"
    r"trường đại học|trường cao đẳng|trường|đại học|cao đẳng|viện nghiên cứu|học viện|viện|bệnh viện|cơ sở giáo dục|"
    r"cơ sở đào tạo|cơ sở y tế|tập đoàn|tổng công ty|công ty|ngân hàng(?: thương mại)?|nhà mạng|cấp|cá nhân|"
    r"chuyên gia|nhà khoa học"
)
ABOUT = (
    r"(?:có\s+)?liên quan|trên địa bàn(?:\s+tỉnh)?|(?:trực\s+)?thuộc(?:\s+(?:UBND\s+)?tỉnh|\s+Trung ương)?|"
    r"cấp (?:tỉnh|huyện|xã)|của tỉnh|trong tỉnh|toàn tỉnh|tỉnh|Trung ương|khác|nhà nước"
)
JOINT = r"\s*,\s*(?:và\s+)?|\s+và\s+|\s*/\s*|\s+-\s+"
PROPER = r"(?!\s+(?-i:(?!Trung|Chính|UBND)[A-ZĐÀ-Ỹ]))"  # "…, Công ty Điện lực": a name of its own
COLLECTIVE = pattern(
    rf"(?:tất cả\s+)?{WHO}(?:các|những)\s+(?:{NOUNS})\b(?:(?:{JOINT})(?:{NOUNS})\b{PROPER}|\s+(?:{ABOUT})\b){{0,12}}"
    rf"|{WHO}(?:sở|bộ|ban|huyện|xã)\s*,\s*(?:{NOUNS})\b(?:(?:{JOINT})(?:{NOUNS})\b{PROPER}|\s+(?:{ABOUT})\b){{0,12}}",
    re.IGNORECASE,
)
QUALIFIED = re.compile(rf"^(?:\s*(?:{ABOUT})\b){{1,3}}$", re.IGNORECASE)


def collective_at(text: str, start: int) -> int | None:
    """The end of the collective phrase that begins at a place, or None when none does."""
    found = COLLECTIVE.match(text, start)
    return found.end() if found else None


def only_qualifies(rest: str) -> bool:
    """Whether words after a name only say which of them are meant: "liên quan", "trên địa bàn tỉnh"."""
    return QUALIFIED.match(rest) is not None
