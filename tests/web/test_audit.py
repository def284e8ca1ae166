"""The log on screen: who may read it, what it says, that it checks itself, and that it leaves as a file."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import World, make_task
from tests.repository import ROOT
from tiendo.accounts.models import User
from tiendo.audit.models import ChainHead, Event
from tiendo.audit.queries import head
from tiendo.audit.record import record
from tiendo.plans import actions
from tiendo.plans.models import Plan
from tiendo.web.audit.nouns import NOUN_WORDS, subject_words
from tiendo.web.audit.words import ACT_WORDS, lines_of

ClientOf = Callable[[User], Client]
LIST = reverse("audit:event-list")


def tell(count: int, at: datetime, act: str = "plans.task.hide", actor: str = "chi") -> None:
    with transaction.atomic():
        for number in range(count):
            record(act=act, subject=f"plans.task:kh-57-{number}", actor=actor, at=at, reason="Thử")


@pytest.mark.parametrize("name", ["event-list", "event-verify", "event-export"])
def test_the_log_is_for_those_who_oversee(world: World, client: Client, client_of: ClientOf, name: str) -> None:
    url, method = reverse(f"audit:{name}"), "post" if name == "event-verify" else "get"
    assert getattr(client, method)(url).status_code == 302
    for part, person in world.people.items():
        answer = getattr(client_of(person), method)(url)
        allowed = part in ("coordinator", "inspector", "administrator", "decision_maker")
        assert (answer.status_code != 403) == allowed, part


def test_events_are_narrowed_by_subject_actor_act_and_day(world: World, now: datetime, client_of: ClientOf) -> None:
    tell(2, now)
    tell(1, now + timedelta(days=1), act="plans.task.show", actor="binh")

    def found(**asked: str) -> int:
        count: int = client_of(world.inspector).get(LIST, asked).context["page"].paginator.count
        return count

    assert found() == 3
    assert found(subject="kh-57-1") == 1
    assert found(actor="binh") == found(act="plans.task.show") == found(since="2026-07-02") == 1
    assert found(until="2026-07-01") == 2
    assert found(since="không phải ngày") == 3


def test_the_head_of_the_chain_is_shown(world: World, now: datetime, client_of: ClientOf) -> None:
    tell(1, now)
    assert head().hash in client_of(world.chi).get(LIST).content.decode()


def test_the_list_asks_as_often_for_one_row_as_for_three(world: World, now: datetime, client_of: ClientOf) -> None:
    client, counts = client_of(world.chi), []
    for more in (1, 2):
        tell(more, now)
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_whole_log_is_said_to_be_whole_and_a_cut_one_cut(world: World, now: datetime, client_of: ClientOf) -> None:
    tell(3, now)
    client = client_of(world.inspector)
    verify = reverse("audit:event-verify")
    assert "nguyên vẹn" in client.post(verify, follow=True).content.decode()
    ChainHead.objects.update(seq=4)
    assert "bị cắt phần cuối, bắt đầu từ mục 4" in client.post(verify, follow=True).content.decode()


def test_the_log_leaves_as_json_lines(world: World, now: datetime, client_of: ClientOf) -> None:
    client = client_of(world.inspector)
    assert client.get(reverse("audit:event-export")).status_code == 302
    tell(2, now)
    answer = client.get(reverse("audit:event-export"))
    assert answer["Content-Disposition"].startswith("attachment")
    first, *events = map(json.loads, b"".join(answer.streaming_content).splitlines())  # type: ignore[attr-defined]
    assert (first["head"], [event["seq"] for event in events]) == (head().hash, [1, 2])


def test_events_read_as_people_speak(world: World, plan: Plan, now: datetime) -> None:
    task = make_task(plan, by=world.chi, lead=world.unit_a)
    actions.assign_unit(task=task, unit=world.unit_b, role="coordinating", source="CV 12", by=world.chi, at=now)
    actions.charge_head(task=task, user=world.binh, by=world.chi, at=now)
    assigned, charged = lines_of(Event.objects.order_by("seq"))
    assert (assigned.words, assigned.who) == ("Giao cho đơn vị", "Vàng Thị Chi")
    assert assigned.more == "Sở Y tế; phối hợp; căn cứ: CV 12"
    assert assigned.about == f"Nhiệm vụ {task.code}"
    assert charged.more == "Lò Thị Bình"


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("plans.task:KH68-001", "Nhiệm vụ KH68-001"),
        ("reporting.duty:12", "Báo cáo của đơn vị (mã 12)"),
        ("notices.batch:17722d74-0ee0-4d20-854b-15e8264b892c", "Thông báo"),
        ("plans.tag:*", "Nhãn"),
        ("plans.dance:1", "plans.dance:1"),
    ],
)
def test_what_an_event_is_about_is_told_in_words(subject: str, words: str) -> None:
    assert subject_words(subject) == words


def test_people_and_units_an_event_is_about_are_told_by_name(world: World, now: datetime) -> None:
    with transaction.atomic():
        for subject in (f"accounts.user:{world.binh.username}", f"orgs.unit:{world.unit_a.code}"):
            record(act="plans.task.hide", subject=subject, actor="chi", at=now)
    about = {line.event.subject.partition(":")[0]: line.about for line in lines_of(Event.objects.all())}
    assert about == {"accounts.user": "Lò Thị Bình", "orgs.unit": world.unit_a.short_name}


def test_everything_that_is_recorded_about_has_words() -> None:
    sources = [path.read_text() for path in (ROOT / "tiendo").glob("*/actions/*.py")]
    sources += [path.read_text() for path in (ROOT / "tiendo").glob("*/actions.py")]
    nouns = {noun for source in sources for noun in re.findall(r'subject=f?"([a-z_]+\.[a-z_]+):', source)}
    assert len(nouns) > 30
    assert nouns - set(NOUN_WORDS) == set()


def test_an_act_nobody_put_into_words_reads_as_stored(world: World, now: datetime) -> None:
    tell(1, now, act="plans.task.dance", actor="nobody")
    [line] = lines_of(Event.objects.all())
    assert (line.words, line.who) == ("plans.task.dance", "nobody")
    assert "plans.task.dance" not in ACT_WORDS


def test_every_act_that_is_recorded_has_words() -> None:
    sources = [path.read_text() for path in (ROOT / "tiendo").glob("*/actions*") if path.is_file()]
    sources += [path.read_text() for path in (ROOT / "tiendo").glob("*/actions/*.py")]
    recorded = {act for source in sources for act in re.findall(r'act="([a-z_.]+)"', source)}
    for source in sources:
        for noun in set(re.findall(r'act=f"([a-z_.]+)\.\{', source)):
            recorded |= {f"{noun}.{verb}" for verb in re.findall(r'_record\("(\w+)"', source)}
    assert len(recorded) > 30
    assert recorded - set(ACT_WORDS) == set()


def test_the_log_links_only_what_its_reader_may_open(
    world: World, plan: Plan, now: datetime, client_of: ClientOf
) -> None:
    task = make_task(plan, by=world.chi, lead=world.unit_a)
    actions.charge_head(task=task, user=world.binh, by=world.chi, at=now)
    page = reverse("plans:task-detail", args=[task.code])
    for reader in (world.inspector, world.administrator):
        may_open = client_of(reader).get(page).status_code == 200
        shown = client_of(reader).get(reverse("audit:event-list")).content.decode()
        assert f"Nhiệm vụ {task.code}" in shown
        assert (f'href="{page}"' in shown) is may_open
    assert client_of(world.administrator).get(page).status_code == 404
