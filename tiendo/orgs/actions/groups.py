"""Who belongs to a group of units from which day to which."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tiendo.audit.record import record
from tiendo.orgs.models import GroupMembership, Unit, UnitGroup


class CannotJoin(ValueError):
    """The membership cannot be as asked; the message says why."""


@transaction.atomic
def add_member(
    *, group: UnitGroup, unit: Unit, valid_from: date | None, by: str, at: datetime, valid_to: date | None = None
) -> GroupMembership:
    """The unit belongs to the group from the day on (None: always did), to the day before `valid_to`.

    Raises CannotJoin when it belongs already within that time, or the time is empty.
    """
    group = UnitGroup.objects.select_for_update().get(pk=group.pk)
    _check(group, unit, valid_from, valid_to)
    row = GroupMembership.objects.create(group=group, unit=unit, valid_from=valid_from, valid_to=valid_to)
    _record("add", row, by=by, at=at)
    return row


@transaction.atomic
def end_member(*, membership: GroupMembership, on: date, by: str, at: datetime) -> GroupMembership:
    """From the day on the unit no longer belongs to the group."""
    row = GroupMembership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if row.undone_at is not None or row.valid_to is not None:
        raise CannotJoin(_("Đơn vị đã thôi thuộc nhóm."))
    if row.valid_from is not None and on <= row.valid_from:
        raise CannotJoin(_("Ngày thôi phải sau ngày bắt đầu thuộc nhóm."))
    row.valid_to = on
    row.save(update_fields=["valid_to"])
    _record("end", row, by=by, at=at)
    return row


@transaction.atomic
def correct_membership(
    *,
    membership: GroupMembership,
    valid_from: date | None,
    valid_to: date | None,
    reason: str,
    by: str,
    at: datetime,
) -> GroupMembership:
    """Days entered wrongly are entered again; the former row stays, marked. Returns the row that holds now."""
    row = GroupMembership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if row.undone_at is not None:
        raise CannotJoin(_("Dòng này đã được thay bằng dòng khác."))
    if not reason.strip():
        raise CannotJoin(_("Hãy ghi lý do sửa."))
    _check(row.group, row.unit, valid_from, valid_to, besides=row)
    was = {"valid_from": row.valid_from, "valid_to": row.valid_to}
    row.undone_at = at
    row.save(update_fields=["undone_at"])
    new = GroupMembership.objects.create(
        group=row.group, unit=row.unit, valid_from=valid_from, valid_to=valid_to, change=row.change
    )
    _record("correct", new, by=by, at=at, was=was, reason=reason.strip())
    return new


def _check(
    group: UnitGroup, unit: Unit, start: date | None, end: date | None, *, besides: GroupMembership | None = None
) -> None:
    if start and end and end <= start:
        raise CannotJoin(_("Ngày thôi phải sau ngày bắt đầu thuộc nhóm."))
    rows = GroupMembership.objects.filter(group=group, unit=unit, undone_at=None)
    if besides:
        rows = rows.exclude(pk=besides.pk)
    if start:
        rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=start))
    if end:
        rows = rows.filter(Q(valid_from=None) | Q(valid_from__lt=end))
    if rows.exists():
        raise CannotJoin(_("%(unit)s đã thuộc nhóm trong thời gian ấy.") % {"unit": unit.name})


def _record(act: str, row: GroupMembership, *, by: str, at: datetime, **detail: object) -> None:
    record(
        act=f"orgs.group_member.{act}",
        subject=f"orgs.unit_group:{row.group.code}",
        actor=by,
        at=at,
        unit=row.unit.code,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        **detail,
    )
