"""Lines of the ledger: recorded, accepted, returned. A line is never changed after it was decided."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from gettext import gettext as _

from django.db import transaction
from django.utils import timezone

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import Fact, record, record_all
from tiendo.indicators.actions.refreshing import Cell, refresh
from tiendo.indicators.arriving import Arrived, arrive
from tiendo.indicators.checking import order_faults
from tiendo.indicators.delivery import Row
from tiendo.indicators.keeping import kept_sentences
from tiendo.indicators.models import Batch, Indicator, Observation, Passport, Source
from tiendo.indicators.permissions import can_accept_value, can_deliver_from
from tiendo.indicators.states import Standing, Status
from tiendo.indicators.telling import tell_returned
from tiendo.orgs.models import Unit
from tiendo.plans.files import inspect_file
from tiendo.plans.storage import store_file
from tiendo.ui.sentences import Sentence


class NotTaken(Exception):
    """The value cannot stand in the ledger; `sentences` say why, in Vietnamese."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = list(sentences)
        super().__init__(*self.sentences[:1])


class Decided(Exception):
    """Nothing was left to decide: somebody else was first, or a newer line counts. The message says who or what."""


@dataclass(frozen=True)
class Evidence:
    """A paper that backs a value: its bytes and the name it was given."""

    data: bytes
    name: str


@dataclass(frozen=True)
class Acceptance:
    """What an acceptance did: the numbers of lines accepted, and for each left out why."""

    accepted: tuple[int, ...]
    left: tuple[tuple[int, str], ...] = ()


@transaction.atomic
def record_observation(
    *,
    indicator: Indicator,
    unit: Unit,
    source: Source,
    period: str,
    status: str,
    by: User,
    at: datetime,
    value: str | Decimal | None = None,
    no_value: str = "",
    part: str = "",
    note: str = "",
    evidence: Evidence | None = None,
    batch: Batch | None = None,
) -> Observation:
    """The next line of a cell, waiting for acceptance; `part` is its slice. `value` is text as people type it.

    Raises NotTaken with sentences when a check speaks against it or nothing is new, RefusedFile for the evidence.
    """
    lock_indicators([indicator.pk])
    require(can_deliver_from(by, source))
    row = Row(1, indicator.code, unit.code, period, status, value, no_value, part, note)
    (arrived,) = arrive([row], source=source, by=by, on=timezone.localdate(at))
    if not arrived.is_taken:
        raise NotTaken(arrived.errors or [_("Sổ số liệu đã ghi đúng như vậy; không có gì mới.")])
    (line,) = lines_of([arrived], source=source, batch=batch, by=by, at=at)
    if evidence is not None:
        kind = inspect_file(evidence.data, evidence.name)
        line.evidence = store_file(evidence.data, extension=kind.extension, media_type=kind.media_type, at=at)
        line.evidence_name = evidence.name
    line.save(force_insert=True)
    record(act="indicators.observation.record", subject=subject_of(line), actor=by.username, at=at, **told(arrived))
    return line


def accept_observations(*, observations: Collection[int], by: User, at: datetime, doubtful: bool = False) -> Acceptance:
    """Lines by number, accepted: each becomes the current one of its cell, and what depends on it is refreshed.

    Lines with warnings are left unless `doubtful`; so are those decided meanwhile or overtaken. Raises PermissionDenied
    when one of them is not this person's to accept (nothing is accepted then), Decided when none could be.
    """
    with transaction.atomic():
        found = _accept(observations, by, at, doubtful)
        if not found.accepted:
            raise Decided(found.left[0][1] if found.left else _("Không có số liệu nào để xác nhận."))
        return found


@transaction.atomic
def return_observation(*, observation: Observation, reason: str, by: User, at: datetime) -> Observation:
    """The line is sent back with a reason; what was submitted stays as it is. Raises Decided, NotTaken (no reason)."""
    (line,) = _locked([observation.pk])
    require(can_accept_value(by, _passports([line])[line.indicator_id], line))
    if line.standing != Standing.PENDING:
        raise Decided(_decided_by(line))
    if not reason.strip():
        raise NotTaken([_("Hãy ghi lý do trả lại.")])
    _return(line, reason.strip(), by, at)
    record(
        act="indicators.observation.return", subject=subject_of(line), actor=by.username, at=at, reason=reason.strip()
    )
    tell_returned([line], by=by, at=at)
    return line


def lock_indicators(pks: Iterable[int]) -> None:
    """One writer at a time for the ledger of an indicator: numbers of lines and current ones are decided under it."""
    list(Indicator.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=set(pks)).order_by("pk"))


def lines_of(
    arrived: Iterable[Arrived], *, source: Source, batch: Batch | None, by: User, at: datetime
) -> list[Observation]:
    """The new lines, not stored yet; of rows that were taken only."""
    return [_line(each, source, batch, by, at) for each in arrived]


def subject_of(line: Observation) -> str:
    return f"indicators.observation:{line.pk}"


def told(arrived: Arrived) -> dict[str, object]:
    """What the log says of a line."""
    row, checked = arrived.row, arrived.checked
    cell = {"indicator": row.indicator, "unit": row.unit, "period": row.period, "slice": row.slice}
    if checked is None or checked.status is None:
        return dict(cell)
    said = {"status": checked.status.value, "value": checked.value, "no_value": checked.no_value}
    return cell | said | {"number": arrived.number}


