"""Two sets of rows compared by what they say: the same rows in another order are the same."""

import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pace import takes_at_most
from tiendo.intake.comparing import Change, Compared, Row, compare
from tiendo.intake.pairing import LARGEST, pair_up

LETTERS = "xây dựng ban hành kế hoạch đề án dữ liệu số hạ tầng đào tạo nhân lực nông nghiệp y tế giáo dục biên giới"
WORDS = LETTERS.split()
ADDED, CHANGED, REMOVED, SAME = Change.ADDED, Change.CHANGED, Change.REMOVED, Change.SAME


def row(ref: str, text: str, **value: Any) -> Row:
    return Row(ref, {"text": text, **value})


def short(found: list[Compared]) -> list[tuple[str, str | None, str | None, tuple[str, ...]]]:
    return [
        (
            each.change,
            each.current.ref if each.current else None,
            each.proposed.ref if each.proposed else None,
            each.fields,
        )
        for each in found
    ]


def outcome(found: list[Compared]) -> Counter[tuple[str, str | None, str | None]]:
    return Counter((change, old, new) for change, old, new, _fields in short(found))


@st.composite
def tables(draw: st.DrawFn, prefix: str = "r") -> list[Row]:
    texts = draw(st.lists(st.lists(st.sampled_from(WORDS), min_size=3, max_size=9), max_size=9))
    values = st.one_of(st.none(), st.sampled_from(["1", "2", "a"]))
    return [
        row(f"{prefix}{at}", " ".join(words), number=draw(values), group=draw(values), product=draw(values))
        for at, words in enumerate(texts)
    ]


@given(tables(), tables("s"), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_decides_nothing(one: list[Row], other: list[Row], dice: random.Random) -> None:
    mixed, remixed = list(one), list(other)
    dice.shuffle(mixed)
    dice.shuffle(remixed)
    assert outcome(compare(mixed, remixed)) == outcome(compare(one, other))


@given(tables())
def test_a_table_compared_with_itself_is_the_same(one: list[Row]) -> None:
    assert [(each.change, each.fields) for each in compare(one, one)] == [(SAME, ())] * len(one)


@given(tables(), tables("s"))
def test_sides_swapped_swap_what_came_and_what_went(one: list[Row], other: list[Row]) -> None:
    there, back = Counter(c.change for c in compare(one, other)), Counter(c.change for c in compare(other, one))
    assert (there[ADDED], there[REMOVED]) == (back[REMOVED], back[ADDED])


@given(tables(), tables("s"))
def test_each_row_stands_in_the_result_once(one: list[Row], other: list[Row]) -> None:
    found = compare(one, other)
    assert sorted(each.current.ref for each in found if each.current) == sorted(each.ref for each in one)
    assert [each.proposed.ref for each in found if each.proposed] == [each.ref for each in other]


def test_a_row_put_in_first_renumbers_the_rest_and_changes_none() -> None:
    have = [row(f"t{n}", text, number=str(n)) for n, text in enumerate(["Mở lớp tin học", "Lắp mạng 5G", "Số hóa"], 1)]
    texts = ["Lập tổ giúp việc", "Mở lớp tin học", "Lắp mạng 5G", "Số hóa"]
    want = [row(f"p{n}", text, number=str(n)) for n, text in enumerate(texts, 1)]
    assert short(compare(have, want)) == [
        (ADDED, None, "p1", ()),
        (SAME, "t1", "p2", ("number",)),
        (SAME, "t2", "p3", ("number",)),
        (SAME, "t3", "p4", ("number",)),
    ]


def test_spaces_tone_places_and_composed_letters_are_no_change() -> None:
    have = [row("t", "Số hoá  hồ sơ", product="Đề án\nsố hóa")]
    want = [row("p", "Số hóa hồ sơ", product="Đề án số hoá")]
    assert short(compare(have, want)) == [(SAME, "t", "p", ())]


def test_another_mark_is_another_word() -> None:
    found = compare([row("t", "Quản lý bản đồ số")], [row("p", "Quản lý bán đồ số")])
    assert short(found) == [(CHANGED, "t", "p", ("text",))]


def test_an_edited_text_is_found_again_with_what_changed() -> None:
    have = [row("t", "Xây dựng nền tảng dữ liệu dùng chung của tỉnh", product="Nền tảng", due="2025")]
    want = [row("p", "Xây dựng nền tảng dữ liệu dùng chung của toàn tỉnh", product="Nền tảng", due="2026")]
    (found,) = compare(have, want)
    assert (found.change, found.fields, found.score > 90) == (CHANGED, ("due", "text"), True)


def test_edited_rows_that_changed_places_are_each_found_again() -> None:
    have = [
        row("a", "Đào tạo cán bộ xã về kỹ năng số cơ bản", number="1"),
        row("b", "Lắp đặt trạm phát sóng 5G vùng cao", number="2"),
    ]
    want = [
        row("x", "Lắp đặt các trạm phát sóng 5G vùng cao", number="1"),
        row("y", "Đào tạo cán bộ xã về kỹ năng số", number="2"),
    ]
    assert outcome(compare(have, want)) == Counter({(CHANGED, "b", "x"): 1, (CHANGED, "a", "y"): 1})


def test_the_best_pairing_wins_over_the_first() -> None:
    have = [row("a", "Lập kế hoạch năm học số một"), row("b", "Lập kế hoạch năm học số một hai")]
    want = [row("x", "Lập kế hoạch năm học số một hai ba"), row("y", "Lập kế hoạch năm học số một hai")]
    assert outcome(compare(have, want)) == Counter({(CHANGED, "a", "x"): 1, (SAME, "b", "y"): 1})


def test_the_same_number_holds_a_row_that_was_much_rewritten() -> None:
    have = [row("a", "Xây dựng quy chế quản lý dữ liệu", number="7", group="II")]
    want = [row("x", "Ban hành quy chế khai thác và quản lý dữ liệu số", number="7", group="II")]
    assert short(compare(have, want))[0][:3] == (CHANGED, "a", "x")
    elsewhere = [row("x", "Ban hành quy chế khai thác và quản lý dữ liệu số", number="7", group="III")]
    assert [each.change for each in compare(have, elsewhere)] == [ADDED, REMOVED]


def test_another_thing_under_the_same_number_is_another_thing() -> None:
    found = compare([row("a", "Trồng rừng phòng hộ", number="1")], [row("x", "Lắp mạng cáp quang", number="1")])
    assert [each.change for each in found] == [ADDED, REMOVED]


def test_rows_of_one_text_are_told_apart_by_their_group() -> None:
    have = [row(f"t{group}", "Báo cáo định kỳ", group=group, due=group) for group in "ABC"]
    want = [row(f"p{group}", "Báo cáo định kỳ", group=group, due=group) for group in "CAB"]
    assert outcome(compare(have, want)) == Counter({(SAME, f"t{group}", f"p{group}"): 1 for group in "ABC"})


def test_words_the_document_did_not_change_are_no_change_whatever_was_made_of_them() -> None:
    have = Row("t", {"text": "Mở lớp", "due": "2026-06-30", "product": "Giấy"}, {"due": "Quý I/2026", "product": None})
    same = Row("p", {"text": "Mở lớp", "due": "2026-03-31", "product": None}, {"due": "Quý  I/2026", "product": None})
    new = Row("p", {"text": "Mở lớp", "due": "2026-09-30", "product": None}, {"due": "Quý III/2026", "product": None})
    assert short(compare([have], [same])) == [(SAME, "t", "p", ())]
    assert short(compare([have], [new])) == [(CHANGED, "t", "p", ("due",))]


def test_what_the_document_no_longer_gives_is_a_change() -> None:
    have = Row("t", {"text": "Mở lớp", "product": "Lớp học"}, {"product": "Lớp học"})
    want = Row("p", {"text": "Mở lớp", "product": None}, {"product": None})
    assert short(compare([have], [want])) == [(CHANGED, "t", "p", ("product",))]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ([{"text": "Sở Y tế", "unit": "yt"}, {"text": "Công an tỉnh", "unit": None}], True),
        ([{"text": "Công an  tỉnh", "unit": None}, {"text": "SYT", "unit": "yt"}], True),
        ([{"text": "Sở Y tế", "unit": "yt"}], False),
        ([{"text": "Sở Y tế", "unit": "yt"}, {"text": "Công an xã", "unit": None}], False),
    ],
)
def test_agencies_are_the_same_in_any_order_and_under_any_name(other: list[dict[str, Any]], same: bool) -> None:
    mine = [{"text": "Sở Y tế", "unit": "yt"}, {"text": "Công an tỉnh", "unit": None}]
    (found,) = compare([row("t", "Việc", lead=mine)], [row("p", "Việc", lead=other)])
    assert found.fields == (() if same else ("lead",))


