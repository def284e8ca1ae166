"""What a release keeps back of small counts (R088) in whatever else it says: formulas, programmes, the next release."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON, make_unit
from tests.factories.indicators import make_figure, make_indicator, make_programme
from tests.publication.release import Story
from tiendo.indicators.models import Figure, Indicator, Measurement, Objective
from tiendo.indicators.programmes import content_of
from tiendo.orgs.models import Unit, UnitKind
from tiendo.publication.keeping_back import silent_cells
from tiendo.publication.records import Record
from tiendo.publication.snapshot import take_snapshot

A, B, C = "03637", "03640", "03700"


@pytest.fixture
def units(story: Story) -> list[Unit]:
    return [make_unit(code, f"UBND xã {code}", kind=UnitKind.COMMUNE) for code in (A, B, C, "03701")]


@pytest.fixture
def taught(story: Story, units: list[Unit]) -> Indicator:
    """People taught, by commune: 3, 40, 12, 9."""
    return counted(story, "LOP", units, (3, 40, 12, 9))


def counted(story: Story, code: str, units: list[Unit], values: tuple[int, ...], **fields: object) -> Indicator:
    words = {"unit_code": "person", "unit_text": "người", "over_units": "sum", "measured_kinds": [UnitKind.COMMUNE]}
    made = make_indicator(code, by=story.world.chi, plan=story.plan, **(words | fields))  # type: ignore[arg-type]
    for unit, value in zip(units, values, strict=False):
        make_figure(made, unit, value)
    make_figure(made, story.world.province, sum(values), origin="rolled_up")
    return made


def records(story: Story) -> dict[str, Record]:
    return {row["code"]: row["data"] for row in take_snapshot(story.plan, at=NOON).indicators}


def silent(record: Record) -> set[str]:
    return {unit for unit, _period, _slice in silent_cells(record)}


def test_what_is_computed_of_a_count_kept_back_is_kept_back_too(
    story: Story, units: list[Unit], taught: Indicator
) -> None:
    """40 % of 8 learners would be 3; people who came are those taught and 10 more."""
    learners = counted(story, "HOC", units, (8, 90, 30, 20))
    sides = {"numerator": taught, "denominator": learners, "over_units": "ratio"}
    counted(story, "TY-LE", units, (38, 44, 40, 45), unit_code="percent", unit_text="%", **sides)
    counted(story, "DEN", units, (13, 50, 22, 19), expression="[LOP] + 10")
    found = records(story)
    assert {code: silent(found[code]) for code in ("LOP", "HOC", "TY-LE", "DEN")} == {
        "LOP": {A, B},
        "HOC": set(),
        "TY-LE": {A, B},
        "DEN": {A, B},
    }


def test_the_next_release_does_not_say_what_the_last_kept_back(story: Story, taught: Indicator) -> None:
    story.publish()
    Figure.objects.filter(indicator=taught, unit__code=A).update(value=7)
    assert silent(records(story)["LOP"]) == {A, B}


def test_a_count_that_became_small_hides_behind_no_number_already_said(story: Story, taught: Indicator) -> None:
    """The province's new sum less 40, 12 and 9, which everybody has read, would be the 2."""
    Figure.objects.filter(indicator=taught, unit__code=A).update(value=6)
    Figure.objects.filter(indicator=taught, unit=story.world.province).update(value=67)
    story.publish()
    Figure.objects.filter(indicator=taught, unit__code=A).update(value=2)
    Figure.objects.filter(indicator=taught, unit=story.world.province).update(value=63)
    record = records(story)["LOP"]
    assert silent(record) == {A, story.world.province.code}
    assert record["latest"] is None


def test_a_programme_does_not_say_a_sum_that_is_kept_back(story: Story, units: list[Unit]) -> None:
    """One commune alone was counted: the province's number is its number."""
    alone = counted(story, "MOT", units[:1], (3,))
    programme = make_programme("so", story.plan, by=story.world.chi, decided_by=story.world.decision_maker)
    whose = {"unit": story.world.unit_a, "head": story.world.binh}
    Objective.objects.create(programme=programme, indicator=alone, position=1, **whose)
    told = {"content": content_of(programme, "2025"), "sha256": "0" * 64}
    Measurement.objects.create(
        programme=programme, period="2025", number=1, published_by=story.world.chi, published_at=NOON, **told
    )
    assert told["content"]["objectives"][0]["value"] == "3"
    snapshot = take_snapshot(story.plan, at=NOON)
    [objective] = snapshot.summary["programmes"][0]["measurements"][0]["objectives"]
    assert (objective["value"], objective["progress"], objective["state"]) == (None, None, "no_data")
    [row] = snapshot.indicators
    assert (row["value"], row["state"]) == (None, "no_data")


def test_earlier_releases_are_read_in_the_same_number_of_queries(story: Story, taught: Indicator) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            take_snapshot(story.plan, at=NOON)
        return len(captured)

    story.publish()
    one = cost()
    make_figure(taught, taught.figures.first().unit, 30, period="2024", period_end=date(2024, 12, 31))
    story.publish(days=1)
    story.publish(days=2)
    assert cost() == one
