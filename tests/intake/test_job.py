"""A file is kept at once and read by the worker: once, however often it is asked for, and never half."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.factories import World
from tests.intake.conftest import SAMPLE
from tiendo.audit.models import Event
from tiendo.intake import finding
from tiendo.intake.actions import (
    accept_import,
    discard_import,
    read_received,
    reading,
    receive_import,
    retry_readings,
    start_import,
)
from tiendo.intake.actions.reading import MOST_ATTEMPTS, STUCK_AFTER
from tiendo.intake.models import Import, Proposal
from tiendo.intake.reading import Unreadable, read_blocks
from tiendo.intake.tasks import watch_readings
from tiendo.plans.files import RefusedFile
from tiendo.plans.models import StoredFile

PLAN = "KẾ HOẠCH\n\nI. NHIỆM VỤ\n\n- Việc thứ nhất.\n\n- Việc thứ hai.\n".encode()
READING, PROPOSED, UNREADABLE = Import.Status.READING, Import.Status.PROPOSED, Import.Status.UNREADABLE


@pytest.fixture
def queue(settings: LazySettings) -> None:
    """The backend of the house: a job waits in the database until a worker comes."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def waiting(queue: None, units: World, now: datetime) -> Import:
    """A file that was received and that no worker has begun to read."""
    return receive_import(data=PLAN, name="kh.txt", by=units.chi, at=now)[0]


def work() -> None:
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def acts(source: Import) -> list[str]:
    events = Event.objects.filter(subject=f"intake.import:{source.pk}").order_by("pk")
    return [event.act.rpartition(".")[2] for event in events]


def test_a_received_file_waits_for_the_worker(waiting: Import) -> None:
    assert (waiting.status, waiting.progress, waiting.reading, waiting.failure) == (READING, 0, None, None)
    assert not waiting.proposals.exists()
    assert DBTaskResult.objects.count() == 1
    assert acts(waiting) == ["start"]


@pytest.mark.django_db(transaction=True)
def test_the_worker_reads_it(queue: None, units: World, now: datetime) -> None:
    source, new = receive_import(data=PLAN, name="kh.txt", by=units.chi, at=now)
    assert new
    work()
    source.refresh_from_db()
    assert (source.status, source.progress, source.attempts) == (PROPOSED, 100, 1)
    assert source.proposals.filter(kind="task").count() == 2
    assert acts(source) == ["start", "read"]


def test_reading_in_the_worker_gives_what_reading_at_once_gives(units: World, now: datetime) -> None:
    data = (SAMPLE / "phu-luc-2.docx").read_bytes()
    job = receive_import(data=data, name="a.docx", by=units.chi, at=now)[0]
    kept = list(job.proposals.values_list("kind", "key", "printed", "where", "sure"))
    discard_import(source=job, reason="thử", by=units.chi, at=now)
    once = start_import(data=data, name="a.docx", by=units.chi, at=now)[0]
    assert list(once.proposals.values_list("kind", "key", "printed", "where", "sure")) == kept
    assert (once.reading, once.lines) == (job.reading, job.lines)


def test_the_same_file_twice_is_read_once(waiting: Import, units: World, now: datetime) -> None:
    assert receive_import(data=PLAN, name="b.txt", by=units.chi, at=now) == (waiting, False)
    assert DBTaskResult.objects.count() == 1


