"""A file comes in: kept at once, read by the worker; or read here and now for who waits for the answer."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.intake.actions.keeping import keep_found
from tiendo.intake.actions.reading import read_import
from tiendo.intake.actions.waiting import write_act
from tiendo.intake.finding import READABLE, Purpose, find
from tiendo.intake.models import Import
from tiendo.intake.permissions import can_import, can_receive
from tiendo.intake.queries import find_import_of
from tiendo.orgs.models import Unit
from tiendo.plans.files import FileKind, hash_of, inspect_file
from tiendo.plans.models import Annex, Plan, StoredFile
from tiendo.plans.spreadsheets.progress import Progress, ignore
from tiendo.plans.storage import store_file


@dataclass(frozen=True)
class Coming:
    """A file that is new to the house: what it is, what it would become, and whose own plan it is of, if one's."""

    data: bytes
    name: str
    kind: FileKind
    purpose: Purpose
    unit: Unit | None


def receive_import(
    *,
    data: bytes,
    name: str,
    by: User,
    at: datetime,
    annex: Annex | None = None,
    plan: Plan | None = None,
    unit: Unit | None = None,
) -> tuple[Import, bool]:
    """Keep a file and ask the worker to read it; (the import, whether it is new).

    `annex`: the file is this annex, missing until now or changed. `plan`: it is a changed text of this plan.
    `unit`: it is this unit's own plan, or of it. A file that came in before changes nothing and gives its first import
    back.
    Raises RefusedFile with a sentence for a file that is not what its name says, or not safe to open.
    """
    file = _coming(data, name, annex, plan, unit, by=by)
    if isinstance(file, Import):
        return file, False
    with transaction.atomic():
        source, new = _keep(file, by=by, at=at)
        if new:
            read_import.enqueue(source.pk)
    source.refresh_from_db()
    return source, new


def start_import(
    *,
    data: bytes,
    name: str,
    by: User,
    at: datetime,
    annex: Annex | None = None,
    plan: Plan | None = None,
    unit: Unit | None = None,
    progress: Progress = ignore,
) -> tuple[Import, bool]:
    """As `receive_import`, read before it comes back: for the command line and for whoever has no worker.

    Reading a long annex takes seconds, so it happens before the transaction: the database's one writer waits for
    nobody's file. Raises RefusedFile or Unreadable with a sentence when it cannot be read; nothing is kept then.
    """
    file = _coming(data, name, annex, plan, unit, by=by)
    if isinstance(file, Import):
        return file, False
    found = find(data, name, file.purpose, progress)
    with transaction.atomic():
        source, new = _keep(file, by=by, at=at)
        return keep_found(source, found, at=at) if new else source, new


@transaction.atomic
def take_rest(*, source: Import, by: User, at: datetime) -> Import:
    """Compare an accepted file once more, with its plan as it is now: what was left out then may still come in.

    Asked twice for the same version, it gives the first comparison back.
    """
    require(can_import(by, source))
    if source.status != Import.Status.ACCEPTED or source.form != Import.Form.DOCUMENT:
        require(no(_("Chỉ xem lại được phần chưa lấy của một văn bản đã chấp nhận.")))
    stored, purpose = _lock_file(source.file), Purpose.of(annex=source.annex, plan=source.plan)
    aside = (Import.Status.DISCARDED, Import.Status.UNREADABLE)
    known = Import.objects.filter(file=stored, base=purpose.base).exclude(status__in=aside).first()
    if known:
        return known
    again = _create(stored, source.file_name, purpose, source.unit, by=by, at=at)
    read_import.enqueue(again.pk)
    again.refresh_from_db()
    return again


def _coming(
    data: bytes, name: str, annex: Annex | None, plan: Plan | None, unit: Unit | None, *, by: User
) -> Coming | Import:
    """The file, looked at and found fit to read; or the import it came in with before."""
    require(can_receive(by, unit, plan or (annex.plan if annex else None)))
    if known := find_import_of(hash_of(data)):
        return _seen(known, by)
    purpose = _purpose(annex, plan)
    return Coming(data, name, inspect_file(data, name, allowed=READABLE), purpose, unit)


def _purpose(annex: Annex | None, plan: Plan | None) -> Purpose:
    if annex and plan and annex.plan_id != plan.pk:
        require(no(_("Phụ lục đã chọn không thuộc kế hoạch đã chọn.")))
    return Purpose.of(annex=annex, plan=plan)


def _seen(known: Import, by: User) -> Import:
    """The file that came in before, as far as the person may know of it."""
    if not Import.objects.visible_to(by).filter(pk=known.pk).exists():
        require(no(_("Tệp này đã được nhập; hãy hỏi cơ quan đầu mối.")))
    return known


def _keep(file: Coming, *, by: User, at: datetime) -> tuple[Import, bool]:
    """The file and its import; the same file that came in meanwhile is not kept twice."""
    kind = file.kind
    stored = _lock_file(store_file(file.data, extension=kind.extension, media_type=kind.media_type, at=at))
    if known := find_import_of(stored.sha256):
        return _seen(known, by), False
    return _create(stored, file.name, file.purpose, file.unit, by=by, at=at), True


def _create(stored: StoredFile, name: str, purpose: Purpose, unit: Unit | None, *, by: User, at: datetime) -> Import:
    source = Import.objects.create(
        file=stored,
        file_name=name,
        status=Import.Status.READING,
        annex=purpose.annex,
        unit=unit,
        plan=purpose.plan,
        base=purpose.base,
        uploaded_by=by,
        uploaded_at=at,
        progress_at=at,
    )
    write_act("start", source, by, at, sha256=stored.sha256, file_name=name)
    return source


def _lock_file(stored: StoredFile) -> StoredFile:
    """Two uploads of one file at the same moment come in one after the other."""
    return StoredFile.objects.select_for_update().get(pk=stored.pk)
