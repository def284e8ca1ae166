"""All figures the slow and obvious way: indicator by indicator, cell by cell, with the pure modules alone."""

from collections.abc import Iterable, Mapping, Sequence

from tiendo.indicators.courses import Line
from tiendo.indicators.figures import Cell, Known, Made, Observed, World, judged, made
from tiendo.indicators.progress import Judgement
from tiendo.indicators.reaching import Reach


def all_figures(
    reach: Reach, observed: Mapping[Cell, Sequence[Observed]], lines: Mapping[int, Sequence[Line]], *, straight: bool
) -> dict[Cell, tuple[Made, Judgement]]:
    """Every figure that follows from the lines of the ledger, with its judgement."""
    known: dict[Cell, Known] = {}
    found: dict[Cell, tuple[Made, Judgement]] = {}
    units = {rule.code: rule.unit_code for rule in reach.rules.values()}
    world = World(reach.ids, units, observed, reach.places.parts, known.get)
    for pk in sorted(reach.rules, key=reach.rank.__getitem__):
        rule = reach.rules[pk]
        for cell in reach.ordered(_asked(pk, reach, {*observed, *known})):
            figure = made(cell, rule, world)
            if figure is None:
                continue
            known[cell] = figure.known
            whole = cell.unit_id in reach.places.members and bool(rule.kinds)
            found[cell] = figure, judged(cell, rule, figure, lines.get(pk, ()), is_whole=whole, line=straight)
    return found


def _asked(pk: int, reach: Reach, there: Iterable[Cell]) -> set[Cell]:
    """The indicator's own cells, those where a side of it is known, and what follows from them within it."""
    rule, cells = reach.rules[pk], list(there)
    sides = set(reach.sides(rule))
    beside = [cell._replace(indicator_id=pk) for cell in cells if cell.indicator_id in sides]
    fitting = [cell for cell in beside if not cell.slice or cell.slice in rule.slices]
    return reach.touched([*(cell for cell in cells if cell.indicator_id == pk), *fitting], within=pk)
