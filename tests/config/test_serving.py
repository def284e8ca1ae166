"""`tiendo serve` as a person runs it: it answers, stops at once and cleanly, and does not limp on without a child."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from io import StringIO
from pathlib import Path
from threading import Event as Flag

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.factories import make_period
from tiendo.config import serving
from tiendo.plans.models import Plan
from tiendo.reporting.models import Period
from tiendo.reporting.tasks import keep_schedule

CONSOLE = [sys.executable, "-m", "tiendo.config.console"]
STOPS_WITHIN = 45.0  # seconds: patient with a busy machine, yet less than the minute its clock sleeps
DONE_WITHIN = 120.0


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An empty home on the real settings, tables made."""
    home = tmp_path_factory.mktemp("home")
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "TIENDO_SECRET_KEY"}}
    found = {**kept, "TIENDO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "tiendo.config.settings"}
    subprocess.run([*CONSOLE, "migrate", "--verbosity", "0"], env=found, check=True)
    return found


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(environment: dict[str, str], port: int) -> Iterator[subprocess.Popen[str]]:
    """A running `tiendo serve` that has announced itself."""
    command = [*CONSOLE, "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert f"http://127.0.0.1:{port}" in process.stdout.readline()
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def children_of(pid: int) -> list[int]:
    """Every process below, from /proc."""
    direct = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [each for child in map(int, direct) for each in (child, *children_of(child))]


def is_running(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    return status.exists() and not re.search(r"^State:\s+Z", status.read_text(), re.MULTILINE)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_answers_and_stops_cleanly(served: subprocess.Popen[str], port: int, number: signal.Signals) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
        assert answer.status == 200
    children = children_of(served.pid)
    assert len(children) >= 3

    served.send_signal(number)
    out, err = served.communicate(timeout=STOPS_WITHIN)

    assert served.returncode == 0, err
    assert "Đã dừng." in out
    assert not [pid for pid in children if is_running(pid)]


@pytest.mark.slow
def test_serve_ends_with_a_message_when_a_child_dies(served: subprocess.Popen[str]) -> None:
    children = children_of(served.pid)
    worker = next(pid for pid in children if b"db_worker" in Path(f"/proc/{pid}/cmdline").read_bytes())

    os.kill(worker, signal.SIGKILL)
    _, err = served.communicate(timeout=STOPS_WITHIN)

    assert served.returncode == 1
    assert "Tiến trình “công việc nền” đã dừng" in err
    assert not [pid for pid in children if is_running(pid)]


@pytest.mark.slow
def test_serve_on_a_taken_port_says_which(environment: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = str(taken.getsockname()[1])
        command = [*CONSOLE, "serve", "--port", number]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert f"Cổng {number} đang có chương trình khác dùng" in done.stderr


@pytest.mark.slow
def test_serve_without_a_database_says_what_to_run(tmp_path: Path, environment: dict[str, str]) -> None:
    command = [*CONSOLE, "serve", "--port", "1"]
    empty = {**environment, "TIENDO_HOME": str(tmp_path)}
    done = subprocess.run(command, env=empty, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "hãy chạy “tiendo init”" in done.stderr


@pytest.mark.django_db
def test_serve_refuses_a_port_in_use_before_anything_starts(settings: object, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path  # type: ignore[attr-defined]
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match="đang có chương trình khác dùng"):
            call_command("serve", port=taken.getsockname()[1], stdout=StringIO())

    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_serve_keeps_the_schedule_through_its_worker(
    served: subprocess.Popen[str], environment: dict[str, str]
) -> None:
    """The job the clock asked for is done by the child that works off the queue."""
    asked = f"SELECT status FROM {DBTaskResult._meta.db_table} WHERE task_path = ?"
    end, found = time.monotonic() + DONE_WITHIN, set[str]()
    with closing(sqlite3.connect(Path(environment["TIENDO_HOME"]) / "tiendo.sqlite3")) as database:
        while "SUCCESSFUL" not in found and time.monotonic() < end:
            time.sleep(0.1)
            found = {status for (status,) in database.execute(asked, [keep_schedule.module_path])}
    assert "SUCCESSFUL" in found


@pytest.mark.django_db(transaction=True)
def test_clock_asks_for_what_is_due(plan: Plan) -> None:
    """With the immediate queue of the tests, what is asked for is done at once."""
    now = timezone.now()
    due = make_period(
        plan, name="đến giờ", opens_at=now - timedelta(days=3), due_at=now + timedelta(days=9), opened_at=None
    )
    later = make_period(
        plan, name="chưa đến", opens_at=now + timedelta(days=3), due_at=now + timedelta(days=9), opened_at=None
    )
    leaving = Flag()
    leaving.set()

    serving.tick(leaving)

    assert Period.objects.get(pk=due.pk).is_open
    assert not Period.objects.get(pk=later.pk).is_open
