"""Every figure of a copy worked out anew in staged SQL: values, rollups, progress, state, distance.

The same rows as `indicators.actions.refreshing.refresh_all` comes to, but for figures by a formula, which are taken as
the working database computed them. What differs is told; only `refreshing` writes figures.
"""

from collections.abc import Iterator

from django.conf import settings

from tiendo.indicators.figures import Cell
from tiendo.warehouse import stages
from tiendo.warehouse.engine import Connection
from tiendo.warehouse.rules import prepare_rules
from tiendo.warehouse.stages import Stage

ROLLED = ("sides", "of_sides", "over_units", "over_units_weighted", "over_units_ratio", "of_sides", "over_time",
          "over_time_weighted")  # fmt: skip
JUDGED = ("aims", "courses", "points", "days", "standards")
PARTS = "unit_id NOT IN (SELECT whole_id FROM members)"  # a whole is first made from its parts, then from its sides


def recompute(connection: Connection) -> list[Stage]:
    """From the tables of a copy to the table `judged`: one row a figure, as `sql/judged.sql` says."""
    stages.prepare(connection)
    levels = prepare_rules(connection)
    done = stages.run(connection, ("expected", "known"))
    for level in range(levels):
        done += roll_level(connection, level)
    done += stages.run(connection, JUDGED)
    done += stages.run(connection, ("heights",), wanted=str(settings.TIENDO_STRAIGHT_PATH).lower())
    return done + stages.run(connection, ("cells", "judged"))


def roll_level(connection: Connection, level: int) -> list[Stage]:
    """What follows for indicators that need only those of lower levels."""
    done: list[Stage] = []
    for place, name in enumerate(ROLLED):
        which = PARTS if place < ROLLED.index("over_units") else "true"
        done += stages.run(connection, (name,), level=str(level), which=which)
    return done


def differing(connection: Connection) -> Iterator[Cell]:
    """The cells whose figure in the copy is not the one worked out here, or is there on one side only."""
    rows = connection.execute(stages.text_of("differing")).fetchall()
    return (Cell(*row) for row in rows)
