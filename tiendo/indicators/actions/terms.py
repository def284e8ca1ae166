"""What a version of a passport says, and what is wrong with it before it is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tiendo.indicators.dependencies import in_order
from tiendo.indicators.formulas import check_formula, read_formula
from tiendo.indicators.models import Indicator, Passport, Source
from tiendo.indicators.rollups import Policy
from tiendo.indicators.spans import span_of
from tiendo.indicators.states import Direction, Firmness, Frequency, Measure, Rollup
from tiendo.orgs.models import Unit, UnitKind
from tiendo.ui.saying import said

CHECKS = ("low", "high", "jump_percent", "tolerance_percent")


@dataclass(frozen=True)
class Terms:
    """Everything a passport says but its number, who wrote it and on which paper; see the columns of `Passport`."""

    name: str
    unit_code: str
    definition: str = ""
    method: str = ""
    expression: str = ""
    measure: str = Measure.NUMBER.value
    unit_text: str = ""
    decimals: int = 1
    direction: str = Direction.UP.value
    firmness: str = Firmness.FIRM.value
    levels: Sequence[Mapping[str, Any]] = ()
    owner: Unit | None = None
    source: Source | None = None
    frequency: str = Frequency.YEAR.value
    lag_days: int = 30
    first_period: str = "2025"
    over_units: str = Rollup.NONE.value
    over_time: str = Rollup.LAST.value
    weight: Indicator | None = None
    numerator: Indicator | None = None
    denominator: Indicator | None = None
    measured_kinds: Sequence[str] = ()
    slices: Sequence[Mapping[str, Any]] = ()
    checks: Mapping[str, str] = field(default_factory=dict)
    is_public: bool = True
    not_public_reason: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """As `Passport` keeps them: lists and dicts of its own, words without blanks around them."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        for name, value in found.items():
            if isinstance(value, str):
                found[name] = value.strip()
            elif isinstance(value, list | tuple):
                found[name] = [dict(each) if isinstance(each, Mapping) else each for each in value]
        return found | {"checks": dict(self.checks)}


def terms_of(passport: Passport) -> Terms:
    """What a version says; with `dataclasses.replace` the next one."""
    return Terms(**{each.name: getattr(passport, each.name) for each in fields(Terms)})


def require_sound(terms: Terms, indicator: Indicator | None) -> None:
    """Raises ValidationError, by field, for terms that cannot be measured. `indicator` is None for a new one."""
    found: dict[str, list[str]] = {}
    for name, sentence in _faults(terms, indicator):
        found.setdefault(name, []).append(sentence)
    if found:
        raise ValidationError(found)


def _faults(terms: Terms, indicator: Indicator | None) -> Iterator[tuple[str, str]]:
    if not terms.name.strip():
        yield "name", _("Hãy ghi tên chỉ tiêu.")
    if not terms.unit_code.strip():
        yield "unit_code", _("Hãy chọn đơn vị tính.")
    yield from _period_faults(terms)
    if terms.measure == Measure.LEVEL:
        yield from _level_faults(terms.levels)
    yield from _rollup_faults(terms, indicator)
    yield from _formula_faults(terms, indicator)
    if set(terms.measured_kinds) - set(UnitKind.values):
        yield "measured_kinds", _("Có loại đơn vị không có trong danh mục.")
    if not terms.is_public and not terms.not_public_reason.strip():
        yield "not_public_reason", _("Hãy ghi lý do không công khai.")
    for name, value in terms.checks.items():
        if name == "parts" and value in set(Policy):
            continue
        if name not in CHECKS or not _is_number(value):
            yield "checks", _("Ngưỡng kiểm tra phải là số.")


def _period_faults(terms: Terms) -> Iterator[tuple[str, str]]:
    try:
        span = span_of(terms.first_period)
    except ValueError as error:
        yield "first_period", said(error)
        return
    if span.frequency != terms.frequency:
        yield "first_period", _("Kỳ đầu tiên phải đúng chu kỳ đã chọn.")


def _level_faults(levels: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """A scale has two levels or more, numbered from 1, each with a name and what it asks for (R005)."""
    if len(levels) < 2:
        yield "levels", _("Thang định tính cần ít nhất hai mức.")
    elif [each.get("level") for each in levels] != list(range(1, len(levels) + 1)):
        yield "levels", _("Các mức phải đánh số liên tục từ 1, mức kém nhất trước.")
    elif not all(str(each.get(part) or "").strip() for each in levels for part in ("name", "rubric")):
        yield "levels", _("Mỗi mức cần tên và mô tả tiêu chuẩn.")


def _rollup_faults(terms: Terms, indicator: Indicator | None) -> Iterator[tuple[str, str]]:
    ways = {terms.over_units, terms.over_time}
    if Rollup.WEIGHTED in ways and terms.weight is None:
        yield "weight", _("Trung bình có trọng số cần chỉ tiêu làm trọng số.")
    if Rollup.RATIO in ways and (terms.numerator is None or terms.denominator is None):
        yield "numerator", _("Tổng tử số chia tổng mẫu số cần cả chỉ tiêu tử số và mẫu số.")
    for name in ("weight", "numerator", "denominator"):
        if indicator is not None and getattr(terms, name) == indicator:
            yield name, _("Một chỉ tiêu không tính từ chính nó.")
    if terms.measure == Measure.LEVEL and ways & {Rollup.SUM, Rollup.MEAN, Rollup.WEIGHTED, Rollup.RATIO}:
        yield "over_units", _("Các mức của thang định tính không cộng, không lấy trung bình được.")


def _formula_faults(terms: Terms, indicator: Indicator | None) -> Iterator[tuple[str, str]]:
    """A formula is over indicators there are, in units that fit; nothing is made of itself, by whatever way."""
    rows = Passport.objects.in_force().select_related("indicator", "numerator", "denominator", "weight")
    current = {row.indicator.code: row for row in rows}
    try:
        if terms.expression.strip():
            units = {code: row.unit_code for code, row in current.items()}
            check_formula(terms.expression, units, terms.unit_code)
        own = {indicator.code: _needs(terms)} if indicator else {}
        in_order({code: _needs(row) for code, row in current.items()} | own)
    except ValueError as error:
        yield "expression", said(error)


def _needs(terms: Terms | Passport) -> set[str]:
    """Codes of the indicators it is made of."""
    parts = {part.code for part in (terms.weight, terms.numerator, terms.denominator) if part is not None}
    return parts | set(read_formula(terms.expression).codes if terms.expression.strip() else ())


def _is_number(text: object) -> bool:
    try:
        return isinstance(text, str) and Decimal(text).is_finite()
    except InvalidOperation:
        return False
