"""The page docs/reference/reading.md: how well and how fast documents are read."""

from collections.abc import Iterable, Sequence

from bench.reading_speed import Speed
from bench.scoring import Count, Miss, Score

# Columns of the table by file: what people look for first, each from one or two fields.
COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("rows", ("task rows", "indicator rows")),
    ("titles", ("titles", "indicator names")),
    ("products", ("products",)),
    ("deadlines", ("deadlines", "prose deadlines")),
    ("agencies", ("agencies",)),
    ("targets", ("targets", "prose targets")),
    ("document", ("facts", "references", "annexes")),
)
AIMS = {"agencies": 0.97, "targets": 0.97, "prose targets": 0.97}
AIM = 0.99
INTRODUCTION = """# How well documents are read

Written by `make bench` (`python -m bench.reading` alone, without a database). The files in `tests/documents` are ours,
written in the manner of real ones; beside each stands what a clerk reads from it, `<name>.gold.json`, and several
files of one name must read to the same. {files} files, {rows} rows of tasks and indicators.

Precision is what is right among the values given, recall what is right among those expected. A value is **invented**
when the document has none there, or when its whole row, target or reference does not exist. Rows are paired by their
words, then compared field by field after Unicode composition and folding of spaces; a deadline is right only when its
kind, last good day, first day, recurrence and "before" all are.

The readers were mended while this set grew, so these figures say what is not lost again, not what any new document
will give: read a document of your own before you trust them, and add it here.
"""
ADDING = """## To add a document

1. Write a module in `tests/documents/sources/`: the parts of the document, and in marks that are not printed what each
   agency, deadline and target means. `tests/documents/making/model.py` lists the marks. Write what a clerk would say,
   before you look at what the program says.
2. `.venv/bin/python -m tests.documents.build <name>` makes the files and the expected reading (LibreOffice and poppler
   are needed for some formats). Commit them: the tests do not make them anew.
3. `.venv/bin/python -m bench.reading --score-only --misses misses.txt` shows what is read otherwise.
   `tests/documents/test_gold.py` holds the floor.

A file from elsewhere needs no module: put it beside a `<name>.gold.json` written by hand.
"""


def page(
    scores: Sequence[tuple[str, Score]], totals: dict[str, Count], speeds: Sequence[Speed], processors: int
) -> str:
    """The whole page."""
    rows = sum(totals[name].expected for name in ("task rows", "indicator rows") if name in totals)
    parts = [
        INTRODUCTION.format(files=len(scores), rows=rows),
        "## By field\n\n" + table(_fields(totals)),
        "## By file\n\nPrecision / recall; a dash where the document has nothing of the kind.\n\n"
        + table(_files(scores)),
        "## What is read otherwise than expected\n\n" + _misses(scores),
        f"## How fast\n\nOn a machine with {processors} processor cores. {SPEED}\n" + table(_speeds(speeds)),
        ADDING,
    ]
    return "\n".join(parts)


SPEED = """The words alone are what the library of the format gives, the
blocks are words with their places, tables put together; the whole reading says what they mean. The ratio travels
between machines, the seconds do not.
"""


def table(rows: Iterable[Sequence[str]]) -> str:
    """For a terminal and for Markdown alike; the first row is the head, the first column stands left."""
    lines = [list(row) for row in rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    ruler = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    padded = [[line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])] for line in lines]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (padded[0], ruler, *padded[1:])) + "\n"


def _fields(totals: dict[str, Count]) -> Iterable[Sequence[str]]:
    yield ("field", "right", "expected", "precision", "recall", "aim", "invented")
    for name, count in totals.items():
        yield (
            name, str(count.right), str(count.expected), f"{count.precision:.4f}", f"{count.recall:.4f}",
            f"{AIMS.get(name, AIM)}", str(count.invented),
        )  # fmt: skip


def _files(scores: Sequence[tuple[str, Score]]) -> Iterable[Sequence[str]]:
    yield ("file", *(name for name, _fields in COLUMNS), "invented")
    for name, score in scores:
        invented = sum(count.invented for count in score.counts.values())
        yield (name, *(_cell(score, fields) for _name, fields in COLUMNS), str(invented))


def _cell(score: Score, fields: Sequence[str]) -> str:
    count = Count()
    for name in fields:
        count += score.counts.get(name, Count())
    return f"{count.precision:.2f} / {count.recall:.2f}" if count.expected or count.given else "–"


def _misses(scores: Sequence[tuple[str, Score]]) -> str:
    lines = [f"- {name}: {_miss(miss)}" for name, score in scores for miss in score.misses]
    return "\n".join(lines) + "\n" if lines else "Nothing.\n"


def _miss(miss: Miss) -> str:
    where = f"{miss.field}, {miss.where}" if miss.where else miss.field
    return f"{where}: expected `{miss.expected}`, read `{miss.got}`"


def _speeds(speeds: Sequence[Speed]) -> Iterable[Sequence[str]]:
    yield ("file", "words alone", "blocks", "whole", "whole : words", "rows or pages/s", "memory", "tasks found")
    for each in speeds:
        if each.refusal:
            yield (each.name, "–", "–", "refused", "–", "–", f"{each.memory} MB", each.refusal)
        else:
            yield (
                each.name, f"{each.words:.3f} s", f"{each.blocks:.2f} s", f"{each.whole:.2f} s",
                f"{each.whole / each.words:.0f}", f"{each.size / each.whole:.0f} {each.unit}/s", f"{each.memory} MB",
                str(each.found),
            )  # fmt: skip
