from random import Random

import pytest
from rapidfuzz.fuzz import ratio

from tests.pace import cost_of
from tiendo.analysis.likeness import (
    EDGE,
    GROUP_ALIKE,
    NEAREST,
    Candidate,
    alike_groups,
    edges_of,
    is_alike,
    nearest,
)

TEXT = "da lap dat tram phat song tai cac xa vung cao va nghiem thu dung han"


@pytest.mark.parametrize(("changed", "alike"), [(0, True), (1, True), (2, True), (3, False)])
def test_exactly_on_the_threshold_is_alike(changed: int, alike: bool) -> None:
    """2 of 20 letters changed: 4 edits of 40 letters, 90 percent the same."""
    one = "abcdefghijklmnopqrst"
    assert is_alike(one, "X" * changed + one[changed:], 90) is alike


def test_only_an_equal_text_is_wholly_alike() -> None:
    assert is_alike(TEXT, TEXT, 100)
    assert not is_alike(TEXT, TEXT + "x", 100)


def candidate(pk: int, text: str) -> Candidate:
    return Candidate(pk, edges_of(text))


def test_a_copy_keeps_one_of_its_ends() -> None:
    other_start, other_end = "UBND xa " + TEXT, TEXT + " nam 2026"
    texts = {1: other_start, 2: other_end, 3: "viec khac " * 7, 4: "X" + TEXT[1:-1] + "X"}
    assert set(nearest(edges_of(TEXT), [candidate(*row) for row in texts.items()], alike=80)) == {1, 2}


def test_a_text_too_long_to_be_alike_is_not_read() -> None:
    """4 letters added to 38 are 4 edits of 80, 95 percent the same; 5 of 81 are not."""
    base = "b" * EDGE
    mine = edges_of(base + "c" * 14)
    fits, too_long = candidate(1, base + "c" * 18), candidate(2, base + "c" * 19)
    assert nearest(mine, [fits, too_long], alike=95) == [1]


def test_however_many_have_an_end_in_common_few_are_read() -> None:
    many = [candidate(number, TEXT + "x" * (number % 5)) for number in range(1, 500)]
    read = nearest(edges_of(TEXT), many, alike=80)
    assert len(read) == NEAREST
    assert all(number % 5 == 0 for number in read)


def test_a_copy_with_both_ends_is_read_before_many_that_only_begin_alike() -> None:
    begun_alike = [candidate(number, TEXT[:EDGE] + f"{number:04d}" * 11) for number in range(1, 400)]
    copy = candidate(999, TEXT.replace("tai cac", "tai 12"))
    assert nearest(edges_of(TEXT), [*begun_alike, copy], alike=80)[0] == 999


SAME = [
    "thieu kinh phi so hoa ho so tai trung tam phuc vu hanh chinh cong cap xa",
    "chua bo tri kinh phi so hoa ho so o trung tam phuc vu hanh chinh cong xa",
    "thieu kinh phi de so hoa ho so tai trung tam phuc vu hanh chinh cong cua xa",
]
OTHERS = [
    "duong truyen so lieu chuyen dung den cac xa vung cao hay mat ket noi",
    "chua co huong dan ve dinh muc chi cho to cong nghe so cong dong",
    "giai phong mat bang tram bien ap cham",
]


def test_near_duplicates_are_found_and_the_first_speaks() -> None:
    groups = alike_groups([OTHERS[0], SAME[0], OTHERS[1], SAME[1], SAME[2], OTHERS[2]])
    (group,) = groups
    assert [place for place, _score in group.members] == [1, 3, 4]
    assert group.members[0] == (1, 100)
    assert all(GROUP_ALIKE <= score <= 100 for _place, score in group.members)


def test_the_order_of_clauses_does_not_part_two_texts() -> None:
    one = "thieu can bo ky thuat va thieu kinh phi bao tri he thong"
    (group,) = alike_groups([one, "thieu kinh phi bao tri he thong va thieu can bo ky thuat"])
    assert group.members == ((0, 100), (1, 100))


def test_nothing_alike_is_no_group() -> None:
    assert alike_groups(OTHERS) == []
    assert alike_groups([]) == []
    assert alike_groups(["", ""]) == []


def test_short_words_are_alike_only_when_they_are_the_same() -> None:
    assert [group.members for group in alike_groups(["kinh phi", "nhan luc", "kinh phi"])] == [((0, 100), (2, 100))]
    assert [group.members for group in alike_groups(["muon", "som", "muon"])] == [((0, 100), (2, 100))]


def slow_groups(texts: list[str]) -> list[tuple[tuple[int, int], ...]]:
    """The same rule, every text held against every representative."""
    members: dict[int, list[tuple[int, int]]] = {}
    ordered = [" ".join(sorted(text.split())) for text in texts]
    for at, text in enumerate(ordered):
        scores = [(ratio(text, ordered[other]), -other) for other in members]
        score, other = max(scores, default=(0.0, 0))
        if score >= GROUP_ALIKE:
            members[-other].append((at, int(score)))
        else:
            members[at] = [(at, 100)]
    found = [tuple(group) for group in members.values() if len(group) > 1]
    return sorted(found, key=lambda group: (-len(group), group[0][0]))


def told(number: int, subjects: int = 50) -> list[str]:
    """Obstacles as offices write them: so many subjects, all begun alike, each told with other words around it."""
    chance = Random(7)
    words = [f"{chr(97 + n % 26)}{chr(97 + n // 26)}uong{n}" for n in range(400)]
    common = ["thieu", "kinh", "phi", "thuc", "hien"]
    subjects_told = [[*common, *chance.sample(words, 8)] for _each in range(subjects)]
    texts = []
    for _each in range(number):
        subject = list(chance.choice(subjects_told))
        for _change in range(chance.randrange(4)):
            subject[chance.randrange(12)] = chance.choice(words)
        texts.append(" ".join(subject))
    return texts


def test_nearly_nothing_is_missed_of_what_holding_each_against_each_finds() -> None:
    """Looked up by pairs of words, so a text that shares no pair with its like may be missed: one in fifty at most."""
    for texts in (told(400), told(400, 150)):
        found = {place for group in alike_groups(texts) for place, _score in group.members}
        wanted = {place for group in slow_groups(texts) for place, _score in group}
        assert len(wanted - found) <= len(wanted) // 50


def test_what_is_said_of_likeness_is_so() -> None:
    texts = told(400, 150)
    for group in alike_groups(texts):
        first = " ".join(sorted(texts[group.members[0][0]].split()))
        told_again = [(at, int(ratio(" ".join(sorted(texts[at].split())), first))) for at, _score in group.members]
        assert list(group.members) == told_again
        assert min(score for _at, score in told_again) >= GROUP_ALIKE


def test_the_work_grows_with_the_number_not_with_its_square() -> None:
    """Ten times the texts take well under a hundred times the time: a ratio, so that slow machines may run it."""
    few, many = told(500, 250), told(5000, 2500)
    small = min(cost_of(lambda: alike_groups(few)) for _each in range(3))
    assert cost_of(lambda: alike_groups(many)) < 30 * small
