"""Indicators and the versions of their passports: who may, what is written, what is refused."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.factories import NOON, World, make_indicator, make_observation, make_source
from tiendo.audit.models import Event
from tiendo.indicators.actions.passports import change_passport, create_indicator, retire_indicator
from tiendo.indicators.actions.refreshing import refresh_all
from tiendo.indicators.actions.terms import Terms, terms_of
from tiendo.indicators.formulas import compute
from tiendo.indicators.models import Figure, Indicator, Passport

pytestmark = pytest.mark.django_db
TERMS = Terms(name="Dân số được phủ sóng 5G", unit_code="percent", unit_text="%")
LEVELS = [{"level": 1, "name": "Chưa", "rubric": "Chưa có"}, {"level": 2, "name": "Có", "rubric": "Đã có"}]


def created(world: World, code: str = "CT-5G", terms: Terms = TERMS, **more: Any) -> Indicator:
    return create_indicator(code=code, terms=terms, rests_on="Kế hoạch 68", by=world.chi, at=NOON, **more)


def test_a_new_indicator_has_version_1_in_force_and_is_recorded(world: World) -> None:
    indicator = created(world, catalogue="Thử", position=4)
    passport = indicator.passports.in_force().get()
    assert (passport.number, passport.name, passport.rests_on) == (1, TERMS.name, "Kế hoạch 68")
    assert (indicator.catalogue, indicator.position, "phu song" in indicator.folded) == ("Thử", 4, True)
    event = Event.objects.get()
    assert (event.act, event.subject) == ("indicators.indicator.create", "indicators.indicator:CT-5G")


@pytest.mark.parametrize("person", ["officer", "head", "decision_maker", "finance", "inspector", "other_unit"])
def test_only_the_coordinator_defines(world: World, person: str) -> None:
    indicator = make_indicator(by=world.chi)
    by, at = world.people[person], NOON
    with pytest.raises(PermissionDenied):
        create_indicator(code="B", terms=TERMS, rests_on="KH", by=by, at=at)
    with pytest.raises(PermissionDenied):
        change_passport(indicator=indicator, terms=TERMS, rests_on="KH", by=by, at=at)
    with pytest.raises(PermissionDenied):
        retire_indicator(indicator=indicator, rests_on="KH", by=by, at=at)
    assert (Indicator.objects.count(), Passport.objects.count(), Event.objects.count()) == (1, 1, 0)


@pytest.mark.parametrize("code", ["", "có dấu", "a/b", "A" * 61, "DA-CO"])
def test_a_code_that_cannot_be_used_is_refused(world: World, code: str) -> None:
    make_indicator("DA-CO", by=world.chi)
    with pytest.raises(ValidationError) as refused:
        created(world, code)
    assert list(refused.value.message_dict) == ["code"]
    assert (Indicator.objects.count(), Event.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"unit_code": ""}, "unit_code"),
        ({"first_period": "2025-Q5"}, "first_period"),
        ({"first_period": "2025-Q1"}, "first_period"),
        ({"measure": "level"}, "levels"),
        ({"measure": "level", "levels": LEVELS[::-1]}, "levels"),
        ({"measure": "level", "levels": [LEVELS[0], {"level": 2, "name": "Có", "rubric": ""}]}, "levels"),
        ({"measure": "level", "levels": LEVELS, "over_units": "sum"}, "over_units"),
        ({"over_units": "weighted"}, "weight"),
        ({"over_time": "ratio"}, "numerator"),
        ({"measured_kinds": ["tỉnh"]}, "measured_kinds"),
        ({"is_public": False}, "not_public_reason"),
        ({"checks": {"low": "không"}}, "checks"),
        ({"checks": {"khac": "1"}}, "checks"),
        ({"expression": "[KHONG-CO] * 100"}, "expression"),
        ({"expression": "__import__('os')"}, "expression"),
    ],
)
def test_terms_that_cannot_be_measured_are_refused(world: World, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        created(world, terms=replace(TERMS, **changes))
    assert list(refused.value.message_dict) == [field]
    assert (Indicator.objects.count(), Event.objects.count()) == (0, 0)


def test_a_change_needs_a_paper(world: World) -> None:
    indicator = created(world)
    with pytest.raises(ValidationError) as refused:
        change_passport(indicator=indicator, terms=replace(TERMS, name="Tên mới"), rests_on=" ", by=world.chi, at=NOON)
    assert list(refused.value.message_dict) == ["rests_on"]


def test_a_change_makes_the_next_version_and_keeps_the_one_before(world: World, now: datetime) -> None:
    indicator = created(world)
    later = replace(TERMS, frequency="quarter", first_period="2025-Q1", owner=world.unit_a)
    change_passport(indicator=indicator, terms=later, rests_on="CV 12", by=world.chi, at=now)
    versions = list(indicator.passports.values_list("number", "frequency", "is_current", "owner"))
    assert versions == [(1, "year", False, None), (2, "quarter", True, world.unit_a.pk)]
    event = Event.objects.get(act="indicators.passport.change")
    assert event.detail["changed"] == ["first_period", "frequency", "owner"]


def test_saying_the_same_again_writes_nothing(world: World) -> None:
    indicator = created(world)
    same = terms_of(indicator.passports.get())
    assert change_passport(indicator=indicator, terms=same, rests_on="CV 12", by=world.chi, at=NOON).number == 1
    assert (Passport.objects.count(), Event.objects.count()) == (1, 1)


def test_a_renamed_indicator_is_found_by_its_new_name(world: World) -> None:
    indicator = created(world)
    terms = replace(TERMS, name="Thôn bản có sóng")
    change_passport(indicator=indicator, terms=terms, rests_on="CV", by=world.chi, at=NOON)
    indicator.refresh_from_db()
    assert "thon ban" in indicator.folded


def test_nothing_is_made_of_itself(world: World) -> None:
    parts = [created(world, code) for code in ("A", "B")]
    one = replace(TERMS, expression="[B] * 2")
    other = replace(TERMS, expression="[A] * 2")
    change_passport(indicator=parts[0], terms=one, rests_on="CV", by=world.chi, at=NOON)
    with pytest.raises(ValidationError) as refused:
        change_passport(indicator=parts[1], terms=other, rests_on="CV", by=world.chi, at=NOON)
    assert list(refused.value.message_dict) == ["expression"]
    terms = replace(TERMS, over_units="weighted", weight=parts[1])
    with pytest.raises(ValidationError) as refused:
        change_passport(indicator=parts[1], terms=terms, rests_on="CV", by=world.chi, at=NOON)
    assert "weight" in refused.value.message_dict


def test_an_indicator_is_retired_once_and_keeps_everything(world: World, now: datetime) -> None:
    indicator = created(world)
    for _time in range(2):
        retire_indicator(indicator=indicator, rests_on="CV 20", by=world.chi, at=now)
    indicator.refresh_from_db()
    assert (indicator.retired_on, indicator.passports.count()) == (date(2026, 7, 1), 1)
    assert Event.objects.filter(act="indicators.indicator.retire").count() == 1


def test_numbers_already_told_keep_their_unit_of_measure(world: World) -> None:
    indicator = created(world)
    change_passport(
        indicator=indicator, terms=replace(TERMS, unit_code="person"), rests_on="KH 2", by=world.chi, at=NOON
    )
    make_observation(indicator, world.province, 5, by=world.an, accepted_by=world.chi)
    with pytest.raises(ValidationError, match="lập chỉ tiêu mới"):
        change_passport(indicator=indicator, terms=TERMS, rests_on="KH 3", by=world.chi, at=NOON)
    assert indicator.passports.in_force().get().unit_code == "person"


def test_a_formula_over_what_is_already_measured_has_its_figures_at_once(world: World) -> None:
    whole = created(world, "A")
    cell = {"source": make_source(), "period": "2025", "period_end": date(2025, 12, 31)}
    make_observation(whole, world.province, 40, by=world.an, accepted_by=world.chi, **cell)
    refresh_all(at=NOON)
    made = created(world, "F", replace(TERMS, expression="max([A], [A] / 2)"))
    before = list(Figure.objects.filter(indicator=made).values_list("period", "value"))
    assert before == [("2025", 40)]
    refresh_all(at=NOON)
    assert list(Figure.objects.filter(indicator=made).values_list("period", "value")) == before


def test_a_smallest_or_greatest_of_one_amount_is_that_amount(world: World) -> None:
    created(world, "A")
    made = created(world, "F", replace(TERMS, expression="min([A]) + max([A])"))
    assert made.passports.get().expression == "min([A]) + max([A])"
    units = {"A": "percent"}
    assert compute("min([A]) + max([A])", {"A": Decimal(3)}, units, "percent").value == Decimal(6)