def test_a_file_that_is_not_what_it_says_is_refused_at_once(units: World, now: datetime) -> None:
    with pytest.raises(RefusedFile):
        receive_import(data=b"\x89PNG....", name="a.docx", by=units.chi, at=now)
    assert (Import.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_job_run_twice_does_nothing_twice(waiting: Import, units: World, now: datetime) -> None:
    first = read_received(source=waiting, by=units.chi, at=now)
    before = (Proposal.objects.count(), Event.objects.count())
    second = read_received(source=waiting, by=units.chi, at=now)
    assert (first.status, second.status) == (PROPOSED, PROPOSED)
    assert (Proposal.objects.count(), Event.objects.count()) == before


def test_what_was_put_aside_meanwhile_is_not_read(waiting: Import, units: World, now: datetime) -> None:
    discard_import(source=waiting, reason="nhầm", by=units.chi, at=now)
    assert read_received(source=waiting, by=units.chi, at=now).status == Import.Status.DISCARDED
    assert not Proposal.objects.exists()


def test_put_aside_while_it_is_read(
    waiting: Import, units: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*args: Any) -> Any:
        discard_import(source=waiting, reason="nhầm", by=units.chi, at=now)
        return finding.find(*args)

    monkeypatch.setattr(reading, "find", meanwhile)
    assert read_received(source=waiting, by=units.chi, at=now).status == Import.Status.DISCARDED
    assert not Proposal.objects.exists()


def fails(error: Exception) -> Callable[..., Any]:
    def fail(*args: Any) -> Any:
        raise error

    return fail


def test_an_unreadable_file_says_why(
    waiting: Import, units: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "find", fails(Unreadable("Tệp hỏng; hãy lưu lại.")))
    source = read_received(source=waiting, by=units.chi, at=now)
    assert (source.status, source.failure, source.reading) == (UNREADABLE, "Tệp hỏng; hãy lưu lại.", None)
    assert acts(source) == ["start", "fail"]


def test_an_error_of_ours_is_a_general_sentence_and_a_traceback_in_the_log(
    waiting: Import, units: World, now: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(reading, "find", fails(ZeroDivisionError("bí mật")))
    with caplog.at_level(logging.ERROR):
        source = read_received(source=waiting, by=units.chi, at=now)
    assert (source.status, "bí mật" in str(source.failure)) == (UNREADABLE, False)
    assert "ZeroDivisionError" in caplog.text


def test_an_unreadable_file_may_come_again_and_be_put_aside(
    waiting: Import, units: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(reading, "find", fails(Unreadable("Tệp hỏng.")))
        read_received(source=waiting, by=units.chi, at=now)
    again, new = receive_import(data=PLAN, name="kh.txt", by=units.chi, at=now)
    assert (new, again != waiting) == (True, True)
    assert discard_import(source=waiting, reason="xong", by=units.chi, at=now).status == Import.Status.DISCARDED


class Killed(BaseException):
    """What a worker feels that is told to stop at once."""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_midway_leaves_nothing_half_and_the_clock_asks_again(
    waiting: Import, units: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(finding, "propose", fails(Killed()))  # type: ignore[arg-type]
        with pytest.raises(Killed):
            read_received(source=waiting, by=units.chi, at=now)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.attempts, Proposal.objects.count()) == (READING, 1, 0)
    DBTaskResult.objects.all().delete()
    assert watch_readings(at=timezone.now()) == 0
    late = timezone.now() + STUCK_AFTER + timedelta(seconds=1)
    assert (watch_readings(at=late), watch_readings(at=late)) == (1, 0)
    assert DBTaskResult.objects.count() == 1
    work()
    waiting.refresh_from_db()
    assert (waiting.status, waiting.attempts) == (PROPOSED, 2)
    assert acts(waiting) == ["start", "retry", "read"]


def test_a_file_that_takes_the_worker_down_each_time_is_given_up(waiting: Import, now: datetime) -> None:
    Import.objects.update(attempts=MOST_ATTEMPTS)
    assert retry_readings(by=None, at=now + 2 * STUCK_AFTER) == []
    waiting.refresh_from_db()
    assert (waiting.status, "nhiều lần" in str(waiting.failure)) == (UNREADABLE, True)


def test_progress_is_told_about_once_a_second_outside_any_transaction(
    waiting: Import, units: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter([0.0, 0.2, 0.4, 1.2, 1.4, 2.5])
    monkeypatch.setattr(reading, "time", SimpleNamespace(monotonic=lambda: next(seconds)))
    told: list[tuple[int, int]] = []

    def slow(data: bytes, name: str, purpose: Any, progress: Callable[[float], None]) -> Any:
        for share in (0.1, 0.2, 0.3, 0.4, 1.0):
            progress(share)
            told.append((Import.objects.get().progress, len(connection.savepoint_ids)))
        return finding.find(data, name, purpose)

    monkeypatch.setattr(reading, "find", slow)
    read_received(source=waiting, by=units.chi, at=now)
    assert told == [(0, 0), (0, 0), (30, 0), (30, 0), (99, 0)]


def test_the_file_is_read_once(waiting: Import, units: World, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(data: bytes, name: str, *args: Any) -> Any:
        read.append(name)
        return read_blocks(data, name, *args)

    monkeypatch.setattr(finding, "read_blocks", counted)
    read_received(source=waiting, by=units.chi, at=now)
    assert read == ["kh.txt"]


@contextmanager
def nothing_happens() -> Iterator[None]:
    before = (Event.objects.count(), Import.objects.count(), Proposal.objects.count(), DBTaskResult.objects.count())
    yield
    assert before == (
        Event.objects.count(),
        Import.objects.count(),
        Proposal.objects.count(),
        DBTaskResult.objects.count(),
    )


@pytest.mark.parametrize("person", ["an", "binh", "dung", "decision_maker", "inspector", "administrator"])
def test_only_the_coordinator_sends_files(waiting: Import, units: World, now: datetime, person: str) -> None:
    by = getattr(units, person)
    with nothing_happens():
        for act in (
            lambda: receive_import(data=b"Ke hoach", name="b.txt", by=by, at=now),
            lambda: discard_import(source=waiting, reason="x", by=by, at=now),
        ):
            with pytest.raises(PermissionDenied, match="Cơ quan đầu mối"):
                act()


def test_nothing_is_decided_while_it_is_read(waiting: Import, units: World, now: datetime) -> None:
    with nothing_happens(), pytest.raises(PermissionDenied, match="đang được đọc"):
        accept_import(source=waiting, take_pending=True, by=units.chi, at=now)
