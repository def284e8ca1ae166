"""Accounts and posts change by the administrator's hand alone, and each change is recorded."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.factories import World, make_unit
from tiendo.accounts import actions
from tiendo.accounts.models import Post, Role, User
from tiendo.audit.models import Event

STRONG = "mùa nước nổi năm nay"
Act = Callable[[World, User, datetime], object]

ACTS: dict[str, Act] = {
    "create_user": lambda w, by, at: actions.create_user(
        username="moi", full_name="Mới", password=STRONG, by=by, at=at
    ),
    "set_password": lambda w, by, at: actions.set_password(user=w.an, password=STRONG, by=by, at=at),
    "deactivate_user": lambda w, by, at: actions.deactivate_user(user=w.an, by=by, at=at),
    "give_post": lambda w, by, at: actions.give_post(
        user=w.an, unit=w.unit_b, role="officer", title="Chuyên viên", valid_from=date(2026, 7, 1), by=by, at=at
    ),
    "end_post": lambda w, by, at: actions.end_post(post=w.an.posts.get(), on=date(2026, 7, 1), by=by, at=at),
}


@pytest.mark.parametrize("name", ACTS)
def test_the_administrator_may_and_the_log_says_so(world: World, now: datetime, name: str) -> None:
    ACTS[name](world, world.administrator, now)
    event = Event.objects.get()
    assert event.actor == "quan-tri"
    assert event.act.startswith("accounts.")


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("part", ["head", "coordinator", "other_unit", "decision_maker", "inspector"])
def test_nobody_else_may_and_nothing_is_written(world: World, now: datetime, name: str, part: str) -> None:
    before = (list(User.objects.order_by("pk").values()), list(Post.objects.order_by("pk").values()))
    with pytest.raises(PermissionDenied):
        ACTS[name](world, world.people[part], now)
    assert (list(User.objects.order_by("pk").values()), list(Post.objects.order_by("pk").values())) == before
    assert not Event.objects.exists()


def test_anybody_may_change_their_own_password(world: World, now: datetime) -> None:
    actions.set_password(user=world.an, password=STRONG, by=world.an, at=now)
    assert User.objects.get(username="an").check_password(STRONG)


@pytest.mark.parametrize("weak", ["ngắn", "1234567890123", "nguyenvanan"])
def test_a_weak_password_is_refused_with_words(world: World, now: datetime, weak: str) -> None:
    with pytest.raises(ValidationError):
        actions.create_user(
            username="nguyenvanan", full_name="Nguyễn Văn An", password=weak, by=world.administrator, at=now
        )
    assert not User.objects.filter(username="nguyenvanan").exists()


def test_the_password_stands_nowhere_in_the_log(world: World, now: datetime) -> None:
    ACTS["create_user"](world, world.administrator, now)
    assert STRONG not in str(list(Event.objects.values()))


def test_the_machine_acts_only_while_there_is_nobody(db: None, now: datetime) -> None:
    first = actions.create_user(username="quan-tri", full_name="Quản Trị", password=STRONG, by=None, at=now)
    unit = make_unit("so-khcn")
    actions.give_post(
        user=first, unit=unit, role=Role.ADMINISTRATOR, title="Quản trị", valid_from=date(2026, 1, 1), by=None, at=now
    )
    with pytest.raises(PermissionDenied):
        actions.create_user(username="hai", full_name="Hai", password=STRONG, by=None, at=now)
    assert set(Event.objects.values_list("actor", flat=True)) == {actions.MACHINE}


def test_an_administrator_cannot_lock_the_house_from_inside(world: World, now: datetime) -> None:
    own = world.administrator
    with pytest.raises(PermissionDenied, match="tự khóa"):
        actions.deactivate_user(user=own, by=own, at=now)
    with pytest.raises(PermissionDenied, match="tự thôi"):
        actions.end_post(post=own.posts.get(), on=date(2026, 7, 1), by=own, at=now)
    assert User.objects.get(pk=own.pk).is_active


def test_the_same_open_post_is_not_given_twice_nor_ended_before_it_began(world: World, now: datetime) -> None:
    with pytest.raises(ValidationError):
        actions.give_post(
            user=world.an,
            unit=world.unit_a,
            role="officer",
            title="Chuyên viên",
            valid_from=date(2026, 7, 1),
            by=world.administrator,
            at=now,
        )
    with pytest.raises(ValidationError):
        actions.end_post(post=world.an.posts.get(), on=date(2020, 1, 1), by=world.administrator, at=now)
    assert not Event.objects.exists()
