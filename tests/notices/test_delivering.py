"""Letters: at once or in the morning's digest, tried again when refused, never twice, never against a person's wish."""

import email
import email.policy
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from tests.factories import NOON, World
from tests.notices.receivers import mail_server
from tests.notices.test_telling import tell
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.notices.actions import choose_ways, deliver, gather_digests, read_notice, try_again
from tiendo.notices.actions.delivering import LEASE
from tiendo.notices.kinds import Kind, Way
from tiendo.notices.models import Delivery, Notice
from tiendo.notices.queries import due_deliveries
from tiendo.notices.retrying import MOST_ATTEMPTS, wait_after
from tiendo.notices.tasks import ask_for_post, carry_post
from tiendo.orgs.models import OfficeDay


def carry(at: datetime = NOON) -> list[Delivery]:
    """What the worker does, at a moment of our choice."""
    gather_digests(by=None, at=at)
    return [deliver(delivery=one, by=None, at=at) for one in due_deliveries(at=at).order_by("pk")]


def local(*parts: int) -> datetime:
    """A moment in Vietnam."""
    return datetime(*parts, tzinfo=UTC) - timedelta(hours=7)  # type: ignore[arg-type, misc]


def test_an_urgent_letter_goes_out_at_once_and_once(world: World) -> None:
    tell(world.an, kind=Kind.URGING, body="Gửi trước 17 giờ")
    assert [one.state for one in carry()] == [Delivery.State.SENT]
    assert carry() == []
    (letter,) = mail.outbox
    assert letter.to == ["an@vidu.test"]
    assert letter.subject == "[Tiến Độ] Có 3 báo cáo chờ Sở Y tế."
    assert "  Gửi trước 17 giờ\n  http://127.0.0.1:8000/lam-viec/\n" in str(letter.body)
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_digest_goes_out_on_the_next_morning_with_all_that_waits(world: World) -> None:
    tell(world.an, key="1")
    tell(world.an, kind=Kind.REMARK, key="2")
    tell(world.binh, key="1")
    assert carry(NOON + timedelta(hours=5)) == []
    carry(local(2026, 7, 2, 6, 59))
    assert mail.outbox == []
    carry(local(2026, 7, 2, 7, 0))
    assert [letter.to for letter in mail.outbox] == [["an@vidu.test"], ["binh@vidu.test"]]
    assert mail.outbox[0].subject == "[Tiến Độ] 2 thông báo mới"
    assert "Báo cáo được tiếp nhận (1)" in str(mail.outbox[0].body)


def test_there_is_one_digest_a_day_however_often_the_worker_runs(world: World) -> None:
    tell(world.an, key="1")
    for minute in range(3):
        carry(local(2026, 7, 2, 7, minute))
    tell(world.an, key="2", at=local(2026, 7, 2, 9, 0))
    carry(local(2026, 7, 2, 10, 0))
    assert len(mail.outbox) == 1
    carry(local(2026, 7, 3, 8, 0))
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("told", "quiet", "sent"),
    [
        pytest.param(local(2026, 12, 31, 15, 0), local(2027, 1, 1, 8, 0), date(2027, 1, 4), id="New Year"),
        pytest.param(local(2026, 7, 3, 15, 0), local(2026, 7, 4, 8, 0), date(2026, 7, 6), id="weekend"),
    ],
)
def test_no_letter_on_days_off(world: World, told: datetime, quiet: datetime, sent: date) -> None:
    tell(world.an, at=told)
    assert carry(quiet) == []
    carry(local(sent.year, sent.month, sent.day, 7, 30))
    assert Delivery.objects.get().digest_on == sent
    assert len(mail.outbox) == 1


def test_over_tet_and_days_the_office_adds_everything_comes_in_one_letter(world: World) -> None:
    last, first = date(2027, 2, 4), date(2027, 2, 15)  # the office adds the days around the public holiday
    day = last + timedelta(days=1)
    while day < first:
        OfficeDay.objects.get_or_create(
            day=day,
            defaults={"kind": OfficeDay.Kind.OFF, "note": "Nghỉ thêm"},
        )
        tell(world.an, key=str(day), at=local(day.year, day.month, day.day, 12, 0))
        assert carry(local(day.year, day.month, day.day, 8, 0)) == []
        day += timedelta(days=1)
    carry(local(first.year, first.month, first.day, 8, 0))
    assert [letter.subject for letter in mail.outbox] == ["[Tiến Độ] 10 thông báo mới"]