def _line(arrived: Arrived, source: Source, batch: Batch | None, by: User, at: datetime) -> Observation:
    passport, unit, checked = arrived.passport, arrived.unit, arrived.checked
    if passport is None or unit is None or checked is None or checked.span is None or checked.status is None:
        raise ValueError(f"row {arrived.row.number} was not taken")
    return Observation(
        indicator_id=passport.indicator_id,
        unit=unit,
        period=checked.span.code,
        period_end=checked.span.last_day,
        slice=arrived.row.slice,
        source=source,
        number=arrived.number,
        status=checked.status.value,
        value=checked.value,
        no_value=checked.no_value,
        note=arrived.row.note,
        batch=batch,
        warnings=kept_sentences(checked.warnings),
        recorded_by=by,
        recorded_at=at,
    )


def _accept(numbers: Collection[int], by: User, at: datetime, doubtful: bool) -> Acceptance:
    lines = _locked(numbers)
    passports = _passports(lines)
    for line in lines:
        require(can_accept_value(by, passports[line.indicator_id], line))
    accepted: list[Observation] = []
    left: list[tuple[int, str]] = []
    overtaken: list[Observation] = []
    for line in lines:
        if why := _why_not(line, doubtful):
            left.append((line.pk, why))
        else:
            overtaken += _make_current(line, by, at)
            accepted.append(line)
    record_all(
        [Fact("indicators.observation.accept", subject_of(line), _accepted(line)) for line in accepted],
        actor=by.username,
        at=at,
    )
    tell_returned(overtaken, by=by, at=at)
    refresh([Cell(line.indicator_id, line.unit_id, line.period, line.slice) for line in accepted], at=at)
    return Acceptance(tuple(line.pk for line in accepted), tuple(left))


def _locked(numbers: Collection[int]) -> list[Observation]:
    """The lines, locked after their indicators, oldest first."""
    asked = Observation.objects.filter(pk__in=set(numbers))
    lock_indicators(asked.values_list("indicator", flat=True))
    locked = Observation.objects.select_for_update(of=("self",)).filter(pk__in=set(numbers))
    return list(locked.select_related("decided_by", "indicator", "unit", "recorded_by").order_by("number", "pk"))


def _passports(lines: Iterable[Observation]) -> dict[int, Passport]:
    wanted = Passport.objects.in_force().filter(indicator__in={line.indicator_id for line in lines})
    return {passport.indicator_id: passport for passport in wanted}


def _why_not(line: Observation, doubtful: bool) -> str:
    """Why a line cannot be accepted now; empty when it can."""
    if line.standing != Standing.PENDING:
        return _decided_by(line)
    if line.warnings and not doubtful:
        return _("Số liệu có cảnh báo; hãy xem và xác nhận riêng.")
    accepted = [other for other in _cell(line) if other.standing == Standing.ACCEPTED]
    if any(other.number > line.number for other in accepted):
        return _("Ô này đã có dòng mới hơn được xác nhận.")
    statuses = [Status(other.status) for other in accepted]
    return next(order_faults(Status(line.status), statuses, (), line.note), "")


def _cell(line: Observation) -> list[Observation]:
    same = {"indicator": line.indicator_id, "unit": line.unit_id, "period": line.period, "source": line.source_id}
    return list(Observation.objects.filter(**same, slice=line.slice).exclude(pk=line.pk))


def _make_current(line: Observation, by: User, at: datetime) -> list[Observation]:
    """Current from now on; older lines of the cell still waiting are overtaken and go back to who wrote them.

    Those overtaken by another person's line: who wrote one and the next has no need to be told.
    """
    others = Observation.objects.filter(pk__in=[other.pk for other in _cell(line)])
    others.filter(is_current=True).update(is_current=False)
    waiting = others.filter(standing=Standing.PENDING, number__lt=line.number).exclude(recorded_by=by)
    overtaken = list(waiting.select_related("indicator", "unit", "recorded_by"))
    for other in overtaken:
        _return(other, _("Đã có dòng mới hơn của ô này được xác nhận."), by, at)
    line.standing, line.is_current, line.decided_by, line.decided_at = Standing.ACCEPTED.value, True, by, at
    line.save(update_fields=["standing", "is_current", "decided_by", "decided_at"])
    return [other for other in overtaken if other.recorded_by_id != line.recorded_by_id]


def _return(line: Observation, reason: str, by: User, at: datetime) -> None:
    line.standing, line.reason, line.decided_by, line.decided_at = Standing.RETURNED.value, reason, by, at
    line.save(update_fields=["standing", "reason", "decided_by", "decided_at"])


def _decided_by(line: Observation) -> str:
    who = line.decided_by.full_name if line.decided_by else ""
    if line.standing == Standing.ACCEPTED:
        return Sentence.of(_("{who} đã xác nhận số liệu này trước bạn."), who=who)
    return Sentence.of(_("{who} đã trả lại số liệu này trước bạn."), who=who)


def _accepted(line: Observation) -> dict[str, object]:
    cell = {"indicator": line.indicator.code, "unit": line.unit.code, "period": line.period, "slice": line.slice}
    return cell | {"status": line.status, "value": line.value, "no_value": line.no_value, "number": line.number}
