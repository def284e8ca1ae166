"""Working out anew and following one value, on a handful of units: both are measured whole; figures become a page."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.measuring_page import GROUPS, page
from tests.repository import ROOT


@pytest.mark.slow
def test_a_small_country_is_measured_whole(tmp_path: Path) -> None:
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    sizes = ["--units", "12", "--indicators", "20", "--periods", "5", "--results", str(tmp_path)]
    command = [sys.executable, "-m", "bench.measuring", *sizes]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    facts = json.loads((tmp_path / "sqlite.json").read_text())
    assert facts["observations"] == facts["entered"] == 1200
    assert facts["figures"] > 1200 < facts["copy"]["rows"]
    told = {name for names in GROUPS.values() for name in names}
    assert {stage["name"] for stage in facts["stages"]} == told
    assert "1200 observations: 12 units" in page([facts])


def facts(database: str, **changes: object) -> dict[str, Any]:
    size = {"units": 10, "indicators": 5, "periods": 4}
    stages = [{"name": "known", "rows": 200, "seconds": 1.5}, {"name": "judged", "rows": 300, "seconds": 2.5}]
    return {
        "database": database, "size": size, "observations": 200, "processors": 2, "figures": 300, "scan_seconds": 0.5,
        "stages": stages, "seconds": {"copy": 3.0}, "peak_bytes": 900e6, "scan_peak_bytes": 100e6, "sums": ["1", "2"],
        "copy": {"rows": 200, "bytes": 5e6},
        "refreshed": {"one indicator": [0.2, 0.3, 0.25], "another": [1.2, 0.4, 0.5]},
        **changes,
    }  # fmt: skip


def test_everything_is_told_in_scans() -> None:
    written = page([facts("SQLite 3")])
    (line,) = [line for line in written.splitlines() if "all of it" in line]
    assert [cell.strip() for cell in line.split("|")[2:5]] == ["8.0", "50", "4.00"]
    assert "| one indicator | 250 ms | 300 ms | yes |" in written
    assert "| another | 500 ms | 1200 ms | no |" in written


def test_the_page_says_whether_both_databases_agree() -> None:
    assert "gave the same sums" in page([facts("SQLite 3"), facts("PostgreSQL 15")])
    assert "Something is wrong" in page([facts("SQLite 3"), facts("PostgreSQL 15", sums=["1", "3"])])
