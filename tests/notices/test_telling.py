"""What a higher room says to people: stored once, said in each one's language, in the act's own transaction."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.factories import NOON, World
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.notices.actions import notify, notify_all
from tiendo.notices.kinds import KINDS, Kind, Way
from tiendo.notices.letters import Letter
from tiendo.notices.models import Delivery, Endpoint, Notice, Preference
from tiendo.notices.queries import inbox_of, unread_count, ways_of
from tiendo.ui.saying import said
from tiendo.ui.sentences import Sentence

SENTENCE = Sentence.of("Có {count} báo cáo chờ {unit}.", count=3, unit="Sở Y tế")


def tell(*people: User, kind: Kind | str = Kind.ACCEPTED, key: str = "k", **more: object) -> list[Notice]:
    values: dict[str, object] = {"sentence": SENTENCE, "url": "/lam-viec/", "about": "reporting.duty:12", "at": NOON}
    return notify(kind=kind, to=people, key=key, **(values | more))  # type: ignore[arg-type]


def test_everyone_named_finds_it_in_the_inbox(world: World) -> None:
    made = tell(world.an, world.binh, body="Thiếu số liệu")
    assert [notice.user for notice in made] == [world.an, world.binh]
    notice = inbox_of(world.an).get()
    assert (str(notice), notice.body, notice.read_at) == ("Có 3 báo cáo chờ Sở Y tế.", "Thiếu số liệu", None)
    assert unread_count(world.an) == 1
    assert not inbox_of(world.dung).exists()


def test_told_twice_it_stands_once_and_is_recorded_once(world: World) -> None:
    tell(world.an)
    events = Event.objects.count()
    assert tell(world.an, at=NOON + timedelta(days=1)) == []
    assert Event.objects.count() == events
    assert Notice.objects.get().at == NOON


def test_who_joins_later_is_told_the_rest_are_not_told_again(world: World) -> None:
    tell(world.an)
    assert [notice.user for notice in tell(world.an, world.binh)] == [world.binh]


def test_one_named_twice_is_told_once_and_who_acted_or_left_is_not(world: World) -> None:
    User.objects.filter(pk=world.dung.pk).update(is_active=False)
    world.dung.refresh_from_db()
    made = tell(world.an, world.an, world.binh, world.dung, by=world.binh)
    assert [notice.user for notice in made] == [world.an]


def test_a_refused_act_leaves_no_message(world: World) -> None:
    with transaction.atomic():
        tell(world.an, kind=Kind.URGING)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("url", ["https://elsewhere.test/", "//elsewhere.test/", "/\\elsewhere.test", ""])
def test_a_message_never_leads_elsewhere(world: World, url: str) -> None:
    with pytest.raises(ValueError, match="leads to a page of this site"):
        tell(world.an, url=url)


def test_a_kind_nobody_knows_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match=r"no\.such"):
        tell(world.an, kind="no.such")


def test_the_sentence_is_said_in_the_reader_s_language(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = Sentence.of("kỳ {name}", name="quý I")
    tell(world.an, sentence=Sentence.of("Nhắc {what} ({money})", what=inner, money=Decimal("1234.5")))
    monkeypatch.setattr("tiendo.ui.saying._", lambda words: ENGLISH.get(words, words))
    with translation.override("en"):
        assert said(Notice.objects.get().sentence) == "On quý I: 1.234,5"


ENGLISH = {"Nhắc {what} ({money})": "On {what}: {money}", "kỳ {name}": "{name}"}


def test_words_with_braces_are_kept_as_they_are(world: World) -> None:
    tell(world.an, sentence="Mẫu {1} và {x}")
    assert said(Notice.objects.get().sentence) == "Mẫu {1} và {x}"


def test_each_kind_goes_its_own_way_unless_a_person_chose_another(world: World) -> None:
    Preference.objects.create(user=world.binh, kind=Kind.URGING, way=Way.INBOX)
    User.objects.filter(pk=world.chi.pk).update(email="")
    world.chi.refresh_from_db()
    made = tell(world.an, world.binh, world.chi, kind=Kind.URGING)
    assert [notice.way for notice in made] == ["at_once", "inbox", "inbox"]
    assert [delivery.user for delivery in Delivery.objects.all()] == [world.an]
    assert Notice.objects.get(user=world.an).mail == Delivery.objects.get()
    assert ways_of(world.binh) == {kind: facts.way for kind, facts in KINDS.items()} | {Kind.URGING: Way.INBOX}


def test_another_program_hears_once_and_hears_of_no_person(world: World) -> None:
    for name, kinds in [("tất cả", []), ("chỉ đôn đốc", [Kind.URGING]), ("việc khác", [Kind.REMARK])]:
        Endpoint.objects.create(
            name=name,
            url=f"https://{len(name)}.vn/",
            salt="s",
            kinds=kinds,
            created_by=world.administrator,
            created_at=NOON,
        )
    for _again in range(2):
        tell(world.an, world.binh, kind=Kind.URGING, body="Đề nghị anh An gửi")
    events = Delivery.objects.filter(form=Delivery.Form.EVENT)
    assert {event.endpoint.name for event in events if event.endpoint} == {"tất cả", "chỉ đôn đốc"}
    assert events[0].payload == {
        "type": "unit.urged",
        "timestamp": NOON.isoformat(),
        "data": {"about": "reporting.duty:12", "path": "/lam-viec/"},
    }


def test_messages_of_one_key_to_several_units_are_one_event_and_nobody_hears_twice(world: World) -> None:
    Endpoint.objects.create(
        name="trục", url="https://truc.vn/", salt="s", created_by=world.administrator, created_at=NOON
    )
    letters = [
        Letter(Kind.PERIOD_OPENED, [world.an, person], SENTENCE, "/lam-viec/", f"reporting.duty:{number}", "period:1")
        for number, person in enumerate([world.binh, world.dung], 1)
    ]
    for _again in range(2):
        notify_all(letters=letters, by=None, at=NOON)
    assert sorted(Notice.objects.values_list("user__username", flat=True)) == ["an", "binh", "dung"]
    event = Delivery.objects.get(form=Delivery.Form.EVENT)
    assert event.payload is not None
    assert event.payload["data"]["about"] == "reporting.duty:1"


def test_many_messages_take_as_many_queries_as_few(world: World) -> None:
    def letters(mark: str, number: int) -> list[Letter]:
        people = [world.an, world.binh, world.chi, world.dung]
        return [
            Letter(Kind.URGING, people, SENTENCE, "/lam-viec/", f"reporting.duty:{one}", f"{mark}:{one}")
            for one in range(number)
        ]

    tell(world.an, key="the log's first event asks for more")
    counts = []
    for mark, number in (("ít", 1), ("nhiều", 10)):
        with CaptureQueriesContext(connection) as queries:
            assert len(notify_all(letters=letters(mark, number), by=None, at=NOON)) == number * 4
        counts.append(len(queries))
    assert counts[0] == counts[1]
