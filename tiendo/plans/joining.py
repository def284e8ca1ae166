"""Who takes part in tasks through a group of units on a day: the same rule for one unit's lists and a page's members.

`holding` says who answers for a part that names a unit. A part that names a group makes the task visible to its members
and stands apart in their lists; it asks no report and no answer of them, and no score counts it. The rule itself is
`membership`; here the database asks it of many tasks at once.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from tiendo.orgs.models import GroupMembership, GroupMembershipQuerySet, Succession
from tiendo.plans.holding import Holding, holding
from tiendo.plans.membership import Stay, stay, taking_part

Given = tuple[int, date]  # id of a group, the day from which the task is followed


def joined_by(unit_ids: frozenset[int], *, on: date | None = None) -> Q:
    """The condition for parts of groups in which any of the units takes part on the day (today).

    `unit_ids` are held units: with each unit come those whose successor it is.
    """
    if not unit_ids:
        return Q(pk__in=[])
    on = on or timezone.localdate()
    rows = GroupMembership.objects.standing().filter(unit_id__in=unit_ids, unit__withdrawn_at=None)
    present = Q(group__in=_present(rows, on).values("group"))
    followed = Q(group__in=rows.filter(unit__successions__is_default=True).values("group"))  # few: spares asking each
    return Q(group__isnull=False) & (present | (followed & Q(Exists(_inherited(rows, on)))))


def members_of(given: Iterable[Given], *, on: date, known: Holding | None = None) -> dict[Given, frozenset[int]]:
    """The ids of the units that take part on the day, for each group and day given; `known` spares two queries."""
    wanted = set(given)
    if not wanted:
        return {}
    stays, defaults = _stays({group for group, _day in wanted}), (known or holding(on=on)).defaults
    return {
        (group, day): taking_part(stays.get(group, ()), given=day, on=on, defaults=defaults) for group, day in wanted
    }


def _present(rows: GroupMembershipQuerySet, on: date) -> GroupMembershipQuerySet:
    """Of units in force that day, named in the group then."""
    gone = Succession.objects.standing().filter(predecessor=OuterRef("unit"), is_default=True, effective_on__lte=on)
    begun = rows.in_force(on).filter(Q(unit__valid_from=None) | Q(unit__valid_from__lte=on))
    return begun.filter(Q(unit__valid_to=None) | Q(unit__valid_to__gt=on)).exclude(Exists(gone))


def _inherited(rows: GroupMembershipQuerySet, on: date) -> GroupMembershipQuerySet:
    """Of units succeeded by that day, named in the group to their end; in tasks given before it."""
    path = "unit__successions__"
    end = F(path + "effective_on")
    return rows.filter(
        *(Q(**{name: None}) | Q(**{f"{name}__lt": end}) for name in ("valid_from", "unit__valid_from")),
        *(Q(**{name: None}) | Q(**{f"{name}__gte": end}) for name in ("valid_to", "unit__valid_to")),
        group=OuterRef("group"),
        **{
            f"{path}is_default": True,
            f"{path}undone_at": None,
            f"{path}effective_on__lte": on,
            f"{path}effective_on__gt": OuterRef("task__followed_from"),
        },
    )


def _stays(groups: Iterable[int]) -> dict[int, list[Stay]]:
    rows = GroupMembership.objects.standing().filter(group__in=groups, unit__withdrawn_at=None).order_by("pk")
    names = ("group_id", "unit_id", "unit__valid_from", "unit__valid_to", "valid_from", "valid_to")
    found: dict[int, list[Stay]] = {}
    for group, unit, begun, ended, since, until in rows.values_list(*names):
        found.setdefault(group, []).append(stay(unit, (begun, ended), (since, until)))
    return found