def test_after_three_days_without_a_clock_one_letter_holds_them_all(world: World) -> None:
    for number in range(3):
        tell(world.an, key=str(number), at=NOON + timedelta(days=number))
    carry(local(2026, 7, 6, 15, 0))
    assert [letter.subject for letter in mail.outbox] == ["[Tiến Độ] 3 thông báo mới"]


def test_what_was_read_meanwhile_is_not_written_about(world: World) -> None:
    first, second = tell(world.an, key="1")[0], tell(world.an, key="2")[0]
    read_notice(notice=first, by=world.an, at=NOON)
    carry(local(2026, 7, 2, 8, 0))
    assert mail.outbox[0].subject == "[Tiến Độ] 1 thông báo mới"
    second.refresh_from_db()
    assert second.mail == Delivery.objects.get()


def test_nothing_is_mailed_of_a_kind_switched_off_even_after_it_was_written(world: World) -> None:
    tell(world.an, kind=Kind.URGING, key="at once")
    tell(world.an, kind=Kind.ACCEPTED, key="in the morning")
    choose_ways(ways={Kind.URGING: Way.INBOX, Kind.ACCEPTED: Way.INBOX}, by=world.an, at=NOON)
    tell(world.an, kind=Kind.URGING, key="later")
    carry()
    carry(local(2026, 7, 2, 8, 0))
    assert mail.outbox == []
    assert {one.state for one in Delivery.objects.all()} == {Delivery.State.DROPPED}
    assert Notice.objects.filter(user=world.an).count() == 3


def test_no_letter_to_an_account_closed_or_without_address(world: World) -> None:
    tell(world.an, world.binh, kind=Kind.URGING)
    User.objects.filter(pk=world.an.pk).update(is_active=False)
    User.objects.filter(pk=world.binh.pk).update(email="")
    reasons = {one.user_id: (one.state, one.error) for one in carry()}
    assert mail.outbox == []
    assert reasons[world.an.pk] == (Delivery.State.DROPPED, "Tài khoản người nhận đã khóa.")
    assert reasons[world.binh.pk] == (Delivery.State.DROPPED, "Người nhận chưa có địa chỉ thư điện tử.")


