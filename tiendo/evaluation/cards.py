"""Whom a cycle judges: units of the chosen groups, or the heads they had on the days of the data, term by term."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q

from tiendo.accounts.models import Post, Role
from tiendo.evaluation.states import Subject
from tiendo.orgs.models import Unit
from tiendo.orgs.queries import renamed


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

    `kinds` is kind of unit → code of its group. A unit that ended within the days has no card of its own: its tasks and
    reports are on that of its successor. Its head has one, for the term up to the end of the unit; under another name
    the unit is the same body, and the term goes on. A delegate who signs for a head answers for nothing and gets no
    card. Units are those that owe reports as a rule.
    """
    last_day = data_to - timedelta(days=1)
    measured = Unit.objects.standing().filter(kind__in=kinds, reports=True)
    if subject == Subject.UNIT:
        return [Wanted(pk, kinds[kind]) for pk, kind in measured.in_force(last_day).values_list("pk", "kind")]
    lasting = measured.filter(Q(valid_to=None) | Q(valid_to__gt=data_from))
    posts = Post.objects.filter(unit__in=lasting, role=Role.HEAD, valid_from__lt=data_to)
    posts = posts.filter(Q(delegated_by=None) | Q(delegated_by=""))
    held = posts.filter(Q(valid_to=None) | Q(valid_to__gt=data_from)).order_by("unit__sort_key", "valid_from", "pk")
    bodies = renamed(on=last_day)
    terms = [_term(post, kinds[post.unit.kind], bodies, data_from, data_to) for post in held.select_related("unit")]
    return list(_joined(term for term in terms if term is not None))


def _term(post: Post, group: str, bodies: Mapping[int, int], data_from: date, data_to: date) -> Wanted | None:
    """The days of the post within those of the data and of the unit; None where there is none."""
    ends = [data_to, *(day for day in (post.valid_to, post.unit.valid_to) if day is not None)]
    start = max(post.valid_from, data_from, post.unit.valid_from or data_from)
    if start >= min(ends):
        return None
    unit = bodies.get(post.unit_id, post.unit_id)
    return Wanted(unit_id=unit, group=group, head_id=post.user_id, head_from=start, head_to=min(ends))


def _joined(terms: Iterable[Wanted]) -> Iterator[Wanted]:
    """Terms of one person in one body that follow each other without a gap are one."""
    last: dict[tuple[int, int | None], Wanted] = {}
    for term in sorted(terms, key=lambda each: each.head_from or date.min):
        key = (term.unit_id, term.head_id)
        before = last.get(key)
        if before and before.head_to and term.head_from and term.head_to and before.head_to >= term.head_from:
            last[key] = replace(before, head_to=max(before.head_to, term.head_to))
        else:
            if before:
                yield before
            last[key] = term
    yield from last.values()
