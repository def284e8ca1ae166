from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tiendo.audit import triggers
from tiendo.audit.chain import GENESIS, Break, BreakKind
from tiendo.audit.models import ChainHead, Event
from tiendo.audit.queries import Head, find_break, head


@pytest.fixture
def unguarded(db):
    """The database as its owner sees it: without the triggers. The transaction around the test puts them back."""
    triggers.remove(connection)


def test_empty_log(db):
    assert head() == Head(0, GENESIS)
    assert find_break() is None


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        (lambda: Event.objects.filter(seq=2).update(actor="an"), Break(BreakKind.CHANGED, 2)),
        (lambda: Event.objects.filter(seq=2).update(detail={"n": 3}), Break(BreakKind.CHANGED, 2)),
        (lambda: Event.objects.filter(seq=2).delete(), Break(BreakKind.REMOVED, 2)),
        (lambda: Event.objects.filter(seq__gte=3).delete(), Break(BreakKind.TRUNCATED, 3)),
        (lambda: Event.objects.all().delete(), Break(BreakKind.TRUNCATED, 1)),
        (lambda: ChainHead.objects.update(hash="f" * 64), Break(BreakKind.HEAD, 4)),
        (lambda: ChainHead.objects.all().delete(), Break(BreakKind.HEAD, 4)),
    ],
    ids=["actor", "detail", "removed", "cut", "emptied", "head changed", "head lost"],
)
def test_find_break_names_what_the_owner_of_the_database_did(unguarded, write, tamper, expected):
    for number in range(1, 5):
        write(number, n=number)
    assert find_break() is None
    tamper()
    assert find_break() == expected
    with pytest.raises(CommandError, match=str(expected.seq)):
        call_command("verify_log")


def test_find_break_sees_two_events_swapped(unguarded, write):
    for number in range(1, 4):
        write(number)
    for old, new in ((2, 9), (3, 2), (9, 3)):
        Event.objects.filter(seq=old).update(seq=new)
    assert find_break() == Break(BreakKind.CHANGED, 2)


def test_verify_log_says_how_many_and_the_head(db, write):
    event = write(1)
    out = StringIO()
    call_command("verify_log", stdout=out)
    assert out.getvalue() == f"Chuỗi nguyên vẹn: 1 mục, đầu chuỗi {event.hash}.\n"


def test_find_break_reads_in_batches_not_row_by_row(db, write, django_assert_num_queries):
    for number in range(30):
        write(number)
    with django_assert_num_queries(3):
        assert find_break() is None
