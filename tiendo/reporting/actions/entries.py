"""An officer writes: drafts saved as they are typed, "nothing has changed" in one click."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import Fact, record, record_all
from tiendo.plans.models import Handover, Task
from tiendo.reporting.actions.filling import WRITTEN, fill_others, lock_reports
from tiendo.reporting.merging import changed, merge
from tiendo.reporting.models import VALUE_FIELDS, Duty, Entry, EntryQuerySet
from tiendo.reporting.permissions import can_draft_entry
from tiendo.reporting.prefilling import start_from, year_of
from tiendo.reporting.queries import latest_accepted, tasks_of, values_of
from tiendo.reporting.rules import MOST_MONEY, Values
from tiendo.reporting.shifting import shifted_away, written_elsewhere
from tiendo.reporting.workflow import Act, EntryStatus, IllegalMove, after

UNCHANGED = "Không có nội dung mới trong kỳ."  # becomes the unit's own words, so in the language of reports
NOT_VALUES = ("duty", "task", "saved_by", "filled_from", "writer_ids")


class Conflict(Exception):
    """Somebody saved after this page was opened, and not all can be kept: nothing was overwritten.

    `entry` holds what they saved; `fields` names those both changed, empty when that cannot be told.
    """

    def __init__(self, entry: Entry, by: User, fields: Collection[str] = ()) -> None:
        if entry.saved_by_id == by.pk:
            said = _("Bạn vừa lưu nội dung này ở một trang khác. Hãy xem bản đó trước khi lưu tiếp.")
        else:
            said = _("%(name)s vừa lưu nội dung này. Hãy xem bản mới trước khi lưu tiếp.") % {"name": entry.saved_by}
        super().__init__(said)
        self.entry, self.fields = entry, tuple(fields)


@transaction.atomic
def save_draft(
    *,
    duty: Duty,
    task: Task,
    values: Values,
    revision: int,
    by: User,
    at: datetime,
    base: Values | None = None,
    fields: Collection[str] = VALUE_FIELDS,
) -> Entry:
    """Keep what is typed, complete or not, and let it fill the unit's other open reports that ask for the same.

    `revision` and `base` are what the page was opened with; only the values in `fields` were given. When another save
    came between, what only one side changed is kept from both. Raises Conflict if both changed the same field or there
    is no `base` to compare with, IllegalMove if the entry is with the coordinator or accepted.
    """
    duty, others = lock_reports(duty)
    require(can_draft_entry(by, duty, task, at=at))
    entry = entry_for_writing(duty, task)
    _draft(entry, {name: getattr(values, name) for name in fields}, revision, base, by=by, at=at)
    entry.save()
    record_all([_saved(entry, fill_others(entry, others, by=by, at=at))], actor=by.username, at=at)
    return entry


@dataclass(frozen=True)
class Draft:
    """What is typed on one task, and the revision it was typed upon."""

    task: Task
    values: Values
    revision: int


@transaction.atomic
def save_drafts(*, duty: Duty, drafts: Sequence[Draft], by: User, at: datetime) -> list[Entry]:
    """Each of the drafts as by `save_draft`, all or none: the lock is held for a few queries, however many they are.

    Only where the unit has other open reports to fill does each draft look for its place there.
    """
    if not drafts:
        return []
    duty, others = lock_reports(duty)
    for task in [draft.task for draft in drafts] if duty.period.closed_at else [None]:
        require(can_draft_entry(by, duty, task, at=at))
    found = _entries_for_writing(duty, [draft.task for draft in drafts])
    for draft in drafts:
        typed = {name: getattr(draft.values, name) for name in VALUE_FIELDS}
        _draft(found[draft.task.pk], typed, draft.revision, None, by=by, at=at)
    entries = [found[draft.task.pk] for draft in drafts]
    Entry.objects.bulk_update(entries, ["status", *WRITTEN])
    facts = [_saved(entry, fill_others(entry, others, by=by, at=at)) for entry in entries]
    record_all(facts, actor=by.username, at=at)
    return entries


def _draft(entry: Entry, typed: dict[str, Any], revision: int, base: Values | None, *, by: User, at: datetime) -> None:
    """Let the locked row hold what was typed, beside what somebody else saved since; it is not stored yet."""
    entry.status = after(EntryStatus(entry.status), Act.SAVE).value
    stored = values_of(entry)
    given = replace(stored, **typed) if entry.revision == revision else _merged(entry, typed, base, by)
    if changed(stored, given):
        entry.filled_from = None  # words of its own from now on
    _put_values(entry, given, by=by, at=at)


def _saved(entry: Entry, fills: list[int]) -> Fact:
    detail = {"revision": entry.revision} | ({"fills": fills} if fills else {})
    return Fact("reporting.entry.save", f"reporting.entry:{entry.pk}", detail)


def _merged(entry: Entry, typed: dict[str, Any], base: Values | None, by: User) -> Values:
    if base is None:
        raise Conflict(entry, by)
    merged = merge(base=base, mine=replace(base, **typed), theirs=values_of(entry))
    if merged.clashes:
        raise Conflict(entry, by, merged.clashes)
    return merged.values


@transaction.atomic
def repeat_last(*, duty: Duty, task: Task, by: User, at: datetime) -> Entry:
    """ "Không thay đổi so với kỳ trước": begin the entry with what was last accepted and say that nothing is new.

    What was spent is not repeated: it counts from the start of the year. Nor does it fill other reports: nothing new
    in one period may be news in another. Raises IllegalMove when something was written already, or nothing was ever
    accepted.
    """
    duty, _others = lock_reports(duty)
    require(can_draft_entry(by, duty, task, at=at))
    entry = entry_for_writing(duty, task)
    last = latest_accepted(Task.objects.filter(pk=task.pk), before=duty.period).get(task.pk)
    if entry.revision or last is None:
        raise IllegalMove(_("Chỉ dùng được khi kỳ này chưa nhập gì và đã có kỳ trước được tiếp nhận."))
    said, period = values_of(last), duty.period
    same_year = year_of(last.entry.duty.period.data_to) == year_of(period.data_to)
    start = start_from(said, said, same_year=same_year, asks_estimate=period.asks_estimate)
    write_values(entry, replace(start, result=UNCHANGED), by=by, at=at)
    record_entry("repeat", entry, by, at, revision=1, submission=last.pk)
    return entry


def write_values(entry: Entry, values: Values, *, by: User, at: datetime) -> None:
    """Store the values in the row, one revision on. Raises ValidationError for what no column may hold."""
    _put_values(entry, values, by=by, at=at)
    entry.save()


def _put_values(entry: Entry, values: Values, *, by: User, at: datetime) -> None:
    if any(amount is not None and amount >= MOST_MONEY for amount in (values.money_used, values.money_allocated)):
        raise ValidationError(_("Số tiền quá lớn; hãy xem lại đơn vị tính (đồng)."))
    for name in VALUE_FIELDS:
        setattr(entry, name, getattr(values, name))
    entry.revision, entry.saved_by, entry.saved_at = entry.revision + 1, by, at
    add_writer(entry, by)
    entry.full_clean(exclude=NOT_VALUES, validate_unique=False, validate_constraints=False)


def add_writer(entry: Entry, by: User) -> None:
    """Who wrote any of what is sent neither approves nor sends it."""
    entry.writer_ids = sorted({*entry.writer_ids, by.pk})


def entry_for_writing(duty: Duty, task: Task) -> Entry:
    """The locked entry, begun if there is none; only for a task the unit leads."""
    entry = _locked(duty, task)
    _require_not_moved(duty, [entry] if entry else [])
    if entry is None:
        _require_led(duty, [task])
        Entry.objects.get_or_create(duty=duty, task=task)
        entry = _locked(duty, task)
    if entry is None:
        raise Entry.DoesNotExist
    entry.duty = duty
    return entry


def _entries_for_writing(duty: Duty, tasks: Sequence[Task]) -> dict[int, Entry]:
    """Task id → its locked entry, as `entry_for_writing` gives it."""
    rows = _rows_for_update(duty).filter(task__in=tasks).order_by("pk")
    found = {row.task_id: row for row in rows}
    _require_not_moved(duty, found.values())
    new = [task for task in tasks if task.pk not in found]
    if new:
        _require_led(duty, new)
        Entry.objects.bulk_create([Entry(duty=duty, task=task) for task in new], ignore_conflicts=True)
        found = {row.task_id: row for row in rows.all()}
    for row in found.values():
        row.duty = duty
    return found


def _require_led(duty: Duty, tasks: Sequence[Task]) -> None:
    wanted = {task.pk for task in tasks}
    if wanted - set(tasks_of(duty).filter(pk__in=wanted).values_list("pk", flat=True)):
        require(no(_("Đơn vị không chủ trì nhiệm vụ này nên không báo cáo ở đây.")))


def _require_not_moved(duty: Duty, entries: Iterable[Entry]) -> None:
    handed = {entry.task_id for entry in entries if entry.is_handed}  # type: ignore[attr-defined]
    if handed and handed & (written_elsewhere(duty) | shifted_away(duty)):
        require(no(_("Nhiệm vụ này đã chuyển sang báo cáo của đơn vị khác trong kỳ; nội dung đã nhập chỉ để xem.")))


def _locked(duty: Duty, task: Task) -> Entry | None:
    return _rows_for_update(duty).filter(task=task).first()


def _rows_for_update(duty: Duty) -> EntryQuerySet:
    handed = Exists(Handover.objects.filter(task=OuterRef("task")))
    rows = Entry.objects.select_for_update(of=("self",)).select_related("saved_by", "task").filter(duty=duty)
    return rows.annotate(is_handed=handed)


def record_entry(verb: str, entry: Entry, by: User, at: datetime, **detail: object) -> None:
    """One event about an entry."""
    record(act=f"reporting.entry.{verb}", subject=f"reporting.entry:{entry.pk}", actor=by.username, at=at, **detail)
