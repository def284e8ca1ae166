"""Which indicators are made of which: the order in which to compute them. Pure."""

from collections.abc import Collection, Mapping
from gettext import gettext as _
from graphlib import CycleError, TopologicalSorter

from tiendo.ui.sentences import Sentence

Needs = Mapping[str, Collection[str]]  # of each computed indicator, the codes it is made of


def in_order(needs: Needs) -> list[str]:
    """Every code, those it needs before it; the same order for the same needs.

    Raises ValueError, with a sentence that names the cycle, when something would be made of itself.
    """
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for code in sorted(needs):
        sorter.add(code, *sorted(needs[code]))
    try:
        return list(sorter.static_order())
    except CycleError as cycle:
        found = list(reversed(cycle.args[1]))
        raise ValueError(_cycle(found)) from cycle


def _cycle(found: list[str]) -> Sentence:
    """Told from its first code on, so that the same cycle has the same words."""
    ring = found[:-1]
    first = ring.index(min(ring))
    turned = [*ring[first:], *ring[:first], ring[first]]
    return Sentence.of(
        _("Công thức quay vòng: {path}. Một chỉ tiêu không thể tính từ chính nó."), path=" → ".join(turned)
    )
