"""Audits of claims on invented provinces whose truth is known."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.evaluation.sampling import (
    RISK_WORDS,
    RISKS,
    Claim,
    Design,
    Looked,
    draw,
    frame_data,
    frame_of,
    overall,
    reliability,
    sizes,
    strata,
)
from tiendo.evaluation.states import Drawn, Finding

NINETY_FIVE = Decimal("0.95")
DESIGN = Design()


@dataclass
class Province:
    """Claims in order, and which of them are true."""

    frame: list[Claim]
    holds: dict[str, bool]

    def looks(self, seed: str, design: Design = DESIGN) -> list[Looked]:
        """What honest checkers find in the claims that this seed draws."""
        return [
            Looked(each.claim.unit, each.drawn, Finding.CONFIRMED if self.holds[each.claim.key] else Finding.REFUTED)
            for each in draw(self.frame, design, seed=seed)
        ]

    @property
    def populations(self) -> dict[str, int]:
        return {unit: len(keys) for unit, keys in strata(self.frame).items()}

    def truth(self, unit: str | None = None) -> Decimal:
        mine = [self.holds[claim.key] for claim in self.frame if unit in (None, claim.unit)]
        return Decimal(sum(mine)) / len(mine)


def province(rng: random.Random, *, false_share: float, units: int = 20) -> Province:
    """Units of uneven size; a quarter of them tell twice as many untruths as the rest."""
    frame, holds = [], {}
    for number in range(units):
        share = false_share * (2 if number % 4 == 0 else 1)
        for place in range(rng.choice([1, 3, 6, 12, 25])):
            key = f"{number:02}-{place:02}"
            frame.append(Claim(key, f"unit-{number:02}", f"claim:{key}", "2026-05-01"))
            holds[key] = rng.random() >= share
    return Province(frame, holds)


def provinces(count: int, *, false_share: float) -> Iterator[tuple[str, Province]]:
    for number in range(count):
        yield str(number), province(random.Random(f"{number}|{false_share}"), false_share=false_share)


@pytest.mark.parametrize("false_share", [0.02, 0.15, 0.40])
def test_the_interval_covers_the_truth_as_often_as_it_says(false_share: float) -> None:
    """95 % at least; and not by being too wide: units weigh unevenly, which costs an eighth of the margin at most."""
    covered, width, runs = 0, Decimal(0), 200
    for seed, place in provinces(runs, false_share=false_share):
        found = overall(place.looks(seed), place.populations, confidence=NINETY_FIVE)
        assert found is not None
        covered += Decimal(found["low"]) <= place.truth() <= Decimal(found["high"])
        width += Decimal(found["high"]) - Decimal(found["low"])
    assert covered >= runs * 0.95
    assert width / runs <= 2 * DESIGN.margin * Decimal(9) / 8


def test_the_interval_of_each_unit_covers_its_own_truth() -> None:
    covered, told = 0, 0
    for seed, place in provinces(60, false_share=0.2):
        looks = place.looks(seed)
        for unit, size in place.populations.items():
            mine = [look for look in looks if look.unit == unit]
            found = reliability(mine, population=size, confidence=NINETY_FIVE)
            assert found is not None
            told += 1
            covered += Decimal(found["low"]) <= place.truth(unit) <= Decimal(found["high"])
    assert covered >= told * 0.95


def test_rates_over_many_seeds_settle_on_the_truth() -> None:
    place = province(random.Random("one"), false_share=0.25)
    rates = [
        Decimal(found["rate"])
        for seed in range(300)
        if (found := overall(place.looks(str(seed)), place.populations, confidence=NINETY_FIVE))
    ]
    assert abs(sum(rates, Decimal(0)) / 300 - place.truth()) < Decimal("0.01")


# How a unit that games leaves its mark, strategy by strategy; honest claims show the same mark now and then.
STRATEGIES = ["no_evidence", "copied", "outcome_not_met", "last_moment", "jump"]


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_planted_strategy_is_found_oftener_by_risk_than_by_chance(strategy: str) -> None:
    found, by_chance = 0, Decimal(0)
    design = Design(by_risk=15)
    for number in range(40):
        rng = random.Random(f"{strategy}{number}")
        honest = [Claim(f"h{n:03}", f"u{n % 12}", "c", "2026-05-01", _marks(rng, strategy, 0.05)) for n in range(180)]
        false = [Claim(f"f{n:03}", "u3", "c", "2026-05-01", (strategy,)) for n in range(12)]
        frame = sorted([*honest, *false], key=lambda claim: claim.key)
        chosen = draw(frame, design, seed=str(number))
        taken = {each.claim.key for each in chosen if each.drawn == Drawn.RANDOM}
        left = [claim for claim in frame if claim.key not in taken]
        by_risk = [each for each in chosen if each.drawn == Drawn.RISK]
        found += sum(1 for each in by_risk if each.claim.key.startswith("f"))
        by_chance += Decimal(len(by_risk)) * sum(1 for claim in left if claim.key.startswith("f")) / len(left)
    assert found > by_chance * Decimal("1.5")


def _marks(rng: random.Random, name: str, share: float) -> tuple[str, ...]:
    return (name,) if rng.random() < share else ()


def test_what_the_risk_draw_finds_never_moves_the_rate() -> None:
    looks = [Looked("a", Drawn.RANDOM, Finding.CONFIRMED), Looked("a", Drawn.RISK, Finding.REFUTED)]
    alone = reliability(looks[:1], population=9, confidence=NINETY_FIVE)
    assert reliability(looks, population=9, confidence=NINETY_FIVE) == alone
    assert overall(looks, {"a": 9}, confidence=NINETY_FIVE) == overall(looks[:1], {"a": 9}, confidence=NINETY_FIVE)


@pytest.mark.parametrize("finding", [Finding.PARTLY, Finding.REFUTED, Finding.UNCHECKABLE])
def test_only_a_claim_fully_confirmed_holds(finding: Finding) -> None:
    found = reliability([Looked("a", Drawn.RANDOM, finding)], population=1, confidence=NINETY_FIVE)
    assert found is not None
    assert (found["confirmed"], found["rate"], found["high"]) == (0, "0", "0")


def test_a_unit_of_which_nothing_was_drawn_has_no_rate() -> None:
    assert reliability([Looked("a", Drawn.RISK, Finding.CONFIRMED)], population=4, confidence=NINETY_FIVE) is None
    assert overall([], {"a": 4}, confidence=NINETY_FIVE) is None


@given(st.integers(0, 10_000), st.text(min_size=1, max_size=20))
def test_the_published_seed_draws_the_same_again_from_the_published_frame(number: int, seed: str) -> None:
    place = province(random.Random(number), false_share=0.1, units=6)
    first = draw(place.frame, DESIGN, seed=seed)
    again = draw(frame_of(frame_data(place.frame, DESIGN)), Design.of(DESIGN.as_data()), seed=seed)
    assert first == again
    assert len({each.claim.key for each in first}) == len(first)


@given(st.integers(0, 10_000))
def test_every_unit_that_claims_is_looked_at_and_none_oftener_than_it_claims(number: int) -> None:
    place = province(random.Random(number), false_share=0.1, units=6)
    taken = sizes(place.frame, DESIGN)
    assert all(1 <= taken[unit] <= size for unit, size in place.populations.items())


def test_every_risk_has_words() -> None:
    assert set(RISKS) == set(RISK_WORDS)
