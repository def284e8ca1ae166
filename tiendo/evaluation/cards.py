"""Whom a cycle judges: units of the chosen groups, or the heads they had on the days of the data, term by term."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from tiendo.accounts.models import Post, Role
from tiendo.evaluation.states import Subject
from tiendo.orgs.models import Unit


@dataclass(frozen=True)
class Wanted:
    """One card to be made, within a group of its like."""

    unit_id: int
    group: str
    head_id: int | None = None
    head_from: date | None = None
    head_to: date | None = None


def wanted_cards(subject: Subject, kinds: Mapping[str, str], *, data_from: date, data_to: date) -> list[Wanted]:
    """Cards for units that stand on the last day of the data; of heads, for each term within the days.

    `kinds` is kind of unit → code of its group. A delegate who signs for a head answers for nothing and gets no card.
    Units are those that owe reports as a rule.
    """
    units = Unit.objects.in_force(data_to - timedelta(days=1)).filter(kind__in=kinds, reports=True)
    if subject == Subject.UNIT:
        return [Wanted(pk, kinds[kind]) for pk, kind in units.values_list("pk", "kind")]
    posts = Post.objects.filter(unit__in=units, role=Role.HEAD, valid_from__lt=data_to)
    posts = posts.filter(Q(delegated_by=None) | Q(delegated_by=""))
    held = posts.filter(Q(valid_to=None) | Q(valid_to__gt=data_from)).order_by("unit__sort_key", "valid_from", "pk")
    return [_term(post, kinds[post.unit.kind], data_from, data_to) for post in held.select_related("unit")]


def _term(post: Post, group: str, data_from: date, data_to: date) -> Wanted:
    return Wanted(
        unit_id=post.unit_id,
        group=group,
        head_id=post.user_id,
        head_from=max(post.valid_from, data_from),
        head_to=min(post.valid_to or data_to, data_to),
    )
