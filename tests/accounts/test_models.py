"""What a person's posts open on a day, and whose posts they may see."""

from datetime import date

from tests.accounts.days import access_on
from tests.factories import World, make_unit, make_user
from tiendo.accounts.models import Post, Role, User
from tiendo.accounts.queries import heads, people_of, people_visible_to, with_posts
from tiendo.orgs.models import Succession

DAY = date(2026, 7, 1)


def test_a_post_opens_from_its_first_day_to_the_day_before_its_end(world: World) -> None:
    person = make_user("tam", world.unit_a, Role.HEAD, valid_from=DAY, valid_to=date(2026, 8, 1))
    opened = [bool(access_on(person, day).headed_unit_ids) for day in (date(2026, 6, 30), DAY, date(2026, 7, 31))]
    assert opened == [False, True, True]
    assert not access_on(person, date(2026, 8, 1)).roles


def test_a_head_answers_for_what_the_unit_took_over(world: World) -> None:
    old = make_unit("so-gtvt")
    Succession.objects.create(predecessor=old, successor=world.unit_a, kind="merge", effective_on=DAY, decision="NQ 1")
    access = access_on(world.binh, DAY)
    assert access.headed_unit_ids == access.held_unit_ids == {world.unit_a.pk, old.pk}
    assert access.unit_ids == {world.unit_a.pk}
    assert access_on(world.an, DAY).headed_unit_ids == frozenset()


def test_a_closed_account_opens_nothing(world: World) -> None:
    User.objects.filter(pk=world.chi.pk).update(is_active=False)
    assert access_on(world.chi, DAY).roles == frozenset()
    assert not access_on(world.chi, DAY).reads_everything


def test_the_administrator_reads_no_plan_by_that_post(world: World) -> None:
    assert not world.administrator.access.reads_everything


def test_people_see_posts_of_their_own_unit_and_overseers_all(world: World) -> None:
    def seen(user: User) -> set[str]:
        return set(Post.objects.visible_to(user).values_list("user__username", flat=True))

    assert seen(world.an) == {"an", "binh"}
    assert seen(world.dung) == {"dung"}
    assert seen(world.chi) == seen(world.administrator) == set(User.objects.values_list("username", flat=True))


def test_people_without_a_post_are_seen_by_the_administrator_and_themselves(world: World) -> None:
    new = make_user("moi")
    assert new in people_visible_to(world.administrator)
    assert new not in people_visible_to(world.chi)
    assert list(people_visible_to(new)) == [new]


def test_heads_and_people_of_units_are_those_of_the_day(world: World) -> None:
    make_user("cu", world.unit_a, Role.HEAD, valid_to=DAY)
    assert list(heads(on=DAY)) == [world.binh]
    assert set(people_of(frozenset([world.unit_a.pk]), on=DAY)) == {world.an, world.binh}
    [person] = with_posts(User.objects.filter(username="an"), by=world.dung, on=DAY)
    assert person.current_posts == []  # type: ignore[attr-defined]
