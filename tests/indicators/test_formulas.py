"""Formulas: what is computed, what is missing, what is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.indicators.formulas import LONGEST, check_formula, compute, read_formula

UNITS = {
    "HS": "dossier",
    "HS-TT": "dossier",
    "NQ03-1.2": "percent",
    "LAN": "times",
    "TRIEU": "million_dong",
    "TY": "billion_dong",
    "DAN": "person",
    "HO": "household",
}
VALUES = {
    "HS": Decimal(400),
    "HS-TT": Decimal(300),
    "NQ03-1.2": Decimal("12.5"),
    "LAN": Decimal(2),
    "TRIEU": Decimal("1.5"),
    "TY": Decimal("0.5"),
    "DAN": Decimal(1000),
    "HO": Decimal(0),
}


def value_of(text: str, result: str) -> Decimal | None:
    check_formula(text, UNITS, result)
    return compute(text, VALUES, UNITS, result).value


@pytest.mark.parametrize(
    ("text", "result", "expected"),
    [
        ("[HS-TT] / [HS] * 100", "percent", "75"),
        ("100 - [NQ03-1.2]", "percent", "87.5"),
        ("[NQ03-1.2] + [LAN]", "percent", "212.5"),  # ratios are read in the unit of the result
        ("[TRIEU] + [TY]", "million_dong", "501.5"),
        ("[TRIEU] / [DAN]", "dong_per_person", "1500"),
        ("[NQ03-1.2] * [HS] / 100", "dossier", "50"),
        ("max([HS], [HS-TT]) - min([HS], [HS-TT])", "dossier", "100"),
        ("mean([HS], [HS-TT])", "dossier", "350"),
        ("sum([HS], [HS-TT], 0)", "dossier", "700"),
        ("abs([HS-TT] - [HS])", "dossier", "100"),
        ("[HS] ** 2 / [HS-TT]", "dossier", "533.333333"),
        ("-[HS] * (1 - 0.1)", "dossier", "-360"),
        ("(1.5 + 1) ** -1 * [HS]", "dossier", "160"),
    ],
)
def test_arithmetic_over_codes(text: str, result: str, expected: str) -> None:
    assert value_of(text, result) == Decimal(expected)


def test_numbers_are_taken_as_written_and_never_through_a_float() -> None:
    assert value_of("[LAN] * 0 + 0.1 + 0.2", "times") == Decimal("0.3")


def test_the_codes_of_a_formula_are_named_once_each_in_their_order() -> None:
    assert read_formula("[B] / ([A-1.2] + [B])").codes == ("B", "A-1.2")


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("[HS-TT] / [HS]", "HS-TT, HS"),
        ("[HS] / [DAN]", "HS"),
        ("[DAN] * 0 + 0 * [HS]", "HS"),
        ("max([DAN], [HS])", "HS"),
        ("coalesce([HS], [HS-TT])", "HS, HS-TT"),
    ],
)
def test_a_missing_value_makes_the_result_missing_and_is_named(text: str, missing: str) -> None:
    got = compute(text, {"DAN": Decimal(1), "HS": None}, UNITS, "times")
    assert got.value is None
    assert got.reason == f"Không tính được vì thiếu {missing}."


def test_coalesce_gives_the_first_that_is_there() -> None:
    values = {"HS": None, "HS-TT": Decimal(3)}
    assert compute("coalesce([HS], [HS-TT], 0)", values, UNITS, "dossier").value == 3
    assert compute("coalesce([HS], 0)", values, UNITS, "dossier").value == 0


@pytest.mark.parametrize("text", ["[DAN] / [HO]", "[HO] ** -1", "1 / ([DAN] - [DAN])", "max(1, [DAN] / [HO])"])
def test_a_denominator_of_0_is_no_number(text: str) -> None:
    got = compute(text, VALUES, UNITS, "times")
    assert (got.value, got.reason) == (None, "Không tính được vì mẫu số bằng 0.")


@pytest.mark.parametrize("text", ["[HS] ** 10", "([HS] ** 10) ** 10", "((([HS] ** 10) ** 10) ** 10) ** 10"])
def test_a_result_too_large_is_no_number(text: str) -> None:
    got = compute(f"({text}) ** 10", VALUES, UNITS, "times")
    assert (got.value, got.reason) == (None, "Không tính được vì kết quả quá lớn.")


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("[DAN] + [HO]", "person"),
        ("max([DAN], [HO])", "person"),
        ("coalesce([DAN], [HO])", "person"),
        ("[DAN] + 1", "person"),
        ("[TRIEU] - [DAN]", "dong"),
    ],
)
def test_apples_are_not_added_to_pears(text: str, result: str) -> None:
    with pytest.raises(ValueError, match="hai đơn vị đo hai thứ khác nhau"):
        check_formula(text, UNITS, result)


@pytest.mark.parametrize(
    ("text", "result"),
    [("[HS] / [DAN]", "percent"), ("[HS] * [HS]", "dossier"), ("[DAN]", "household"), ("1", "person")],
)
def test_a_result_of_another_unit_than_the_indicator_is_refused(text: str, result: str) -> None:
    with pytest.raises(ValueError, match="Công thức cho ra"):
        check_formula(text, UNITS, result)


def test_a_code_nobody_knows_is_named() -> None:
    with pytest.raises(ValueError, match="Không có chỉ tiêu mang mã XX-1, YY"):
        check_formula("[XX-1] / [YY] + [LAN]", UNITS, "times")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "[HS",
        "HS",
        "[HS][HS]",
        "[HS] [HS]",
        "[HS],[HS]",
        "()",
        "max()",
        "abs([HS], [HS])",
        "max(*[HS])",
        "max[HS]",
        "sum",
        "[sum]([HS])",
        "1(2)",
        "1e9",
        "0x10",
        "1_000",
        "1,5",
        "1.",
        ".5",
        "5j",
        "'a' * 9",
        '"a"',
        "True",
        "None",
        "[HS] > 1",
        "[HS] == [HS]",
        "[HS] if 1 else 2",
        "[HS] and [HS]",
        "[HS] // 2",
        "[HS] % 2",
        "[HS] << 9",
        "[HS] | 1",
        "~[HS]",
        "[HS].real",
        "[HS] := 1",
        "[[HS]]",
        "[x for x in [HS]]",
        "(lambda: 1)()",
        "eval(1)",
        "exec(1)",
        "open(1)",
        "rand()",
        "int(1)",
        "__import__('os').system('id')",
        "().__class__.__bases__",
        "[HS]; [HS]",
        "[HS]\\\n",
        "[HS] # note",
        "{1}",
        "f''",
        "[HS] @ [HS]",
        "９",
        "[ĐN]",
        "[HS]\x00",
        "9 ** 9 ** 9",
        "9 ** 11",
        "9 ** 0.5",
        "9 ** [HS]",
        "9 ** (1 + 1)",
        "2 ** -11",
    ],
)
def test_whatever_is_not_arithmetic_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"ông thức|Số mũ") as refused:
        read_formula(text)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "1+" * LONGEST + "1",
        "+".join(["1"] * 300),
        "-" * 40 + "1",
        "(" * 400 + "1" + ")" * 400,
        "abs(" * 50 + "1" + ")" * 50,
    ],
)
def test_what_is_too_long_or_too_deep_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"quá|chưa đúng"):
        read_formula(text)


@given(st.text(alphabet="[]HS-TÁ.+*/() 0123456789,_abslmxinueco'\"\\:={}!<>%&|^~@#;\n", max_size=60))
def test_no_text_does_anything_but_be_read_or_refused(text: str) -> None:
    try:
        formula = read_formula(text)
    except ValueError:
        return
    compute(text, dict.fromkeys(formula.codes, Decimal(2)), dict.fromkeys(formula.codes, "times"), "times")


@given(st.decimals(-1000, 1000, places=4), st.decimals(-1000, 1000, places=4))
def test_the_same_as_decimal_arithmetic(one: Decimal, other: Decimal) -> None:
    given_values = {"A": one, "B": other}
    got = compute("([A] - [B]) * 2 + [A]", given_values, {"A": "times", "B": "times"}, "times")
    assert got.value == (one - other) * 2 + one
