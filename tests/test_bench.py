"""The measuring itself, on a handful of tasks: every page is asked for and answers, and the figures become a page."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.measure import Sample, get, post
from bench.report import page, part
from bench.storm_page import storm_page
from tests.repository import ROOT

NAMES = ("empty view", "overview", "task list", "autosave", "CSV", "portal", "API")


def figure(name: str, rate: float, aim: float | None = None) -> dict[str, Any]:
    empty = {"empty_rate": 400, "empty_p95_ms": 5}
    return {"name": name, "aim": aim, "rate": rate, "p95_ms": 2000 / rate, "bytes": 1500, "requests": 10, **empty}


@pytest.mark.slow
def test_a_small_province_is_measured_whole(tmp_path: Path) -> None:
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    sizes = ["--tasks", "50", "--units", "12", "--seconds", "0.2", "--results", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-m", "bench", *sizes], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    facts = json.loads((tmp_path / "sqlite.json").read_text())
    assert facts["size"]["tasks"] == 50
    assert all(figure["requests"] and figure["rate"] > 0 for figure in facts["figures"])
    for name in NAMES:
        assert any(name in figure["name"] for figure in facts["figures"])
        assert name in done.stdout


@pytest.mark.slow
def test_a_small_storm_loses_and_doubles_nothing_though_the_server_dies(tmp_path: Path) -> None:
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    sizes = ["--units", "8", "--tasks", "6", "--minutes", "0.05", "--kill", "--results", str(tmp_path)]
    command = [sys.executable, "-m", "bench.storm", *sizes]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    facts = json.loads((tmp_path / "sqlite-kill.json").read_text())
    assert (facts["sent"], facts["submitted"], facts["stored"]) == (8, 48, 48)
    assert (facts["lost"], facts["doubled"], facts["refused"], facts["break"]) == (0, 0, [], None)
    assert facts["repeated"] > 0
    assert "| 8, 48 |" in storm_page([facts])


def test_the_page_compares_with_the_empty_view() -> None:
    size = {"tasks": 50, "units": 12, "periods": 6}
    figures = [figure("empty view", 400), figure("overview", 80, aim=1 / 8)]
    written = page([{"database": "SQLite 3", "size": size, "processors": 2, "figures": figures}])
    assert "300 report entries" in written
    (line,) = [line for line in written.splitlines() if line.startswith("| overview")]
    assert [cell.strip() for cell in line.split("|")[1:5]] == ["overview", "1/5", "1/8", "5.0"]


@pytest.mark.parametrize(("ratio", "words"), [(1, "1/1"), (0.125, "1/8"), (1 / 1.73, "1/1.7"), (1 / 42.4, "1/42")])
def test_a_ratio_is_written_as_a_part(ratio: float, words: str) -> None:
    assert part(ratio) == words


def test_p95_is_the_slow_end_of_the_ordinary() -> None:
    sample = Sample(seconds=2, times=[n / 1000 for n in range(100)], received=5000)
    assert (sample.p95, sample.rate, sample.size) == (0.095, 50, 50)


def test_requests_are_whole() -> None:
    assert get("/a/", {"Cookie": "x=1"}).startswith(b"GET /a/ HTTP/1.1\r\nHost: 127.0.0.1\r\n")
    assert post("/a/", {}, b"y=2").endswith(b"Content-Length: 3\r\n\r\ny=2")
