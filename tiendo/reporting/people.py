"""Whom an act concerns: people of the unit that answers today, the coordinator, the decision-maker."""

from collections.abc import Iterable
from datetime import date

from tiendo.accounts.models import Post, Role, User
from tiendo.accounts.queries import people_by_unit as people_by_unit


def heads_by_unit(unit_ids: Iterable[int], *, on: date) -> dict[int, list[User]]:
    """Unit id → heads of the unit that answers for it on the day; in two queries for any number."""
    return people_by_unit(unit_ids, on=on, roles=(Role.HEAD,))


def people_of_unit(unit_id: int, *, on: date) -> list[User]:
    """Officers and heads of the unit that answers for it on the day."""
    return people_by_unit([unit_id], on=on)[unit_id]


def people_holding_role(role: Role, *, on: date) -> list[User]:
    """Everyone with such a post that day, once each."""
    posts = Post.objects.in_force(on).filter(role=role, user__is_active=True).select_related("user").order_by("pk")
    return list({post.user_id: post.user for post in posts}.values())
