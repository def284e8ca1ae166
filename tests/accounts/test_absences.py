"""Away and replaced: whose posts a substitute has on which day, and who may say so."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.accounts.days import access_on
from tests.factories import World, make_user
from tiendo.accounts import actions
from tiendo.accounts.models import Absence, Role, User
from tiendo.audit.models import Event

FIRST, LAST = date(2026, 7, 6), date(2026, 7, 10)


def away(world: World, now: datetime, *, by: User | None = None, **more: object) -> Absence:
    given: dict[str, object] = {"first_day": FIRST, "last_day": LAST, "reason": "Đi công tác", "substitute": world.an}
    return actions.record_absence(user=world.binh, by=by or world.binh, at=now, **(given | more))  # type: ignore[arg-type]


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_a_substitute_heads_the_unit_on_the_days_of_the_absence_and_no_other(world: World, now: datetime) -> None:
    away(world, now)
    days = [FIRST - timedelta(days=1), FIRST, LAST, LAST + timedelta(days=1)]
    assert [bool(access_on(world.an, day).headed_unit_ids) for day in days] == [False, True, True, False]
    assert access_on(world.an, FIRST).signing_unit_ids == {world.unit_a.pk}
    assert access_on(world.binh, FIRST).headed_unit_ids == {world.unit_a.pk}


def test_an_ended_absence_hands_everything_back(world: World, now: datetime) -> None:
    absence = actions.end_absence(absence=away(world, now), by=world.binh, at=now)
    assert absence.ended_at == now
    assert not access_on(world.an, FIRST).headed_unit_ids
    actions.end_absence(absence=absence, by=world.binh, at=now + timedelta(days=1))
    assert list(Event.objects.order_by("pk").values_list("act", flat=True)) == [
        "accounts.absence.record",
        "accounts.absence.end",
    ]


def test_keeping_accounts_is_not_handed_on(world: World, now: datetime) -> None:
    actions.record_absence(
        user=world.administrator,
        substitute=world.chi,
        first_day=FIRST,
        last_day=LAST,
        reason="Nghỉ phép",
        by=world.administrator,
        at=now,
    )
    assert access_on(world.chi, FIRST).roles == {Role.COORDINATOR}


def test_a_closed_account_hands_nothing_on(world: World, now: datetime) -> None:
    away(world, now)
    User.objects.filter(pk=world.binh.pk).update(is_active=False)
    assert not access_on(world.an, FIRST).headed_unit_ids


def test_own_posts_stand_first_and_it_is_known_for_whom_one_acts(world: World, now: datetime) -> None:
    today = timezone.localdate()
    away(world, now, first_day=today, last_day=today)
    an = fresh(world.an)
    assert [post.user for post in an.posts_today] == [world.an, world.binh]
    assert an.main_post is not None
    assert an.main_post.role == Role.OFFICER
    assert an.acting_for(world.unit_a.pk) == world.binh
    assert an.acting_for(world.unit_b.pk) is None
    assert fresh(world.binh).acting_for(world.unit_a.pk) is None


def test_posts_are_asked_for_once_however_many_one_stands_in_for(world: World, now: datetime) -> None:
    def queries() -> int:
        user = fresh(world.an)
        with CaptureQueriesContext(connection) as asked:
            assert user.access.roles
        return len(asked)

    before = queries()
    today = timezone.localdate()
    away(world, now, first_day=today, last_day=today)
    second = make_user("pho", world.unit_a, Role.HEAD)
    actions.record_absence(
        user=second, substitute=world.an, first_day=today, last_day=today, reason="Học", by=second, at=now
    )
    assert queries() == before


@pytest.mark.parametrize("part", ["head", "administrator", "officer"])
def test_who_may_record_an_officers_absence(world: World, now: datetime, part: str) -> None:
    actions.record_absence(user=world.an, first_day=FIRST, last_day=LAST, reason="Ốm", by=world.people[part], at=now)
    assert Absence.objects.get().recorded_by == world.people[part]
    assert Event.objects.get().subject == "accounts.user:an"


@pytest.mark.parametrize("part", ["coordinator", "other_unit", "decision_maker", "inspector", "officer"])
def test_nobody_else_records_the_heads_absence_and_nothing_is_written(world: World, now: datetime, part: str) -> None:
    with pytest.raises(PermissionDenied, match="vắng mặt"):
        away(world, now, by=world.people[part])
    assert not Absence.objects.exists()
    assert not Event.objects.exists()


def test_a_substitute_is_of_the_same_unit_unless_the_administrator_says_so(world: World, now: datetime) -> None:
    with pytest.raises(PermissionDenied, match="cùng đơn vị"):
        away(world, now, substitute=world.dung)
    assert not Absence.objects.exists()
    away(world, now, substitute=world.dung, by=world.administrator)
    assert access_on(world.dung, FIRST).headed_unit_ids == {world.unit_a.pk}


def test_a_substitute_who_is_away_too_is_refused(world: World, now: datetime) -> None:
    actions.record_absence(user=world.an, first_day=LAST, last_day=LAST, reason="Ốm", by=world.an, at=now)
    with pytest.raises(ValidationError, match="cũng vắng"):
        away(world, now)
    assert Absence.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"first_day": LAST, "last_day": FIRST}, "Ngày cuối"),
        ({"substitute": None, "reason": "  "}, "để trắng"),
    ],
)
def test_an_absence_out_of_order_or_without_a_reason_is_refused(
    world: World, now: datetime, more: dict[str, object], words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        away(world, now, **more)
    assert not Absence.objects.exists()


def test_nobody_is_away_twice_on_one_day(world: World, now: datetime) -> None:
    away(world, now)
    with pytest.raises(ValidationError, match="Đã ghi vắng mặt"):
        away(world, now, first_day=LAST, last_day=LAST + timedelta(days=3))
    assert Absence.objects.count() == 1


def test_whose_absence_one_sees(world: World, now: datetime) -> None:
    away(world, now)
    seen = {name for name, user in world.people.items() if Absence.objects.visible_to(user).exists()}
    assert seen == set(world.people) - {"other_unit"}
