"""A decision changes units from a day on: its effects are rows that name it, nothing is re-pointed."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.audit.record import record
from tiendo.orgs.actions.units import create_unit
from tiendo.orgs.history import standings
from tiendo.orgs.models import GroupMembership, Placement, Succession, Unit, UnitChange, UnitGroup
from tiendo.orgs.queries import links
from tiendo.orgs.reorganisation import CannotReorganise, Kind, Reorganisation, Successor, problems
from tiendo.orgs.succession import Link, holder_on
from tiendo.ui.sentences import Sentence


@transaction.atomic
def reorganise(*, change: Reorganisation, by: str, at: datetime) -> UnitChange:
    """Record what the decision does to units; its effects hold from its day on.

    Raises reorganisation.CannotReorganise with every reason; nothing is written then.
    """
    standing = Unit.objects.select_for_update(of=("self",), no_key=True).standing()
    units = {unit.code: unit for unit in standing}
    if told := problems(change, standings(), links()):
        raise CannotReorganise(told)
    row = UnitChange.objects.create(
        kind=change.kind,
        effective_on=change.effective_on,
        decision=change.decision.strip(),
        note=change.note.strip(),
        ended=list(change.ends),
        recorded_by=by,
        recorded_at=at,
    )
    for each in change.successors:
        if each.new:
            units[each.code] = _make(each, row, units, by=by, at=at)
    _pass_on(change, row, units)
    Unit.objects.filter(code__in=change.ends).update(valid_to=change.effective_on)
    if change.kind is Kind.MOVE:
        _move(change, row, units)
    _join(change, row, units)
    _record(change, row, by=by, at=at)
    return row


@transaction.atomic
def succeed_unit(
    *,
    predecessor: Unit,
    successor: Unit,
    kind: str,
    effective_on: date,
    decision: str,
    by: str,
    at: datetime,
    is_default: bool = True,
) -> Succession:
    """One link of a list that is taken in: from the date on, `successor` answers for `predecessor`, which ends.

    Links of one kind, decision and day are one change. Raises succession.Cycle if the successor leads back to the
    predecessor; nothing is written then.
    """
    if is_default:
        new = Link(predecessor.pk, successor.pk, effective_on)
        holder_on(predecessor.pk, date.max, [*links(), new])
    change = _change_of(kind, effective_on, decision, by=by, at=at)
    link = Succession.objects.create(
        predecessor=predecessor,
        successor=successor,
        kind=kind,
        effective_on=effective_on,
        decision=decision,
        is_default=is_default,
        change=change,
    )
    Unit.objects.filter(pk=predecessor.pk, valid_to=None).update(valid_to=effective_on)
    predecessor.refresh_from_db(fields=["valid_to"])
    if predecessor.valid_to == effective_on and predecessor.code not in change.ended:
        change.ended = [*change.ended, predecessor.code]
        change.save(update_fields=["ended"])
    record(
        act="orgs.unit.succeed",
        subject=f"orgs.unit:{predecessor.code}",
        actor=by,
        at=at,
        successor=successor.code,
        kind=kind,
        effective_on=effective_on,
        decision=decision,
    )
    return link


def _change_of(kind: str, effective_on: date, decision: str, *, by: str, at: datetime) -> UnitChange:
    same = {"kind": kind, "effective_on": effective_on, "decision": decision, "recorded_by": by, "undone_at": None}
    change = UnitChange.objects.select_for_update().filter(**same, recorded_at=at).first()
    return change or UnitChange.objects.create(**same, recorded_at=at)


def _make(successor: Successor, change: UnitChange, units: dict[str, Unit], *, by: str, at: datetime) -> Unit:
    new = successor.new
    assert new is not None
    return create_unit(
        code=successor.code,
        name=new.name.strip(),
        short_name=new.short_name.strip() or None,
        kind=new.kind,
        parent=units[new.parent] if new.parent else None,
        aliases=new.aliases,
        reports=new.reports,
        valid_from=change.effective_on,
        made_by=change,
        by=by,
        at=at,
    )


def _pass_on(change: Reorganisation, row: UnitChange, units: dict[str, Unit]) -> None:
    Succession.objects.bulk_create(
        Succession(
            predecessor=units[code],
            successor=units[each.code],
            kind=change.kind,
            effective_on=change.effective_on,
            decision=row.decision,
            is_default=each.is_default,
            functions=each.functions.strip(),
            change=row,
        )
        for code in change.predecessors
        for each in change.successors
    )


def _move(change: Reorganisation, row: UnitChange, units: dict[str, Unit]) -> None:
    """Where each stood before is kept with the first move, so that former days keep their tree."""
    above = units[change.parent] if change.parent else None
    moved = [units[code] for code in change.predecessors]
    known = set(Placement.objects.filter(unit__in=moved, undone_at=None).values_list("unit_id", flat=True))
    rows = [Placement(unit=unit, parent=unit.parent, change=row) for unit in moved if unit.pk not in known]
    rows += [Placement(unit=unit, parent=above, valid_from=change.effective_on, change=row) for unit in moved]
    Placement.objects.bulk_create(rows)
    Unit.objects.filter(pk__in=[unit.pk for unit in moved]).update(parent=above)


def _join(change: Reorganisation, row: UnitChange, units: dict[str, Unit]) -> None:
    asked = [(each.group, each.unit) for each in change.memberships]
    asked += [(group, each.code) for each in change.successors if each.new for group in each.new.groups]
    asked = list(dict.fromkeys(asked))
    groups = {group.code: group for group in UnitGroup.objects.filter(code__in={group for group, _code in asked})}
    if unknown := sorted({group for group, _code in asked} - set(groups)):
        raise CannotReorganise([Sentence.of(_("Không có nhóm đơn vị mang mã {code}."), code=unknown[0])])
    GroupMembership.objects.bulk_create(
        GroupMembership(group=groups[group], unit=units[code], valid_from=change.effective_on, change=row)
        for group, code in _absent(asked, change.effective_on)
    )


def _absent(asked: Iterable[tuple[str, str]], on: date) -> Iterable[tuple[str, str]]:
    """Those that no standing membership reaching to the day or beyond has already."""
    rows = GroupMembership.objects.filter(undone_at=None).values_list("group__code", "unit__code", "valid_to")
    known = {(group, unit) for group, unit, valid_to in rows if valid_to is None or valid_to > on}
    return [each for each in asked if each not in known]


def _record(change: Reorganisation, row: UnitChange, *, by: str, at: datetime) -> None:
    record(
        act="orgs.unit_change.record",
        subject=f"orgs.unit_change:{row.pk}",
        actor=by,
        at=at,
        kind=change.kind.value,
        effective_on=change.effective_on,
        decision=row.decision,
        predecessors=list(change.predecessors),
        successors=[each.code for each in change.successors],
        made=[each.code for each in change.successors if each.new],
        ended=list(change.ends),
        parent=change.parent,
        note=row.note,
    )
