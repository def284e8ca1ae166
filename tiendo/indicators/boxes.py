"""Many cells named in few words: boxes that hold all of them and little else. Pure."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from tiendo.indicators.figures import Cell

MOST_NAMED = 500  # names a question lists one by one; of more, all are asked for
MOST_BOXES = 24  # parts of one question; beyond, a few rows too many cost less


class Box(NamedTuple):
    """Every cell whose four parts are each among these, in the order of a `Cell`."""

    indicators: frozenset[int]
    units: frozenset[int]
    periods: frozenset[str]
    slices: frozenset[str]


def boxes(cells: Collection[Cell]) -> list[Box]:
    """What holds all these cells: what is asked of one period apart from the others, of many units apart from few."""
    wide = _wide(cells)
    found = _one_of_slices(_one_of_periods(_around(some) for some in _by_moment(cells, wide)))
    if len(found) <= MOST_BOXES:
        return found
    return [_around(some) for some in (wide, set(cells) - wide) if some]


def _wide(cells: Iterable[Cell]) -> set[Cell]:
    """Those of more units than a question lists: beside them, an indicator of few units would be read of all."""
    places: dict[tuple[int, str, str], list[Cell]] = {}
    for cell in cells:
        places.setdefault((cell.indicator_id, cell.period, cell.slice), []).append(cell)
    return {cell for group in places.values() if len(group) > MOST_NAMED for cell in group}


def _by_moment(cells: Iterable[Cell], wide: Collection[Cell]) -> Iterator[list[Cell]]:
    found: dict[tuple[str, str, bool], list[Cell]] = {}
    for cell in cells:
        found.setdefault((cell.period, cell.slice, cell in wide), []).append(cell)
    yield from found.values()


def _around(cells: Iterable[Cell]) -> Box:
    return Box(*(frozenset(names) for names in zip(*cells, strict=True)))


def _one_of_periods(found: Iterable[Box]) -> list[Box]:
    """Boxes that differ in their periods alone become one."""
    alike: dict[Box, set[str]] = {}
    for box in found:
        alike.setdefault(box._replace(periods=frozenset()), set()).update(box.periods)
    return [box._replace(periods=frozenset(periods)) for box, periods in alike.items()]


def _one_of_slices(found: Iterable[Box]) -> list[Box]:
    """Boxes that differ in their slices alone become one."""
    alike: dict[Box, set[str]] = {}
    for box in found:
        alike.setdefault(box._replace(slices=frozenset()), set()).update(box.slices)
    return [box._replace(slices=frozenset(slices)) for box, slices in alike.items()]
