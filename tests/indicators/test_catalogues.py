"""Catalogues shipped as data: whole, and refused as a whole when something in them is wrong."""

from decimal import Decimal

import pytest

from tiendo.indicators.catalogues import BadCatalogue, names, parse, read
from tiendo.indicators.states import Comparator

HEAD = """
[catalogue]
title = "Thử"
document = "1/NQ"
rests_on = "Nghị quyết 1"
first_period = "2025"
"""
ROW = '[[indicator]]\ncode = "A"\nname = "Tên"\nunit = "%"\n'


def test_the_shipped_catalogues_are_whole() -> None:
    assert {name: len(read(name).entries) for name in names()} == {"lai-chau": 10, "nq-03": 44}


def test_the_catalogue_of_the_resolution_says_what_the_resolution_says() -> None:
    entries = {entry.terms["name"]: entry for entry in read("nq-03").entries}
    rank = entries["Hạng năng lực cạnh tranh số"]
    assert [(aim.category, aim.comparator, aim.value) for aim in rank.aims] == [
        ("Đông Nam Á", Comparator.AT_MOST, 3),
        ("thế giới", Comparator.AT_MOST, 50),
    ]
    assert rank.terms["direction"] == "down"
    assert entries["Chỉ số phát triển con người (HDI)"].aims[0].value == Decimal("0.7")
    patents = entries["Đơn đăng ký và văn bằng sáng chế tăng mỗi năm"].aims[0]
    assert (patents.comparator, patents.value, patents.upper) == (Comparator.BETWEEN, 16, 18)


def test_the_plan_of_the_province_tells_firm_from_aspirational() -> None:
    firm = {entry.code: entry.terms.get("firmness", "firm") for entry in read("lai-chau").entries}
    assert [code for code, kind in firm.items() if kind == "aspirational"] == ["LC57-01", "LC57-02"]


def test_a_qualitative_target_comes_with_its_rubric() -> None:
    [scale] = [entry for entry in read("lai-chau").entries if entry.terms.get("measure") == "level"]
    assert [level["level"] for level in scale.terms["levels"]] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "text",
    [
        "không phải TOML [",
        HEAD,
        ROW,
        HEAD + ROW + ROW,
        HEAD + ROW + 'colour = "red"\n',
        HEAD + ROW + 'direction = "sideways"\n',
        HEAD + ROW + "targets = [{ value = 80 }]\n",
        HEAD + ROW + 'targets = [{ value = "80", upper = "90" }]\n',
        HEAD + ROW + 'targets = [{ value = "80" }, { value = "81" }]\n',
        HEAD + ROW + 'targets = [{ comparator = "ge" }]\n',
        HEAD + ROW + 'numerator = "B"\n',
        HEAD + '[[indicator]]\ncode = "A"\nname = "Tên"\n',
    ],
)
def test_a_catalogue_with_a_fault_is_refused_whole(text: str) -> None:
    with pytest.raises(BadCatalogue):
        parse(text)


def test_a_whole_catalogue_is_read() -> None:
    [entry] = parse(HEAD + ROW + 'targets = [{ value = "0.4" }]\nfrequency = "quarter"\n').entries
    assert (entry.aims[0].value, entry.terms["first_period"]) == (Decimal("0.4"), "2025-Q1")


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(BadCatalogue):
        read("../nq-03")
