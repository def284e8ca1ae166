"""SIGKILL in the middle of two hundred saves and submissions: nothing acknowledged is lost, the log stays whole."""

import contextlib
import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import psycopg
import pytest

ROOT = Path(__file__).parents[2]
CSRF = "k" * 32
AT_ONCE = 200  # requests in flight when the server dies: 180 saves and 20 submissions
KILL_AFTER = 80  # of them acknowledged
PATIENCE = 240  # seconds, on a machine that does other work too


@dataclass
class Acknowledged:
    """What the server said it had kept, gathered by many threads; `enough` after `goal` answers."""

    goal: int
    saves: dict[str, tuple[int, str]] = field(default_factory=dict)
    sends: set[int] = field(default_factory=set)
    enough: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def saved(self, code: str, version: int, words: str) -> None:
        with self.lock:
            self.saves[code] = (version, words)
            self._look()

    def sent(self, duty: int) -> None:
        with self.lock:
            self.sends.add(duty)
            self._look()

    def _look(self) -> None:
        if len(self.saves) + len(self.sends) >= self.goal and self.sends:
            self.enough.set()


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A home of its own: SQLite in a folder, or a new database beside the suite's on PostgreSQL."""
    chosen = {"TIENDO_HOME": str(tmp_path), "TIENDO_SECRET_KEY": secrets.token_hex(), "PYTHONPATH": str(ROOT)}
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_URL", "TIENDO", "DJANGO"))
    }
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield kept | chosen
        return
    name = f"tiendo_kill_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield kept | chosen | {"DATABASE_URL": urlunsplit(urlsplit(address)._replace(path=f"/{name}"))}
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.slow
@pytest.mark.both
def test_nothing_acknowledged_is_lost_when_the_server_is_killed(environment: dict[str, str]) -> None:
    units = _run("tests.durability.home", environment)
    ready, writing = units[: len(units) // 2], units[len(units) // 2 :]
    port = _free_port()
    server = _start(port, environment)
    done = Acknowledged(goal=sum(len(unit["codes"]) for unit in ready) + KILL_AFTER)
    try:
        with ThreadPoolExecutor(AT_ONCE) as people:
            list(people.map(lambda line: _save(port, *line, done), _lines(ready)))
            jobs = [people.submit(_save, port, unit, code, done) for unit, code in _lines(writing)]
            jobs += [people.submit(_send, port, unit, done) for unit in ready]
            assert done.enough.wait(PATIENCE), f"only {len(done.saves)} saves and {len(done.sends)} sendings"
            os.killpg(server.pid, signal.SIGKILL)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait(10)
    assert sum(not job.result() for job in jobs), "the server had answered everything before it was killed"
    state = _run("tests.durability.after", environment)
    assert state["break"] is None
    for code, (version, words) in done.saves.items():
        assert state["entries"][code] == [version, words]
    assert done.sends <= set(state["sent"])
    _assert_sent_whole(units, state)


def _assert_sent_whole(units: list[dict[str, Any]], state: dict[str, Any]) -> None:
    """A report is sent with all its lines or not at all, and each act stands in the log exactly once."""
    for unit in units:
        lines = [code for duty, code in state["submissions"] if duty == unit["duty"]]
        assert sorted(lines) == (sorted(unit["codes"]) if unit["duty"] in state["sent"] else [])
    assert state["saves"] == sum(revision for revision, _words in state["entries"].values())
    assert state["sends"] == len(state["sent"])


def _lines(units: list[dict[str, Any]]) -> list[tuple[dict[str, Any], str]]:
    return [(unit, code) for unit in units for code in unit["codes"]]


def _save(port: int, unit: dict[str, Any], code: str, done: Acknowledged) -> bool:
    """An officer's autosave; False when the server was gone before it answered."""
    words = f"Kết quả {secrets.token_hex(8)}"
    values = {"version": "0", "state": "in_progress", "percent": "50", "result": words}
    try:
        status, body = _post(port, f"{_report(unit)}nhiem-vu/{code}/luu/", unit["officer"], values)
    except (OSError, http.client.HTTPException):
        return False
    assert status == 200, body
    done.saved(code, json.loads(body)["version"], words)
    return True


def _send(port: int, unit: dict[str, Any], done: Acknowledged) -> bool:
    """A head's sending; the report's page then says when it was sent."""
    try:
        _post(port, f"{_report(unit)}gui/", unit["head"], {})
        status, body = _get(port, _report(unit), unit["head"])
    except (OSError, http.client.HTTPException):
        return False
    assert status == 200
    assert "và gửi lúc".encode() in body
    done.sent(unit["duty"])
    return True


def _report(unit: dict[str, Any]) -> str:
    return f"/lam-viec/bao-cao/{unit['duty']}/"


def _post(port: int, path: str, session: str, values: dict[str, str]) -> tuple[int, bytes]:
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={CSRF}",
        "X-CSRFToken": CSRF,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return _request(port, "POST", path, headers, urlencode(values))


def _get(port: int, path: str, session: str) -> tuple[int, bytes]:
    return _request(port, "GET", path, {"Cookie": f"sessionid={session}"}, None)


def _request(port: int, method: str, path: str, headers: dict[str, str], body: str | None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _run(module: str, environment: dict[str, str]) -> Any:
    done = subprocess.run([sys.executable, "-m", module], env=environment, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def _start(port: int, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """The server in a process group of its own, answering."""
    collect = [sys.executable, "-m", "tiendo.config.console", "collectstatic", "--no-input", "-v", "0"]
    subprocess.run(collect, env=environment, cwd=ROOT, check=True)
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--port", str(port)]
    server = subprocess.Popen(
        [*command, "--log-level", "error", "tiendo.config.asgi:application"],
        env=environment,
        cwd=ROOT,
        start_new_session=True,
    )
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            if _get(port, "/lam-viec/dang-nhap/", "")[0] == 200:
                return server
        except OSError:
            time.sleep(0.1)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    raise AssertionError("the server did not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
