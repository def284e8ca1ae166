"""Consolidating beside merging Excel files, on a handful of units: both sides hold every row; figures become words."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.consolidating import section
from bench.report import page
from tests.repository import ROOT


@pytest.mark.slow
def test_both_sides_hold_every_row(tmp_path: Path) -> None:
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    sizes = ["--units", "4", "--tasks", "5", "--results", str(tmp_path)]
    command = [sys.executable, "-m", "bench.consolidating", *sizes]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    facts = json.loads((tmp_path / "figures.json").read_text())
    assert facts["counted"] == facts["records"] == facts["merged"] == 20
    assert 0 < facts["seconds"]["of it the PDF"] < facts["seconds"]["official report"]
    assert all(size > 1000 for size in facts["bytes"].values())
    assert "4 units, 5 tasks each, 20 accepted entries" in done.stdout


def facts(**changes: object) -> dict[str, object]:
    return {
        "units": 150,
        "tasks": 70,
        "counted": 10500,
        "records": 10500,
        "merged": 10500,
        "bytes": {"docx": 2_500_000},
        "typesetter_bytes": 323_000_000,
        "seconds": {"official report": 30.0, "merging Excel files": 5.0},
        **changes,
    }


def test_the_figures_are_told_as_multiples_of_merging() -> None:
    written = section(facts())
    assert "150 units, 70 tasks each, 10500 accepted entries" in written
    assert "docx 2.5 MB; the typesetter held at most 323 MB" in written
    (line,) = [line for line in written.splitlines() if line.startswith("| issuing")]
    assert [cell.strip() for cell in line.split("|")[2:4]] == ["6.0", "30.0"]


def test_the_page_holds_the_section_only_when_it_was_measured() -> None:
    size = {"tasks": 50, "units": 12, "periods": 6}
    results = [{"database": "SQLite 3", "size": size, "processors": 2, "figures": []}]
    assert "Consolidating a period" in page(results, None, facts())
    assert "Consolidating a period" not in page(results)
