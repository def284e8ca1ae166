"""Plain functions that put real rows in place. Each takes what matters to the test and fills in the rest."""

from tests.factories.clock import NOON, TODAY
from tests.factories.indicators import make_figure, make_indicator, make_observation, make_source, make_target
from tests.factories.people import World, make_unit, make_user, make_world
from tests.factories.plans import make_document, make_file, make_group, make_item, make_plan, make_task
from tests.factories.reporting import make_duty, make_entry, make_evidence, make_period, make_submission

__all__ = [
    "NOON",
    "TODAY",
    "World",
    "make_document",
    "make_duty",
    "make_entry",
    "make_evidence",
    "make_figure",
    "make_file",
    "make_group",
    "make_indicator",
    "make_item",
    "make_observation",
    "make_period",
    "make_plan",
    "make_source",
    "make_submission",
    "make_target",
    "make_task",
    "make_unit",
    "make_user",
    "make_world",
]
