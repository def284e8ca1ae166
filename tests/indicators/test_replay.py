"""A year replayed: estimates become official, two targets flip; what was published stays, the new list names them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.factories import World, make_indicator, make_target
from tiendo.accounts.models import User
from tiendo.indicators.actions.delivering import deliver_rows
from tiendo.indicators.actions.observing import accept_observations, return_observation
from tiendo.indicators.actions.programmes import create_programme, publish_measurement, put_in_force, set_objective
from tiendo.indicators.actions.sources import open_own_source
from tiendo.indicators.bias import Lean
from tiendo.indicators.delivery import row_of
from tiendo.indicators.flips import flips, moved
from tiendo.indicators.ledger import entry_cells
from tiendo.indicators.models import Batch, Figure, Measurement, Observation, Programme, Source
from tiendo.indicators.programmes import content_of, digest_of
from tiendo.indicators.source_record import biases
from tiendo.indicators.spans import span_of
from tiendo.indicators.states import Presence, Standing

PAST = ("2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1")
NOW = "2026-Q2"
# Official values of the past quarters, and how far the unit's estimates were from them, in percent.
OFFICIAL = {"CT1": "100", "CT2": "40", "CT3": "60", "CT4": "80"}
ERROR = {"CT1": "8", "CT2": "-10", "CT3": "0.25", "CT4": "0"}
# This quarter: estimate, then official. The target is at least 50 for every one of them.
THEN = {"CT1": "52", "CT2": "49", "CT3": "60", "CT4": "20"}
LATER = {"CT1": "48.5", "CT2": "51", "CT3": "61.5", "CT4": "20"}
FLIPPED = {"CT1": ("exceeded", "not_met"), "CT2": ("not_met", "exceeded")}


def _after(period: str, days: int) -> datetime:
    day = span_of(period).last_day + timedelta(days=days)
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


@pytest.fixture
def source(world: World) -> Source:
    return open_own_source(unit=world.unit_a, by=world.an, at=_after("2025-Q1", 1))


@pytest.fixture
def programme(world: World) -> Programme:
    since = date(2025, 1, 1)
    about = {"code": "so", "title": "Chính quyền số", "owner": world.unit_a, "frequency": "quarter", "publish_days": 30}
    made = create_programme(**about, by=world.chi, at=_after("2024-Q4", 1))  # type: ignore[arg-type]
    for code in OFFICIAL:
        kept = {"owner": world.unit_a, "frequency": "quarter", "first_period": "2025-Q2", "decimals": 2}
        indicator = make_indicator(code, by=world.chi, name=f"Chỉ tiêu {code}", **kept)  # type: ignore[arg-type]
        make_target(indicator, 50, by=world.chi, due_on=date(2026, 6, 30))
        named = {"unit": world.unit_a, "head": world.binh, "by": world.chi, "at": _after("2024-Q4", 1)}
        set_objective(programme=made, indicator=indicator, **named)  # type: ignore[arg-type]
    return put_in_force(programme=made, on=since, decision="QĐ 9", by=world.decision_maker, at=_after("2024-Q4", 2))


def _deliver(source: Source, by: User, period: str, status: str, values: dict[str, str], at: datetime) -> list[int]:
    rows = [
        row_of(number, {"indicator": code, "unit": "ubnd-tinh", "period": period, "status": status, "value": value})
        for number, (code, value) in enumerate((code, value.replace(".", ",")) for code, value in values.items())
    ]
    batch = deliver_rows(source=source, rows=rows, form=Batch.Form.PAGE, by=by, at=at).batch
    assert (batch.taken_count, batch.aside_count) == (len(values), 0)
    return list(batch.observations.values_list("pk", flat=True))


def _estimate(code: str) -> str:
    return str(Decimal(OFFICIAL[code]) * (100 + Decimal(ERROR[code])) / 100)


@pytest.fixture
def replayed(world: World, programme: Programme, source: Source) -> Programme:
    """Four quarters, each estimated by An a week after it and made official two months later."""
    for period in PAST:
        estimates = _deliver(
            source, world.an, period, "ước", {code: _estimate(code) for code in OFFICIAL}, _after(period, 7)
        )
        accept_observations(observations=estimates, by=world.chi, at=_after(period, 8))
        official = _deliver(source, world.an, period, "chính thức", OFFICIAL, _after(period, 60))
        accept_observations(observations=official, by=world.chi, at=_after(period, 61))
    return programme


def _publish(world: World, programme: Programme, days: int, note: str = "") -> Measurement:
    return publish_measurement(programme=programme, period=NOW, note=note, by=world.chi, at=_after(NOW, days))


def test_estimates_become_official_and_two_targets_flip(world: World, replayed: Programme, source: Source) -> None:
    estimates = _deliver(source, world.an, NOW, "ước", THEN, _after(NOW, 7))
    assert not Figure.objects.filter(period=NOW).exists()  # nothing counts before somebody else accepts it
    accept_observations(observations=estimates, by=world.chi, at=_after(NOW, 8))
    first = _publish(world, replayed, 20)
    frozen, seal = first.content, first.sha256

    official = _deliver(source, world.an, NOW, "chính thức", LATER, _after(NOW, 60))
    assert content_of(replayed, NOW) == frozen
    accept_observations(observations=official, by=world.chi, at=_after(NOW, 61))

    now = content_of(replayed, NOW)
    told = {
        each.indicator: (each.before.state, each.after.state)
        for each in flips(frozen, now)
        if each.before and each.after
    }
    assert told == FLIPPED
    assert [each.indicator for each in moved(frozen, now)] == list(OFFICIAL)  # CT4 is official now, and no more
    second = _publish(world, replayed, 62, note="Số chính thức")
    kept = Measurement.objects.get(pk=first.pk)
    assert (kept.content, kept.sha256, digest_of(kept.content)) == (frozen, seal, seal)
    assert [line["value"] for line in kept.content["objectives"]] == list(THEN.values())
    assert {each.indicator for each in flips(kept.content, second.content)} == set(FLIPPED)
    lines = Observation.objects.filter(period=NOW, indicator__code="CT1").order_by("number")
    assert [(line.status, str(line.value.normalize()), line.is_current) for line in lines if line.value] == [
        ("estimate", "52", False),
        ("official", "48.5", True),
    ]


def test_the_lean_of_the_units_estimates_is_what_was_built_in(
    world: World, replayed: Programme, source: Source
) -> None:
    found = {each.indicator: each for each in biases(source, world.chi)}
    assert {code: (each.bias.n, each.bias.mean) for code, each in found.items()} == {
        code: (len(PAST), Decimal(error)) for code, error in ERROR.items()
    }
    leans = {code: each.bias.lean for code, each in found.items()}
    assert leans == {"CT1": Lean.OVER, "CT2": Lean.UNDER, "CT3": Lean.EVEN, "CT4": Lean.EVEN}
    assert found["CT1"].unit == "UBND tỉnh"


def test_a_revision_after_that_changes_no_bias_and_no_publication(
    world: World, replayed: Programme, source: Source
) -> None:
    """Only the first official value is what an estimate is held to."""
    before = {each.indicator: each.bias for each in biases(source, world.chi)}
    rows = [
        row_of(1, {"indicator": "CT1", "unit": "ubnd-tinh", "period": "2026-Q1", "status": "điều chỉnh", "value": "200",
                   "note": "Rà soát lại"})
    ]  # fmt: skip
    at = _after(NOW, 70)
    batch = deliver_rows(source=source, rows=rows, form=Batch.Form.PAGE, by=world.an, at=at).batch
    accept_observations(observations=[batch.observations.get().pk], by=world.chi, at=at)
    assert {each.indicator: each.bias for each in biases(source, world.chi)} == before
    assert Figure.objects.get(indicator__code="CT1", period="2026-Q1").value == 200


def test_a_returned_estimate_leaves_the_cell_owed_and_dung_sees_nothing(
    world: World, replayed: Programme, source: Source
) -> None:
    (line,) = _deliver(source, world.an, NOW, "ước", {"CT1": "52"}, _after(NOW, 7))
    return_observation(
        observation=Observation.objects.get(pk=line), reason="Sai nguồn", by=world.chi, at=_after(NOW, 8)
    )
    cells = entry_cells(world.an, world.province, on=_after(NOW, 45).date(), period=NOW)
    assert {cell.passport.indicator.code: cell.presence for cell in cells} == dict.fromkeys(OFFICIAL, Presence.MISSING)
    assert [cell.returned.reason for cell in cells if cell.returned] == ["Sai nguồn"]
    assert entry_cells(world.dung, world.province, on=_after(NOW, 45).date()) == []
    assert not Observation.objects.visible_to(world.dung).exists()
    assert biases(source, world.dung) == []
    assert Observation.objects.filter(standing=Standing.RETURNED).count() == 1
