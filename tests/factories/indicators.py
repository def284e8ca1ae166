"""Sources, indicators with their passports, targets, lines of the ledger, and figures."""

from datetime import date
from decimal import Decimal
from itertools import count

from tests.factories.clock import NOON
from tiendo.accounts.models import User
from tiendo.indicators.models import Figure, Indicator, Observation, Passport, Programme, Source, TargetLine
from tiendo.orgs.models import Unit
from tiendo.plans.finding import index_text
from tiendo.plans.models import Plan

_next = count(1)


def make_source(code: str | None = None, name: str = "Báo cáo của đơn vị", **fields: object) -> Source:
    values: dict[str, object] = {"kind": Source.Kind.REPORT, "created_at": NOON}
    return Source.objects.create(code=code or f"nguon-{next(_next)}", name=name, **(values | fields))


def make_indicator(
    code: str | None = None,
    *,
    by: User,
    name: str = "Dân số được phủ sóng 5G",
    plan: Plan | None = None,
    **fields: object,
) -> Indicator:
    """An indicator with version 1 of its passport; `fields` are the passport's: in percent, yearly, more is better."""
    number = next(_next)
    code = code or f"CT{number}"
    indicator = Indicator.objects.create(
        code=code, plan=plan, position=number, folded=index_text(name, code), created_at=NOON
    )
    values: dict[str, object] = {
        "number": 1,
        "unit_code": "percent",
        "unit_text": "%",
        "first_period": "2025",
        "rests_on": "Kế hoạch",
        "recorded_by": by,
        "recorded_at": NOON,
    }
    Passport.objects.create(indicator=indicator, name=name, **(values | fields))
    return indicator


def make_target(
    indicator: Indicator,
    value: Decimal | str | int | None,
    *,
    by: User,
    due_on: date = date(2030, 12, 31),
    purpose: str = "final",
    **fields: object,
) -> TargetLine:
    """A point of the target ledger in force; by default the end of the road."""
    values: dict[str, object] = {"number": 1, "rests_on": "Kế hoạch", "recorded_by": by, "recorded_at": NOON}
    number = None if value is None else Decimal(value)
    return TargetLine.objects.create(
        indicator=indicator, value=number, due_on=due_on, purpose=purpose, **(values | fields)
    )


def make_observation(
    indicator: Indicator,
    unit: Unit,
    value: Decimal | str | int | None,
    *,
    by: User,
    period: str = "2025",
    period_end: date = date(2025, 12, 31),
    accepted_by: User | None = None,
    **fields: object,
) -> Observation:
    """A line of the ledger: official, waiting; accepted and current when `accepted_by` is given. No figure is made."""
    number = None if value is None else Decimal(value)
    values: dict[str, object] = {
        "number": Observation.objects.filter(indicator=indicator, unit=unit, period=period).count() + 1,
        "status": "official",
        "no_value": Observation.NoValue.NOT_MEASURED if number is None else None,
        "recorded_at": NOON,
    }
    if accepted_by is not None:
        values |= {"standing": "accepted", "is_current": True, "decided_by": accepted_by, "decided_at": NOON}
    source = fields.pop("source", None) or Source.objects.filter(code="bao-cao").first() or make_source("bao-cao")
    cell = {"indicator": indicator, "unit": unit, "period": period, "source": source}
    if accepted_by is not None:
        Observation.objects.filter(**cell, slice=fields.get("slice", "")).update(is_current=False)
    return Observation.objects.create(**cell, value=number, period_end=period_end, recorded_by=by, **(values | fields))


def make_figure(
    indicator: Indicator,
    unit: Unit,
    value: Decimal | str | int | None,
    *,
    period: str = "2025",
    period_end: date = date(2025, 12, 31),
    state: str = "not_met",
    **fields: object,
) -> Figure:
    """What an indicator says for a unit and a period, as `actions.refreshing` would have written it."""
    number = None if value is None else Decimal(value)
    why = {"pattern": "Chưa có số liệu.", "values": {}}
    values: dict[str, object] = {
        "origin": "entered",
        "status": "official",
        "no_value": why if number is None else None,
        "not_computable": None if fields.get("progress") is not None else why,
        "made_at": NOON,
    }
    return Figure.objects.create(
        indicator=indicator,
        unit=unit,
        value=number,
        period=period,
        period_end=period_end,
        state="no_data" if number is None else state,
        **(values | fields),
    )


def make_programme(
    code: str, plan: Plan, *, by: User, decided_by: User, title: str = "Chương trình chính quyền số", **fields: object
) -> Programme:
    """A programme of the plan's owner in force since 2025, measured and published by the year; no objective yet."""
    values: dict[str, object] = {
        "owner": plan.owner,
        "frequency": "year",
        "in_force_from": date(2025, 1, 1),
        "decision": "QĐ 20/QĐ-UBND",
        "decided_by": decided_by,
        "created_by": by,
        "created_at": NOON,
    }
    return Programme.objects.create(code=code, title=title, plan=plan, **(values | fields))
