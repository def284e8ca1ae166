"""`python -m bench.reading`: how well and how fast documents are read. No database; writes docs/reference/reading.md.

`--misses FILE` also writes every value that is not as expected, `--score-only` leaves the speed out and writes no page.
"""

import argparse
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.reading_page import page
from bench.reading_speed import speeds
from bench.scoring import Count, Score, score
from tiendo.intake.extraction.reading import read_document
from tiendo.intake.reading import Unreadable

ROOT = Path(__file__).parents[1]
DOCUMENTS = ROOT / "tests" / "documents"
PAGE = ROOT / "docs" / "reference" / "reading.md"
EMPTY = {
    "document": {
        **dict.fromkeys(("kind", "symbol", "number", "issuer", "place", "issued_on", "title")),
        "signer": {"capacity": None, "name": None},
        "recipients": [],
    },
    **{name: [] for name in ("tasks", "indicators", "targets", "deadlines", "references", "annexes")},
}


@dataclass(frozen=True)
class Judged:
    """One file and how well it was read; `refusal` when it was not read at all."""

    name: str
    score: Score
    refusal: str | None = None


def files(folder: Path = DOCUMENTS) -> Iterator[tuple[Path, Path]]:
    """Each document and its expected reading, by name."""
    for truth in sorted(folder.glob("*.gold.json")):
        stem = truth.name.removesuffix(".gold.json")
        for document in sorted(folder.glob(f"{stem}.*")):
            if document != truth:
                yield document, truth


def judge(document: Path, truth: Path) -> Judged:
    """Read one file and compare. A file that is refused scores as one that says nothing."""
    expected = json.loads(truth.read_text(encoding="utf-8"))
    try:
        reading = read_document(document.read_bytes(), document.name)
    except Unreadable as refusal:
        return Judged(document.name, score(expected, EMPTY), str(refusal))
    return Judged(document.name, score(expected, reading))


def totals(judged: list[Judged]) -> dict[str, Count]:
    """The counts of all files by field."""
    sums: dict[str, Count] = {}
    for each in judged:
        for name, count in each.score.counts.items():
            total = sums.setdefault(name, Count())
            total += count
    return sums


def misses(judged: list[Judged]) -> Iterator[str]:
    """Every value that is not as expected, one a line: field, file, row, expected, got."""
    lines = [
        f"{miss.field}\t{each.name}\t{miss.where}\texpected {miss.expected!r}\tgot {miss.got!r}"
        for each in judged
        if not each.refusal
        for miss in each.score.misses
    ]
    yield from (f"not read\t{each.name}\t{each.refusal}" for each in judged if each.refusal)
    yield from sorted(lines)


def table(judged: list[Judged]) -> Iterator[str]:
    """Per file and per field, for the terminal."""
    for each in judged:
        counts = each.score.counts
        rows = counts["task rows"].expected + counts["indicator rows"].expected
        cells = [f"{name} {_ratio(count)}" for name, count in counts.items() if count.expected or count.given]
        yield f"{each.name:36} {rows:4} rows  {each.refusal or ', '.join(cells)}"
    yield ""
    for name, count in totals(judged).items():
        yield (
            f"{name:18} precision {count.precision:.4f}  recall {count.recall:.4f}  "
            f"invented {count.invented:3}  ({count.right} of {count.expected})"
        )


def _ratio(count: Count) -> str:
    invented = f" +{count.invented}!" if count.invented else ""
    return f"{count.precision:.2f}/{count.recall:.2f}{invented}"


def main() -> None:
    """Score, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", type=Path)
    parser.add_argument("--score-only", action="store_true")
    options = parser.parse_args()
    judged = [judge(document, truth) for document, truth in files()]
    print("\n".join(table(judged)))
    if options.misses:
        options.misses.write_text("\n".join(misses(judged)) + "\n", encoding="utf-8")
    if not options.score_only:
        measured = list(speeds())
        scores = [(each.name, each.score) for each in judged]
        PAGE.write_text(page(scores, totals(judged), measured, os.cpu_count() or 1), encoding="utf-8")
        print(f"\n{PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
