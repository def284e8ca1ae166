"""Everything that changes units. Who may is asked by the caller's room: `accounts` stands above this one.

`by` is the user name that the log keeps; this room knows no people.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tiendo.audit.record import record
from tiendo.orgs.models import Boundary, GroupMembership, OfficeDay, Succession, Unit, UnitAlias, UnitGroup
from tiendo.orgs.queries import links
from tiendo.orgs.succession import Link, holder_on
from tiendo.orgs.words import fold, sort_key


@transaction.atomic
def create_unit(
    *,
    code: str,
    name: str,
    kind: str,
    by: str,
    at: datetime,
    short_name: str | None = None,
    parent: Unit | None = None,
    aliases: tuple[str, ...] = (),
    reports: bool = False,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Unit:
    """A new unit with the other names documents use for it."""
    unit = Unit.objects.create(
        code=code,
        name=name,
        short_name=short_name or name,
        folded=fold(" | ".join([name, short_name or "", *aliases])),
        sort_key=sort_key(name),
        kind=kind,
        parent=parent,
        reports=reports,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    _write_aliases(unit, (name, short_name or name, *aliases))
    record(act="orgs.unit.create", subject=f"orgs.unit:{code}", actor=by, at=at, name=name, kind=kind)
    return unit


@transaction.atomic
def correct_unit(*, unit: Unit, by: str, at: datetime, short_name: str, official_id: str | None, reports: bool) -> Unit:
    """Mend what is not the unit's legal name; a new name is a succession to a new unit."""
    unit = Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
    was = {"short_name": unit.short_name, "official_id": unit.official_id, "reports": unit.reports}
    unit.short_name, unit.official_id, unit.reports = short_name, official_id, reports
    unit.save(update_fields=["short_name", "official_id", "reports"])
    now = {"short_name": short_name, "official_id": official_id, "reports": reports}
    record(act="orgs.unit.correct", subject=f"orgs.unit:{unit.code}", actor=by, at=at, was=was, now=now)
    return unit


@transaction.atomic
def learn_alias(*, unit: Unit, text: str, by: str, at: datetime) -> UnitAlias:
    """What a person corrected once is proposed next time."""
    alias, new = UnitAlias.objects.get_or_create(unit=unit, folded=fold(text), defaults={"text": text})
    if new:
        record(act="orgs.alias.learn", subject=f"orgs.unit:{unit.code}", actor=by, at=at, text=text)
    return alias


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
    """From the date on, `successor` answers for `predecessor`, whose own validity ends.

    Raises succession.Cycle if the successor leads back to the predecessor; nothing is written then.
    """
    if is_default:
        new = Link(predecessor.pk, successor.pk, effective_on)
        holder_on(predecessor.pk, date.max, [*links(), new])
    link = Succession.objects.create(
        predecessor=predecessor,
        successor=successor,
        kind=kind,
        effective_on=effective_on,
        decision=decision,
        is_default=is_default,
    )
    Unit.objects.filter(pk=predecessor.pk, valid_to=None).update(valid_to=effective_on)
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


@transaction.atomic
def load_units(*, data: dict[str, Any], by: str, at: datetime) -> int:
    """Units, groups and successions of a list (`orgs/data/units.json` or a workbook); known codes are left alone.

    Returns how many units are new.
    """
    known = {unit.code: unit for unit in Unit.objects.all()}
    new = 0
    for row in data["units"]:
        if row["code"] not in known:
            known[row["code"]] = _create_listed(row, known, by=by, at=at)
            new += 1
    for row in data.get("groups", []):
        _load_group(row, known)
    for row in data.get("successions", []):
        _load_succession(row, known, by=by, at=at)
    return new


@transaction.atomic
def set_office_day(*, day: date, kind: str, note: str, by: str, at: datetime) -> OfficeDay:
    """Offices are closed on the day, or work on it, by the paper named in `note`; what was entered before is replaced.

    Raises ValidationError without a paper.
    """
    office_day = OfficeDay.objects.select_for_update().filter(day=day).first() or OfficeDay(day=day)
    was = {"kind": office_day.kind, "note": office_day.note} if office_day.pk else None
    office_day.kind, office_day.note = kind, note.strip()
    office_day.full_clean()
    office_day.save()
    now = {"kind": office_day.kind, "note": office_day.note}
    record(act="orgs.office_day.set", subject=f"orgs.office_day:{day}", actor=by, at=at, was=was, now=now)
    return office_day


