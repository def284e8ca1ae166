"""Events for other programs: signed as the standard asks, sent where the administrator said and nowhere else."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from standardwebhooks import Webhook

from tests.factories import NOON, World
from tests.notices.receivers import Post, web_server
from tests.notices.test_delivering import carry
from tests.notices.test_telling import tell
from tiendo.audit.models import Event
from tiendo.notices import actions
from tiendo.notices.kinds import TEST, Kind
from tiendo.notices.models import Delivery, Endpoint
from tiendo.notices.queries import endpoints_with_last
from tiendo.notices.signatures import signed_headers
from tiendo.notices.webhooks import may_be_sent_to, secret_of

HTTPS = "https://truc.vidu.test/nhan"


@pytest.fixture
def server() -> Iterator[Post]:
    with web_server() as post:
        yield post


@pytest.fixture
def endpoint(world: World, server: Post) -> Endpoint:
    url = f"http://127.0.0.1:{server.port}/nhan"
    return actions.add_endpoint(name="Trục liên thông", url=url, kinds=[], by=world.administrator, at=NOON)


def test_an_event_arrives_once_and_its_signature_holds(
    world: World, server: Post, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(world.an, world.binh, body="Đề nghị anh An gửi")
    for _again in range(2):
        carry()
    ((headers, body),) = server.arrived
    monkeypatch.setattr("standardwebhooks.webhooks.datetime", _clock_at_noon())
    assert Webhook(secret_of(endpoint)).verify(body, headers)["type"] == "report.accepted"
    assert headers["content-type"] == "application/json"
    words = body.decode()
    assert not any(private in words for private in ("An", "Bình", "an@", "Đề nghị", "Sở Y tế"))
    assert json.loads(body)["data"] == {"about": "reporting.duty:12", "path": "/lam-viec/"}


def _clock_at_noon() -> Any:
    """The library compares the time of sending with its own clock; ours stands at NOON."""
    import standardwebhooks.webhooks as library

    class Clock(library.datetime):  # type: ignore[misc, name-defined]
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return NOON

    return Clock


def test_our_signature_is_the_one_of_the_standard() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = '{"test": 2432232314}'
    theirs = Webhook(secret).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", NOON, body)
    ours = signed_headers(
        Webhook(secret)._whsecret, name="msg_p5jXN8AQM9LWM0D4loKWxJek", moment=int(NOON.timestamp()), body=body.encode()
    )
    assert ours["webhook-signature"] == theirs


def test_a_busy_receiver_hears_the_same_event_again_under_the_same_name(
    world: World, server: Post, endpoint: Endpoint
) -> None:
    tell(world.an)
    server.code = 503
    (first,) = carry()
    assert (first.state, first.error) == (Delivery.State.FAILED, "Hệ thống nhận từ chối (mã 503).")
    server.code = 204
    (second,) = carry(NOON + timedelta(minutes=1))
    assert second.state == Delivery.State.SENT
    (one, body), (other, again) = server.arrived
    assert (one["webhook-id"], body) == (other["webhook-id"], again)
    assert one["webhook-signature"] != other["webhook-signature"]  # each attempt bears its own time


def test_a_redirect_is_not_followed(world: World, server: Post, endpoint: Endpoint) -> None:
    with web_server() as elsewhere:
        server.code, server.location = 302, f"http://127.0.0.1:{elsewhere.port}/khac"
        tell(world.an)
        (done,) = carry()
    assert elsewhere.arrived == []
    assert done.state == Delivery.State.FAILED
    assert done.error.startswith("Hệ thống nhận chuyển sang địa chỉ khác")


def test_a_receiver_that_is_gone_is_given_up_at_once(world: World, server: Post, endpoint: Endpoint) -> None:
    server.code = 410
    tell(world.an)
    assert [(one.state, one.attempts) for one in carry()] == [(Delivery.State.GIVEN_UP, 1)]


def test_nothing_is_sent_to_an_address_switched_off(world: World, server: Post, endpoint: Endpoint) -> None:
    tell(world.an, key="before")
    actions.switch_endpoint(endpoint=endpoint, is_active=False, by=world.administrator, at=NOON)
    tell(world.an, key="after")
    assert [(one.state, one.error) for one in carry()] == [(Delivery.State.DROPPED, "Địa chỉ nhận đã ngừng dùng.")]
    assert server.arrived == []


def test_a_test_is_tried_once(world: World, server: Post, endpoint: Endpoint) -> None:
    server.code = 500
    test = actions.try_endpoint(endpoint=endpoint, by=world.administrator, at=NOON)
    done = actions.deliver(delivery=test, by=world.administrator, at=NOON)
    assert (done.state, done.attempts) == (Delivery.State.GIVEN_UP, 1)
    assert json.loads(server.arrived[0][1])["type"] == TEST
    (row,) = endpoints_with_last(world.administrator)
    assert row.last_state == Delivery.State.GIVEN_UP  # type: ignore[attr-defined]


def test_a_renewed_secret_is_another_and_the_tables_hold_neither(world: World, endpoint: Endpoint) -> None:
    before = secret_of(endpoint)
    endpoint = actions.renew_secret(endpoint=endpoint, by=world.administrator, at=NOON)
    assert secret_of(endpoint) != before
    stored = " ".join(map(str, Endpoint.objects.values_list().get()))
    assert secret_of(endpoint) not in stored
    assert not any(secret_of(endpoint) in str(event.detail) for event in Event.objects.all())


@pytest.mark.parametrize(
    ("url", "may"),
    [
        (HTTPS, True),
        ("http://truc.vidu.test/nhan", False),
        ("http://127.0.0.1:8000/", True),
        ("http://[::1]/", True),
        ("http://localhost/", True),
        ("http://127.0.0.1.vidu.test/", False),
        ("ftp://127.0.0.1/", False),
        ("file:///etc/passwd", False),
        ("https:///khong-co-may", False),
    ],
)
def test_only_https_unless_the_other_program_is_on_this_machine(url: str, may: bool) -> None:
    assert may_be_sent_to(url) is may


def test_an_address_is_kept_once_and_must_be_one(world: World, endpoint: Endpoint) -> None:
    for url in (endpoint.url, "http://truc.vidu.test/", "https://khong phai dia chi/"):
        with pytest.raises(ValidationError):
            actions.add_endpoint(name="Nữa", url=url, kinds=[Kind.URGING], by=world.administrator, at=NOON)
    assert Endpoint.objects.count() == 1


@pytest.mark.parametrize("who", ["officer", "head", "coordinator", "other_unit"])
def test_only_the_administrator_keeps_addresses(world: World, endpoint: Endpoint, who: str) -> None:
    by, events = world.people[who], Event.objects.count()
    acts: list[Any] = [
        lambda: actions.add_endpoint(name="Khác", url=HTTPS, kinds=[], by=by, at=NOON),
        lambda: actions.change_endpoint(endpoint=endpoint, name="Khác", url=HTTPS, kinds=[], by=by, at=NOON),
        lambda: actions.renew_secret(endpoint=endpoint, by=by, at=NOON),
        lambda: actions.switch_endpoint(endpoint=endpoint, is_active=False, by=by, at=NOON),
        lambda: actions.try_endpoint(endpoint=endpoint, by=by, at=NOON),
    ]
    rows = list(Endpoint.objects.values())
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert not Endpoint.objects.visible_to(by).exists()
    assert (list(Endpoint.objects.values()), Event.objects.count()) == (rows, events)
    assert not Delivery.objects.exists()
