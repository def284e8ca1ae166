"""An officer writes: drafts saved as they are typed, "nothing has changed" in one click."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.plans.models import Task
from tiendo.reporting.actions.filling import fill_others, lock_reports
from tiendo.reporting.merging import changed, merge
from tiendo.reporting.models import VALUE_FIELDS, Duty, Entry
from tiendo.reporting.permissions import can_draft_entry
from tiendo.reporting.prefilling import start_from, year_of
from tiendo.reporting.queries import latest_accepted, tasks_of, values_of
from tiendo.reporting.rules import MOST_MONEY, Values
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
    entry.status = after(EntryStatus(entry.status), Act.SAVE).value
    stored, typed = values_of(entry), {name: getattr(values, name) for name in fields}
    given = replace(stored, **typed) if entry.revision == revision else _merged(entry, typed, base, by)
    if changed(stored, given):
        entry.filled_from = None  # words of its own from now on
    write_values(entry, given, by=by, at=at)
    fills = fill_others(entry, others, by=by, at=at)
    detail = {"fills": fills} if fills else {}
    record_entry("save", entry, by, at, revision=entry.revision, **detail)
    return entry


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
    """Put the values in the row, one revision on. Raises ValidationError for what no column may hold."""
    if any(amount is not None and amount >= MOST_MONEY for amount in (values.money_used, values.money_allocated)):
        raise ValidationError(_("Số tiền quá lớn; hãy xem lại đơn vị tính (đồng)."))
    for name in VALUE_FIELDS:
        setattr(entry, name, getattr(values, name))
    entry.revision, entry.saved_by, entry.saved_at = entry.revision + 1, by, at
    add_writer(entry, by)
    entry.full_clean(exclude=NOT_VALUES, validate_unique=False, validate_constraints=False)
    entry.save()


def add_writer(entry: Entry, by: User) -> None:
    """Who wrote any of what is sent neither approves nor sends it."""
    entry.writer_ids = sorted({*entry.writer_ids, by.pk})


def entry_for_writing(duty: Duty, task: Task) -> Entry:
    """The locked entry, begun if there is none; only for a task the unit leads."""
    entry = _locked(duty, task)
    if entry is None:
        if not tasks_of(duty).filter(pk=task.pk).exists():
            require(no(_("Đơn vị không chủ trì nhiệm vụ này nên không báo cáo ở đây.")))
        Entry.objects.get_or_create(duty=duty, task=task)
        entry = _locked(duty, task)
    if entry is None:
        raise Entry.DoesNotExist
    entry.duty = duty
    return entry


def _locked(duty: Duty, task: Task) -> Entry | None:
    rows = Entry.objects.select_for_update(of=("self",)).select_related("saved_by", "task")
    return rows.filter(duty=duty, task=task).first()


def record_entry(verb: str, entry: Entry, by: User, at: datetime, **detail: object) -> None:
    """One event about an entry."""
    record(act=f"reporting.entry.{verb}", subject=f"reporting.entry:{entry.pk}", actor=by.username, at=at, **detail)
