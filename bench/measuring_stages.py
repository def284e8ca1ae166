"""`python -m bench.measuring_stages FILE`: one recomputation through the copy in a process of its own, for its memory.

Beside it the plain scan-and-group of the same files, the unit everything is told in. Prints the figures as JSON; the
figures worked out go to FILE as Parquet.
"""

import json
import os
import resource
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

SCAN = "SELECT indicator_id, period, count(*), sum(value), min(value), max(value) FROM observations GROUP BY ALL"
SCANS = 3
SEED, DRAWS = "bench", 1000


def main(file: Path) -> None:
    from tiendo.warehouse import figures, scores
    from tiendo.warehouse.copies import find_current, reading

    copy = find_current()
    assert copy is not None
    with reading(copy, on_disk=True, writing=file.parent) as connection:
        scans = [_timed(lambda: connection.execute(SCAN).fetchall()) for _ in range(SCANS)]
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        stages = figures.recompute(connection)
        codes = dict(connection.execute("SELECT code, id FROM indicators").fetchall())
        content = _content(sorted(codes))
        scores.put_criteria(connection, content, codes)
        scores.put_settings(connection, content, seed=SEED, times=DRAWS)
        (last,) = connection.execute("SELECT max(last_day) FROM periods").fetchone() or (date.max,)
        scores.put_cards(connection, "commune", data_from=date(2025, 1, 1), data_to=date(last.year + 1, 1, 1))
        stages += scores.run_readings(connection) + scores.run_scores(connection, content)
        facts = _facts(connection)
        connection.execute(f"COPY judged TO '{file}' (FORMAT parquet)")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told: dict[str, Any] = {
        "scan_seconds": min(scans),
        "stages": [vars(stage) for stage in stages],
        "peak_bytes": peak * 1024,
        "scan_peak_bytes": before * 1024,
    }
    print(json.dumps(told | facts))


def _timed(act: Any) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _facts(connection: Any) -> dict[str, Any]:
    """Counts, and sums that must be the same from both databases."""
    asked = """SELECT count(*), count(*) FILTER (origin = 'entered'), CAST(sum(value) AS VARCHAR),
        CAST(sum(progress) AS VARCHAR), CAST(sum(hash(state)) AS VARCHAR) FROM judged"""
    figures, entered, *sums = connection.execute(asked).fetchone()
    places = connection.execute(
        "SELECT CAST(sum(score) AS VARCHAR), sum(rank), sum(rank_low), sum(rank_high) FROM intervals"
    )
    return {"figures": figures, "entered": entered, "sums": [*sums, *map(str, places.fetchone())]}


def _content(codes: list[str]) -> Any:
    """A set of criteria over all indicators: progress of each, evenly weighted."""
    from tiendo.evaluation.criteria import Content, Criterion, Group, Kind, Measure, Overall, Reading, TaskWeights

    weight, ends = Decimal("0.5"), (Decimal(0), Decimal(100))
    criteria = tuple(
        Criterion(
            code.lower(), code, "Kết quả", Kind.QUANTITATIVE, weight,
            measure=Measure(Reading.FIGURE_PROGRESS, code, zero_at=ends[0], full_at=ends[1]),
        )
        for code in codes
    )  # fmt: skip
    return Content(
        title="Thử tải",
        source="Thử tải",
        total=weight * len(criteria),
        criteria=criteria,
        overall=(Overall("all", "Tất cả", Decimal(0)),),
        groups=(Group("xa", "Xã", ("commune",)),),
        roles={"lead": Decimal(1), "coordinating": Decimal("0.3")},
        task_weights=TaskWeights({"usual": Decimal(1)}, "usual", {}),
    )


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    main(Path(sys.argv[1]))
