"""Programmes: put into force only when whole, measured and published in set periods, never rewritten."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.factories import NOON, World, make_figure, make_indicator, make_target
from tiendo.audit.models import Event
from tiendo.indicators.actions.programmes import (
    change_programme,
    create_programme,
    end_objective,
    end_programme,
    publish_measurement,
    put_in_force,
    set_objective,
)
from tiendo.indicators.models import Figure, Indicator, Measurement, Objective, Programme
from tiendo.indicators.programmes import content_of, digest_of, lines_of, periods_of
from tiendo.indicators.publishing import Lack, Publication

pytestmark = pytest.mark.django_db
AUGUST = datetime(2026, 8, 10, 2, tzinfo=UTC)


@pytest.fixture
def indicator(world: World) -> Indicator:
    found = make_indicator("KTS-1", by=world.chi, name="Tỷ trọng kinh tế số", frequency="quarter")
    make_target(found, 20, by=world.chi)
    return found


@pytest.fixture
def drawn_up(world: World) -> Programme:
    return create_programme(
        code="kinh-te-so",
        title="Kinh tế số",
        owner=world.unit_a,
        frequency="quarter",
        publish_days=30,
        by=world.chi,
        at=NOON,
    )


@pytest.fixture
def programme(world: World, drawn_up: Programme, indicator: Indicator) -> Programme:
    """In force since April."""
    named = {"unit": world.unit_a, "head": world.binh}
    set_objective(programme=drawn_up, indicator=indicator, by=world.chi, at=NOON, **named)
    since = date(2026, 4, 1)
    return put_in_force(programme=drawn_up, on=since, decision="QĐ 9", by=world.decision_maker, at=NOON)


def published(world: World, programme: Programme, period: str = "2026-Q2", note: str = "") -> Measurement:
    return publish_measurement(programme=programme, period=period, note=note, by=world.chi, at=AUGUST)


@pytest.mark.parametrize(
    ("target", "unit", "head", "lack"),
    [(False, True, True, Lack.FIGURE), (True, False, True, Lack.UNIT), (True, True, False, Lack.HEAD)],
)
def test_it_is_not_put_into_force_while_an_objective_lacks_one_of_the_three(
    world: World, drawn_up: Programme, target: bool, unit: bool, head: bool, lack: Lack
) -> None:
    whole, lame = (make_indicator(code, by=world.chi, name=f"Chỉ tiêu {code}") for code in ("A", "B"))
    make_target(whole, 80, by=world.chi)
    if target:
        make_target(lame, 80, by=world.chi)
    set_objective(programme=drawn_up, indicator=whole, unit=world.unit_a, head=world.binh, by=world.chi, at=NOON)
    named = {"unit": world.unit_a if unit else None, "head": world.binh if head else None}
    set_objective(programme=drawn_up, indicator=lame, by=world.chi, at=NOON, **named)  # type: ignore[arg-type]
    assert [line.lacks for line in lines_of(drawn_up)] == [(), (lack,)]
    before = Event.objects.count()
    with pytest.raises(ValidationError) as refused:
        put_in_force(programme=drawn_up, on=date(2026, 7, 1), decision="QĐ 9", by=world.decision_maker, at=NOON)
    assert [words.startswith("Chỉ tiêu B: chưa có") for words in refused.value.messages] == [True]
    drawn_up.refresh_from_db()
    assert (drawn_up.in_force_from, Event.objects.count()) == (None, before)


def test_it_needs_objectives_and_a_decision(world: World, drawn_up: Programme, indicator: Indicator) -> None:
    by, at = world.decision_maker, NOON
    with pytest.raises(ValidationError):
        put_in_force(programme=drawn_up, on=date(2026, 7, 1), decision="QĐ 9", by=by, at=at)
    set_objective(programme=drawn_up, indicator=indicator, unit=world.unit_a, head=world.binh, by=world.chi, at=NOON)
    with pytest.raises(ValidationError):
        put_in_force(programme=drawn_up, on=date(2026, 7, 1), decision=" ", by=by, at=at)


def test_in_force_it_keeps_its_periods_and_its_objectives_stay_whole(
    world: World, programme: Programme, indicator: Indicator
) -> None:
    with pytest.raises(ValidationError):
        put_in_force(programme=programme, on=date(2026, 7, 1), decision="QĐ 10", by=world.decision_maker, at=NOON)
    with pytest.raises(ValidationError):
        change_programme(
            programme=programme,
            title="Kinh tế số",
            owner=world.unit_a,
            frequency="year",
            publish_days=30,
            by=world.chi,
            at=NOON,
        )
    with pytest.raises(ValidationError):
        set_objective(programme=programme, indicator=indicator, unit=None, head=None, by=world.chi, at=NOON)
    assert Objective.objects.get().unit == world.unit_a


def test_a_period_is_published_under_a_number_with_what_was_known(
    world: World, programme: Programme, indicator: Indicator
) -> None:
    make_figure(
        indicator,
        world.province,
        "12.5",
        period="2026-Q2",
        period_end=date(2026, 6, 30),
        progress="40",
        state="on_track",
    )
    measurement = published(world, programme)
    assert (measurement.number, measurement.sha256) == (1, digest_of(measurement.content))
    [line] = measurement.content["objectives"]
    assert (line["value"], line["target"], line["state"], line["head"]) == ("12.5", "≥ 20", "on_track", "Lò Thị Bình")
    assert measurement.content["counts"] == {"objectives": 1, "with_value": 1, "reached": 0}


def test_what_was_published_stays_when_the_value_is_revised(
    world: World, programme: Programme, indicator: Indicator
) -> None:
    make_figure(indicator, world.province, "12.5", period="2026-Q2", period_end=date(2026, 6, 30), progress="40")
    first = published(world, programme)
    with pytest.raises(ValidationError):
        published(world, programme, note="Không đổi")
    Figure.objects.update(value="21", state="exceeded")
    with pytest.raises(ValidationError) as refused:
        published(world, programme)
    assert list(refused.value.message_dict) == ["note"]
    second = published(world, programme, note="Số chính thức")
    first.refresh_from_db()
    assert [each.content["objectives"][0]["value"] for each in (first, second)] == ["12.5", "21"]
    assert (second.number, second.content["counts"]["reached"]) == (2, 1)


def test_a_silent_objective_is_published_as_without_a_value(world: World, programme: Programme) -> None:
    [line] = published(world, programme).content["objectives"]
    assert (line["value"], line["state"], line["progress"]) == (None, "no_data", None)


@pytest.mark.parametrize("period", ["2026-Q3", "2026-Q1", "2026", "không có"])
def test_only_a_period_of_the_programme_that_is_over_is_published(
    world: World, programme: Programme, period: str
) -> None:
    with pytest.raises(ValidationError):
        published(world, programme, period)
    assert not Measurement.objects.exists()


def test_a_missed_period_shows_as_missed_and_late_as_late(world: World, programme: Programme) -> None:
    assert [line.state for line in periods_of(programme, on=date(2026, 7, 31))][1] is Publication.MISSED
    published(world, programme)
    assert periods_of(programme, on=date(2026, 9, 1))[1].state is Publication.LATE


def test_a_yearly_programme_reads_the_last_quarter_of_the_year(world: World, indicator: Indicator) -> None:
    yearly = create_programme(
        code="nam", title="Theo năm", owner=world.unit_a, frequency="year", publish_days=30, by=world.chi, at=NOON
    )
    set_objective(programme=yearly, indicator=indicator, unit=world.unit_a, head=world.binh, by=world.chi, at=NOON)
    for period, day, value in (("2025-Q3", date(2025, 9, 30), 10), ("2025-Q4", date(2025, 12, 31), 11)):
        make_figure(indicator, world.province, value, period=period, period_end=day, progress="1")
    [line] = content_of(yearly, "2025")["objectives"]
    assert (line["value"], line["period"]) == ("11", "2025-Q4")


def test_an_objective_and_a_programme_end_once(world: World, programme: Programme) -> None:
    objective = Objective.objects.get()
    for _time in range(2):
        end_objective(objective=objective, by=world.chi, at=NOON)
        end_programme(programme=programme, on=date(2026, 8, 1), by=world.decision_maker, at=NOON)
    assert lines_of(programme) == []
    acts = Event.objects.values_list("act", flat=True)
    assert [act for act in acts if "end" in act] == ["indicators.programme.end_objective", "indicators.programme.end"]


@pytest.mark.parametrize("person", ["officer", "head", "decision_maker", "inspector", "other_unit"])
def test_only_the_coordinator_draws_up_and_publishes(
    world: World, programme: Programme, indicator: Indicator, person: str
) -> None:
    by, at, before = world.people[person], NOON, Event.objects.count()
    fields = {"title": "B", "owner": world.unit_a, "frequency": "quarter", "publish_days": 30}
    with pytest.raises(PermissionDenied):
        create_programme(code="b", by=by, at=at, **fields)  # type: ignore[arg-type]
    with pytest.raises(PermissionDenied):
        change_programme(programme=programme, by=by, at=at, **fields)  # type: ignore[arg-type]
    with pytest.raises(PermissionDenied):
        set_objective(programme=programme, indicator=indicator, unit=world.unit_a, head=world.binh, by=by, at=at)
    with pytest.raises(PermissionDenied):
        end_objective(objective=Objective.objects.get(), by=by, at=at)
    with pytest.raises(PermissionDenied):
        publish_measurement(programme=programme, period="2026-Q2", by=by, at=AUGUST)
    assert Event.objects.count() == before


@pytest.mark.parametrize("person", ["officer", "head", "coordinator", "inspector", "other_unit"])
def test_only_the_decision_maker_puts_into_force_and_ends(world: World, programme: Programme, person: str) -> None:
    by, at, before = world.people[person], NOON, Event.objects.count()
    with pytest.raises(PermissionDenied):
        put_in_force(programme=programme, on=date(2026, 7, 1), decision="QĐ", by=by, at=at)
    with pytest.raises(PermissionDenied):
        end_programme(programme=programme, on=date(2026, 8, 1), by=by, at=at)
    assert Event.objects.count() == before
