import pytest

from tiendo.reporting.likeness import EDGE, NEAREST, Candidate, edges_of, is_alike, nearest

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
