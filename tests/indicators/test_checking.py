"""What may stand in the ledger, and what is put aside with which sentence."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.indicators.checking import NO_VALUES, Cell, Checked, Given, Rules, check, is_blank, number_of
from tiendo.indicators.models import Observation
from tiendo.indicators.states import Frequency, Measure, Status
from tiendo.ui.formats import number_text

ON = date(2026, 7, 1)
RULES = Rules("CT1", Measure.NUMBER, 2, Frequency.YEAR, "2024", slices={"gioi": ["nam", "nữ"]})
GIVEN = Given("2025", "chính thức", "45,5")
FULL = replace(RULES, low=Decimal(0), high=Decimal(100), jump_percent=Decimal(20))


def _check(given_: Given = GIVEN, rules: Rules = RULES, cell: Cell | None = None, kind: str = "committee") -> Checked:
    return check(given_, rules, kind, cell or Cell(), on=ON)


def _value(text: str, rules: Rules = RULES) -> Checked:
    return _check(replace(GIVEN, value=text), rules)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("45,5", "45.5"),
        ("45.5", "45.5"),
        ("1.200", "1200"),
        ("09", "9"),
        ("1,5%", "1.5"),
        ("1,5 %", "1.5"),
        ("1.234.567,25", "1234567.25"),
        (" 3 ", "3"),
        ("-2,5", "-2.5"),
        ("0", "0"),
    ],
)
def test_a_number_is_read_as_officials_type_it(text: str, value: str) -> None:
    found = _value(text)
    assert (found.value, found.errors) == (Decimal(value), ())


@pytest.mark.parametrize("text", ["bốn", "1,2,3", "1.25.0", "1e9", "NaN", "12,", "=1+1", "45,5 người"])
def test_what_is_no_number_is_put_aside(text: str) -> None:
    assert [error for error in _value(text).errors if "không phải một số" in error]


def test_a_point_before_three_digits_is_a_thousands_mark_and_said_to_be_read_so() -> None:
    found = _value("1.234")
    assert found.value == 1234
    assert found.warnings == ("“1.234” được đọc là 1234 (dấu chấm ngăn hàng nghìn); phần lẻ thì viết dấu phẩy.",)
    assert _value("1.234", replace(RULES, decimals=0)).warnings == ()


def test_a_program_writes_a_point_and_nothing_else() -> None:
    rules = replace(RULES, decimals=3)
    assert _check(replace(GIVEN, value="1.234", strict=True), rules).value == Decimal("1.234")
    for text in ("1,5", "1.200.000", "5%", "1e3", "١", "--5", "5."):
        assert _check(replace(GIVEN, value=text, strict=True), rules).errors, text


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False))
def test_a_number_as_we_write_it_is_read_back(value: Decimal) -> None:
    assert number_of(number_text(value)) == value
    assert number_of(f"{value:f}", strict=True) == value


@given(st.text(max_size=30), st.text(max_size=10), st.text(max_size=12), st.text(max_size=12))
def test_no_text_whatever_breaks_a_check(value: str, status: str, period: str, part: str) -> None:
    found = _check(Given(period, status, value, slice=part))
    assert found.errors or (found.value is None) is not (found.no_value is None)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"period": "2026-Q1"}, "không đúng chu kỳ"),
        ({"period": "2027"}, "chưa bắt đầu"),
        ({"period": "2023"}, "chỉ đo từ kỳ năm 2024"),
        ({"period": "năm ngoái"}, "không phải mã kỳ"),
        ({"status": "tạm"}, "ước, chính thức, điều chỉnh"),
        ({"value": "45,555"}, "nhiều nhất 2 chữ số"),
        ({"value": "-0,5"}, "không được nhỏ hơn 0"),
        ({"value": "100,01"}, "không được lớn hơn 100"),
        ({"value": "9" * 20}, "quá lớn"),
        ({"value": "1.234.567.890.123.456"}, "quá nhiều chữ số"),
        ({"value": ""}, "Chưa có giá trị"),
        ({"value": "", "no_value": "bận"}, "Lý do không có số liệu phải là"),
        ({"value": "5", "no_value": "chưa đo"}, "hãy giữ lại một"),
        ({"slice": "gioi=khác"}, "không có phân tổ"),
        ({"slice": "tuổi=già"}, "không có phân tổ"),
        ({"slice": "nam"}, "không có phân tổ"),
        ({"note": "a" * 2001}, "Ghi chú quá dài"),
    ],
)
def test_each_rule_has_its_sentence(change: dict[str, str], says: str) -> None:
    found = _check(replace(GIVEN, **change), FULL)
    assert len(found.errors) == 1
    assert says in found.errors[0]


def test_bounds_themselves_are_within() -> None:
    assert [_value(text, FULL).errors for text in ("0", "100")] == [(), ()]


def test_a_value_is_not_for_a_formula_a_retired_indicator_or_a_unit_not_measured() -> None:
    says = [
        _check(rules=replace(RULES, is_computed=True)).errors,
        _check(rules=replace(RULES, retired_on=date(2026, 1, 1))).errors,
        _check(kind="commune").errors,
        _check(rules=replace(RULES, measured_kinds=["commune"])).errors,
        _check(rules=replace(RULES, measured_kinds=["commune"]), kind="commune").errors,
    ]
    assert [len(each) for each in says] == [1, 1, 1, 1, 0]


def test_a_level_is_one_of_the_scale() -> None:
    scale = replace(RULES, measure=Measure.LEVEL, levels=frozenset({1, 2, 3}))
    assert (_value("2", scale).value, _value("02", scale).value) == (2, 2)
    assert _value("4", scale).errors == _value("0", scale).errors == ("Mức phải là một trong: 1, 2, 3.",)
    assert _value("1,5", scale).errors


def test_words_of_a_reason_stand_for_no_value_in_either_place() -> None:
    first = _value("Không phát sinh")
    second = _check(replace(GIVEN, value=None, no_value="nguồn chưa công bố"))
    assert (first.value, first.no_value, first.errors) == (None, "not_applicable", ())
    assert (second.value, second.no_value) == (None, "late_source")


def test_reasons_are_those_of_the_ledger() -> None:
    assert list(NO_VALUES.items()) == [(code, str(words)) for code, words in Observation.NoValue.choices]


@pytest.mark.parametrize(
    ("status", "accepted", "pending", "note", "is_fine"),
    [
        ("ước", [], [], "", True),
        ("ước", [Status.ESTIMATE], [Status.ESTIMATE], "", True),
        ("ước", [Status.ESTIMATE, Status.OFFICIAL], [], "", False),
        ("ước", [], [Status.OFFICIAL], "", False),
        ("chính thức", [Status.ESTIMATE], [], "", True),
        ("chính thức", [], [Status.OFFICIAL], "", True),
        ("chính thức", [Status.OFFICIAL], [], "", False),
        ("điều chỉnh", [Status.OFFICIAL], [], "Rà soát lại", True),
        ("điều chỉnh", [Status.OFFICIAL, Status.REVISED], [], "Rà soát lại", True),
        ("điều chỉnh", [Status.OFFICIAL], [], " ", False),
        ("điều chỉnh", [Status.ESTIMATE], [], "Rà soát lại", False),
        ("điều chỉnh", [], [Status.OFFICIAL], "Rà soát lại", False),
    ],
)
def test_an_estimate_becomes_official_and_only_then_revised(
    status: str, accepted: list[Status], pending: list[Status], note: str, is_fine: bool
) -> None:
    found = _check(replace(GIVEN, status=status, note=note), cell=Cell(accepted, pending))
    assert (not found.errors) is is_fine


def test_a_jump_asks_for_a_second_look_and_is_no_error() -> None:
    last = Cell(last=Decimal(50))
    assert _check(replace(GIVEN, value="60"), FULL, last).warnings == ()
    found = _check(replace(GIVEN, value="60,01"), FULL, last)
    assert (found.errors, len(found.warnings)) == ((), 1)
    assert "Thay đổi 20,0 % (lần trước: 50)" in found.warnings[0]
    assert _check(replace(GIVEN, value="90"), FULL, Cell(last=Decimal(0))).warnings == ()


def test_an_official_value_of_a_period_that_runs_asks_for_a_second_look() -> None:
    assert _check(replace(GIVEN, period="2026")).warnings == ("Kỳ chưa kết thúc mà số liệu ghi là chính thức.",)
    assert _check(replace(GIVEN, period="2026", status="ước")).warnings == ()


def test_blank_is_nothing_said() -> None:
    assert [is_blank(replace(GIVEN, value=value)) for value in (None, "", "  ", "0", Decimal(0))] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert not is_blank(replace(GIVEN, value="", no_value="chưa đo"))
