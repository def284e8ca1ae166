"""Near-identical texts among thousands, without holding each against each. Pure.

Texts are folded words (`orgs.words.fold`). Two are alike when the edits between them (letters put in or taken out) are
few beside their joint length. To find candidates for one text among many stored ones, each carries its length, its
first and its last letters: a copy with a figure or a name changed keeps its beginning or its end. To sort many texts
that several offices wrote in their own words into groups, they are looked up by their rarest pairs of words.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from heapq import nsmallest
from itertools import pairwise

from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import ratio

EDGE = 24  # letters kept of each end
NEAREST = 10  # so many candidates are read in full for each text
GROUP_ALIKE = 72  # percent from which two obstacles told by different offices are shown as one
RAREST = 10  # pairs of words by which a text is looked up
MOST_READ = 80  # representatives read in full for one text


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


@dataclass(frozen=True)
class Alike:
    """Texts that say nearly the same: the first given speaks for them; each place with how alike it is to that one.

    Places are positions in what was given, likeness is 0 to 100; the representative stands first with 100.
    """

    members: tuple[tuple[int, int], ...]


def alike_groups(texts: Sequence[str], *, alike: int = GROUP_ALIKE) -> list[Alike]:
    """Groups of two and more near-duplicate folded texts, the largest first.

    Each text joins the representative it is most like (the share of letters left in place once the words are put in
    order, so that a changed order of clauses does not part two texts), else it becomes a representative itself. No
    chains grow: every member is alike to the one that speaks for its group. Given the same texts in the same order,
    the answer is the same; who comes first speaks, so give the oldest first.

    Candidates share one of the text's rarest pairs of neighbouring words, the most shared pairs first, and at most
    MOST_READ are read: the work grows with the number of texts, not with its square.
    """
    pairs = [_pairs(text) for text in texts]
    spread = Counter(pair for found in pairs for pair in found)
    ordered = [" ".join(sorted(text.split())) for text in texts]
    holding: dict[str, list[int]] = defaultdict(list)
    members: dict[int, list[tuple[int, int]]] = {}
    for at, found in enumerate(pairs):
        best, score = _best(at, _candidates(found, spread, holding), ordered, alike)
        if best is not None:
            members[best].append((at, score))
            continue
        members[at] = [(at, 100)]
        for pair in found:
            holding[pair].append(at)
    groups = [Alike(tuple(group)) for group in members.values() if len(group) > 1]
    return sorted(groups, key=lambda group: (-len(group.members), group.members[0][0]))


def _pairs(text: str) -> frozenset[str]:
    """Neighbouring words; a text of one word is its own pair."""
    words = text.split()
    return frozenset(f"{one} {other}" for one, other in pairwise(words)) or frozenset(words)


def _candidates(found: Set[str], spread: Mapping[str, int], holding: Mapping[str, Sequence[int]]) -> list[int]:
    """Representatives that share the rarest pairs, those sharing most of them first."""
    known = sorted((pair for pair in found if pair in holding), key=lambda pair: (spread[pair], pair))[:RAREST]
    shared = Counter(at for pair in known for at in holding[pair][:MOST_READ])
    return nsmallest(MOST_READ, shared, key=lambda at: (-shared[at], at))


def _best(at: int, candidates: Iterable[int], ordered: Sequence[str], alike: int) -> tuple[int | None, int]:
    """The representative most like the text, and how alike in whole percent; the first of equals."""
    best, score = None, 0.0
    for other in candidates:
        found = ratio(ordered[at], ordered[other], score_cutoff=max(alike, score))
        if found >= alike and found > score:
            best, score = other, found
    return best, int(score)