@transaction.atomic
def remove_office_day(*, office_day: OfficeDay, reason: str, by: str, at: datetime) -> None:
    """The day follows the public calendar again; the log keeps what was entered, and why it was taken away."""
    office_day = OfficeDay.objects.select_for_update().get(pk=office_day.pk)
    was = {"kind": office_day.kind, "note": office_day.note}
    subject = f"orgs.office_day:{office_day.day}"
    office_day.delete()
    record(act="orgs.office_day.remove", subject=subject, actor=by, at=at, was=was, reason=reason)


@transaction.atomic
def import_boundaries(*, geometries: Mapping[str, Mapping[str, Any]], source: str, by: str, at: datetime) -> int:
    """Where units lie, by code; what was known of these units before is replaced, other units keep theirs.

    `geometries` come from `boundaries.read_boundaries`. Returns how many were written; raises KeyError for a code
    that no unit has.
    """
    units = {unit.code: unit for unit in Unit.objects.select_for_update(no_key=True).filter(code__in=geometries)}
    rows = [
        Boundary(unit=units[code], geometry=geometry, source=source, imported_at=at)
        for code, geometry in geometries.items()
    ]
    Boundary.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["unit"], update_fields=["geometry", "source", "imported_at"]
    )
    told = json.dumps(geometries, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(told.encode()).hexdigest()
    subject, codes = f"orgs.boundary:{digest[:16]}", sorted(geometries)
    record(act="orgs.boundary.import", subject=subject, actor=by, at=at, source=source, units=codes, sha256=digest)
    return len(rows)


def _create_listed(row: dict[str, Any], known: dict[str, Unit], *, by: str, at: datetime) -> Unit:
    return create_unit(
        code=row["code"],
        name=row["name"],
        short_name=row.get("short_name"),
        kind=row["kind"],
        parent=known.get(row.get("parent") or ""),
        aliases=tuple(row.get("aliases", ())),
        reports=row.get("reports", False),
        valid_from=_day(row.get("valid_from")),
        valid_to=_day(row.get("valid_to")),
        by=by,
        at=at,
    )


def _load_group(row: dict[str, Any], known: dict[str, Unit]) -> None:
    names = fold(" | ".join([row["name"], *row.get("aliases", ())]))
    group, _ = UnitGroup.objects.get_or_create(code=row["code"], defaults={"name": row["name"], "folded": names})
    for unit in _members(row["members"], known):
        GroupMembership.objects.get_or_create(
            group=group,
            unit=unit,
            valid_from=_day(row.get("valid_from")) or unit.valid_from,
            defaults={"valid_to": _day(row.get("valid_to")) or unit.valid_to},
        )


def _members(members: str | list[str], known: dict[str, Unit]) -> list[Unit]:
    if isinstance(members, str):
        kinds = members.removeprefix("kind=").split(",")
        return [unit for unit in known.values() if unit.kind in kinds]
    return [known[code] for code in members]


def _load_succession(row: dict[str, Any], known: dict[str, Unit], *, by: str, at: datetime) -> None:
    predecessor, successor = known[row["predecessor"]], known[row["successor"]]
    if Succession.objects.filter(predecessor=predecessor, successor=successor).exists():
        return
    succeed_unit(
        predecessor=predecessor,
        successor=successor,
        kind=row["kind"],
        effective_on=date.fromisoformat(row["effective_on"]),
        decision=row["decision"],
        is_default=row.get("is_default", True),
        by=by,
        at=at,
    )


def _write_aliases(unit: Unit, texts: tuple[str, ...]) -> None:
    by_key = {fold(text): text for text in texts if text}
    UnitAlias.objects.bulk_create([UnitAlias(unit=unit, text=text, folded=key) for key, text in by_key.items()])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
