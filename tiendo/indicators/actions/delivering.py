"""Deliveries of values: from a page, a sheet, a CSV file or a program. Every row is accounted for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _

from django.db import transaction
from django.utils import timezone

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.indicators.actions.observing import NotTaken, lines_of, lock_indicators
from tiendo.indicators.arriving import Arrived, arrive
from tiendo.indicators.delivery import Row, digest_of, read_csv
from tiendo.indicators.keeping import kept_sentences
from tiendo.indicators.models import Batch, Indicator, Observation, PutAside, Source
from tiendo.indicators.permissions import can_deliver_from
from tiendo.indicators.sheets import read_template
from tiendo.plans.files import hash_of, inspect_file
from tiendo.plans.models import StoredFile
from tiendo.plans.storage import store_file

SHEETS = frozenset({"xlsx", "csv"})
AT_ONCE = 500


class OtherContent(Exception):
    """The key was used before for other content; nothing was written. The message says so in Vietnamese."""


class PageFaults(NotTaken):
    """Rows of a page that cannot be taken, by their number; nothing of the page was written."""

    def __init__(self, faults: dict[int, tuple[str, ...]]) -> None:
        self.faults = faults
        super().__init__(sentence for each in faults.values() for sentence in each)


@dataclass(frozen=True)
class Delivered:
    """The batch, and whether it was there already under its key."""

    batch: Batch
    is_repeat: bool = False


@dataclass(frozen=True)
class Letter:
    """How a delivery came: its form, its hash, its file, the sender's key."""

    form: Batch.Form
    digest: str
    file: StoredFile | None = None
    file_name: str = ""
    key: str | None = None


def deliver_rows(
    *, source: Source, rows: Sequence[Row], form: Batch.Form, by: User, at: datetime, key: str | None = None
) -> Delivered:
    """Rows of a page or a program, as one batch.

    The same key with the same rows gives the batch there was and writes nothing. Raises OtherContent for the same key
    with other rows; PageFaults when rows of a page are wrong: a page is taken whole or not at all.
    """
    letter = Letter(form, digest_of(rows, source.code), key=key)
    with transaction.atomic():
        return _deliver(source, rows, letter, by, at)


def deliver_file(*, source: Source, data: bytes, name: str, by: User, at: datetime) -> Delivered:
    """A filled workbook or a CSV file, as one batch.

    Raises RefusedFile when the file is not what it says or not safe, Unreadable when it has no such columns. Reading
    takes a while, so it happens before the transaction.
    """
    require(can_deliver_from(by, source))
    kind = inspect_file(data, name, allowed=SHEETS)
    rows = read_template(data) if kind.extension == "xlsx" else read_csv(data)
    form = Batch.Form.EXCEL if kind.extension == "xlsx" else Batch.Form.CSV
    with transaction.atomic():
        stored = store_file(data, extension=kind.extension, media_type=kind.media_type, at=at)
        return _deliver(source, rows, Letter(form, hash_of(data), stored, name), by, at)


def _deliver(source: Source, rows: Sequence[Row], letter: Letter, by: User, at: datetime) -> Delivered:
    if letter.key is not None and (known := _told_before(letter, by)):
        return Delivered(known, is_repeat=True)
    source = Source.objects.select_for_update(of=("self",), no_key=True).get(pk=source.pk)
    require(can_deliver_from(by, source))
    lock_indicators(Indicator.objects.filter(code__in={row.indicator for row in rows}).values_list("pk", flat=True))
    arrived = arrive(rows, source=source, by=by, on=timezone.localdate(at))
    wrong = {each.row.number: each.errors for each in arrived if each.errors}
    if wrong and letter.form is Batch.Form.PAGE:
        raise PageFaults(wrong)
    batch = _keep(source, arrived, letter, by, at)
    _record(batch, by, at)
    return Delivered(batch)


def _told_before(letter: Letter, by: User) -> Batch | None:
    """The batch that came under this key. One sender's deliveries wait for each other here."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    known = Batch.objects.filter(received_from=by, key=letter.key).first()
    if known is not None and known.digest != letter.digest:
        raise OtherContent(_("Khóa này đã dùng cho một lần gửi có nội dung khác; hãy dùng khóa mới."))
    return known


def _keep(source: Source, arrived: Sequence[Arrived], letter: Letter, by: User, at: datetime) -> Batch:
    taken = [each for each in arrived if each.is_taken]
    aside = [each for each in arrived if each.errors]
    batch = Batch.objects.create(
        source=source,
        form=letter.form,
        file=letter.file,
        file_name=letter.file_name,
        key=letter.key,
        digest=letter.digest,
        row_count=len(arrived),
        taken_count=len(taken),
        unchanged_count=len(arrived) - len(taken) - len(aside),
        aside_count=len(aside),
        received_from=by,
        received_at=at,
    )
    Observation.objects.bulk_create(lines_of(taken, source=source, batch=batch, by=by, at=at), batch_size=AT_ONCE)
    asides = [_aside(each, batch) for each in aside]
    PutAside.objects.bulk_create(asides, batch_size=AT_ONCE)
    batch.answer = answer_of(batch, asides)
    batch.save(update_fields=["answer"])
    return batch


def answer_of(batch: Batch, asides: Iterable[PutAside]) -> dict[str, object]:
    """What the sender is told, to be told again: the counts, and each row put aside with its reasons as kept."""
    return {
        "batch": batch.pk,
        "rows": batch.row_count,
        "taken": batch.taken_count,
        "unchanged": batch.unchanged_count,
        "aside": batch.aside_count,
        "asides": [{"row": aside.row, "reasons": aside.reasons} for aside in asides],
    }


def _aside(arrived: Arrived, batch: Batch) -> PutAside:
    return PutAside(batch=batch, row=arrived.row.number, raw=arrived.row.raw(), reasons=kept_sentences(arrived.errors))


def _record(batch: Batch, by: User, at: datetime) -> None:
    counts = {name: batch.answer[name] for name in ("rows", "taken", "unchanged", "aside")}
    lines = list(batch.observations.order_by("pk").values_list("pk", flat=True))
    record(
        act="indicators.batch.receive",
        subject=f"indicators.batch:{batch.pk}",
        actor=by.username,
        at=at,
        source=batch.source.code,
        form=str(batch.form),
        sha256=batch.digest,
        observations=lines,
        **counts,
    )
