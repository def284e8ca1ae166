"""A person's own inbox, wishes and calendar address: nobody else's."""

from datetime import timedelta

import pytest

from tests.factories import NOON, World
from tests.notices.test_telling import tell
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.notices import actions
from tiendo.notices.kinds import KINDS, WAY_WORDS, Kind, Way
from tiendo.notices.models import Feed, Notice, Preference
from tiendo.notices.queries import feed_of, find_feed_owner, inbox_of, unread_count, ways_of


def test_reading_one_is_recorded_once(world: World) -> None:
    (notice,) = tell(world.an)
    events = Event.objects.count()
    for hour in range(2):
        actions.read_notice(notice=notice, by=world.an, at=NOON + timedelta(hours=hour))
    notice.refresh_from_db()
    assert notice.read_at == NOON
    assert Event.objects.count() == events + 1


def test_another_s_message_does_not_exist(world: World) -> None:
    (notice,) = tell(world.an)
    for person in (world.binh, world.chi, world.dung):
        with pytest.raises(Notice.DoesNotExist):
            actions.read_notice(notice=notice, by=person, at=NOON)
    assert Notice.objects.get().read_at is None


def test_reading_all_leaves_what_comes_later_and_what_is_another_s(world: World) -> None:
    tell(world.an, world.binh, key="now")
    tell(world.an, key="later", at=NOON + timedelta(hours=1))
    assert actions.read_all_notices(by=world.an, at=NOON) == 1
    assert actions.read_all_notices(by=world.an, at=NOON) == 0
    assert (unread_count(world.an), unread_count(world.binh)) == (1, 1)


def test_unread_stand_on_top_then_the_newest(world: World) -> None:
    made = [tell(world.an, key=str(hour), at=NOON + timedelta(hours=hour))[0] for hour in range(4)]
    actions.read_notice(notice=made[3], by=world.an, at=NOON)
    actions.read_notice(notice=made[1], by=world.an, at=NOON)
    assert list(inbox_of(world.an)) == [made[2], made[0], made[3], made[1]]


def test_only_what_differs_from_the_usual_is_kept_and_recorded(world: World) -> None:
    events = Event.objects.count()
    actions.choose_ways(ways=ways_of(world.an), by=world.an, at=NOON)
    assert (Preference.objects.count(), Event.objects.count()) == (0, events)
    after = actions.choose_ways(ways={Kind.URGING: Way.INBOX}, by=world.an, at=NOON)
    assert (after, ways_of(world.an)[Kind.URGING]) == (ways_of(world.an), Way.INBOX)
    assert Event.objects.latest("seq").detail["now"] == {"unit.urged": "inbox"}
    actions.choose_ways(ways={Kind.URGING: Way.AT_ONCE}, by=world.an, at=NOON)
    assert not Preference.objects.exists()


def test_a_calendar_address_opens_its_owner_s_and_ends_with_the_next(world: World) -> None:
    _feed, first = actions.open_feed(by=world.an, at=NOON)
    assert find_feed_owner(first) == world.an
    feed, second = actions.open_feed(by=world.an, at=NOON)
    assert (find_feed_owner(first), find_feed_owner(second), feed_of(world.an)) == (None, world.an, feed)
    assert not any(second in str(row) for row in Feed.objects.values_list())
    assert not any(second in str(event.detail) for event in Event.objects.all())
    assert actions.end_feed(by=world.an, at=NOON) == 1
    assert actions.end_feed(by=world.an, at=NOON) == 0
    assert (find_feed_owner(second), feed_of(world.an)) == (None, None)


def test_the_calendar_of_a_closed_account_does_not_exist(world: World) -> None:
    _feed, token = actions.open_feed(by=world.an, at=NOON)
    User.objects.filter(pk=world.an.pk).update(is_active=False)
    assert find_feed_owner(token) is None
    assert find_feed_owner("") is None


def test_every_kind_and_every_way_has_words() -> None:
    assert set(KINDS) == set(Kind)
    assert set(WAY_WORDS) == set(Way)
    assert len({facts.label for facts in KINDS.values()}) == len(Kind)
