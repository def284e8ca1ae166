"""The best way to pair two sides, each with at most one of the other, given how well some pairs fit. Pure."""

from collections.abc import Iterator, Mapping

Pair = tuple[int, int]
LARGEST = 64  # rows a group of rivals may have to be paired exactly; above it, the best pair first


def pair_up(scores: Mapping[Pair, int]) -> list[Pair]:
    """Pairs (left, right) with the largest sum of scores; a pair without a positive score is never made.

    Only rows that rival for each other are weighed against each other, so that a long table with few changes costs
    little. The result does not depend on the order of `scores`.
    """
    wanted = {pair: score for pair, score in scores.items() if score > 0}
    return sorted(pair for rivals in _rivals(wanted) for pair in _solve(rivals))


def _rivals(scores: Mapping[Pair, int]) -> Iterator[dict[Pair, int]]:
    """Scores split into groups that share no row."""
    root: dict[tuple[str, int], tuple[str, int]] = {}

    def find(node: tuple[str, int]) -> tuple[str, int]:
        while root.setdefault(node, node) != node:
            root[node] = node = root[root[node]]
        return node

    for left, right in scores:
        root[find(("left", left))] = find(("right", right))
    groups: dict[tuple[str, int], dict[Pair, int]] = {}
    for pair in sorted(scores):
        groups.setdefault(find(("left", pair[0])), {})[pair] = scores[pair]
    yield from groups.values()


def _solve(scores: dict[Pair, int]) -> list[Pair]:
    lefts, rights = sorted({left for left, _ in scores}), sorted({right for _, right in scores})
    if len(scores) == 1:
        return list(scores)
    if max(len(lefts), len(rights)) > LARGEST:
        return _best_first(scores)
    size = max(len(lefts), len(rights))
    table = [[0] * size for _ in range(size)]
    for row, left in enumerate(lefts):
        for column, right in enumerate(rights):
            table[row][column] = scores.get((left, right), 0)
    chosen = _assign(table)
    pairs = ((lefts[row], rights[column]) for row, column in chosen if row < len(lefts) and column < len(rights))
    return [pair for pair in pairs if pair in scores]


def _best_first(scores: dict[Pair, int]) -> list[Pair]:
    taken_left, taken_right, pairs = set(), set(), []
    for (left, right), _score in sorted(scores.items(), key=lambda each: (-each[1], each[0])):
        if left not in taken_left and right not in taken_right:
            taken_left.add(left)
            taken_right.add(right)
            pairs.append((left, right))
    return pairs


def _assign(table: list[list[int]]) -> list[Pair]:
    """Rows to columns of a square table with the largest sum: shortest augmenting paths (Kuhn, Munkres), n³ steps."""
    size = len(table)
    row_price, column_price = [0] * (size + 1), [0] * (size + 1)
    row_of = [0] * (size + 1)  # column → row, counted from 1; 0 is nobody
    for row in range(1, size + 1):
        _augment(row, table, row_price, column_price, row_of)
    return [(row_of[column] - 1, column - 1) for column in range(1, size + 1)]


def _augment(
    start: int, table: list[list[int]], row_price: list[int], column_price: list[int], row_of: list[int]
) -> None:
    """Give one more row a column, moving others where that costs least."""
    size = len(table)
    row_of[0], column = start, 0
    least, came_from, seen = [_FAR] * (size + 1), [0] * (size + 1), [False] * (size + 1)
    while row_of[column]:
        seen[column] = True
        row, step, nearest = row_of[column], _FAR, 0
        for each in range(1, size + 1):
            if not seen[each]:
                cost = -table[row - 1][each - 1] - row_price[row] - column_price[each]
                if cost < least[each]:
                    least[each], came_from[each] = cost, column
                if least[each] < step:
                    step, nearest = least[each], each
        for each in range(size + 1):
            if seen[each]:
                row_price[row_of[each]] += step
                column_price[each] -= step
            else:
                least[each] -= step
        column = nearest
    while column:
        row_of[column], column = row_of[came_from[column]], came_from[column]


_FAR = 1 << 60
