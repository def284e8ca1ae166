"""The people on whose desk a report lies on a day: whom a word about it concerns, and nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from tiendo.accounts.models import SIGNS_FOR_UNIT, WORKS_IN_UNIT, Absence, Post, Role, User
from tiendo.orgs.queries import holders
from tiendo.reporting.models import Stay


@dataclass
class _Staff:
    """Who works in and signs for the units asked for, and who stands in for whom; looked up once for all."""

    answering: dict[int, int]
    coordinators: list[User] = field(default_factory=list)
    people: dict[tuple[int, str], list[User]] = field(default_factory=dict)
    instead: dict[int, User] = field(default_factory=dict)

    def at(self, unit_id: int, *roles: Role) -> list[User]:
        return [user for role in roles for user in self.people.get((self.answering[unit_id], role), [])]


def people_holding(stays: Iterable[Stay], *, on: date) -> dict[int, list[User]]:
    """Row number of the stay → its holders that day, in four queries for any number of stays.

    The officers of the unit (its heads, where it has none); the one person the desk is meant for; the heads; those who
    sign for the unit above; the coordinators. Who is away is replaced by the substitute, if there is one.
    """
    stays = list(stays)
    staff = _staff({stay.unit_id for stay in stays}, on)
    return {stay.pk: _present(_meant(stay, staff), staff) for stay in stays}


def people_on(stay: Stay, *, on: date) -> list[User]:
    """The holders of one desk."""
    return people_holding([stay], on=on)[stay.pk]


def _meant(stay: Stay, staff: _Staff) -> list[User]:
    if stay.user is not None:
        return [stay.user]
    if stay.desk == Stay.Desk.COORDINATOR:
        return staff.coordinators
    if stay.desk == Stay.Desk.PARENT:
        return staff.at(stay.unit_id, Role.HEAD, Role.DECISION_MAKER)
    officers = staff.at(stay.unit_id, Role.OFFICER) if stay.desk == Stay.Desk.OFFICER else []
    return officers or staff.at(stay.unit_id, Role.HEAD)


def _present(people: Iterable[User], staff: _Staff) -> list[User]:
    """Each once, or whoever stands in."""
    there = [staff.instead.get(person.pk, person) for person in people]
    return list({person.pk: person for person in there if person.is_active}.values())


def _staff(unit_ids: set[int], on: date) -> _Staff:
    answering = holders(on=on)
    staff = _Staff(answering={pk: answering.get(pk, pk) for pk in unit_ids})
    here = Q(unit_id__in=set(staff.answering.values()), role__in=WORKS_IN_UNIT | SIGNS_FOR_UNIT)
    posts = Post.objects.in_force(on).filter(here | Q(role=Role.COORDINATOR), user__is_active=True)
    for post in posts.select_related("user").order_by("pk"):
        if post.role == Role.COORDINATOR:
            staff.coordinators.append(post.user)
        else:
            staff.people.setdefault((post.unit_id, post.role), []).append(post.user)
    away = Absence.objects.in_force(on).filter(substitute__is_active=True).select_related("substitute").order_by("pk")
    staff.instead = {absence.user_id: absence.substitute for absence in away if absence.substitute}
    return staff
