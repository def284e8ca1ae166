"""Draws that anybody can repeat: every choice is read off SHA-256 of the published seed, with whole numbers only."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import accumulate


def ticket(seed: str, *names: object) -> int:
    """A number of 256 bits for these names under the seed: the digits of SHA-256 over the words joined by "|"."""
    return int.from_bytes(sha256("|".join([seed, *map(str, names)]).encode()).digest(), "big")


def shuffled(items: Sequence[str], *, seed: str, label: str) -> list[str]:
    """The items in the order of their tickets: the first n are a simple random sample of n.

    `label` keeps two draws under one seed apart.
    """
    return sorted(items, key=lambda item: (ticket(seed, label, item), item))


def weighted(weights: Mapping[str, int], size: int, *, seed: str, label: str) -> list[str]:
    """Up to `size` items, one after the other, each with a chance in proportion to its weight among those left.

    Items without weight are never drawn. The k-th choice is ticket(seed, label, k) modulo the weight left, counted off
    along the items in the order of their names.
    """
    left = {item: weight for item, weight in sorted(weights.items()) if weight > 0}
    chosen: list[str] = []
    while left and len(chosen) < size:
        place = ticket(seed, label, len(chosen) + 1) % sum(left.values())
        ends = accumulate(left.values())
        found = next(item for item, end in zip(left, ends, strict=True) if place < end)
        chosen.append(found)
        del left[found]
    return chosen


def allotted(sizes: Mapping[str, int], total: int, *, least: int = 0) -> dict[str, int]:
    """`total` places spread over strata in proportion to their sizes, at least `least` each (or all, if smaller).

    Largest remainders first, ties by name; never more than a stratum holds. More than `total` in all when `least` asks.
    """
    names = sorted(sizes)
    whole = sum(sizes.values())
    total = min(total, whole)
    floor = {name: min(sizes[name], max(least, total * sizes[name] // whole)) for name in names} if whole else {}
    rest = sorted(names, key=lambda name: (-(total * sizes[name] % whole), name)) if whole else []
    missing = total - sum(floor.values())
    for name in rest:
        if missing <= 0:
            break
        if floor[name] < sizes[name]:
            floor[name] += 1
            missing -= 1
    return floor
