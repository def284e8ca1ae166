"""A list of units, groups and successions taken in: the built-in one, or a workbook's."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from tiendo.orgs.actions.reorganising import succeed_unit
from tiendo.orgs.actions.units import create_unit
from tiendo.orgs.models import GroupMembership, Succession, Unit, UnitGroup
from tiendo.orgs.words import fold


@transaction.atomic
def load_units(*, data: dict[str, Any], by: str, at: datetime) -> int:
    """Units, groups and successions of a list (`orgs/data/units.json` or a workbook); known codes are left alone.

    Returns how many units are new.
    """
    known = {unit.code: unit for unit in Unit.objects.standing()}
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
    asked = [
        GroupMembership(
            group=group,
            unit=unit,
            valid_from=_day(row.get("valid_from")) or unit.valid_from,
            valid_to=_day(row.get("valid_to")) or unit.valid_to,
        )
        for unit in _members(row["members"], known)
    ]
    # Known to the group in any way, even undone or corrected since: a person's word is left alone.
    there = set(GroupMembership.objects.filter(group=group).values_list("unit_id", flat=True))
    GroupMembership.objects.bulk_create(each for each in asked if each.unit_id not in there)


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


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
