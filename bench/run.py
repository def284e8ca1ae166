"""Generate, serve as `tiendo serve` does, measure, and keep the figures in var/bench/ for `bench.report`."""

import argparse
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from bench import generate, reports
from bench.generate import Size
from bench.measure import measure
from bench.pages import Page, pages
from bench.report import table
from tiendo.config.management.commands.serve import collect_static
from tiendo.config.serving import server_command

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "var" / "bench"
MANY = 8  # connections at once
WARM = 1.0  # seconds before each measurement


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--tasks", type=int, default=Size.tasks)
    parser.add_argument("--units", type=int, default=Size.units)
    parser.add_argument("--seconds", type=float, default=5.0, help="for each page and each number of connections")
    parser.add_argument("--only", default="", help="measure only pages whose name holds this")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder for the figures")
    asked = parser.parse_args(argv)
    size = Size(asked.tasks, asked.units)

    started = time.monotonic()
    wanted = fill(size)
    print(f"{connection.vendor}: {size.tasks} tasks generated in {time.monotonic() - started:.0f} s", flush=True)
    connections.close_all()
    rows = [wanted[0], *(page for page in wanted[1:] if asked.only in page.name)]
    with serving() as port:
        figures = [figure(port, rows[0], page, asked.seconds) for page in rows]
    facts = {"database": database(), "size": vars(size), "processors": os.cpu_count(), "figures": figures}
    print(table(figures))
    asked.results.mkdir(parents=True, exist_ok=True)
    (asked.results / f"{connection.vendor}.json").write_text(json.dumps(facts, indent=1))


def fill(size: Size) -> list[Page]:
    """An emptied database with the load in it, and the pages to measure on it."""
    at = timezone.now()
    call_command("migrate", verbosity=0)
    province = generate.make_province(size, at=at)
    plan, tasks = generate.make_plan(size, province, at=at)
    period = reports.make_reports(size, plan, tasks, province, at=at)
    reports.make_log(size, tasks, province, at=at)
    reports.make_release(plan, province, at=at)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # what its own housekeeping does within a minute
    collect_static()
    return list(pages(size, province, period))


@contextmanager
def serving() -> Iterator[int]:
    """The server as in production, on a free port, for as long as the block runs."""
    with Server() as server:
        yield server.port


class Server:
    """The server as in production; it may be killed outright and started again on the same port."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.wait(20)

    def start(self) -> None:
        command, surroundings = server_command("127.0.0.1", self.port), os.environ | {"PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(command, cwd=ROOT, env=surroundings, start_new_session=True)  # noqa: S603 – ours
        _wait_for(self.port)

    def kill(self) -> None:
        """No word of warning, to it and to its children."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server does not answer")


def figure(port: int, empty: Page, page: Page, seconds: float) -> dict[str, Any]:
    """One row of the table: warm, then at many connections and at one, the empty view right beside each of them."""
    measure(port, page.build, connections=1, seconds=min(WARM, seconds))
    many = measure(port, page.build, connections=MANY, seconds=seconds)
    empty_many = measure(port, empty.build, connections=MANY, seconds=seconds / 3)
    single = measure(port, page.build, connections=1, seconds=seconds)
    empty_single = measure(port, empty.build, connections=1, seconds=seconds / 3)
    return {
        "empty_rate": empty_many.rate,
        "empty_p95_ms": 1000 * empty_single.p95,
        "name": page.name,
        "aim": page.aim,
        "rate": many.rate,
        "p95_ms": 1000 * single.p95,
        "bytes": many.size,
        "requests": len(many.times) + len(single.times),
    }


def database() -> str:
    """Name and version, as the database itself says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0].split()[0]
    return f"{'SQLite' if connection.vendor == 'sqlite' else 'PostgreSQL'} {version}"
