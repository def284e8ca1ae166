from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from threading import Thread

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from tiendo.audit.chain import GENESIS, event_hash
from tiendo.audit.models import ChainHead, Event
from tiendo.audit.queries import Head, events_about, find_break, head
from tiendo.audit.record import BrokenLog, Fact, record, record_all

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def test_record_chains_each_event_to_the_one_before(db, write):
    first, second = write(1), write(2)
    assert (first.seq, first.prev_hash) == (1, GENESIS)
    assert (second.seq, second.prev_hash) == (2, first.hash)
    assert head() == Head(2, second.hash)


def test_record_hash_covers_what_is_stored(db, write):
    write(7, now="accepted")
    stored = Event.objects.get()
    assert stored.hash == event_hash(
        GENESIS, 1, "2026-07-01T12:00:00.000000Z", "chi", "reporting.entry.accept", "reporting.entry:7",
        {"now": "accepted"},
    )  # fmt: skip


def test_record_stores_plain_values(db, write):
    hanoi = timezone(timedelta(hours=7))
    write(
        percent=Decimal("98.60"), on=date(2026, 6, 14), at_hanoi=datetime(2026, 6, 15, 0, 30, tzinfo=hanoi),
        late=False, count=3, none=None, nested={"b": [Decimal("1E+2"), "Đã nộp"]},
    )  # fmt: skip
    assert Event.objects.get().detail == {
        "percent": "98.60",
        "on": "2026-06-14",
        "at_hanoi": "2026-06-14T17:30:00.000000Z",
        "late": False,
        "count": 3,
        "none": None,
        "nested": {"b": ["100", "Đã nộp"]},
    }
    assert find_break() is None


@pytest.mark.parametrize("value", [0.5, {"a": [1.0]}, {1: "key"}, object(), {"set"}])
def test_record_refuses_values_without_one_text(db, value, write):
    with pytest.raises(TypeError):
        write(value=value)
    assert not Event.objects.exists()


@pytest.mark.parametrize("value", ["a\x00b", "\ud800", Decimal("NaN"), datetime(2026, 7, 1, 12)])
def test_record_refuses_values_a_database_cannot_hold(db, value, write):
    with pytest.raises(ValueError, match=r"hold|zone"):
        write(value=value)
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("act", "subject", "actor"),
    [
        ("accept", "reporting.entry:1", "chi"),
        ("reporting.entry.Accept", "reporting.entry:1", "chi"),
        ("reporting.entry.accept", "entry 1", "chi"),
        ("reporting.entry.accept", "reporting.entry:", "chi"),
        ("reporting.entry.accept", "reporting.entry:1", ""),
    ],
)
def test_record_refuses_other_forms(db, act, subject, actor):
    with pytest.raises(ValueError, match=r"room\.noun|actor"):
        record(act=act, subject=subject, actor=actor, at=NOON)
    assert not Event.objects.exists()


def test_events_about_one_subject_oldest_first(db, write):
    write(1, step=1), write(2), write(1, step=2)
    assert [event.detail["step"] for event in events_about("reporting.entry:1")] == [1, 2]


def test_record_refuses_to_write_on_without_a_head(db, write):
    from tiendo.audit import triggers

    write()
    triggers.remove(connection)
    ChainHead.objects.all().delete()
    with pytest.raises(BrokenLog):
        write()
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused(write):
    with pytest.raises(TransactionManagementError, match="transaction of the act"):
        write()
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_refused_act_leaves_no_event_and_the_head_where_it_was(write):
    with transaction.atomic():
        kept = write(1)
    with transaction.atomic():
        write(2)
        transaction.set_rollback(True)
    assert head() == Head(1, kept.hash)
    assert find_break() is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="a database in memory belongs to one thread")
def test_writers_at_once_queue_into_one_chain(write):
    def work(number):
        try:
            for _ in range(5):
                with transaction.atomic():
                    write(number)
        finally:
            connection.close()

    threads = [Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(Event.objects.values_list("seq", flat=True)) == list(range(1, 21))
    assert find_break() is None


def test_several_facts_of_one_act_are_chained_as_if_written_one_by_one(db, write, django_assert_max_num_queries):
    write(1)
    facts = [Fact("plans.task.progress", f"plans.task:T{number}", {"percent": Decimal(number)}) for number in range(30)]
    with transaction.atomic(), django_assert_max_num_queries(4):
        written = record_all(facts, actor="chi", at=NOON)
    assert [event.seq for event in written] == list(range(2, 32))
    assert [event.prev_hash for event in written[1:]] == [event.hash for event in written[:-1]]
    assert Event.objects.get(pk=31).detail == {"percent": "29"}
    assert write(2).prev_hash == written[-1].hash
    assert find_break() is None


def test_no_facts_are_no_event(db):
    with transaction.atomic():
        assert record_all([], actor="chi", at=NOON) == []
    assert not Event.objects.exists()
