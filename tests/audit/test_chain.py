import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from enum import IntEnum, StrEnum

import pytest

from tiendo.audit.chain import (
    GENESIS,
    SENTENCES,
    Break,
    BreakKind,
    Entry,
    canonical,
    digest,
    event_hash,
    first_break,
    iso,
    plain,
)

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def chain_of(length):
    entries, prev = [], GENESIS
    for seq in range(1, length + 1):
        entry = Entry(seq, NOON, "chi", "reporting.entry.accept", f"reporting.entry:{seq}", {"n": seq}, prev, "")
        entries.append(replace(entry, hash=entry.expected_hash()))
        prev = entries[-1].hash
    return entries


def broken(entries, whole):
    return first_break(entries, head_seq=whole[-1].seq, head_hash=whole[-1].hash)


def test_canonical_text_is_one():
    assert canonical({"b": [1, True, None], "a": "Đã nộp"}) == '{"a":"Đã nộp","b":[1,true,null]}'.encode()


def test_event_hash_is_this_one_for_ever():
    # sha256sum of {"act":"a.b.c","actor":"chi","at":"2026-07-01T12:00:00.000000Z","detail":{"k":1},"prev":"0…0",
    # "seq":1,"subject":"a.b:1"} without the line break; stored logs depend on it.
    expected = "29e4cda0028bccf0275ef0810298b61771967a65f123cbc976b61efe9bcf7375"
    assert event_hash(GENESIS, 1, iso(NOON), "chi", "a.b.c", "a.b:1", {"k": 1}) == expected


def test_digest_of_a_known_value():
    assert digest({"a": 1}) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"


def test_iso_writes_one_moment_one_way():
    assert iso(NOON) == "2026-07-01T12:00:00.000000Z"
    assert iso(NOON.astimezone(timezone(timedelta(hours=7)))) == iso(NOON)
    with pytest.raises(ValueError, match="time zone"):
        iso(datetime(2026, 7, 1))


def test_enums_become_their_values():
    class State(StrEnum):
        DONE = "done"

    class Level(IntEnum):
        HIGH = 2

    assert json.loads(canonical({"state": State.DONE, "level": Level.HIGH})) == {"state": "done", "level": 2}
    assert type(plain(State.DONE)) is str


@pytest.mark.parametrize("value", [1.0, float("nan"), {"a": {"b": 0.1}}, [1, 2.5], {1: 2}, {"s": {1}}, b"bytes"])
def test_values_without_one_text_are_refused(value):
    with pytest.raises(TypeError):
        canonical(value)


def test_whole_chain_has_no_break():
    assert broken(chain_of(5), chain_of(5)) is None
    assert first_break([], head_seq=0, head_hash=GENESIS) is None


def test_first_break_names_a_changed_entry():
    entries = chain_of(5)
    entries[2] = replace(entries[2], actor="dũng")
    assert broken(entries, chain_of(5)) == Break(BreakKind.CHANGED, 3)


def test_first_break_names_a_rewritten_entry():
    entries = chain_of(5)
    forged = replace(entries[2], actor="dũng")
    entries[2] = replace(forged, hash=forged.expected_hash())
    assert broken(entries, chain_of(5)) == Break(BreakKind.UNLINKED, 4)


@pytest.mark.parametrize("index", [0, 2])
def test_first_break_names_a_removed_entry(index):
    entries = chain_of(5)
    del entries[index]
    assert broken(entries, chain_of(5)) == Break(BreakKind.REMOVED, index + 1)


@pytest.mark.parametrize("kept", [0, 3])
def test_first_break_names_a_cut_tail(kept):
    assert broken(chain_of(5)[:kept], chain_of(5)) == Break(BreakKind.TRUNCATED, kept + 1)


def test_first_break_names_a_head_that_does_not_fit():
    entries = chain_of(5)
    assert first_break(entries, head_seq=5, head_hash="f" * 64) == Break(BreakKind.HEAD, 5)
    assert first_break(entries, head_seq=4, head_hash=entries[3].hash) == Break(BreakKind.HEAD, 5)


def test_every_break_has_a_sentence():
    assert set(SENTENCES) == set(BreakKind)
    assert all("7" in sentence % {"seq": 7} for sentence in SENTENCES.values())
