"""One cell that names both what is delivered and by when, taken apart where it ends with a time of its own."""

import re

from tiendo.intake.extraction.deadlines import parse_due

TIME_WORD = (
    r"(?:ngay\s)?(?:trước|trong|hết|đến|cuối|quý|tháng|năm|ngày|hằng|hàng|định kỳ|thường xuyên|"
    r"chậm nhất|hoàn thành|giai đoạn)(?!\w)"
)
LABELLED = re.compile(
    r"(?:^|[\s;,.(-])(?:thời hạn|thời gian|hạn)(?:\s(?:hoàn thành|thực hiện))?\s{0,3}:\s{0,3}", re.IGNORECASE
)
SEPARATOR = re.compile(
    rf"(?:[;,(–-]|(?<!\d)/|\n)\s{{0,3}}(?={TIME_WORD}|\d{{1,2}}\s?/|(?:19|20)\d\d(?!\d))", re.IGNORECASE
)
OWN_LABEL = re.compile(r"^(?:sản phẩm|kết quả)\s{0,3}:\s{0,3}", re.IGNORECASE)
READ = frozenset({"moment", "period_end", "range", "recurring"})
MOST = 4  # places to part a cell at that are tried
EDGES = " \n;,/(–-."


def take_apart(text: str) -> tuple[str, str] | None:
    """The product and its time as printed; None when the cell does not end with a time that can be read."""
    for found in (*[*LABELLED.finditer(text)][-MOST:], *[*SEPARATOR.finditer(text)][-MOST:]):
        product, due = text[: found.start()].strip(EDGES), text[found.end() :].strip(EDGES)
        due = due[:-1] if due.endswith(")") and "(" not in due else due
        if product and parse_due(due).kind in READ:
            return OWN_LABEL.sub("", product), due
    return None
