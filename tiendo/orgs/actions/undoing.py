"""A change entered by mistake is undone: its rows stay, marked, and are read no more."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from tiendo.audit.record import record
from tiendo.orgs.history import touched_by
from tiendo.orgs.models import GroupMembership, Placement, Succession, Unit, UnitChange

OWN = frozenset({"orgs"})  # what this room itself wrote for the unit goes with it


class CannotUndo(ValueError):
    """The change stands: something later rests on it. The message says what, and what to do."""


@transaction.atomic
def undo_change(*, change: UnitChange, reason: str, by: str, at: datetime) -> UnitChange:
    """Units, places and groups are again as if the change had not been; the codes of units it made are free again.

    Raises CannotUndo without a reason, when it is undone already, when a later standing change builds on it, or when
    work elsewhere already names a unit it made. Rows that hang on the change itself do not count: whoever wrote them
    marks them in the same transaction.
    """
    change = UnitChange.objects.select_for_update().get(pk=change.pk)
    made = list(Unit.objects.select_for_update(of=("self",), no_key=True).standing().filter(made_by=change))
    _check(change, made, reason)
    _restore_places(change, at)
    Succession.objects.filter(change=change, undone_at=None).update(undone_at=at)
    GroupMembership.objects.filter(change=change, undone_at=None).update(undone_at=at)
    Unit.objects.filter(code__in=change.ended, valid_to=change.effective_on).update(valid_to=None)
    released = {unit.code: _withdraw(unit, change, at) for unit in made}
    change.undone_by, change.undone_at, change.undone_because = by, at, reason.strip()
    change.save(update_fields=["undone_by", "undone_at", "undone_because"])
    record(
        act="orgs.unit_change.undo",
        subject=f"orgs.unit_change:{change.pk}",
        actor=by,
        at=at,
        reason=change.undone_because,
        restored=change.ended,
        released=released,
    )
    return change


def _check(change: UnitChange, made: list[Unit], reason: str) -> None:
    if change.undone_at is not None:
        raise CannotUndo(_("Thay đổi này đã được hủy."))
    if not reason.strip():
        raise CannotUndo(_("Hãy ghi lý do hủy."))
    if later := _building_on(change, made):
        day = f"{later.effective_on:%d/%m/%Y}"
        told = _("Thay đổi ngày %(day)s (%(decision)s) dựa trên thay đổi này; hãy hủy thay đổi ấy trước.")
        raise CannotUndo(told % {"day": day, "decision": later.decision})
    for unit in made:
        if _is_at_work(unit, change):
            told = _("%(name)s đã có người, nhiệm vụ hoặc báo cáo; không hủy được, hãy ghi một thay đổi mới.")
            raise CannotUndo(told % {"name": unit.name})
    _check_names(change)


def _building_on(change: UnitChange, made: list[Unit]) -> UnitChange | None:
    """A later standing change of a unit that this one made, ended or moved."""
    moved = Placement.objects.filter(change=change, undone_at=None).values_list("unit__code", flat=True)
    own = {unit.code for unit in made} | set(change.ended) | set(moved)
    later = UnitChange.objects.filter(undone_at=None, pk__gt=change.pk).order_by("pk")
    return next((each for each in later if own & touched_by(each)), None)


def _check_names(change: UnitChange) -> None:
    for unit in Unit.objects.filter(code__in=change.ended):
        namesakes = Unit.objects.filter(name=unit.name, valid_to=None, withdrawn_at=None).exclude(made_by=change)
        if namesakes.exclude(pk=unit.pk).exists():
            told = _("Đã có đơn vị khác mang tên %(name)s; hãy kết thúc đơn vị ấy trước.")
            raise CannotUndo(told % {"name": unit.name})


def _is_at_work(unit: Unit, change: UnitChange) -> bool:
    """Whether a unit stands under it, or a row of another room names it that does not hang on the change itself."""
    if unit.children.filter(withdrawn_at=None).exclude(made_by=change).exists():
        return True
    return any(rows.exists() for rows in _naming(unit, change))


def _naming(unit: Unit, change: UnitChange) -> Iterator["models.QuerySet[models.Model]"]:
    for relation in Unit._meta.get_fields(include_hidden=True):
        model = relation.related_model if relation.auto_created else None
        if isinstance(relation, models.ManyToManyRel) or not isinstance(model, type):
            continue
        if not issubclass(model, models.Model) or model._meta.app_label in OWN:
            continue
        rows = model._base_manager.filter(**{relation.field.name: unit})  # type: ignore[union-attr]
        yield rows.exclude(change=change) if _hangs_on_changes(model) else rows


def _hangs_on_changes(model: type[models.Model]) -> bool:
    return any(field.name == "change" and field.related_model is UnitChange for field in model._meta.get_fields())


def _restore_places(change: UnitChange, at: datetime) -> None:
    """Each unit it moved stands again where its last other placement says, or where it stood before its first."""
    for unit_id in set(change.placements.filter(undone_at=None).values_list("unit_id", flat=True)):
        rows = Placement.objects.filter(unit=unit_id, undone_at=None).exclude(change=change, valid_from__isnull=False)
        last = max(rows, key=lambda row: row.valid_from or date.min)
        Unit.objects.filter(pk=unit_id).update(parent=last.parent_id)
    change.placements.filter(undone_at=None).update(undone_at=at)


def _withdraw(unit: Unit, change: UnitChange, at: datetime) -> str:
    """The unit never was in force; its code is free for the change entered rightly."""
    unit.code = f"{unit.code[:40]}-huy-{change.pk}"
    unit.withdrawn_at = at
    unit.save(update_fields=["code", "withdrawn_at"])
    return unit.code
