"""Public and hidden indicators of the story's plan, with values that wait or were returned, each with its own word."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.factories import NOON, World, make_unit
from tests.factories.indicators import make_figure, make_indicator, make_observation, make_target
from tests.publication.release import Story
from tiendo.indicators.models import Indicator, Measurement, Objective, Observation, Programme, Source, TaskTie
from tiendo.orgs.models import UnitKind

# Each stands in exactly one place of the database, and in no public place.
SECRETS = {
    "hidden_code": "CTKIN-77",
    "hidden_name": "CHITIEUKIN",
    "hidden_reason": "LYDOKHONGCONGBO",
    "pending_value": "987654.321",
    "returned_value": "765432.125",
    "return_reason": "LYDOTRASOLIEU",
    "note": "GHICHUSOLIEU",
    "evidence_name": "TEPSOLIEUKIN",
    "warning": "CANHBAONOIBO",
    "check": "31415926",
}


@dataclass
class Measured:
    """The indicators tests speak of."""

    story: Story
    coverage: Indicator  # 62.5 % of the whole for 2025, accepted
    silent: Indicator  # public, never observed
    computed: Indicator  # public, its formula names the hidden one
    hidden: Indicator


def measure(story: Story) -> Measured:
    """Coverage with its path and an accepted value; beside it everything that must not be published."""
    world, plan = story.world, story.plan
    by = world.chi
    coverage = make_indicator(
        "PHU-SONG", by=by, plan=plan, name="Dân số được phủ sóng", owner=world.unit_a,
        measured_kinds=[UnitKind.COMMUNE], over_units="mean", checks={"low": SECRETS["check"]},
        method=f"Hỏi {world.an.full_name}",
    )  # fmt: skip
    silent = make_indicator("IM-LANG", by=by, plan=plan, name="Chưa từng đo")
    hidden = make_indicator(
        SECRETS["hidden_code"], by=by, plan=plan, name=SECRETS["hidden_name"], is_public=False,
        not_public_reason=SECRETS["hidden_reason"],
    )  # fmt: skip
    formula = f"[{SECRETS['hidden_code']}] * 2"
    computed = make_indicator("TINH-RA", by=by, plan=plan, name="Tính ra", expression=formula)
    _target(coverage, world)
    _observe(coverage, world)
    make_figure(hidden, world.province, SECRETS["returned_value"])
    _compute(computed, world)
    TaskTie.objects.create(indicator=coverage, task=story.done, recorded_by=by, recorded_at=NOON)
    TaskTie.objects.create(indicator=coverage, task=story.hidden, recorded_by=by, recorded_at=NOON)
    _programme(story, coverage, hidden)
    return Measured(story, coverage, silent, computed, hidden)


def _target(indicator: Indicator, world: World) -> None:
    make_target(indicator, 40, by=world.chi, purpose="baseline", due_on=date(2024, 12, 31))
    make_target(indicator, 70, by=world.chi, purpose="path", due_on=date(2026, 12, 31))
    make_target(indicator, 90, by=world.chi, printed="Đến năm 2030: 90 %")


def _observe(indicator: Indicator, world: World) -> None:
    """Accepted 62.5; then a value that waits, and one that was returned, for other periods and units."""
    commune = make_unit("03637", "UBND xã Mường Kim", kind=UnitKind.COMMUNE)
    inside = {
        "note": SECRETS["note"],
        "evidence_name": SECRETS["evidence_name"],
        "warnings": [{"pattern": SECRETS["warning"], "values": {}}],
    }
    source = Source.objects.create(code="thong-ke", name="Cục Thống kê", kind="statistics", created_at=NOON)
    told = {"by": world.an, "source": source, **inside}
    make_observation(indicator, commune, "62.5", accepted_by=world.chi, **told)  # type: ignore[arg-type]
    later = {"period": "2026", "period_end": date(2026, 12, 31)}
    make_observation(indicator, commune, SECRETS["pending_value"], **told, **later)  # type: ignore[arg-type]
    returned = make_observation(indicator, commune, SECRETS["returned_value"], **told, period="2024")  # type: ignore[arg-type]
    Observation.objects.filter(pk=returned.pk).update(
        standing="returned", decided_by=world.chi, decided_at=NOON, reason=SECRETS["return_reason"]
    )
    make_figure(indicator, commune, "62.5", state="on_track", progress=Decimal(45))
    rolled = {"origin": "rolled_up", "state": "on_track", "progress": Decimal(45)}
    make_figure(indicator, world.province, "62.5", **rolled)  # type: ignore[arg-type]


def _compute(indicator: Indicator, world: World) -> None:
    reason = {"pattern": "Thiếu {code}.", "values": {"code": SECRETS["hidden_code"]}}
    make_figure(
        indicator, world.province, None, origin="computed", no_value=reason, not_computable=reason, flags=[reason]
    )


def _programme(story: Story, coverage: Indicator, hidden: Indicator) -> None:
    world = story.world
    programme = Programme.objects.create(
        code="ha-tang", title="Chương trình hạ tầng số", plan=story.plan, owner=world.unit_a, frequency="year",
        in_force_from=date(2025, 1, 1), decision="QĐ 20/QĐ-UBND", decided_by=world.decision_maker, created_by=world.chi,
        created_at=NOON,
    )  # fmt: skip
    for place, indicator in enumerate((coverage, hidden), 1):
        Objective.objects.create(
            programme=programme, indicator=indicator, position=place, unit=world.unit_a, head=world.binh
        )
    told = {
        "unit_text": "%",
        "unit": "Sở Xây dựng",
        "head": world.binh.full_name,
        "target": "≥ 90",
        "state": "on_track",
    }
    lines = [
        {"indicator": "PHU-SONG", "name": "Dân số được phủ sóng", "value": "62.5", **told},
        {"indicator": SECRETS["hidden_code"], "name": SECRETS["hidden_name"], "value": "1", **told},
    ]
    Measurement.objects.create(
        programme=programme, period="2025", number=1, content={"objectives": lines, "counts": {}}, sha256="0" * 64,
        published_by=world.chi, published_at=NOON,
    )  # fmt: skip


def leaked(text: str) -> list[str]:
    """What of the secrets stands in a text, numbers as machines and as people write them."""
    told = text + (text.encode().decode("unicode_escape", "ignore") if "\\u" in text else "")
    vietnamese = [SECRETS[name].replace(".", ",") for name in ("pending_value", "returned_value")]
    grouped = ["987.654,321", "765.432,125"]
    return [word for word in (*SECRETS.values(), *vietnamese, *grouped) if word in told]