def sentence(dice: random.Random) -> str:
    return " ".join(dice.choices(WORDS, k=25))


@pytest.mark.parametrize("edited", [0.1, 1.0])
def test_five_hundred_rows_are_compared_at_once(edited: float) -> None:
    dice = random.Random(7)
    texts = [sentence(dice) for _ in range(500)]
    have = [row(f"t{n}", text, number=str(n)) for n, text in enumerate(texts)]
    changed = [f"{text} thêm" if dice.random() < edited else text for text in texts]
    want = [row(f"p{n}", text, number=str(n + 1)) for n, text in enumerate(changed)]
    dice.shuffle(want)
    with takes_at_most(15):
        found = compare(have, want)
    assert all(each.current and each.proposed and each.current.ref[1:] == each.proposed.ref[1:] for each in found)


def test_many_rows_alike_do_not_take_for_ever() -> None:
    have = [row(f"t{n}", f"Báo cáo kết quả thực hiện kế hoạch lần {n}") for n in range(300)]
    want = [row(f"p{n}", f"Báo cáo kết quả thực hiện kế hoạch đợt {n}") for n in range(300)]
    same = [row(f"p{n}", "Báo cáo") for n in range(300)]
    with takes_at_most(30):
        assert {each.change for each in compare(have, want)} == {CHANGED}
        assert {each.change for each in compare(same, same)} == {SAME}


@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 9), max_size=12))
def test_pairing_is_the_best_there_is(scores: dict[tuple[int, int], int]) -> None:
    pairs = pair_up(scores)
    assert len({left for left, _ in pairs}) == len({right for _, right in pairs}) == len(pairs)
    assert sum(scores[pair] for pair in pairs) == best(scores, frozenset(), frozenset())


def best(scores: dict[tuple[int, int], int], lefts: frozenset[int], rights: frozenset[int]) -> int:
    """The largest sum by trying everything."""
    free = [pair for pair in scores if pair[0] not in lefts and pair[1] not in rights]
    return max((scores[p] + best(scores, lefts | {p[0]}, rights | {p[1]}) for p in free), default=0)


def test_more_rivals_than_are_weighed_exactly_still_pair_once() -> None:
    size = LARGEST + 1
    scores = {(left, right): 100 - abs(left - right) for left in range(size) for right in range(size)}
    assert pair_up(scores) == [(at, at) for at in range(size)]
