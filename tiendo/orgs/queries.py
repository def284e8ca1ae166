"""Reads about units. Successions are few (tens), so they are loaded whole and resolved by the pure rule."""

from datetime import date

from tiendo.calendars.working_days import OfficeCalendar
from tiendo.orgs.models import OfficeDay, Succession, Unit, UnitQuerySet
from tiendo.orgs.succession import Link, held_by, holder_on


def links() -> list[Link]:
    rows = Succession.objects.values_list("predecessor_id", "successor_id", "effective_on", "is_default")
    return [Link(*row) for row in rows]


def unit_holding(unit: Unit, *, on: date) -> Unit:
    """The unit that answers for `unit` on the date; the unit itself if nothing changed."""
    holder = holder_on(unit.pk, on, links())
    return unit if holder == unit.pk else Unit.objects.get(pk=holder)


def units_held_by(unit_ids: frozenset[int], *, on: date, known: list[Link] | None = None) -> frozenset[int]:
    """Ids of every unit whose duties these units hold on the date, themselves included; `known` spares the query."""
    if known is None:
        known = links() if unit_ids else []
    if not known:
        return unit_ids
    return frozenset(held for unit in unit_ids for held in held_by(unit, on, known))


def holders(*, on: date) -> dict[int, int]:
    """Unit id → id of the unit answering for it, for units that have a successor on the date."""
    known = links()
    return {link.predecessor: holder_on(link.predecessor, on, known) for link in known if link.effective_on <= on}


def reporting_units(*, on: date) -> UnitQuerySet:
    """Units in force on the date that owe periodic reports."""
    return Unit.objects.in_force(on).filter(reports=True)


def office_calendar() -> OfficeCalendar:
    """Working days as the office entered them, in one query over a few rows; ask once and pass it on."""
    days: dict[str, set[date]] = {OfficeDay.Kind.OFF: set(), OfficeDay.Kind.WORKED: set()}
    for day, kind in OfficeDay.objects.order_by().values_list("day", "kind"):
        days[kind].add(day)
    return OfficeCalendar(frozenset(days[OfficeDay.Kind.OFF]), frozenset(days[OfficeDay.Kind.WORKED]))
