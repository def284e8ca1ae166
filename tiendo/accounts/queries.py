"""Reads about people: who may be looked up by whom, and who holds which post."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from tiendo.accounts.models import WORKS_IN_UNIT, Post, Role, User
from tiendo.accounts.permissions import holds
from tiendo.orgs.queries import holders


def people_visible_to(user: User) -> QuerySet[User]:
    """The administrator sees every account; others the people whose posts they may see, and themselves."""
    if holds(user, Role.ADMINISTRATOR):
        return User.objects.all()
    seen = Post.objects.visible_to(user).filter(user=OuterRef("pk"))
    return User.objects.filter(Q(pk=user.pk) | Exists(seen))


def with_posts(people: QuerySet[User], *, by: User, on: date) -> QuerySet[User]:
    """Each with `current_posts`: those in force that day which `by` may see."""
    posts = Post.objects.visible_to(by).in_force(on).select_related("unit")
    return people.prefetch_related(Prefetch("posts", queryset=posts, to_attr="current_posts"))


def heads(*, on: date) -> QuerySet[User]:
    """People who head a unit that day, delegates included."""
    return User.objects.filter(is_active=True, pk__in=Post.objects.in_force(on).filter(role=Role.HEAD).values("user"))


def focal_officers(*, on: date) -> dict[int, list[User]]:
    """Unit id → its named officers that day, in the order of their names (R080); a unit without any is absent."""
    posts = Post.objects.in_force(on).filter(role=Role.OFFICER, user__is_active=True).select_related("user")
    found: dict[int, list[User]] = {}
    for post in posts.order_by("user__full_name", "pk"):
        found.setdefault(post.unit_id, []).append(post.user)
    return found


def people_of(unit_ids: frozenset[int], *, on: date) -> QuerySet[User]:
    """People who hold a post in any of the units that day."""
    return User.objects.filter(
        is_active=True, pk__in=Post.objects.in_force(on).filter(unit_id__in=unit_ids).values("user")
    )


def people_by_unit(
    unit_ids: Iterable[int], *, on: date, roles: Collection[Role] = WORKS_IN_UNIT
) -> dict[int, list[User]]:
    """Unit id → officers and heads of the unit that answers for it on the day; in two queries for any number."""
    answering = holders(on=on)
    wanted = {pk: answering.get(pk, pk) for pk in unit_ids}
    posts = Post.objects.in_force(on).filter(unit_id__in=set(wanted.values()), role__in=roles, user__is_active=True)
    found: dict[int, dict[int, User]] = {}
    for post in posts.select_related("user").order_by("pk"):
        found.setdefault(post.unit_id, {})[post.user_id] = post.user
    return {pk: list(found.get(holder, {}).values()) for pk, holder in wanted.items()}
