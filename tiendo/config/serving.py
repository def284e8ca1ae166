"""Everything a running house needs, under one command: the server, the worker, and the clock that wakes the worker.

The children live in process groups of their own, so that Ctrl-C reaches this process alone and it stops them in order.
"""

import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from gettext import gettext as _

from django.db import Error, close_old_connections
from django.utils import timezone

from tiendo.intake.tasks import watch_readings
from tiendo.notices.tasks import ask_for_post
from tiendo.oversight.tasks import ask_for_watch
from tiendo.reporting.tasks import ask_for_schedule

STOP_WITHIN = 4.5  # seconds; the server itself gives its open streams two
TICK = 60.0
LOOK_EACH = 0.2
READY_WITHIN = 60.0
PARENT_DEATH = 1  # PR_SET_PDEATHSIG of Linux's prctl
SIGNALS = (signal.SIGINT, signal.SIGTERM)

logger = logging.getLogger(__name__)
Say = Callable[[str], None]


class ChildDied(Exception):
    """One of the processes ended by itself; the others were stopped."""


def server_command(host: str, port: int) -> list[str]:
    """Granian with one worker; pages and open event streams in one process."""
    target = "tiendo.config.asgi:application"
    options = ["--interface", "asginl", "--host", host, "--port", str(port), "--workers-kill-timeout", "2"]
    return [sys.executable, "-m", "granian", *options, "--respawn-failed-workers", "--log-level", "warning", target]


def worker_command() -> list[str]:
    """The worker that runs background jobs from the database."""
    return [sys.executable, "-m", "tiendo.config.console", "db_worker", "--verbosity", "0"]


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there yet."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


@dataclass
class Household:
    """The running processes by name, and the event that says it is time to go."""

    commands: dict[str, list[str]]
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    leaving: threading.Event = field(default_factory=threading.Event)

    def run(self, *, address: tuple[str, int], ready: Callable[[], None]) -> None:
        """Start all, call `ready` once the address answers, and stay until a signal; then stop all.

        Raises ChildDied when a process ends by itself.
        """
        before = {number: signal.signal(number, self._leave) for number in SIGNALS}
        try:
            self._start()
            threading.Thread(target=tick, args=(self.leaving,), name="tiendo-clock", daemon=True).start()
            self._watch(address, ready)
        finally:
            self.leaving.set()
            self._stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _leave(self, *_signal: object) -> None:
        self.leaving.set()

    def _start(self) -> None:
        for name, command in self.commands.items():
            self.children[name] = subprocess.Popen(  # noqa: S603 – our own commands
                command, start_new_session=True, preexec_fn=_die_with_parent, stdin=subprocess.DEVNULL
            )

    def _watch(self, address: tuple[str, int], ready: Callable[[], None]) -> None:
        announced, started = False, time.monotonic()
        while not self.leaving.wait(LOOK_EACH):
            for name, child in self.children.items():
                if (code := child.poll()) is not None:
                    raise ChildDied(_("Tiến trình “{name}” đã dừng (mã {code}).").format(name=name, code=code))
            if not announced and (_answers(address) or time.monotonic() - started > READY_WITHIN):
                announced = True
                ready()

    def _stop(self) -> None:
        """Ask all to stop at once; after STOP_WITHIN whatever is left of their groups is killed."""
        for child in self.children.values():
            _send(child, signal.SIGTERM)
        end = time.monotonic() + STOP_WITHIN
        for child in self.children.values():
            try:
                child.wait(timeout=max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                logger.warning("process %s did not stop in time", child.pid)
            _kill_group(child)
            child.wait()


def tick(leaving: threading.Event) -> None:
    """Each minute: ask the worker to keep the schedule and the watch, to read on what a dead worker left, and to carry
    the post.

    A missed minute is caught up by the next.
    """
    while True:
        try:
            close_old_connections()
            ask_for_schedule()
            ask_for_watch()
            watch_readings(at=timezone.now())
            ask_for_post(at=timezone.now())
        except Error:
            logger.exception("the clock could not reach the database; it tries again in a minute")
        finally:
            close_old_connections()
        if leaving.wait(TICK):
            return


def _answers(address: tuple[str, int]) -> bool:
    try:
        with socket.create_connection(address, timeout=LOOK_EACH):
            return True
    except OSError:
        return False


def _send(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    if child.poll() is None:
        child.send_signal(number)


def _kill_group(child: subprocess.Popen[bytes]) -> None:
    """What the child started and left behind goes with it."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _die_with_parent() -> None:
    """On Linux, end the child also when this process is killed outright, so that no port stays taken."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGTERM)
