"""Signing in and out, own password, people and posts."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import World, make_user
from tiendo.accounts.actions import set_password
from tiendo.accounts.models import Post, Role, User
from tiendo.audit.models import Event

ClientOf = Callable[[User], Client]
STRONG = "mùa nước nổi năm nay"


def address(name: str, *args: object) -> str:
    return reverse(f"accounts:{name}", args=args)


def test_signing_in_leads_to_where_one_was_going(world: World, client: Client) -> None:
    wanted = reverse("plans:task-list")
    answer = client.get(wanted)
    answer = client.post(answer["Location"], {"username": "an", "password": "anan", "next": wanted})
    assert (answer.status_code, answer["Location"]) == (302, wanted)


def test_a_wrong_password_and_a_foreign_address_are_refused(world: World, client: Client) -> None:
    wrong = client.post(address("sign-in"), {"username": "an", "password": "sai"})
    assert wrong.status_code == 200
    assert "chưa đúng" in wrong.content.decode()
    away = client.post(address("sign-in"), {"username": "an", "password": "anan", "next": "https://xau.test/"})
    assert "xau.test" not in away["Location"]


def test_a_closed_account_cannot_sign_in(world: World, client: Client) -> None:
    User.objects.filter(pk=world.an.pk).update(is_active=False)
    assert client.post(address("sign-in"), {"username": "an", "password": "anan"}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_five_wrong_passwords_close_the_door_for_a_while(world: World, client: Client, settings: Any) -> None:
    settings.AXES_ENABLED = True
    answers = [client.post(address("sign-in"), {"username": "an", "password": "sai"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert "tạm khóa 15 phút" in answers[-1].content.decode()
    assert client.post(address("sign-in"), {"username": "an", "password": "anan"}).status_code == 429


def test_trying_on_does_not_keep_the_door_closed_longer(world: World, client: Client, settings: Any) -> None:
    """Otherwise anybody could lock a person out for good."""
    settings.AXES_ENABLED = True
    for _ in range(5):
        client.post(address("sign-in"), {"username": "an", "password": "sai"})
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    assert client.post(address("sign-in"), {"username": "an", "password": "sai"}).status_code == 429
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=2))
    assert client.post(address("sign-in"), {"username": "an", "password": "anan"}).status_code == 302


def test_a_new_password_from_the_administrator_opens_the_door(world: World, client: Client, settings: Any) -> None:
    settings.AXES_ENABLED = True
    for _ in range(5):
        client.post(address("sign-in"), {"username": "an", "password": "sai"})
    set_password(user=world.an, password=STRONG, by=world.administrator, at=timezone.now())
    assert client.post(address("sign-in"), {"username": "an", "password": STRONG}).status_code == 302


def test_signing_out_takes_a_post(world: World, client_of: ClientOf) -> None:
    client = client_of(world.an)
    assert client.get(address("sign-out")).status_code == 405
    assert client.post(address("sign-out")).status_code == 302
    assert "_auth_user_id" not in client.session


def test_own_password_is_changed_and_this_session_stays(world: World, client_of: ClientOf) -> None:
    here, elsewhere = client_of(world.an), client_of(world.an)
    data = {"old": "anan", "new": STRONG, "again": STRONG}
    assert here.post(address("password-change"), data).status_code == 302
    assert here.get(address("password-change")).status_code == 200
    assert elsewhere.get(address("password-change")).status_code == 302
    assert Event.objects.get().act == "accounts.user.set_password"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"old": "sai", "new": STRONG, "again": STRONG}, "old"),
        ({"old": "anan", "new": STRONG, "again": "khác"}, "again"),
        ({"old": "anan", "new": "ngắn", "again": "ngắn"}, "__all__"),
    ],
)
def test_a_password_that_will_not_do_changes_nothing(
    world: World, client_of: ClientOf, data: dict[str, str], field: str
) -> None:
    answer = client_of(world.an).post(address("password-change"), data)
    assert field in answer.context["form"].errors
    assert User.objects.get(username="an").check_password("anan")


def test_people_see_those_of_their_own_units(world: World, client_of: ClientOf) -> None:
    def names(user: User, **asked: str) -> set[str]:
        page = client_of(user).get(address("person-list"), asked).context["page"]
        return {person.username for person in page}

    assert names(world.an) == {"an", "binh"}
    assert names(world.dung) == {"dung"}
    assert len(names(world.administrator)) == len(names(world.chi)) == 8
    assert names(world.chi, q="lo thi BINH") == names(world.chi, role="head") == {"binh"}
    assert client_of(world.dung).get(address("person-detail", "an")).status_code == 404
    assert client_of(world.an).get(address("person-detail", "binh")).status_code == 200


def test_the_list_of_people_asks_as_often_for_one_as_for_three(world: World, client_of: ClientOf) -> None:
    client = client_of(world.an)
    counts = []
    for names in ([], ["mot", "hai", "ba"]):
        for name in names:
            make_user(name, world.unit_a, Role.OFFICER)
        with CaptureQueriesContext(connection) as asked:
            client.get(address("person-list"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_administrator_makes_a_person_and_gives_a_post(world: World, client_of: ClientOf) -> None:
    client = client_of(world.administrator)
    data = {"username": "moi", "full_name": "Tẩn A Mới", "email": "", "password": STRONG}
    answer = client.post(address("person-add"), data)
    assert answer["Location"] == address("post-give", "moi")
    post = {
        "unit": "so-y-te",
        "role": "officer",
        "title": "Chuyên viên",
        "valid_from": "2026-07-01",
        "delegated_by": "",
    }
    assert client.post(address("post-give", "moi"), post).status_code == 302
    given = Post.objects.get(user__username="moi")
    assert (given.unit, given.valid_from, given.delegated_by) == (world.unit_b, date(2026, 7, 1), None)
    again = client.post(address("post-give", "moi"), post)
    assert again.context["form"].non_field_errors()
    assert client.post(address("post-end", "moi", given.pk), {"on": "2026-08-01"}).status_code == 302
    given.refresh_from_db()
    assert given.valid_to == date(2026, 8, 1)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"username": "an"}, "username"), ({"username": "Có Dấu"}, "username"), ({"password": "x"}, "password")],
)
def test_a_person_that_will_not_do_is_said_beside_the_field(
    world: World, client_of: ClientOf, change: dict[str, str], field: str
) -> None:
    data = {"username": "moi", "full_name": "Mới", "email": "", "password": STRONG} | change
    answer = client_of(world.administrator).post(address("person-add"), data)
    assert list(answer.context["form"].errors) == [field]
    assert User.objects.count() == 8


def test_a_post_cannot_end_before_it_began_and_the_form_says_so(world: World, client_of: ClientOf) -> None:
    post = world.an.posts.get()
    answer = client_of(world.administrator).post(address("post-end", "an", post.pk), {"on": "2020-01-01"})
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_the_administrator_locks_others_and_not_themselves(world: World, client_of: ClientOf) -> None:
    client = client_of(world.administrator)
    assert client.post(address("person-close", "an")).status_code == 302
    assert not User.objects.get(username="an").is_active
    assert client.post(address("person-close", "quan-tri")).status_code == 403
    assert client.post(address("person-password", "binh"), {"password": STRONG}).status_code == 302
    assert User.objects.get(username="binh").check_password(STRONG)


@pytest.mark.parametrize("part", ["officer", "head", "coordinator", "decision_maker", "inspector"])
def test_nobody_else_administers(world: World, client_of: ClientOf, part: str) -> None:
    client = client_of(world.people[part])
    post = world.an.posts.get()
    for url in (
        address("person-add"),
        address("person-password", "an"),
        address("post-give", "an"),
        address("post-end", "an", post.pk),
        address("person-close", "an"),
    ):
        assert client.post(url, {}).status_code == 403, url
    assert not Event.objects.exists()
