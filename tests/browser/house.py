"""The real program for browsers: the sample loaded by `tiendo demo`, pages answered by `tiendo serve`."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TIENDO = [sys.executable, "-m", "tiendo.config.console"]
ROOT = Path(__file__).resolve().parent.parent.parent
READY_WITHIN, STOPPED_WITHIN = 240.0, 60.0


def prepare(home: Path, command: str = "demo") -> Path:
    """Load the sample, or another story, into an empty data folder."""
    done = subprocess.run(
        [*TIENDO, command], cwd=ROOT, env=_environment(home), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return home


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """The address at which the data folder is served, until the block ends."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    with (home / "serve.log").open("wb") as log:
        server = subprocess.Popen(
            [*TIENDO, "serve", "--port", str(port)], cwd=ROOT, env=_environment(home), stdout=log, stderr=log
        )
        try:
            _wait_until_it_answers(address, server, home)
            yield address
        finally:
            _stop(server)


@contextmanager
def serving_copy(home: Path, copy: Path) -> Iterator[str]:
    """Serve a copy, so that nobody sees what others did to theirs."""
    shutil.copytree(home, copy)
    with serving(copy) as address:
        yield address


def _environment(home: Path) -> dict[str, str]:
    """SQLite in the data folder and the real settings, whatever the tests around use."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {"TIENDO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "tiendo.config.settings"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(address: str, server: subprocess.Popen[bytes], home: Path) -> None:
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError((home / "serve.log").read_text(encoding="utf-8"))


def _stop(server: subprocess.Popen[bytes]) -> None:
    """As Ctrl-C does it."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(STOPPED_WITHIN)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