@pytest.fixture
def smtp(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_TIMEOUT = 2


@pytest.mark.usefixtures("smtp")
def test_a_mail_server_takes_the_letter_under_the_name_it_keeps(world: World, settings: Any) -> None:
    tell(world.an, kind=Kind.URGING)
    with mail_server() as server:
        settings.EMAIL_PORT = server.port
        carry()
    (_headers, raw) = server.arrived[0]
    letter = email.message_from_bytes(raw, policy=email.policy.default)
    assert letter["To"] == "an@vidu.test"
    assert letter["Message-ID"].startswith(f"<tiendo-{Delivery.objects.get().pk}-")
    assert "Kính gửi Nguyễn Văn An," in letter.get_content()


@pytest.mark.usefixtures("smtp")
def test_an_address_the_server_does_not_know_is_given_up_and_said_so(world: World, settings: Any) -> None:
    tell(world.an, kind=Kind.URGING)
    with mail_server() as server:
        settings.EMAIL_PORT, server.code = server.port, 550
        (done,) = carry()
    assert (done.state, done.attempts) == (Delivery.State.GIVEN_UP, 1)
    assert done.error == "Máy chủ thư không nhận địa chỉ an@vidu.test (mã 550)."
    assert Event.objects.latest("seq").act == "notices.delivery.give_up"


@pytest.mark.usefixtures("smtp")
def test_a_busy_server_is_asked_again_later_until_it_takes_the_letter(world: World, settings: Any) -> None:
    tell(world.an, kind=Kind.URGING)
    with mail_server() as server:
        settings.EMAIL_PORT, server.code = server.port, 451
        (first,) = carry()
        assert (first.state, first.due_at) == (Delivery.State.FAILED, NOON + timedelta(minutes=1))
        assert carry(NOON + timedelta(seconds=59)) == []
        server.code = 200
        (second,) = carry(NOON + timedelta(minutes=1))
    assert (second.state, second.attempts, second.error) == (Delivery.State.SENT, 2, "")
    assert len(server.arrived) == 1


@pytest.mark.usefixtures("smtp")
def test_a_server_that_stays_away_is_given_up_within_a_day(world: World, settings: Any) -> None:
    settings.EMAIL_PORT = 1  # nobody listens there
    tell(world.an, kind=Kind.URGING)
    at = NOON
    while (last := Delivery.objects.get()).state != Delivery.State.GIVEN_UP:
        at = max(at, last.due_at)
        carry(at)
    assert (last.attempts, last.error) == (MOST_ATTEMPTS, "Không kết nối được tới máy chủ thư.")
    assert timedelta(hours=12) < at - NOON < timedelta(days=1)


def test_a_letter_given_up_can_be_tried_anew_by_the_administrator(world: World) -> None:
    tell(world.an, kind=Kind.URGING)
    Delivery.objects.update(state=Delivery.State.GIVEN_UP, attempts=MOST_ATTEMPTS, error="x", ended_at=NOON)
    try_again(delivery=Delivery.objects.get(), by=world.administrator, at=NOON)
    assert [one.state for one in carry()] == [Delivery.State.SENT]
    try_again(delivery=Delivery.objects.get(), by=world.administrator, at=NOON)
    assert carry() == []
    assert len(mail.outbox) == 1


def test_of_two_carriers_one_takes_the_letter(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(world.an, kind=Kind.URGING)
    seen = Delivery.objects.get()
    during: list[str] = []

    def while_sending(*args: object) -> None:
        during.append(deliver(delivery=seen, by=None, at=NOON).state)

    monkeypatch.setattr("tiendo.notices.actions.delivering.send_letter", while_sending)
    deliver(delivery=seen, by=None, at=NOON)
    deliver(delivery=seen, by=None, at=NOON)
    assert during == [Delivery.State.SENDING]


def test_a_carrier_that_died_is_followed_by_another_and_counts_for_nothing_if_it_comes_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(world.an, kind=Kind.URGING)
    seen, late = Delivery.objects.get(), NOON + LEASE
    again: list[str] = []

    def slow_and_failing(*args: object) -> None:
        if not again:
            again.append("first")
            again.append(carry(late)[0].state)  # by then the first counts as gone
            raise OSError("the first comes back, and failed")

    monkeypatch.setattr("tiendo.notices.actions.delivering.send_letter", slow_and_failing)
    done = deliver(delivery=seen, by=None, at=NOON)
    assert again == ["first", Delivery.State.SENT]
    assert (done.state, done.attempts) == (Delivery.State.SENT, 2)


def test_while_no_mail_server_is_set_letters_are_files(world: World, settings: Any, tmp_path: Path) -> None:
    settings.TIENDO_HOME, settings.EMAIL_BACKEND = tmp_path, "tiendo.notices.outbox.EmailBackend"
    tell(world.an, kind=Kind.URGING)
    assert [one.state for one in carry()] == [Delivery.State.SENT]
    (file,) = (tmp_path / "outbox").glob("*.eml")
    letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert letter["Subject"].strip() == "[Tiến Độ] Có 3 báo cáo chờ Sở Y tế."


def test_the_wait_grows_and_ends() -> None:
    waits = [wait_after(attempts) for attempts in range(1, MOST_ATTEMPTS + 1)]
    minutes = [wait.total_seconds() / 60 if wait else None for wait in waits]
    assert minutes == [1, 4, 16, 64, 256, 360, 360, None]


def test_the_worker_is_asked_only_when_something_waits(world: World) -> None:
    assert not ask_for_post(at=NOON)
    tell(world.an, kind=Kind.URGING)
    assert ask_for_post(at=NOON)  # in tests a job is done as soon as it is asked for
    assert len(mail.outbox) == 1
    assert not ask_for_post(at=NOON)
    assert carry_post.call() == {"gathered": 0, "carried": 0}


def test_only_the_administrator_tries_again(world: World) -> None:
    tell(world.an, kind=Kind.URGING)
    Delivery.objects.update(state=Delivery.State.GIVEN_UP)
    events = Event.objects.count()
    for person in (world.an, world.binh, world.chi, world.dung):
        assert not Delivery.objects.visible_to(person).exists()
        with pytest.raises(PermissionDenied, match="Quản trị"):
            try_again(delivery=Delivery.objects.get(), by=person, at=NOON)
    assert Delivery.objects.get().state == Delivery.State.GIVEN_UP
    assert Event.objects.count() == events
