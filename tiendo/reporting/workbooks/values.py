"""What a person typed into one cell of a unit's workbook, as the value a report keeps. Pure.

Each reader takes the words that the cell shows and raises Wrong with one sentence that says what to do.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from gettext import gettext as _

from tiendo.orgs.words import fold
from tiendo.plans.states import REPORTABLE, STATE_WORDS, WorkState
from tiendo.reporting.rules import MOST_MONEY
from tiendo.reporting.workbooks.shape import ERASE, LONGEST_TEXT, TEXTS, Value
from tiendo.ui.sentences import Sentence
from tiendo.ui.typed import parse_number

DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})(?:[ T]+\d{1,2}:\d{2}(?::\d{2})?)?")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
SPELLED = re.compile(r"(?:ngày )?(\d{1,2}) tháng (\d{1,2}) năm (\d{4})", re.IGNORECASE)
SERIAL = re.compile(r"[2-9]\d{4}")  # a day whose cell lost its date format: Excel's count from 1900
LINK = re.compile(r"https?://[\w.-]+(:\d+)?([/?#]\S*)?", re.IGNORECASE)
LONGEST_LINK = 500
FIRST_DAY = date(1899, 12, 30)
YEARS = range(2000, 2101)
LONGEST_SHOWN = 60
STATES = {fold(words): state for state, words in STATE_WORDS.items()} | {"da hoan thanh": WorkState.COMPLETED}


class Wrong(Exception):
    """The cell cannot be taken; the message is one Vietnamese sentence that says what to do."""


def value_of(field: str, text: str) -> Value:
    """The value of a cell that says something; "(xóa)" empties. Raises Wrong."""
    if fold(text) == fold(ERASE):
        return "" if field in TEXTS else None
    return READ[field](text.strip())


def require_reportable(value: Value) -> None:
    """A unit claims only what it may. Raises Wrong."""
    if isinstance(value, WorkState) and value not in REPORTABLE:
        raise Wrong(_("Trạng thái này do cấp có thẩm quyền quyết định, đơn vị không tự báo cáo."))


def day_of(text: str) -> date:
    """A day as officials write it, or as Excel counts it. Raises Wrong."""
    text = text.strip()
    if SERIAL.fullmatch(text):
        return FIRST_DAY + timedelta(days=int(text))
    if found := ISO.fullmatch(text):
        return _day(text, found[1], found[2], found[3])
    if found := DAY.fullmatch(text) or SPELLED.fullmatch(" ".join(text.split())):
        return _day(text, found[3], found[2], found[1])
    raise _not_a_day(text)


def link_of(text: str) -> str:
    """The address of a document. Raises Wrong."""
    if LINK.fullmatch(text) and len(text) <= LONGEST_LINK:
        return text
    raise Wrong(
        Sentence.of(_("“{text}” không phải một liên kết; hãy chép cả địa chỉ, bắt đầu bằng http."), text=brief(text))
    )


def _day(text: str, year: str, month: str, day: str) -> date:
    try:
        found = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        raise _not_a_day(text) from None
    if found.year not in YEARS:
        raise _not_a_day(text)
    return found


def _not_a_day(text: str) -> Wrong:
    return Wrong(Sentence.of(_("“{text}” không phải một ngày; hãy ghi như 15/06/2026."), text=brief(text)))


def _state(text: str) -> Value:
    known = STATES.get(fold(text))
    if known is not None:
        return known
    choices = ", ".join(STATE_WORDS[state] for state in REPORTABLE)
    raise Wrong(Sentence.of(_("Trạng thái phải là một trong: {choices}."), choices=choices))


def _percent(text: str) -> Value:
    number = _number(text, _("“{text}” không phải một số; hãy ghi như 45,5."))
    if not 0 <= number <= 100:
        raise Wrong(_("Tỷ lệ phải từ 0 đến 100."))
    if number != round(number, 2):
        raise Wrong(_("Tỷ lệ chỉ ghi nhiều nhất hai chữ số sau dấu phẩy."))
    return number


def _money(text: str) -> Value:
    number = _number(text, _("“{text}” không phải một số tiền; hãy ghi bằng đồng, ví dụ 1.250.000."))
    if number < 0:
        raise Wrong(_("Số tiền không được nhỏ hơn 0."))
    if number >= MOST_MONEY:
        raise Wrong(_("Số tiền quá lớn; hãy xem lại đơn vị tính (đồng)."))
    if number != number.to_integral_value():
        raise Wrong(_("Số tiền ghi tròn đồng, không có phần lẻ."))
    return number


def _number(text: str, sentence: str) -> Decimal:
    try:
        return parse_number(text)
    except (ValueError, ArithmeticError):
        raise Wrong(Sentence.of(sentence, text=brief(text))) from None


def _words(text: str) -> Value:
    if len(text) > LONGEST_TEXT:
        raise Wrong(_("Nội dung quá dài; hãy ghi ngắn lại hoặc đính kèm tệp minh chứng."))
    return text


def brief(text: str) -> str:
    """The words, cut where they are too long for a sentence."""
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


READ: Mapping[str, Callable[[str], Value]] = {
    "state": _state,
    "percent": _percent,
    "completed_on": day_of,
    "result": _words,
    "difficulty": _words,
    "money_allocated": _money,
    "money_used": _money,
    "percent_estimate": _percent,
}
