"""However values arrive, figures refreshed one change at a time are the figures made all at once."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import NOON, World
from tests.factories.indicators import make_indicator, make_source, make_target
from tests.indicators.test_refreshing import accept, content
from tiendo.indicators.actions.refreshing import refresh_all
from tiendo.indicators.models import Figure, Indicator, Observation, Passport, Source, TargetLine

ENTERED = ["NGUOI", "XONG", "LUY", "TYLE", "HANG"]
SLICE = "gioi=nữ"


@dataclass(frozen=True)
class Step:
    """One accepted line."""

    code: str
    unit: str
    period: str
    value: Decimal | None
    no_value: str
    slice: str
    source: int
    status: str


STEPS = st.builds(
    Step,
    st.sampled_from(ENTERED),
    st.sampled_from(["unit_a", "unit_b", "finance_unit", "province"]),
    st.sampled_from(["2025-Q1", "2025-Q2", "2025-Q4", "2025-H1", "2025", "2026-Q1"]),
    st.none() | st.decimals(-50, 1000, places=2),
    st.sampled_from(["not_measured", "not_applicable"]),
    st.sampled_from(["", "", SLICE]),
    st.integers(0, 1),
    st.sampled_from(["estimate", "official", "revised"]),
)


def lay_out(world: World) -> dict[str, Indicator]:
    """Sums, flows, weights, ratios, formulas of formulas and breakdowns, each held against something."""
    slices = [{"code": "gioi", "name": "Giới", "values": ["nam", "nữ"]}]
    measured: dict[str, Any] = {"measured_kinds": ["department"], "frequency": "quarter", "slices": slices}
    people: dict[str, Any] = measured | {"unit_code": "person"}
    chi = world.chi
    made = {
        "NGUOI": make_indicator("NGUOI", by=chi, over_units="sum", **people),
        "XONG": make_indicator("XONG", by=chi, over_units="sum", over_time="max", **people),
        "LUY": make_indicator("LUY", by=chi, over_units="sum", over_time="sum", checks={"parts": "all"}, **people),
        "HANG": make_indicator(
            "HANG", by=chi, unit_code="rank", direction="down", over_time="min", frequency="quarter"
        ),
    }
    sides: dict[str, Any] = {"numerator": made["XONG"], "denominator": made["NGUOI"]}
    made["TYLE"] = make_indicator("TYLE", by=chi, over_units="weighted", weight=made["NGUOI"], **measured)
    made["TS"] = make_indicator("TS", by=chi, over_units="ratio", **sides, **measured)
    made["CT"] = make_indicator("CT", by=chi, expression="([XONG] + coalesce([LUY], 0)) / [NGUOI] * 100", **measured)
    made["CT2"] = make_indicator("CT2", by=chi, expression="mean([CT], [TS], [TYLE])", over_units="mean", **measured)
    for indicator in made.values():
        make_target(indicator, 10, by=chi, purpose="baseline", due_on=date(2024, 12, 31))
        make_target(indicator, 40, by=chi, purpose="path", due_on=date(2025, 12, 31))
        make_target(indicator, 80, by=chi, comparator="le" if indicator.code == "HANG" else "ge")
        make_target(indicator, 60, by=chi, unit=world.unit_a)
    return made


def clear() -> None:
    """Nothing left of the example before: the database is that of one test."""
    for rows in (Figure, Observation, TargetLine, Passport, Indicator, Source):
        rows.objects.all().delete()


@given(st.lists(STEPS, min_size=1, max_size=10))
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_refreshing_after_each_value_is_making_all_at_once(world: World, steps: list[Step]) -> None:
    clear()
    made = lay_out(world)
    sources = [make_source("mot"), make_source("hai")]
    for step in steps:
        why = {} if step.value is not None else {"no_value": step.no_value}
        accept(
            world, made[step.code], getattr(world, step.unit), step.value, step.period,
            slice=step.slice, source=sources[step.source], status=step.status, **why,
        )  # fmt: skip
    expected = content()
    again = refresh_all(at=NOON)
    assert (again.written, again.removed) == (0, 0)
    Figure.objects.all().delete()
    refresh_all(at=NOON)
    assert content() == expected
    assert expected
