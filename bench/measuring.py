"""Every figure of a country worked out anew, and one new value followed: `python -m bench.measuring`.

On the database DATABASE_URL names (SQLite without it), in a data folder of its own: observations are made inside the
database, the analytical copy is built, a process of its own scans it and works everything out, the figures are put into
the database, and then values are recorded and accepted by the real acts. Figures go to var/bench/ for
`bench.measuring_page`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "var" / "bench" / "measuring"
TRIES = 7  # acceptances of each kind that are timed


def main(argv: list[str] | None = None) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from bench.measuring_load import Size, load, put_figures
    from bench.run import database

    parser = argparse.ArgumentParser(prog="python -m bench.measuring", description=__doc__)
    for name in ("units", "indicators", "periods"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Size, name))
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder for the figures")
    asked = parser.parse_args(argv)
    size, at = Size(asked.units, asked.indicators, asked.periods), timezone.now()

    call_command("migrate", verbosity=0)
    clock = _Clock()
    loaded = clock.timed("load", lambda: load(size, at=at))
    copied = clock.timed("copy", lambda: _copied(at))
    with tempfile.TemporaryDirectory(prefix="tiendo-bench-figures-") as folder:
        file = Path(folder, "judged.parquet")
        recomputed = clock.timed("recompute", lambda: _recomputed(file))
        clock.timed("figures", lambda: put_figures(file, at=at))
    facts = {
        "database": database(),
        "size": vars(size),
        "observations": size.observations,
        "processors": os.cpu_count(),
    }
    facts |= {"copy": copied, "refreshed": refreshed(loaded), "seconds": clock.seconds, **recomputed}
    asked.results.mkdir(parents=True, exist_ok=True)
    (asked.results / f"{connection.vendor}.json").write_text(json.dumps(facts, indent=1))
    print(json.dumps(facts, indent=1))


class _Clock:
    """Seconds of each step, told as they pass."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def timed(self, name: str, act: Any) -> Any:
        started = time.perf_counter()
        done = act()
        self.seconds[name] = time.perf_counter() - started
        print(f"{name}: {self.seconds[name]:.1f} s", file=sys.stderr, flush=True)
        return done


def _copied(at: datetime) -> dict[str, int]:
    from tiendo.warehouse.build import build

    held = build(at=at).manifest.tables.values()
    return {"rows": sum(each.rows for each in held), "bytes": sum(each.bytes for each in held)}


def _recomputed(file: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.measuring_stages", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 – ours
    if done.returncode:
        raise RuntimeError(done.stderr)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def refreshed(loaded: Any) -> dict[str, list[float]]:
    """Seconds of accepting one value, everything that depends on it made anew: of an ordinary indicator, and of the one
    that weighs and divides for others."""
    return {
        "one indicator": [_accepted(loaded, loaded.indicators[8], n) for n in range(TRIES)],
        "one that others are made of": [_accepted(loaded, loaded.indicators[0], n) for n in range(TRIES)],
    }


def _accepted(loaded: Any, indicator: Any, n: int) -> float:
    """An officer records, the coordinator accepts; its figure and that of the whole must be new afterwards."""
    from django.utils import timezone

    from tiendo.indicators.actions.observing import accept_observations, record_observation
    from tiendo.indicators.models import Figure

    at, value, unit = timezone.now(), 40 + n, loaded.communes[0]
    stood = indicator.observations.current().get(unit=unit, period="2025-Q1")
    status = "official" if stood.status == "estimate" else "revised"
    line = record_observation(
        indicator=indicator, unit=unit, source=loaded.source, period="2025-Q1", status=status, value=str(value),
        note="đo tốc độ", by=loaded.officer, at=at,
    )  # fmt: skip
    started = time.perf_counter()
    accept_observations(observations=[line.pk], by=loaded.coordinator, at=at, doubtful=True)
    taken = time.perf_counter() - started
    figure = Figure.objects.get(indicator=indicator, unit=unit, period="2025-Q1", slice="")
    whole = Figure.objects.get(indicator=indicator, unit=unit.parent, period="2025-Q1", slice="")
    if figure.value != value or whole.made_at != at:
        raise RuntimeError("the new value did not reach its figures")
    return taken


def start() -> None:
    """Set Django up in a data folder of its own, then measure."""
    import django

    with tempfile.TemporaryDirectory(prefix="tiendo-bench-") as home:
        os.environ |= {"TIENDO_HOME": home, "DJANGO_SETTINGS_MODULE": "bench.settings"}
        django.setup()
        main(sys.argv[1:])


if __name__ == "__main__":
    start()
