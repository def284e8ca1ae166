"""How near a reading comes to what a clerk reads: rows aligned, values compared, invented values counted. Pure.

Precision is what is right among the values given, recall what is right among the values expected. A value is invented
when the expected reading has none there, or when its whole row, target or reference does not exist.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.fuzz import partial_ratio, ratio

ALIKE = 55  # of 100: two rows or quotes less alike than this are not the same one
DUE_KEYS = ("kind", "on", "from", "rrule", "before")
PART_KEYS = ("comparator", "value", "value_to")
FACTS = ("kind", "symbol", "number", "issuer", "place", "issued_on", "title")
Entry = Mapping[str, Any]


@dataclass
class Count:
    """Values of one field in one file."""

    right: int = 0
    given: int = 0
    expected: int = 0
    invented: int = 0

    def __iadd__(self, other: "Count") -> "Count":
        self.right += other.right
        self.given += other.given
        self.expected += other.expected
        self.invented += other.invented
        return self

    @property
    def precision(self) -> float:
        """1 when nothing was given."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """1 when nothing was expected."""
        return self.right / self.expected if self.expected else 1.0


@dataclass(frozen=True)
class Miss:
    """One value that is not as expected."""

    field: str
    where: str
    expected: Any
    got: Any


@dataclass
class Score:
    """Counts by field, and every miss."""

    counts: dict[str, Count] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def of(self, name: str) -> Count:
        """The count of one field, begun when it is asked for the first time."""
        return self.counts.setdefault(name, Count())

    def value(self, name: str, where: str, expected: Any, got: Any) -> None:
        """Compare one value; None on either side is "not given"."""
        count = self.of(name)
        count.expected += expected is not None
        count.given += got is not None
        count.right += expected is not None and expected == got
        count.invented += expected is None and got is not None
        if expected != got:
            self.misses.append(Miss(name, where, expected, got))

    def several(self, name: str, where: str, expected: Sequence[Any], got: Sequence[Any]) -> None:
        """Compare two lists, whatever their order; each value counts once. All of a list is invented where none is."""
        right = sum((Counter(expected) & Counter(got)).values())
        count = self.of(name)
        count.expected += len(expected)
        count.given += len(got)
        count.right += right
        count.invented += 0 if expected else len(got)
        if right != len(expected) or right != len(got):
            self.misses.append(Miss(name, where, list(expected), list(got)))


def folded(text: Any) -> Any:
    """Composed letters and single spaces; anything but a text stays as it is."""
    return " ".join(unicodedata.normalize("NFC", text).split()) or None if isinstance(text, str) else text


def score(expected: Entry, reading: Entry) -> Score:
    """Compare a whole reading with a whole expectation."""
    result = Score()
    _document(result, expected["document"], reading["document"])
    _rows(result, "task rows", expected["tasks"], reading["tasks"], "title", _task)
    _rows(result, "indicator rows", expected["indicators"], reading["indicators"], "name", _indicator)
    _rows(result, "prose targets", expected["targets"], reading["targets"], "quote", _prose_target)
    _rows(result, "prose deadlines", expected["deadlines"], reading["deadlines"], "quote", _prose_deadline)
    _extras(result, "references", expected["references"], [each["number"] for each in reading["references"]])
    _extras(result, "annexes", [*map(_annex, expected["annexes"])], [*map(_annex, reading["annexes"])])
    return result


def _extras(result: Score, name: str, expected: Sequence[str], got: Sequence[str]) -> None:
    """Lists in which each value stands by itself: one too many is invented."""
    result.several(name, "", expected, got)
    result.of(name).invented = sum((Counter(got) - Counter(expected)).values())


def _annex(entry: Entry) -> str:
    label = re.sub(r"(?<=\s)0+(?=\d)", "", entry["label"])
    return f"{label}: {'present' if entry['present'] else 'missing'}"


def _document(result: Score, expected: Entry, got: Entry) -> None:
    for key in FACTS:
        result.value("facts", key, folded(expected[key]), folded(got[key]))
    for key in ("capacity", "name"):
        result.value("facts", f"signer {key}", folded(expected["signer"][key]), folded(got["signer"][key]))
    result.several("facts", "recipients", [*map(folded, expected["recipients"])], [*map(folded, got["recipients"])])


def _rows(
    result: Score,
    name: str,
    expected: Sequence[Entry],
    got: Sequence[Entry],
    key: str,
    compare: Callable[[Score, str, Entry, Entry], None],
) -> None:
    """Pair the rows that are most alike, compare each pair, and count what stays alone."""
    pairs = align(expected, got, key)
    count = result.of(name)
    count.expected, count.given, count.right = len(expected), len(got), len(pairs)
    count.invented = len(got) - len(pairs)
    for left, right in pairs:
        compare(result, f"{expected[left].get('number') or left + 1}", expected[left], got[right])
    for index in sorted(set(range(len(expected))) - {left for left, _ in pairs}):
        result.misses.append(Miss(name, str(index + 1), _short(expected[index], key), None))
        unread = Score(result.counts)  # its values count as missing; one line says so
        compare(unread, f"{index + 1}", expected[index], NOTHING)
    for index in sorted(set(range(len(got))) - {right for _, right in pairs}):
        result.misses.append(Miss(name, str(index + 1), None, _short(got[index], key)))


def _short(entry: Entry, key: str) -> str:
    return f"{entry.get('number') or ''} {entry[key]}".strip()


def align(expected: Sequence[Entry], got: Sequence[Entry], key: str) -> list[tuple[int, int]]:
    """Pairs of rows, the most alike first; equal numbers (in prose: values), then nearness, decide between the like."""
    left, right = ([str(folded(entry[key]) or "") for entry in rows] for rows in (expected, got))
    # One sentence may set several targets: then the quote of each is a part of it, and the value tells them apart.
    alike, decides = (partial_ratio, "value") if key == "quote" else (ratio, "number")
    ranked: list[tuple[float, int, int, int]] = []
    for i, mine in enumerate(left):
        for j, theirs in enumerate(right):
            likeness = 100.0 if mine == theirs else alike(mine, theirs, score_cutoff=ALIKE)
            if likeness or (not mine and not theirs):
                same = expected[i].get(decides) == got[j].get(decides)
                ranked.append((-likeness - 5 * same, abs(i - j), i, j))
    pairs: dict[int, int] = {}
    for _likeness, _apart, i, j in sorted(ranked):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return sorted(pairs.items())


NO_DUE = {"kind": "missing", "on": None, "from": None, "rrule": None, "before": False}
NOTHING: Entry = {
    "number": None, "title": None, "group": None, "product": None, "due": NO_DUE, "lead": [], "coordinating": [],
    "name": None, "unit_text": None, "target": {"parts": []}, "horizon": None, "quote": None,
    "comparator": None, "value": None, "value_to": None, "unit": None, "firm": None,
}  # fmt: skip


def _task(result: Score, where: str, expected: Entry, got: Entry) -> None:
    for name, key in (("titles", "title"), ("numbers", "number"), ("groups", "group"), ("products", "product")):
        result.value(name, where, folded(expected[key]), folded(got[key]))
    result.value("deadlines", where, _due(expected["due"]), _due(got["due"]))
    _agencies(result, f"{where} lead", expected["lead"], got["lead"])
    _agencies(result, f"{where} coordinating", expected["coordinating"], got["coordinating"])


def _due(entry: Entry) -> tuple[Any, ...] | None:
    """Every part of a deadline that is read, or None where none is set."""
    return None if entry["kind"] == "missing" else tuple(entry[key] for key in DUE_KEYS)


def _agencies(result: Score, where: str, expected: Iterable[Entry], got: Iterable[Entry]) -> None:
    mine, theirs = ([(folded(each["text"]), each["unit"]) for each in rows] for rows in (expected, got))
    result.several("agencies", where, mine, theirs)
    unknown = {text for text, unit in mine if unit is None}
    result.of("agencies").invented += sum(text in unknown and unit is not None for text, unit in theirs)


def _indicator(result: Score, where: str, expected: Entry, got: Entry) -> None:
    for name, key in (
        ("indicator names", "name"),
        ("numbers", "number"),
        ("units of measure", "unit_text"),
        ("horizons", "horizon"),
    ):
        result.value(name, where, folded(expected[key]), folded(got[key]))
    parts = got["target"]["parts"]
    wanted = [_part(part, part["basis"]) for part in expected["target"]["parts"]]
    with_basis = any(part["basis"] for part in expected["target"]["parts"])
    result.several("targets", where, wanted, [_part(part, part["basis"] if with_basis else None) for part in parts])
    _agencies(result, f"{where} lead", expected["lead"], got["lead"])


def _part(part: Entry, basis: str | None) -> tuple[Any, ...]:
    """A threshold; what it is measured against counts only where the cell names several."""
    return (*(part[key] for key in PART_KEYS), folded(basis))


def _prose_target(result: Score, where: str, expected: Entry, got: Entry) -> None:
    mine = (*(expected[key] for key in PART_KEYS), expected["firm"], expected["on"])
    due = got.get("due")
    theirs = (*(got[key] for key in PART_KEYS), got["firm"], due["on"] if due else None)
    unit, read = folded(expected["unit"]), folded(got["unit"])
    unlike = unit and read and not (unit.startswith(read) or read.startswith(unit))
    result.value(
        "targets", f"prose {where}", (*mine, unit), None if got is NOTHING else (*theirs, read if unlike else unit)
    )


def _prose_deadline(result: Score, where: str, expected: Entry, got: Entry) -> None:
    result.value("deadlines", f"prose {where}", _due(expected["due"]), None if got is NOTHING else _due(got["due"]))
