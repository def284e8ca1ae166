"""The worker reads what came in: in its own time, outside any transaction, as often as it takes."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop
from django_tasks import task

from tiendo.accounts.models import User
from tiendo.intake.actions.keeping import keep_found
from tiendo.intake.actions.waiting import write_act
from tiendo.intake.finding import Purpose, find
from tiendo.intake.found import Found
from tiendo.intake.models import Import
from tiendo.intake.reading import Unreadable
from tiendo.plans.storage import read_file

STUCK_AFTER = timedelta(minutes=3)  # no sign of life for so long: the worker is gone
MOST_ATTEMPTS = 3  # a file that takes the worker down each time is not tried for ever
TOLD_EACH = 1.0  # seconds between two words on how far it has come
FAILED = gettext_noop(
    "Chương trình gặp lỗi khi đọc tệp này; lỗi đã được ghi lại. Hãy lưu lại tệp ở dạng docx hoặc xlsx rồi thử lại."
)
GAVE_UP = gettext_noop("Đọc tệp này nhiều lần đều bị ngắt giữa chừng; hãy tách thành tệp nhỏ hơn rồi thử lại.")

logger = logging.getLogger(__name__)


@task()
def read_import(pk: int) -> str:
    """The job of the worker: read one import by its row number; the status it ends with."""
    source = Import.objects.select_related("uploaded_by").filter(pk=pk).first()
    if source is None:
        return ""
    return read_received(source=source, by=source.uploaded_by, at=timezone.now()).status


def read_received(*, source: Import, by: User, at: datetime) -> Import:
    """Read a file that was kept, and propose what it says; a file that cannot be read says why instead.

    Nothing happens to an import that was read, or put aside, meanwhile: run twice it does nothing twice.
    """
    if not _begin(source, by=by, at=at):
        return Import.objects.get(pk=source.pk)
    try:
        found = _find(source)
    except Unreadable as refusal:
        return _fail(source, str(refusal), by=by, at=at)
    except Exception:
        logger.exception("import %s (%s) could not be read", source.pk, source.file.sha256)
        return _fail(source, FAILED, by=by, at=at)
    return _finish(source, found, by=by, at=at)


def retry_readings(*, by: User | None, at: datetime) -> list[Import]:
    """Ask the worker again for files whose reader has shown no sign of life; those asked for.

    `by` is None for the clock. One that failed MOST_ATTEMPTS times is given up, and says so.
    """
    stuck = Import.objects.filter(status=Import.Status.READING, progress_at__lt=at - STUCK_AFTER)
    return [source for source in stuck.select_related("uploaded_by") if _retry(source, at=at)]


@transaction.atomic
def _retry(source: Import, *, at: datetime) -> bool:
    still = Import.objects.filter(pk=source.pk, status=Import.Status.READING, progress_at=source.progress_at)
    if source.attempts >= MOST_ATTEMPTS:
        _fail(source, GAVE_UP, by=source.uploaded_by, at=at)
        return False
    if not still.update(progress_at=at):
        return False
    read_import.enqueue(source.pk)
    write_act("retry", source, source.uploaded_by, at, file_name=source.file_name, attempts=source.attempts)
    return True


def _find(source: Import) -> Found:
    annex = source.annex
    purpose = Purpose(plan=source.plan, annex=annex, base=source.base)
    return find(read_file(source.file), source.file_name, purpose, _telling(source.pk))


@transaction.atomic
def _begin(source: Import, *, by: User, at: datetime) -> bool:
    """Count the attempt; whether there is still something to read."""
    mine = Import.objects.select_for_update(of=("self",)).get(pk=source.pk)
    if mine.status != Import.Status.READING:
        return False
    mine.attempts, mine.progress, mine.progress_at = mine.attempts + 1, 0, timezone.now()
    mine.save(update_fields=["attempts", "progress", "progress_at"])
    return True


@transaction.atomic
def _finish(source: Import, found: Found, *, by: User, at: datetime) -> Import:
    """Keep all of it, unless somebody put the import aside or another worker was faster."""
    source = Import.objects.select_for_update(of=("self",)).get(pk=source.pk)
    if source.status != Import.Status.READING:
        return source
    keep_found(source, found, at=timezone.now())
    write_act("read", source, by, at, file_name=source.file_name, proposals=len(found.proposals))
    return source


@transaction.atomic
def _fail(source: Import, sentence: str, *, by: User, at: datetime) -> Import:
    source = Import.objects.select_for_update(of=("self",)).get(pk=source.pk)
    if source.status != Import.Status.READING:
        return source
    source.status, source.failure = Import.Status.UNREADABLE, sentence
    source.save(update_fields=["status", "failure"])
    write_act("fail", source, by, at, file_name=source.file_name, reason=sentence)
    return source


def _telling(pk: int) -> Callable[[float], None]:
    """Writes the share done, at most once a second and each time by itself, so that no other writer waits."""
    told = [time.monotonic()]

    def tell(share: float) -> None:
        now = time.monotonic()
        if now - told[0] >= TOLD_EACH:
            told[0] = now
            reading = Import.objects.filter(pk=pk, status=Import.Status.READING)
            reading.update(progress=min(99, max(0, int(share * 100))), progress_at=timezone.now())

    return tell
