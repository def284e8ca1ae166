"""Tasks that several documents set in nearly the same words. Pure.

Two sentences of one frame about different things ("xây dựng cơ sở dữ liệu đất đai", "… dân cư") are mostly the same
letters. So likeness is asked twice: of the letters, and of the words that were exchanged for others, weighed by how
rare they are among all tasks. Words merely added tell less: twins are often cut short, or say more exactly where.
"""

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from tiendo.orgs.words import fold

LIKELY = 88  # so alike (0 to 100) two tasks may be one
EXCHANGED = 3.0  # how much each percent of exchanged words counts against two tasks
MOST = 5  # twins named for one task
RAREST = 8  # pairs of words by which a task is looked up
COMMON = 60  # tasks a pair of words may stand in and still tell anything
FEWEST_WORDS = 4  # shorter texts say too little to be the same by chance
DATES = re.compile(r"\b\d{1,2} \d{1,2} \d{4}\b")  # folded: 30/6/2025 is "30 6 2025"


@dataclass(frozen=True)
class Said:
    """A task's words; `ref` names it, `home` the plan or file it is of: twins are sought in other homes."""

    ref: str
    text: str
    home: str = ""


@dataclass(frozen=True)
class Twin:
    ref: str
    score: int


class Twins:
    """Every task that may be the twin of another, indexed once."""

    def __init__(self, known: Iterable[Said]) -> None:
        self._known = list(known)
        self._words = [_words(said.text) for said in self._known]
        self._letters = [" ".join(words) for words in self._words]
        self._spread = Counter(word for words in self._words for word in set(words))
        self._holding: dict[str, list[int]] = defaultdict(list)
        for at, words in enumerate(self._words):
            for pair in set(_pairs(words)):
                self._holding[pair].append(at)

    def of(self, asked: Said) -> list[Twin]:
        """Likely twins of a task in other homes, likeliest first; at most MOST."""
        words = _words(asked.text)
        if len(words) < FEWEST_WORDS:
            return []
        found = [
            Twin(self._known[at].ref, score)
            for at in self._candidates(words)
            if self._known[at].home != asked.home and (score := self._score(words, at)) >= LIKELY
        ]
        return sorted(found, key=lambda twin: (-twin.score, twin.ref))[:MOST]

    def _candidates(self, words: Sequence[str]) -> set[int]:
        """Tasks that hold one of the rarest pairs of words."""
        held = [self._holding[pair] for pair in set(_pairs(words)) if pair in self._holding]
        held.sort(key=lambda places: (len(places), places[0]))
        return {at for places in held[:RAREST] for at in places[:COMMON]}

    def _score(self, words: Sequence[str], at: int) -> int:
        letters = fuzz.ratio(" ".join(words), self._letters[at], score_cutoff=LIKELY)
        if not letters or _numbers_differ(words, self._words[at]):
            return 0
        return max(0, round(min(letters, 100 - EXCHANGED * self._exchanged(words, self._words[at]))))

    def _exchanged(self, one: Sequence[str], other: Sequence[str]) -> float:
        """Percent of the weight of a task that stands in words put in the place of others, not merely added."""
        mine, theirs = Counter(one), Counter(other)
        return 200 * min(self._sum(mine - theirs), self._sum(theirs - mine)) / self._sum(mine + theirs)

    def _sum(self, words: Counter[str]) -> float:
        return sum(self._weight(word) * count for word, count in words.items())

    def _weight(self, word: str) -> float:
        return 1.0 + math.log((1 + len(self._known)) / (1 + self._spread[word]))


def find_twins(asked: Sequence[Said], known: Iterable[Said]) -> Mapping[str, list[Twin]]:
    """Ref of each task asked for → its likely twins, among `known` and among the others asked for."""
    among = [*known, *(Said(each.ref, each.text, f"{each.home}\0{each.ref}") for each in asked)]
    twins = Twins(among)
    found: dict[str, list[Twin]] = {}
    for each in asked:
        others = twins.of(Said(each.ref, each.text, f"{each.home}\0{each.ref}"))
        if others:
            found[each.ref] = others
    return found


def _words(text: str) -> list[str]:
    """Folded words; days are left out, for twins may well have different ones."""
    return DATES.sub(" ", fold(text)).split()


def _pairs(words: Sequence[str]) -> Iterable[str]:
    return (f"{one} {other}" for one, other in itertools.pairwise(words))


def _numbers_differ(one: Sequence[str], other: Sequence[str]) -> bool:
    """Each has a number the other has not: reports for two years, stages of one programme."""
    mine, theirs = ({word for word in words if word.isdecimal()} for words in (one, other))
    return bool(mine - theirs) and bool(theirs - mine)
