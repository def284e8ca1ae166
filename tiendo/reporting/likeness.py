"""Near-identical texts among thousands, without holding each against each. Pure.

Texts are folded words (`orgs.words.fold`). Two are alike when the edits between them (letters put in or taken out) are
few beside their joint length. To find candidates among many, each text carries its length, its first and its last
letters: a copy with a figure or a name changed keeps its beginning or its end.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest

from rapidfuzz.distance import Indel

EDGE = 24  # letters kept of each end
NEAREST = 10  # so many candidates are read in full for each text


@dataclass(frozen=True)
class Edges:
    """What is kept of a folded text, to be looked up by."""

    length: int
    head: str
    tail: str


@dataclass(frozen=True)
class Candidate:
    """Another text by its number, still unread."""

    pk: int
    edges: Edges


def edges_of(folded: str) -> Edges:
    return Edges(len(folded), folded[:EDGE], folded[-EDGE:])


def is_alike(one: str, other: str, alike: int) -> bool:
    """Whether two folded texts are at least `alike` percent the same; exactly that much counts.

    2 letters changed of 20 are 4 edits of 40: 90 percent the same.
    """
    total = len(one) + len(other)
    allowed = (100 - alike) * total // 100
    return Indel.distance(one, other, score_cutoff=allowed) <= allowed


def nearest(mine: Edges, candidates: Iterable[Candidate], *, alike: int) -> list[int]:
    """Numbers of the candidates worth reading: an end in common, of a length that can be alike.

    Those with both ends in common come first, then those of the nearest length: where everybody begins with the same
    words of an official paper, a beginning alone says little.
    """
    fit = {
        (2 - common, abs(other.edges.length - mine.length), other.pk)
        for other in candidates
        if _can_be(mine.length, other.edges.length, alike)
        and (common := (other.edges.head == mine.head) + (other.edges.tail == mine.tail))
    }
    return [pk for _ends, _apart, pk in nsmallest(NEAREST, fit)]


def _can_be(mine: int, other: int, alike: int) -> bool:
    """The difference of lengths alone is so many edits."""
    return 100 * abs(mine - other) <= (100 - alike) * (mine + other)
