"""Reads what `approving` works from: the steps, heads and superiors of a unit on a day, who is away, who wrote."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Q, Subquery
from django.utils.timezone import localdate

from tiendo.accounts.models import SIGNS_FOR_UNIT, Absence, Post, Role, User
from tiendo.orgs.history import parent_on
from tiendo.orgs.models import Unit
from tiendo.orgs.queries import unit_holding
from tiendo.reporting.approving import Route, Signer, Step, approver_for
from tiendo.reporting.models import ApprovalStep, Duty, Entry, Stay, StayQuerySet, Submission
from tiendo.reporting.workflow import Desk, EntryStatus

UNSENT = (EntryStatus.DRAFT.value, EntryStatus.RETURNED.value)


@dataclass(frozen=True)
class NextDesk:
    """Where a report goes next, and whose desk that is."""

    route: Route
    unit: Unit


def writers_of(duty: Duty) -> frozenset[int]:
    """Ids of those who wrote any of what would be sent now, or of what came back and is sent again: they approve none
    of it."""
    begun = Entry.objects.filter(duty=duty, status__in=UNSENT).exclude(revision=0)
    last = Submission.objects.filter(entry=OuterRef("pk")).order_by("-number").values("writer_ids")[:1]
    rows = begun.annotate(before=Subquery(last)).values_list("writer_ids", "before", "saved_by")
    return frozenset(pk for ids, before, saved_by in rows for pk in (*ids, *(before or ()), saved_by) if pk is not None)


def next_desk(duty: Duty, stay: Stay | None, *, at: datetime, writers: frozenset[int] | None = None) -> NextDesk:
    """The desk after the one the report lies on, with the reasons; in a constant number of queries."""
    on = localdate(at)
    unit = unit_holding(duty.unit, on=on)
    above = parent_on(unit, on)
    posts = list(_signing_posts([unit.pk, above.pk if above else None], on))
    steps = list(ApprovalStep.objects.in_force(on).filter(unit=unit).select_related("approver"))
    people = {post.user_id: post.user for post in posts} | {step.approver_id: step.approver for step in steps}
    away = _away(people, on)
    heads = [post.user for post in posts if post.unit_id == unit.pk and post.role == Role.HEAD]
    superiors = [post.user for post in posts if above and post.unit_id == above.pk]
    route = approver_for(
        steps=[Step(step.position, step.title, _signer(step.approver, away)) for step in steps],
        heads=_signers(heads, away),
        superiors=_signers(superiors, away),
        superior_unit=above.name if above else "",
        writers=writers_of(duty) if writers is None else writers,
        after=stay.step if stay and stay.desk == Desk.APPROVER else 0,
        past_head=stay is not None and stay.desk == Desk.HEAD,
    )
    return NextDesk(route, above if above and route.desk == Desk.PARENT else unit)


def stays_waiting_for(user: User) -> StayQuerySet:
    """Reports that lie at this person's own desk to be approved, the longest waiting first."""
    stands_for = {user.pk, *(post.user_id for post in user.posts_today)}
    mine = (
        Q(desk=Stay.Desk.APPROVER, user__in=stands_for)
        | Q(desk=Stay.Desk.HEAD, duty__unit__in=user.access.headed_unit_ids)
        | Q(desk=Stay.Desk.PARENT, unit__in=user.access.signing_unit_ids)
    )
    return Stay.objects.open().filter(mine).select_related("duty__unit", "duty__period").order_by("arrived_at", "pk")


def superiors_of(stay: Stay, *, on: date) -> list[User]:
    """Who is told when a report lies too long: the head for an approver, the unit above for a head, the coordinator's
    own head for the coordinator."""
    if stay.desk in (Desk.APPROVER, Desk.COORDINATOR):
        return _present(signing_for(stay.unit_id, on=on, heads_only=True), on)
    return superiors_above(stay.unit, on=on)


def superiors_above(unit: Unit, *, on: date) -> list[User]:
    """Those who sign in the unit above the one that answers on the day."""
    above = parent_on(unit_holding(unit, on=on), on)
    return _present(signing_for(above.pk, on=on), on) if above else []


def signing_for(unit_id: int, *, on: date, heads_only: bool = False) -> list[User]:
    """Heads of the unit, and the decision-makers in it, once each."""
    holder = unit_holding(Unit.objects.get(pk=unit_id), on=on)
    posts = _signing_posts([holder.pk], on)
    return list(dict.fromkeys(post.user for post in posts if not heads_only or post.role == Role.HEAD))


def _signing_posts(unit_ids: Iterable[int | None], on: date) -> Iterable[Post]:
    posts = Post.objects.in_force(on).filter(
        unit_id__in=[pk for pk in unit_ids if pk], role__in=SIGNS_FOR_UNIT, user__is_active=True
    )
    return posts.select_related("user").order_by("pk")


def _away(people: Iterable[int], on: date) -> dict[int, Absence]:
    rows = Absence.objects.in_force(on).filter(user__in=list(people)).select_related("substitute")
    return {absence.user_id: absence for absence in rows}


def _present(people: Iterable[User], on: date) -> list[User]:
    """Each, or the substitute while away; a person away whom nobody replaces is told all the same."""
    found = {user.pk: user for user in people}
    away = _away(found, on)
    return list(dict.fromkeys((away[pk].substitute if pk in away else None) or user for pk, user in found.items()))


def _signers(people: Iterable[User], away: Mapping[int, Absence]) -> list[Signer]:
    return [_signer(user, away) for user in dict.fromkeys(people)]


def _signer(user: User, away: Mapping[int, Absence]) -> Signer:
    absence = away.get(user.pk)
    if absence is None:
        return Signer(user.pk, user.full_name)
    other = absence.substitute if absence.substitute and absence.substitute.is_active else None
    return Signer(
        user.pk, user.full_name, absence.last_day, other.pk if other else None, other.full_name if other else ""
    )
