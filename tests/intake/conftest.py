"""What tests of importing share: the province's own units, and the sample documents read as uploads."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.factories import World
from tests.intake.plan import NAME, plan_bytes
from tiendo.config.units import built_in_units
from tiendo.intake.actions import accept_import, start_import
from tiendo.intake.models import Import
from tiendo.orgs.actions import load_units
from tiendo.plans.models import Annex, Plan, PlanVersion

SAMPLE = Path(__file__).parents[2] / "tiendo" / "config" / "sample"

Read = Callable[..., Import]
Accept = Callable[..., PlanVersion]


@pytest.fixture
def units(world: World, now: datetime) -> World:
    """The small province with every unit the program comes with."""
    load_units(data=built_in_units(), by="hệ thống", at=now)
    return world


@pytest.fixture
def read(units: World, now: datetime) -> Read:
    """Reads a sample document by its name, as the coordinator."""

    def start(name: str, annex: Annex | None = None) -> Import:
        data = (SAMPLE / name).read_bytes()
        return start_import(data=data, name=name, by=units.chi, at=now, annex=annex)[0]

    return start


@pytest.fixture
def accept(units: World, now: datetime) -> Accept:
    """Accepts an import, as the coordinator, with a code, a title and an owner for a new plan."""

    def taken(source: Import, *, take_pending: bool = True, **given: object) -> PlanVersion:
        values = {"code": "kh", "title": "Kế hoạch", "owner": units.province} | given
        return accept_import(source=source, take_pending=take_pending, by=units.chi, at=now, **values)  # type: ignore[arg-type]

    return taken


@pytest.fixture
def real_import(units: World, now: datetime) -> Import:
    """The real plan, read and proposed."""
    return start_import(data=plan_bytes(), name=f"{NAME}.txt", by=units.chi, at=now)[0]


@pytest.fixture
def sample_plan(read: Read, accept: Accept) -> Plan:
    """The sample's plan with its prose tasks, both annexes still missing."""
    return accept(read("ke-hoach.docx")).plan
