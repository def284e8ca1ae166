"""The figures of `bench.measuring` as the page docs/reference/measuring-performance.md. Ratios first: they travel."""

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "measuring-performance.md"
GROUPS = {
    "values chosen from the ledger": ("known",),
    "rollups over units and time, ratios": (
        "expected", "sides", "of_sides", "over_units", "over_units_weighted", "over_units_ratio", "over_time",
        "over_time_weighted",
    ),
    "targets and standards": ("aims", "courses", "points", "days", "standards", "heights"),
    "progress, state, distance": ("cells", "judged"),
    "scores and ranks": ("readings", "earned", "scores", "ranks"),
    "rank intervals, 1000 drawings": ("draws", "cards_wide", "draws_wide", "drawn", "intervals"),
}  # fmt: skip
LIMIT = 1.0  # seconds in which a new value must have reached everything that depends on it


def page(results: list[dict[str, Any]]) -> str:
    """The whole page, from the figures of each database."""
    first = results[0]
    head = INTRODUCTION.format(**first["size"], observations=first["observations"], processors=first["processors"])
    same = all(each["sums"] == first["sums"] for each in results)
    parts = [head, *(_section(each) for each in results)]
    if len(results) > 1:
        parts.append(SAME if same else DIFFERENT)
    return "\n".join([*parts, LIMITS])


def _section(each: dict[str, Any]) -> str:
    scan, stages = each["scan_seconds"], each["stages"]
    whole = sum(stage["seconds"] for stage in stages)
    rows = [(name, sum(s["seconds"] for s in stages if s["name"] in names)) for name, names in GROUPS.items()]
    rows = [
        ("plain scan and group", scan),
        *rows,
        ("**all of it**", whole),
        ("making the copy", each["seconds"]["copy"]),
    ]
    lines = ["| what | × scan | observations/s | seconds |", "| --- | ---: | ---: | ---: |"]
    lines += [f"| {name} | {s / scan:.1f} | {_rate(each['observations'], s)} | {s:.2f} |" for name, s in rows]
    return "\n".join([f"## {each['database']}\n", *lines, "", _memory(each), "", _refresh(each["refreshed"]), ""])


def _rate(rows: int, seconds: float) -> str:
    return f"{rows / seconds:,.0f}".replace(",", " ") if seconds > 0.005 else ""


def _memory(each: dict[str, Any]) -> str:
    copied = each["copy"]["bytes"] / 1e6
    return (
        f"{each['figures']} figures came of it. Memory at most {each['peak_bytes'] / 1e6:.0f} MB "
        f"({each['scan_peak_bytes'] / 1e6:.0f} MB after the scans alone); the copy takes {copied:.0f} MB."
    )


def _refresh(refreshed: dict[str, list[float]]) -> str:
    lines = ["| a new value accepted, of | middle | worst | within 1 s |", "| --- | ---: | ---: | --- |"]
    for name, times in refreshed.items():
        middle, worst = sorted(times)[len(times) // 2], max(times)
        lines.append(
            f"| {name} | {1000 * middle:.0f} ms | {1000 * worst:.0f} ms | {'yes' if worst < LIMIT else 'no'} |"
        )
    return "\n".join(lines)


def main(folder: Path) -> None:
    results = [json.loads(file.read_text()) for file in sorted(folder.glob("*.json"), reverse=True)]
    PAGE.write_text(page(results))
    print(PAGE.relative_to(ROOT))


INTRODUCTION = """# How fast a country is worked out anew

Written by `make bench` on a machine with {processors} processor cores. {observations} observations: {units} units,
{indicators} indicators, {periods} quarters. All figures, targets, rollups, scores, ranks and rank intervals are worked
out again from an immutable copy, exactly (`sql/` in the room `warehouse`); beside it, in the same process, DuckDB scans
the same files and groups them by indicator and quarter, which is the unit the rest is told in.

A new value is recorded by an officer and accepted by the coordinator in the working database at full size; the time is
that of the acceptance, with the log and with every figure that depends on the value.
"""
SAME = """Both databases gave the same sums of values, progress, states, scores, ranks and intervals, to the last digit.
"""
DIFFERENT = """**The two databases gave different sums.** Something is wrong.
"""
LIMITS = """## What limits it

- Decimals of 24 digits are whole numbers of 128 bits to DuckDB, which divides those bit by bit. Where a number fits 64
  bits it is divided in one step; progress takes two steps of four digits.
- A longer period is a row for each unit, so rollups over time make more rows than there are to be judged at first.
- Of an indicator that weighs and divides for others a new value moves the whole of each of them.
"""

if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var" / "bench" / "measuring")
