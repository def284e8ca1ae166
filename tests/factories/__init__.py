"""Plain functions that put real rows in place. Each takes what matters to the test and fills in the rest."""

from tests.factories.budget import make_funding, make_money, make_spending
from tests.factories.clock import NOON, TODAY
from tests.factories.evaluation import (
    make_assessor,
    make_card,
    make_content,
    make_criteria,
    make_cycle,
    make_judgement,
)
from tests.factories.indicators import make_figure, make_indicator, make_observation, make_source, make_target
from tests.factories.people import World, make_unit, make_user, make_world
from tests.factories.plans import make_document, make_file, make_group, make_item, make_plan, make_task, move_task
from tests.factories.reporting import make_duty, make_entry, make_evidence, make_period, make_submission

__all__ = [
    "NOON",
    "TODAY",
    "World",
    "make_assessor",
    "make_card",
    "make_content",
    "make_criteria",
    "make_cycle",
    "make_document",
    "make_duty",
    "make_entry",
    "make_evidence",
    "make_figure",
    "make_file",
    "make_funding",
    "make_group",
    "make_indicator",
    "make_item",
    "make_judgement",
    "make_money",
    "make_observation",
    "make_period",
    "make_plan",
    "make_source",
    "make_spending",
    "make_submission",
    "make_target",
    "make_task",
    "make_unit",
    "make_user",
    "make_world",
    "move_task",
]
