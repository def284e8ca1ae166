"""Two versions side by side, by hand and by random changes."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.plans.differences import (
    FIELDS,
    Kind,
    Names,
    Piece,
    Turn,
    compare,
    compare_fields,
    compare_pieces,
    grouped,
    say,
    turn_of,
)

NAMES = Names({"so-y-te": "Sở Y tế", "so-xay-dung": "Sở Xây dựng"}, {"I": "Hạ tầng", "II": "Y tế"})
PLAIN: dict[str, Any] = {
    "number": "1",
    "title": "Phủ sóng 5G",
    "description": "Phủ sóng 5G đến các xã",
    "product": None,
    "authority": "UBND tỉnh",
    "group": "I",
    "due": {"raw": "năm 2026", "kind": "period_end", "on": "2026-12-31"},
    "lead": [{"unit": "so-xay-dung", "printed": "Sở XD"}],
    "coordinating": [],
    "performing": [],
    "dropped": False,
}


def test_nothing_changed_gives_no_line() -> None:
    assert compare({"a": PLAIN}, {"a": PLAIN}, NAMES) == []


def test_a_changed_task_says_field_by_field_old_and_new() -> None:
    new = PLAIN | {"title": "Phủ sóng 5G toàn tỉnh", "lead": [{"unit": "so-y-te", "printed": None}]}
    (line,) = compare({"a": PLAIN}, {"a": new}, NAMES)
    assert (line.kind, line.title) == (Kind.CHANGED, "Phủ sóng 5G toàn tỉnh")
    assert [(c.field, c.was, c.now) for c in line.changes] == [
        ("title", "Phủ sóng 5G", "Phủ sóng 5G toàn tỉnh"),
        ("lead", "Sở Xây dựng", "Sở Y tế"),
    ]


@pytest.mark.parametrize(
    ("was", "now", "turn", "days"),
    [
        ("2026-12-31", "2027-01-02", Turn.LATER, 2),
        ("2026-12-31", "2026-12-30", Turn.EARLIER, 1),
        (None, "2026-12-31", Turn.SET, None),
        ("2026-12-31", None, Turn.LIFTED, None),
    ],
)
def test_a_deadline_says_which_way_it_moved(was: str | None, now: str | None, turn: Turn, days: int | None) -> None:
    first, second = ({"due": {"raw": None, "kind": "moment", "on": each}} for each in (was, now))
    (change,) = compare_fields(first, second, NAMES)
    assert (change.turn, change.days) == (turn, days)


def test_the_same_day_worded_otherwise_is_no_change() -> None:
    other = PLAIN | {"due": {"raw": "31/12/2026", "kind": "moment", "on": "2026-12-31"}}
    assert compare({"a": PLAIN}, {"a": other}, NAMES) == []
    assert turn_of(date(2026, 1, 1), date(2026, 1, 1)) is None


def test_the_same_unit_printed_otherwise_is_no_change() -> None:
    other = PLAIN | {"lead": [{"unit": "so-xay-dung", "printed": "Sở Xây dựng"}]}
    assert compare({"a": PLAIN}, {"a": other}, NAMES) == []


def test_added_dropped_and_resumed() -> None:
    gone = PLAIN | {"dropped": True}
    kinds = [line.kind for line in compare({"b": PLAIN, "c": gone}, {"a": PLAIN, "b": gone, "c": PLAIN}, NAMES)]
    assert kinds == [Kind.ADDED, Kind.DROPPED, Kind.RESUMED]
    assert [line.kind for line in compare({"b": PLAIN}, {}, NAMES)] == [Kind.DROPPED]
    assert compare({"b": gone}, {"b": gone | {"title": "khác"}}, NAMES)[0].kind == Kind.CHANGED
    assert compare({}, {"b": gone}, NAMES) == []


def test_an_added_task_brings_its_words() -> None:
    (line,) = compare({}, {"a": PLAIN}, NAMES)
    assert {c.field for c in line.changes} == {"number", "title", "description", "authority", "group", "due", "lead"}
    assert all(change.was is None for change in line.changes)


def test_lines_stand_under_their_groups_in_the_order_of_the_plan() -> None:
    after = {"a": PLAIN | {"group": "II"}, "b": PLAIN, "c": PLAIN | {"group": None}, "d": PLAIN | {"group": "IX"}}
    groups = grouped(compare({}, after, NAMES), NAMES)
    assert [(group.title, [line.code for line in group.lines]) for group in groups] == [
        ("Hạ tầng", ["b"]),
        ("Y tế", ["a"]),
        (None, ["c", "d"]),
    ]


def test_a_deadline_is_said_with_its_day() -> None:
    assert say("due", PLAIN["due"], NAMES) == "năm 2026 (31/12/2026)"
    assert say("due", {"raw": "thường xuyên", "kind": "recurring", "on": None}, NAMES) == "thường xuyên"
    assert say("due", None, NAMES) is None
    assert say("lead", [{"unit": None, "printed": "các sở"}], NAMES) == "các sở"


def test_pieces_of_text_are_followed_by_what_they_first_were() -> None:
    before = [
        Piece(1, "I", "Mục tiêu", {}),
        Piece(2, "I.1", "5G", {"unit": "%", "target": "80"}),
        Piece(3, "II", "x", {}),
    ]
    after = [
        Piece(1, "I", "Mục tiêu", {}),
        Piece(2, "I.2", "5G", {"unit": "xã", "target": "80"}),
        Piece(4, "IV", "y", {}),
    ]
    found = compare_pieces(before, after)
    assert [(each.path, each.kind) for each in found] == [
        ("I.2", Kind.CHANGED),
        ("IV", Kind.ADDED),
        ("II", Kind.DROPPED),
    ]
    assert [(c.field, c.was, c.now) for c in found[0].changes] == [("unit", "%", "xã")]


words = st.sampled_from([None, "", "một", "hai"])
dues = st.fixed_dictionaries({"raw": words, "kind": st.just("moment"), "on": st.sampled_from([None, "2026-01-01"])})
units = st.lists(
    st.fixed_dictionaries({"unit": st.sampled_from([None, "so-y-te"]), "printed": st.just("Sở")}), max_size=2
)
terms = st.fixed_dictionaries(
    dict.fromkeys(("number", "title", "description", "product", "authority", "group"), words)
    | {"due": dues, "dropped": st.booleans()}
    | dict.fromkeys(("lead", "coordinating", "performing"), units)
)
plans = st.dictionaries(st.sampled_from("abcd"), terms, max_size=4)


@given(plans, plans)
def test_each_task_is_told_at_most_once_and_the_way_back_mirrors(before: Any, after: Any) -> None:
    there, back = compare(before, after, NAMES), compare(after, before, NAMES)
    assert len({line.code for line in there}) == len(there)
    assert {line.code for line in there} == {line.code for line in back}
    assert compare(before, before, NAMES) == []
    for line in there:
        assert {change.field for change in line.changes} <= set(FIELDS)
        assert line.kind != Kind.CHANGED or line.changes
