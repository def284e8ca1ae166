"""The figures as a table, and as the page docs/reference/performance.md. Ratios first: they travel between machines."""

import json
import sys
from pathlib import Path
from typing import Any

from bench.consolidating import section
from bench.storm_page import storm_page

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "performance.md"
HEAD = ("page", "of the empty view's rate", "aim", "p95 × empty", "requests/s at 8", "p95 at 1", "sent")


def rows(figures: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """Each figure in words, beside those of the empty view measured right after it."""
    return [
        (
            each["name"],
            part(each["rate"] / each["empty_rate"]),
            part(each["aim"]) if each["aim"] else "",
            f"{each['p95_ms'] / each['empty_p95_ms']:.1f}",
            f"{each['rate']:.{0 if each['rate'] >= 10 else 2}f}",
            f"{each['p95_ms']:.{0 if each['p95_ms'] >= 100 else 1}f} ms",
            f"{each['bytes'] / 1000:.1f} kB",
        )
        for each in figures
    ]


def part(ratio: float) -> str:
    """0.125 → "1/8"."""
    turned = 1 / ratio
    return f"1/{turned:.0f}" if turned >= 20 else f"1/{turned:.1f}".removesuffix(".0")


def table(figures: list[dict[str, Any]]) -> str:
    """For a terminal and for Markdown alike."""
    lines = [HEAD, *rows(figures)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(HEAD))]
    ruler = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    padded = [[line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])] for line in lines]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (padded[0], ruler, *padded[1:]))


def page(
    results: list[dict[str, Any]],
    storms: list[dict[str, Any]] | None = None,
    consolidating: dict[str, Any] | None = None,
) -> str:
    """The whole page, from the figures of each database, of each storm and of consolidating."""
    size, machine = results[0]["size"], results[0]["processors"]
    parts = [INTRODUCTION.format(**size, entries=size["tasks"] * size["periods"], processors=machine)]
    parts += [f"## {each['database']}\n\n{table(each['figures'])}\n" for each in results]
    parts += [storm_page(storms)] if storms else []
    parts += [section(consolidating)] if consolidating else []
    return "\n".join([*parts, LIMITS])


def main(folder: Path) -> None:
    results = [json.loads(file.read_text()) for file in sorted(folder.glob("*.json"), reverse=True)]
    storms = [json.loads(file.read_text()) for file in sorted((folder / "storm").glob("*.json"), reverse=True)]
    merging = folder / "consolidating" / "figures.json"
    PAGE.write_text(page(results, storms, json.loads(merging.read_text()) if merging.exists() else None))
    print(PAGE.relative_to(ROOT))


INTRODUCTION = """# How fast the pages are

Written by `make bench` on a machine with {processors} processor cores that the server, the database and the load
generator share. {tasks} tasks, {units} units, {entries} report entries, one release of all tasks.

The empty view is the same server with the same middleware answering two letters, measured again beside every page;
the page is shown as a part of its rate. Those parts are what to compare between machines. Rates are at eight
connections kept alive, the 95th percentile is at one; "sent" is one answer as it travels, compressed where it is.
"""
LIMITS = """## What limits them

- The first row compares the empty view with itself: what it differs from 1/1 is the noise of the machine.
- A request goes through middleware and view in one thread of a small pool, and SQLite's connections are kept. Left to
  itself the framework crosses between event loop and threads at every middleware; the empty view then costs nearly
  three times as much.
- The overview and a task list are written once for all who see the same tasks and ask the same, until the log tells of
  anything but a draft. A question nobody has asked before, and a task's page, are written anew: their time goes into
  templates and the object mapper of one Python process, hardly into the database, which answers all the questions of
  such a page in a few milliseconds.
- A released page is made once for its release, language and address. A task nobody has looked at yet is the slow row.
- A save waits for its turn at the head of the log, and on PostgreSQL for the disk.
- The streamed CSV holds five hundred rows at a time, so its memory does not grow with the list; its time does.
"""

if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var" / "bench")
