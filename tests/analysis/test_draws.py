from collections import Counter
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from tiendo.analysis.draws import allotted, shuffled, ticket, weighted

NAMES = st.lists(st.text("abcdef", min_size=1, max_size=3), unique=True, max_size=12)


def test_a_ticket_is_the_digest_anybody_can_work_out() -> None:
    assert ticket("84213", "random", "NV-01") == int(sha256(b"84213|random|NV-01").hexdigest(), 16)


@given(NAMES)
def test_an_order_does_not_depend_on_how_the_items_stood(names: list[str]) -> None:
    order = shuffled(names, seed="7", label="x")
    assert order == shuffled(list(reversed(names)), seed="7", label="x")
    assert sorted(order) == sorted(names)


def test_every_item_comes_first_about_as_often() -> None:
    first = Counter(shuffled(list("abcd"), seed=str(seed), label="x")[0] for seed in range(4000))
    assert all(900 <= first[name] <= 1100 for name in "abcd")  # 1000 expected, standard deviation 27


def test_weights_are_chances() -> None:
    first = Counter(weighted({"a": 1, "b": 3, "c": 0}, 1, seed=str(seed), label="risk")[0] for seed in range(4000))
    assert 2880 <= first["b"] <= 3120  # 3000 expected, standard deviation 27
    assert first["c"] == 0


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 5)), st.integers(0, 15))
def test_a_weighted_draw_takes_each_item_once_and_no_more_than_there_are(weights: dict[str, int], size: int) -> None:
    drawn = weighted(weights, size, seed="7", label="risk")
    assert len(drawn) == len(set(drawn)) == min(size, sum(1 for weight in weights.values() if weight))


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(1, 30)), st.integers(0, 80))
def test_places_are_spread_by_size(sizes: dict[str, int], total: int) -> None:
    found = allotted(sizes, total)
    whole = sum(sizes.values())
    assert sum(found.values()) == min(total, whole)
    assert all(found[name] <= sizes[name] for name in found)
    if whole and total <= whole:
        assert all(abs(found[name] - total * sizes[name] / whole) < 1 for name in found)


def test_a_least_number_is_given_to_each_stratum_that_has_so_many() -> None:
    assert allotted({"a": 100, "b": 2, "c": 1}, 10, least=2) == {"a": 9, "b": 2, "c": 1}
