"""The minutes before a deadline: every unit writes its whole report and its head sends it, the control room open.

    python -m bench.storm           150 units of 70 tasks within three minutes, on SQLite
    python -m bench.storm --kill    and the server is killed outright half way and started again

The empty write, one row in one transaction through the same server and middleware, is asked for all the while: what a
save and a sending cost is told as a ratio to it. Afterwards the database is held against what was acknowledged: the
words saved last, one submission for each entry, one sending for each report, and the log whole.
"""

import argparse
import asyncio
import json
import os
import random
import re
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from bench.lines import Answer, Line
from bench.measure import Sample, get, post

if TYPE_CHECKING:
    from bench.run import Server

SEED = 57
ROOMS = 5  # open control rooms, each asked for again every other second as when reports come in
EMPTY_EACH = 0.25  # seconds between two empty writes
SEEN = re.compile(rb'name="seen" value="([^"]*)"')


@dataclass(frozen=True)
class Work:
    """One unit's report and the two people at work on it."""

    duty: int
    codes: tuple[str, ...]
    officer: dict[str, str]
    head: dict[str, str]


@dataclass
class Storm:
    """What was asked, what was acknowledged, and how long it took."""

    port: int
    seconds: float  # within which all is to be written
    token: str
    saved: dict[tuple[int, str], str] = field(default_factory=dict)  # duty and task: the words acknowledged last
    sent: set[int] = field(default_factory=set)
    saves: Sample = field(default_factory=lambda: Sample(0.0))
    sends: Sample = field(default_factory=lambda: Sample(0.0))
    empty: Sample = field(default_factory=lambda: Sample(0.0))
    rooms: Sample = field(default_factory=lambda: Sample(0.0))
    refused: list[str] = field(default_factory=list)
    repeated: int = 0
    over: bool = False

    def note(self, answer: Answer, sample: Sample, what: str, *good: int) -> bool:
        """Whether the answer was one of the good ones; its time is kept, its repetitions counted."""
        self.repeated += answer.repeated
        sample.times.append(answer.seconds)
        if answer.status not in good:
            self.refused.append(f"{what}: {answer.status} {answer.body[:200]!r}")
        return answer.status in good


async def break_loose(storm: Storm, works: list[Work], room: bytes, empty: bytes, killer: "Server | None") -> None:
    """All units at once, each at its own pace; ends when the last report is sent."""
    chance = random.Random(SEED)  # noqa: S311 – paces, no secrets
    around = [asyncio.create_task(_look_in(storm, room)) for _ in range(ROOMS)]
    around.append(asyncio.create_task(_write_nothing(storm, empty)))
    if killer is not None:
        around.append(asyncio.create_task(_kill_half_way(storm, len(works) * len(works[0].codes) // 2, killer)))
    async with asyncio.TaskGroup() as group:
        for work in works:
            group.create_task(_report(storm, work, chance.uniform(0.2, 0.9) * storm.seconds))
    storm.over = True
    await asyncio.gather(*around)


async def _report(storm: Storm, work: Work, within: float) -> None:
    """One officer writes task after task, then the head looks and sends."""
    line, began = Line(storm.port), time.monotonic()
    for number, code in enumerate(work.codes):
        await asyncio.sleep(max(0.0, began + within * number / len(work.codes) - time.monotonic()))
        await _save(storm, line, work, code)
    await _send(storm, line, work)
    line.close()


async def _save(storm: Storm, line: Line, work: Work, code: str) -> None:
    words = f"Đã làm thêm việc {code}, bản {work.duty}."
    typed = {"version": 0, "state": "in_progress", "percent": "45,5", "result": words}
    path = f"/lam-viec/bao-cao/{work.duty}/nhiem-vu/{code}/luu/"
    headers = {**work.officer, "X-CSRFToken": storm.token}
    answer = await line.ask(post(path, headers, urlencode(typed).encode()))
    # Asked again after a broken line, a save that had gone through is told of its own words.
    again = (200, 409) if answer.repeated else (200,)
    if storm.note(answer, storm.saves, path, *again):
        storm.saved[work.duty, code] = words


async def _send(storm: Storm, line: Line, work: Work) -> None:
    path = f"/lam-viec/bao-cao/{work.duty}/"
    plain = {**work.head, "Accept-Encoding": "identity"}
    page = await line.ask(get(path, plain))
    found = SEEN.search(page.body)
    typed = urlencode({"seen": found[1].decode() if found else "", "csrfmiddlewaretoken": storm.token}).encode()
    answer = await line.ask(post(f"{path}gui/", work.head, typed))
    if storm.note(answer, storm.sends, f"{path}gui/", 302):
        storm.sent.add(work.duty)


async def _look_in(storm: Storm, room: bytes) -> None:
    line = Line(storm.port)
    while not storm.over:
        storm.note(await line.ask(room), storm.rooms, "control room", 200)
        await asyncio.sleep(2.0)
    line.close()


async def _write_nothing(storm: Storm, empty: bytes) -> None:
    line = Line(storm.port)
    while not storm.over:
        storm.note(await line.ask(empty), storm.empty, "empty write", 200)
        await asyncio.sleep(EMPTY_EACH)
    line.close()


async def _kill_half_way(storm: Storm, half: int, server: "Server") -> None:
    while len(storm.saved) < half and not storm.over:
        await asyncio.sleep(0.05)
    await asyncio.to_thread(server.kill)
    await asyncio.to_thread(server.start)


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.storm", description=__doc__)
    parser.add_argument("--units", type=int, default=150)
    parser.add_argument("--tasks", type=int, default=70, help="of each unit")
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--results", type=Path, default=Path("var/bench/storm"))
    asked = parser.parse_args(argv)
    facts = run(asked.units, asked.tasks, 60 * asked.minutes, kill=asked.kill)
    print(json.dumps(facts, ensure_ascii=False, indent=1))
    asked.results.mkdir(parents=True, exist_ok=True)
    (asked.results / f"{facts['name']}.json").write_text(json.dumps(facts, indent=1))
    if facts["lost"] or facts["doubled"] or facts["break"] or facts["refused"]:
        raise SystemExit("something acknowledged was lost, doubled or refused")


def run(units: int, tasks: int, seconds: float, *, kill: bool) -> dict[str, Any]:
    """Fill, serve, storm, and hold the database against it."""
    from django.db import connection, connections

    from bench.held import held_against
    from bench.run import Server, database
    from bench.storm_house import fill

    house = fill(units, tasks)
    connections.close_all()
    with Server() as server:
        storm = Storm(server.port, seconds, house.token)
        started = time.monotonic()
        asyncio.run(break_loose(storm, house.works, house.room, house.empty, server if kill else None))
        took = time.monotonic() - started
    return {
        "name": f"{connection.vendor}{'-kill' if kill else ''}",
        "database": database(),
        "units": units,
        "tasks": tasks,
        "killed": kill,
        "seconds": round(took, 1),
        **{f"{name}_p95_ms": 1000 * getattr(storm, name).p95 for name in ("saves", "sends", "empty", "rooms")},
        "saves": len(storm.saves.times),
        "sends": len(storm.sends.times),
        "repeated": storm.repeated,
        "refused": storm.refused[:20],
        **held_against(storm, house.period),
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="tiendo-storm-") as home:
        os.environ["TIENDO_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        import django

        django.setup()
        main()
