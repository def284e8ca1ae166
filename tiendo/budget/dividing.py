"""Amounts confirmed without their sources that gave way to sources told one by one, and what these leave unexplained.

From the first confirmed source on the sources are the official number (money told twice would count twice), so the
official sum may fall though nothing was spent less. Finance and the unit are shown what is missing until it is told.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Q

from tiendo.budget.models import MoneyLine, MoneyQuerySet
from tiendo.budget.money import Divided, Kind
from tiendo.budget.shipped import UNSPLIT

Part = tuple[int, int, int]  # task, unit, year
Key = tuple[Part, str]  # and kind of money


def short_of(lines: MoneyQuerySet) -> dict[Part, list[Divided]]:
    """`divided_short` of the lines one may see; one query, which touches only tasks where it can matter."""
    replaced = lines.filter(state=MoneyLine.State.CONFIRMED, source__code=UNSPLIT, is_current=False)
    rows = lines.filter(Q(is_current=True) | Q(pk__in=replaced), task__in=replaced.values("task"))
    return divided_short(rows.select_related("source").order_by("number"))


def divided_short(lines: Iterable[MoneyLine]) -> dict[Part, list[Divided]]:
    """Of each part the amounts whose sources do not make up what was confirmed without them.

    `lines` come with their sources, the oldest first; of the undivided amounts the one confirmed last counts.
    """
    wholes, told = _wholes_and_parts(lines)
    found: dict[Part, list[Divided]] = defaultdict(list)
    for (part, kind), whole in wholes.items():
        divided = Divided(Kind(kind), whole.amount, sum((line.amount for line in told[part, kind]), Decimal(0)))
        if told[part, kind] and divided.missing:
            found[part].append(divided)
    return dict(found)


def gave_way(lines: Iterable[MoneyLine]) -> frozenset[int]:
    """Keys of the undivided lines whose place was taken by lines of sources."""
    wholes, told = _wholes_and_parts(lines)
    return frozenset(whole.pk for key, whole in wholes.items() if told[key])


def _wholes_and_parts(lines: Iterable[MoneyLine]) -> tuple[dict[Key, MoneyLine], dict[Key, list[MoneyLine]]]:
    """The undivided line confirmed last, and the current lines of sources, of each part and kind of money."""
    wholes: dict[Key, MoneyLine] = {}
    told: dict[Key, list[MoneyLine]] = defaultdict(list)
    for line in lines:
        key = ((line.task_id, line.unit_id, line.year), line.kind)
        if line.state == MoneyLine.State.CONFIRMED and line.source.code == UNSPLIT:
            wholes[key] = line
        elif line.is_current:
            told[key].append(line)
    return wholes, told
