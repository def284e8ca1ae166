import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from tiendo.audit.models import ChainHead, Event
from tiendo.audit.queries import head


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: Event.objects.filter(seq=1).update(actor="an"),
        lambda: Event.objects.filter(seq=1).delete(),
        lambda: ChainHead.objects.update(hash="0" * 64),
        lambda: ChainHead.objects.update(seq=0),
        lambda: ChainHead.objects.all().delete(),
    ],
    ids=["change event", "delete event", "rewrite head", "set head back", "delete head"],
)
def test_log_refuses(db, write, attempt):
    event = write(1)
    with pytest.raises(IntegrityError, match=r"never|only moves on"), transaction.atomic():
        attempt()
    assert Event.objects.get() == event
    assert Event.objects.get().actor == "chi"
    assert head().hash == event.hash


def test_two_events_after_one_are_refused(db, write):
    event = write(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(
            seq=9, at=event.at, actor="an", act="a.b.c", subject="a.b:1", prev_hash=event.prev_hash, hash="f" * 64
        )


@pytest.mark.django_db(transaction=True)
def test_flush_empties_the_log_in_tests_and_puts_the_triggers_back(write):
    with transaction.atomic():
        write(1)
    call_command("flush", interactive=False)
    assert not Event.objects.exists()
    with transaction.atomic():
        assert write(1).seq == 1
    with pytest.raises(IntegrityError):
        Event.objects.all().delete()


def test_flush_is_refused_where_the_log_is_real(db, settings, write):
    settings.TIENDO_LOG_MAY_BE_EMPTIED = False
    write(1)
    with pytest.raises(CommandError, match="chỉ ghi thêm"):
        call_command("flush", interactive=False)
    assert Event.objects.count() == 1
