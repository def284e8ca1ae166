"""An indicator with its targets and ties, a row of a plan to take, and programmes: what their rows point at."""

from datetime import UTC, date, datetime
from typing import Any

from tests.factories import NOON, World, make_figure, make_indicator, make_item, make_target
from tiendo.indicators.actions import create_programme, publish_measurement, put_in_force, set_objective, tie_task
from tiendo.indicators.models import Indicator, Objective, TaskTie
from tiendo.plans.models import Plan, Task

CODE, DRAWN_UP, IN_FORCE = "CT-SAN-KHAU", "xa-hoi-so", "kinh-te-so"
ROW = {
    "unit_text": "%",
    "horizon": "2030",
    "target": {
        "raw": "≥ 80",
        "firm": True,
        "parts": [{"comparator": ">=", "value": "80", "value_to": None, "firm": True}],
    },
}


def set_passports(plan: Plan, task: Task, world: World) -> None:
    """One indicator measured for the whole, two programmes by it: one in force with a period published, one not yet."""
    by, at = world.chi, NOON
    indicator = make_indicator(CODE, by=by, name="Hồ sơ nộp trực tuyến")
    make_target(indicator, 80, by=by)
    make_figure(indicator, world.province, 60, progress="50")
    tie_task(indicator=indicator, task=task, by=by, at=at)
    make_item(plan.version, "PL-I.1", "Hồ sơ được số hóa", kind="indicator_row", details=ROW)
    for code in (DRAWN_UP, IN_FORCE):
        fields = {"title": code, "owner": world.unit_a, "frequency": "quarter", "publish_days": 30}
        programme = create_programme(code=code, by=by, at=at, **fields)  # type: ignore[arg-type]
        set_objective(programme=programme, indicator=indicator, unit=world.unit_a, head=world.binh, by=by, at=at)
    since = date(2026, 1, 1)
    put_in_force(programme=programme, on=since, decision="QĐ 9", by=world.decision_maker, at=NOON)
    publish_measurement(programme=programme, period="2026-Q1", by=by, at=datetime(2026, 4, 20, 2, tzinfo=UTC))


def passport_places(plan: str) -> dict[str, tuple[Any, ...]]:
    """The addresses of these pages and acts."""
    indicator = Indicator.objects.get(code=CODE)
    target, tie = indicator.targets.get(), TaskTie.objects.get(indicator=indicator)
    objective = Objective.objects.get(programme__code=DRAWN_UP)
    item = Plan.objects.get(code=plan).version.items.get(path="PL-I.1")
    of_indicator = (
        "indicator-detail",
        "indicator-live",
        "passport-change",
        "indicator-retire",
        "target-set",
        "tie-add",
    )
    return {
        **{f"indicators:{name}": (CODE,) for name in of_indicator},
        "indicators:target-withdraw": (CODE, target.pk),
        "indicators:tie-end": (CODE, "nhiem-vu", tie.pk),
        "indicators:catalogue-take": ("nq-03",),
        "indicators:proposal-list": (plan,),
        "indicators:proposal-edit": (plan, f"{item.pk}.0"),
        "indicators:programme-detail": (IN_FORCE,),
        "indicators:programme-change": (IN_FORCE,),
        "indicators:programme-end": (IN_FORCE,),
        "indicators:programme-force": (DRAWN_UP,),
        "indicators:objective-set": (DRAWN_UP,),
        "indicators:objective-end": (DRAWN_UP, objective.pk),
        "indicators:measurement-publish": (IN_FORCE, "2026-Q2"),
        "indicators:measurement-detail": (IN_FORCE, "2026-Q1", 1),
    }


def typed_passports(plan: str) -> dict[str, dict[str, Any]]:
    """What is typed in the forms of these acts."""
    paper = {"rests_on": "Quyết định số 12/QĐ-UBND"}
    passport = {
        "name": "Hồ sơ nộp trực tuyến, mọi cấp",
        "unit_code": "percent",
        "decimals": "1",
        "measure": "number",
        "direction": "up",
        "firmness": "firm",
        "frequency": "year",
        "first_period": "2025",
        "lag_days": "30",
        "over_units": "none",
        "over_time": "last",
        "is_public": "on",
        **paper,
    }
    item = Plan.objects.get(code=plan).version.items.get(path="PL-I.1")
    programme = {"title": "Kinh tế số", "owner": "so-y-te", "frequency": "quarter", "publish_days": "30"}
    return {
        "indicators:indicator-create": {"code": "CT-MOI", **passport},
        "indicators:passport-change": passport,
        "indicators:indicator-retire": paper,
        "indicators:target-set": {
            "purpose": "path",
            "due_on": "2027-12-31",
            "comparator": "ge",
            "value": "70,5",
            "firmness": "firm",
            **paper,
        },
        "indicators:target-withdraw": paper,
        "indicators:tie-add": {"document": "03/NQ-CP"},
        "indicators:proposal-list": {"dong": [f"{item.pk}.0"]},
        "indicators:proposal-edit": {
            **passport,
            "dich-due_on": "2030-12-31",
            "dich-comparator": "ge",
            "dich-value": "80",
        },
        "indicators:programme-create": {"code": "chinh-phu-so", **programme},
        "indicators:programme-change": programme,
        "indicators:objective-set": {"indicator": CODE, "unit": "so-y-te", "head": "binh"},
        "indicators:programme-force": {"on": "2026-07-01", "decision": "Quyết định số 9/QĐ-UBND"},
        "indicators:programme-end": {"on": "2026-12-31"},
        "indicators:measurement-publish": {},
    }
