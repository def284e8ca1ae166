"""Which indicators share words with a task: the likeliest first. Pure."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from tiendo.orgs.words import fold

TELLING = 3  # letters: shorter words join others and tell nothing
COMMON = frozenset("cac cua cho tren duoc dat tinh den nam theo trong thuc hien phat trien toi thieu".split())  # noqa: SIM905


def likely_first(text: str, names: Mapping[str, str], chosen: Sequence[str]) -> list[tuple[str, str]]:
    """Choices (key, name): those chosen already, then by words in common, otherwise as they stand."""
    words = telling(text)
    scores = {key: len(words & telling(name)) for key, name in names.items()}
    order = sorted(names, key=lambda key: (key not in chosen, -scores[key]))
    return [(key, names[key]) for key in order]


def telling(text: str) -> frozenset[str]:
    """The words of a text that tell what it is about, and pairs of neighbours, folded."""
    words = [word for word in re.split(r"\W+", fold(text)) if word]
    single = {word for word in words if len(word) >= TELLING and word not in COMMON}
    pairs = {f"{one} {other}" for one, other in pairwise(words)}
    return frozenset(single | pairs)
