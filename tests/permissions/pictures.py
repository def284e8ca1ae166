"""An indicator measured in the departments, with a figure of unit A: what the pages of charts are asked for with."""

from typing import Any

from tests.factories import World
from tests.factories.indicators import make_figure, make_indicator, make_target
from tiendo.orgs.models import UnitKind

PICTURED = "VE-1"


def set_pictures(world: World) -> None:
    """Figures of unit A and of the whole, on the way to a target."""
    indicator = make_indicator(PICTURED, by=world.chi, measured_kinds=[UnitKind.DEPARTMENT, UnitKind.COMMUNE])
    make_target(indicator, 90, by=world.chi)
    make_figure(indicator, world.unit_a, 40)
    make_figure(indicator, world.province, 45)


def picture_places(world: World) -> dict[str, tuple[Any, ...]]:
    """The addresses of these pages."""
    return {
        "indicators:indicator-units": (PICTURED,),
        "indicators:indicator-map": (PICTURED,),
        "indicators:indicator-unit": (PICTURED, world.unit_a.code),
    }
