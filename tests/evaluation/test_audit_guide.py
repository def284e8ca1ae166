"""The guide on audits of claims: its numbers are computed, and its example draws what it says."""

import json
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import tiendo_recompute
from tiendo.analysis.intervals import sample_size
from tiendo.evaluation.sampling import Design, Looked, draw, frame_of, overall, reliability, sizes, strata
from tiendo.evaluation.states import Drawn, Finding

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs/huong-dan/kiem-tra-hoan-thanh.md"
EXAMPLE = ROOT / "tests/documents/khung-vi-du.json"
SEED = "84213"
FRAME = json.loads(EXAMPLE.read_bytes())
CLAIMS, DESIGN = frame_of(FRAME), Design.of(FRAME["design"])
POPULATIONS = {unit: len(keys) for unit, keys in strata(CLAIMS).items()}


def table(first: str) -> list[list[str]]:
    """The rows of the guide's table whose heading begins so."""
    lines = GUIDE.read_text(encoding="utf-8").splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith(f"| {first} |"))
    rows = [line for line in lines[start + 2 :] if line.startswith("|") or not line]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in rows[: rows.index("")]]


def share(text: str) -> Decimal:
    """ "72,5 %" as 0.725."""
    return Decimal(text.removesuffix(" %").replace(",", ".")) / 100


def looks(rows: list[list[str]]) -> list[Looked]:
    """What the example says was found: so many confirmed of so many checked of each unit."""
    return [
        Looked(unit, Drawn.RANDOM, Finding.CONFIRMED if place < int(right) else Finding.REFUTED)
        for unit, _claims, checked, right, *_rest in rows
        for place in range(int(checked))
    ]


def test_the_sizes_in_the_guide_are_those_that_are_drawn() -> None:
    for claims, wanted in table("số báo cáo hoàn thành"):
        assert sample_size(population=int(claims), margin=DESIGN.margin, confidence=DESIGN.confidence) == int(wanted)


def test_the_rates_in_the_guide_are_those_that_are_told() -> None:
    *units, every = table("đơn vị")
    assert {row[0]: int(row[1]) for row in units} == POPULATIONS
    assert {row[0]: int(row[2]) for row in units} == sizes(CLAIMS, DESIGN)
    found = {
        unit: reliability(
            [look for look in looks(units) if look.unit == unit], population=size, confidence=Decimal("0.95")
        )
        for unit, size in POPULATIONS.items()
    }
    found[every[0]] = overall(looks(units), POPULATIONS, confidence=Decimal("0.95"))
    for unit, claims, checked, right, *rates in [*units, every]:
        told = found[unit]
        assert told is not None
        assert [told["claims"], told["checked"], told["confirmed"]] == [int(claims), int(checked), int(right)]
        assert [Decimal(told[name]) for name in ("rate", "low", "high")] == [share(each) for each in rates]


def test_the_example_of_the_guide_is_drawn_alike_by_the_program_and_by_the_house() -> None:
    digest = sha256(EXAMPLE.read_bytes()).hexdigest()
    assert tiendo_recompute.sha256_of(FRAME) == digest
    alone = tiendo_recompute.draw(FRAME, digest, SEED)
    house = draw(CLAIMS, DESIGN, seed=f"{SEED}|{digest}")
    assert [(row["place"], row["drawn"]) for row in alone] == [(each.place, each.drawn.value) for each in house]
    assert f"khung-vi-du.json --seed {SEED}" in GUIDE.read_text(encoding="utf-8")
    assert len(house) == sum(sizes(CLAIMS, DESIGN).values()) + DESIGN.by_risk
