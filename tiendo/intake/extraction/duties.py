"""Who does what: the agencies a sentence charges, and those it names as partners."""

import re
from collections.abc import Iterable

from tiendo.intake.extraction.agencies import Mention

NEAR = 60  # how far from an agency the words that charge it stand
SUBJECT_VERB = re.compile(
    r"^\s*(?:theo chức năng|có trách nhiệm|chịu trách nhiệm|trực tiếp|chủ động|chủ trì|tham mưu|phối hợp|"
    r"tổ chức|xây dựng|triển khai|bảo đảm|"
    r"căn cứ|tập trung|ban hành|rà soát|báo cáo|hướng dẫn|thực hiện|phân công)\b",
    re.IGNORECASE,
)
LIST_GAP = re.compile(r"^\s*(?:[,;]|và|cùng)?\s*$")
# "Quyết định số … của Thủ tướng Chính phủ ban hành …": who issued a cited paper is not charged with anything.
ISSUER = re.compile(r"\bcủa\s+(?:Thủ tướng\s+|Chủ tịch\s+)?$", re.IGNORECASE)
WITH = re.compile(r"phối hợp\s+(?:chặt chẽ\s+)?(?:với|cùng)\s*$", re.IGNORECASE)


def subjects(text: str, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The agencies that a sentence charges: those directly before a verb of duty, lists of them included."""
    found = list(mentions)
    partners = set(coordinating(text, found))
    charged: list[Mention] = []
    after: Mention | None = None
    for mention in reversed(found):
        tail = text[mention.end : mention.end + NEAR]
        listed = after is not None and LIST_GAP.match(text[mention.end : after.start])
        after = None
        head = text[max(0, mention.start - NEAR) : mention.start]
        if mention not in partners and not ISSUER.search(head) and (listed or SUBJECT_VERB.match(tail)):
            charged.append(mention)
            after = mention
    return tuple(reversed(charged))


def coordinating(text: str, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The agencies named after "phối hợp với", as far as the list goes on."""
    found: list[Mention] = []
    for mention in mentions:
        gap = text[found[-1].end : mention.start][:NEAR] if found else "-"
        if LIST_GAP.match(gap) or WITH.search(text[max(0, mention.start - NEAR) : mention.start]):
            found.append(mention)
    return tuple(found)
