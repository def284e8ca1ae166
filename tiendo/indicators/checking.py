"""May a value that arrives stand in the ledger? Pure: what arrived and the passport's rules in, sentences out.

An error puts the row aside. A warning lets it in and asks whoever accepts it for a second look.

Numbers are read as officials type them (`ui.typed`): "1,5", "1.200", "09", "1,5%". A single point before three digits
is a thousands mark, so "1.234" is one thousand two hundred thirty-four; where the indicator has decimals at all, a
warning says how it was read. A program (`strict`) writes a decimal point and nothing else: there "1.234" is 1.234.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from typing import TypeVar

from tiendo.indicators.spans import Span, span_of
from tiendo.indicators.states import STATUS_WORDS, Frequency, Measure, Status
from tiendo.orgs.words import fold
from tiendo.ui.formats import number_text
from tiendo.ui.sentences import Sentence
from tiendo.ui.typed import parse_number

T = TypeVar("T")
MOST = Decimal(10) ** 18
MOST_DIGITS = 15  # what every database and every spreadsheet keeps to the last digit
LONGEST_NOTE = 2_000
LONGEST_SHOWN = 60
THOUSANDS_OR_POINT = re.compile(r"[-\N{MINUS SIGN}]?[1-9][0-9]{0,2}\.[0-9]{3}")
PLAIN = re.compile(r"-?[0-9]{1,24}(\.[0-9]{1,12})?")
NO_VALUES = {
    "not_measured": _("chưa đo, chưa thống kê"),
    "not_applicable": _("không phát sinh, không áp dụng"),
    "late_source": _("nguồn chưa công bố"),
    "withheld": _("không cung cấp"),
}
_STATUSES = {fold(words): status for status, words in STATUS_WORDS.items()} | {
    **{status.value: status for status in Status},
    "uoc thuc hien": Status.ESTIMATE,
}
_REASONS = {fold(words): code for code, words in NO_VALUES.items()} | {
    **{code: code for code in NO_VALUES},
    "khong phat sinh": "not_applicable",
    "khong ap dung": "not_applicable",
    "chua do": "not_measured",
    "chua thong ke": "not_measured",
}
_FINAL = frozenset({Status.OFFICIAL, Status.REVISED})


@dataclass(frozen=True)
class Rules:
    """What a passport in force asks of a value; `low`, `high` and `jump_percent` only where it says so."""

    code: str
    measure: Measure
    decimals: int
    frequency: Frequency
    first_period: str
    levels: frozenset[int] = frozenset()
    low: Decimal | None = None
    high: Decimal | None = None
    jump_percent: Decimal | None = None
    slices: Mapping[str, Collection[str]] = field(default_factory=dict)
    measured_kinds: Collection[str] = ()
    is_computed: bool = False
    retired_on: date | None = None


@dataclass(frozen=True)
class Given:
    """What arrived for one cell, as typed. `value` is a Decimal only where nothing had to be read."""

    period: str
    status: str
    value: str | Decimal | None = None
    no_value: str = ""
    slice: str = ""
    note: str = ""
    strict: bool = False


@dataclass(frozen=True)
class Cell:
    """What the ledger already says: statuses of lines of this cell, and the last accepted value up to its period."""

    accepted: Collection[Status] = ()
    pending: Collection[Status] = ()
    last: Decimal | None = None


@dataclass(frozen=True)
class Checked:
    """What was read, and what is wrong with it; `span` and `status` are None when they could not be read."""

    span: Span | None
    status: Status | None
    value: Decimal | None
    no_value: str | None
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def check(given: Given, rules: Rules, unit_kind: str, cell: Cell, *, on: date) -> Checked:
    """Everything that speaks against the value, worst first."""
    errors: list[str] = []
    span = _take(errors, lambda: period_of(given.period, rules, on=on))
    status = _take(errors, lambda: status_of(given.status))
    value, no_value = _take(errors, lambda: _said(given)) or (None, None)
    errors += _place_faults(given, rules, unit_kind)
    if value is not None:
        errors += _value_faults(value, rules)
    if status is not None:
        errors += order_faults(status, cell.accepted, cell.pending, given.note)
    if len(given.note) > LONGEST_NOTE:
        errors.append(_("Ghi chú quá dài; hãy ghi ngắn lại hoặc đính kèm tệp minh chứng."))
    warnings = () if errors else tuple(_doubts(given, rules, cell, value, status, span, on))
    return Checked(span, status, value, no_value, tuple(errors), warnings)


def order_faults(status: Status, accepted: Collection[Status], pending: Collection[Status], note: str) -> Iterator[str]:
    """Ước → chính thức → điều chỉnh: why a line of this status cannot follow what stands in its cell."""
    final = not _FINAL.isdisjoint(accepted)
    if status is Status.ESTIMATE and (final or not _FINAL.isdisjoint(pending)):
        yield _("Ô này đã có số chính thức nên không ghi số ước nữa.")
    if status is Status.OFFICIAL and final:
        yield _("Ô này đã có số chính thức; nếu số liệu thay đổi, hãy ghi là số điều chỉnh kèm lý do.")
    if status is Status.REVISED and not final:
        yield _("Chưa có số chính thức được xác nhận nên chưa có gì để điều chỉnh.")
    if status is Status.REVISED and not note.strip():
        yield _("Số điều chỉnh cần ghi rõ lý do ở phần ghi chú.")


def period_of(text: str, rules: Rules, *, on: date) -> Span:
    """The period meant. Raises ValueError with a sentence."""
    span = span_of(text.strip())
    if span.frequency is not rules.frequency:
        raise ValueError(Sentence.of(_("Kỳ {period} không đúng chu kỳ của chỉ tiêu này."), period=span.name))
    if span.first_day < span_of(rules.first_period).first_day:
        raise ValueError(Sentence.of(_("Chỉ tiêu này chỉ đo từ kỳ {period}."), period=span_of(rules.first_period).name))
    if span.first_day > on:
        raise ValueError(Sentence.of(_("Kỳ {period} chưa bắt đầu."), period=span.name))
    return span


def status_of(text: str) -> Status:
    """The status meant, by its code or by the word officials use. Raises ValueError with a sentence."""
    found = _STATUSES.get(fold(text))
    if found is None:
        raise ValueError(_("Loại số liệu phải là một trong: ước, chính thức, điều chỉnh."))
    return found


def reason_of(text: str) -> str | None:
    """The code of a reason for having no value, by code or words; None for other words."""
    return _REASONS.get(fold(text))


def number_of(text: str, *, strict: bool = False) -> Decimal:
    """The number meant. Raises ValueError with a sentence."""
    if strict and not PLAIN.fullmatch(text):
        raise ValueError(
            Sentence.of(_("“{text}” không phải một số; viết như 1234.5, không có dấu ngăn nghìn."), text=brief(text))
        )
    try:
        return Decimal(text) if strict else parse_number(text)
    except (ValueError, ArithmeticError):
        raise ValueError(
            Sentence.of(_("“{text}” không phải một số; viết như 45,5 hoặc 1.250.000."), text=brief(text))
        ) from None


def brief(text: str) -> str:
    """The words, cut where they are too long for a sentence."""
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def is_blank(given: Given) -> bool:
    """Whether nothing was said: such a row leaves the ledger as it is."""
    return (given.value is None or (isinstance(given.value, str) and not given.value.strip())) and not given.no_value


def _take(errors: list[str], read: Callable[[], T]) -> T | None:
    try:
        return read()
    except ValueError as wrong:
        errors.append(wrong.args[0])
        return None


def _said(given: Given) -> tuple[Decimal | None, str | None]:
    """The value, or the reason for none; words of a reason may stand in the place of the value."""
    text = given.value.strip() if isinstance(given.value, str) else given.value
    wordy = reason_of(text) if isinstance(text, str) and text else None
    reason = reason_of(given.no_value) if given.no_value else wordy
    if given.no_value and reason is None:
        raise ValueError(Sentence.of(_("Lý do không có số liệu phải là một trong: {choices}."), choices=_choices()))
    if reason is not None:
        if text not in (None, "") and wordy is None:
            raise ValueError(_("Có cả giá trị và lý do không có số liệu; hãy giữ lại một."))
        return None, reason
    if text is None or text == "":
        raise ValueError(_("Chưa có giá trị, cũng chưa có lý do không có số liệu."))
    return (text if isinstance(text, Decimal) else number_of(text, strict=given.strict)), None


def _choices() -> str:
    return "; ".join(NO_VALUES.values())


def _place_faults(given: Given, rules: Rules, unit_kind: str) -> Iterator[str]:
    if rules.is_computed:
        yield _("Chỉ tiêu này được tính theo công thức nên không nhập số liệu.")
    if rules.retired_on is not None:
        yield Sentence.of(_("Chỉ tiêu này đã thôi theo dõi từ {day}."), day=f"{rules.retired_on:%d/%m/%Y}")
    if unit_kind not in (rules.measured_kinds or ("committee",)):
        yield _("Chỉ tiêu này không đo ở đơn vị này.")
    if given.slice and not _is_known(given.slice, rules.slices):
        yield Sentence.of(_("Chỉ tiêu này không có phân tổ “{slice}”."), slice=brief(given.slice))


def _is_known(part: str, slices: Mapping[str, Collection[str]]) -> bool:
    code, mark, value = part.partition("=")
    return bool(mark) and value in slices.get(code, ())


def _value_faults(value: Decimal, rules: Rules) -> Iterator[str]:
    digits = value.normalize().as_tuple().digits
    if not value.is_finite() or abs(value) >= MOST or len(digits) > MOST_DIGITS:
        yield _("Số quá lớn hoặc quá nhiều chữ số; hãy xem lại đơn vị tính.")
        return
    if rules.measure is Measure.LEVEL:
        if value not in rules.levels:
            choices = ", ".join(str(level) for level in sorted(rules.levels))
            yield Sentence.of(_("Mức phải là một trong: {choices}."), choices=choices)
        return
    if value != round(value, rules.decimals):
        pattern = (
            _("Chỉ tiêu này ghi tròn số.") if rules.decimals == 0 else _("Ghi nhiều nhất {n} chữ số sau dấu phẩy.")
        )
        yield Sentence.of(pattern, n=rules.decimals)
    if rules.low is not None and value < rules.low:
        yield Sentence.of(_("Giá trị không được nhỏ hơn {low}."), low=number_text(rules.low))
    if rules.high is not None and value > rules.high:
        yield Sentence.of(_("Giá trị không được lớn hơn {high}."), high=number_text(rules.high))


def _doubts(
    given: Given, rules: Rules, cell: Cell, value: Decimal | None, status: Status | None, span: Span | None, on: date
) -> Iterator[str]:
    if span is not None and status in _FINAL and span.last_day >= on:
        yield _("Kỳ chưa kết thúc mà số liệu ghi là chính thức.")
    if value is None:
        return
    text = given.value.strip() if isinstance(given.value, str) and not given.strict else ""
    if rules.decimals and THOUSANDS_OR_POINT.fullmatch(text):
        pattern = _("“{text}” được đọc là {value} (dấu chấm ngăn hàng nghìn); phần lẻ thì viết dấu phẩy.")
        yield Sentence.of(pattern, text=text, value=f"{value:f}")
    jumped = jump(value, cell.last)
    if jumped is not None and rules.jump_percent is not None and jumped > rules.jump_percent:
        pattern = _("Thay đổi {percent} % (lần trước: {last}), quá mức cho phép là {limit} %.")
        shown = {"percent": number_text(jumped, 1), "last": number_text(cell.last or Decimal(0))}
        yield Sentence.of(pattern, **shown, limit=number_text(rules.jump_percent))


def jump(value: Decimal, last: Decimal | None) -> Decimal | None:
    """How far the value is from the last one, in percent of the last; None where there is none or it was 0."""
    return None if not last else abs(value - last) * 100 / abs(last)
