"""The ledger of targets: the next number, one in force, nothing erased."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.factories import NOON, World, make_indicator, make_target
from tiendo.audit.models import Event
from tiendo.indicators.actions.targets import set_target_line, set_targets, withdraw_target_line
from tiendo.indicators.aims import Aim
from tiendo.indicators.models import Indicator, TargetLine
from tiendo.indicators.states import Comparator, Firmness, Purpose

pytestmark = pytest.mark.django_db
END = Aim(Purpose.FINAL, date(2030, 12, 31), Decimal(80), printed="≥ 80")


@pytest.fixture
def indicator(world: World) -> Indicator:
    return make_indicator(by=world.chi)


def told(indicator: Indicator) -> list[tuple[int, Decimal | None, bool, bool]]:
    return list(indicator.targets.order_by("number").values_list("number", "value", "is_current", "is_withdrawn"))


def test_a_path_is_written_line_by_line(world: World, indicator: Indicator) -> None:
    path = [replace(END, purpose=Purpose.PATH, due_on=date(year, 12, 31)) for year in (2026, 2027)]
    start = Aim(Purpose.BASELINE, date(2024, 12, 31), Decimal(40))
    lines = set_targets(indicator=indicator, aims=[start, *path, END], rests_on="KH 68", by=world.chi, at=NOON)
    assert [line.number for line in lines] == [1, 1, 1, 1]
    assert Event.objects.filter(act="indicators.target.set").count() == 4


def test_the_next_number_takes_the_place_and_the_old_line_stays(world: World, indicator: Indicator) -> None:
    set_target_line(indicator=indicator, aim=END, rests_on="KH 68", by=world.chi, at=NOON)
    more = replace(END, value=Decimal(85))
    set_target_line(indicator=indicator, aim=more, rests_on="QĐ 12", by=world.chi, at=NOON)
    assert told(indicator) == [(1, Decimal(80), False, False), (2, Decimal(85), True, False)]


def test_the_same_words_write_nothing(world: World, indicator: Indicator) -> None:
    for _time in range(2):
        set_targets(indicator=indicator, aims=[END], rests_on="KH 68", by=world.chi, at=NOON)
    assert (indicator.targets.count(), Event.objects.count()) == (1, 1)


def test_a_target_that_begins_to_bind_is_a_new_line(world: World, indicator: Indicator) -> None:
    for kind in (Firmness.ASPIRATIONAL, Firmness.FIRM):
        aim = replace(END, firmness=kind)
        set_targets(indicator=indicator, aims=[aim], rests_on="KH 68", by=world.chi, at=NOON)
    assert indicator.targets.in_force().get().firmness == "firm"
    assert indicator.targets.count() == 2


def test_units_and_categories_have_lines_of_their_own(world: World, indicator: Indicator) -> None:
    aims = [END, replace(END, unit=world.unit_a.pk), replace(END, category="thế giới")]
    set_targets(indicator=indicator, aims=aims, rests_on="KH 68", by=world.chi, at=NOON)
    assert indicator.targets.in_force().count() == 3


def test_a_withdrawn_point_no_longer_binds_and_may_be_set_again(world: World, indicator: Indicator) -> None:
    line = set_target_line(indicator=indicator, aim=END, rests_on="KH 68", by=world.chi, at=NOON)
    assert line is not None
    for _time in range(2):
        withdraw_target_line(line=line, rests_on="CV 3", by=world.chi, at=NOON)
    assert told(indicator) == [(1, Decimal(80), False, False), (2, Decimal(80), True, True)]
    assert not indicator.targets.in_force().exists()
    set_target_line(indicator=indicator, aim=END, rests_on="CV 4", by=world.chi, at=NOON)
    assert indicator.targets.in_force().get().number == 3
    assert Event.objects.filter(act="indicators.target.withdraw").count() == 1


@pytest.mark.parametrize(
    ("aim", "rests_on", "field"),
    [
        (END, " ", "rests_on"),
        (replace(END, comparator=Comparator.BETWEEN), "KH", "upper"),
        (replace(END, value=Decimal("0.1234567")), "KH", "value"),
    ],
)
def test_a_point_that_cannot_stand_is_refused(
    world: World, indicator: Indicator, aim: Aim, rests_on: str, field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        set_target_line(indicator=indicator, aim=aim, rests_on=rests_on, by=world.chi, at=NOON)
    assert list(refused.value.message_dict) == [field]
    assert (TargetLine.objects.count(), Event.objects.count()) == (0, 0)


@pytest.mark.parametrize("person", ["officer", "head", "decision_maker", "finance", "inspector", "other_unit"])
def test_only_the_coordinator_sets_targets(world: World, indicator: Indicator, person: str) -> None:
    line = make_target(indicator, 80, by=world.chi)
    with pytest.raises(PermissionDenied):
        set_target_line(indicator=indicator, aim=END, rests_on="KH", by=world.people[person], at=NOON)
    with pytest.raises(PermissionDenied):
        withdraw_target_line(line=line, rests_on="KH", by=world.people[person], at=NOON)
    assert (TargetLine.objects.count(), Event.objects.count()) == (1, 0)
